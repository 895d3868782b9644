"""Tolls: how many people were killed, injured, captured or displaced, as the words bound it."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from reportedly.model.record import Range, Toll
from reportedly.reading.events import EventMention
from reportedly.reading.names import classes
from reportedly.reading.slots import slot_fillers
from reportedly.reading.syntax import Document, Word, conjuncts, phrase_bounds

_WORDS: Final = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1000,
    "dozen": 12,
}
_VAGUE: Final = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "tens": 20}
_LEAST: Final = frozenset(["least", "minimum"])
_MOST: Final = frozenset({"most", "to"})
_TOLL_WORDS: Final = {
    "dead": "killed", "killed": "killed", "wounded": "injured", "injured": "injured", "hurt": "injured", "displaced": "displaced",
    "deaths": "killed", "died": "killed", "homeless": "displaced",
}  # fmt: skip
_UNCOUNTED: Final = frozenset(["number", "group", "couple", "handful", "crowd"])
"""Words for several people of which nobody says how many: "a number of students" is not one."""
_PEOPLE: Final = frozenset(
    "ambassador armed captive civilian clergy detainee diplomat employee hostage inspector journalist official person police prisoner protester resident "
    "student troops worker".split()
)
"""Classes of words for people."""
_FORCED: Final = frozenset({"flee", "leave", "displace", "evacuate"})


@dataclass(slots=True)
class _Count:
    low: int | None
    high: int | None
    first: int
    last: int


def number_of(word: Word) -> int | None:
    """Value of a number word or figure."""
    text = word.lower.replace(",", "")
    if re.fullmatch(r"\d{1,9}", text):
        return int(text)
    if "-" in text:
        parts = [_WORDS.get(p) for p in text.split("-")]
        return sum(p for p in parts if p is not None) if all(p is not None for p in parts) else None
    return _WORDS.get(text)


def _count_in(words: list[Word]) -> _Count | None:
    """The number in a stretch of words: "at least 12", "between four and six", "dozens of", "a"."""
    numbers = [
        (w, number_of(w))
        for w in words
        if (number_of(w) is not None and w.lower not in ("dozen",)) or w.lower == "dozen"
    ]
    ages = {w.i for w, after in pairwise(words) if after.text in ("-", "–") or after.lemma == "year"}
    numbers = [(w, n) for w, n in numbers if w.i not in ages]
    lowers = [w.lower for w in words]
    for w in words:
        if w.lower in _VAGUE:
            return _Count(_VAGUE[w.lower], None, w.i, w.i)
    if not numbers:
        return None
    first, value = numbers[0]
    last = first
    if value is None:
        value = 12
    for w, n in numbers[1:2]:
        if w.i == last.i + 1 and n in (100, 1000, 12):
            value, last = value * n, w
    start = first.i
    before = lowers[: words.index(first)]
    if len(numbers) > 1 and ("between" in before or "from" in before or numbers[1][0].i == first.i + 2):
        high_word, high = numbers[1]
        joint = next((w.lower for w in words if first.i < w.i < high_word.i), "")
        if (
            joint in ("and", "to", "or", "-", "–")
            and high is not None
            and high > value
            and ("between" in before or "from" in before or joint != "and")
        ):
            opening = next((w.i for w in words if w.lower in ("between", "from") and w.i < first.i), start)
            return _Count(value, high, opening, high_word.i)
    if _LEAST & set(before) or {"more", "over"} & set(before) or ("than" in before and "more" in before):
        opening = next((w.i for w in words if w.lower in ("at", "more", "over") and w.i < first.i), start)
        low = value + 1 if "more" in before or "over" in before else value
        return _Count(low, None, opening, last.i)
    if "most" in before or ("up" in before and "to" in before):
        return _Count(None, value, next((w.i for w in words if w.lower in ("at", "up")), start), last.i)
    return _Count(value, value, start, last.i)


def _phrase_count(document: Document, head: Word) -> _Count | None:
    """How many a noun phrase names; "a child" is one, a bare plural is not told."""
    first, last = phrase_bounds(head)
    words = document.words[max(first - 2, document.sentence_of(head).first) : head.i + 1]
    keep = [
        w
        for w in words
        if w.i >= first
        or w.lower in ("at", "least", "between", "than", "more", "over", "up", "to", "most", "some", "about")
    ]
    found = _count_in(keep)
    if found is not None:
        return found
    if head.lemma in _UNCOUNTED:
        return None
    if head.lower == "both":
        return _Count(2, 2, head.i, head.i)
    if _one_of_a_kind(head) or (head.tag == "NN" and any(c.dep == "poss" for c in head.children if c.i < head.i)):
        return _Count(1, 1, first, last)
    return None


def _one_of_a_kind(word: Word) -> bool:
    """ "a miller"; not "an area", which a table of words knows."""
    return word.tag == "NN" and any(c.lower in ("a", "an", "another") for c in word.children if c.i < word.i)


def toll_of(document: Document, event: EventMention) -> Toll:
    """The toll of an event, from its patients and from "left nine dead"."""
    counts: dict[str, list[_Count]] = {}
    for kind, patients in event.tolls.items():
        for patient in dict.fromkeys(patients):
            found = classes(document, patient)
            # "four millers", "a miller": no word class knows them, and what is killed or hurt is mostly people.
            counted = not found and (patient.child("nummod") is not None or _one_of_a_kind(patient))
            if (
                not (found & _PEOPLE or counted)
                and patient.pos != "NUM"
                and patient.lower not in _VAGUE
                and patient.lower not in ("others", "more", "both")
            ):
                continue
            count = _phrase_count(document, patient)
            if count is not None:
                counts.setdefault(kind, []).append(count)
    if event.type == "ASSAULT" and not counts:
        counts.update((*_of_the_trigger(document, event), *_died_of(document, event)))
    if event.type == "ASSAULT" or event.type == "COERCE":
        for kind, count in _stated(document, event):
            counts.setdefault(kind, [count])
        if set(counts) & {"killed", "injured"}:
            counts.update({kind: [count] for kind, count in _elliptical(document, event)})
    return _as_toll(document, counts)


def stated_toll(document: Document, event: EventMention) -> Toll:
    """The toll of an event whose words have been found: what number each gives, one for somebody named alone."""
    counts = {
        kind: [c for w in dict.fromkeys(words) if (c := _phrase_count(document, w) or _alone(w)) is not None]
        for kind, words in event.tolls.items()
    }
    return _as_toll(document, {kind: found for kind, found in counts.items() if found})


def range_in(document: Document, first: int, last: int) -> Range | None:
    """How many people the words [first, last] name: "at least 12 soldiers", "a child", "no casualties"; None where they do not tell."""
    words = document.words[first : last + 1]
    count = _count_in(words)
    if count is None and any(w.lower in _NOBODY for w in words):
        count = _Count(0, 0, first, last)
    if count is None:
        heads = [w for w in words if w.head is w or not first <= w.head.i <= last]
        count = next((c for w in heads if (c := _phrase_count(document, w) or _alone(w)) is not None), None)
    return _sum(document, [count]) if count is not None else None


def _of_the_trigger(document: Document, event: EventMention) -> list[tuple[str, list[_Count]]]:
    """ "the clinic counted 23 injured", "two drivers hurt": the trigger is the toll's own word, the number stands before it."""
    kind = _TOLL_WORDS.get(event.head.lower)
    if kind is None:
        return []
    words = document.sentence_words(document.sentence_of(event.head))
    end = start = event.head.i - words[0].i
    while start > 0 and (words[start - 1].pos == "NUM" or words[start - 1].lower in _BOUNDS):
        start -= 1
    count = _count_in(words[start:end])
    if count is not None:
        return [(kind, [count])]
    before = words[end - 1] if end else None
    if before is None or before.pos not in ("NOUN", "PROPN"):
        return []
    while before.dep == "conj":
        before = before.head
    counts = [c for w in conjuncts(before) if w.i < event.head.i and (c := _phrase_count(document, w)) is not None]
    return [(kind, counts)] if counts else []


_BOUNDS: Final = frozenset("between and at least most more than over up to about some around nearly almost".split())


def _died_of(document: Document, event: EventMention) -> list[tuple[str, list[_Count]]]:
    """ "nine pupils died when a shell landed": whoever died, died of what the clause tells."""
    above = event.verb.head
    opened = next((w.lower for w in event.verb.children if w.i < event.verb.i and w.dep in ("advmod", "mark")), "")
    if event.verb.dep != "advcl" or above.lemma not in ("die", "perish") or opened not in ("when", "after", "as"):
        return []
    counts = [c for w in slot_fillers(above, "subj") if (c := _phrase_count(document, w)) is not None]
    return [("killed", counts)] if counts else []


_NOBODY: Final = frozenset({"no", "none", "nobody", "without", "neither"})


def _as_toll(document: Document, counts: dict[str, list[_Count]]) -> Toll:
    ranges = {kind: _sum(document, found) for kind, found in counts.items()}
    return Toll(
        killed=ranges.get("killed"),
        injured=ranges.get("injured"),
        captured=ranges.get("captured"),
        displaced=ranges.get("displaced"),
    )


def _alone(word: Word) -> _Count | None:
    if word.tag not in ("NN", "NNP", "PRP") or word.lemma in _UNCOUNTED:
        return None
    first, last = phrase_bounds(word)
    return _Count(1, 1, first, last)


def _elliptical(document: Document, event: EventMention) -> list[tuple[str, _Count]]:
    """ "Nine people were killed and between 40 and 50 wounded": a number alone before the second participle."""
    words = document.sentence_words(document.sentence_of(event.head))
    found = []
    for k, word in enumerate(words):
        kind = _TOLL_WORDS.get(word.lower)
        if kind is None or word.i <= event.head.i or word.tag not in ("VBN", "VBD", "JJ", "NN"):
            continue
        start = k
        while start > 0 and (words[start - 1].pos == "NUM" or words[start - 1].lower in _AROUND_NUMBERS):
            start -= 1
        while start < k and words[start].lower in ("and", "or", "to"):
            start += 1
        joined = (
            start > 1
            and words[start - 1].lower in ("and", ",")
            and any(w.lower in _TOLL_WORDS for w in words[max(0, start - 4) : start])
        )
        count = _count_in(words[start:k]) if joined and start < k else None
        if count is not None:
            found.append((kind, count))
    return found


_AROUND_NUMBERS: Final = frozenset(
    "between and at least most more than over up to about some around nearly almost others other another dozens dozen scores hundreds "
    "people were was of several".split()
)


def _sum(document: Document, counts: list[_Count]) -> Range:
    low = sum(c.low or 0 for c in counts) if any(c.low is not None for c in counts) else None
    high = None if any(c.high is None for c in counts) else sum(c.high or 0 for c in counts)
    return Range.model_construct(
        low=low, high=high, mention=document.span(min(c.first for c in counts), max(c.last for c in counts))
    )


def _stated(document: Document, event: EventMention) -> list[tuple[str, _Count]]:
    """ "left nine dead and some twenty wounded", "without causing casualties", "forced 800 villagers to flee"."""
    sentence = document.sentence_of(event.head)
    words = document.sentence_words(sentence)
    found: list[tuple[str, _Count]] = []
    texts = [w.lower for w in words]
    leaves = any(w.lemma in ("leave", "kill") for w in words)
    for k, word in enumerate(words):
        if (
            word.lower in ("dead", "wounded", "injured", "homeless")
            and leaves
            and word.dep not in ("nsubj",)
            and word.i > event.first - 40
        ):
            window = words[max(0, k - 5) : k]
            cut = max(
                (
                    i
                    for i, w in enumerate(window)
                    if w.lower in ("and", ",", "left", "leaving", "leave", "dead", "killed")
                    and not (w.lower == "and" and any(x.lower == "between" for x in window[:i]))
                ),
                default=-1,
            )
            count = _count_in(window[cut + 1 :])
            if count is not None and "leave" in [w.lemma for w in words[max(0, k - 12) : k]]:
                found.append((_TOLL_WORDS[word.lower], count))
        elif word.lemma == "displace" and word.is_verb and event.nominal:
            count = _count_in(words[k + 1 : k + 5])
            if count is not None:
                found.append(("displaced", count))
        elif word.lemma == "force" and any(w.lemma in _FORCED for w in words[k : k + 12]):
            stop = next(i for i, w in enumerate(words[k : k + 12]) if w.lemma in _FORCED)
            count = _count_in(words[k + 1 : k + stop])
            if count is not None:
                found.append(("displaced", count))
    for phrase in (
        "no casualties",
        "without causing casualties",
        "without casualties",
        "causing no casualties",
        "no one was hurt",
        "no one was injured",
    ):
        parts = phrase.split()
        for k in range(len(texts) - len(parts) + 1):
            if texts[k : k + len(parts)] == parts:
                none = _Count(0, 0, words[k].i, words[k + len(parts) - 1].i)
                found += [("killed", none), ("injured", none)]
                return found
    return found
