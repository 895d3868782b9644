"""Lists of incidents, and one incident: its claims by origin, what is disputed, its grade and why; merging, splitting and grading."""

from datetime import date, timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.pictures import Asked, Moment
from reportedly.casebook.weighed import IncidentRow
from reportedly.desk import query
from reportedly.desk.field_by_field import field_by_field
from reportedly.desk.grouping import merge as merge_incidents
from reportedly.desk.grouping import split as split_incident
from reportedly.desk.independence import picture
from reportedly.desk.listing import incidents_asked_for
from reportedly.desk.query import FilterQuery, PageQuery, PictureQuery, RowPath, address
from reportedly.desk.rendering import page
from reportedly.desk.seat import EditorChanging, Reader
from reportedly.desk.weigh_casebook import weigh_what_is_new
from reportedly.errors import InvalidDecision

router = APIRouter(include_in_schema=False)
_ROWS: Final = 50
_ALIKE: Final = 8


@router.get("/incidents")
def incidents(request: Request, seat: Reader) -> Response:
    params = dict(request.query_params)
    at, telling = PageQuery.of(params).before, PictureQuery.of(params).telling
    rows = incidents_asked_for(seat.casebook, FilterQuery.of(params), telling, at, _ROWS + 1)
    shown = rows[:_ROWS]
    following = address("/incidents", params, before=shown[-1].number) if len(rows) > _ROWS else None
    return page(
        request,
        "incidents.html",
        seat,
        rows=shown,
        following=following,
        weighed=seat.casebook.was_weighed(),
        views=seat.casebook.views(),
    )


@router.get("/incidents/{number}")
def incident(request: Request, seat: Reader, number: RowPath) -> Response:
    row = seat.casebook.incident(number)
    claims = {c.id: c for c in seat.casebook.claims_of(row.incident)}
    return page(
        request, "incident.html", seat, row=row, incident=row.incident, claims=claims, picture=picture(row.incident, list(claims.values())), fields=field_by_field(row.incident, claims),
        alike=_alike(seat.casebook, row),
    )  # fmt: skip


def _alike(casebook: Casebook, row: IncidentRow) -> list[Moment]:
    """Others of the same days and area, which may be the same one."""
    found = row.incident
    if found.start is None or found.end is None or found.country is None:
        return []
    first, last = (date.fromisoformat(d) + timedelta(days=by) for d, by in ((found.start, -1), (found.end, 1)))
    with casebook.pictures() as drawn:
        near = drawn.timeline(Asked(first.isoformat(), last.isoformat(), found.country, found.admin1), 60)
    alike = [
        m for m in near if m.number != row.number and m.type in found.types and (m.telling == "ahead") == found.ahead
    ]
    return sorted(alike, key=lambda m: (m.place != found.place, -m.origins))[:_ALIKE]


@router.post("/incidents/{number}/merge")
def merge(
    seat: EditorChanging, number: RowPath, other: Annotated[str, Form()], reason: Annotated[str, Form()] = ""
) -> Response:
    found = seat.casebook.incident(number).incident
    merge_incidents(seat.casebook, found, seat.casebook.incident(query.number("other", other)).incident, reason)
    return _weighed(seat.casebook, found.claims[0], number)


@router.post("/incidents/{number}/split")
def split(
    seat: EditorChanging,
    number: RowPath,
    claims: Annotated[list[int], Form(default_factory=list)],
    reason: Annotated[str, Form()] = "",
) -> Response:
    found = seat.casebook.incident(number).incident
    apart = set(claims) & set(found.claims)
    rest = [c for c in found.claims if c not in apart]
    if not apart or not rest:
        raise InvalidDecision("choose the claims that are of another happening, and leave at least one")
    split_incident(seat.casebook, found, apart, reason)
    return _weighed(seat.casebook, rest[0], number)


@router.post("/incidents/{number}/grade")
def grade(
    seat: EditorChanging, number: RowPath, grade: Annotated[str, Form()] = "", reason: Annotated[str, Form()] = ""
) -> Response:
    seat.casebook.grade_incident(number, grade.strip().upper(), reason)
    return RedirectResponse(f"/incidents/{number}", 303)


def _weighed(casebook: Casebook, claim: int, number: RowPath) -> Response:
    """Back to the incident that a claim is in after what was decided was weighed."""
    weigh_what_is_new(casebook)
    return RedirectResponse(f"/incidents/{casebook.incident_of([claim]).get(claim, number)}", 303)
