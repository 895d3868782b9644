"""What makes a claim matter to whoever reviews: the heaviest first."""

from typing import Final

REVIEW_WEIGHTS: Final[dict[str, int]] = {
    "disputed": 8,
    "readers differ": 7,
    "ahead": 6,
    "violent": 4,
    "near": 4,
    "single origin": 2,
}
"""disputed: origins contradict one another on its incident. readers differ: two readers of its report
disagree on it, or only one of them found it. ahead: it is told as planned or expected. violent: it tells of an assault.
near: in the place that the reviewer watches. single origin: nobody else tells it."""
