"""Reporting words: cues of attribution with their stance, and the words that sources are called by."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.tables import table, words

STANCES: Final = frozenset(
    "says confirms claims denies doubts believes expects warns suspects fears promises accuses quotes".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting word: stance of the source, status where it is left open, what may hold the content."""

    stance: str
    kind: str | None
    certainty: str | None
    content: frozenset[str]


@cache
def cues() -> dict[str, Cue]:
    """Cues by verb lemma (or "lemma particle")."""
    found: dict[str, Cue] = {}
    for row in table("cues.tsv"):
        if row["stance"] not in STANCES:
            raise InvalidKnowledge(f"cues.tsv: no such stance: {row['stance']}")
        cue = Cue(row["stance"], row["kind"] or None, row["certainty"] or None, frozenset(row["content"].split()))
        for word in words(row["cues"]):
            found.setdefault(word, cue)
    return found


@cache
def cue_phrases() -> tuple[tuple[tuple[str, ...], Cue], ...]:
    """Phrases such as "according to", longest first."""
    found = [
        (tuple(row["phrase"].split()), Cue(row["stance"], None, row["certainty"] or None, frozenset({"clause"})))
        for row in table("cue_phrases.tsv")
    ]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


@cache
def source_types() -> dict[str, str]:
    """Type of source by head noun, or by "modifier noun"."""
    found: dict[str, str] = {}
    for row in table("sources.tsv"):
        for word in words(row["words"]):
            found.setdefault(word, row["type"])
    return found
