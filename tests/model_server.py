"""A server with OpenAI's interface that answers as a test says, well or badly; on loopback alone."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Respond = Callable[["Asked"], None]


@dataclass
class Asked:
    """One request as the server got it, and the means to answer it."""

    handler: BaseHTTPRequestHandler
    body: dict[str, Any]
    number: int

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.handler.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.send_header("Content-Length", str(len(body)))
        self.handler.send_header("Connection", "close")
        self.handler.end_headers()
        self.handler.wfile.write(body)

    def say(self, content: str, **usage: int) -> None:
        """Answer as a model does."""
        completion: dict[str, Any] = {
            "id": "1", "object": "chat.completion", "model": "any",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}],
        }  # fmt: skip
        if usage:
            completion["usage"] = usage
        self.send(200, json.dumps(completion).encode())


@dataclass
class ModelServer:
    """Where it listens, and what it was asked."""

    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def model_server(respond: Respond) -> Iterator[ModelServer]:
    """Serve until the block ends."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                served.asked.append(body)
                served.headers.append(dict(self.headers))
                number = len(served.asked)
            self.close_connection = True
            with suppress(BrokenPipeError, ConnectionResetError):
                respond(Asked(self, body, number))

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = ModelServer(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def claim(**given: Any) -> dict[str, Any]:
    """A claim as a model answers it, with what the test is about."""
    plain: dict[str, Any] = {
        "s": 1, "trigger": "attacked", "type": "ASSAULT", "actors": [], "recipients": [], "means": [], "targets": [],
        "toll": {"killed": None, "injured": None, "captured": None, "displaced": None}, "places": [], "time": None, "kind": "occurred",
        "denied": False, "certainty": "stated", "phrase": None, "sources": [], "english": None,
    }  # fmt: skip
    return {**plain, **given}


def answer(*claims: dict[str, Any]) -> str:
    return json.dumps({"claims": claims}, ensure_ascii=False)
