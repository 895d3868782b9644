"""What a party is by its PLOVER sector: in words, in ACLED's actor types, and in the groups that the map of event types asks for."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.tables import table

GROUPS: Final = frozenset({"state", "armed", "civilian", "demonstrators"})


@dataclass(frozen=True, slots=True)
class Sector:
    """A PLOVER sector."""

    code: str
    words: str
    inter: str
    """ACLED's actor type (inter1, inter2)."""
    group: str
    sensitive: str | None
    """The category of people who could be harmed for what is told."""


@cache
def sectors() -> dict[str, Sector]:
    """Sectors by their codes. Raises InvalidKnowledge where a row names no group that there is."""
    found = {
        row["sector"]: Sector(row["sector"], row["words"], row["inter"], row["group"], row["sensitive"] or None)
        for row in table("sectors.tsv")
    }
    for sector in found.values():
        if sector.group not in GROUPS:
            raise InvalidKnowledge(
                f"sectors.tsv: {sector.code}: {sector.group} is no group. Use one of {', '.join(sorted(GROUPS))}"
            )
    return found
