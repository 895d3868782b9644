"""Lists and single rows as JSON: claims, reports, incidents, warnings, sources."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Query

from reportedly.casebook.desk_state import Marks, View
from reportedly.casebook.feeds import in_trouble
from reportedly.casebook.history import ClaimHistory
from reportedly.casebook.listing import ClaimRow, ReportRow, SourceRow
from reportedly.casebook.warned import WarningRow, WarningState
from reportedly.casebook.weighed import IncidentRow
from reportedly.desk.listing import incidents_asked_for
from reportedly.desk.query import FilterQuery, InvalidQuery, PageQuery, RowPath, Words
from reportedly.desk.rendering import today
from reportedly.desk.seat import Reader
from reportedly.knowledge.gazetteer import names_of
from reportedly.model.incident import Copy, SourceRecord, Telling

router = APIRouter()
Row = TypeVar("Row")
Filters = Annotated[FilterQuery, Query()]
At = Annotated[PageQuery, Query()]


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A page of a list. `next` goes into `before` to get the one after; null where there is none."""

    items: list[Row]
    next: int | None


@dataclass(frozen=True)
class ReportWhole:
    """A report with its versions, sightings, readings, claims that stand, and copies."""

    number: int
    present: int
    versions: list[dict[str, Any]]
    sightings: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    claims: list[ClaimRow]
    copies: list[Copy]


@dataclass(frozen=True)
class IncidentWhole:
    """An incident with the claims that tell of it."""

    incident: IncidentRow
    claims: list[ClaimRow]


@dataclass(frozen=True)
class WarningNow:
    """A warning, and the state that it is in today."""

    state: WarningState
    warning: WarningRow


@dataclass(frozen=True)
class Trouble:
    """A feed that fails or fell silent."""

    feed: str
    told: str


@dataclass(frozen=True)
class Today:
    """How far the casebook has gone: whoever keeps `marks` knows next time what is new. Warnings by the state that they are in today."""

    day: str
    marks: Marks
    weighed: bool
    warnings: dict[WarningState, int]
    feeds: list[Trouble]


@router.get("/today", summary="How far the casebook has gone, warnings by state, feeds in trouble")
def now(seat: Reader) -> Today:
    day = today()
    feeds = [Trouble(feed.url, told) for feed, told in in_trouble(seat.casebook)]
    return Today(day, seat.casebook.marks(), seat.casebook.was_weighed(), seat.casebook.count_warnings(day), feeds)


@router.get("/views", summary="Pages with filters that somebody named")
def views(seat: Reader) -> list[View]:
    return seat.casebook.views()


@router.get("/claims", summary="Claims, the newest first")
def claims(seat: Reader, asked: Filters, at: At) -> Page[ClaimRow]:
    rows = list(seat.casebook.claims(asked.filter(), at.before, at.limit))
    return Page(rows, rows[-1].id if len(rows) == at.limit else None)


@router.get("/claims/{number}", summary="One claim with its words, readings and decisions")
def claim(seat: Reader, number: RowPath) -> ClaimHistory:
    found = seat.casebook.claim(number)
    return replace(found, decisions=found.seen_by(None))


@router.get("/reports", summary="Reports, the last changed first")
def reports(seat: Reader, asked: Filters, at: At) -> Page[ReportRow]:
    wanted = asked.filter()
    if wanted.about_claims and at.before is not None:
        raise InvalidQuery("before: goes with text, outlet and dates of publication alone")
    rows = list(seat.casebook.reports(wanted, at.before, at.limit))
    return Page(rows, rows[-1].id if len(rows) == at.limit and not wanted.about_claims else None)


@router.get("/reports/{number}", summary="One report with its claims and copies")
def report(seat: Reader, number: RowPath) -> ReportWhole:
    found = seat.casebook.report(number)
    return ReportWhole(
        number, found.present, found.versions, found.sightings, found.readings, found.claims, seat.casebook.copies(number)
    )  # fmt: skip


@router.get("/incidents", summary="Incidents, the last told of first; with filters, those that hold such a claim")
def incidents(seat: Reader, asked: Filters, at: At, telling: Telling | None = None) -> Page[IncidentRow]:
    rows = incidents_asked_for(seat.casebook, asked, telling, at.before, at.limit)
    return Page(rows, rows[-1].number if len(rows) == at.limit else None)


@router.get("/incidents/{number}", summary="One incident with its claims")
def incident(seat: Reader, number: RowPath) -> IncidentWhole:
    row = seat.casebook.incident(number)
    return IncidentWhole(row, seat.casebook.claims_of(row.incident))


@router.get("/warnings", summary="Warnings, the last made first")
def warnings(seat: Reader, at: At, state: WarningState | None = None, place: Words = None) -> Page[WarningNow]:
    day = today()
    rows = seat.casebook.warnings_page(state, day, names_of(place) if place else (), at.before, at.limit)
    return Page([WarningNow(row.state(day), row) for row in rows], rows[-1].number if len(rows) == at.limit else None)


@router.get("/warnings/{number}", summary="One warning with the rule that resolves it")
def warning(seat: Reader, number: RowPath) -> WarningNow:
    row = seat.casebook.warning(number)
    return WarningNow(row.state(today()), row)


@router.get("/sources", summary="Sources and outlets, by how many claims they are behind")
def sources(seat: Reader, asked: Filters, offset: Annotated[int, Query(ge=0, le=100_000)] = 0) -> list[SourceRow]:
    return seat.casebook.sources(asked.filter(), offset, 100)


@router.get("/sources/records", summary="What became of what the sources told that told of most")
def records(seat: Reader, limit: Annotated[int, Query(ge=1, le=500)] = 100) -> list[SourceRecord]:
    return seat.casebook.top_records(limit)
