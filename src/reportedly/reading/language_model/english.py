"""Resolves quoted words of a report in English, by the layers that the built-in readers use."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportedly.model.record import Participant, Place, Quote, Range, Span, Time
from reportedly.reading.names import names_of
from reportedly.reading.place_and_time_records import Days, place_records
from reportedly.reading.place_mentions import PlaceMention
from reportedly.reading.place_resolution import rank
from reportedly.reading.syntax import Document, Word
from reportedly.reading.tolls import number_of, range_in
from reportedly.reading.when import TimeMention
from reportedly.reading.who import Party, Resolver
from reportedly.reading.who_says import quote_kind
from reportedly.reading.wording import LoadedWords

_DENIAL: Final = re.compile(
    r"\b(?:not?|never|nor|none|nobody|neither|without|cannot|fail\w*|den(?:y|ie[sd]|ying|ial)s?|reject\w*|refus\w*|refut\w*|dismiss\w*|"
    r"rul\w+ out|disput\w*|contradict\w*|contrary|declin\w*|untrue|false\w*|baseless|unfounded|fabricat\w*|rumou?rs?|lies?|dis(?:own|avow)\w*|"
    r"halt\w*|stop\w*|suspend\w*|prevent\w*|abstain\w*|refrain\w*|avoid\w*|instead|yet to|lack\w*|miss\w*|ha(?:s|ve|d) yet)\b|n['’]t\b",
    re.IGNORECASE,
)
_MERELY: Final = frozenset({"only", "just", "merely", "simply", "least"})
_DETERMINERS: Final = re.compile(r"^(?:the|an?|its|their|his|her|our|these|those|this|that)\s+", re.IGNORECASE)
_STANDING_IN: Final = frozenset(
    "it its itself they them their themselves he she him her his hers we us our i my who which that those these this both one".split()
)


class EnglishGrounds:
    """Words of one parsed report, after the rule layers have gone over it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sentences: Sequence[Span] = [document.span(s.first, s.last) for s in document.sentences]
        self._starts = [w.start for w in document.words]
        self._resolver: Resolver = document.layers["who"]
        self._days = Days(document)
        self._resolved: set[str] = set()

    def _words(self, span: Span) -> list[Word]:
        first = max(0, bisect_right(self._starts, span.start) - 1)
        words = self.document.words[first : bisect_left(self._starts, span.end)]
        return [w for w in words if w.end > span.start]

    def _head(self, span: Span) -> Word | None:
        """The word that the others of a stretch depend on; a noun or name rather than what stands before it."""
        words = self._words(span)
        inside = {w.i for w in words}
        tops = [w for w in words if w.head is w or w.head.i not in inside]
        nominal = [w for w in tops if w.pos in ("NOUN", "PROPN", "PRON", "NUM") or w.tag in ("DT", "PRP$")]
        return next(iter(nominal or tops), None)

    # ── who

    def participants(self, words: Span, stands_for: Span | None) -> list[Participant]:
        parties = self._parties(words)
        unknown = not any(p.actor for p in parties)
        if stands_for is not None and (unknown or words.text.lower() in _STANDING_IN):
            parties = self._parties(stands_for) or parties
        self._resolved |= {p.actor for p in parties if p.actor}
        self._resolved |= {p.country for p in parties if p.country}
        found: dict[str, Participant] = {}
        for party in parties:
            found.setdefault(
                party.name,
                Participant.model_construct(
                    mention=words, name=party.name, actor=party.actor, sector=party.sector, country=party.country
                ),
            )
        return list(found.values())

    def _parties(self, words: Span) -> list[Party]:
        head = self._head(words)
        found = self._resolver.parties(head) if head is not None else []
        if not found or (len(found) == 1 and found[0].actor is None and self._is_own(found[0], words)):
            known = found[0] if found else Party(0, 0, words.text)
            return [replace(known, name=_bare(words.text))]
        return found

    def _is_own(self, party: Party, words: Span) -> bool:
        """Whether a party is called by the very words at hand, so that the quotation bounds its name."""
        start, end = self.document.words[party.first].start, self.document.words[party.last].end
        return start < words.end and end > words.start and words.text.lower() not in _STANDING_IN

    # ── where and when

    def places(self, words: Sequence[Span]) -> list[Place]:
        mentions: list[PlaceMention] = []
        for span in words:
            mention = self._mention(span)
            if mention is not None and mention not in mentions:
                mentions.append(mention)
        return place_records(self.document, mentions, [])

    def _mention(self, span: Span) -> PlaceMention | None:
        inside = self._words(span)
        if not inside:
            return None
        first, last = inside[0].i, inside[-1].i
        best: PlaceMention | None = None
        for layer in ("places", "toponyms"):
            for mention in self.document.layers[layer]:
                if mention.first <= last and first <= mention.last and (best is None or best.resolved is None):
                    best = mention
        if best is not None:
            return best
        head = self._head(span) or inside[-1]
        name = _bare(span.text)
        mention = PlaceMention(head, first, last, name, "place", None)
        if name[:1].isupper():
            home = self._resolver.names.home_at(self.document, head)
            hit = rank(name, home).best
            if hit is not None and (home is None or hit.country in (home, None)):
                mention.resolved, mention.admin1 = hit, hit.admin1
                mention.precision = hit.kind if hit.kind != "place" else "place"
        return mention

    def time(self, words: Span, future: bool) -> Time:
        inside = self._words(words)
        first, last = (inside[0].i, inside[-1].i) if inside else (0, -1)
        times: list[TimeMention] = [t for t in self.document.layers["times"] if t.first <= last and first <= t.last]
        dated = [t for t in times if t.dates_events] or times
        if not dated:
            return Time.model_construct(mention=words, start=None, end=None, precision="vague")
        longest = max(dated, key=lambda t: (min(t.last, last) - max(t.first, first), -t.first))
        return self._days.record(longest, future or longest.ahead)

    # ── how many, and how it is said

    def people(self, words: Span) -> Range | None:
        inside = self._words(words)
        return range_in(self.document, inside[0].i, inside[-1].i) if inside else None

    def figures(self, stretch: Span) -> set[int]:
        words = self._words(stretch)
        figures = {int(f) for w in words for f in re.findall(r"\d{1,9}", w.text.replace(",", ""))}
        return figures | {n for w in words if (n := number_of(w)) is not None}

    def actors(self) -> frozenset[str]:
        named = {actor.id for match in names_of(self.document).matches for actor in match.actors}
        return frozenset(named | self._resolved)

    def is_negated(self, trigger: Span) -> bool:
        return any(
            child.dep == "neg" and child.i < word.i and self.document.words[child.i + 1].lower not in _MERELY
            for word in self._words(trigger)
            if word.is_verb
            for child in word.children
        ) or any(
            child.lower == "no" and child.dep == "det"
            for word in self._words(trigger)
            if word.pos == "NOUN"
            for child in word.children
        )

    def has_denial(self, stretch: Span) -> bool:
        return _DENIAL.search(stretch.text) is not None

    def quote(self, trigger: Span) -> Quote:
        words = self._words(trigger)
        return quote_kind(self.document, words[0].i) if words else "indirect"

    def wording(self, sentence: Span) -> list[Span]:
        found: list[LoadedWords] = self.document.layers["wording"]
        spans = [self.document.span(w.first, w.last) for w in found]
        return [s for s in spans if sentence.start <= s.start and s.end <= sentence.end]


def _bare(text: str) -> str:
    """A name without the article before it."""
    return _DETERMINERS.sub("", text.strip("\"“”‘’' ")) or text
