"""Words that may tell of an event of some type: too open for a rule, weighed by the trained layers with all that stands around them."""

from functools import cache

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.tables import table, words
from reportedly.model.plover import EVENT_TYPES, EventType


@cache
def _types_by_phrase() -> dict[str, tuple[EventType, ...]]:
    found: dict[str, list[EventType]] = {}
    for row in table("event_hints.tsv"):
        kind = next((t for t in EVENT_TYPES if t == row["type"]), None)
        if kind is None:
            raise InvalidKnowledge(f"event_hints.tsv: no such PLOVER type: {row['type']}")
        for phrase in words(row["words"]):
            found.setdefault(phrase, []).append(kind)
    return {phrase: tuple(dict.fromkeys(types)) for phrase, types in found.items()}


def hinted_types(phrase: str) -> tuple[EventType, ...]:
    """Types that a lemma, or "lemma word" of a word and one of its dependents, may tell of."""
    return _types_by_phrase().get(phrase, ())
