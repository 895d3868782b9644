"""Words that tell where people are who could be harmed for what is told, and words of public office."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from reportedly.knowledge.classes import classes_of
from reportedly.knowledge.common_words import is_common
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


def _lower(text: str) -> str:
    """Lower case without accents, with its signs: they tell where an apposition ends."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


@cache
def _office() -> re.Pattern[str]:
    found = sorted(
        (_of_word(_lower(row["words"]), "en") for row in table("offices.tsv") if row["kind"] == "office"),
        key=len,
        reverse=True,
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)")


_BETWEEN: Final = 40
"""Characters that may stand between an office and the name: "President of Somewhere, " and the like."""


def is_in_office(name: str, sentence: str) -> bool:
    """Whether a sentence gives the bearer of a name a public office, right before the name or right after it in apposition."""
    plain, sought = _lower(sentence), _lower(name)
    at = plain.find(sought) if sought else -1
    while at >= 0:
        before, after = plain[max(0, at - _BETWEEN) : at], plain[at + len(sought) : at + len(sought) + _BETWEEN]
        last = None
        for match in _office().finditer(before):
            last = match
        if last is not None and not re.search(
            r"[.;:!?\n]|\b(?:and|or|said|told|that|with|to|by)\b", before[last.end() :]
        ):
            return True
        if re.match(r"\s*,\s*(?:the |a |an |who is )?(?:[\w'-]+\s){0,3}", after) and (found := _office().search(after)):
            if not re.search(r"[.;:!?\n]|\b(?:and|or|said|told|that|with)\b", after[: found.start()]):
                return True
        at = plain.find(sought, at + 1)
    return False


def is_body(name: str) -> bool:
    """Whether a name is that of a body rather than of a person: it bears a word for one; or it is no name at all but a description ("residents")."""
    plain = _lower(name)
    if any(c.isdigit() for c in name):
        return False
    return _is_description(name, plain) or _body().search(plain) is not None


def _is_description(name: str, plain: str) -> bool:
    """Whether nothing in a name is more than a common word in lower case, but for the capital of a sentence: a text without capitals hides a person's name from nobody else."""
    parts = plain.split()
    return (
        plain == name[:1].lower() + name[1:]
        and bool(parts)
        and all(is_common(part) or bool(classes_of(part)) for part in parts)
    )


@cache
def _body() -> re.Pattern[str]:
    found = (re.escape(_lower(row["words"])) for row in table("offices.tsv") if row["kind"] == "body")
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found, key=len, reverse=True))})(?!\w)")
