"""How common a word is in reports of armed conflict: what all tell says nothing about which happening it is."""

import math
from functools import cache
from typing import Final

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.tables import table

_UNLISTED: Final = 0.5
"""Sentences in a thousand that a word stands in which the table does not list."""


@cache
def _rates() -> dict[str, float]:
    try:
        return {row["word"]: float(row["per_thousand"]) for row in table("common_words.tsv")}
    except ValueError as error:
        raise InvalidKnowledge(f"common_words.tsv: {error}") from None


@cache
def rarity(word: str) -> float:
    """How much is said by a word: the logarithm of how seldom it stands in a sentence."""
    return math.log(1000 / _rates().get(word, _UNLISTED))


def is_common(word: str) -> bool:
    """Whether a word in lower case stands in the table."""
    return word in _rates()
