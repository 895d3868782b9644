"""How much each thing that two claims share speaks for their telling of one happening."""

from functools import cache

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.tables import table


@cache
def incident_weights() -> dict[str, float]:
    """Weights by term; `threshold` is the sum from which two claims are of one happening."""
    try:
        return {row["term"]: float(row["weight"]) for row in table("incident_weights.tsv")}
    except ValueError as error:
        raise InvalidKnowledge(f"incident_weights.tsv: {error}") from None
