"""An event as some words of a report express it."""

from dataclasses import dataclass, field
from typing import Final

from reportedly.knowledge.events import Sense
from reportedly.reading.syntax import Word

ACTOR_CLASSES: Final = frozenset({"armed", "group", "state", "person", "government", "igo", "police"})
"""Word classes of those who can act."""


@dataclass(slots=True, eq=False)
class EventMention:
    """An event as some words express it. `head` is the trigger's main word, `verb` the verb that governs it."""

    head: Word
    first: int
    last: int
    verb: Word
    sense: Sense
    type: str
    mode: str | None
    roles: dict[str, list[Word]] = field(default_factory=dict)
    tolls: dict[str, list[Word]] = field(default_factory=dict)
    negative: bool = False
    nominal: bool = False
    merged: list["EventMention"] = field(default_factory=list)
    why: str = ""

    def fill(self, role: str, words: list[Word]) -> None:
        """Add fillers of a role, each once."""
        if role == "none" or not words:
            return
        have = self.roles.setdefault(role, [])
        have += [w for w in words if w not in have]
