"""The `told` component: what the trained layers found, as claims in the making with everything about them decided."""

from typing import Final

from reportedly.knowledge.events import Sense
from reportedly.knowledge.reporting import Cue, cues
from reportedly.reading.drafts import Draft
from reportedly.reading.events import EventMention
from reportedly.reading.how_said import StatusMention
from reportedly.reading.names import names_of
from reportedly.reading.place_mentions import PlaceMention
from reportedly.reading.syntax import Document, Word, phrase_bounds
from reportedly.reading.trained.networks import calibrated
from reportedly.reading.trained.telling import Told, told_in
from reportedly.reading.when import TimeMention
from reportedly.reading.where_and_when import settled_by_rules
from reportedly.reading.who_says import Attributed, AttributionIndex

_TOLLS: Final = ("killed", "injured", "captured", "displaced")
_SAYS: Final = Cue("says", None, None, frozenset())


KEEP_THRESHOLD: Final = 0.05
"""Chance of any event below which what the rules found is let go; chosen, like the others, on the corpus' development part."""
TRIGGER_THRESHOLD: Final = 0.5


class Tell:
    """Puts the rules' findings and the trained layers' together. Input: the rule layers. Output: layers "told" and "drafts".

    What the rules found is kept unless the trained layers see nothing there; they fill in the place, time, mode and source that the rules left
    open, and add what the rules missed.
    """

    name = "told"

    def __call__(self, document: Document) -> None:
        by_rules = settled_by_rules(document)
        document.layers["told"] = told_in(document, by_rules, KEEP_THRESHOLD)
        told: dict[int, Told] = {t.trigger: t for t in document.layers["told"]}
        events = {event.head.i: event for event in document.layers["events"]}
        drafts: list[Draft] = []
        taken: set[int] = set()
        kept: set[tuple[int, str]] = set()
        for draft in by_rules:
            heads = [e.head.i for e in (draft.event, *draft.event.merged)]
            seen = next((told[i] for i in heads if i in told), None)
            if seen is not None:
                taken.update(heads)
                taken.update(i for e in (draft.event, *draft.event.merged) for i in range(e.first, e.last + 1))
                kept.update((i, seen.type) for i in heads)
                _fill_in(document, draft, seen)
                drafts.append(draft)
        for i, found in sorted(told.items(), key=lambda item: (-item[1].score, item[0])):
            if i in taken or found.score < TRIGGER_THRESHOLD:
                continue
            if not any((j, found.type) in kept for j in _of_one_act(document.words[i])):
                kept.add((i, found.type))
                drafts.append(_draft(document, found, events.get(i)))
        document.layers["drafts"] = drafts


def _of_one_act(word: Word) -> list[int]:
    """Words that may tell of the same act: a verb and the noun that it is done to, "carried out bombings", "an attack was launched"."""
    below = [w.i for w in word.all("dobj", "nsubjpass")] if word.is_verb else []
    above = [word.head.i] if word.dep in ("dobj", "nsubjpass") and word.head.is_verb else []
    return below + above


def _fill_in(document: Document, draft: Draft, told: Told) -> None:
    """Add to what the rules found what they left open."""
    draft.confidence = calibrated("both", told.score)
    if not draft.places:
        draft.places = _places(document, told)
    if draft.time is None and draft.shared_time is None:
        draft.time = _time(document, told)
    if not draft.chain:
        draft.chain = _chain(document, told)
    draft.whose = told.whose
    draft.seen = {role: [document.words[i] for i in told.roles[role]] for role in ("actor",)}
    if draft.event.mode is None and draft.event.type == told.type:
        draft.event.mode = told.mode


def _draft(document: Document, told: Told, by_rules: EventMention | None) -> Draft:
    """A claim in the making of the trained layers' own."""
    words = document.words
    head = words[told.trigger]
    first, last = (by_rules.first, by_rules.last) if by_rules is not None else _bounds(head)
    event = EventMention(
        head, first, last, _verb_over(head), Sense(told.type, told.mode, (), {}, None, "always"), told.type, told.mode,
        {role: [words[i] for i in told.roles[role]] for role in ("actor", "recipient", "target", "means")},
        {kind: [words[i] for i in told.roles[kind]] for kind in _TOLLS if told.roles[kind]},
        nominal=not head.is_verb,
    )  # fmt: skip
    event.why = f"“{head.text}”, as learned from coded reports"
    phrase = next((words[i] for i in told.roles["phrase"]), None)
    status = StatusMention(told.kind, told.denied, told.certainty, phrase=phrase)
    draft = Draft(event, status, _chain(document, told), settled=True, confidence=calibrated("alone", told.score))
    draft.whose = told.whose
    draft.places, draft.time = _places(document, told), _time(document, told)
    return draft


def _bounds(head: Word) -> tuple[int, int]:
    """A verb with its particle: "set off"."""
    particle = head.child("prt")
    return (head.i, particle.i) if particle is not None and particle.i == head.i + 1 else (head.i, head.i)


def _verb_over(head: Word) -> Word:
    """The verb that governs a trigger, or itself."""
    return head if head.is_verb else next((w for w in head.ancestors() if w.is_verb), head)


def _places(document: Document, told: Told) -> list[PlaceMention]:
    """Where the trained layers put it; a party's own name is no place ("areas of the Houthis")."""
    parties = names_of(document).by_word
    named = {i for m in (*document.layers["places"], *document.layers["toponyms"]) for i in range(m.first, m.last + 1)}
    return [_place(document, document.words[i]) for i in told.roles["place"] if i in named or i not in parties]


def _place(document: Document, word: Word) -> PlaceMention:
    """The place that a word names, or a description of one ("the bridge") as a place without coordinates."""
    for layer in ("places", "toponyms"):
        for mention in document.layers[layer]:
            if mention.first <= word.i <= mention.last:
                found: PlaceMention = mention
                return found
    first, last = phrase_bounds(word)
    name = document.span(first, last).text
    return PlaceMention(word, first, last, name.removeprefix("the ").removeprefix("The "), "place", None)


def _time(document: Document, told: Told) -> TimeMention | None:
    times: list[TimeMention] = document.layers["times"]
    return next((t for i in told.roles["time"] for t in times if t.first <= i <= t.last), None)


def _chain(document: Document, told: Told) -> list[Attributed]:
    """Who says it, outermost first: the source found, and whoever hands that source's words on."""
    if not told.roles["source"]:
        return []
    index: AttributionIndex = document.layers["attribution_index"]
    source = document.words[told.roles["source"][0]]
    cue = document.words[told.roles["cue"][0]] if told.roles["cue"] else source
    head = document.words[told.trigger]
    over = index.over(head)
    for k, attributed in enumerate(over):
        if attributed.source is source:
            return over[: k + 1]
    own = next(
        (a for a in index.by_source(source.sentence) if a.source is source and a.cue_first <= cue.i <= a.cue_last), None
    )
    if own is None:
        own = Attributed(source, cue.i, cue.i, cues().get(cue.lemma, _SAYS), [(head.i, head.i)])
    outer = [
        a
        for a in index.covering(cue)
        if a.source is not source and not a.event_only and not a.cue_first <= cue.i <= a.cue_last
    ]
    return [*sorted(outer, key=lambda a: (-a.size(), a.cue_first)), own]
