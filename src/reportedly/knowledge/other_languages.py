"""Words of languages other than English: names of the registry, numbers, negations, days."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.actors import Actor, registry
from reportedly.knowledge.spelling import fold
from reportedly.knowledge.tables import table, words

KINDS: Final = frozenset(
    {"name", "negation", "denial", "at_least", "at_most", "number", "dozens", "place_word", "weekday", "day"}
)
_JOINED: Final = {"ar": ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "لل")}
"""What a language writes joined to the next word."""
_APOSTROPHES: Final = re.compile("['’]")


@dataclass(frozen=True, slots=True)
class NameHere:
    """A name of the registry among words [first, last]."""

    first: int
    last: int
    actor: Actor


@cache
def _entries(language: str, kind: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The words of a kind, as keys, with their values; the longest first."""
    found = []
    for row in table("other_languages.tsv"):
        if row["kind"] not in KINDS:
            raise InvalidKnowledge(f"other_languages.tsv: no such kind {row['kind']!r}")
        if row["language"] == language and row["kind"] == kind:
            found += [(_key(w), row["value"]) for w in words(row["words"])]
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))


def _key(words_: str) -> tuple[str, ...]:
    return tuple(fold(word) + "*" * word.endswith("*") for word in words_.split())


def is_known(language: str) -> bool:
    """Whether the table has words of a language."""
    return bool(_entries(language, "negation"))


def forms(word: str, language: str) -> list[str]:
    """A word in one spelling, and without what its language may join to it."""
    plain = fold(word)
    found = [plain, *(fold(part) for part in _APOSTROPHES.split(word)[1:] if part)]
    for joined in _JOINED.get(language, ()):
        if plain.startswith(joined) and len(plain) > len(joined) + 1:
            rest = plain[len(joined) :]
            found.append(f"ال{rest}" if joined == "لل" else rest)
    return found


def _is(form: str, key: str) -> bool:
    return form.startswith(key[:-1]) if key.endswith("*") else form == key


def value_at(text_words: list[str], at: int, language: str, kind: str) -> tuple[int, str] | None:
    """What of a kind begins at a word: after which word it ends, and its value."""
    for keys, value in _entries(language, kind):
        here = text_words[at : at + len(keys)]
        if len(here) == len(keys) and all(
            any(_is(form, key) for form in (forms(word, language) if k == 0 else [fold(word)]))
            for k, (word, key) in enumerate(zip(here, keys, strict=True))
        ):
            return at + len(keys), value
    return None


def has_any(text_words: list[str], language: str, *kinds: str) -> bool:
    """Whether a stretch has a word of one of these kinds."""
    return any(value_at(text_words, at, language, kind) for at in range(len(text_words)) for kind in kinds)


def names_among(text_words: list[str], language: str) -> list[NameHere]:
    """The registry's names among words, longest first, without overlap."""
    found: list[NameHere] = []
    at = 0
    while at < len(text_words):
        hit = value_at(text_words, at, language, "name")
        actor = registry().get(hit[1]) if hit is not None else None
        if hit is not None and actor is not None:
            found.append(NameHere(at, hit[0] - 1, actor))
            at = hit[0]
        else:
            at += 1
    return found
