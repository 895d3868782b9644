"""What map, timeline and network draw. Counted once for each state of the casebook, however many look."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Annotated, Any, Final, TypeVar, get_args

from fastapi import APIRouter, Query, Request

from reportedly.casebook.pictures import AreaTally, Asked, Day, Edge, Moment, Pictures, Point, WarningWindow
from reportedly.desk.query import PictureQuery
from reportedly.desk.rendering import today
from reportedly.desk.seat import Reader, Seat
from reportedly.model.incident import RelationKind
from reportedly.model.warning import Scoring

router = APIRouter()
Drawn = TypeVar("Drawn")
Asks = Annotated[PictureQuery, Query()]
_DAYS_IN_FULL: Final = 120
"""Days up to which bars are drawn by day rather than by month."""


class Kept:
    """The last pictures, each as of one state of the casebook."""

    def __init__(self, most: int = 256) -> None:
        self._most = most
        self._found: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, moment: Hashable, make: Callable[[], Drawn]) -> Drawn:
        """The picture under a key as of a moment, made where it is not there."""
        with self._lock:
            there = self._found.get(key)
        if there is not None and there[0] == moment:
            return there[1]  # type: ignore[no-any-return]
        made = make()
        with self._lock:
            self._found[key] = (moment, made)
            self._found.move_to_end(key)
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return made


@dataclass(frozen=True)
class Map:
    """First-level divisions with what is told of them, towns, bars for the slider, and what cannot be drawn."""

    areas: list[AreaTally]
    points: list[Point]
    without_a_place: int


@dataclass(frozen=True)
class Timeline:
    """Incidents, those with the most independent origins first, and windows of warnings."""

    incidents: list[Moment]
    warnings: list[WarningWindow]


@dataclass(frozen=True)
class Bars:
    """How many incidents begin on each day, or in each month where the days are many."""

    by_month: bool
    days: list[Day]


def _drawn(request: Request, seat: Seat, key: Hashable, draw: Callable[[Pictures], Drawn]) -> Drawn:
    with seat.casebook.pictures() as pictures:
        kept: Kept = request.app.state.desk.kept_pictures
        return kept.get(key, (pictures.moment(), today()), lambda: draw(pictures))


@router.get("/map", summary="What is told of each area and town")
def drawn_map(request: Request, seat: Reader, asks: Asks) -> Map:
    asked = asks.asked()
    return _drawn(
        request, seat, ("map", asked), lambda p: Map(p.areas(asked, today()), p.points(asked), p.without_a_place(asked))
    )


@router.get("/days", summary="How many incidents begin on each day or in each month")
def days(request: Request, seat: Reader, asks: Asks) -> Bars:
    asked = asks.asked()
    by_month = _length(asked) > _DAYS_IN_FULL
    return _drawn(request, seat, ("days", asked), lambda p: Bars(by_month, p.days(asked, by_month)))


@router.get("/timeline", summary="Incidents and windows of warnings over time")
def timeline(request: Request, seat: Reader, asks: Asks, limit: Annotated[int, Query(ge=1, le=500)] = 200) -> Timeline:
    asked = asks.asked()
    return _drawn(
        request,
        seat,
        ("timeline", asked, limit),
        lambda p: Timeline(p.timeline(asked, limit), p.warning_windows(asked, limit)),
    )


@router.get("/network", summary="Which actors of the registry do what to or with one another")
def network(
    request: Request, seat: Reader, asks: Asks, kind: Annotated[list[RelationKind], Query(default_factory=lambda: list(get_args(RelationKind)))],
) -> list[Edge]:  # fmt: skip
    asked, kinds = asks.asked(), tuple(sorted(set(kind)))
    return _drawn(request, seat, ("network", asked, kinds), lambda p: p.relations(asked, kinds))


@router.get("/scoring", summary="The figures of the last scoring of warnings; null where there was none")
def scoring(seat: Reader) -> Scoring | None:
    return seat.casebook.last_scoring()


def _length(asked: Asked) -> int:
    if asked.start is None or asked.end is None:
        return 1_000_000
    return date.fromisoformat(asked.end).toordinal() - date.fromisoformat(asked.start).toordinal()
