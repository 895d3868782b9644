"""Lays a casebook's events beside somebody else's list of events: which of them are likely the same, and what each alone has."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportedly.knowledge.gazetteer import distance_km
from reportedly.model.release import ReleasedEvent, day_of
from reportedly.model.warning import Happening
from reportedly.release.columns import Column, country_of, where
from reportedly.release.spool import Spool

_DAYS: Final = 1
_KM: Final = 30.0
_LONGEST: Final = 31
"""Days of an event that are looked at."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of ours, one of theirs, or both where they are likely the same."""

    ours: ReleasedEvent | None
    theirs: Happening | None


def compare(ours: Iterable[ReleasedEvent], theirs: Sequence[Happening]) -> Iterator[Pair]:
    """Pair events of one country and type, at most a day and 30 km apart, or in one division where either is told no finer.

    Each is paired once, the nearest in place and then in time first; then ours in their order, then what is only theirs.
    """
    listed = _by_day(theirs)
    spool: Spool[ReleasedEvent] = Spool(ReleasedEvent)
    try:
        near: list[tuple[float, int, int, int]] = []
        for number, event in enumerate(ours):
            spool.add(event, b"")
            near.extend((*apart, number, other) for other in _near(event, listed) if (apart := _apart(event, theirs[other])) is not None)  # fmt: skip
        other_of = array("q", [-1]) * len(spool)
        taken = bytearray(len(theirs))
        for _, _, number, other in sorted(near):
            if other_of[number] < 0 and not taken[other]:
                other_of[number], taken[other] = other, 1
        for event, other in zip(spool.some(range(len(spool))), other_of, strict=True):
            yield Pair(event, theirs[other] if other >= 0 else None)
    finally:
        spool.close()
    yield from (Pair(None, happening) for happening, paired in zip(theirs, taken, strict=True) if not paired)


def _by_day(theirs: Sequence[Happening]) -> dict[tuple[str, int], list[int]]:
    """Their events' numbers, by country and day."""
    listed: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, happening in enumerate(theirs):
        if happening.country is not None:
            first, last = happening.days
            for day in range(first, min(last, first + _LONGEST) + 1):
                listed[happening.country, day].append(number)
    return listed


def _days(event: ReleasedEvent) -> tuple[int, int] | None:
    first, last = day_of(event.start), day_of(event.end)
    return None if first is None or last is None else (first.toordinal(), last.toordinal())


def _near(event: ReleasedEvent, listed: dict[tuple[str, int], list[int]]) -> Iterator[int]:
    days = _days(event)
    if days is None or event.place.country is None:
        return
    first, last = days[0], min(days[1], days[0] + _LONGEST)
    found = (listed.get((event.place.country, day), ()) for day in range(first - _DAYS, last + _DAYS + 1))
    yield from dict.fromkeys(number for numbers in found for number in numbers)


def _apart(event: ReleasedEvent, other: Happening) -> tuple[float, int] | None:
    """Kilometres and days between two events; None where they are too far apart, or in other divisions."""
    days = _days(event)
    if days is None or event.type not in {what.partition("/")[0] for what in other.counts_as}:
        return None
    between = max(0, other.days[0] - days[1], days[0] - other.days[1])
    place = event.place
    if (
        None not in (place.lat, place.lon, other.lat, other.lon)
        and place.precision in ("place", "near")
        and other.precise
    ):
        assert place.lat is not None and place.lon is not None and other.lat is not None and other.lon is not None  # noqa: PT018
        km = distance_km(place.lat, place.lon, other.lat, other.lon)
        return (km, between) if km <= _KM else None
    return (_KM, between) if place.admin1 is not None and place.admin1 == other.admin1 else None


def _ours(name: str, kind: Any, about: str, value: Any) -> Column[Pair]:
    return Column(f"ours_{name}", kind, about, lambda pair: None if pair.ours is None else value(pair.ours))


def _theirs(name: str, kind: Any, about: str, value: Any) -> Column[Pair]:
    return Column(f"theirs_{name}", kind, about, lambda pair: None if pair.theirs is None else value(pair.theirs))


PAIR_COLUMNS: Final[Sequence[Column[Pair]]] = (
    _ours("id", "string", "Of the incident.", lambda e: e.id),
    _ours("type", "string", "PLOVER.", lambda e: e.type),
    _ours("start", "date", "The first day.", lambda e: e.start),
    _ours("end", "date", "The last day.", lambda e: e.end),
    _ours("country", "string", "Its name.", country_of),
    _ours("place", "string", "The finest that is told.", where),
    _ours("killed_low", "integer", "The least that is told.", lambda e: e.killed and e.killed.low),
    _ours("killed_high", "integer", "The most that is told.", lambda e: e.killed and e.killed.high),
    _ours("grade", "string", "On the Admiralty scale.", lambda e: e.grade),
    _theirs("id", "string", "In the list.", lambda h: h.id),
    _theirs("types", "string", "PLOVER types that it counts as.", lambda h: "; ".join(h.counts_as)),
    _theirs("start", "date", "The first day.", lambda h: h.start),
    _theirs("end", "date", "The last day.", lambda h: h.end),
    _theirs("country", "string", "ISO 3166-1 alpha-3.", lambda h: h.country),
    _theirs("place", "string", "As the list has it.", lambda h: h.name),
    _theirs("actors", "string", "By registry id, country or words.", lambda h: "; ".join(h.actors)),
    _theirs("killed_low", "integer", "As the list has it.", lambda h: h.killed_low),
    _theirs("killed_high", "integer", "As the list has it.", lambda h: h.killed_high),
)
"""Both sides in one row, empty where only one has it."""
