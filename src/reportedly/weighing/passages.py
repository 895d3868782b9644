"""Passages of a report, and their fingerprints by which reports with the same words are found."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

import numpy as np
from datasketch import MinHash

from reportedly.knowledge.spelling import fold

SHORTEST: Final = 8
"""Words that a passage must have: fewer are met by chance."""
_PERMUTATIONS: Final = 32
_ROWS: Final = 2
BANDS: Final = _PERMUTATIONS // _ROWS
_APART: Final = np.arange(BANDS, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
"""Keeps the same values in different bands apart."""
_SHINGLE: Final = 3
_SEED: Final = 1
_END: Final = re.compile(r"(?<=[.!?؟。])[\"”’»')\]]*\s+(?=\S)|\n+")
_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
_INITIAL: Final = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Capt|Sgt|St|No|Prof))\.$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a report: characters [start, end) and its words, folded."""

    start: int
    end: int
    words: tuple[str, ...]


def passages_of(text: str) -> list[Passage]:
    """The sentences of a text that are long enough to be told apart."""
    found = [Passage(start, end, folded_words(text[start:end])) for start, end in _stretches(text)]
    return [p for p in found if len(p.words) >= SHORTEST]


def passage_at(text: str, start: int) -> Passage:
    """The passage of a text that begins at a character."""
    start, end = next(_stretches(text, start))
    return Passage(start, end, folded_words(text[start:end]))


def _stretches(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    for match in _END.finditer(text, start):
        if "\n" not in match.group() and _INITIAL.search(text, start, match.start()):
            continue
        if text[start : match.start()].strip():
            yield start, match.start()
        start = match.end()
    if text[start:].strip():
        yield start, len(text)


def folded_words(text: str) -> tuple[str, ...]:
    """Words without case, accents and the variants of one letter."""
    return tuple(word for word in map(_folded, _WORD.findall(text)) if word)


@lru_cache(maxsize=100_000)
def _folded(word: str) -> str:
    return sys.intern(fold(word))


def band_keys(passage: Passage) -> tuple[int, ...]:
    """The keys of a passage's bands, of 64 bits: two passages that share one are worth comparing. The same on every machine, so that they can be kept.

    MinHash over triples of words (Broder 1997), in bands of two rows: of passages with half of their triples in common, 99 in 100 share a
    band; of those with a tenth, 15.
    """
    words = passage.words
    sketch = _blank().copy()
    sketch.update_batch([" ".join(words[i : i + _SHINGLE]).encode() for i in range(len(words) - _SHINGLE + 1)])
    rows = sketch.hashvalues.astype(np.uint64).reshape(-1, _ROWS)  # values of 32 bits
    keys: list[int] = ((rows[:, 0] << np.uint64(32) | rows[:, 1]) ^ _APART).view(np.int64).tolist()
    return tuple(keys)


@cache
def _blank() -> MinHash:
    return MinHash(num_perm=_PERMUTATIONS, seed=_SEED, scheme="affine32")
