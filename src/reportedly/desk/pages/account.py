"""Logging in and out, named views, and (for an admin) who did what."""

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from reportedly.casebook.people import refused, verified
from reportedly.desk.query import InvalidQuery, PageQuery, address
from reportedly.desk.rendering import PAGES, page
from reportedly.desk.seat import COOKIE, Admin, ReaderChanging
from reportedly.errors import LoginRefused

router = APIRouter(include_in_schema=False)
_ROWS: Final = 100


@router.get("/login")
def login_form(request: Request, to: str = "/") -> Response:
    if not request.app.state.desk.team:
        return RedirectResponse("/", 303)
    return page(request, "login.html", None, to=_here(to), problem=None, name="")


@router.post("/login")
def login(
    request: Request,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    to: Annotated[str, Form()] = "/",
) -> Response:
    desk = request.app.state.desk
    if not desk.team:
        return RedirectResponse("/", 303)
    client = request.client.host if request.client else ""
    name = name.strip()
    try:
        token = _token(request, name, password, client)
    except LoginRefused as error:
        return page(request, "login.html", None, 401, to=_here(to), problem=str(error), name=name[:64])
    answer = RedirectResponse(_here(to), 303)
    answer.set_cookie(
        COOKIE, token, httponly=True, secure=desk.over_https, samesite="lax" if desk.over_https else "strict", path="/"
    )
    return answer


def _token(request: Request, name: str, password: str, client: str) -> str:
    """A new session's token. The password is verified outside any transaction, as that takes a while. Raises LoginRefused."""
    casebook = request.app.state.desk.casebook
    with casebook.people() as people:
        refusal, hashed = people.refusal(name, client), people.password_of(name)
    if refusal is not None:
        raise LoginRefused(refusal)
    right = verified(password, hashed)
    with casebook.people(change=True) as people:
        if right:
            return str(people.begin(name, client))
        people.note_failure(name, client)
    raise refused()


def _here(to: str) -> str:
    """A path of this desk, whatever was asked for: never another site's address."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() else "/"


@router.post("/logout")
def logout(request: Request, seat: ReaderChanging) -> Response:
    with seat.casebook.people(change=True) as people:
        people.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.post("/views")
def keep_view(
    seat: ReaderChanging, name: Annotated[str, Form()], at: Annotated[str, Form()], query: Annotated[str, Form()] = ""
) -> Response:
    if at not in {path for path, _ in PAGES}:
        raise InvalidQuery("at: is no page that can be kept as a view")
    seat.casebook.keep_view(name, at, query[:2000])
    return RedirectResponse(f"{at}?{query[:2000]}" if query else at, 303)


@router.post("/views/remove")
def remove_view(seat: ReaderChanging, name: Annotated[str, Form()], at: Annotated[str, Form()]) -> Response:
    known = {view.name: view for view in seat.casebook.views()}
    if name in known:
        seat.casebook.keep_view(name, known[name].page, known[name].query, removed=True)
    return RedirectResponse(at if at in {path for path, _ in PAGES} else "/", 303)


@router.get("/audit")
def audit(request: Request, seat: Admin) -> Response:
    entries = seat.casebook.custody(PageQuery.of(request.query_params).before, _ROWS)
    following = address("/audit", request.query_params, before=entries[-1]["id"]) if len(entries) == _ROWS else None
    return page(request, "audit.html", seat, entries=entries, following=following)
