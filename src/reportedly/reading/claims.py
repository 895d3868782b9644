"""The `claims` component: puts what the layers found together into claim records."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from reportedly.knowledge.reporting import source_types
from reportedly.model.plover import HOSTILE
from reportedly.model.record import (
    Attribution,
    Claim,
    Event,
    Participant,
    Source,
    Span,
    Status,
    Time,
)
from reportedly.reading.drafts import Draft
from reportedly.reading.events import EventMention
from reportedly.reading.identity import claim_id, text_digest
from reportedly.reading.names import classes
from reportedly.reading.place_and_time_records import Days, place_records
from reportedly.reading.slots import slot_fillers
from reportedly.reading.sources import Origin, Origins
from reportedly.reading.syntax import Document, Word, objects, phrase_bounds
from reportedly.reading.tolls import stated_toll, toll_of
from reportedly.reading.when import dateline_of
from reportedly.reading.where_and_when import settled_by_rules
from reportedly.reading.who import MEMBERS, Party, Resolver
from reportedly.reading.who_says import Attributed, quote_kind
from reportedly.reading.wording import LoadedWords

_ANIMATE: Final = frozenset(
    "person civilian armed group state official igo government police protester crowd troops delegation resident "
    "family worker student clergy prisoner employee aid_agency diplomat displaced media journalist".split()
)


_BARE_COUNTS: Final = frozenset({"dozens", "hundreds", "scores", "thousands", "others", "more"})
_TO_WHOM: Final = frozenset(
    "ACCUSE REQUEST REJECT THREATEN SUPPORT SANCTION CONCEDE AID CONSULT AGREE COOPERATE".split()
)
"""Acts towards somebody: an unknown name in their object slot is a party, not a place."""


class Claims:
    """Puts claims together. Input: all layers. Output: layer "claims" (records) and "why" (reasons by claim id)."""

    name = "claims"

    def __call__(self, document: Document) -> None:
        drafts: list[Draft] | None = document.layers.get("drafts")
        if drafts is None:
            drafts = settled_by_rules(document)
        builder = _Builder(document)
        claims: list[Claim] = []
        why: dict[str, dict[str, list[str]]] = {}
        seen: set[tuple[object, ...]] = set()
        for draft in sorted(drafts, key=lambda d: d.event.first):
            claim = builder.claim(draft)
            last = claim.attribution[-1].source
            same = (
                claim.sentence.start, claim.event.type, claim.event.mode, claim.status.kind, claim.status.polarity, last.name, last.type,
                draft.event.head.lemma, tuple(p.name for p in claim.actors), tuple(p.name for p in claim.recipients),
            )  # fmt: skip
            if same in seen:
                continue
            seen.add(same)
            claims.append(claim)
            why[claim.id] = draft.why
        document.layers["claims"] = claims
        document.layers["why"] = why


@dataclass(frozen=True, slots=True)
class _Dated:
    """Violence that the report has dated, and who took part in it."""

    event: EventMention
    time: Time
    who: frozenset[str]


_CARRIED_OVER: Final = 3
"""Sentences over which a time carries to what goes on about the same violence."""
_DEED_NOUNS: Final = frozenset(
    "attack blast explosion raid strike ambush clash fighting shelling bombing assault shooting violence battle airstrike incident "
    "killing assassination massacre".split()
)

_CRAFT: Final = frozenset({"aircraft", "ship", "vehicle"})
_MUNITIONS: Final = frozenset({"projectile", "explosive", "attack", "fire", "document"})
_OWN_NAMES: Final = frozenset(
    "agency newspaper paper daily weekly monitor observer journal tribune radio network".split()
)
"""What an outlet calls itself by, where its name ends so: "the agency learned"."""


def _identities(actors: Iterable[Participant], recipients: Iterable[Participant]) -> frozenset[str]:
    return frozenset(p.actor or p.name.lower() for p in (*actors, *recipients))


class _Builder:
    """Turns drafts into records, within one report."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.resolver: Resolver = document.layers["who"]
        self.origins = Origins(document, self.resolver)
        self.outlet = document.report.outlet
        self.days = Days(document)
        self.dated: list[_Dated] = []
        times = (t for t in document.layers["times"] if t.dates_events)
        self.timed_sentences = {document.words[t.first].sentence for t in times}
        self.digest = text_digest(document.report.text)

    def claim(self, draft: Draft) -> Claim:
        event = draft.event
        attribution = self._attribution(draft)
        status = self._status(draft, attribution)
        actors, recipients, targets = self._participants(draft)
        sentence = self.document.sentence_of(event.head)
        trigger = self.document.span(event.first, event.last)
        places = place_records(self.document, draft.places, draft.why.setdefault("where", []))
        time = self._time(draft, status) or self._carried_time(draft, status, actors, recipients)
        if (
            time is not None
            and status.kind == "occurred"
            and event.type in HOSTILE
            and time.precision in ("day", "hour")
            and time.start
        ):
            self.dated.append(_Dated(event, time, _identities(actors, recipients)))
        notes: list[str] = []
        draft.why.setdefault("what", []).insert(0, f"{event.type}{'/' + event.mode if event.mode else ''}: {event.why}")
        for part in event.merged:
            draft.why["what"].append(f"“{part.head.text}” tells of the same happening")
        draft.why.setdefault("how_said", []).extend(draft.status.reasons)
        return Claim.model_construct(
            id=claim_id(self.digest, trigger, event.type, status, attribution[-1].source),
            sentence=self.document.span(sentence.first, sentence.last),
            trigger=trigger,
            event=Event.model_construct(type=event.type, mode=event.mode),
            actors=tuple(actors),
            recipients=tuple(recipients),
            means=tuple(self._spans(event.roles.get("means", []))),
            targets=tuple(targets),
            toll=toll_of(self.document, event) if not draft.settled else stated_toll(self.document, event),
            places=tuple(places),
            time=time,
            status=status,
            attribution=tuple(attribution),
            wording=tuple(self._wording(sentence.first, sentence.last)),
            notes=tuple(notes),
            confidence=round(draft.confidence, 2) if draft.confidence is not None else None,
        )

    # ------------------------------------------------------------------ who says so

    def _outlet_link(self) -> Attribution:
        source = Source.model_construct(name=self.outlet, mention=None, type="outlet", anonymous=False, actor=None)
        return Attribution.model_construct(source=source, cue=None, quote=None)

    def _attribution(self, draft: Draft) -> list[Attribution]:
        links = [self._outlet_link()]
        why = draft.why.setdefault("who_says", [])
        for attributed in draft.chain:
            cue = self.document.span(attributed.cue_first, attributed.cue_last)
            for medium in attributed.medium:
                self._add(links, self.origins.of(medium), None, None)
            if attributed.source is None:
                continue
            origin = self.origins.of(attributed.source)
            quote = quote_kind(self.document, draft.event.head.i)
            self._add(links, origin, cue, quote)
            carried = " (carried over from earlier)" if attributed.carried_from else ""
            why.append(f"“{attributed.source.text}” by cue “{cue.text}”, {attributed.cue.stance}{carried}")
        demander = self._demander(draft)
        if demander is not None:
            word, cue_word = demander
            origin = self.origins.of(word)
            self._add(links, origin, self.document.span(cue_word.i, cue_word.i), "indirect")
            why.append(f"what is demanded is said by who demands it: “{word.text}”")
        elif draft.whose is not None and self._is_unknown(draft.chain, links[-1].source):
            kind, anonymous = draft.whose
            source = links[-1].source.model_copy(update={"type": kind, "anonymous": anonymous})
            links[-1] = links[-1].model_copy(update={"source": source})
        if len(links) == 1:
            why.append("in the outlet's own voice")
        return links

    def _add(self, links: list[Attribution], origin: Origin | None, cue: Span | None, quote: str | None) -> None:
        if origin is None or self._is_outlet(origin):
            return
        last = links[-1].source
        mention = self.document.span(origin.first, origin.last)
        if last.type != "outlet" and (
            (origin.name is not None and last.name == origin.name) or last.mention == mention
        ):
            return
        source = Source.model_construct(
            name=origin.name, mention=mention, type=origin.type, anonymous=origin.anonymous, actor=origin.actor
        )
        links.append(Attribution.model_construct(source=source, cue=cue, quote=quote))

    def _is_unknown(self, chain: list[Attributed], source: Source) -> bool:
        """Whether the tables tell nothing of a source, rather than that it is told of vaguely ("sources")."""
        word = chain[-1].source if chain else None
        return source.type == "unspecified" and word is not None and word.lemma not in source_types()

    def _is_outlet(self, origin: Origin) -> bool:
        mention = self.document.span(origin.first, origin.last).text
        if self.outlet is None:
            return mention.lower() in ("we", "our team", "us")
        plain = self.outlet.lower().removeprefix("the ")
        texts = [t.lower().removeprefix("the ") for t in (origin.name or "", mention) if t]
        if any(t == plain or (len(t) > 4 and t in plain.split() and t.istitle()) for t in texts):
            return True
        words = mention.split()
        last_of_outlet = self.outlet.split()[-1]
        return mention.lower() in ("we", "our team", "us") or (
            len(words) == 2
            and words[0].lower() == "the"
            and (words[1] == last_of_outlet or words[1] == last_of_outlet.lower() in _OWN_NAMES)
        )

    def _demander(self, draft: Draft) -> tuple[Word, Word] | None:
        """Who asks for what is demanded: the subject of "urged", the owner of "a demand by"."""
        verb = draft.status.demanded_by
        if draft.status.kind != "demanded" or verb is None:
            return None
        if verb.is_verb:
            fillers = slot_fillers(verb, "subj")
            return (fillers[0], verb) if fillers else None
        return verb, verb

    # ------------------------------------------------------------------ how it is said

    def _status(self, draft: Draft, attribution: list[Attribution]) -> Status:
        status, event = draft.status, draft.event
        if draft.settled:
            return self._as_status(status.kind, status.negative, status.certainty, status.phrase)
        kind, negative, certainty, phrase = status.kind, status.negative, status.certainty, status.phrase
        past = _told_as_past(event)
        for attributed in reversed(draft.chain):
            cue_word = self.document.words[attributed.cue_first]
            stance = attributed.cue.stance
            doubted = any(c.dep == "neg" for c in cue_word.children)
            if stance == "denies":
                negative = not negative
                phrase = cue_word
            elif doubted and stance in ("confirms", "says", "claims"):
                if cue_word.lemma in ("confirm", "verify", "corroborate", "substantiate", "say"):
                    certainty, phrase = "possible", cue_word
            if (
                attributed.cue.certainty
                and certainty == "stated"
                and not (stance in ("expects", "fears", "warns") and past)
            ):
                certainty = attributed.cue.certainty
                phrase = phrase or cue_word
            if attributed.cue.kind and kind == "occurred" and not past:
                kind, phrase = attributed.cue.kind, cue_word
            elif (attributed.cue.kind == "predicted" and kind == "planned" and status.future) or (
                stance == "warns" and kind == "planned" and status.future
            ):
                kind = "predicted"
            if attributed.carried_from is not None and kind in ("occurred", "demanded") and not past:
                kind = "planned"
            break
        if (
            kind == "planned"
            and status.future
            and event.type in HOSTILE
            and not self._says_it_of_itself(draft, attribution)
        ):
            kind = "predicted"
        if kind == "occurred" and self._window_is_ahead(draft):
            kind = "planned"
        return self._as_status(kind, negative, certainty, phrase)

    def _as_status(self, kind: str, negative: bool, certainty: str, phrase: Word | None) -> Status:
        span = self.document.span(phrase.i, phrase.i) if phrase is not None else None
        return Status.model_construct(kind=kind, polarity="-" if negative else "+", certainty=certainty, phrase=span)

    def _says_it_of_itself(self, draft: Draft, attribution: list[Attribution]) -> bool:
        """Whether the actor's own side says what it will do."""
        actors = [p for w in draft.event.roles.get("actor", []) for p in self.resolver.parties(w)]
        source = attribution[-1].source
        if source.type == "outlet" or not draft.chain or draft.chain[-1].source is None:
            return True
        sides = {p.actor or p.name for p in self.resolver.parties(draft.chain[-1].source)} | {source.actor, source.name}
        if not actors:
            return source.type in ("official", "military", "armed_group", "un")
        countries = {p.country for p in self.resolver.parties(draft.chain[-1].source)} - {None}
        if any((p.actor or p.name) in sides for p in actors):
            return True
        return source.type in ("official", "military", "armed_group") and bool(countries & {p.country for p in actors})

    def _window_is_ahead(self, draft: Draft) -> bool:
        dateline = dateline_of(self.document)
        if draft.time is None or dateline is None or draft.event.head.tag in ("VBD", "VBN"):
            return False
        start = draft.time.future_value.start
        ahead = draft.time.kind in ("coming units", "coming one") or any(
            w in draft.time.text.lower() for w in ("tomorrow", "next ")
        )
        return ahead and start is not None and start >= dateline

    # ------------------------------------------------------------------ who to whom

    def _participants(self, draft: Draft) -> tuple[list[Participant], list[Participant], list[Span]]:
        event = draft.event
        if draft.settled:
            return self._settled_participants(event)
        seen = [w for w in draft.seen.get("actor", []) if not self._is_munition(w)]
        doers = event.roles.get("actor", [])
        actors = [p for w in doers if self._can_act(w) or w in seen for p in self.resolver.parties(w)]
        actors = actors or self._users_of(doers) or self._crews(doers)
        actors = [p for p in actors if p.name.lower() not in ("one", "other", "another")]
        if not event.roles.get("actor"):
            actors += self._implied_actor(draft) or self._users_of(event.roles.get("means", []))
        retold = draft.retells.event if draft.retells is not None else None
        if retold is not None and not actors:
            actors = [p for w in retold.roles.get("actor", []) if self._can_act(w) for p in self.resolver.parties(w)]
            if actors:
                draft.why.setdefault("who", []).append(f"told again from “{retold.head.text}” before")
        if not actors and seen:
            actors = [p for w in seen for p in self.resolver.parties(w)]
            draft.why.setdefault("who", []).append("by whom, as learned from coded reports")
        recipients: list[Party] = []
        targets: list[Word] = []
        for word in event.roles.get("recipient", []):
            named = self.resolver.names.by_word.get(word.i)
            if (
                event.type == "CONSULT"
                and named is not None
                and named.use == "capital"
                and _is_place(self.document, word)
            ):
                continue  # "a visit to Sanaa": where, not whom
            if self._can_act(word) or word.lower in ("latter", "former"):
                recipients += self.resolver.parties(word)
        for role in ("patient", "target", "taken", "shot"):
            for word in event.roles.get(role, []):
                if word.lower in _BARE_COUNTS and not objects(word, "of"):
                    continue
                if word.lower in _BARE_COUNTS and any(
                    classes(self.document, o) & _ANIMATE for o in objects(word, "of")
                ):
                    recipients += self.resolver.parties(word)
                    continue
                if self._is_somebody(word, event.type, role) or _is_done_to_people(
                    event, word, classes(self.document, word)
                ):
                    recipients += self.resolver.parties(word)
                else:
                    targets.append(word)
                    recipients += self._owners(word)
        shown, names = {p.first for p in actors}, {p.name for p in actors}
        recipients = [p for p in recipients if p.first not in shown and p.name not in names]
        if event.type not in ("ASSAULT", "COERCE", "PROTEST", "RETREAT", "MOBILIZE"):
            targets = []
        draft.why.setdefault("who", []).extend(
            [f"{self.document.span(p.first, p.last).text!r} is {p.name}" for p in (*actors, *recipients)]
        )
        return self._records(actors), self._records(recipients), self._spans(targets)

    def _settled_participants(self, event: EventMention) -> tuple[list[Participant], list[Participant], list[Span]]:
        actors = [p for w in event.roles["actor"] for p in self.resolver.parties(w)]
        doers = {(p.first, p.name) for p in actors}
        recipients = [p for w in event.roles["recipient"] for p in self.resolver.parties(w)]
        others = [p for p in recipients if (p.first, p.name) not in doers]
        return self._records(actors), self._records(others), self._spans(event.roles["target"])

    def _users_of(self, means: list[Word]) -> list[Party]:
        """Whose weapons did it: "Ukrainian drones have struck", "the army's shells landed"."""
        for word in means:
            for child in word.children:
                if child.dep in ("amod", "compound", "nmod", "poss") and child.i in self.resolver.names.by_word:
                    found = self.resolver.parties(word) if word.lemma in MEMBERS else self.resolver.parties(child)
                    if found and (found[0].country or found[0].actor):
                        return found[:1]
        return []

    def _crews(self, doers: list[Word]) -> list[Party]:
        """ "Helicopter gunships bombed", "a destroyer shot down": a craft that the text gives no owner stands for who is in it."""
        return [p for w in doers if classes(self.document, w) & _CRAFT for p in self.resolver.parties(w)]

    def _implied_actor(self, draft: Draft) -> list[Party]:
        """Who claims a deed did it: "claimed responsibility for the attack"; a returned fire is the speaker's."""
        for attributed in draft.chain[-1:]:
            cue = self.document.words[attributed.cue_first]
            if cue.lemma in ("claim", "deny", "admit") and attributed.event_only and attributed.source is not None:
                thing = cue.child("dobj")
                if thing is not None and (
                    thing.lemma in ("responsibility", "credit", "involvement", "role") or cue.lemma == "claim"
                ):
                    return self.resolver.parties(attributed.source)
            if attributed.cue.stance in ("accuses", "suspects") and attributed.event_only:
                verb = self.document.words[attributed.cue_first]
                accused = verb.child("dobj") or next(iter(objects(verb, "on")), None)
                if accused is not None and not accused.left <= draft.event.head.i <= accused.i:
                    return self.resolver.parties(accused)
        verb = draft.event.head.head
        if draft.event.nominal and verb.lemma == "suspect":
            thing = verb.child("dobj")
            return self.resolver.parties(thing) if thing is not None else []
        return []

    def _can_act(self, word: Word) -> bool:
        if word.lower in ("latter", "former"):
            return True
        if word.pos in ("PRON",) or word.pos == "PROPN" or word.tag == "NNPS":
            return word.lower not in ("it", "this", "that", "there", "which", "what") or bool(
                [p for p in self.resolver.parties(word) if p.actor or p.name.lower() != word.lower]
            )
        return (
            bool(classes(self.document, word) & _ANIMATE)
            or word.lemma in MEMBERS
            or word.i in self.resolver.names.by_word
        )

    def _is_munition(self, word: Word) -> bool:
        """ "Shells hit the market": what hits is nobody, whatever else a subject is."""
        found = classes(self.document, word)
        return bool(found & _MUNITIONS) and not found & (_ANIMATE | _CRAFT) and word.lemma not in MEMBERS

    def _is_somebody(self, word: Word, kind: str, role: str) -> bool:
        found = classes(self.document, word)
        if role == "shot":
            return False
        if word.pos == "PROPN" and word.i not in self.resolver.names.by_word:
            return kind in _TO_WHOM or (
                role == "patient" and kind in ("ASSAULT", "COERCE") and not _is_place(self.document, word)
            )
        if role == "taken" and "place" in found and word.pos == "PROPN":
            return False
        if kind == "COERCE" and role in ("taken", "target") and found & {"territory", "facility", "road", "vehicle"}:
            return False
        if found & _ANIMATE - {"place"}:
            return not (
                word.lemma in ("position", "convoy", "base", "headquarters")
                or (found & {"facility"} and "person" not in found and "armed" not in found)
            )
        if word.lemma in MEMBERS and any(p.actor for p in self.resolver.parties(word)):
            return True
        if word.lower in ("it", "they", "them"):
            return any(p.name.lower() != word.lower for p in self.resolver.parties(word))
        return (
            (word.pos == "PRON" and word.lower in ("them", "him", "her", "us"))
            or word.pos == "NUM"
            or word.lower in ("others", "another")
        )

    def _owners(self, thing: Word) -> list[Party]:
        """A thing's owner is who is hit: "an army convoy", "its trucks", "the base of the brigade", "a bus carrying soldiers"."""
        for child in [*thing.all("poss"), *thing.all("compound", "amod", "nmod")]:
            if (
                child.i in self.resolver.names.by_word
                or child.lemma in ("army", "police", "gendarmerie", "rebel", "government", "militia", "gang", "un")
                or child.dep == "poss"
            ):
                found = self.resolver.parties(child)
                if found:
                    return found[:1]
        for inner in objects(thing, "of"):
            named = self.resolver.names.by_word.get(inner.i)
            if inner.pos == "PROPN" and (named is None or named.use == "capital"):
                continue
            if classes(self.document, inner) & {"armed", "group", "state", "igo"} or inner.pos == "PRON":
                return self.resolver.parties(inner)[:1]
            owner = inner.child("poss")
            if owner is not None:
                return self.resolver.parties(owner)[:1]
        for clause in thing.all("acl", "relcl"):
            if clause.lemma in ("carry", "transport", "belong"):
                carried = clause.all("dobj") + objects(clause, "to")
                return [p for w in carried for p in self.resolver.parties(w)][:1]
        return []

    def _records(self, parties: list[Party]) -> list[Participant]:
        found: dict[tuple[str, str], Participant] = {}
        for party in parties:
            key = (party.name, party.actor or "")
            if key not in found:
                found[key] = Participant.model_construct(
                    mention=self.document.span(party.first, party.last),
                    name=party.name,
                    actor=party.actor,
                    sector=party.sector,
                    country=party.country,
                )
        return list(found.values())

    def _spans(self, words: list[Word]) -> list[Span]:
        found: list[Span] = []
        for word in words:
            first, last = phrase_bounds(word)
            span = self.document.span(first, last)
            if not any(other.start <= span.start and span.end <= other.end for other in found):
                found.append(span)
        return found

    # ------------------------------------------------------------------ where and when

    def _time(self, draft: Draft, status: Status) -> Time | None:
        mention = draft.time or (draft.shared_time.time if draft.shared_time else None)
        if mention is None:
            return None
        future = status.kind in ("planned", "predicted", "demanded", "conditional") and not _told_as_past(draft.event)
        return self.days.record(mention, future)

    def _carried_time(
        self, draft: Draft, status: Status, actors: list[Participant], recipients: list[Participant]
    ) -> Time | None:
        """The time of the violence told of just before, where a sentence without a time of its own goes on about it.

        It goes on about it where it names the same people, or a deed that only what was told before explains ("the blast").
        """
        event = draft.event
        if status.kind != "occurred" or event.type not in HOSTILE or (not _told_as_past(event) and not event.nominal):
            return None
        number = event.head.sentence
        if number in self.timed_sentences:
            return None
        here = _identities(actors, recipients)
        goes_on = any(
            w.lemma in _DEED_NOUNS and any(c.lower in ("the", "this", "that") for c in w.children)
            for w in self.document.sentence_words(self.document.sentences[number])
        )
        for earlier in reversed(self.dated):
            if number - earlier.event.head.sentence > _CARRIED_OVER:
                return None
            if goes_on or here & earlier.who:
                draft.why.setdefault("when", []).append(f"as “{earlier.event.head.text}”, which it goes on about")
                return earlier.time
        return None

    def _wording(self, first: int, last: int) -> list[Span]:
        found: list[LoadedWords] = self.document.layers["wording"]
        return [self.document.span(w.first, w.last) for w in found if first <= w.first and w.last <= last]


_TO_PEOPLE: Final = frozenset(
    "murder assassinate assassination massacre kidnap kidnapping abduct abduction execute execution lynch lynching behead beheading torture "
    "rape slay slaying homicide disappearance hostage".split()
)
"""Deeds that are done to people alone."""


def _is_done_to_people(event: EventMention, word: Word, found: frozenset[str]) -> bool:
    """Whether whoever it is done to must be somebody: "his assassination", "the murder of Ana Pardo"."""
    if found & {"livestock", "weapon", "vehicle", "facility", "road", "territory"}:
        return False
    lemmas = {e.head.lemma for e in (event, *event.merged)} | {event.verb.lemma}
    if word.lower in ("it", "this", "that", "which"):
        return False
    return bool(lemmas & _TO_PEOPLE) or (
        bool(lemmas & {"kill", "killing", "wound", "injure"})
        and word.pos in ("NOUN", "PROPN", "PRON")
        and (bool(found) or word.child("nummod") is not None)
    )


def _is_place(document: Document, word: Word) -> bool:
    return any(m.first <= word.i <= m.last for m in document.layers["places"])


def _told_as_past(event: EventMention) -> bool:
    """Whether the verb's form itself says that it is over."""
    verb = event.verb
    if verb.tag == "VBD":
        return True
    if verb.tag == "VBG" and any(
        c.dep == "aux" and c.lower in ("has", "have", "had", "was", "were") for c in verb.children
    ):
        return True
    return (
        verb.tag == "VBN"
        and any(
            c.dep in ("aux", "auxpass") and c.lower in ("had", "has", "have", "was", "were", "'s")
            for c in verb.children
        )
        and not any(c.tag == "MD" for c in verb.children)
    )
