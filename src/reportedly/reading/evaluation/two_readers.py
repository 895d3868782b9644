"""How far two readers' agreement tells which claims are right: precision of what both found, and of what one found alone."""

from collections.abc import Iterable, Sequence
from typing import Final

from reportedly.model.record import Claim
from reportedly.reading.evaluation.claims import CodedReport, Figures, score

KINDS: Final = ("both, agreeing", "both, differing", "one alone")


def kind_of(claim: Claim) -> str:
    """Which of the kinds a claim of two readers is; "one alone" goes with the reader's name."""
    if len(claim.readers) == 1:
        return f"{claim.readers[0].name} alone"
    return KINDS[1] if claim.disagreements else KINDS[0]


def figures_by_kind(read: Iterable[tuple[CodedReport, Sequence[Claim]]]) -> dict[str, Figures]:
    """Figures of the claims of each kind by themselves; of them only precision means something."""
    found: dict[str, Figures] = {}
    for report, claims in read:
        kinds: dict[str, list[Claim]] = {}
        for claim in claims:
            kinds.setdefault(kind_of(claim), []).append(claim)
        for kind, of_kind in kinds.items():
            score(report, of_kind, found.setdefault(kind, Figures()))
    return dict(sorted(found.items()))
