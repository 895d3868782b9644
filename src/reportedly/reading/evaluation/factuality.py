"""Scores the `how_said` layer against words whose factuality people judged, from -3 (certainly not) to 3 (certainly happened).

The format is that of the unified factuality corpora (Stanovsky et al. 2017), JSON lines with `text`, whose tokens stand between single
blanks, and `targets` with `span1` (the event's token) and `label`. What the layer finds is turned into a number by a table; the figures
are the mean absolute error and Pearson's r.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from reportedly.errors import InvalidGold
from reportedly.knowledge.factuality import factuality_of
from reportedly.model.record import Report
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
        return round(fmean(abs(label - read) for label, read in self.pairs), 3)

    @property
    def correlation(self) -> float:
        """Pearson's r; 0 where either side does not vary."""
        labels, read = ([pair[side] for pair in self.pairs] for side in (0, 1))
        mean_label, mean_read = fmean(labels), fmean(read)
        shared = sum((a - mean_label) * (b - mean_read) for a, b in self.pairs)
        spread = (sum((a - mean_label) ** 2 for a in labels) * sum((b - mean_read) ** 2 for b in read)) ** 0.5
        return round(shared / spread, 3) if spread else 0.0


def load_judged(path: Path) -> list[JudgedText]:
    """Read a file of judged sentences. Raises InvalidGold where it is none."""
    found: list[JudgedText] = []
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            data = json.loads(line)
            starts = [0]
            for token in data["text"].split(" "):
                starts.append(starts[-1] + len(token) + 1)
            labels = tuple((starts[t["span1"][0]], float(t["label"])) for t in data["targets"])
            found.append(JudgedText(Report(text=data["text"]), labels))
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise InvalidGold(f"{path}: no JSON lines with judged words ({error})") from None
    if not found:
        raise InvalidGold(f"{path}: no judged words in this file")
    return found


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
