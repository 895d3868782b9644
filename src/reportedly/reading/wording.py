"""The `wording` layer: loaded words, what is called "so-called", and what stands in scare quotes."""

from dataclasses import dataclass
from typing import Final

from reportedly.knowledge.wording import Loaded, loaded_phrases, longest_phrase
from reportedly.reading.names import names_of
from reportedly.reading.syntax import Document, Sentence, Word

_SCARE: Final = Loaded("scare quotes", None, None)
_QUOTED_AT_MOST: Final = 4
"""Words within quotation marks from which a quotation is somebody's statement and no distance kept from a word."""


@dataclass(frozen=True, slots=True)
class LoadedWords:
    """Loaded words [first, last] of a report."""

    first: int
    last: int
    loaded: Loaded


class Wording:
    """Marks loaded words. Input: the parsed words. Output: layer "wording"."""

    name = "wording"

    def __call__(self, document: Document) -> None:
        found: list[LoadedWords] = []
        for sentence in document.sentences:
            found += [w for w in _phrases(document.sentence_words(sentence)) if not _in_name(document, w)]
            found += _scare_quotes(document, sentence)
        document.layers["wording"] = sorted(found, key=lambda w: (w.first, w.last))


def _in_name(document: Document, found: LoadedWords) -> bool:
    """Whether a single word is part of somebody's own name: "National Liberation Army"."""
    return found.first == found.last and found.first in names_of(document).by_word


def _phrases(words: list[Word]) -> list[LoadedWords]:
    """The table's phrases, the longest first where they overlap."""
    table = loaded_phrases()
    found: list[LoadedWords] = []
    at = 0
    while at < len(words):
        for length in range(min(longest_phrase(), len(words) - at), 0, -1):
            here = words[at : at + length]
            loaded = table.get(tuple(w.lower for w in here)) or (table.get((here[0].lemma,)) if length == 1 else None)
            if loaded is not None:
                found.append(LoadedWords(here[0].i, here[-1].i, loaded))
                at += length
                break
        else:
            at += 1
    return found


def _scare_quotes(document: Document, sentence: Sentence) -> list[LoadedWords]:
    """A few words in quotation marks that are no statement of their own: called "operations"."""
    words = document.words
    found: list[LoadedWords] = []
    i = sentence.first
    while i <= sentence.last:
        if words[i].text in '"“' and i + 2 <= sentence.last:
            last = min(i + _QUOTED_AT_MOST + 1, sentence.last)
            close = next((k for k in range(i + 1, last + 1) if words[k].text in '"”'), None)
            if close is not None and close > i + 1 and words[close - 1].text not in ".,!?":
                found.append(LoadedWords(i + 1, close - 1, _SCARE))
                i = close
        i += 1
    return found
