"""Scores what kind of event one given participant has with another, against sentences whose PLOVER root people coded.

The format is that of the PLOVER sets of Hu et al. (2024): tab-separated, with the columns `sentence`, `source`, `target` and `gold_root`.
Macro F1 is the mean over the roots that the gold has.
"""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from reportedly.errors import InvalidGold
from reportedly.model.record import Report
from reportedly.reading.evaluation.figures import precision_recall_f1

_COLUMNS = ("sentence", "source", "target", "gold_root")


@dataclass(frozen=True, slots=True)
class RootedSentence:
    """A sentence with the offsets of both participants, and the root coded between them."""

    report: Report
    source: tuple[int, int]
    target: tuple[int, int]
    root: str


@dataclass(slots=True)
class RootFigures:
    """Coded and read roots, pair by pair."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def accuracy(self) -> float:
        return round(fmean(coded == read for coded, read in self.pairs), 3) if self.pairs else 0.0

    @property
    def by_root(self) -> dict[str, tuple[float, float, float]]:
        """Precision, recall and F1 of each root that the gold has."""
        right = Counter(coded for coded, read in self.pairs if coded == read)
        gold, read = Counter(coded for coded, _ in self.pairs), Counter(read for _, read in self.pairs)
        return {root: precision_recall_f1(right[root], read[root], right[root], gold[root]) for root in sorted(gold)}

    @property
    def macro_f1(self) -> float:
        return round(fmean(f1 for _, _, f1 in self.by_root.values()), 3) if self.pairs else 0.0


def load_rooted(path: Path) -> list[RootedSentence]:
    """Read a file of coded sentences. Raises InvalidGold where it is none."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t"))
    except (OSError, ValueError, csv.Error) as error:
        raise InvalidGold(f"{path}: cannot be read as tab-separated text ({error})") from None
    if not rows or any(not isinstance(rows[0].get(name), str) for name in _COLUMNS):
        raise InvalidGold(f"{path}: no file of coded roots; its first line must name {', '.join(_COLUMNS)}")
    return [_rooted(row) for row in rows]


def _rooted(row: dict[str, str]) -> RootedSentence:
    sentence = row["sentence"]
    return RootedSentence(
        Report(text=sentence), _span(sentence, row["source"]), _span(sentence, row["target"]), row["gold_root"]
    )


def _span(sentence: str, words: str) -> tuple[int, int]:
    at = max(0, sentence.find(words))
    return at, at + max(1, len(words))


def score_root(coded: RootedSentence, read: str, figures: RootFigures) -> None:
    """Add one sentence."""
    figures.pairs.append((coded.root, read))
    if coded.root != read:
        figures.misses.append(f"{coded.root} read as {read}: “{coded.report.text}”")
