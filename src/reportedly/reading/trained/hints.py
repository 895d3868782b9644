"""What the rule layers found, as numbers for the trained ones: they learn where the rules can be trusted."""

from dataclasses import dataclass, field
from typing import Final

from reportedly.model.plover import EVENT_TYPES
from reportedly.reading.events import EventMention
from reportedly.reading.how_said import StatusMention
from reportedly.reading.names import classes, names_of
from reportedly.reading.syntax import Document
from reportedly.reading.who_says import AttributionIndex

CLASSES: Final = (
    "armed group state person government igo police civilian official vehicle weapon facility road territory livestock attack "
    "place resident prisoner aid_agency media"
).split()
SECTORS: Final = "GOV MIL REB CRM COP SPY IGO NGO".split()
ROLES: Final = ["", "actor", "recipient", "patient", "target", "taken", "means", "toll", "source", "cue", "shot"]
SIZES: Final = {"event": 18, "status": 12, "saying": 4, "name": 11, "place": 3, "time": 2}
"""How many codes each hint of a word has."""
_KINDS: Final = {"occurred": 1, "planned": 2, "predicted": 3, "demanded": 4, "conditional": 5}
_CLASS_CODE: Final = {name: i + 1 for i, name in enumerate(CLASSES)}


@dataclass(slots=True)
class Hints:
    """Codes by word, and for each event that the rules found the roles of the words around it."""

    words: dict[str, list[int]]
    classes: list[list[int]]
    roles: dict[int, dict[int, int]] = field(default_factory=dict)


def hints(document: Document) -> Hints:
    """The hints of a document that the rule layers have read."""
    count = len(document.words)
    found = Hints({name: [0] * count for name in SIZES}, [[] for _ in range(count)])
    _of_events(document, found)
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
            found.classes[word.i] = sorted(_CLASS_CODE[c] for c in classes(document, word) if c in _CLASS_CODE)
    return found


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
