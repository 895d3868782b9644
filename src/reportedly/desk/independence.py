"""The picture of an incident's independence: origins on the left, outlets that carry them on the right, a line for each claim's way."""

from dataclasses import dataclass
from typing import Final

from reportedly.casebook.listing import ClaimRow
from reportedly.model.incident import Incident

_ROW: Final = 34
_MOST: Final = 24


@dataclass(frozen=True, slots=True)
class Node:
    """An origin or an outlet, at a height in pixels."""

    label: str
    y: int
    number: int
    """Of an origin, its place in the incident's list; of an outlet, how many reports of its tell of it."""
    classes: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What a template draws; lines are pairs of heights."""

    origins: tuple[Node, ...]
    outlets: tuple[Node, ...]
    lines: tuple[tuple[int, int], ...]
    height: int
    left_out: int


def picture(incident: Incident, claims: list[ClaimRow]) -> Picture:
    """Of an incident and the claims that tell of it."""
    outlet_of = {row.id: row.outlet or "outlet not known" for row in claims}
    origins = incident.origins[:_MOST]
    outlets = list(dict.fromkeys(outlet_of[c] for o in origins for c in o.claims if c in outlet_of))[:_MOST]
    reports = {
        name: len({row.report for row in claims if (row.outlet or "outlet not known") == name}) for name in outlets
    }
    height = _ROW * max(len(origins), len(outlets), 1) + 10
    left, right = _heights(len(origins), height), _heights(len(outlets), height)
    lines = {
        (left[n], right[outlets.index(outlet_of[c])])
        for n, origin in enumerate(origins)
        for c in origin.claims
        if outlet_of.get(c) in outlets
    }
    return Picture(
        tuple(Node(o.label, left[n], n + 1, " ".join([o.kind.replace(" ", "-"), *(["denies"] if not o.asserts else [])])) for n, o in enumerate(origins)),
        tuple(Node(name, right[n], reports[name], "outlet") for n, name in enumerate(outlets)),
        tuple(sorted(lines)),
        height,
        len(incident.origins) - len(origins),
    )  # fmt: skip


def _heights(count: int, height: int) -> list[int]:
    return [round((n + 0.5) * height / count) for n in range(count)]
