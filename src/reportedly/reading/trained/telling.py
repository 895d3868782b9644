"""What is told, as trained on coded reports: triggers of events, how each is said, and the words that fill its roles."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, get_args

import numpy as np

from reportedly.model.plover import EVENT_TYPES, MODES, EventType
from reportedly.model.record import Certainty, Kind, SourceType
from reportedly.reading.drafts import Draft
from reportedly.reading.sources import Origins
from reportedly.reading.syntax import Document
from reportedly.reading.trained.decoding import sigmoid, softmax
from reportedly.reading.trained.encoding import Encoded, encoded
from reportedly.reading.trained.hints import SOURCE_TYPES, Hints, hints, source_code
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
CLASSES_OF_A_WORD: Final = 8
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
    whose: tuple[SourceType, bool] | None = None
    """The source's type and whether it is unnamed, where the report gives a source."""


def told_in(document: Document, drafts: list[Draft], threshold: float) -> list[Told]:
    """What a report, read by the rule layers, tells of, where the chance of any event is at least the threshold; in the order of triggers.

    The rules' own claims in the making are hints, and who says them is taken from them where they know it.
    """
    given = hints(document, drafts)
    speakers = {d.event.head.i: d.chain[-1].source.i for d in drafts if d.chain and d.chain[-1].source is not None}
    reader = _Teller(given, speakers, Origins(document, document.layers["who"]), threshold)
    return [told for part in encoded(document) for told in reader.of(part)]


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


@dataclass(frozen=True, slots=True)
class _Teller:
    """What the trained layers need to know about a report besides its words."""

    given: Hints
    speakers: dict[int, int]
    """Who says each event, by the rules."""
    origins: Origins
    threshold: float

    def of(self, part: Encoded) -> list[Told]:
        """What one window tells of."""
        words, scores = run("claim_words", _word_inputs(part, self.given))
        chances = softmax(scores[0])
        pivots = [int(p) for p in np.flatnonzero(1 - chances[:, 0] >= self.threshold)]
        if not pivots:
            return []
        kinds = chances[pivots, 1:].argmax(1) + 1
        views = run("claim_pairs", {
            "words": words, **part.seen_from(pivots), "hinted": _hinted_roles(part, self.given, pivots), "type": kinds,
        })  # fmt: skip
        told = list(_told(part.window.start, pivots, kinds, chances, views))
        whose = self._whose(part, words, told)
        return [replace(t, whose=whose.get(t.trigger)) for t in told]

    def _whose(self, part: Encoded, words: Array, told: list[Told]) -> dict[int, tuple[SourceType, bool]]:
        """The type of each event's source, and whether it is unnamed."""
        start, count = part.window.start, len(part.words)
        found = {t.trigger: self.speakers.get(t.trigger, next(iter(t.roles["source"]), -1)) for t in told}
        inside = {trigger: source for trigger, source in found.items() if start <= source < start + count}
        if not inside:
            return {}
        taken_for = [source_code(part.document.words[source], self.origins) for source in inside.values()]
        types, unnamed = run("claim_sources", {
            "words": words, "pivots": np.array(list(inside)) - start, "speakers": np.array(list(inside.values())) - start,
            "taken_for": np.array(taken_for),
        })  # fmt: skip
        return {
            trigger: (SOURCE_TYPES[int(types[k].argmax())], bool(unnamed[k].argmax()))
            for k, trigger in enumerate(inside)
        }


def _told(start: int, pivots: list[int], kinds: Array, chances: Array, views: list[Array]) -> Iterator[Told]:
    roles, nobody, modes, kind, denied, certainty = views
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
