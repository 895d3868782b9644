"""Scores attributions against texts where every source, cue and content is marked, in brat's stand-off format.

The folder holds NAME.txt with NAME.ann, or, as PolNeAR has it, `text/NAME.txt` with `attributions/NAME*.ann`; where several
people marked a text the first file by name counts. Spans agree where they share four fifths of their words (Jaccard 0.8, as
Newell, Cowlishaw and Man 2018 have it for sources); a whole relation is right where all three of its spans are, a part that
neither side has counting as right.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reportedly.errors import InvalidGold
from reportedly.model.record import Report
from reportedly.reading.evaluation.figures import precision_recall_f1
from reportedly.reading.syntax import Document

PARTS: Final = ("source", "cue", "content")
AGREED: Final = 0.8
_SPAN: Final = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t")
_EVENT: Final = re.compile(r"E\d+\t(.*)")
_ROLES: Final = {"Source": "source", "Cue": "cue", "Content": "content"}

Words = frozenset[int]
Offsets = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and its attributions: offsets [start, end) of each part."""

    name: str
    report: Report
    relations: tuple[dict[str, Offsets], ...]


@dataclass(slots=True)
class AttributionFigures:
    """Counts by part, and of whole relations."""

    texts: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*PARTS, "whole"), 0))
    marked: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*PARTS, "whole"), 0))
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys((*PARTS, "whole"), 0))
    misses: list[str] = field(default_factory=list)

    def of(self, part: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of a part, or of "whole" relations."""
        right = self.right[part]
        return precision_recall_f1(right, self.found[part], right, self.marked[part])


def load_marked(folder: Path) -> list[MarkedText]:
    """Read a folder of marked texts. Raises InvalidGold where it holds none."""
    texts = folder / "text" if (folder / "text").is_dir() else folder
    marks = folder / "attributions" if (folder / "attributions").is_dir() else folder
    if not texts.is_dir():
        raise InvalidGold(f"{folder}: no such folder of marked texts")
    files = sorted(marks.glob("*.ann"))
    found: list[MarkedText] = []
    for path in sorted(texts.glob("*.txt")):
        own = next((f for f in files if f.name.startswith(path.stem)), None)
        if own is not None:
            text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
            found.append(MarkedText(path.stem, Report(text=text), tuple(_relations(own.read_text(encoding="utf-8")))))
    if not found:
        raise InvalidGold(f"{folder}: no marked texts (NAME.ann beside NAME.txt) in this folder")
    return found


def _relations(marks: str) -> Iterator[dict[str, Offsets]]:
    spans: dict[str, Offsets] = {}
    for line in marks.splitlines():
        if span := _SPAN.match(line):
            pairs = [part.split() for part in span.group(3).split(";")]
            spans[span.group(1)] = [(int(a), int(b)) for a, b in pairs]
    for line in marks.splitlines():
        if not (event := _EVENT.match(line)):
            continue
        parts: dict[str, Offsets] = {part: [] for part in PARTS}
        for argument in event.group(1).split()[1:]:
            role, _, key = argument.partition(":")
            part = _ROLES.get(role.rstrip("0123456789"))
            if part is not None:
                parts[part] += spans.get(key, [])
        if parts["cue"]:
            yield parts


def _words(document: Document, offsets: Offsets) -> Words:
    return frozenset(w.i for w in document.words if any(w.start < end and w.end > start for start, end in offsets))


def _shared(one: Words, other: Words) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0


def _agreeing(gold: Sequence[Words], found: Sequence[Words]) -> int:
    """How many spans of one side agree with one of the other, each once, the closest first."""
    pairs = [(_shared(g, f), i, k) for i, g in enumerate(gold) for k, f in enumerate(found) if g & f]
    taken: tuple[set[int], set[int]] = (set(), set())
    for share, i, k in sorted(pairs, reverse=True):
        if share >= AGREED and i not in taken[0] and k not in taken[1]:
            taken[0].add(i)
            taken[1].add(k)
    return len(taken[0])


def score_attributions(
    marked: MarkedText, document: Document, found: Sequence[dict[str, Words]], figures: AttributionFigures
) -> None:
    """Add one text's counts; `found` holds the words of each part of each attribution that was read."""
    gold = [{part: _words(document, relation[part]) for part in PARTS} for relation in marked.relations]
    figures.texts += 1
    for part in PARTS:
        asked = list({g[part] for g in gold if g[part]})
        given = list({f[part] for f in found if f[part]})
        figures.right[part] += _agreeing(asked, given)
        figures.marked[part] += len(asked)
        figures.found[part] += len(given)
    left = list(found)
    for relation in gold:
        hit = next((f for f in left if all(_same(relation[p], f[p]) for p in PARTS)), None)
        if hit is not None:
            left.remove(hit)
            figures.right["whole"] += 1
        else:
            cue = min(relation["cue"])
            figures.misses.append(f"{marked.name}: “{document.words[cue].text}” in “{_sentence(document, cue)}”")
    figures.marked["whole"] += len(gold)
    figures.found["whole"] += len(found)


def _same(one: Words, other: Words) -> bool:
    return (not one and not other) or _shared(one, other) >= AGREED


def _sentence(document: Document, i: int) -> str:
    sentence = document.sentences[document.words[i].sentence]
    return document.span(sentence.first, sentence.last).text
