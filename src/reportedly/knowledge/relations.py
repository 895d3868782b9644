"""What an event makes of the two who are in it, for a picture of who is with whom and against whom."""

from typing import Final

from reportedly.model.incident import RelationKind

RELATIONS: Final[dict[str, RelationKind]] = {
    "ASSAULT": "fights", "COERCE": "presses", "SANCTION": "presses", "THREATEN": "presses", "AID": "supplies", "COOPERATE": "supplies",
    "CONSULT": "meets", "AGREE": "agrees", "SUPPORT": "agrees", "CONCEDE": "agrees",
}  # fmt: skip
"""By PLOVER type. Types that are only words about another (ACCUSE, REQUEST, REJECT), or that have no other side, give none."""
MUTUAL: Final[frozenset[RelationKind]] = frozenset({"meets", "agrees"})
"""What both do alike, so that it has no direction."""
