"""Requests and answers as files: recorded for others to answer, replayed without a server, kept so that nothing is asked twice."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reportedly.errors import ModelAnswerMissing, ModelError


def key_of(request: Mapping[str, Any]) -> str:
    """Name of a request's files: the first 24 digits of the SHA-256 of its content, whatever model it goes to."""
    content = {name: value for name, value in request.items() if name != "model"}
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:24]


def content_of(answer: Any) -> str:
    """What the model said, from an answer as servers give it or from what was written in its place.

    Raises ValueError where there is nothing that a model said.
    """
    if isinstance(answer, dict) and "choices" in answer:
        try:
            content = answer["choices"][0]["message"]["content"]
        except (LookupError, TypeError):
            content = None
        if not isinstance(content, str):
            raise ValueError("the answer has no message")
        return content
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


class Exchanges:
    """A folder of requests (KEY.request.json) and answers (KEY.answer.json, or KEY.answer.txt for what the model said alone)."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write_request(self, request: Mapping[str, Any]) -> str:
        """Write a request as it would be sent; returns its key."""
        key = key_of(request)
        self._write(f"{key}.request.json", json.dumps(request, ensure_ascii=False, indent=2))
        return key

    def write_answer(self, request: Mapping[str, Any], answer: Any) -> None:
        """Write an answer as a server gave it."""
        self._write(f"{key_of(request)}.answer.json", json.dumps(answer, ensure_ascii=False))

    def has(self, request: Mapping[str, Any]) -> bool:
        key = key_of(request)
        return any((self.folder / f"{key}.answer.{form}").is_file() for form in ("json", "txt"))

    def answer(self, request: Mapping[str, Any]) -> Any:
        """The answer to a request. Raises ModelAnswerMissing where the folder has none."""
        key = key_of(request)
        as_json, as_text = self.folder / f"{key}.answer.json", self.folder / f"{key}.answer.txt"
        try:
            if as_json.is_file():
                text = as_json.read_text(encoding="utf-8")
                try:
                    return json.loads(text)
                except ValueError:
                    return text
            if as_text.is_file():
                return as_text.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ModelError(f"{as_json}: cannot be read ({error})") from None
        raise ModelAnswerMissing(
            f"{self.folder}: has no answer {key}.answer.json. Its request is another one where the report, the prompt or the program has changed; "
            "write the requests anew with --record"
        )

    def _write(self, name: str, text: str) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            temporary = self.folder / f".{name}.{os.getpid()}.part"
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogatepass") as file:
                file.write(text + "\n")
            temporary.replace(self.folder / name)
        except OSError as error:
            raise ModelError(f"{self.folder}: cannot be written ({error.strerror})") from None
