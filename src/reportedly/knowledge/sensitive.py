"""Words that tell where people are who could be harmed for what is told."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from reportedly.knowledge.spelling import fold
from reportedly.knowledge.tables import table, words

_OTHER_SCRIPTS: Final = frozenset({"ar", "ru", "uk"})
_ENDINGS: Final = r"(?:'?s|es|e|en|s')?"
_ARABIC_BEGINNINGS: Final = r"(?:و|ب|ل|ف|ك)?(?:ال|لل)?"
_ARABIC_ENDINGS: Final = r"(?:ات|ين|ون|ان|ة|ه)?"


@cache
def categories() -> tuple[str, ...]:
    """Every category, in the table's order."""
    return tuple(dict.fromkeys(row["category"] for row in table("sensitive.tsv")))


def categories_in(texts: Iterable[str]) -> frozenset[str]:
    """The categories of which any text bears a word."""
    folded = "\n".join(map(_plain, dict.fromkeys(texts)))
    scripts = (True,) if folded.isascii() else (True, False)
    return frozenset(c for c in categories() if any(_pattern(c, latin).search(folded) for latin in scripts))


@cache
def _pattern(category: str, latin: bool) -> re.Pattern[str]:
    """The words of a category in Latin letters, or in others."""
    found = []
    for row in table("sensitive.tsv"):
        if row["category"] == category and (row["language"] not in _OTHER_SCRIPTS) == latin:
            found += [_of_word(_plain(word), row["language"]) for word in words(row["words"])]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found, key=len, reverse=True)) or '(?!)'})(?!\w)")


def _of_word(word: str, language: str) -> str:
    if language == "ar":
        return _ARABIC_BEGINNINGS + re.escape(word) + _ARABIC_ENDINGS
    if language in ("ru", "uk"):  # endings of cases stand in the place of the last letter or two
        return r"\s".join(re.escape(part[:-2] if len(part) > 5 else part) + r"\w{0,4}" for part in word.split())
    parts = re.escape(word).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]*")
    return (parts[:-1] + "(?:y|ies)" if word.endswith("y") else parts) + _ENDINGS


def _plain(text: str) -> str:
    return fold(text)
