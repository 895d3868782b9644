"""A server with OpenAI's interface of chat completions: asked with care, and never trusted."""

import asyncio
import ipaddress
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from threading import Lock, Thread
from typing import Any, Final
from urllib.parse import urlsplit

import httpx2
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from reportedly._version import __version__
from reportedly.errors import ModelError
from reportedly.model.addresses import is_loopback
from reportedly.reading.language_model.exchanges import Exchanges, content_of
from reportedly.reading.language_model.spending import Spending, estimated_tokens

_LARGEST_ANSWER: Final = 4_000_000
"""Bytes; sixteen thousand tokens are a fiftieth of it."""
_ATTEMPTS: Final = 6
_LONGEST_PAUSE: Final = 120.0
"""Seconds that a server may ask for between two requests; longer, and the run ends with what it has."""
_TEMPORARY: Final = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})


class _Busy(Exception):
    """A failure that may pass; `after`: seconds that the server asks to wait."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


@dataclass(slots=True)
class _Takes:
    """What a server turned out to take; asked for less where it refuses more."""

    answer_format: str = "json_schema"
    limit: str = "max_tokens"
    temperature: bool = True

    def fitted(self, request: Mapping[str, Any]) -> dict[str, Any]:
        body = dict(request)
        if self.answer_format == "json_object":
            body["response_format"] = {"type": "json_object"}
        elif self.answer_format == "none":
            del body["response_format"]
        if self.limit != "max_tokens":
            body[self.limit] = body.pop("max_tokens")
        if not self.temperature:
            del body["temperature"]
        return body

    def asks_less(self, complaint: str) -> bool:
        """Give up what a complaint names; False where it names nothing that can be given up."""
        if "max_completion_tokens" in complaint and self.limit == "max_tokens":
            self.limit = "max_completion_tokens"
        elif "temperature" in complaint and self.temperature:
            self.temperature = False
        elif self.answer_format != "none" and re.search(
            r"response_format|json_schema|json_object|grammar|schema|strict", complaint
        ):
            self.answer_format = "json_object" if self.answer_format == "json_schema" else "none"
        else:
            return False
        return True


def checked_address(url: str) -> str:
    """A server's address as it is used. Raises ModelError where it is none."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in ("http", "https") or not parts.hostname or port == -1 or parts.username or parts.password:
        raise ModelError(
            f"{url}: no address of a server. Write it as http://localhost:8000/v1, without a name or password in it"
        )
    if parts.scheme == "http" and not is_loopback(url):
        host = parts.hostname
        try:
            private = ipaddress.ip_address(host).is_private
        except ValueError:
            private = "." not in host
        if not private:
            raise ModelError(f"{url}: reports would cross the network unencrypted. Use https://")
    return url.rstrip("/")


@dataclass
class Server:
    """A server as a reader asks it. Answers are kept in `kept`, so that a run that was stopped goes on where it was."""

    url: str
    key: str | None = field(default=None, repr=False)
    kept: Exchanges | None = None
    spending: Spending = field(default_factory=Spending)
    timeout: float = 300.0
    """Seconds for one answer, from the first byte sent to the last received."""
    concurrency: int = 1
    first_pause: float = 1.0
    """Seconds before the second attempt where the server does not say; later ones wait longer."""
    _takes: _Takes = field(default_factory=_Takes)
    _lock: Lock = field(default_factory=Lock)
    _loop: asyncio.AbstractEventLoop | None = None
    _client: httpx2.AsyncClient | None = None
    _not_before: float = 0.0

    def __post_init__(self) -> None:
        self.url = checked_address(self.url)

    def ask(self, request: Mapping[str, Any]) -> Any:
        """The answer to a request, from what is kept or from the server. Raises ModelError, BudgetSpent."""
        if self.kept is not None and self.kept.has(request):
            self.spending.took_from_cache()
            return self.kept.answer(request)
        reserved = self.spending.reserve(dict(request))
        begun = time.monotonic()
        try:
            answer = asyncio.run_coroutine_threadsafe(self._asked(request), self._running()).result()
        except BaseException:
            self.spending.release(reserved)
            raise
        usage = answer.get("usage") if isinstance(answer, dict) else None
        self.spending.book(reserved, *_tokens(usage, request, answer), time.monotonic() - begun)
        if self.kept is not None:
            self.kept.write_answer(request, answer)
        return answer

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._loop is not None:
                if self._client is not None:
                    asyncio.run_coroutine_threadsafe(self._client.aclose(), self._loop).result(10)
                self._loop.call_soon_threadsafe(self._loop.stop)
                self._loop = self._client = None

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                loop = asyncio.new_event_loop()

                def run() -> None:
                    loop.run_forever()
                    loop.close()

                Thread(target=run, daemon=True, name="model server").start()
                headers = {"User-Agent": f"reportedly/{__version__}", "Accept": "application/json"}
                if self.key:
                    headers["Authorization"] = f"Bearer {self.key}"
                self._client = httpx2.AsyncClient(
                    headers=headers, timeout=httpx2.Timeout(self.timeout, connect=15.0), follow_redirects=False,
                    trust_env=not is_loopback(self.url), limits=httpx2.Limits(max_connections=self.concurrency),
                )  # fmt: skip
                self._loop = loop
            return self._loop

    async def _asked(self, request: Mapping[str, Any]) -> Any:
        attempts = AsyncRetrying(
            stop=stop_after_attempt(_ATTEMPTS), wait=self._pause, retry=retry_if_exception_type(_Busy), reraise=True
        )
        try:
            return await attempts(self._attempt, request)
        except _Busy as error:
            raise ModelError(
                f"{self.url}: {error}, {_ATTEMPTS} times. What was answered is kept; try again later"
            ) from None

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome is not None else None
        after = error.after if isinstance(error, _Busy) else None
        pause = (
            after
            if after is not None
            else wait_exponential_jitter(max=30.0, jitter=self.first_pause, multiplier=self.first_pause)(state)
        )
        self._not_before = max(self._not_before, time.monotonic() + pause)
        return pause

    async def _attempt(self, request: Mapping[str, Any]) -> Any:
        await asyncio.sleep(max(0.0, self._not_before - time.monotonic()))
        while True:
            used = replace(self._takes)
            status, headers, body = await self._posted(used.fitted(request))
            if status not in (400, 422):
                break
            # Another request may have learned the same meanwhile; then this one is only asked again.
            if self._takes == used and not self._takes.asks_less(body.decode("utf-8", "replace")[:20_000]):
                break
        if status in _TEMPORARY:
            after = _seconds(headers.get("retry-after"))
            if after is not None and after > _LONGEST_PAUSE:
                raise ModelError(
                    f"{self.url}: asks to wait {after:.0f} seconds. What was answered is kept; try again then"
                )
            raise _Busy(f"the server answers {status}{self._complaint(body)}", after)
        if status in (401, 403):
            raise ModelError(
                f"{self.url}: refuses the key{self._complaint(body)}. Set REPORTEDLY_LLM_KEY, or keep it in the system's key ring: "
                f"keyring set reportedly {urlsplit(self.url).hostname}"
            )
        if status != 200:
            raise ModelError(f"{self.url}: answers {status}{self._complaint(body)}")
        try:
            answer = json.loads(body)
            content_of(answer if isinstance(answer, dict) and "choices" in answer else {"choices": []})
        except (ValueError, RecursionError):
            raise _Busy("the server's answer is no chat completion") from None
        return answer

    async def _posted(self, body: dict[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
        assert self._client is not None
        received = bytearray()
        try:
            async with asyncio.timeout(self.timeout):
                async with self._client.stream("POST", f"{self.url}/chat/completions", json=body) as response:
                    async for chunk in response.aiter_bytes():
                        received += chunk
                        if len(received) > _LARGEST_ANSWER:
                            raise ModelError(
                                f"{self.url}: answers without end; cut off after {_LARGEST_ANSWER // 1_000_000} MB"
                            )
                    return response.status_code, response.headers, bytes(received)
        except TimeoutError:
            raise _Busy(f"no whole answer within {self.timeout:.0f} seconds") from None
        except httpx2.ConnectError:
            if is_loopback(self.url):
                raise ModelError(
                    f"{self.url}: nobody answers there. Start the server, then run the same again"
                ) from None
            raise _Busy("nobody answers there") from None
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            raise _Busy(f"the connection broke ({type(error).__name__})") from None
        except (httpx2.InvalidURL, UnicodeError) as error:
            raise ModelError(f"{self.url}: cannot be asked ({error})") from None

    def _complaint(self, body: bytes) -> str:
        """What a server says is wrong, in one line, without the key."""
        text = body[:2_000].decode("utf-8", "replace")
        try:
            told = json.loads(text)
            told = told.get("error", told) if isinstance(told, dict) else told
            text = str(told.get("message", told)) if isinstance(told, dict) else str(told)
        except ValueError:
            text = re.sub(r"<[^>]*>", " ", text)
        if self.key:
            text = text.replace(self.key, "…")
        text = re.sub(r"\b(sk|key|pk)-[\w-]{6,}", "…", "".join(c if c.isprintable() else " " for c in text))
        text = " ".join(text.split())[:200]
        return f" ({text})" if text.strip("{}[]") else ""


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header is not None else None
    except ValueError:
        return None


def _tokens(usage: Any, request: Mapping[str, Any], answer: Any) -> tuple[int, int]:
    """Tokens in and out as the server counts them, or about as many where it does not."""
    try:
        return int(usage["prompt_tokens"]), int(usage["completion_tokens"])
    except (TypeError, KeyError, ValueError):
        sent = "".join(m["content"] for m in request["messages"])
        return estimated_tokens(sent), estimated_tokens(content_of(answer))
