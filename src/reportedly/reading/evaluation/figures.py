"""The figures that every scorer tells."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class SpanFigures:
    """Counts of the spans found against those that a corpus marks; ratios are computed when asked."""

    texts: int = 0
    marked: int = 0
    found: int = 0
    exact: int = 0
    overlapped: int = 0
    overlapping: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def strict(self) -> tuple[float, float, float]:
        """Precision, recall, F1 of exact spans."""
        return precision_recall_f1(self.exact, self.found, self.exact, self.marked)

    @property
    def relaxed(self) -> tuple[float, float, float]:
        """The same where an overlap is enough."""
        return precision_recall_f1(self.overlapping, self.found, self.overlapped, self.marked)


def precision_recall_f1(right: int, found: int, recalled: int, asked: int) -> tuple[float, float, float]:
    """Precision (right of found), recall (recalled of asked) and their harmonic mean, rounded to three places."""
    precision, recall = right / found if found else 0.0, recalled / asked if asked else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return round(precision, 3), round(recall, 3), round(f1, 3)
