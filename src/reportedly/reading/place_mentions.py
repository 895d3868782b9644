"""Finds the places that a report says something happens at: names in the positions where a place stands."""

from dataclasses import dataclass
from typing import Final, Literal

from reportedly.knowledge.gazetteer import Candidate, candidates
from reportedly.model.record import PlacePrecision
from reportedly.reading.names import Names
from reportedly.reading.syntax import Document, Word

Use = Literal["literal", "metonym", "demonym", "embedded"]

_LOCATIVE: Final = frozenset(
    "in at near around inside outside across throughout over off between within along beside behind beyond above "
    "into from to toward towards on onto through via of under by amid for".split()
)
_SURE: Final = frozenset(
    "in at near around inside outside across throughout into towards toward within along between".split()
)
PLACE_NOUNS: Final = frozenset(
    "town city village district province governorate region state area neighbourhood neighborhood territory "
    "commune suburb camp island valley port county department oblast quarter hamlet settlement sub-district "
    "subdistrict locality township prefecture municipality field crossing road highway base airport mountain "
    "river strait sea gulf desert border canal peninsula coast lake cercle zone sector wilaya enclave junction "
    "bridge mount hill hills front".split()
)
_ADMIN1: Final = frozenset(["province", "governorate", "state", "region", "oblast", "department"])
_ADMIN2: Final = frozenset(
    "district county territory commune sub-district subdistrict locality cercle township".split()
)
_WATER: Final = frozenset(["sea", "gulf", "strait", "canal", "lake", "river", "ocean", "bay"])
_MOTION: Final = frozenset(
    "send move deploy withdraw flee advance march travel return transfer dispatch go come drive sail fly retreat redeploy pull rush "
    "reinforcement road highway route convoy bring airlift".split()
)
_NAMED_KINDS: Final = frozenset(
    "field crossing camp airport base port bridge neighbourhood neighborhood area village town island valley mountain quarter suburb "
    "district junction".split()
)
_NEAR: Final = frozenset(["near", "around", "outside", "off", "towards", "toward", "between"])
_DIRECTIONS: Final = frozenset(
    "north south east west northeast northwest southeast southwest north-east north-west south-east south-west "
    "kilometre kilometer km mile".split()
)
_NOT_PLACES: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december ramadan eid christmas easter telegram twitter facebook x islam arabic "
    "english french god decree".split()
)


@dataclass(slots=True, eq=False)
class PlaceMention:
    """A place name in the text: head word and words [first, last], what it resolves to."""

    head: Word
    first: int
    last: int
    name: str
    precision: PlacePrecision
    preposition: Word | None
    resolved: Candidate | None = None
    admin1: str | None = None
    container_of: "PlaceMention | None" = None
    """The more specific place that this one only contains: "Oicha in Beni"."""
    points_to: "PlaceMention | None" = None
    heading: bool = False
    border: bool = False
    """Whether it is the border of the place named."""
    use: Use = "literal"
    why: tuple[str, ...] = ()
    """What spoke most for the place that it resolves to."""


def _name_bounds(document: Document, word: Word) -> tuple[int, int]:
    """A proper name around its last word: "El Fasher", "Kilometre 12", "Deir al-Balah"."""
    first = last = word.i
    words = document.words
    sentence = document.sentence_of(word)
    while first - 1 >= sentence.first and (
        (
            words[first - 1].pos == "PROPN"
            or words[first - 1].text in ("-", "–", "'", "’")
            or words[first - 1].lower in ("al", "el", "de", "du", "la")
        )
        and words[first - 1].end >= words[first].start - 1
    ):
        if words[first - 1].text in ("'", "’") and words[first - 1].end != words[first].start:
            break
        if words[first - 1].text in ("–", "-") and words[first - 1].end != words[first].start:
            break
        first -= 1
    while first < word.i and (words[first].text in ("-", "–", "'", "’")):
        first += 1
    while last + 1 <= sentence.last and words[last + 1].end - words[last].end < 40:
        after = words[last + 1]
        joined = after.start == words[last].end
        if (
            (
                after.pos == "PROPN"
                and after.head.i <= last + 4
                and (words[last].text in ("-", "–") or after.dep in ("compound", "flat") or after is word.head)
            )
            or (
                after.text in ("-", "–", "’", "'")
                and joined
                and last + 2 <= sentence.last
                and words[last + 2].start == after.end
            )
            or (words[last].text in ("-", "–", "’", "'") and joined)
            or (
                after.pos == "NUM"
                and after.text.isdigit()
                and len(after.text) <= 2
                and after.dep in ("nummod", "appos")
                and words[last].pos == "PROPN"
                and after.start == words[last].end + 1
                and after.head.i <= last
            )
        ):
            last += 1
        else:
            break
    return first, last


def mention_at(document: Document, names: Names, word: Word) -> PlaceMention | None:
    match = names.by_word.get(word.i)
    if match is not None and match.use in ("actor", "demonym"):
        return None
    if word.pos != "PROPN" and not (match is not None and match.use in ("country", "capital")):
        return None
    if word.lower in _NOT_PLACES:
        return None
    if match is not None:
        first, last = match.start, match.end - 1
        head = document.words[last]
    else:
        first, last = _name_bounds(document, word)
        head = document.words[last]
        if head.pos != "PROPN":
            head = next(
                (document.words[i] for i in range(last, first - 1, -1) if document.words[i].pos == "PROPN"), word
            )
    if (
        any(i in names.by_word and names.by_word[i].use in ("actor", "demonym") for i in range(first, last + 1))
        and match is None
    ):
        return None
    text = document.span(first, last).text
    top = _top(head, first, last)
    kind_after = (
        document.words[last + 1]
        if last + 1 < len(document.words) and document.words[last + 1].sentence == word.sentence
        else None
    )
    kind = None
    if kind_after is not None and kind_after.lemma in PLACE_NOUNS and kind_after.pos in ("NOUN", "PROPN"):
        kind = kind_after.lemma
        top = kind_after
    prep = top.head if top.dep == "pobj" else None
    if prep is not None and prep.lower == "of" and prep.head.lemma in PLACE_NOUNS:
        kind = prep.head.lemma
        outer = prep.head
        prep = outer.head if outer.dep == "pobj" else prep
        if outer.head.pos in ("VERB",) and outer.dep in ("dobj", "nsubjpass", "nsubj"):
            return PlaceMention(head, first, last, text, _precision(kind, None), None)
    if prep is not None and prep.lower == "of" and prep.head.lower in _DIRECTIONS:
        kind = kind or "near"
    if top.dep == "appos" and top.head.lemma in PLACE_NOUNS:
        kind = kind or top.head.lemma
        prep = top.head.head if top.head.dep == "pobj" else prep
    if top.dep in ("appos", "conj") and top.head.dep == "pobj" and prep is None:
        prep = top.head.head
    if top.dep == "compound" and top.head.lemma in PLACE_NOUNS:
        kind = top.head.lemma
        prep = top.head.head if top.head.dep == "pobj" else prep
    sentence = document.sentence_of(word)
    following = document.words[last + 1].text if last < sentence.last else ""
    heading = first <= sentence.first + 1 and following == ":" and last - first < 4
    known = bool(candidates(text))
    if (
        kind_after is not None
        and kind_after.lemma in PLACE_NOUNS
        and not known
        and not candidates(f"{text} {kind_after.text}")
        and kind is None
    ):
        return None
    if (
        prep is not None
        and prep.lower in ("to", "from")
        and (prep.head.lemma in _MOTION or prep.head.lemma in PLACE_NOUNS)
    ):
        return PlaceMention(head, first, last, text, _precision(kind, prep), prep)
    if (
        prep is not None
        and prep.lower == "on"
        and match is None
        and prep.head.lemma in _ATTACKS
        and head.text[:1].isupper()
    ):
        return PlaceMention(head, first, last, text, "place", prep)
    if (prep is not None and prep.dep in ("prep", "pcomp", "advmod", "mark")) or (
        prep is not None and prep.lower in _LOCATIVE
    ):
        if (
            kind is not None
            or prep.lower in _SURE
            or (known and prep.lower in _LOCATIVE and prep.lower not in ("by", "with", "for"))
        ):
            if (
                match is not None
                and match.use in ("country", "capital")
                and prep.lower in ("of", "to", "with", "by", "against", "on", "for")
                and kind is None
            ):
                return None
            return PlaceMention(head, first, last, text, _precision(kind, prep), prep)
        return None
    if heading and known:
        return PlaceMention(head, first, last, text, "place", None, heading=True)
    if (kind is not None and (known or kind in _ADMIN1 | _ADMIN2 | _NAMED_KINDS)) and top.dep in (
        "dobj",
        "nsubj",
        "nsubjpass",
        "conj",
        "appos",
        "npadvmod",
        "attr",
        "compound",
        "poss",
    ):
        return PlaceMention(head, first, last, text, _precision(kind, None), None)
    if (
        match is None
        and (known or (top.dep in ("dobj", "nsubjpass") and top.head.lemma in _OF_PLACES_ONLY))
        and top.dep in ("dobj", "nsubjpass", "nsubj", "appos", "npadvmod", "poss", "compound", "nmod")
        and _is_taken_place(top)
    ):
        return PlaceMention(head, first, last, text, "place", None)
    return None


_ATTACKS: Final = frozenset("attack raid strike assault offensive advance march airstrike bombardment".split())
_OF_PLACES_ONLY: Final = frozenset("shell bombard pound retake recapture overrun besiege encircle bomb".split())


def _is_taken_place(top: Word) -> bool:
    """A bare place as object or subject: "captured Ménaka", "Ménaka fell", "Goma airport"."""
    if top.dep in ("compound", "nmod"):
        return top.head.lemma in PLACE_NOUNS | {
            "airport",
            "prison",
            "hospital",
            "market",
            "university",
            "garrison",
            "barracks",
        }
    if top.dep == "appos":
        return top.head.pos == "PROPN" or top.head.lemma in PLACE_NOUNS
    if top.dep in ("dobj", "nsubjpass"):
        return top.head.lemma in (
            "capture", "seize", "take", "retake", "recapture", "overrun", "enter", "leave", "shell", "bombard", "bomb", "besiege", "occupy", "reach",
            "storm", "raid", "attack", "strike", "hit", "target", "pound", "control", "liberate", "encircle", "surround", "abandon", "evacuate", "visit", "quit",
        )  # fmt: skip
    return top.dep == "nsubj" and top.head.lemma in ("fall",)


def _top(head: Word, first: int, last: int) -> Word:
    while first <= head.head.i <= last and head.head is not head:
        head = head.head
    return head


def _precision(kind: str | None, prep: Word | None) -> PlacePrecision:
    if kind in _ADMIN1:
        return "admin1"
    if kind in _ADMIN2:
        return "admin2"
    if kind in _WATER:
        return "water"
    if kind == "near" or (prep is not None and prep.lower in _NEAR):
        return "near"
    return "place"


def add_coordinated(document: Document, names: Names, found: list[PlaceMention], taken: set[int]) -> None:
    """ "in Aden, Abyan, Dhale and Taiz": what is listed with a place is a place."""
    for mention in list(found):
        queue = [mention.head, _top(mention.head, mention.first, mention.last)]
        seen = set()
        while queue:
            word = queue.pop()
            for child in word.children:
                if child.i in seen:
                    continue
                seen.add(child.i)
                if child.dep in ("conj", "appos") and child.pos == "PROPN":
                    queue.append(child)
                    if child.i in taken or (
                        child.i in names.by_word and names.by_word[child.i].use in ("actor", "demonym")
                    ):
                        continue
                    first, last = _name_bounds(document, child)
                    if taken & set(range(first, last + 1)):
                        continue
                    head = document.words[last]
                    found.append(
                        PlaceMention(
                            head, first, last, document.span(first, last).text, mention.precision, mention.preposition
                        )
                    )
                    taken |= set(range(first, last + 1))


def add_borders(document: Document, names: Names, found: list[PlaceMention], taken: set[int]) -> None:
    """ "Along the border with Saudi Arabia", "near the Syrian border": near the country, at its edge."""
    words = document.words
    for word in words:
        if word.lemma not in ("border", "frontier") or word.pos != "NOUN":
            continue
        prep = word.head if word.dep == "pobj" else None
        first, last, named = word.i, word.i, None
        if word.i + 2 < len(words) and words[word.i + 1].lower in ("with", "between"):
            named = names.by_word.get(word.i + 2) or names.by_word.get(min(word.i + 3, len(words) - 1))
            last = named.end - 1 if named is not None else last
        elif word.i and (named := names.by_word.get(word.i - 1)) is not None:
            first = named.start
        if named is None or named.use not in ("country", "demonym") or words[first].sentence != words[last].sentence:
            continue
        found[:] = [m for m in found if m.last < first or m.first > last]
        taken |= set(range(first, last + 1))
        mention = PlaceMention(word, first, last, named.actors[0].name, "near", prep)
        mention.border = True
        found.append(mention)
