"""Loaded words: labels that one side gives another, and words that judge, from a table with both sides' words for the same thing."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.tables import table, words

KINDS: Final = frozenset("label terror insult martyrdom praise doubt deed".split())


_CUT: Final = re.compile(r"'s|\w+|[^\w\s]")
"""Words as the parser cuts them, which divides most at hyphens."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded word or phrase: its kind, and what those who take no side call the same."""

    kind: str
    neutral: str | None
    of: str | None


@cache
def loaded_phrases() -> dict[tuple[str, ...], Loaded]:
    """Loaded words and phrases by their words, lower case. Raises InvalidKnowledge where the table names no such kind."""
    found: dict[tuple[str, ...], Loaded] = {}
    for row in table("wording.tsv"):
        if row["kind"] not in KINDS:
            raise InvalidKnowledge(f"wording.tsv: no such kind: {row['kind']}")
        for phrase in words(row["words"]):
            loaded = Loaded(row["kind"], row["neutral"] or None, row["of"] or None)
            for cut in (phrase.split(), _CUT.findall(phrase)):
                found.setdefault(tuple(cut), loaded)
    return found


@cache
def longest_phrase() -> int:
    """How many words the longest phrase has."""
    return max(map(len, loaded_phrases()))
