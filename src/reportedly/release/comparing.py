"""Lays a casebook's events beside somebody else's list of events: which of them are likely the same, and what each alone has."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportedly.knowledge.gazetteer import distance_km
from reportedly.model.release import ReleasedEvent, day_of
from reportedly.model.warning import Happening

_DAYS: Final = 1
_KM: Final = 30.0


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of ours, one of theirs, or both where they are likely the same."""

    ours: ReleasedEvent | None
    theirs: Happening | None


def compare(ours: Iterable[ReleasedEvent], theirs: Iterable[Happening]) -> Iterator[Pair]:
    """Pair events of one country that are at most a day and 30 km apart, or in one division where either is no finer; each once, the nearest first."""
    listed: dict[tuple[str, int], list[Happening]] = defaultdict(list)
    for happening in theirs:
        if happening.country is not None:
            for day in range(happening.days[0], min(happening.days[1], happening.days[0] + 31) + 1):
                listed[happening.country, day].append(happening)
    taken: set[str] = set()
    everyone = {h.id: h for found in listed.values() for h in found}
    for event in ours:
        near = [
            (apart, h) for h in _near(event, listed) if h.id not in taken and (apart := _apart(event, h)) is not None
        ]
        best = min(near, key=lambda item: (item[0], item[1].id), default=None)
        if best is not None:
            taken.add(best[1].id)
        yield Pair(event, best[1] if best is not None else None)
    yield from (Pair(None, h) for uid, h in sorted(everyone.items()) if uid not in taken)


def _near(event: ReleasedEvent, listed: dict[tuple[str, int], list[Happening]]) -> Iterator[Happening]:
    first, last = day_of(event.start), day_of(event.end)
    if first is None or last is None or event.place.country is None:
        return
    seen: set[str] = set()
    for day in range(
        first.toordinal() - _DAYS, min(last, date.fromordinal(first.toordinal() + 31)).toordinal() + _DAYS + 1
    ):
        for happening in listed.get((event.place.country, day), ()):
            if happening.id not in seen:
                seen.add(happening.id)
                yield happening


def _apart(event: ReleasedEvent, other: Happening) -> float | None:
    """Kilometres between two events; None where they are too far apart, or in other divisions."""
    if event.type not in {what.partition("/")[0] for what in other.counts_as}:
        return None
    place = event.place
    if (
        None not in (place.lat, place.lon, other.lat, other.lon)
        and place.precision in ("place", "near")
        and other.precise
    ):
        assert place.lat is not None and place.lon is not None and other.lat is not None and other.lon is not None  # noqa: PT018
        km = distance_km(place.lat, place.lon, other.lat, other.lon)
        return km if km <= _KM else None
    return _KM if place.admin1 is not None and place.admin1 == other.admin1 else None
