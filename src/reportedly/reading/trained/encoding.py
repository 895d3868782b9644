"""A parsed report as the encoder sees it, for the heads on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reportedly.reading.syntax import Document, Word
from reportedly.reading.trained.features import dep_codes, distance_codes, path_codes, quote_codes, tag_codes
from reportedly.reading.trained.networks import Array, run
from reportedly.reading.trained.windows import Window, windows


@dataclass(frozen=True, slots=True)
class Encoded:
    """One window of a report with the vector of each word: [1, words, size]."""

    document: Document
    window: Window
    vectors: npt.NDArray[np.float32]

    @property
    def words(self) -> list[Word]:
        return self.document.words[self.window.start : self.window.end]

    def inputs(self) -> dict[str, Array]:
        """What every head asks of the words."""
        words = self.words
        return {
            "vectors": self.vectors, "tag": np.array([tag_codes(words)]), "dep": np.array([dep_codes(words)]),
            "quoted": np.array([quote_codes(words)]),
        }  # fmt: skip

    def seen_from(self, pivots: Sequence[int]) -> dict[str, Array]:
        """Path and distance of every word from each pivot: [pivots, words]."""
        words = self.words
        return {
            "pivots": np.array(pivots, np.int64),
            "path": np.stack([path_codes(p, words, self.document.sentences) for p in pivots]),
            "distance": np.stack([distance_codes(p, len(words)) for p in pivots]),
        }


def encoded(document: Document) -> Iterator[Encoded]:
    """The windows of a report, encoded one after another."""
    for window in windows(document.words, document.sentences):
        yield Encoded(document, window, _vectors(window))


def _vectors(window: Window) -> npt.NDArray[np.float32]:
    ids = np.array([window.pieces])
    (vectors,) = run("encoder", {"ids": ids, "attend": np.ones_like(ids), "first": np.array([window.first])})
    return vectors
