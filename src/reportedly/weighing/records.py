"""The record of a source: of what it told, how much was borne out by others who are independent of it, and how much they contradicted."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from reportedly.model.incident import Became, OriginKind, Reliability, SourceRecord, ToldCount
from reportedly.weighing.contradictions import Contradiction
from reportedly.weighing.origins import Independence, Origin

FEW: Final = 5
"""Judged incidents below which nothing is said of a source."""
_LETTERS: Final[tuple[tuple[float, Reliability], ...]] = ((0.85, "A"), (0.7, "B"), (0.5, "C"), (0.3, "D"), (0.0, "E"))
"""From which lower bound of the share borne out each letter is suggested."""
_PRIOR: Final = 1.0


def records(weighed: Iterable[tuple[bool, Independence, Iterable[Contradiction]]]) -> dict[str, SourceRecord]:
    """The record of each origin by its key: a source that can be told apart, or what a publishers' family tells without naming one.

    `weighed` says of each incident first whether it is ahead.
    """
    told: dict[str, Counter[tuple[OriginKind, str, tuple[str, ...], bool, Became | None]]] = defaultdict(Counter)
    for ahead, independence, contradictions in weighed:
        disputes = list(contradictions)
        for o in independence.origins:
            told[o.key][o.kind, o.label, o.outlets, ahead, became(o, independence, disputes)] += 1
    return {
        key: record_of(
            key,
            [
                ToldCount(kind=kind, label=label, outlets=outlets, ahead=ahead, became=became, incidents=number)
                for (kind, label, outlets, ahead, became), number in told[key].items()
            ],
        )
        for key in sorted(told)
    }


def _label(key: str, told: Sequence[ToldCount]) -> str:
    """What an origin is mostly called; an outlet's unnamed sources and own voice are called by the outlet."""
    own = all(t.kind != "named" for t in told)
    called: Counter[str] = Counter()
    for count in told:
        for name in count.outlets if own else (count.label,):
            called[name] += count.incidents
    return min(called.items(), key=lambda item: (-item[1], item[0]))[0] if called else key.partition(":")[2]


def became(origin: Origin, found: Independence, disputes: Sequence[Contradiction]) -> Became | None:
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


def record_of(key: str, told: Sequence[ToldCount]) -> SourceRecord:
    """A source's record, from all that it told. A forecast is judged by what comes of it, not by who else makes it."""
    happened = [t for t in told if not t.ahead]
    total = sum(t.incidents for t in happened)
    borne_out, contradicted = (
        sum(t.incidents for t in happened if t.became == outcome) for outcome in ("borne out", "contradicted")
    )
    judged = borne_out + contradicted
    low, high = _interval(borne_out, judged)
    reliability: Reliability = "F"
    if judged < FEW:
        reason = f"Others spoke on {judged} of the {total} incidents that it told of: too few to judge it by."
    else:
        reliability = next(letter for least, letter in _LETTERS if low >= least)
        reason = (
            f"Of {judged} incidents on which others spoke, {borne_out} were borne out and {contradicted} contradicted."
        )
    kinds: tuple[OriginKind, ...] = ("named", "own voice", "unnamed")
    kind = next(kind for kind in kinds if any(t.kind == kind for t in told))
    return SourceRecord(
        key=key, label=_label(key, told), kind=kind, told=total, borne_out=borne_out, contradicted=contradicted, low=low, high=high,
        reliability=reliability, reason=reason,
    )  # fmt: skip


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
