"""The record of a source: of what it told, how much was borne out by others who are independent of it, and how much they contradicted."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from reportedly.weighing.contradictions import Contradiction
from reportedly.weighing.origins import Independence, Origin

Reliability = Literal["A", "B", "C", "D", "E", "F"]

FEW: Final = 5
"""Judged incidents below which nothing is said of a source."""
_LETTERS: Final[tuple[tuple[float, Reliability], ...]] = ((0.85, "A"), (0.7, "B"), (0.5, "C"), (0.3, "D"), (0.0, "E"))
"""From which lower bound of the share borne out each letter is suggested."""
_PRIOR: Final = 1.0


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What became of what a source told. An incident on which nobody else spoke counts for neither."""

    source: str
    told: int
    borne_out: int
    contradicted: int
    low: float
    high: float
    """Nine in ten chances that the share of what it tells that is borne out lies between the two (beta-binomial, uniform prior)."""
    reliability: Reliability
    reason: str


def records(weighed: Iterable[tuple[Independence, Iterable[Contradiction]]]) -> dict[str, SourceRecord]:
    """The record of each source that can be told apart, by its key."""
    told: Counter[str] = Counter()
    outcomes: dict[str, Counter[str]] = defaultdict(Counter)
    for independence, contradictions in weighed:
        disputes = list(contradictions)
        for origin in independence.origins:
            if origin.kind != "named":
                continue
            told[origin.key] += 1
            outcome = _outcome(origin, independence, disputes)
            if outcome is not None:
                outcomes[origin.key][outcome] += 1
    return {key: _record(key, told[key], outcomes[key]) for key in sorted(told)}


def _outcome(origin: Origin, found: Independence, disputes: list[Contradiction]) -> str | None:
    """What others say to what an origin tells: only those count that can be told apart and are no side to it."""
    judges = {o.key for o in found.origins if o.key != origin.key and o.kind == "named" and not o.interested}
    against = {
        key
        for dispute in disputes
        for one, other in (dispute.sides, dispute.sides[::-1])
        if origin.key in one.origins
        for key in other.origins
    }
    if judges & against:
        return "contradicted"
    return "borne out" if judges - against else None


def _record(key: str, told: int, outcomes: Counter[str]) -> SourceRecord:
    borne_out, contradicted = outcomes["borne out"], outcomes["contradicted"]
    judged = borne_out + contradicted
    low, high = _interval(borne_out, judged)
    if judged < FEW:
        reason = f"Others spoke on {judged} of the {told} incidents that it told of: too few to judge it by."
        return SourceRecord(key, told, borne_out, contradicted, low, high, "F", reason)
    letter: Reliability = next(letter for least, letter in _LETTERS if low >= least)
    reason = f"Of {judged} incidents on which others spoke, {borne_out} were borne out and {contradicted} contradicted."
    return SourceRecord(key, told, borne_out, contradicted, low, high, letter, reason)


def _interval(right: int, judged: int) -> tuple[float, float]:
    """The 5th and 95th percentile of the beta distribution that so many right of so many judged leave."""
    a, b = right + _PRIOR, judged - right + _PRIOR
    return round(_quantile(a, b, 0.05), 3), round(_quantile(a, b, 0.95), 3)


def _quantile(a: float, b: float, share: float) -> float:
    steps = 2000
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    area = 0.0
    for i in range(steps):
        x = (i + 0.5) / steps
        area += math.exp(scale + (a - 1) * math.log(x) + (b - 1) * math.log(1 - x)) / steps
        if area >= share:
            return x
    return 1.0
