"""Today: what is new since the last visit, who says so, and whom to warn, on one screen."""

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.desk_state import Marks
from reportedly.casebook.facets import Filter
from reportedly.casebook.feeds import in_trouble
from reportedly.casebook.weighed import IncidentRow
from reportedly.desk.rendering import page, today
from reportedly.desk.seat import Reader

router = APIRouter(include_in_schema=False)
_SHOWN: Final = 8
_LOOKED_AT: Final = 300
"""Incidents, the last told of first, among which the new ones are sought."""


@router.get("/")
def show(request: Request, seat: Reader) -> Response:
    before = seat.casebook.visit(seat.name)
    day = today()
    return page(
        request, "today.html", seat, before=before, day=day, gone=_gone(seat.casebook.marks(), before), weighed=seat.casebook.was_weighed(),
        incidents=new_incidents(seat.casebook, before), warnings=_warnings(seat.casebook, before, day),
        reports=list(seat.casebook.reports(Filter(), limit=_SHOWN)), weighing=request.app.state.desk.weighing.told(),
        feeds=in_trouble(seat.casebook),
    )  # fmt: skip


def _gone(now: Marks, before: Marks | None) -> dict[str, int]:
    """How many of each are new since the visit before; all of them on a first visit."""
    return {
        name: getattr(now, name) - (getattr(before, name) if before is not None else 0)
        for name in ("reports", "claims", "incidents", "warnings", "decisions")
    }


def new_incidents(casebook: Casebook, before: Marks | None) -> dict[str, Any]:
    """New incidents: how many by grade, the most credible, and those in dispute."""
    latest = casebook.incidents(limit=_LOOKED_AT)
    new = [row for row in latest if before is None or row.number > before.incidents]
    by_grade: dict[str, int] = {}
    for row in new:
        by_grade[row.grade] = by_grade.get(row.grade, 0) + 1
    happened = [row for row in new if not row.incident.ahead]
    return {
        "count": len(new),
        "more": len(latest) == _LOOKED_AT,
        "by_grade": sorted(by_grade.items(), key=lambda item: (item[0][1], item[0][0])),
        "told": sorted(happened, key=_by_origins)[:_SHOWN],
        "disputed": [row for row in new if row.incident.contradictions][:_SHOWN],
    }


def _by_origins(row: IncidentRow) -> tuple[int, int, int]:
    """Those that most can be told apart tell of first."""
    return -row.incident.low, row.credibility, -row.incident.reports


def _warnings(casebook: Casebook, before: Marks | None, day: str) -> dict[str, Any]:
    opened = casebook.warnings_page("open", day, limit=100)
    new = [row for row in opened if before is None or row.number > before.warnings]
    return {
        "counts": casebook.count_warnings(day),
        "opened": new[:_SHOWN],
        "new": len(new),
        "due": casebook.warnings_page("due", day, limit=_SHOWN),
        "scored": casebook.warnings_page("scored", day, limit=_SHOWN),
    }
