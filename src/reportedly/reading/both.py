"""Two readers of one report: their claims matched, and what they disagree on marked, so that people look there first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from scipy.optimize import linear_sum_assignment

from reportedly.errors import UnsupportedLanguage
from reportedly.model.record import Claim, Disagreement, Participant, ReaderVersion, Reading, Report, Time
from reportedly.reading.reader import Reads

_LEAST_ALIKE: Final = 2.0
"""Least likeness of two claims that may be the same: of one type in one sentence, or with triggers that overlap."""


@dataclass(frozen=True, slots=True)
class BothResult:
    """Two readings as one."""

    reading: Reading
    text: str
    layers: dict[str, list[dict[str, Any]]]
    why: dict[str, dict[str, list[str]]] = field(default_factory=dict)


class BothReaders:
    """Reads by two readers. Where they tell of the same claim, the first one's values stand, and the other's are marked beside them."""

    def __init__(self, first: Reads, second: Reads) -> None:
        self.first, self.second = first, second
        versions = f"{first.version.name} {first.version.version} & {second.version.name} {second.version.version}"
        self.version = ReaderVersion(name="both", version=versions)
        self.sends_to = first.sends_to or second.sends_to

    def read(self, report: Report) -> BothResult:
        """Read one report; in a language that the second does not read, by the first alone.

        Raises UnreadableReport where it cannot be read, ModelError where a model is not to be had.
        """
        mine = self.first.read(report)
        try:
            other = self.second.read(report)
        except UnsupportedLanguage:  # then only the first one's word is to be had, and there is nothing to compare
            reading = mine.reading.model_copy(update={"reader": self.version})
            return BothResult(reading, mine.text, mine.layers, mine.why)
        claims = together(mine.reading.claims, other.reading.claims, self.first.version, self.second.version)
        reading = mine.reading.model_copy(update={"reader": self.version, "claims": tuple(claims)})
        return BothResult(reading, mine.text, {**other.layers, **mine.layers}, {**other.why, **mine.why})


def together(
    mine: Sequence[Claim], others: Sequence[Claim], first: ReaderVersion, second: ReaderVersion
) -> list[Claim]:
    """The claims of two readings of one text, matched one to one; each says which readers made it, in the order of their triggers."""
    pairs = matched(mine, others)
    found = [
        claim.model_copy(
            update={"readers": (first, second), "disagreements": tuple(disagreements(claim, others[pairs[i]]))}
        )
        if i in pairs
        else claim.model_copy(update={"readers": (first,)})
        for i, claim in enumerate(mine)
    ]
    taken = set(pairs.values())
    found += [c.model_copy(update={"readers": (second,)}) for j, c in enumerate(others) if j not in taken]
    return _distinct(sorted(found, key=lambda c: (c.trigger.start, c.trigger.end)))


def _distinct(claims: list[Claim]) -> list[Claim]:
    """Claims with an id each: two readers' claims that were not matched may bear one."""
    seen: dict[str, int] = {}
    found = []
    for claim in claims:
        count = seen[claim.id] = seen.get(claim.id, 0) + 1
        found.append(claim if count == 1 else claim.model_copy(update={"id": f"{claim.id[:14]}-{count}"}))
    return found


def matched(mine: Sequence[Claim], others: Sequence[Claim]) -> dict[int, int]:
    """Which claims of two readings are the same, by index; the assignment that makes the sum of likenesses largest."""
    if not mine or not others:
        return {}
    likeness = np.array([[_likeness(a, b) for b in others] for a in mine])
    rows, columns = linear_sum_assignment(-likeness)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if likeness[i, j] >= _LEAST_ALIKE}


def _likeness(a: Claim, b: Claim) -> float:
    overlap = a.trigger.start < b.trigger.end and b.trigger.start < a.trigger.end
    same_type = a.event.type == b.event.type
    same_sentence = a.sentence.start < b.sentence.end and b.sentence.start < a.sentence.end
    if not overlap and not (same_type and same_sentence):
        return 0.0
    agreeing = sum(x == y for x, y in zip(_compared(a).values(), _compared(b).values(), strict=True))
    return 2.0 * same_type + 2.0 * overlap + 0.1 * agreeing


def disagreements(claim: Claim, other: Claim) -> list[Disagreement]:
    """The fields that two readers have otherwise, with the other one's value; what one of them left open is no disagreement but for sources."""
    mine, theirs = _compared(claim), _compared(other)
    return [
        Disagreement(field=name, other=theirs[name] or None)
        for name in mine
        if mine[name] != theirs[name] and ((mine[name] and theirs[name]) or name in _ALWAYS)
    ]


_ALWAYS: Final = frozenset({"source", "actors"})
"""Fields in which having nothing is a statement too."""


def _compared(claim: Claim) -> dict[str, str]:
    source = claim.attribution[-1].source
    return {
        "event.type": claim.event.type,
        "event.mode": claim.event.mode or "",
        "actors": _parties(claim.actors),
        "recipients": _parties(claim.recipients),
        "places": claim.places[0].name if claim.places else "",
        "time": _days(claim.time),
        "toll": "; ".join(
            f"{kind} {counted.low if counted.low is not None else ''}–{counted.high if counted.high is not None else ''}"
            for kind in ("killed", "injured", "captured", "displaced")
            if (counted := getattr(claim.toll, kind)) is not None
        ),
        "status.kind": claim.status.kind,
        "status.polarity": claim.status.polarity,
        "status.certainty": claim.status.certainty,
        "source": "" if source.type == "outlet" else (source.name or (source.mention.text if source.mention else "")),
    }


def _parties(parties: Sequence[Participant]) -> str:
    return "; ".join(sorted({p.name for p in parties}, key=str.casefold))


def _days(time: Time | None) -> str:
    if time is None or not (time.start or time.end):
        return ""
    return f"{time.start or ''}/{time.end or ''}" if time.start != time.end else str(time.start)
