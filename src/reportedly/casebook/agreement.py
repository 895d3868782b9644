"""Agreement between coders: Krippendorff's alpha, from its definition.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011); any number of coders, missing values, nominal or interval data.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, select

from reportedly.casebook.tables import claims, decisions
from reportedly.model.decision import with_values

Difference = Callable[[Any, Any], float]


def nominal(a: Hashable, b: Hashable) -> float:
    """0 where two values are the same, 1 where they are not."""
    return float(a != b)


def interval(a: float, b: float) -> float:
    """The squared distance of two numbers."""
    return float((a - b) ** 2)


def alpha(units: Iterable[Sequence[Any]], difference: Difference = nominal) -> float | None:
    """1 minus observed over expected disagreement. One sequence of values per unit, missing ones left out.

    None where nothing can be said: no unit has two values, or all values are the same.
    """
    paired = [list(unit) for unit in units if len(unit) > 1]
    totals: Counter[Any] = Counter(value for unit in paired for value in unit)
    count = sum(totals.values())
    if count < 2 or len(totals) < 2:
        return None
    observed = sum(
        sum(difference(a, b) for i, a in enumerate(unit) for j, b in enumerate(unit) if i != j) / (len(unit) - 1)
        for unit in paired
    )
    expected = sum(
        n * m * difference(a, b) for a, n in totals.items() for b, m in totals.items()
    ) / (count - 1)  # fmt: skip
    return 1.0 - observed / expected if expected else None


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How far coders agree on one field: alpha, over how many claims that two or more coded, and how many of them all coded alike."""

    field: str
    alpha: float | None
    claims: int
    alike: int


_FIELDS: Final[dict[str, Callable[[dict[str, Any]], Hashable]]] = {
    "event.type": lambda c: c["event"]["type"],
    "event.mode": lambda c: c["event"]["mode"],
    "actors": lambda c: _names(c["actors"]),
    "recipients": lambda c: _names(c["recipients"]),
    "targets": lambda c: tuple(sorted((s["start"], s["end"]) for s in c["targets"])),
    "means": lambda c: tuple(sorted((s["start"], s["end"]) for s in c["means"])),
    "places": lambda c: tuple(sorted(str(p["geonames"] or p["name"]) for p in c["places"])),
    "time": lambda c: (c["time"]["start"], c["time"]["end"]) if c["time"] else None,
    "toll": lambda c: tuple((k, v["low"], v["high"]) for k, v in sorted(c["toll"].items()) if v),
    "status.kind": lambda c: c["status"]["kind"],
    "status.polarity": lambda c: c["status"]["polarity"],
    "status.certainty": lambda c: c["status"]["certainty"],
    "source": lambda c: c["attribution"][-1]["source"]["name"] or c["attribution"][-1]["source"]["type"],
}
FIELDS: Final = ("verdict", *_FIELDS)


def _names(people: list[dict[str, Any]]) -> Hashable:
    return tuple(sorted(p["actor"] or p["name"].lower() for p in people))


def agreement(connection: Connection, everybody: bool = False) -> list[FieldAgreement]:
    """Alpha per field over the claims that two coders or more have decided blind, or with `everybody` decided at all."""
    coded = list(_coded(connection, everybody))
    found = []
    for field in FIELDS:
        units = [
            [_value(field, verdict, claim) for verdict, claim in coders if field == "verdict" or verdict != "reject"]
            for coders in coded
        ]
        paired = [unit for unit in units if len(unit) > 1]
        found.append(FieldAgreement(field, alpha(paired), len(paired), sum(len(set(unit)) == 1 for unit in paired)))
    return found


def _value(field: str, verdict: str, claim: dict[str, Any]) -> Hashable:
    if field == "verdict":
        return "reject" if verdict == "reject" else "keep"
    return _FIELDS[field](claim)


def _coded(connection: Connection, everybody: bool) -> Iterator[list[tuple[str, dict[str, Any]]]]:
    """Per claim, each coder's verdict and the claim as that coder has it."""
    chosen = (
        select(decisions, claims.c.record)
        .join(claims, claims.c.id == decisions.c.claim_id)
        .order_by(decisions.c.claim_id, decisions.c.id)
    )
    if not everybody:
        chosen = chosen.where(decisions.c.blind.is_(True))
    by_claim: dict[int, dict[str, tuple[str, dict[str, Any]]]] = defaultdict(dict)
    for row in connection.execute(chosen).mappings():
        coders = by_claim[int(row["claim_id"])]
        if row["verdict"] == "withdraw":
            coders.pop(row["made_by"], None)
            continue
        before = coders.get(row["made_by"], ("", json.loads(row["record"])))[1]
        coders[row["made_by"]] = (row["verdict"], with_values(before, json.loads(row["changes"])))
    for coders in by_claim.values():
        if len(coders) > 1:
            yield list(coders.values())
