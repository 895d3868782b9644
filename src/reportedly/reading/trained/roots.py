"""Which kind of event one participant has with another, both given: one of PLOVER's roots, by a linear model over named cues.

The cues are words on the way from one to the other in the sentence's tree, the types that the tables of event words list for them,
and the events that the rules find between the two. Roots are PLOVER's sixteen with RETREAT and CONCEDE taken together as YIELD, as in
the corpora of Halterman et al. (2023) and Hu et al. (2024), who ask this question.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from reportedly.errors import InvalidModel
from reportedly.model.plover import EVENT_TYPES
from reportedly.reading.drafts import Draft
from reportedly.reading.syntax import Document, Word
from reportedly.reading.trained.decoding import softmax
from reportedly.reading.trained.hints import types_of
from reportedly.reading.trained.windows import WEIGHTS

ROOTS: Final = (*(t for t in EVENT_TYPES if t not in ("RETREAT", "CONCEDE")), "YIELD")
WEIGHTS_FILE: Final = "root_weights.npz"
_TURNS: Final = {
    "ahead": frozenset(
        "will would shall going plan intend promise pledge vow commit agree offer ready announce could may".split()
    ),
    "not": frozenset("not never no refuse reject deny against without".split()),
    "says": frozenset("say tell claim report warn believe".split()),
    "asks": frozenset("call urge demand want should must need ask".split()),
}
"""Words near the way that turn what is done into something announced, denied, said or asked for."""
_PATIENTS: Final = ("recipient", "patient", "target", "taken")


@dataclass(frozen=True, slots=True)
class _Way:
    """How two participants of a sentence hang together in its tree."""

    source: list[Word]
    target: list[Word]
    top: Word | None
    """The lowest word above both."""
    on: list[Word]
    beside: list[Word]
    """Dependents of the words on the way."""
    between: list[Word]
    """In the order of the text."""


def root_cues(
    document: Document, drafts: list[Draft], source: tuple[int, int], target: tuple[int, int]
) -> dict[str, float]:
    """Named cues with their strengths. Source and target are offsets of characters."""
    way = _way(document, source, target)
    cues: defaultdict[str, float] = defaultdict(float)
    _of_words(way, cues)
    _of_turns(way, cues)
    _of_ends(way, cues)
    _of_events(way, drafts, cues)
    return dict(cues)


def _way(document: Document, source: tuple[int, int], target: tuple[int, int]) -> _Way:
    ours, theirs = _words_in(document, source), _words_in(document, target)
    one, other = _head(ours), _head(theirs)
    ends = {w.i for w in (*ours, *theirs)}
    up, down = [one, *one.ancestors()], [other, *other.ancestors()]
    below = {w.i for w in down}
    top = next((w for w in up if w.i in below), None)
    on = [w for w in (*_until(up, top), *_until(down, top)) if w.i not in ends]
    if top is not None and (top.i not in ends or not on):
        on.append(top)
    here = {w.i for w in on}
    beside = {c.i: c for w in on for c in w.children if c.i not in here and c.i not in ends}
    first, last = sorted((one.i, other.i))
    between = [w for w in document.words[first + 1 : last] if w.i not in ends]
    return _Way(ours, theirs, top, on, list(beside.values()), between)


def _words_in(document: Document, span: tuple[int, int]) -> list[Word]:
    found = [w for w in document.words if w.start < span[1] and span[0] < w.end]
    return found or document.words[:1]


def _head(words: list[Word]) -> Word:
    inside = {w.i for w in words}
    return next((w for w in words if w.head.i not in inside or w.head is w), words[0])


def _until(chain: list[Word], top: Word | None) -> list[Word]:
    """A chain upwards as far as, and without, its top."""
    if top is None:
        return chain
    return chain[: next(k for k, w in enumerate(chain) if w.i == top.i)]


def _of_words(way: _Way, cues: defaultdict[str, float]) -> None:
    for word in way.on:
        cues[f"on {word.lemma}"] += 1
        cues[f"on {word.pos} {word.dep}"] += 0.3
        for child in word.children:
            if child.pos in ("ADP", "PART") or child.dep in ("prt", "prep", "neg"):
                cues[f"{word.lemma} with {child.lower}"] += 1
            if child.dep in ("dobj", "attr", "xcomp", "acomp"):
                cues[f"{word.lemma} over {child.lemma}"] += 1
        for kind in types_of(word):
            cues[f"on {kind}"] += 1
    for word in way.beside:
        cues[f"beside {word.lemma}"] += 1
        for kind in types_of(word):
            cues[f"beside {kind}"] += 1
    for word in way.between:
        cues[f"between {word.lemma}"] += 0.5
    for one, other in pairwise(way.between):
        cues[f"between {one.lemma} {other.lemma}"] += 0.5


def _of_turns(way: _Way, cues: defaultdict[str, float]) -> None:
    near = [*way.on, *way.beside]
    lemmas = {w.lemma for w in near}
    for turn, words in _TURNS.items():
        if lemmas & words:
            cues[turn] += 1
            for word in near:
                for kind in types_of(word):
                    cues[f"{turn} {kind}"] += 0.7


def _of_ends(way: _Way, cues: defaultdict[str, float]) -> None:
    one, other = _head(way.source), _head(way.target)
    if way.top is not None:
        cues[f"top {way.top.lemma}"] += 1
        cues[f"top {way.top.tag}"] += 0.5
        for above in way.top.ancestors():
            cues[f"above {above.lemma}"] += 0.5
    for word in way.target:
        cues[f"to {word.lemma}"] += 0.3
    for word in way.source:
        cues[f"by {word.lemma}"] += 0.2
    if other.head.pos == "ADP":
        cues[f"to after {other.head.lower}"] += 1
        cues[f"to after {other.head.head.lemma} {other.head.lower}"] += 1
    cues[f"to as {other.dep}"] += 0.5
    cues[f"by as {one.dep}"] += 0.5


def _of_events(way: _Way, drafts: list[Draft], cues: defaultdict[str, float]) -> None:
    on = {w.i for w in (*way.on, *way.beside)}
    ours, theirs = {w.i for w in way.source}, {w.i for w in way.target}
    for draft in drafts:
        event = draft.event
        told = f"{event.type}{'-' if draft.status.negative else ''} {draft.status.kind}"
        doer = bool(ours & _indexes(event.roles.get("actor", [])))
        done_to = bool(theirs & {i for role in _PATIENTS for i in _indexes(event.roles.get(role, []))})
        cues[f"event {event.type}"] += 1
        if event.head.i in on:
            cues[f"event on {event.type}"] += 1
            cues[f"event on {told}"] += 1
        if doer:
            cues[f"event by {event.type}"] += 1
        if done_to:
            cues[f"event to {event.type}"] += 1
        if doer and done_to:
            cues[f"event by and to {told}"] += 1


def _indexes(words: Iterable[Word]) -> set[int]:
    return {w.i for w in words}


@cache
def _weights() -> tuple[dict[str, int], npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    try:
        with np.load(WEIGHTS / WEIGHTS_FILE) as kept:
            names: list[str] = [str(name) for name in kept["cues"]]
            table: npt.NDArray[np.float32] = kept["weights"].astype(np.float32)
            bias: npt.NDArray[np.float32] = kept["bias"]
    except (OSError, ValueError, KeyError) as error:
        raise InvalidModel(f"{WEIGHTS_FILE} cannot be loaded. Install reportedly again.") from error
    return {name: k for k, name in enumerate(names)}, table, bias


def root_of(cues: dict[str, float]) -> tuple[str, float]:
    """The likeliest root and its chance. Raises InvalidModel where the weights are missing."""
    rows, table, bias = _weights()
    scores: npt.NDArray[Any] = bias.copy()
    for name, strength in cues.items():
        if name in rows:
            scores += strength * table[rows[name]]
    chances = softmax(scores[None])[0]
    best = int(chances.argmax())
    return ROOTS[best], float(chances[best])
