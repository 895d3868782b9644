"""Asks the web for one address: politely (robots.txt, a pace per host, conditional requests, back-off) and within limits.

What comes back is the body as the server means it, with its headers and every address on the way. The content coding (gzip) is
undone within the limit on size; `Content-Encoding` among the headers tells that there was one.
"""

import random
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit, urlunsplit

import httpcore
from protego import Protego

from reportedly._version import __version__
from reportedly.errors import FetchFailed, RefusedAddress
from reportedly.intake.addresses import AddressRules, Deadline, GuardedNetwork
from reportedly.model.acquisition import Original, Response, Unchanged, now

_NAME: Final = "reportedly"
"""What robots.txt calls this program."""
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_TRY_AGAIN: Final = (429, 500, 502, 503, 504)
_ROBOTS_LARGEST: Final = 512_000
"""Bytes of robots.txt that count, after RFC 9309."""
_ROBOTS_KEPT: Final = 24 * 3600.0
_CODINGS: Final = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may cost. Sizes in bytes, after decompression; times in seconds."""

    largest: int = 20_000_000
    whole: float = 60.0
    one_step: float = 15.0
    redirects: int = 10
    tries: int = 3
    longest_wait: float = 120.0


@dataclass(frozen=True, slots=True)
class Validators:
    """What an address said last time, so that it need not say the same again."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True)
class _Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        return Response(self.status, self.headers).header(name)


@dataclass(frozen=True, slots=True)
class _Robots:
    rules: Protego | None
    """None where nothing may be asked, as the host cannot say what may."""
    until: float


class Fetcher:
    """Asks addresses one at a time. The clock and the waiting can be injected."""

    def __init__(
        self,
        rules: AddressRules | None = None,
        limits: Limits | None = None,
        pace: float = 1.0,
        contact: str | None = None,
        backend: httpcore.NetworkBackend | None = None,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        """`pace`: the least seconds between two requests to one host; robots.txt can ask for more. `contact`: how an operator
        can reach whoever runs this, told to every server."""
        self._limits = limits or Limits()
        self._pace = pace
        self._clock = clock
        self._wait = wait
        self._deadline = Deadline(clock)
        self._network = GuardedNetwork(rules or AddressRules(), self._deadline, backend)
        self._pool = httpcore.ConnectionPool(network_backend=self._network, max_connections=8, keepalive_expiry=5.0)
        self._next: dict[str, float] = {}
        self._robots: dict[str, _Robots] = {}
        self.agent = f"reportedly/{__version__}" + (f" ({contact})" if contact else "")
        self.tool = f"reportedly {__version__}, httpcore {httpcore.__version__}"

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._pool.close()

    def get(
        self, url: str, validators: Validators | None = None, parent: Original | None = None
    ) -> Original | Unchanged:
        """What stands at an address, with redirects followed. Raises FetchFailed, one line that says why not."""
        asked = checked_url(url)
        at = asked
        way: list[str] = []
        for _ in range(self._limits.redirects + 1):
            self._require_leave(at)
            answer = self._ask(at, validators if not way else None)
            target = answer.header("location") if answer.status in _REDIRECTS else None
            if target is None:
                return self._outcome(url, at, tuple(way), answer, parent)
            way.append(at)
            at = checked_url(urljoin(at, target))
        raise FetchFailed(f"{url}: redirects more than {self._limits.redirects} times")

    def _outcome(
        self, url: str, at: str, way: tuple[str, ...], answer: _Answer, parent: Original | None
    ) -> Original | Unchanged:
        response = Response(answer.status, answer.headers, (*way, at) if way else ())
        if answer.status == 304:
            return Unchanged(url, at, now(), response, self.tool, parent)
        if answer.status != 200:
            raise FetchFailed(f"{url}: the server answers {answer.status}{_meaning(answer.status)}")
        if not answer.body.strip():
            raise FetchFailed(f"{url}: the page is empty")
        media_type = (answer.header("content-type") or "application/octet-stream").split(";")[0].strip().lower()
        return Original(answer.body, media_type, url, now(), self.tool, at, response, parent)

    def _require_leave(self, url: str) -> None:
        robots = self._robots_of(url)
        if robots.rules is None:
            raise FetchFailed(f"{url}: its robots.txt cannot be read now, so nothing there is asked. Try again later")
        if not robots.rules.can_fetch(url, _NAME):
            raise FetchFailed(f"{url}: robots.txt there asks programs not to read it. Save the page and add the file")

    def _robots_of(self, url: str) -> _Robots:
        origin = _origin(url)
        known = self._robots.get(origin)
        if known is None or known.until < self._clock():
            known = self._robots[origin] = _Robots(self._read_robots(origin), self._clock() + _ROBOTS_KEPT)
        return known

    def _read_robots(self, origin: str) -> Protego | None:
        """After RFC 9309: no such file allows all, a broken server allows nothing."""
        at = origin + "/robots.txt"
        try:
            for _ in range(6):
                answer = self._ask(at, None, largest=_ROBOTS_LARGEST, cut=True)
                target = answer.header("location") if answer.status in _REDIRECTS else None
                if target is None:
                    break
                at = checked_url(urljoin(at, target))
        except RefusedAddress:
            raise
        except FetchFailed:
            return None
        if answer.status == 200:
            return Protego.parse(answer.body.decode("utf-8", "replace"))
        return None if answer.status == 429 or answer.status >= 500 else Protego.parse("")

    def _ask(self, url: str, validators: Validators | None, largest: int | None = None, cut: bool = False) -> _Answer:
        """One address, tried again where trying again may help."""
        failure = FetchFailed(f"{url}: no answer")
        for attempt in range(1, self._limits.tries + 1):
            self._keep_pace(url)
            try:
                answer = self._ask_once(url, validators, largest or self._limits.largest, cut)
            except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.RemoteProtocolError) as error:
                failure = FetchFailed(f"{url}: {_in_words(error)}")
                if isinstance(error, httpcore.RemoteProtocolError) or "no such host" in str(error):
                    break
                delay = _back_off(attempt)
            else:
                if answer.status not in _TRY_AGAIN or attempt == self._limits.tries:
                    return answer
                delay = max(_retry_after(answer.header("retry-after")), _back_off(attempt))
                if delay > self._limits.longest_wait:
                    return answer
            if attempt < self._limits.tries:
                self._wait(delay)
        raise failure

    def _keep_pace(self, url: str) -> None:
        host = urlsplit(url).netloc
        delay = self._next.get(host, 0.0) - self._clock()
        if delay > 0:
            self._wait(delay)
        robots = self._robots.get(_origin(url))
        asked = (robots.rules.crawl_delay(_NAME) or 0.0) if robots and robots.rules else 0.0
        self._next[host] = self._clock() + max(self._pace, min(float(asked), 60.0))

    def _ask_once(self, url: str, validators: Validators | None, largest: int, cut: bool) -> _Answer:
        headers = [("User-Agent", self.agent), ("Accept", "*/*"), ("Accept-Encoding", "gzip")]
        if validators and validators.etag:
            headers.append(("If-None-Match", validators.etag))
        if validators and validators.last_modified:
            headers.append(("If-Modified-Since", validators.last_modified))
        step = self._limits.one_step
        timeouts = {"connect": step, "read": step, "write": step, "pool": step}
        self._deadline.start(self._limits.whole)
        try:
            with self._pool.stream(
                "GET", url, headers=[("Host", urlsplit(url).netloc), *headers], extensions={"timeout": timeouts}
            ) as response:
                found = tuple((k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers)
                coding = (Response(response.status, found).header("content-encoding") or "").strip().lower()
                body = bytearray()
                for piece in _decoded(response.iter_stream(), coding, url, largest + 1):
                    body += piece
                    if len(body) > largest:
                        if cut:
                            break
                        raise FetchFailed(
                            f"{url}: more than {largest / 1e6:.0f} MB, which is more than a report may have"
                        )
                return _Answer(response.status, found, bytes(body[:largest]))
        except (httpcore.LocalProtocolError, httpcore.UnsupportedProtocol) as error:
            raise FetchFailed(f"{url}: cannot be asked ({error})") from None


def checked_url(url: str) -> str:
    """An address without its fragment, fit to be asked: http or https, a host, no password in it. Raises FetchFailed."""
    try:
        parts = urlsplit(urldefrag(url.strip()).url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise FetchFailed(f"{url[:200]}: is no address. Write it as https://example.org/page") from None
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise FetchFailed(f"{url[:200]}: is no web address. Write it as https://example.org/page")
    if parts.username is not None or parts.password is not None:
        raise FetchFailed(f"{host}: an address with a name or password in it is not asked. Leave them out")
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise FetchFailed(f"{url[:200]}: is no address: {host} is no host name") from None
    named = f"[{ascii_host}]" if ":" in ascii_host else ascii_host
    return urlunsplit(
        (parts.scheme.lower(), f"{named}:{port}" if port else named, _ascii(parts.path) or "/", _ascii(parts.query), "")
    )


def _ascii(part: str) -> str:
    """A path or query with everything but printable ASCII percent-encoded; what is encoded stays."""
    return "".join(c if "!" <= c <= "~" else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in part)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _decoded(pieces: Iterator[bytes], coding: str, url: str, most: int) -> Iterator[bytes]:
    """The body without its content coding, no more of it than `most` bytes at a time are ever in memory."""
    if coding in ("", "identity"):
        yield from pieces
        return
    if coding not in _CODINGS:
        raise FetchFailed(f"{url}: comes in a coding that was not asked for ({coding[:40]})")
    inflate = zlib.decompressobj(_CODINGS[coding])
    try:
        for piece in pieces:
            rest = piece
            while rest:
                yield inflate.decompress(rest, most)
                rest = inflate.unconsumed_tail
                if inflate.eof and inflate.unused_data:
                    rest, inflate = inflate.unused_data, zlib.decompressobj(_CODINGS[coding])
        yield inflate.flush(most)
    except zlib.error:
        raise FetchFailed(f"{url}: its compressed content is broken") from None
    if not inflate.eof:
        raise FetchFailed(f"{url}: its compressed content is cut short")


def _back_off(attempt: int) -> float:
    """Seconds: about 2, then 8; not the same for everybody, so that not all come back at once."""
    return 2.0 * 4.0 ** (attempt - 1) * random.uniform(0.75, 1.25)


def _retry_after(value: str | None) -> float:
    """Seconds that a server asks to wait: a number or a date."""
    if not value:
        return 0.0
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    try:
        return max(0.0, (parsedate_to_datetime(value) - now()).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _in_words(error: Exception) -> str:
    if isinstance(error, httpcore.TimeoutException):
        return "no full answer in time"
    if isinstance(error, httpcore.RemoteProtocolError):
        return f"the answer is no proper HTTP ({str(error)[:120] or 'cut short'})"
    if "no such host" in str(error):
        return str(error)
    return f"no connection ({str(error)[:120]})" if str(error) else "the connection broke"


def _meaning(status: int) -> str:
    meanings = {
        401: ", it wants a login", 402: ", it wants payment", 403: ", it does not allow this", 404: ", there is no such page",
        410: ", the page is gone", 429: ", too many requests; try later", 451: ", withheld for legal reasons",
        503: ", it is overloaded or closed; try later",
    }  # fmt: skip
    return meanings.get(status, "")
