"""What a status is worth on the scale of factuality, -3 (certainly not) to 3 (certainly happened)."""

from functools import cache

from reportedly.knowledge.tables import table


@cache
def _values() -> dict[tuple[str, bool, str], float]:
    return {(r["kind"], r["polarity"] == "-", r["certainty"]): float(r["value"]) for r in table("factuality.tsv")}


def factuality_of(kind: str, denied: bool, certainty: str) -> float:
    """The value of a status; of one that the table lacks that of its kind."""
    values = _values()
    return values.get((kind, denied, certainty), values[(kind, denied, "stated")])
