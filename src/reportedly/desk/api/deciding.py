"""What changes a casebook over HTTP: reports, decisions on claims, which claims are one happening."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from reportedly.casebook.review import Queued
from reportedly.casebook.taking_in import Taken, take_in
from reportedly.desk.api.lists import Filters
from reportedly.desk.gathering import gatherer
from reportedly.desk.query import RowPath, Words
from reportedly.desk.seat import CoderDeciding, CoderLooking, EditorChanging
from reportedly.desk.weigh_casebook import weigh_what_is_new
from reportedly.errors import UnreadableReport
from reportedly.intake.files import checked_date
from reportedly.model.decision import Verdict

router = APIRouter()
_Line = Annotated[str | None, Field(max_length=2000, pattern=r"^[^\x00]*$")]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewReport(_Body):
    """A report to take in."""

    text: str = Field(min_length=1, max_length=2_000_000)
    title: _Line = None
    outlet: _Line = None
    published: _Line = None
    url: _Line = None


class NewDecision(_Body):
    """A decision on a claim. An edit gives values by dotted path."""

    verdict: Verdict
    reason: str = Field(min_length=1, max_length=2000)
    changes: dict[str, Any] | None = None
    blind: bool = False


class NewGrouping(_Body):
    """Whether two claims tell of one happening."""

    one: int = Field(ge=1, le=2**31 - 1)
    other: int = Field(ge=1, le=2**31 - 1)
    together: bool
    reason: str = Field(min_length=1, max_length=2000)


@dataclass(frozen=True)
class Added:
    """The report's number, whether it is new, changed or seen again, and how many claims were read in it."""

    report: int
    news: str
    claims: int | None
    problem: str | None


@dataclass(frozen=True)
class Decided:
    """What a claim is after a decision."""

    claim: int
    state: str


@dataclass(frozen=True)
class Grouped:
    """Whether what was decided has been weighed: false where everything has to be weighed anew first."""

    weighed: bool


@dataclass(frozen=True)
class Queue:
    """The head of the queue, and how long it is (at most 5,000)."""

    items: list[Queued]
    length: int


@router.post("/reports", status_code=201, summary="Take a report in, and read it")
def add_report(request: Request, seat: EditorChanging, given: NewReport) -> Added:
    if given.published:
        checked_date(given.published, "published")
    options = {"outlet": given.outlet, "published": given.published, "title": given.title, "url": given.url}
    desk = request.app.state.desk
    with tempfile.TemporaryDirectory() as folder, gatherer(seat.casebook, options, (), desk.contact, 1.0) as gathering:
        path = Path(folder) / "report.txt"
        path.write_text(given.text, encoding="utf-8", errors="replace")
        for step in take_in(seat.casebook, gathering.gather([str(path)]), desk.reader()):
            if isinstance(step, Taken):
                return Added(step.kept.report, step.kept.news, step.claims, step.problem)
            raise UnreadableReport(getattr(step, "reason", "nothing was taken in").replace(f"{folder}/", ""))
    raise UnreadableReport("nothing was taken in")


@router.post("/claims/{number}/decisions", status_code=201, summary="Decide on a claim")
def decide(seat: CoderDeciding, number: RowPath, given: NewDecision) -> Decided:
    seat.casebook.decide(number, given.verdict, given.reason, given.changes, blind=given.blind)
    return Decided(number, seat.casebook.claim(number).state)


@router.post("/groupings", status_code=201, summary="Decide whether two claims tell of one happening, and weigh that")
def group(seat: EditorChanging, given: NewGrouping) -> Grouped:
    seat.casebook.group(given.one, given.other, given.together, given.reason)
    return Grouped(weigh_what_is_new(seat.casebook))


@router.get("/review", summary="Claims that nobody has decided on, by what matters most")
def queue(
    seat: CoderLooking, asked: Filters, near: Words = None, blind: bool = False, offset: Annotated[int, Query(ge=0, le=5000)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Queue:  # fmt: skip
    items, length = seat.casebook.review_queue(asked.filter(), near, blind, offset, limit)
    return Queue(items, length)
