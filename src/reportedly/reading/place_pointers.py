"""What points back to a place told of before: "the town", "there", "these districts"."""

from bisect import bisect_left
from typing import Final

from reportedly.reading.place_mentions import PlaceMention
from reportedly.reading.syntax import Document, Word

_REMEMBERED: Final = 60
_POINTING: Final = frozenset(
    "town city village province district area region governorate neighbourhood neighborhood camp port state "
    "capital island".split()
)


def add_pointers(document: Document, found: list[PlaceMention]) -> None:
    """ "the town", "there", "these districts": the places told of before."""
    real = list(found)
    lasts = [m.last for m in real]
    for word in document.words:
        if word.lower != "there" and word.lemma not in _POINTING:
            continue
        stop = bisect_left(lasts, word.i)
        before = [m for m in real[max(0, stop - _REMEMBERED) : stop] if word.sentence - m.head.sentence <= 12]
        if not before:
            continue
        if word.lower == "there" and word.dep == "advmod":
            target = next((m for m in reversed(before) if m.container_of is None), None)
        elif (
            word.lemma in _POINTING
            and word.pos == "NOUN"
            and word.dep in ("pobj", "dobj", "nsubj", "nsubjpass", "conj")
            and any(c.lower in ("the", "these", "those", "this", "same", "both") for c in word.children)
        ):
            if any(
                c.dep in ("appos",) or (c.dep == "prep" and c.lower == "of") or c.pos == "PROPN" for c in word.children
            ) or word.dep in ("compound", "nmod", "appos"):
                continue
            if word.tag == "NNS":
                _add_list_pointer(word, before, found)
                continue
            wanted = {"province": "admin1", "governorate": "admin1", "district": "admin2", "state": "admin1"}.get(
                word.lemma
            )
            target = next(
                (m for m in reversed(before) if m.container_of is None and (wanted is None or m.precision == wanted)),
                None,
            ) or (
                next((m for m in reversed(before) if m.container_of is None), None)
                if word.lemma not in ("state", "capital")
                else None
            )
        else:
            continue
        if target is not None and not (word.dep == "nsubj" and word.lemma in ("state", "capital")):
            found.append(_pointer(word, target))


def _add_list_pointer(word: Word, before: list[PlaceMention], found: list[PlaceMention]) -> None:
    """ "these districts": the last list of at least two, each one."""
    by_sentence: dict[int, list[PlaceMention]] = {}
    for mention in before:
        if (mention.container_of is None and mention.resolved is not None) or mention.precision in ("admin1", "admin2"):
            by_sentence.setdefault(mention.head.sentence, []).append(mention)
    for index in sorted(by_sentence, reverse=True):
        group = [m for m in by_sentence[index] if m.precision in ("admin1", "admin2")] or by_sentence[index]
        pointing = any(
            c.lower in ("mentioned", "said", "aforementioned", "these", "those", "five", "three", "four")
            for c in word.children
        )
        if len(group) >= 3 or (len(group) >= 2 and not pointing):
            found.extend(_pointer(word, m) for m in group)
            return


def _pointer(word: Word, target: PlaceMention) -> PlaceMention:
    prep = word.head if word.dep == "pobj" else None
    return PlaceMention(
        word,
        word.left if word.left > word.i - 4 else word.i,
        word.i,
        target.name,
        target.precision,
        prep,
        target.resolved,
        target.admin1,
        points_to=target,
    )
