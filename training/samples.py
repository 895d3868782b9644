"""Marked texts and coded reports as training samples, one for each window of words. What is slow to make is kept in a work folder."""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from reportedly.model.plover import EVENT_TYPES
from reportedly.reading.evaluation.attributions import PARTS, load_marked
from reportedly.reading.evaluation.corpus import load_corpus
from reportedly.reading.parser import parse
from reportedly.reading.reader import rule_layers
from reportedly.reading.sources import Origins
from reportedly.reading.syntax import Document, Word
from reportedly.reading.trained.features import dep_codes, distance_codes, path_codes, quote_codes, tag_codes
from reportedly.reading.trained.hints import SOURCE_TYPES, hints, source_code
from reportedly.reading.trained.telling import ALL_MODES, CERTAINTIES, KINDS
from reportedly.reading.trained.windows import Window, windows
from reportedly.reading.where_and_when import settled_by_rules


@dataclass
class Pivot:
    """A pivot of a window with what is to be learned about it; path and distance as seen from it."""

    at: int
    path: np.ndarray
    distance: np.ndarray
    gold: dict[str, Any]


@dataclass
class Sample:
    """One window: codes of its words, the label of each as a pivot, and its pivots."""

    ids: list[int]
    first: list[int]
    tag: list[int]
    dep: list[int]
    quoted: list[int]
    pivots_of_words: list[int]
    pivots: list[Pivot] = field(default_factory=list)
    hints: list[list[int]] = field(default_factory=list)
    classes: list[list[int]] = field(default_factory=list)


def kept(path: Path, make: Callable[[], Any]) -> Any:
    """What was made before, or is made now and kept."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(make()))
    return pickle.loads(path.read_bytes())


def head_of(words: list[Word]) -> Word:
    """The main word of a span: one whose head lies outside it, a noun or verb before anything else."""
    inside = {w.i for w in words}
    tops = [w for w in words if w.head.i not in inside or w.head is w]
    named = [w for w in tops if w.pos in ("NOUN", "PROPN", "PRON", "VERB", "NUM")]
    if len(named) > 1 and all(w.pos in ("NOUN", "PROPN") for w in named) and named[-1].i - named[0].i < 6:
        return named[-1]
    return (named or tops or words)[0]


def _sample(document: Document, window: Window) -> Sample:
    words = document.words[window.start : window.end]
    return Sample(window.pieces, window.first, tag_codes(words), dep_codes(words), quote_codes(words), [0] * len(words))


def _pivot(document: Document, window: Window, at: int, gold: dict[str, Any]) -> Pivot:
    words = document.words[window.start : window.end]
    return Pivot(at, path_codes(at, words, document.sentences), distance_codes(at, len(words)), gold)


def _words_in(document: Document, offsets: list[tuple[int, int]]) -> list[Word]:
    return [w for w in document.words if any(w.start < end and w.end > start for start, end in offsets)]


def attribution_samples(folder: Path) -> list[Sample]:
    """Every window of a folder of marked texts; a pivot's gold is the labels of the window's words."""
    marked = load_marked(folder)
    found: list[Sample] = []
    for text, document in zip(marked, parse(m.report for m in marked), strict=True):
        relations = [{part: _words_in(document, r[part]) for part in PARTS} for r in text.relations]
        for window in windows(document.words, document.sentences):
            sample = _sample(document, window)
            for relation in relations:
                if not relation["cue"] or not window.start <= relation["cue"][0].i < window.end:
                    continue
                at = head_of(relation["cue"]).i - window.start
                if not 0 <= at < len(sample.tag):
                    at = relation["cue"][0].i - window.start
                sample.pivots_of_words[at] = 1
                labels = _labels(relation, window)
                sample.pivots.append(_pivot(document, window, at, {"labels": labels}))
            found.append(sample)
    return found


def _labels(relation: dict[str, list[Word]], window: Window) -> list[int]:
    labels = [0] * (window.end - window.start)
    for k, part in enumerate(PARTS):
        for word in relation[part]:
            at = word.i - window.start
            if 0 <= at < len(labels):
                labels[at] = 2 * k + 1
    for at in range(len(labels) - 1, 0, -1):
        if labels[at] and labels[at - 1] == labels[at]:
            labels[at] += 1
    return labels


def claim_samples(corpus: Path, part: str) -> list[Sample]:
    """Every window of a part of the corpus, read by the rule layers; a pivot's gold is the claim with word indexes."""
    coded = list(load_corpus(corpus, part))
    found: list[Sample] = []
    for report, document in zip(coded, parse(c.report for c in coded), strict=True):
        for layer in rule_layers():
            layer(document)
        golds = list(_golds(document, report.claims))
        told = hints(document, settled_by_rules(document))
        origins = Origins(document, document.layers["who"])
        for window in windows(document.words, document.sentences):
            sample = _sample(document, window)
            inside = slice(window.start, window.end)
            sample.hints = [codes[inside] for codes in told.words.values()]
            sample.classes = told.classes[inside]
            for gold in golds:
                at = gold["trigger"] - window.start
                if not 0 <= at < len(sample.tag):
                    continue
                kind = 1 + EVENT_TYPES.index(gold["type"])
                if sample.pivots_of_words[at] not in (0, kind):
                    continue
                sample.pivots_of_words[at] = kind
                roles = {i - window.start: r for i, r in told.roles.get(gold["trigger"], {}).items()}
                here = {k: _inside(v, window) for k, v in gold.items() if isinstance(v, list)}
                taken_for = source_code(document.words[gold["source"][0]], origins) if gold["source"] else 0
                seen = {**gold, **here, "hinted": roles, "taken_for": taken_for}
                sample.pivots.append(_pivot(document, window, at, seen))
            found.append(sample)
    return found


def _inside(indexes: list[int], window: Window) -> list[int]:
    """Indexes within the window; -1 for one that lies without."""
    return [i - window.start if window.start <= i < window.end else -1 for i in indexes]


def _golds(document: Document, claims: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    def head(span: dict[str, Any] | None) -> list[int]:
        words = _words_in(document, [(span["start"], span["end"])]) if span else []
        return [head_of(words).i] if words else []

    for claim in claims:
        spans = claim["spans"]
        trigger = head(spans["trigger"])
        if not trigger:
            continue
        last = spans["attribution"][-1]
        toll = spans["toll"]
        yield {
            "trigger": trigger[0], "type": claim["event"],
            "modes": [ALL_MODES.index(f"{claim['event']}/{m}") for m in filter(None, (claim["mode"] or "").split("|"))],
            "kind": KINDS.index(claim["status"]), "denied": int(claim["polarity"] == "-"), "certainty": CERTAINTIES.index(claim["certainty"]),
            "actor": [i for p in spans["actors"] for i in head(p["mention"])], "recipient": [i for p in spans["recipients"] for i in head(p["mention"])],
            "target": [i for p in spans["targets"] for i in head(p)], "means": [i for p in spans["means"] for i in head(p)],
            "place": [i for p in spans["places"] if not p["optional"] for i in head(p["mention"])],
            "either": [i for p in spans["places"] if p["optional"] for i in head(p["mention"])],
            **{kind: head(toll.get(kind)) for kind in ("killed", "injured", "captured", "displaced")},
            "phrase": head(spans["phrase"]), "time": head(spans["time"]), "source": head(last["source"]), "cue": head(last["cue"]),
            "source_type": SOURCE_TYPES.index(last["type"]), "anonymous": int(last["anonymous"]),
        }  # fmt: skip
