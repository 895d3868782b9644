"""Who says what, as trained on marked news: cue, source and content of every attribution.

Labels after PolNeAR (Newell, Margolin and Ruths 2018): each attribution has a cue; its source and content may be split or
lacking. A cue is found first; then every word in reach is asked whether it is of that cue's source, cue or content.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from reportedly.reading.syntax import Document
from reportedly.reading.trained.decoding import best_path, runs
from reportedly.reading.trained.encoding import Encoded, encoded
from reportedly.reading.trained.networks import label_moves, run

Range = tuple[int, int]
CUE_THRESHOLD: Final = 0.5
"""Probability from which a word is taken for a cue; chosen on PolNeAR's development part."""


@dataclass(frozen=True, slots=True)
class Relation:
    """An attribution as found: words [first, last] of its parts, and how sure it is that there is one."""

    head: int
    """The cue's main word."""
    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    score: float

    @staticmethod
    def words_of(ranges: tuple[Range, ...]) -> frozenset[int]:
        """Every word of a part."""
        return frozenset(i for first, last in ranges for i in range(first, last + 1))


def relations(document: Document, threshold: float = CUE_THRESHOLD) -> list[Relation]:
    """The attributions of a parsed report, in the order of their cues."""
    found = [relation for part in encoded(document) for relation in _of_window(part, threshold)]
    return sorted(found, key=lambda r: r.head)


def _of_window(part: Encoded, threshold: float) -> Iterator[Relation]:
    words, scores = run("attribution_words", part.inputs())
    pivots = [int(p) for p in np.flatnonzero(scores[0] >= threshold)]
    if not pivots:
        return
    (emissions,) = run("attribution_pairs", {"words": words, **part.seen_from(pivots)})
    moves, opens = label_moves()
    start = part.window.start
    for pivot, emission in zip(pivots, emissions, strict=True):
        labels = best_path(emission, moves, opens)
        source, cue, content = (
            tuple((start + a, start + b) for a, b in runs(labels, begin, begin + 1)) for begin in (1, 3, 5)
        )
        yield Relation(start + pivot, source, cue, content, float(scores[0][pivot]))
