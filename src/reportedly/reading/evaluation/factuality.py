"""Scores the `how_said` layer against words whose factuality people judged, from -3 (certainly not) to 3 (certainly happened).

The format is that of the unified factuality corpora (Stanovsky et al. 2017), JSON lines with `text`, whose tokens stand between single
blanks, and `targets` with `span1` (the event's token) and `label`. What the layer finds is turned into a number by a table; the figures
are the mean absolute error and Pearson's r.
"""

from dataclasses import dataclass, field
from pathlib import Path
from statistics import StatisticsError, correlation, fmean
from typing import Any

from reportedly.knowledge.factuality import factuality_of
from reportedly.model.record import Report
from reportedly.reading.evaluation.json_lines import read_json_lines
from reportedly.reading.how_said import status_of
from reportedly.reading.syntax import Document


@dataclass(frozen=True, slots=True)
class JudgedText:
    """A sentence with judged words: where each starts, in characters, and its label."""

    report: Report
    labels: tuple[tuple[int, float], ...]


@dataclass(slots=True)
class FactualityFigures:
    """Labels and what was read, pair by pair."""

    texts: int = 0
    pairs: list[tuple[float, float]] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def error(self) -> float:
        """Mean absolute error."""
        return round(fmean(abs(label - read) for label, read in self.pairs), 3) if self.pairs else 0.0

    @property
    def correlation(self) -> float:
        """Pearson's r; 0 where either side does not vary."""
        try:
            return round(correlation([label for label, _ in self.pairs], [read for _, read in self.pairs]), 3)
        except StatisticsError:
            return 0.0


def load_judged(path: Path) -> list[JudgedText]:
    """Read a file of judged sentences. Raises InvalidGold where it is none."""
    return read_json_lines(path, "file of judged words", _judged)


def _judged(data: dict[str, Any]) -> JudgedText:
    starts = [0]
    for token in data["text"].split(" "):
        starts.append(starts[-1] + len(token) + 1)
    labels = tuple((starts[t["span1"][0]], float(t["label"])) for t in data["targets"])
    return JudgedText(Report(text=data["text"]), labels)


def score_factuality(judged: JudgedText, document: Document, figures: FactualityFigures) -> None:
    """Add one sentence's words."""
    figures.texts += 1
    for start, label in judged.labels:
        word = next((w for w in document.words if w.start <= start < w.end), None)
        if word is None:
            continue
        read = factuality_of(*status_of(document, word))
        figures.pairs.append((label, read))
        if abs(label - read) >= 3:
            figures.misses.append(f"{label:+.1f} read as {read:+.1f}: “{word.text}” in “{judged.report.text}”")
