"""Finds the names of places in a report, whatever they are used for: a linear model over cues, each with its learned weight.

Every stretch of words that might be a place's name is described by cues (is it in the gazetteer, what stands before and
after it, how else does the report use it); the weights in `toponym_weights.tsv` add up to how likely it is one.
"""

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from reportedly.knowledge.gazetteer import loose_candidates
from reportedly.knowledge.gazetteer_index import PLAIN
from reportedly.knowledge.place_words import KIND_WORDS, candidates_of, demonyms, short_forms, weights
from reportedly.knowledge.spelling import plain_key
from reportedly.reading.syntax import Document, Sentence, Word

_LONGEST: Final = 6
_JOINING: Final = frozenset(
    "of the de del la las los al el ul ad ar as ash az an et du des da do dos di - – ' ’ . and e y en sur on upon".split()
)
_DIRECTIONS: Final = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest northeastern northwestern "
    "southeastern southwestern upper lower downtown near".split()
)
_NOT_PLACES: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december ramadan eid christmas easter islam islamic muslim muslims christian god mr mrs ms dr president".split()
)
_WITH_ARTICLE: Final = frozenset({"hague", "dales", "vilages"})
_TITLES: Final = frozenset(
    "mr mr. mrs mrs. ms ms. dr dr. gen gen. col col. maj maj. lt lt. sgt sgt. capt capt. sen sen. rep rep. gov gov. rev rev. st president "
    "minister general colonel major captain sheikh shaikh sheriff judge senator governor mayor king queen prince officer detective "
    "chief spokesman spokeswoman director chairman commander coach professor sir lady imam father brother sister pope".split()
)
_PERSON_VERBS: Final = frozenset("say tell add ask reply explain note recall smile write live die marry".split())


@dataclass(slots=True)
class Span:
    """Words [first, last] that may be a place's name, with the cues that speak for and against it."""

    first: int
    last: int
    text: str
    cues: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    """Log-odds that it is one."""


def _is_part(word: Word) -> bool:
    return word.text[:1].isupper() or (word.text[:1].isdigit() and len(word.text) < 4)


def _spans(document: Document, sentence: Sentence) -> list[Span]:
    found = []
    words = document.words
    known_demonyms = demonyms()
    for first in range(sentence.first, sentence.last + 1):
        word = words[first]
        if not word.text[:1].isupper() or word.lower in _NOT_PLACES:
            continue
        for last in range(first, min(first + _LONGEST, sentence.last + 1)):
            end = words[last]
            if last > first and end.start - words[last - 1].end > 1:
                break
            if not _is_part(end):
                if end.lower in _JOINING or (end.start == words[last - 1].end and words[last - 1].text in "-–'’"):
                    if end.lower in ("-", "–", "'", "’", ".") or end.lower in _JOINING:
                        continue
                elif end.lower in KIND_WORDS and last > first:
                    pass
                else:
                    break
            if end.text[:1].isdigit() and last == first:
                continue
            text = document.cased[word.start : end.end]
            if " ".join(text.split()) != text:
                text = " ".join(text.split())
            if _may_be(document, first, last, text, known_demonyms):
                found.append(Span(first, last, text))
    return found


def _may_be(
    document: Document, first: int, last: int, text: str, known_demonyms: dict[str, tuple[str, str | None]]
) -> bool:
    words = document.words
    end = words[last]
    if len(text) < 2 or (len(text) == 2 and text not in short_forms()):
        return False
    if text in known_demonyms or candidates_of(text):
        return not (
            words[first].text == "The"
            and last > first
            and candidates_of(text.partition(" ")[2])
            and plain_key(text) not in _WITH_ARTICLE
        )
    if not end.text[:1].isupper() and not end.text[:1].isdigit():
        return False
    if first < last and KIND_WORDS.get(end.lower, "body") != "body":
        return True
    if words[first].entity in ("GPE", "LOC", "FAC") and (words[first].opens_entity or words[first - 1].lower == "the"):
        after = words[last + 1] if last + 1 < len(words) else None
        if all(words[i].entity == words[first].entity for i in range(first, last + 1)) and (
            after is None or not after.entity or after.opens_entity
        ):
            return True
    return first == last and end.pos == "PROPN" and len(text) > 3 and bool(loose_candidates(text))


def _shape(text: str) -> str:
    return "caps" if text.isupper() and len(text) > 3 else "plain"


class Usage:
    """How a report uses each capitalised text: as a place after "in", as a person, within a longer name."""

    def __init__(self, document: Document) -> None:
        self.located: Counter[str] = Counter()
        self.labels: dict[str, Counter[str]] = {}
        self.seen: Counter[str] = Counter()
        self.surnames: set[str] = set()
        self.small = {w.text for w in document.words if w.text[:1].islower()}
        words = document.words
        for word in words:
            if not word.text[:1].isupper():
                continue
            self.seen[word.text] += 1
            before = words[word.i - 1] if word.i else None
            if before is not None and before.lower in ("in", "at", "near", "from", "around", "outside"):
                self.located[word.text] += 1
            if word.entity:
                self.labels.setdefault(word.text, Counter())[word.entity] += 1
            if word.entity == "PERSON" and not word.opens_entity:
                self.surnames.add(word.text)
            if before is not None and before.lower in _TITLES and word.pos == "PROPN":
                self.surnames.add(word.text)


def _cues(document: Document, span: Span, usage: Usage) -> dict[str, float]:
    words, sentence = document.words, document.sentence_of(document.words[span.first])
    first, last, text = span.first, span.last, span.text
    head = words[last]
    before = words[first - 1] if first > sentence.first else None
    after = words[last + 1] if last < sentence.last else None
    cues: dict[str, float] = {"always": 1.0}

    def cue(name: str, value: float = 1.0) -> None:
        cues[name] = value

    known = candidates_of(text)
    if text in demonyms():
        cue("demonym")
        cue(f"demonym pos {head.pos}")
    elif text in short_forms():
        cue("short form")
        if before is not None and before.text == ",":
            cue("short form after comma")
    elif known:
        best = known[0]
        cue(f"kind {best.kind}")
        people = (
            max(c.population for c in known if c.kind != "country") if any(c.kind != "country" for c in known) else 0
        )
        cue("log people", math.log10(people + 10) - 3)
        cue("log bearers", math.log2(len(known)))
        if all(c.how != PLAIN for c in known):
            cue("only another name")
        if any(c.kind in ("admin1", "admin2") for c in known):
            cue("a division too")
        if any(c.capital for c in known):
            cue("capital")
    else:
        cue("unknown")
    size = last - first + 1
    cue(f"words {min(size, 4)}")
    for i in range(first, last + 1):
        if words[i].pos not in ("PROPN", "PUNCT", "ADP", "DET", "PART") and text not in demonyms():
            cue(f"holds {words[i].pos}")
    if words[last].lower in KIND_WORDS and size > 1:
        cue(f"ends as {KIND_WORDS[words[last].lower]}")
    if words[first].lower in KIND_WORDS and size > 1:
        cue(f"begins as {KIND_WORDS[words[first].lower]}")
    if not head.text[:1].isupper():
        cue("ends small")
    if _shape(text) == "caps":
        cue("capitals")
    if first == sentence.first:
        cue("opens sentence")
        if size == 1 and words[first].lower in usage.small:
            cue("also a common word")
    labels = {words[i].entity for i in range(first, last + 1)}
    if len(labels) == 1:
        label = labels.pop() or "none"
        begins = words[first].opens_entity or (first > 0 and words[first].entity and words[first - 1].lower == "the")
        ends = after is None or after.opens_entity or not after.entity
        cue(f"label {label} {'whole' if (begins and ends) or label == 'none' else 'part'}")
    else:
        cue("label mixed")
    if before is not None:
        if before.lower in (
            "in",
            "at",
            "near",
            "from",
            "to",
            "of",
            "on",
            "into",
            "around",
            "outside",
            "across",
            "inside",
            "throughout",
            "toward",
            "towards",
            "between",
            "for",
            "by",
            "with",
            "and",
            "the",
            "through",
            "against",
            "within",
            ",",
            "-",
            "(",
            "–",
        ):
            cue(f"before {before.lower}")
        elif before.lower in _TITLES:
            cue("before title")
        elif before.lower in _DIRECTIONS:
            cue("before direction")
        elif before.text[:1].isupper() and not (
            before.i == sentence.first and before.pos in ("DET", "ADP", "PRON", "SCONJ", "ADV", "CCONJ")
        ):
            cue("before capital")
            if words[first - 1].entity == words[first].entity == "PERSON":
                cue("before same person")
            if before.lower in KIND_WORDS:
                cue(f"before kind {KIND_WORDS[before.lower]}")
        elif before.lower in KIND_WORDS:
            cue("before small kind")
        else:
            cue(f"before pos {before.pos}")
        if before.lower == "of" and first - 2 >= sentence.first:
            of = words[first - 2]
            cue(
                "of kind"
                if of.lower in KIND_WORDS and KIND_WORDS[of.lower] != "body"
                else "of body"
                if of.lower in KIND_WORDS
                else "of other"
            )
        if (
            before.lower == "the"
            and first - 2 >= sentence.first
            and words[first - 2].lower in ("in", "at", "from", "of", "across")
        ):
            cue("before in the")
    if after is not None:
        lower = after.lower
        if lower in KIND_WORDS and after.text[:1].isupper():
            cue(f"after kind {KIND_WORDS[lower]}")
        elif lower in KIND_WORDS:
            cue(f"after small kind {KIND_WORDS[lower]}")
        elif lower in ("'s", "’s"):
            cue("after 's")
        elif after.text == ",":
            cue("after comma")
            if last + 2 <= sentence.last:
                nxt = words[last + 2]
                if nxt.text in short_forms() or (
                    any(c.kind in ("admin1", "country") for c in candidates_of(nxt.text)) and nxt.text[:1].isupper()
                ):
                    cue("after container")
        elif after.text[:1].isupper():
            cue("after capital")
            if after.entity == words[last].entity == "PERSON":
                cue("after same person")
        elif after.pos in ("NOUN", "VERB", "AUX", "PUNCT", "ADP", "CCONJ"):
            cue(f"after pos {after.pos}")
        if after.pos == "VERB" and after.lemma in _PERSON_VERBS:
            cue("after speech")
        if lower in ("-", "–") and after.start == head.end:
            cue("after hyphen")
    whole = words[first].text if size == 1 else text
    if usage.located[whole] and size == 1:
        cue("elsewhere located", min(usage.located[whole], 3) / 3)
    counts = usage.labels.get(words[last].text)
    if counts:
        total = sum(counts.values())
        cue("elsewhere place", (counts["GPE"] + counts["LOC"]) / total)
        cue("elsewhere person", counts["PERSON"] / total)
        cue("elsewhere body", counts["ORG"] / total)
    if words[last].text in usage.surnames:
        cue("a surname here")
    if head.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "compound", "poss", "appos", "conj", "amod"):
        cue(f"role {head.dep}")
    if size > 1 and all(candidates_of(words[i].text) for i in (first, last)):
        cue("parts known")
    return cues


def score(cues: dict[str, float], table: dict[str, float]) -> float:
    """Sum of the weights of cues."""
    return sum(table.get(name, 0.0) * value for name, value in cues.items())


def describe(document: Document) -> list[Span]:
    """Every stretch of words that may be a place's name, with its cues."""
    usage = Usage(document)
    found = []
    for sentence in document.sentences:
        for span in _spans(document, sentence):
            span.cues = _cues(document, span, usage)
            found.append(span)
    return found


def choose(spans: list[Span]) -> list[Span]:
    """The likeliest spans that do not overlap, in the order of the text."""
    taken: set[int] = set()
    chosen = []
    for span in sorted(spans, key=lambda s: (-s.score, s.first)):
        words = range(span.first, span.last + 1)
        if span.score > 0 and not taken.intersection(words):
            taken.update(words)
            chosen.append(span)
    return sorted(chosen, key=lambda s: s.first)


def toponyms(document: Document) -> list[Span]:
    """The names of places in a report, in the order of the text."""
    table = weights("toponym_weights.tsv")
    spans = describe(document)
    for span in spans:
        span.score = score(span.cues, table)
    return choose(spans)
