"""Gives each claim in the making its places and its time, and ties deeds told again to their first telling."""

from bisect import bisect_left
from typing import Final

from reportedly.reading.drafts import DEEDS, Draft, drafts_of
from reportedly.reading.names import classes
from reportedly.reading.place_mentions import PlaceMention
from reportedly.reading.syntax import Document, Word, clause_of, phrase_bounds
from reportedly.reading.when import TimeMention
from reportedly.reading.who_says import AttributionIndex

_NOWHERE: Final = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN"})
"""Speech acts: a place at the head of their sentence is not where they happen."""


def settled_by_rules(document: Document) -> list[Draft]:
    """The claims in the making of the rule layers, each with its places and time."""
    drafts = drafts_of(document)
    give_places(document, drafts)
    find_retold(drafts)
    give_times(document, drafts)
    return drafts


def _environment(attributions: AttributionIndex, word: Word) -> set[int]:
    return {id(a) for a in attributions.covering(word) if not a.event_only}


def in_source(attributions: AttributionIndex, word: Word) -> bool:
    """Whether a word only says where a source is: "a nurse in Goma"."""
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


def find_retold(drafts: list[Draft]) -> None:
    """Tie "the ambush", "the strike" to the same deed told a little before by the same word."""
    for index, draft in enumerate(drafts):
        event = draft.event
        nouns = [e.head for e in (event, *event.merged) if e.nominal]
        definite = [
            n
            for n in nouns
            if n.lemma in DEEDS or any(c.lower in ("the", "this", "that") for c in n.children if c.i < n.i)
        ]
        claimed = bool(definite) and definite[0].head.lemma in _CLAIMING
        if not definite or (event.roles.get("actor") and definite[0].lemma not in DEEDS and not claimed):
            continue
        for other in reversed(drafts[max(0, index - 12) : index]):
            if other.event.head.sentence == event.head.sentence or other.event.type != event.type:
                continue
            stems = {_stem(e.head.lemma) for e in (other.event, *other.event.merged)}
            if any(_stem(n.lemma) in stems or n.lemma in DEEDS for n in definite):
                draft.retells = other
                if event.mode is None:
                    event.mode = other.event.mode
                break


_CLAIMING: Final = frozenset({"claim", "deny", "admit", "condemn", "confirm"})


def _stem(lemma: str) -> str:
    return lemma.removesuffix("ing").removesuffix("e")


def _within_clause(word: Word, by_head: dict[int, Draft], here: list[Draft]) -> list[Draft]:
    """ "to cut the valley off through ambushes": a place in a clause that is no event is its events'."""
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


def give_places(document: Document, drafts: list[Draft]) -> None:
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
        if not here or in_source(attributions, mention.head) or _in_participant(document, mention):
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
        if not mention.heading and not _of_another_journey(mention):
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
        for other in by_sentence.get(draft.event.head.sentence, []):
            if other is not draft and other.places and _happens_in(draft.event.head, other.event.head):
                draft.places = [
                    *other.places,
                    *(p for p in draft.places if p not in other.places and p.container_of is not None),
                ]
    for draft in drafts:
        if not draft.places:
            _share_place(draft, by_sentence.get(draft.event.head.sentence, []))


def _of_another_journey(mention: PlaceMention) -> bool:
    """ "Was returning from Gaskinde when it was attacked": where a journey that is no event began or led."""
    prep = mention.preposition
    return prep is not None and prep.lower in ("from", "to") and prep.head.is_verb and prep.head.lemma in _JOURNEYS


_JOURNEYS: Final = frozenset("return travel come go head drive move flee sail fly walk march".split())


def _opens_sentence(document: Document, mention: PlaceMention) -> bool:
    """ "In Balochistan, the group said ...": the place holds for all that follows."""
    first = document.sentence_of(mention.head).first
    start = mention.preposition.i if mention.preposition is not None else mention.first
    return start == first or (mention.container_of is not None and _opens_sentence(document, mention.container_of))


def _give_headings(document: Document, drafts: list[Draft], headings: list[PlaceMention]) -> None:
    """ "Lagos: ..." holds for what follows in its paragraph, up to the next such label."""
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
    """Whether a name only says where somebody is from: "traders from Agadez", "herders of Turkana"."""
    prep = mention.preposition
    if prep is None or prep.lower not in ("from", "of") or mention.precision == "near":
        return False
    return prep.head.pos in ("NOUN", "PROPN") and bool(
        classes(document, prep.head) & {"person", "civilian", "resident", "armed", "official"}
    )


def give_times(document: Document, drafts: list[Draft]) -> None:
    attributions: AttributionIndex = document.layers["attribution_index"]
    by_head = _by_head(drafts)
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.event.head.sentence, []).append(draft)
    loose: list[TimeMention] = []
    for mention in document.layers["times"]:
        if not mention.dates_events:
            continue
        head = _time_head(document, mention)
        here = by_sentence.get(head.sentence, [])
        if not here or in_source(attributions, head):
            continue
        told = _deed_claimed(document, attributions, mention, by_head)
        if told is not None and told.time is None and not (told.retells is not None and told.retells.time is not None):
            told.time = mention
            continue
        if told is not None:
            continue
        if _of_saying(attributions, mention, head, by_head):
            continue
        owner = _owner_of(head, by_head)
        if owner is not None and _is_claimed_deed(owner):
            continue  # "claimed the attack on Tuesday", which has been dated before: Tuesday is when it was claimed
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
    for draft in drafts:
        if draft.time is None and draft.shared_time is None:
            beside = (
                d for d in by_sentence[draft.event.head.sentence] if d.shared_time is not None and _beside(draft, d)
            )
            draft.shared_time = next((d.shared_time for d in beside), None)


def _beside(one: Draft, other: Draft) -> bool:
    """ "Killed three and captured two in a raid on Thursday": coordinated, and said by the same."""
    first, second = sorted((one.event.head, other.event.head), key=lambda w: w.i)
    same = one.status.kind == other.status.kind and [id(a) for a in one.chain] == [id(a) for a in other.chain]
    return same and second.dep == "conj" and second.head is first


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


def _is_claimed_deed(draft: Draft) -> bool:
    """Whether a deed told and dated before is only named as what somebody claims, denies or condemns."""
    told = draft.retells
    above = draft.event.head.head.lemma
    return told is not None and told.time is not None and draft.event.nominal and above in _CLAIMING


def _of_saying(attributions: AttributionIndex, mention: TimeMention, head: Word, by_head: dict[int, Draft]) -> bool:
    """ "the army said on Wednesday": when it was said, not when it happened."""
    above = head.head
    for a in attributions.by_cue(head.sentence):
        if a.cue_first <= above.i <= a.cue_last and above.i not in by_head and not a.covers(mention.first):
            return True
        if a.cue_last + 1 == mention.first and not a.covers(mention.first):
            return True
    return False


def _happens_in(deed: Word, larger: Word) -> bool:
    """ "Killed three men in a raid on Thursday": the raid's day and place are the killing's."""
    return larger.dep == "pobj" and larger.head.lower in ("in", "during") and larger.head.head is deed


def _shared_time(document: Document, draft: Draft, before: list[Draft], here: list[Draft]) -> Draft | None:
    """The draft whose time holds for this one too: coordinated in one sentence, or told again as "the attack"."""
    event = draft.event
    for other in here:
        if other.time is not None and other is not draft and _happens_in(event.head, other.event.head):
            return other
    if draft.retells is not None and draft.status.kind == "occurred":
        before_it = draft.retells
        return before_it if before_it.time is not None else before_it.shared_time
    for other in here:
        if (
            other is not draft
            and other.time is not None
            and other.status.kind == draft.status.kind
            and not other.time.is_relative
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
