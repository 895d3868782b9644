"""A web of the tests' own, on loopback: pages, feeds and servers that misbehave. And a recorder where connections would be opened."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore

from reportedly.intake.fetching import Fetcher

Handler = Callable[["Request"], None]


class Request(BaseHTTPRequestHandler):
    """One request; `answer` is all that most handlers need."""

    protocol_version = "HTTP/1.1"
    server: "Web"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers.items())))
        handler = self.server.routes.get(self.path.split("?")[0])
        try:
            if handler is None:
                self.answer(b"no such page", status=404)
            else:
                handler(self)
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            self.close_connection = True

    def answer(self, body: bytes, status: int = 200, headers: Iterable[tuple[str, str]] = ()) -> None:
        given = dict(headers)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if "Content-Type" not in given:
            self.send_header("Content-Type", "text/html; charset=utf-8")
        if "Content-Length" not in given:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


class Web(ThreadingHTTPServer):
    """Routes by path; `asked` lists what was asked for, with headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.routes: dict[str, Handler] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.closing = threading.Event()
        self.clients: list[Fetcher] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def serve(self, path: str, body: bytes | str, status: int = 200, headers: Iterable[tuple[str, str]] = ()) -> str:
        data, given = body.encode() if isinstance(body, str) else body, tuple(headers)
        self.routes[path] = lambda request: request.answer(data, status, given)
        return self.url(path)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what the tests are about."""

    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def web() -> Iterator[Web]:
    server = Web()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        for client in server.clients:
            client.close()
        server.shutdown()
        server.server_close()


class Recorder(httpcore.NetworkBackend):
    """Stands where a connection is opened: notes every address, and opens none but to loopback."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, int]] = []
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.opened.append((host, port))
        if not host.startswith("127."):
            raise httpcore.ConnectError("the tests open no connection but to loopback")
        return self._real.connect_tcp(host, port, timeout, local_address, socket_options)

    def sleep(self, seconds: float) -> None:  # noqa: ARG002
        raise AssertionError("nothing here sleeps")


@dataclass
class Clock:
    """Time that passes only when somebody waits."""

    time: float = 1_000.0
    waits: list[float] = field(default_factory=list)

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += seconds


PARAGRAPHS = (
    "<p>Gunmen attacked a convoy near {place} on Tuesday and wounded two drivers, a police officer said. The trucks were carrying seed.</p>"
    "<p>The officer said that a search was under way. Residents had heard shots for half an hour, they said, before soldiers came.</p>"
    "<p>The road through {place} has been closed since, and traders are waiting for an escort from the north.</p>"
)


def article(place: str, title: str | None = None, published: str | None = "2025-03-05") -> str:
    """An invented page about a place."""
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    heading = title or f"Convoy attacked near {place}"
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{heading}</title>{meta}</head>"
        f"<body><article><h1>{heading}</h1>{PARAGRAPHS.format(place=place)}</article></body></html>"
    )


def rss(items: Iterable[tuple[str, str]], title: str = "Example Wire") -> str:
    """A feed of titles and addresses."""
    entries = "".join(
        f"<item><title>{name}</title><link>{url}</link><pubDate>Wed, 05 Mar 2025 10:00:00 GMT</pubDate></item>"
        for name, url in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{entries}</channel></rss>'
