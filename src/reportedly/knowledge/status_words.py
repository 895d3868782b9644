"""Status words: what makes an event planned, predicted, demanded, conditional, denied or uncertain."""

from dataclasses import dataclass
from functools import cache

from reportedly.knowledge.tables import table, words


@dataclass(frozen=True, slots=True)
class Operator:
    """What a status word does to the event it governs; None leaves a part open."""

    kind: str | None
    negative: bool
    certainty: str | None
    band: str | None
    """ICD 203 range of likelihood in percent, "55-80"."""


@cache
def operators() -> dict[tuple[str, str], Operator]:
    """Operators by (part of speech, word)."""
    found: dict[tuple[str, str], Operator] = {}
    for row in table("operators.tsv"):
        operator = Operator(row["kind"] or None, row["polarity"] == "-", row["certainty"] or None, row["band"] or None)
        for word in words(row["words"]):
            found.setdefault((row["pos"], word), operator)
    return found
