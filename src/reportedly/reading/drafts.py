"""Claims in the making: which events are claims at all, and who says each of them."""

from dataclasses import dataclass, field
from typing import Final

from reportedly.knowledge.events import Sense
from reportedly.model.record import SourceType
from reportedly.reading.events import EventMention
from reportedly.reading.how_said import StatusMention
from reportedly.reading.place_mentions import PlaceMention
from reportedly.reading.syntax import Document, Word
from reportedly.reading.when import TimeMention
from reportedly.reading.who import Resolver
from reportedly.reading.who_says import Attributed, AttributionIndex

JUDGING: Final = frozenset(
    "condemn denounce criticise criticize deplore decry praise welcome mourn investigate probe".split()
)
DEEDS: Final = frozenset({"responsibility"})
"""Words for a deed that only what was told before names: "claimed responsibility"."""


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
    settled: bool = False
    """Whether a trained layer found it and has decided all about it, so that no rule adds anything."""
    confidence: float | None = None
    """How sure the trained layers are that it is told here."""
    whose: tuple[SourceType, bool] | None = None
    """The type of the last source and whether it is unnamed, by the trained layers."""
    seen: dict[str, list[Word]] = field(default_factory=dict)
    """Whom the trained layers see as its actor, for where the rules know nobody."""
    why: dict[str, list[str]] = field(default_factory=dict)


def drafts_of(document: Document) -> list[Draft]:
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
        covering = [a for a in attributions.over(event.head) if not _within_source(a, event.head.i)]
        if any(a.source is not None and _is_nobody(a.source) for a in covering):
            continue  # "no group has claimed responsibility"
        asides = [a for a in covering if a.aside]
        if asides and any(a.cue.stance == "denies" for a in covering):
            # "S denied that C, as T had claimed": S's denial and T's claim stand side by side.
            drafts.append(Draft(event, status, [a for a in covering if not a.aside]))
            covering = asides
        threat = _as_threat(document, event, status, covering)
        drafts.append(threat if threat is not None else Draft(event, status, covering))
    return drafts


def _is_nobody(source: Word) -> bool:
    return source.lower in ("nobody", "none") or any(c.lower == "no" and c.i < source.i for c in source.children)


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
    if event.head.lemma in DEEDS:
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
    if definite and event.head.dep == "dobj" and under.lemma in JUDGING:
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
