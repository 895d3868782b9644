"""Resolves quoted words of a report in English, by the layers that the built-in readers use."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportedly.knowledge.actors import described_actor
from reportedly.model.record import Participant, Place, Quote, Range, Span, Time
from reportedly.reading.names import names_of
from reportedly.reading.place_and_time_records import Days, place_records
from reportedly.reading.place_mentions import PlaceMention
from reportedly.reading.place_resolution import rank
from reportedly.reading.syntax import Document, Word, conjuncts, phrase_bounds
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
_TELLING: Final = frozenset({"VERB", "NOUN", "ADJ", "PROPN", "AUX", "ADV"})
_SAYING: Final = frozenset({"say", "tell", "add", "state", "note", "explain", "remark", "comment", "report"})
_IN_WORDS: Final = frozenset("AGREE CONSULT COOPERATE SUPPORT CONCEDE REQUEST ACCUSE REJECT THREATEN".split())
"""Types of what is done by words."""
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

    def _members(self, span: Span) -> list[Span]:
        """The members of a list, "two officers and a driver"; a name with "and" in it is one."""
        head = self._head(span)
        if head is None:
            return [span]
        named = names_of(self.document).by_word
        words = self._words(span)
        beside = {w.i for w in words if w.dep == "conj" and w.pos in ("NOUN", "PROPN", "NUM") and w.head not in words}
        inside = [w for w in words if w in conjuncts(head) or w.i in beside]
        if len(inside) < 2 or any(named.get(w.i) is not None and named[w.i] is named.get(head.i) for w in inside[1:]):
            return [span]
        starts = [max(span.start, self.document.words[w.left if w is not head else w.i].start) for w in inside]
        found: list[Span] = []
        for k, word in enumerate(inside):
            start = span.start if k == 0 else starts[k]
            before = [
                w for w in self._words(span) if word.i <= w.i and (k + 1 == len(inside) or w.start < starts[k + 1])
            ]
            while len(before) > 1 and (before[-1].dep in ("cc", "punct") or before[-1].text in (",", "and")):
                before.pop()
            found.append(self.document.span(self._words_from(start), before[-1].i))
        return found

    def _words_from(self, start: int) -> int:
        return max(0, bisect_right(self._starts, start) - 1)

    # ── who

    def participants(self, words: Span, stands_for: Span | None) -> list[Participant]:
        found: dict[str, Participant] = {}
        for member in self._members(words):
            parties = self._parties(member)
            unknown = not any(p.actor for p in parties)
            if stands_for is not None and (unknown or member.text.lower() in _STANDING_IN):
                parties = [p for m in self._members(stands_for) for p in self._parties(m)] or parties
            self._resolved |= {known for p in parties for known in (p.actor, p.country) if known}
            for party in parties:
                found.setdefault(
                    party.name,
                    Participant.model_construct(
                        mention=member, name=party.name, actor=party.actor, sector=party.sector, country=party.country
                    ),
                )
        return list(found.values())

    def _parties(self, words: Span) -> list[Party]:
        head = self._head(words)
        found = self._resolver.parties(head) if head is not None else []
        if found and head is not None and self._reaches_out(head, words):
            # The parse ties these words to a name beside them that the quotation leaves out.
            meant = described_actor(words.text, self._resolver.names.home_at(self.document, head))
            known = (meant.id, meant.sector, meant.country) if meant is not None else (None, None, None)
            return [Party(head.i, head.i, meant.name if meant is not None else _bare(words.text), *known)]
        if not found or (len(found) == 1 and found[0].actor is None and self._is_own(found[0], words)):
            known_party = found[0] if found else Party(0, 0, words.text)
            return [replace(known_party, name=_bare(words.text))]
        return found

    def _reaches_out(self, head: Word, words: Span) -> bool:
        """Whether a name outside the quotation, but in the same phrase, decides whom its head stands for."""
        named = names_of(self.document).by_word
        first, last = phrase_bounds(head)
        outside = [w for w in self.document.words[first : last + 1] if w.end <= words.start]
        inside = [w for w in self._words(words) if w.i in named]
        return not inside and any(w.i in named for w in outside)

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
        return self._days.record(longest, future)

    # ── how many, and how it is said

    def people(self, words: Span) -> Range | None:
        counted = []
        for member in self._members(words):
            inside = self._words(member)
            if inside and (count := range_in(self.document, inside[0].i, inside[-1].i)) is not None:
                counted.append(count)
        if len(counted) < 2:
            return counted[0] if counted else None
        lows, highs = [c.low for c in counted if c.low is not None], [c.high for c in counted if c.high is not None]
        return Range(
            low=sum(lows) if lows else None, high=sum(highs) if len(highs) == len(counted) else None, mention=words
        )

    def figures(self, stretch: Span) -> set[int]:
        words = self._words(stretch)
        figures = {int(f) for w in words for f in re.findall(r"\b\d{1,9}\b", w.text.replace(",", ""))}
        return figures | {n for w in words if (n := number_of(w)) is not None}

    def actors(self) -> frozenset[str]:
        named = {actor.id for match in names_of(self.document).matches for actor in match.actors}
        return frozenset(named | self._resolved)

    def can_tell(self, trigger: Span, event_type: str) -> bool:
        words = [w for w in self._words(trigger) if w.pos in _TELLING]
        named = names_of(self.document).by_word
        places = {i for m in self.document.layers["places"] for i in range(m.first, m.last + 1)}
        if all(w.pos == "PROPN" and (w.i in named or w.i in places) for w in words):
            return False
        return event_type in _IN_WORDS or not all(w.lemma in _SAYING for w in words)

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
