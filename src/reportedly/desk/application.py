"""The desk as one web application: pages, the HTTP interface, and everything that they are drawn with."""

import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from threading import Lock, Thread
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from reportedly._version import __version__
from reportedly.casebook.casebook import Casebook, Reads
from reportedly.desk.api import deciding, documentation, lists, pictures
from reportedly.desk.guard import LOOPBACK, Guard
from reportedly.desk.pages import (
    account,
    adding,
    claims,
    drawn,
    incidents,
    releases,
    reports,
    review,
    sources,
    today,
    warnings,
)
from reportedly.desk.query import InvalidQuery, address
from reportedly.desk.rendering import page
from reportedly.desk.seat import NotAllowed, NotLoggedIn, Seat, seat_of
from reportedly.desk.weigh_casebook import weigh_casebook
from reportedly.errors import (
    CasebookUnavailable,
    DeskRefused,
    InvalidAccount,
    InvalidDecision,
    InvalidMetadata,
    LoginRefused,
    NotInCasebook,
    ReleaseRefused,
    ReportedlyError,
    UnreadableReport,
)

_STATUS: Final[tuple[tuple[type[ReportedlyError], int], ...]] = (
    (NotLoggedIn, 401), (NotAllowed, 403), (NotInCasebook, 404), (InvalidQuery, 400), (InvalidDecision, 422), (ReleaseRefused, 422), (InvalidMetadata, 422),
    (InvalidAccount, 422), (UnreadableReport, 422), (LoginRefused, 401), (CasebookUnavailable, 503),
)  # fmt: skip
_PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    code: {"description": what, "content": {"application/json": {"schema": {"type": "object", "properties": {"detail": {}}}}}}
    for code, what in (
        (400, "asks for what makes no sense"), (401, "log in first"), (403, "not allowed"), (404, "not there"), (413, "too large"),
        (421, "not this host"), (422, "makes no sense"), (503, "cannot be done now"),
    )
}  # fmt: skip
ROUTERS: Final[tuple[tuple[str, APIRouter], ...]] = (
    *(
        ("", room.router)
        for room in (today, claims, releases, reports, incidents, drawn, warnings, sources, review, adding, account)
    ),
    *(("/api", part.router) for part in (lists, pictures, deciding, documentation)),
)
"""Everything that can be asked for but what pages are drawn with, and under what."""
_FOR_GOOD: Final = "public, max-age=31536000, immutable"


class Weighing:
    """A weighing of everything, in the background; one at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._told: str | None = None

    def told(self) -> str | None:
        """How far it is; None where none runs."""
        return self._told

    def begin(self, casebook: Casebook) -> None:
        """Begin one, unless one runs."""
        with self._lock:
            if self._told is not None:
                return
            self._told = "beginning"
        Thread(target=self._run, args=(casebook,), daemon=True).start()

    def _run(self, casebook: Casebook) -> None:
        def progress(what: str, done: int, total: int) -> None:
            self._told = f"{what.lower()}: {done:,} of {total:,}" if total else what.lower()

        try:
            weigh_casebook(casebook, progress=progress)
        finally:
            self._told = None


def trained_reader() -> Reads:
    """The reader that reads where none is named."""
    from reportedly.reading.reader import Reader

    return Reader()


@dataclass
class Desk:
    """What one desk serves, and how."""

    casebook: Casebook
    team: bool = False
    over_https: bool = False
    hosts: Collection[str] = LOOPBACK
    allow_hosts: Collection[str] = ()
    """Hosts inside a network that reports may be fetched from."""
    contact: str | None = None
    make_reader: Callable[[], Reads] = trained_reader
    """Makes who reads what is added."""
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    weighing: Weighing = field(default_factory=Weighing)
    kept_pictures: pictures.Kept = field(default_factory=pictures.Kept)
    _reader: Reads | None = None
    _loading: Lock = field(default_factory=Lock)

    def reader(self) -> Reads:
        """Who reads; a grammar is loaded when the first report is added."""
        with self._loading:
            if self._reader is None:
                self._reader = self.make_reader()
            return self._reader


class _Assets(StaticFiles):
    """Files of the package: kept for good by a browser, as their addresses change with them; outlines for a day."""

    def file_response(self, *arguments: Any, **named: Any) -> Response:
        answer = super().file_response(*arguments, **named)
        scope: Scope = arguments[2] if len(arguments) > 2 else named["scope"]
        answer.headers["Cache-Control"] = (
            _FOR_GOOD if b"v=" in scope.get("query_string", b"") else "public, max-age=86400"
        )
        return answer


def application(desk: Desk) -> FastAPI:
    """The application that serves a desk."""
    app = FastAPI(
        title="reportedly", version=__version__, summary="Claims, incidents and warnings of one casebook",
        description="What the desk's pages show, as JSON. Times are ISO 8601; coordinates are degrees (WGS 84). The record of a claim is documented with the package.",
        openapi_url=None, docs_url=None, redoc_url=None,
    )  # fmt: skip
    app.state.desk = desk
    app.mount("/static", _Assets(directory=str(files("reportedly.desk").joinpath("static"))), name="static")
    for prefix, router in ROUTERS:
        app.include_router(router, prefix=prefix, responses=_PROBLEMS if prefix else None)
    _problems(app)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(Guard, hosts=desk.hosts, over_https=desk.over_https, links_from_elsewhere=desk.team)
    return app


def _problems(app: FastAPI) -> None:
    def refused(request: Request, error: Exception) -> Response:
        status = next((code for kind, code in _STATUS if isinstance(error, kind)), 422)
        return _told(request, status, str(error))

    def not_served(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return _told(
            request, error.status_code, "there is no such page" if error.status_code == 404 else str(error.detail)
        )

    def makes_no_sense(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        first = error.errors()[0]
        return _told(request, 422, f"{'.'.join(str(part) for part in first['loc'][1:])}: {first['msg']}")

    def failed(request: Request, _: Exception) -> Response:
        return _told(request, 500, "this failed, and the server's terminal says why; nothing that is kept is harmed")

    app.add_exception_handler(Exception, failed)
    app.add_exception_handler(ReportedlyError, refused)
    app.add_exception_handler(HTTPException, not_served)
    app.add_exception_handler(RequestValidationError, makes_no_sense)


def _told(request: Request, status: int, problem: str) -> Response:
    """A problem as a page, a part of a page, or JSON; whoever has to log in is led there."""
    path, in_part = request.url.path, bool(request.headers.get("hx-request"))
    if path.startswith("/api/"):
        return JSONResponse({"detail": problem}, status)
    if status == 401 and request.method == "GET" and not in_part:
        return RedirectResponse(
            address("/login", {"to": f"{path}?{request.url.query}" if request.url.query else path}), 303
        )
    return page(
        request, "problem_part.html" if in_part else "problem.html", _seat_or_none(request), status, problem=problem
    )


def _seat_or_none(request: Request) -> Seat | None:
    try:
        return seat_of(request)
    except (NotLoggedIn, CasebookUnavailable):
        return None


@contextmanager
def opened(where: str, by: str | None, team: bool) -> Iterator[Casebook]:
    """A casebook for a desk. Raises DeskRefused for a team's without accounts."""
    with Casebook.open(where, by) as casebook:
        with casebook.people() as people:
            if team and not any(not account.closed for account in people.accounts()):
                raise DeskRefused(
                    f"nobody could log in. Make an account first: reportedly accounts add NAME --role admin --casebook {where}"
                )
        yield casebook
