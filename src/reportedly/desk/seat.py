"""Who is at the desk: the one person whose machine it is, or somebody of a team who has logged in; and what they may do there."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.people import ROLES, Role
from reportedly.errors import ReportedlyError

COOKIE: Final = "reportedly_session"
TOKEN_HEADER: Final = "x-csrf-token"  # noqa: S105


class NotLoggedIn(ReportedlyError):
    """Nobody is logged in where somebody has to be."""


class NotAllowed(ReportedlyError):
    """Whoever is logged in may not do this."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at the desk, and the casebook with them at work in it."""

    name: str
    role: Role
    csrf: str
    casebook: Casebook

    def may(self, role: Role) -> bool:
        """Whether they may do what somebody of a role may."""
        return ROLES.index(self.role) >= ROLES.index(role)


def seat_of(request: Request) -> Seat:
    """Whose request it is. Raises NotLoggedIn."""
    desk = request.app.state.desk
    if not desk.team:
        return Seat(desk.casebook.by, "admin", desk.csrf, desk.casebook)
    token = request.cookies.get(COOKIE, "")
    with desk.casebook.people() as people:
        session = people.session(token) if token else None
    if session is None:
        raise NotLoggedIn("log in first")
    return Seat(session.account, session.role, session.csrf, desk.casebook.acting_as(session.account))


def least(role: Role) -> Callable[[Request], Seat]:
    """The seat of whoever asks, if they may do what this role may. Raises NotLoggedIn, NotAllowed."""

    def seat(request: Request) -> Seat:
        found = seat_of(request)
        if not found.may(role):
            raise NotAllowed(f"this takes the role {role}; yours is {found.role}")
        return found

    seat.role = role  # type: ignore[attr-defined]
    return seat


def changing(role: Role) -> Callable[[Request], Awaitable[Seat]]:
    """The same for a request that changes something: it has to carry the seat's token, so that no other page can have sent it."""
    allowed = least(role)

    async def seat(request: Request) -> Seat:
        found = await run_in_threadpool(allowed, request)
        given = request.headers.get(TOKEN_HEADER)
        if given is None and "form" in request.headers.get("content-type", ""):
            given = str((await request.form()).get("csrf", ""))
        if not secrets.compare_digest((given or "").encode(), found.csrf.encode()) and not _is_a_program(request):
            raise NotAllowed("this form is out of date; load the page again")
        return found

    seat.role = role  # type: ignore[attr-defined]
    return seat


def _is_a_program(request: Request) -> bool:
    """Whether it is a program on this machine, which has no page to take a token from: of a desk without accounts, and never a browser."""
    headers = request.headers
    from_a_browser = "sec-fetch-site" in headers or "origin" in headers or "cookie" in headers
    return (
        not request.app.state.desk.team
        and not from_a_browser
        and headers.get("content-type", "").startswith("application/json")
    )


Reader = Annotated[Seat, Depends(least("reader"))]
Admin = Annotated[Seat, Depends(least("admin"))]
CoderDeciding = Annotated[Seat, Depends(changing("coder"))]
EditorChanging = Annotated[Seat, Depends(changing("editor"))]
ReaderChanging = Annotated[Seat, Depends(changing("reader"))]
EditorLooking = Annotated[Seat, Depends(least("editor"))]
CoderLooking = Annotated[Seat, Depends(least("coder"))]
