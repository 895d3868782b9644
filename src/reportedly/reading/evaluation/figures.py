"""The figures that every scorer tells."""


def precision_recall_f1(right: int, found: int, recalled: int, asked: int) -> tuple[float, float, float]:
    """Precision (right of found), recall (recalled of asked) and their harmonic mean, rounded to three places."""
    precision, recall = right / found if found else 0.0, recalled / asked if asked else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return round(precision, 3), round(recall, 3), round(f1, 3)
