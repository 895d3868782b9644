"""The record of a source: of what it told, how much was borne out by others who are independent of it, and how much they contradicted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from scipy.special import betaincinv

from reportedly.model.incident import Became, OriginKind, Reliability, SourceRecord, Told, names_of
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
    told: dict[str, Counter[tuple[OriginKind, bool, Became | None]]] = defaultdict(Counter)
    called: dict[str, Counter[tuple[bool, str]]] = defaultdict(Counter)
    for ahead, independence, contradictions in weighed:
        disputes = list(contradictions)
        for o in independence.origins:
            told[o.key][o.kind, ahead, became(o, independence, disputes)] += 1
            called[o.key].update(names_of(o.label, o.outlets))
    return {
        key: record_of(
            key,
            [
                Told(kind=kind, ahead=ahead, became=became, incidents=n)
                for (kind, ahead, became), n in told[key].items()
            ],
            _most_called(told[key], called[key]),
        )
        for key in sorted(told)
    }


def _most_called(
    told: Iterable[tuple[OriginKind, bool, Became | None]], called: Mapping[tuple[bool, str], int]
) -> str | None:
    """By its own name where it can be told apart anywhere; else an outlet's unnamed sources and own voice are called by the outlet."""
    named = any(kind == "named" for kind, _, _ in told)
    fitting = {name: n for (by_name, name), n in called.items() if by_name == named}
    return min(fitting.items(), key=lambda item: (-item[1], item[0]))[0] if fitting else None


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


def record_of(key: str, told: Sequence[Told], called: str | None) -> SourceRecord:
    """A source's record, from all that it told. A forecast is judged by what comes of it, not by who else makes it.

    `called`: what it is mostly called.
    """
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
        key=key, label=called or key.partition(":")[2], kind=kind, told=total, borne_out=borne_out, contradicted=contradicted, low=low, high=high,
        reliability=reliability, reason=reason,
    )  # fmt: skip


def _interval(right: int, judged: int) -> tuple[float, float]:
    """The 5th and 95th percentile of the beta distribution that so many right of so many judged leave."""
    low, high = betaincinv(right + _PRIOR, judged - right + _PRIOR, (0.05, 0.95))
    return round(float(low), 3), round(float(high), 3)
