"""Releases: what left, what is proposed, and a second person's approval."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.casebook.releases import ReleaseRow
from reportedly.desk.query import RowPath
from reportedly.desk.release_casebook import asked_for, look_at
from reportedly.desk.rendering import page
from reportedly.desk.seat import EditorChanging, EditorLooking
from reportedly.release.making import Outcome

router = APIRouter(include_in_schema=False)
_MOST: Final = 2_000
"""Incidents that are gone through while somebody waits for a page; of more the command line tells."""


@router.get("/releases")
def releases(request: Request, seat: EditorLooking) -> Response:
    return page(request, "releases.html", seat, rows=seat.casebook.releases())


@router.get("/releases/{number}")
def release(request: Request, seat: EditorLooking, number: RowPath) -> Response:
    row = seat.casebook.release(number)
    decides = row.state == "proposed" and row.made_by != seat.name and seat.casebook.needs_second_person()
    return page(
        request,
        "release.html",
        seat,
        row=row,
        outcome=_would_leave(seat.casebook, row),
        decides=decides,
        moved=row.state in ("proposed", "approved") and seat.casebook.has_moved_since(row),
    )


@router.post("/releases/{number}")
def decide(
    seat: EditorChanging, number: RowPath, step: Annotated[Literal["approved", "refused"], Form()] = "refused", reason: Annotated[str, Form()] = ""
) -> Response:  # fmt: skip
    seat.casebook.decide_on_release(number, step, reason)
    return RedirectResponse(f"/releases/{number}", 303)


def _would_leave(casebook: Casebook, row: ReleaseRow) -> Outcome | None:
    """What a proposed release would tell; None of one that is settled, or where finding out takes longer than a page may."""
    with casebook.releasing() as source:
        incidents, _ = source.how_many()
    if row.state not in ("proposed", "approved") or incidents > _MOST:
        return None
    asked, of = asked_for(
        row.profile, row.day, row.asked["title"], row.asked["publisher"], Filter(**row.asked["filter"])
    )
    return look_at(casebook, asked, of, lambda _what, _done, _total: None)
