"""The reader that asks a language model, and keeps of its answer what the report bears out."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol

from reportedly._version import __version__
from reportedly.errors import ModelAnswerMissing, ModelAnswerUnusable
from reportedly.knowledge.actors import with_own_actors
from reportedly.knowledge.languages import is_english, language_of
from reportedly.knowledge.own_actors import read_own_actors
from reportedly.knowledge.prompt import instructions, prompt_digest
from reportedly.model.record import Claim, ReaderVersion, Reading, Report
from reportedly.reading.language_model.answer import AnsweredClaim, UnusableAnswer, claims_in
from reportedly.reading.language_model.any_language import TableGrounds
from reportedly.reading.language_model.english import EnglishGrounds
from reportedly.reading.language_model.exchanges import Exchanges, content_of
from reportedly.reading.language_model.grounding import Grounding
from reportedly.reading.language_model.grounds import Grounds
from reportedly.reading.language_model.numbered import MOST_TOKENS, Part, parts_of, request
from reportedly.reading.reader import Reader, reading_of, rule_layers

_UNNAMED: Final = "unnamed"
"""The model's name in requests that are recorded for whoever answers them."""


class Answers(Protocol):
    """Whatever answers requests: a server, or a folder of recorded answers."""

    @property
    def url(self) -> str | None:
        """Where requests are sent; None where nothing leaves the process."""
        ...

    def ask(self, request: Mapping[str, Any]) -> Any:
        """The answer as a server gives it, or what the model said. Raises ModelError."""
        ...


class Replay:
    """Answers from a folder, without any server."""

    url: str | None = None

    def __init__(self, folder: Path) -> None:
        self.exchanges = Exchanges(folder)

    def ask(self, request: Mapping[str, Any]) -> Any:
        return self.exchanges.answer(request)


@dataclass(frozen=True, slots=True)
class ModelResult:
    """A reading by a language model with what was not kept of its answer, by reason."""

    reading: Reading
    text: str
    dropped: Counter[str]
    why: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    @property
    def layers(self) -> dict[str, list[dict[str, Any]]]:
        """What was not kept of the model's answer."""
        return {"dropped": [{"reason": reason, "count": count} for reason, count in sorted(self.dropped.items())]}


class ModelReader:
    """Reads reports by asking a language model. Safe to share between threads, which ask side by side."""

    def __init__(
        self,
        answers: Answers,
        model: str | None = None,
        prompt: Path | None = None,
        actors: Path | None = None,
        most_tokens: int = MOST_TOKENS,
    ) -> None:
        """model: its name at the server; prompt: instructions instead of the project's; actors: a CSV file of a user's own; most_tokens: of an answer."""
        self.answers = answers
        self.sends_to = answers.url
        self.model = model or _UNNAMED
        self.prompt = prompt
        self.most_tokens = most_tokens
        self.own_actors = read_own_actors(actors) if actors is not None else ()
        self._parser = Reader(components=rule_layers(), actors=actors)
        self._parsing = Lock()
        parts = [f"model.{_slug(self.model)}", f"prompt.{prompt_digest(prompt)}"]
        if self.own_actors:
            parts.append(f"actors.{hashlib.sha256(repr(self.own_actors).encode()).hexdigest()[:8]}")
        self.version = ReaderVersion(name="llm", version=f"{__version__}+{'.'.join(parts)}")

    def requests(self, report: Report) -> list[dict[str, Any]]:
        """What would be asked about a report."""
        language, grounds = self._grounds(report)
        return [self._request(report, language, grounds, part) for part in parts_of(grounds.sentences)]

    def read(self, report: Report) -> ModelResult:
        """Read one report. Raises ModelError, BudgetSpent; ModelAnswerUnusable where the model makes nothing of this report."""
        language, grounds = self._grounds(report)
        grounding = Grounding(report, grounds, self.version)
        found: list[Claim] = []
        for part in parts_of(grounds.sentences):
            answered, malformed = self._answer(self._request(report, language, grounds, part))
            if malformed:
                grounding.dropped["claims that are not well formed"] += malformed
            with self._parsing, with_own_actors(self.own_actors):
                claims = (grounding.claim(a, range(part.own, part.last + 1)) for a in answered)
                found += [c for c in claims if c is not None]
        found.sort(key=lambda c: (c.trigger.start, c.trigger.end))
        reading = reading_of(report, self.version, tuple(found), language)
        return ModelResult(reading, report.text, grounding.dropped)

    def _grounds(self, report: Report) -> tuple[str, Grounds]:
        """The report's language, and what resolves its words."""
        language = "en" if is_english(report.text) else language_of(report.text) or report.language
        with self._parsing, with_own_actors(self.own_actors):
            if language == "en":
                return language, EnglishGrounds(self._parser.document(report))
            return language, TableGrounds(report, language)

    def _request(self, report: Report, language: str, grounds: Grounds, part: Part) -> dict[str, Any]:
        told = instructions(language, self.prompt)
        return {"model": self.model, **request(report, language, grounds.sentences, part, told, self.most_tokens)}

    def _answer(self, asked: dict[str, Any]) -> tuple[list[AnsweredClaim], int]:
        """A model's claims; asked once more where its first answer is no list of claims."""
        said = _said(self.answers.ask(asked))
        try:
            return claims_in(said)
        except UnusableAnswer as error:
            again = [
                *asked["messages"],
                {"role": "assistant", "content": said[:20_000]},
                {
                    "role": "user",
                    "content": f"This cannot be used: {error}. Answer the request again, with JSON alone.",
                },
            ]
            problem = str(error)
        try:
            return claims_in(_said(self.answers.ask({**asked, "messages": again})))
        except (UnusableAnswer, ModelAnswerMissing):
            raise ModelAnswerUnusable(f"the model gives no usable answer, asked twice: {problem}") from None


def _said(answer: Any) -> str:
    try:
        return content_of(answer)
    except ValueError:
        return ""


def _slug(name: str) -> str:
    """A model's name as it stands in a version: letters, figures, - and _."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in name)[:60]
