"""What is told, as trained on coded reports: triggers of events, how each is said, and the words that fill its roles."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, get_args

import numpy as np

from reportedly.model.plover import EVENT_TYPES, MODES, EventType
from reportedly.model.record import Certainty, Kind
from reportedly.reading.syntax import Document
from reportedly.reading.trained.decoding import sigmoid, softmax
from reportedly.reading.trained.encoding import Encoded, encoded
from reportedly.reading.trained.hints import Hints, hints
from reportedly.reading.trained.networks import Array, run

KINDS: Final[tuple[str, ...]] = get_args(Kind)
CERTAINTIES: Final[tuple[str, ...]] = get_args(Certainty)
ALL_MODES: Final = sorted(f"{kind}/{mode}" for kind in EVENT_TYPES for mode in MODES[kind])
MANY: Final = ("actor", "recipient", "target", "means", "place", "killed", "injured", "captured", "displaced", "phrase")
"""Roles that several words may fill, or none."""
ONE: Final = ("time", "source", "cue")
"""Roles that one word fills, or none."""
ROLE_THRESHOLD: Final = 0.5
MODE_THRESHOLD: Final = 0.35
CLASSES_OF_A_WORD: Final = 6
"""Of more classes the first so many count."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as told: words by their index in the report."""

    trigger: int
    type: EventType
    mode: str | None
    kind: str
    denied: bool
    certainty: str
    roles: dict[str, tuple[int, ...]]
    score: float
    """The chance that the network gives an event of this type here."""


def told_in(document: Document, threshold: float) -> list[Told]:
    """What a report, read by the rule layers, tells of, where the chance of any event is at least the threshold; in the order of triggers."""
    given = hints(document)
    return [told for part in encoded(document) for told in _of_window(part, given, threshold)]


def _word_inputs(part: Encoded, given: Hints) -> dict[str, Array]:
    inside = slice(part.window.start, part.window.end)
    classes = np.zeros((1, len(part.words), CLASSES_OF_A_WORD), np.int64)
    for i, codes in enumerate(given.classes[inside]):
        classes[0, i, : len(codes[:CLASSES_OF_A_WORD])] = codes[:CLASSES_OF_A_WORD]
    told = np.array([[given.words[name][inside]] for name in given.words])
    return {**part.inputs(), "hints": told, "classes": classes}


def _hinted_roles(part: Encoded, given: Hints, pivots: list[int]) -> Array:
    start = part.window.start
    table = np.zeros((len(pivots), len(part.words)), np.int64)
    for row, pivot in zip(table, pivots, strict=True):
        for i, role in given.roles.get(start + pivot, {}).items():
            if 0 <= i - start < len(row):
                row[i - start] = role
    return table


def _of_window(part: Encoded, given: Hints, threshold: float) -> Iterator[Told]:
    words, scores = run("claim_words", _word_inputs(part, given))
    chances = softmax(scores[0])
    pivots = [int(p) for p in np.flatnonzero(1 - chances[:, 0] >= threshold)]
    if not pivots:
        return
    kinds = chances[pivots, 1:].argmax(1) + 1
    roles, nobody, modes, kind, denied, certainty = run("claim_pairs", {
        "words": words, **part.seen_from(pivots), "hinted": _hinted_roles(part, given, pivots), "type": kinds,
    })  # fmt: skip
    start = part.window.start
    for row, pivot in enumerate(pivots):
        event: EventType = EVENT_TYPES[kinds[row] - 1]
        best = max(sorted(MODES[event]), key=lambda m: modes[row][ALL_MODES.index(f"{event}/{m}")], default=None)
        yield Told(
            start + pivot,
            event,
            best if best and sigmoid(modes[row][ALL_MODES.index(f"{event}/{best}")]) > MODE_THRESHOLD else None,
            KINDS[int(kind[row].argmax())],
            bool(denied[row].argmax()),
            CERTAINTIES[int(certainty[row].argmax())],
            {name: tuple(start + i for i in found) for name, found in _fillers(roles[row], nobody[row])},
            float(chances[pivot, kinds[row]]),
        )


def _fillers(scores: Array, nobody: Array) -> Iterator[tuple[str, list[int]]]:
    """The words of each role. Shapes: scores [words, roles], nobody [roles that one word fills]."""
    for k, role in enumerate(MANY):
        yield role, [int(i) for i in np.flatnonzero(sigmoid(scores[:, k]) > ROLE_THRESHOLD)]
    for k, role in enumerate(ONE):
        column = scores[:, len(MANY) + k]
        best = int(column.argmax())
        yield role, [best] if column[best] > nobody[k] else []
