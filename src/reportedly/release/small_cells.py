"""Merges small cells: an event that stands almost alone in its place and time is told more coarsely, until enough stand beside it.

It goes over all events at once, whatever a release is narrowed to afterwards, so that an event is told alike in every release of a day.
"""

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportedly.model.release import ReleasedEvent, Rung
from reportedly.release.protecting import Guard, is_no_finer
from reportedly.release.spool import Spool

WITHHELD: Final = 255


@dataclass(frozen=True, slots=True)
class Merged:
    """By which step of the ladder each event of a spool is told, by its place in it; WITHHELD where by none."""

    rungs: "array[int]"


def merge(spool: Spool[ReleasedEvent], guard: Guard) -> Merged:
    """Find the first step at which at least so many events stand together that no finer step tells."""
    rule = guard.profile.small_cells
    rungs = array("B", bytes([WITHHELD]) * len(spool))
    if not rule.least:
        return Merged(array("B", bytes(len(spool))))
    left = array("L", range(len(spool)))
    for number, rung in enumerate(rule.ladder):
        cells = array("L")
        names: dict[object, int] = {}
        for event in spool.some(left):
            cells.append(names.setdefault(_cell(event, guard, rung), len(names)))
        sizes = Counter(cells)
        missing = names.get(None)
        still = array("L")
        for position, cell in zip(left, cells, strict=True):
            if cell != missing and sizes[cell] >= rule.least:
                rungs[position] = number
            else:
                still.append(position)
        left = still
    return Merged(rungs)


def told(spool: Spool[ReleasedEvent], merged: Merged, guard: Guard) -> Iterator[ReleasedEvent]:
    """The events of a spool, in its order, as their steps tell them; without those that are withheld."""
    rule, count = guard.profile.small_cells, guard.notes.counts
    for position, event in spool.ordered():
        step = merged.rungs[position]
        if step == WITHHELD:
            count["events withheld: too few beside them"] += 1
        elif not rule.least:
            yield event
        else:
            rung = rule.ladder[step]
            coarse = guard.at_rung(event, rung.place, rung.time)
            if coarse != event:
                count["events merged with others: told more coarsely"] += 1
            yield coarse


def _cell(event: ReleasedEvent, guard: Guard, rung: Rung) -> tuple[object, ...] | None:
    """Where and in which window a step tells an event; None where the step's days are not long enough ago to tell."""
    coarse = guard.at_rung(event, rung.place, rung.time)
    if not guard.is_due(coarse):
        return None
    assert is_no_finer(coarse, rung.place, rung.time)
    place = coarse.place
    window = (coarse.start or "")[: {"month": 7, "year": 4, "ever": 0}[rung.within]]
    return place.country, place.admin1, place.admin2, place.name, window
