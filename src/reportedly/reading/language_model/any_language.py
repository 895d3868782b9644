"""Resolves quoted words of a report in any language, by tables alone: no grammar is at hand there, and none is guessed."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

import dateparser
import spacy

from reportedly.knowledge.actors import Actor, find_names
from reportedly.knowledge.other_languages import NameHere, has_any, is_known, names_among, value_at
from reportedly.knowledge.spelling import fold
from reportedly.model.record import Participant, Place, Quote, Range, Report, Span, Time
from reportedly.reading.place_resolution import rank

_WORD: Final = re.compile(r"\w[\w'’]*|\d+")
_NUMBER: Final = re.compile(r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d{1,7}")
_NEAR_BEFORE: Final = 3
"""Words before a trigger among which a negation is its own."""


@cache
def _splitter() -> Any:
    nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 10**8
    return nlp


def sentences_of(text: str) -> list[Span]:
    """The sentences of a text in any language; a line ends one."""
    found: list[Span] = []
    at = 0
    for line in text.splitlines(keepends=True):
        for sentence in _splitter()(line).sents:
            words = sentence.text.strip()
            if words:
                start = at + sentence.start_char + sentence.text.index(words[0])
                found.append(Span.model_construct(start=start, end=start + len(words), text=words))
        at += len(line)
    return found


class TableGrounds:
    """Words of a report, by the tables of names, numbers, negations and days; what they do not know stays as it is quoted."""

    def __init__(self, report: Report, language: str) -> None:
        self.language = language
        self.text = report.text
        self.sentences: Sequence[Span] = sentences_of(report.text)
        self._dateline = date.fromisoformat(report.published[:10]) if report.published else None
        named = [n for s in self.sentences for n in self._names(s.text)]
        self._actors = frozenset(n.actor.id for n in named)
        countries = Counter(n.actor.country for n in named if n.actor.country and n.actor.sector != "JRN")
        self._home = countries.most_common(1)[0][0] if countries else None

    def _names(self, text: str) -> list[NameHere]:
        """The registry's names among words: by the language's own table, else as English has them ("M23", "Boko Haram")."""
        words = _WORD.findall(text)
        found = names_among(words, self.language)
        taken = {i for n in found for i in range(n.first, n.last + 1)}
        for match in find_names(words):
            if match.use in ("actor", "country") and not taken & set(range(match.start, match.end)):
                best = next((a for a in match.actors if a.country == self._country), match.actors[0])
                found.append(NameHere(match.start, match.end - 1, best))
        return sorted(found, key=lambda n: n.first)

    @property
    def _country(self) -> str | None:
        return getattr(self, "_home", None)

    # ── who

    def participants(self, words: Span, stands_for: Span | None) -> list[Participant]:
        actors = self._actors_in(words) or (self._actors_in(stands_for) if stands_for is not None else [])
        if actors:
            return [
                Participant.model_construct(mention=words, name=a.name, actor=a.id, sector=a.sector, country=a.country)
                for a in actors
            ]
        name = (stands_for or words).text.strip(" \"'“”«».,")
        return [Participant.model_construct(mention=words, name=name, actor=None, sector=None, country=None)]

    def _actors_in(self, words: Span) -> list[Actor]:
        """Whom words name: groups and armies rather than the states in their names."""
        named = [n.actor for n in self._names(words.text)]
        bodies = [a for a in named if a.id != a.country]
        return list(dict.fromkeys(bodies or named))

    def actors(self) -> frozenset[str]:
        return self._actors

    # ── where and when

    def places(self, words: Sequence[Span]) -> list[Place]:
        found: list[Place] = []
        for span in words:
            place = self._place(span)
            contained = any(p.admin1 is not None and fold(p.admin1) == fold(place.name) for p in found)
            if not contained and all(place.name != p.name for p in found):
                found.append(place)
        return found

    def _place(self, span: Span) -> Place:
        for name in self._spellings(span.text):
            hit = rank(name, self._home).best
            if hit is not None and (self._home is None or hit.country in (self._home, None)):
                return Place.model_construct(
                    mention=span, name=hit.name, geonames=hit.geonames, country=hit.country, admin1=hit.admin1, pcode=hit.pcode,
                    lat=hit.lat, lon=hit.lon, precision=hit.kind,
                )  # fmt: skip
        state = next((n.actor for n in self._names(span.text) if n.actor.id == n.actor.country), None)
        if state is not None:
            return Place.model_construct(
                mention=span, name=state.name, geonames=None, country=state.country, admin1=None, pcode=None, lat=None,
                lon=None, precision="country",
            )  # fmt: skip
        return Place.model_construct(
            mention=span, name=span.text, geonames=None, country=None, admin1=None, pcode=None, lat=None, lon=None,
            precision="place",
        )  # fmt: skip

    def _spellings(self, text: str) -> list[str]:
        """A place's name as quoted, and without what is joined to it or stands around it ("in the town of")."""
        words = text.split()
        while len(words) > 1 and value_at(words, 0, self.language, "place_word"):
            words = words[1:]
        bare = " ".join(words)
        found = [text, bare]
        if self.language == "ar":
            found += [bare[k:] for k in (1, 2) if len(bare) > k + 2 and bare[0] in "وبلفك"]
        if self.language in ("ru", "uk") and len(bare) > 4:
            found += [bare[:-1] + ending for ending in ("", "а", "я", "ь", "о", "е")]
        return list(dict.fromkeys(found))

    def time(self, words: Span, future: bool) -> Time:
        day = self._day(words.text, future) if self._dateline is not None else None
        shown = day.isoformat() if day is not None else None
        return Time.model_construct(mention=words, start=shown, end=shown, precision="day" if day else "vague")

    def _day(self, text: str, future: bool) -> date | None:
        assert self._dateline is not None
        words = _WORD.findall(text)
        if not any(c.isdecimal() for c in text):
            for at in range(len(words)):
                if (hit := value_at(words, at, self.language, "day")) is not None:
                    return self._dateline + timedelta(days=int(hit[1]))
                if (hit := value_at(words, at, self.language, "weekday")) is not None:
                    back = (self._dateline.weekday() - int(hit[1])) % 7
                    return self._dateline + timedelta(days=(7 - back) % 7 if future else -back)
            return None
        found = dateparser.parse(
            _western(text), languages=[self.language] if self.language in _DATED else None,
            settings={
                "RELATIVE_BASE": datetime.combine(self._dateline, datetime.min.time()), "REQUIRE_PARTS": ["day", "month"],
                "PREFER_DATES_FROM": "future" if future else "past", "RETURN_AS_TIMEZONE_AWARE": False,
            },
        )  # fmt: skip
        return found.date() if found is not None else None

    # ── how many, and how it is said

    def people(self, words: Span) -> Range | None:
        count, vague = self._count(words.text)
        if count is None:
            return None
        tokens = _WORD.findall(words.text)
        if vague or has_any(tokens, self.language, "at_least"):
            return Range.model_construct(low=count, high=None, mention=words)
        if has_any(tokens, self.language, "at_most"):
            return Range.model_construct(low=None, high=count, mention=words)
        return Range.model_construct(low=count, high=count, mention=words)

    def _count(self, text: str) -> tuple[int | None, bool]:
        """The one number that words hold, and whether it is only the least that is meant ("dozens"); none where there are several."""
        figures = [int(re.sub(r"\D", "", f)) for f in _NUMBER.findall(_western(text))]
        if figures:
            return (figures[0], False) if len(figures) == 1 else (None, False)
        tokens = _WORD.findall(text)
        for at in range(len(tokens)):
            if (hit := value_at(tokens, at, self.language, "dozens")) is not None:
                return int(hit[1]), True
        spelled = [int(hit[1]) for at in range(len(tokens)) if (hit := value_at(tokens, at, self.language, "number"))]
        return (spelled[0], False) if len(spelled) == 1 else (None, False)

    def figures(self, stretch: Span) -> set[int]:
        tokens = _WORD.findall(stretch.text)
        spelled = {int(hit[1]) for at in range(len(tokens)) if (hit := value_at(tokens, at, self.language, "number"))}
        plain = {int(f) for f in re.findall(r"\d{1,9}", _western(stretch.text))}
        return plain | spelled | {int(re.sub(r"\D", "", f)) for f in _NUMBER.findall(_western(stretch.text))}

    def can_tell(self, trigger: Span, _: str, /) -> bool:
        names = [n for n in self._names(trigger.text) if n.first == 0]
        words = _WORD.findall(trigger.text)
        return any(len(w) > 1 and not w.isdecimal() for w in words) and not any(n.last == len(words) - 1 for n in names)

    def is_negated(self, trigger: Span) -> bool:
        sentence = next((s for s in self.sentences if s.start <= trigger.start < s.end), trigger)
        before = _WORD.findall(self.text[sentence.start : trigger.start])[-_NEAR_BEFORE:]
        return has_any(before[-1:], self.language, "negation")

    def has_denial(self, stretch: Span) -> bool:
        if not is_known(self.language):
            return True  # only that the model's words of denial are there can be checked
        return has_any(_WORD.findall(stretch.text), self.language, "negation", "denial")

    def quote(self, trigger: Span) -> Quote:
        sentence = next((s for s in self.sentences if s.start <= trigger.start < s.end), trigger)
        before = self.text[sentence.start : trigger.start]
        inside = sum(c in "“«„" for c in before) > sum(c in "”»" for c in before) or before.count('"') % 2 == 1
        return "direct" if inside else "mixed" if any(c in sentence.text for c in '“”«»"') else "indirect"

    def wording(self, _: Span, /) -> list[Span]:
        """The table of loaded words is English."""
        return []


_DATED: Final = frozenset({"ar", "fr", "es", "ru", "uk", "pt", "de", "tr", "fa", "he", "it", "nl", "sw", "hi", "zh"})


def _western(text: str) -> str:
    """A text with all its digits as 0 to 9."""
    return "".join(str(int(c)) if c.isdecimal() else c for c in text)
