"""What the rule layers found, as numbers for the trained ones: they learn where the rules can be trusted."""

from dataclasses import dataclass, field
from typing import Final, get_args

from reportedly.knowledge.event_hints import hinted_types
from reportedly.knowledge.events import noun_senses, verb_senses
from reportedly.model.plover import EVENT_TYPES, EventType
from reportedly.model.record import SourceType
from reportedly.reading.drafts import Draft
from reportedly.reading.events import EventMention
from reportedly.reading.how_said import StatusMention
from reportedly.reading.names import classes, names_of
from reportedly.reading.sources import Origins
from reportedly.reading.syntax import Document, Word
from reportedly.reading.who_says import AttributionIndex

CLASSES: Final = (
    "armed group state person government igo police civilian official vehicle weapon facility road territory livestock attack "
    "place resident prisoner aid_agency media"
).split()
SECTORS: Final = "GOV MIL REB CRM COP SPY IGO NGO".split()
ROLES: Final = [
    "", "actor", "recipient", "patient", "target", "taken", "means", "toll", "source", "cue", "shot", "place", "time",
]  # fmt: skip
SIZES: Final = {"event": 18, "status": 12, "saying": 4, "name": 11, "place": 3, "time": 2}
"""How many codes each hint of a word has."""
_KINDS: Final = {"occurred": 1, "planned": 2, "predicted": 3, "demanded": 4, "conditional": 5}
_CLASS_CODE: Final = {name: i + 1 for i, name in enumerate(CLASSES)}
CLASS_CODES: Final = 1 + len(CLASSES) + len(EVENT_TYPES)
"""None; classes; types of event that the tables list for a word."""
_TYPES_OF_A_WORD: Final = 4
SOURCE_TYPES: Final[tuple[SourceType, ...]] = get_args(SourceType)
SOURCE_CODES: Final = 1 + 2 * len(SOURCE_TYPES)


@dataclass(slots=True)
class Hints:
    """Codes by word, and for each event that the rules found the roles of the words around it."""

    words: dict[str, list[int]]
    classes: list[list[int]]
    roles: dict[int, dict[int, int]] = field(default_factory=dict)


def hints(document: Document, drafts: list[Draft]) -> Hints:
    """The hints of a document that the rule layers have read, and of their claims in the making."""
    count = len(document.words)
    found = Hints({name: [0] * count for name in SIZES}, [[] for _ in range(count)])
    _of_events(document, found)
    _of_drafts(drafts, found)
    _of_sayings(document, found)
    names = names_of(document)
    for i, match in names.by_word.items():
        sector = match.actors[0].sector
        found.words["name"][i] = 1 + SECTORS.index(sector) if sector in SECTORS else 9
    for layer, code in (("toponyms", 1), ("places", 2)):
        for place in document.layers[layer]:
            for i in range(place.first, place.last + 1):
                found.words["place"][i] = max(found.words["place"][i], code)
    for time in document.layers["times"]:
        for i in range(time.first, time.last + 1):
            found.words["time"][i] = 1
    for word in document.words:
        if word.pos in ("NOUN", "PROPN", "PRON", "VERB", "ADJ"):
            of_word = sorted(_CLASS_CODE[c] for c in classes(document, word) if c in _CLASS_CODE)
            types = [1 + len(CLASSES) + EVENT_TYPES.index(t) for t in types_of(word)]
            found.classes[word.i] = [*types, *of_word]
    return found


def source_code(word: Word, origins: Origins) -> int:
    """What the rules take a source for: its type, and whether it is named; 0 where they know neither."""
    origin = origins.of(word)
    if origin is None or origin.type not in SOURCE_TYPES:
        return 0
    return 1 + 2 * SOURCE_TYPES.index(origin.type) + origin.anonymous


def types_of(word: Word) -> list[EventType]:
    """Types of event that the tables of event words list for a word, whether or not what stands around it bears one out."""
    beside = {c.lower for c in word.children} | {c.lemma for c in word.children}
    with_others = [(f"{word.lemma} {other}", f"{other} {word.lemma}") for other in sorted(beside)]
    senses = [*verb_senses().get(word.lemma, ())]
    senses += [s for noun in dict.fromkeys((word.lemma, word.lower)) for s in noun_senses().get(noun, ())]
    for verb, noun in with_others:
        senses += [*verb_senses().get(verb, ()), *noun_senses().get(noun, ())]
    types: dict[EventType, None] = dict.fromkeys(t for s in senses for t in EVENT_TYPES if s.type == t)
    for phrase in dict.fromkeys((word.lemma, word.lower, *(p for pair in with_others for p in pair))):
        types |= dict.fromkeys(hinted_types(phrase))
    return list(types)[:_TYPES_OF_A_WORD]


def _of_events(document: Document, found: Hints) -> None:
    index: AttributionIndex = document.layers["attribution_index"]
    statuses: dict[EventMention, StatusMention] = document.layers["statuses"]
    for event in document.layers["events"]:
        at = event.head.i
        status = statuses[event]
        found.words["event"][at] = 1 + EVENT_TYPES.index(event.type)
        found.words["status"][at] = _KINDS[status.kind] + 5 * status.negative
        roles = found.roles.setdefault(at, {})
        for role, words in event.roles.items():
            for word in words:
                roles[word.i] = ROLES.index(role) if role in ROLES else 0
        for words in event.tolls.values():
            for word in words:
                roles.setdefault(word.i, ROLES.index("toll"))
        for attributed in index.covering(event.head):
            if attributed.source is not None:
                roles.setdefault(attributed.source.i, ROLES.index("source"))
            roles.setdefault(attributed.cue_first, ROLES.index("cue"))


def _of_drafts(drafts: list[Draft], found: Hints) -> None:
    """Where and when the rules put each event, and who they think says it."""
    for draft in drafts:
        roles = found.roles.setdefault(draft.event.head.i, {})
        for place in draft.places:
            roles.setdefault(place.head.i, ROLES.index("place"))
        time = draft.time or (draft.shared_time.time if draft.shared_time is not None else None)
        if time is not None:
            for i in range(time.first, time.last + 1):
                roles.setdefault(i, ROLES.index("time"))
        if draft.chain and draft.chain[-1].source is not None:
            roles[draft.chain[-1].source.i] = ROLES.index("source")


def _of_sayings(document: Document, found: Hints) -> None:
    saying = found.words["saying"]
    for attributed in document.layers["attributions"]:
        for first, last in attributed.content:
            for i in range(first, last + 1):
                saying[i] = saying[i] or 3
        for i in range(attributed.cue_first, attributed.cue_last + 1):
            saying[i] = 2
        if attributed.source is not None:
            saying[attributed.source.i] = 1
