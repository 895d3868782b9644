"""From a model's answer to claims: every value is found in the report, or it is not kept."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from reportedly.knowledge.actors import find_names
from reportedly.model.record import (
    Attribution,
    Claim,
    Event,
    Participant,
    Range,
    ReaderVersion,
    Rendering,
    Report,
    Source,
    Span,
    Status,
    Time,
    Toll,
)
from reportedly.reading.identity import claim_id, text_digest
from reportedly.reading.language_model.answer import AnsweredClaim, AnsweredParty
from reportedly.reading.language_model.grounds import Grounds
from reportedly.reading.language_model.quotations import Found, Quotations

_AHEAD: Final = frozenset({"planned", "predicted", "demanded", "conditional"})
_TOLD_OR_FORETOLD: Final = frozenset({"occurred", "planned", "predicted"})
_FAR: Final = 1_500
"""Characters from the sentence that a model names in which its trigger is looked for, where that sentence does not have it."""


class Grounding:
    """Holds a model's claims to one report's words. `dropped` counts by reason what was not kept."""

    def __init__(self, report: Report, grounds: Grounds, reader: ReaderVersion) -> None:
        self.grounds = grounds
        self.reader = reader
        self.outlet = report.outlet
        self.text = report.text
        self.quotations = Quotations(report.text)
        self.dropped: Counter[str] = Counter()
        self._digest = text_digest(report.text)
        self._seen: set[tuple[object, ...]] = set()

    def claim(self, answered: AnsweredClaim, own: range) -> Claim | None:
        """The claim as far as the report's words bear it; None where its trigger, its sentence or its denial is not there.

        own: numbers of the sentences that were to be coded; claims of others are those of the part before.
        """
        place = self._trigger(answered)
        if place is None:
            self.dropped["words that the report does not have"] += 1
            return None
        number, trigger, how = place
        if number not in own:
            return None
        event = answered.event
        if event is None or not self.grounds.can_tell(trigger, event[0]):
            self.dropped["words that tell of no such event"] += 1
            return None
        sentence = self.grounds.sentences[number - 1]
        notes: list[str] = []
        self._note(notes, answered.trigger, trigger, how)
        sources = self._sources(answered, sentence, trigger, notes)
        status = self._status(answered, sentence, trigger, sources, notes)
        if status is None:
            return None
        actors = self._parties(answered.actors, sentence, notes)
        recipients = [p for p in self._parties(answered.recipients, sentence, notes) if p not in actors]
        claim = Claim.model_construct(
            id=claim_id(self._digest, trigger, event[0], status, sources[-1].source),
            sentence=sentence,
            trigger=trigger,
            event=Event.model_construct(type=event[0], mode=event[1]),
            actors=tuple(actors),
            recipients=tuple(recipients),
            means=tuple(self._spans(answered.means, sentence, notes)),
            targets=tuple(self._spans(answered.targets, sentence, notes)),
            toll=self._toll(answered, sentence, notes),
            places=tuple(self.grounds.places(self._spans(answered.places, sentence, notes, anywhere=True))),
            time=self._time(answered, sentence, notes),
            status=status,
            attribution=tuple(sources),
            wording=tuple(self.grounds.wording(sentence)),
            notes=tuple(notes),
            confidence=None,
            rendering=self._rendering(answered, sentence),
        )
        key = (trigger.start, event, status.kind, status.polarity, sources[-1].source.name, sources[-1].source.type)
        if key in self._seen:
            return None
        self._seen.add(key)
        return claim

    # ── finding

    def _trigger(self, answered: AnsweredClaim) -> tuple[int, Span, Found] | None:
        """Number of the sentence, the trigger in it, and how it was found: in the sentence that the model names, else where it stands alone."""
        sentences = self.grounds.sentences
        if 1 <= answered.s <= len(sentences):
            found = self.quotations.find(answered.trigger, sentences[answered.s - 1], only_near=True)
            if found is not None:
                return answered.s, found.span, found
        places = self.quotations.everywhere(answered.trigger)
        near = [f for f in places if abs(f.span.start - self._start_of(answered.s)) <= _FAR]
        if len(near) != 1:
            return None
        span = near[0].span
        number = next((k for k, s in enumerate(sentences, 1) if s.start <= span.start and span.end <= s.end), None)
        return (number, span, near[0]) if number is not None else None

    def _start_of(self, number: int) -> int:
        sentences = self.grounds.sentences
        return sentences[min(max(number, 1), len(sentences)) - 1].start if sentences else 0

    def _find(self, quote: str, sentence: Span, notes: list[str], anywhere: bool = False) -> Span | None:
        found = self.quotations.find(quote, sentence, only_near=not anywhere)
        if found is None:
            self.dropped["values that the report does not have"] += 1
            return None
        self._note(notes, quote, found.span, found)
        return found.span

    def _note(self, notes: list[str], quote: str, span: Span, found: Found) -> None:
        if found.how != "exact":
            notes.append(f"“{span.text}” stands for the model's “{quote}” ({found.how} match)")

    def _spans(self, quotes: Iterable[str], sentence: Span, notes: list[str], anywhere: bool = False) -> list[Span]:
        spans = (self._find(q, sentence, notes, anywhere) for q in quotes)
        return list(dict.fromkeys(s for s in spans if s is not None))

    # ── the fields

    def _parties(self, answered: Iterable[AnsweredParty], sentence: Span, notes: list[str]) -> list[Participant]:
        found: dict[tuple[str, str | None], Participant] = {}
        for party in answered:
            words = self._find(party.words, sentence, notes, anywhere=True)
            if words is None:
                continue
            if not sentence.start <= words.start < sentence.end:
                notes.append(f"“{words.text}” is named in another sentence")
            stands_for = self._find(party.stands_for, sentence, notes, anywhere=True) if party.stands_for else None
            for participant in self.grounds.participants(words, stands_for):
                found.setdefault((participant.name, participant.actor), participant)
        return list(found.values())

    def _sources(self, answered: AnsweredClaim, sentence: Span, trigger: Span, notes: list[str]) -> list[Attribution]:
        outlet = Source.model_construct(name=self.outlet, mention=None, type="outlet", anonymous=False, actor=None)
        links = [Attribution.model_construct(source=outlet, cue=None, quote=None)]
        for said in answered.sources:
            words = self._find(said.words, sentence, notes, anywhere=True)
            if words is None or said.type == "outlet" or self._is_outlet(words.text):
                continue
            stands_for = self._find(said.stands_for, sentence, notes, anywhere=True) if said.stands_for else None
            mention = stands_for or words
            who = self.grounds.participants(mention, None)
            last = links[-1].source
            if last.mention == mention:
                continue
            source = Source.model_construct(
                name=who[0].name if said.named and who else None,
                mention=mention,
                type=said.type,
                anonymous=not (said.named and who),
                actor=who[0].actor if said.named and who else None,
            )
            if source.name is not None and source.name == last.name:
                # A part of whom the link before names ("its Northern Command") goes by its own words.
                source = source.model_copy(update={"name": mention.text, "actor": None})
            cue = self._find(said.cue, sentence, notes, anywhere=True) if said.cue else None
            links.append(Attribution.model_construct(source=source, cue=cue, quote=self.grounds.quote(trigger)))
        return links

    def _is_outlet(self, words: str) -> bool:
        return self.outlet is not None and _plain(words) == _plain(self.outlet)

    def _status(
        self, answered: AnsweredClaim, sentence: Span, trigger: Span, sources: list[Attribution], notes: list[str]
    ) -> Status | None:
        phrase = self._find(answered.phrase, sentence, notes, anywhere=True) if answered.phrase else None
        if answered.denied:
            cue = sources[-1].cue
            if not any(self.grounds.has_denial(stretch) for stretch in (sentence, phrase, cue) if stretch is not None):
                self.dropped["denials without a word of denial"] += 1
                return None
        elif answered.kind in _TOLD_OR_FORETOLD and self.grounds.is_negated(trigger):
            self.dropped["events that their sentence negates"] += 1
            return None
        return Status.model_construct(
            kind=answered.kind, polarity="-" if answered.denied else "+", certainty=answered.certainty, phrase=phrase
        )

    def _toll(self, answered: AnsweredClaim, sentence: Span, notes: list[str]) -> Toll:
        found: dict[str, Range | None] = {}
        for kind in ("killed", "injured", "captured", "displaced"):
            quote = getattr(answered.toll, kind)
            words = self._find(quote, sentence, notes) if quote else None
            found[kind] = self.grounds.people(words) if words is not None else None
            if words is not None and found[kind] is None:
                self.dropped["tolls without a number"] += 1
        return Toll(**found)

    def _time(self, answered: AnsweredClaim, sentence: Span, notes: list[str]) -> Time | None:
        if not answered.time:
            return None
        words = self._find(answered.time, sentence, notes, anywhere=True)
        return self.grounds.time(words, answered.kind in _AHEAD) if words is not None else None

    def _rendering(self, answered: AnsweredClaim, sentence: Span) -> Rendering | None:
        """The model's own English, unless it has a figure that the sentence, or a name that the report does not have."""
        if not answered.english:
            return None
        text = " ".join(answered.english.split())
        told = {int(figure) for figure in re.findall(r"\b\d{1,9}\b", text.replace(",", ""))}
        named = {match.actors for match in find_names(re.findall(r"\w+|[^\w\s]", text))}
        known = self.grounds.actors()
        if told - self.grounds.figures(sentence) or any(not known & {a.id for a in actors} for actors in named):
            self.dropped["renderings with figures or names of their own"] += 1
            return None
        return Rendering(text=text, by=self.reader)


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ").strip()
