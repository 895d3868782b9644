"""The `claims` component: puts what the layers found together into claim records."""

import hashlib
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from reportedly.knowledge.events import Sense
from reportedly.knowledge.reporting import loaded_words
from reportedly.model.plover import HOSTILE
from reportedly.model.record import (
    Attribution,
    Claim,
    Event,
    Participant,
    Place,
    Source,
    Span,
    Status,
    Time,
)
from reportedly.reading.events import EventMention
from reportedly.reading.how_said import StatusMention
from reportedly.reading.names import classes
from reportedly.reading.slots import slot_fillers
from reportedly.reading.sources import Origin, Origins
from reportedly.reading.syntax import Document, Word, clause_of, objects, phrase_bounds
from reportedly.reading.tolls import toll_of
from reportedly.reading.when import TimeMention, dateline_of, shifted
from reportedly.reading.where import PlaceMention
from reportedly.reading.who import MEMBERS, Party, Resolver
from reportedly.reading.who_says import Attributed, AttributionIndex, quote_kind

_ANIMATE: Final = frozenset(
    "person civilian armed group state official igo government police protester crowd troops delegation resident "
    "family worker student clergy prisoner employee aid_agency diplomat displaced media journalist".split()
)
_MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_NOWHERE: Final = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
"""Speech acts: a place at the head of their sentence is not where they happen."""
_TO_WHOM: Final = frozenset(
    {"ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "SANCTION", "CONCEDE", "AID", *_MUTUAL}
)


@dataclass(slots=True, eq=False)
class Draft:
    """A claim in the making."""

    event: EventMention
    status: StatusMention
    chain: list[Attributed]
    places: list[PlaceMention] = field(default_factory=list)
    time: TimeMention | None = None
    shared_time: "Draft | None" = None
    retells: "Draft | None" = None
    """The claim of the same deed told before, which "the ambush" points back to."""
    why: dict[str, list[str]] = field(default_factory=dict)


class Claims:
    """Puts claims together. Input: all layers. Output: layer "claims" (records) and "why" (reasons by claim id)."""

    name = "claims"

    def __call__(self, document: Document) -> None:
        drafts = _drafts(document)
        _give_places(document, drafts)
        _find_retold(drafts)
        _give_times(document, drafts)
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


def _drafts(document: Document) -> list[Draft]:
    attributions: AttributionIndex = document.layers["attribution_index"]
    statuses: dict[EventMention, StatusMention] = document.layers["statuses"]
    drafts: list[Draft] = []
    event_verbs = {e.head.i for e in document.layers["events"] if not e.nominal}
    for event in document.layers["events"]:
        status = statuses[event]
        if (
            status.averted
            or status.threatened
            or _says_nothing(event)
            or _is_background(event, event_verbs)
            or _describes_a_source(event, attributions)
            or _only_about_a_source(event, attributions)
        ):
            continue
        covering = [a for a in attributions.covering(event.head) if not a.cue_first <= event.head.i <= a.cue_last]
        covering.sort(key=lambda a: (-a.size(), a.inner, a.cue_first))
        covering = [a for a in covering if not _within_source(a, event.head.i)]
        asides = [a for a in covering if a.aside]
        if asides and any(a.cue.stance == "denies" for a in covering):
            # "S denied that C, as T had claimed": S's denial and T's claim stand side by side.
            drafts.append(Draft(event, status, [a for a in covering if not a.aside]))
            covering = asides
        threat = _as_threat(document, event, status, covering)
        drafts.append(threat if threat is not None else Draft(event, status, covering))
    return drafts


_THREAT: Final = Sense("THREATEN", "violence", (), {}, None, "always")


def _as_threat(document: Document, event: EventMention, status: StatusMention, chain: list[Attributed]) -> Draft | None:
    """Somebody's own warning or vow of violence is THREATEN, not a forecast: "he warned that ships would be targeted"."""
    if event.type != "ASSAULT" or not chain or chain[-1].source is None:
        return None
    said = chain[-1]
    vowed = status.kind == "occurred" and said.cue.kind == "planned"
    if status.kind not in ("planned", "conditional") and not vowed:
        return None
    speaker = said.source
    if said.cue.stance not in ("warns", "promises") or speaker is None:
        return None
    resolver: Resolver = document.layers["who"]
    sides = resolver.parties(speaker)
    doers = [p for w in event.roles.get("actor", []) for p in resolver.parties(w)]
    armed = any(p.sector in ("REB", "CRM", "MIL", "GOV") for p in sides)
    if not armed or (doers and not {p.name for p in doers} & {p.name for p in sides}):
        return None
    cue = document.words[said.cue_first]
    threat = EventMention(cue, cue.i, cue.i, cue, _THREAT, "THREATEN", "violence", {"actor": [speaker]})
    threat.fill("recipient", event.roles.get("patient", []))
    threat.why = f"“{cue.text}” of one's own violence: “{event.head.text}”"
    return Draft(threat, StatusMention(), chain[:-1])


def _says_nothing(event: EventMention) -> bool:
    """ "operations targeting what they call ...": a participle with neither doer nor object."""
    if event.head.lemma in _DEEDS:
        # "no group claimed responsibility"
        return any(
            w.lower in ("nobody", "none") or any(c.lower == "no" for c in w.children)
            for w in event.roles.get("actor", [])
        )
    if event.nominal or event.head.dep not in ("acl", "amod") or event.head.tag != "VBG":
        return False
    return not any(event.roles.get(role) for role in ("actor", "patient", "recipient", "target", "taken", "means"))


def _within_source(attributed: Attributed, i: int) -> bool:
    """Whether a word stands in the source's own description: "a trader who fled after the attack said"."""
    source = attributed.source
    if source is None or source.left <= attributed.cue_first <= source.right:
        return False
    return source.left <= i <= source.right


def _describes_a_source(event: EventMention, attributions: AttributionIndex) -> bool:
    """ "an official with knowledge of the negotiations"."""
    if not event.nominal:
        return False
    return any(_within_source(a, event.head.i) for a in attributions.by_source(event.head.sentence) if not a.event_only)


def _is_background(event: EventMention, event_verbs: set[int]) -> bool:
    """ "after the meeting ended": something told before, named only to say when."""
    if not event.nominal:
        return False
    definite = any(c.lower in ("the", "this", "that", "these") for c in event.head.children if c.i < event.first + 1)
    verb = event.verb
    above = event.head.head
    if (
        event.head.dep == "nsubj"
        and above.lemma in ("be", "remain")
        and above.tag in ("VBZ", "VBP")
        and above.child("attr", "acomp")
    ):
        return True  # "such meetings are a custom": what they are, not that one took place
    under = event.head.head
    if definite and event.head.dep == "dobj" and under.lemma in _JUDGING:
        return True
    if definite and event.head.dep == "pobj" and verb is event.head:
        if under.lower in ("during", "since", "before", "until", "after", "following", "despite", "amid", "ahead"):
            return True
        if under.lower in ("in", "by") and under.head.i in event_verbs:
            return True
        if under.head.lemma in ("involve", "participate", "link", "connect", "implicate") and under.head.dep in (
            "acl",
            "relcl",
        ):
            return True
    dated = verb.dep == "advcl" and any(
        c.lower in ("after", "before", "when", "since", "until", "once") for c in verb.children
    )
    return definite and dated and verb is not event.head


def _only_about_a_source(event: EventMention, attributions: AttributionIndex) -> bool:
    """ "who refused to be named", "who asked not to be identified"."""
    if event.type not in ("REJECT", "REQUEST"):
        return False
    clause = event.head
    while clause.dep in ("xcomp", "conj") and clause.head is not clause:
        clause = clause.head
    return clause.dep in ("relcl", "acl") and any(
        a.source is clause.head for a in attributions.by_source(clause.head.sentence)
    )


# ---------------------------------------------------------------------------------------------- places and times


def _environment(attributions: AttributionIndex, word: Word) -> set[int]:
    return {id(a) for a in attributions.covering(word) if not a.event_only}


def _in_source(attributions: AttributionIndex, word: Word) -> bool:
    """Whether a word only says where a source is: "a diplomat in Brussels"."""
    i = word.i
    for a in attributions.by_source(word.sentence):
        if a.source is None:
            continue
        first, last = phrase_bounds(a.source)
        if (
            first <= i <= max(last, a.source.right if a.source.right - a.source.i < 12 else last)
            and not first <= a.cue_first <= a.source.right
        ):
            return True
        if first <= i <= last:
            return True
    return False


def _owner_of(word: Word, by_head: dict[int, Draft]) -> Draft | None:
    """The event that a phrase belongs to: the nearest above it in the tree."""
    if word.i in by_head:
        return by_head[word.i]
    for above in word.ancestors():
        if above.i in by_head:
            return by_head[above.i]
        if above.dep in ("relcl",) and above.i not in by_head:
            return None
    return None


def _find_retold(drafts: list[Draft]) -> None:
    """Tie "the ambush", "the strike" to the same deed told a little before by the same word."""
    for index, draft in enumerate(drafts):
        event = draft.event
        nouns = [e.head for e in (event, *event.merged) if e.nominal]
        definite = [
            n
            for n in nouns
            if n.lemma in _DEEDS or any(c.lower in ("the", "this", "that") for c in n.children if c.i < n.i)
        ]
        if not definite or (event.roles.get("actor") and definite[0].lemma not in _DEEDS):
            continue
        for other in reversed(drafts[max(0, index - 12) : index]):
            if other.event.head.sentence == event.head.sentence or other.event.type != event.type:
                continue
            stems = {_stem(e.head.lemma) for e in (other.event, *other.event.merged)}
            if any(_stem(n.lemma) in stems or n.lemma in _DEEDS for n in definite):
                draft.retells = other
                if event.mode is None:
                    event.mode = other.event.mode
                break


_JUDGING: Final = frozenset(
    "condemn denounce criticise criticize deplore decry praise welcome mourn investigate probe".split()
)
_DEEDS: Final = frozenset({"responsibility"})
"""Words for a deed that only what was told before names: "claimed responsibility"."""


def _stem(lemma: str) -> str:
    return lemma.removesuffix("ing").removesuffix("e")


def _within_clause(word: Word, by_head: dict[int, Draft], here: list[Draft]) -> list[Draft]:
    """ "to turn the provinces into a battleground through bombings": a place in a clause that is no event is its events'."""
    for above in word.ancestors():
        if above.i in by_head:
            return []
        if above.pos == "VERB" and above.dep in ("xcomp", "acl", "advcl", "ccomp", "ROOT"):
            return (
                [d for d in here if above.left <= d.event.head.i <= above.right and d.event.head.i != above.i]
                if above.dep != "ROOT"
                else []
            )
    return []


def _by_head(drafts: list[Draft]) -> dict[int, Draft]:
    found: dict[int, Draft] = {}
    for draft in drafts:
        for event in (draft.event, *draft.event.merged):
            found.setdefault(event.head.i, draft)
    for draft in drafts:
        found.setdefault(draft.event.verb.i, draft)
    return found


def _give_places(document: Document, drafts: list[Draft]) -> None:
    attributions: AttributionIndex = document.layers["attribution_index"]
    by_head = _by_head(drafts)
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.event.head.sentence, []).append(draft)
    loose: list[PlaceMention] = []
    opening: list[tuple[Draft, PlaceMention]] = []
    for mention in document.layers["places"]:
        here = by_sentence.get(mention.head.sentence, [])
        if mention.heading:
            loose.append(mention)
            continue
        if not here or _in_source(attributions, mention.head) or _in_participant(document, mention):
            continue
        shared = _within_clause(mention.preposition or mention.head, by_head, here)
        if shared:
            for draft in shared:
                if _shares(attributions, draft, mention.head):
                    draft.places.append(mention)
            continue
        owner = _owner_of(mention.preposition or mention.head, by_head)
        if owner is None and mention.container_of is not None:
            owner = next((d for d in here if mention.container_of in d.places), None)
        if owner is not None and _shares(attributions, owner, mention.head):
            owner.places.append(mention)
        elif owner is None and _opens_sentence(document, mention):
            free = [d for d in here if not d.places and d.event.type not in _NOWHERE]
            opening.extend((draft, mention) for draft in free)
        else:
            loose.append(mention)
    for mention in loose:
        if not mention.heading:
            for draft in by_sentence.get(mention.head.sentence, ()):
                if (not draft.places or mention.container_of in draft.places) and _shares(
                    attributions, draft, mention.head
                ):
                    draft.places.append(mention)
    for draft, mention in opening:
        if not draft.places or mention.container_of in draft.places:
            draft.places.append(mention)
    _give_headings(document, drafts, [m for m in loose if m.heading])
    for draft in drafts:
        if not draft.places:
            _share_place(draft, by_sentence.get(draft.event.head.sentence, []))


def _opens_sentence(document: Document, mention: PlaceMention) -> bool:
    """ "In Balochistan, the group said ...": the place holds for all that follows."""
    first = document.sentence_of(mention.head).first
    start = mention.preposition.i if mention.preposition is not None else mention.first
    return start == first or (mention.container_of is not None and _opens_sentence(document, mention.container_of))


def _give_headings(document: Document, drafts: list[Draft], headings: list[PlaceMention]) -> None:
    """ "Homs: ..." holds for what follows in its paragraph, up to the next such label."""
    starts = [m.first for m in headings]
    for draft in drafts:
        at = bisect_left(starts, draft.event.head.i) - 1
        if at < 0 or draft.places:
            continue
        if document.sentence_of(headings[at].head).block == document.sentence_of(draft.event.head).block:
            draft.places.append(headings[at])


def _share_place(draft: Draft, here: list[Draft]) -> None:
    """Coordinated deeds share a place: "attacked the village and abducted farmers"."""
    event = draft.event
    if event.type in ("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "SANCTION", "CONCEDE"):
        return
    for other in here:
        if other is draft or not other.places or [id(a) for a in other.chain] != [id(a) for a in draft.chain]:
            continue
        if other.status.kind == draft.status.kind and (
            event.head.dep in ("conj", "advcl", "relcl") or other.event.head.dep in ("conj", "advcl")
        ):
            if other.event.type in ("ASSAULT", "COERCE", "PROTEST", "CONSULT", "MOBILIZE"):
                draft.places = [
                    p
                    for p in other.places
                    if p.preposition is None or p.preposition.lower not in ("to", "toward", "towards", "from")
                ]
                return


def _shares(attributions: AttributionIndex, draft: Draft, word: Word) -> bool:
    """Whether a phrase is said by all who say the event."""
    return _environment(attributions, word) >= _environment(attributions, draft.event.head)


def _in_participant(document: Document, mention: PlaceMention) -> bool:
    """Whether a name only says where somebody is from: "elders from Zintan", "residents of Aitaroun"."""
    prep = mention.preposition
    if prep is None or prep.lower not in ("from", "of"):
        return False
    return prep.head.pos in ("NOUN", "PROPN") and bool(
        classes(document, prep.head) & {"person", "civilian", "resident", "armed", "official"}
    )


def _give_times(document: Document, drafts: list[Draft]) -> None:
    attributions: AttributionIndex = document.layers["attribution_index"]
    by_head = _by_head(drafts)
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.event.head.sentence, []).append(draft)
    loose: list[TimeMention] = []
    for mention in document.layers["times"]:
        head = _time_head(document, mention)
        here = by_sentence.get(head.sentence, [])
        if not here or _in_source(attributions, head):
            continue
        told = _deed_claimed(document, attributions, mention, by_head)
        if told is not None and told.time is None:
            told.time = mention
            continue
        if _of_saying(attributions, mention, head, by_head):
            continue
        owner = _owner_of(head, by_head)
        if owner is not None and owner.event.type == "REQUEST":
            # "called for a strike on Thursday": the day of what is asked for
            asked = [
                d for d in here if d.status.kind == "demanded" and owner.event.head.i < d.event.head.i < mention.first
            ]
            owner = asked[-1] if asked else owner
        if owner is not None and owner.time is None and _shares(attributions, owner, head):
            owner.time = mention
            owner.why.setdefault("when", []).append(f"“{mention.text}” hangs on “{owner.event.head.text}”")
        elif owner is None:
            loose.append(mention)
    for mention in loose:
        for draft in by_sentence.get(document.words[mention.first].sentence, []):
            if draft.time is None and _shares(attributions, draft, document.words[mention.first]):
                draft.time = mention
                draft.why.setdefault("when", []).append(f"“{mention.text}” stands for the whole sentence")
    for index, draft in enumerate(drafts):
        if draft.time is None:
            draft.shared_time = _shared_time(
                document, draft, drafts[max(0, index - 40) : index], by_sentence.get(draft.event.head.sentence, [])
            )


def _time_head(document: Document, mention: TimeMention) -> Word:
    inside = range(mention.first, mention.last + 1)
    return next(
        (
            document.words[i]
            for i in inside
            if document.words[i].head.i not in inside or document.words[i].head is document.words[i]
        ),
        document.words[mention.first],
    )


def _deed_claimed(
    document: Document, attributions: AttributionIndex, mention: TimeMention, by_head: dict[int, Draft]
) -> Draft | None:
    """ "claimed responsibility for the attack on Monday": the day is the attack's."""
    for a in attributions.by_cue(document.words[mention.first].sentence):
        if not a.event_only or document.words[a.cue_first].lemma not in ("claim", "deny", "admit"):
            continue
        if any(last + 1 == mention.first for _, last in a.content):
            first, last = a.content[-1]
            return next((by_head[i] for i in range(last, first - 1, -1) if i in by_head), None)
    return None


def _of_saying(attributions: AttributionIndex, mention: TimeMention, head: Word, by_head: dict[int, Draft]) -> bool:
    """ "the army said on Wednesday": when it was said, not when it happened."""
    above = head.head
    for a in attributions.by_cue(head.sentence):
        if a.cue_first <= above.i <= a.cue_last and above.i not in by_head and not a.covers(mention.first):
            return True
        if a.cue_last + 1 == mention.first and not a.covers(mention.first):
            return True
    return False


def _shared_time(document: Document, draft: Draft, before: list[Draft], here: list[Draft]) -> Draft | None:
    """The draft whose time holds for this one too: coordinated in one sentence, or told again as "the attack"."""
    event = draft.event
    if draft.retells is not None and draft.status.kind == "occurred":
        before_it = draft.retells
        return before_it if before_it.time is not None else before_it.shared_time
    for other in here:
        if (
            other is not draft
            and other.time is not None
            and other.status.kind == draft.status.kind
            and other.time.relative is None
        ):
            if [id(a) for a in other.chain] == [id(a) for a in draft.chain] and event.type not in ("ACCUSE",):
                together = event.head.dep in ("conj", "advcl", "xcomp") or other.event.head.dep in (
                    "conj",
                    "advcl",
                    "xcomp",
                )
                if together and clause_of(event.head).dep != "relcl":
                    return other
    retold = event.nominal and any(
        c.lower in ("the", "this", "that") for c in event.head.children if c.i < event.first + 1
    )
    denied = bool(draft.chain) and draft.chain[-1].cue.stance == "denies"
    if (retold or denied) and draft.status.kind == "occurred":
        for other in reversed(before):
            if other.event.type == event.type and (other.time is not None or other.shared_time is not None):
                if denied and not retold and other.event.head.lemma != event.head.lemma:
                    continue
                if document.words[other.event.head.i].sentence < event.head.sentence - 4:
                    break
                return other if other.time is not None else other.shared_time
    return None


# ---------------------------------------------------------------------------------------------- the record


class _Builder:
    """Turns drafts into records, within one report."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.resolver: Resolver = document.layers["who"]
        self.origins = Origins(document, self.resolver)
        self.outlet = document.report.outlet
        self.last_day: date | None = None
        self.digest = hashlib.sha256(document.report.text.encode("utf-8", "surrogatepass")).hexdigest()

    def claim(self, draft: Draft) -> Claim:
        event = draft.event
        attribution = self._attribution(draft)
        status = self._status(draft, attribution)
        actors, recipients, targets = self._participants(draft)
        sentence = self.document.sentence_of(event.head)
        trigger = self.document.span(event.first, event.last)
        time = self._time(draft, status)
        notes: list[str] = []
        identity = (
            f"{self.digest}|{trigger.start}|{event.type}|{status.kind}|{status.polarity}|{attribution[-1].source.name}"
        )
        draft.why.setdefault("what", []).insert(0, f"{event.type}{'/' + event.mode if event.mode else ''}: {event.why}")
        for part in event.merged:
            draft.why["what"].append(f"“{part.head.text}” tells of the same happening")
        draft.why.setdefault("how_said", []).extend(draft.status.reasons)
        return Claim.model_construct(
            id=hashlib.sha256(identity.encode()).hexdigest()[:16],
            sentence=self.document.span(sentence.first, sentence.last),
            trigger=trigger,
            event=Event.model_construct(type=event.type, mode=event.mode),
            actors=tuple(actors),
            recipients=tuple(recipients),
            means=tuple(self._spans(event.roles.get("means", []))),
            targets=tuple(targets),
            toll=toll_of(self.document, event),
            places=tuple(self._places(draft)),
            time=time,
            status=status,
            attribution=tuple(attribution),
            wording=tuple(self._wording(sentence.first, sentence.last)),
            notes=tuple(notes),
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
            len(words) == 2 and words[0].lower() == "the" and words[1] == last_of_outlet
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
        start = draft.time.future[0]
        ahead = draft.time.kind in ("inhours",) or any(w in draft.time.text.lower() for w in ("tomorrow", "next "))
        return ahead and start is not None and start >= dateline

    # ------------------------------------------------------------------ who to whom

    def _participants(self, draft: Draft) -> tuple[list[Participant], list[Participant], list[Span]]:
        event = draft.event
        actors = [p for w in event.roles.get("actor", []) if self._can_act(w) for p in self.resolver.parties(w)]
        if not event.roles.get("actor"):
            actors += self._implied_actor(draft)
        retold = draft.retells.event if draft.retells is not None else None
        if retold is not None and not actors:
            actors = [p for w in retold.roles.get("actor", []) if self._can_act(w) for p in self.resolver.parties(w)]
            if actors:
                draft.why.setdefault("who", []).append(f"told again from “{retold.head.text}” before")
        recipients: list[Party] = []
        targets: list[Word] = []
        for word in event.roles.get("recipient", []):
            if self._can_act(word) or word.lower in ("latter", "former"):
                recipients += self.resolver.parties(word)
        for role in ("patient", "target", "taken", "shot"):
            for word in event.roles.get(role, []):
                if word.lower in ("dozens", "hundreds", "scores", "thousands", "others", "more"):
                    continue
                if self._is_somebody(word, event.type, role):
                    recipients += self.resolver.parties(word)
                else:
                    targets.append(word)
                    recipients += self._owners(word)
        shown, doers = {p.first for p in actors}, {p.name for p in actors}
        recipients = [p for p in recipients if p.first not in shown and p.name not in doers]
        if event.type not in ("ASSAULT", "COERCE", "PROTEST", "RETREAT", "MOBILIZE"):
            targets = []
        draft.why.setdefault("who", []).extend(
            [f"{self.document.span(p.first, p.last).text!r} is {p.name}" for p in (*actors, *recipients)]
        )
        return self._records(actors), self._records(recipients), self._spans(targets)

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
            if inner.pos == "PROPN" and inner.i not in self.resolver.names.by_word:
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

    def _places(self, draft: Draft) -> list[Place]:
        found: list[Place] = []
        for mention in sorted(draft.places, key=lambda m: m.container_of is not None):
            if (
                any(mention.container_of is other for other in draft.places)
                and mention.container_of is not None
                and mention.container_of.admin1 == mention.name
            ):
                continue
            if any(p.name == mention.name for p in found):
                continue
            hit = mention.resolved
            found.append(
                Place.model_construct(
                    mention=self.document.span(mention.first, mention.last),
                    name=mention.name,
                    geonames=hit.geonames if hit else None,
                    country=hit.country if hit else None,
                    admin1=mention.admin1,
                    pcode=None,
                    lat=hit.lat if hit else None,
                    lon=hit.lon if hit else None,
                    precision=mention.precision,
                )
            )
            draft.why.setdefault("where", []).append(
                f"“{mention.name}”: {mention.precision}{', ' + hit.name + ' in GeoNames' if hit else ', in no gazetteer'}"
            )
        return found

    def _time(self, draft: Draft, status: Status) -> Time | None:
        mention = draft.time or (draft.shared_time.time if draft.shared_time else None)
        if mention is None:
            return None
        future = status.kind in ("planned", "predicted", "demanded", "conditional") and not _told_as_past(draft.event)
        start, end, precision = mention.window(future)
        anchor = self.last_day or dateline_of(self.document)
        if mention.relative is not None and anchor is not None:
            start, end, precision = shifted(mention.relative, anchor)
        if start is not None and start == end:
            self.last_day = start
        return Time.model_construct(
            mention=self.document.span(mention.first, mention.last),
            start=start.isoformat() if start else None,
            end=end.isoformat() if end else None,
            precision=precision,
        )

    def _wording(self, first: int, last: int) -> list[Span]:
        loaded = loaded_words()
        found: list[Span] = []
        words = self.document.words
        for i in range(first, last + 1):
            if words[i].lower in loaded or words[i].lemma in loaded:
                found.append(self.document.span(i, i))
            if words[i].text in '"“' and i + 2 <= last:
                close = next((k for k in range(i + 1, min(i + 6, last + 1)) if words[k].text in '"”'), None)
                if close is not None and close > i + 1 and words[close - 1].text not in ".,!?":
                    found.append(self.document.span(i + 1, close - 1))
        return found


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
