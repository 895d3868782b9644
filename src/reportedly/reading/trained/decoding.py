"""From scores to the best sequence of labels."""

from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


def best_path(emissions: Scores, transitions: Scores, start: Scores) -> list[int]:
    """The labels of highest total score (Viterbi). Shapes: emissions [words, labels], transitions [from, to], start [labels]."""
    best = start + emissions[0]
    came_from = np.zeros(emissions.shape, np.int64)
    for i in range(1, len(emissions)):
        through = best[:, None] + transitions
        came_from[i] = through.argmax(0)
        best = through.max(0) + emissions[i]
    path = [int(best.argmax())]
    for i in range(len(emissions) - 1, 0, -1):
        path.append(int(came_from[i][path[-1]]))
    return path[::-1]


def runs(labels: list[int], begin: int, inside: int) -> list[tuple[int, int]]:
    """Stretches [first, last] that carry one role's labels."""
    found: list[tuple[int, int]] = []
    for i, label in enumerate(labels):
        if label == begin or (label == inside and not (found and found[-1][1] == i - 1)):
            found.append((i, i))
        elif label == inside:
            found[-1] = (found[-1][0], i)
    return found


def sigmoid(scores: npt.NDArray[Any]) -> npt.NDArray[Any]:
    found: npt.NDArray[Any] = 1 / (1 + np.exp(-scores))
    return found


def softmax(scores: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: npt.NDArray[Any] = raised / raised.sum(axis=-1, keepdims=True)
    return found
