"""The `where` layer: every place named in a report, what it is used for, and which place it is."""

from collections import Counter
from itertools import pairwise
from typing import Final

from reportedly.knowledge.gazetteer import Candidate
from reportedly.knowledge.place_words import KIND_WORDS, SPOKEN_BARE, demonyms
from reportedly.knowledge.spelling import sound_key
from reportedly.model.record import PlacePrecision
from reportedly.reading import place_resolution
from reportedly.reading.names import Names, names_of
from reportedly.reading.place_mentions import PLACE_NOUNS, PlaceMention, Use, add_borders, add_coordinated, mention_at
from reportedly.reading.place_pointers import add_pointers
from reportedly.reading.syntax import Document, Word
from reportedly.reading.toponyms import Span, toponyms

_GREAT_CITY: Final = 1_000_000
"""People from which a town's bare name means the town, whatever division shares it."""
_LARGE_TOWN: Final = 200_000
"""People from which a town is known far from home."""
_NAMESAKE_TOWN: Final = 50_000
"""People from which a town rather than the division of its name is meant, where divisions need their kind word."""
_TOLD: Final = 4
_AGENT_DEPS: Final = frozenset({"nsubj", "poss", "agent"})
_AGENT_PREPOSITIONS: Final = frozenset({"by", "with", "against", "between", "for"})


class Where:
    """Finds and resolves places. Input: the parsed words and names.

    Output: layer "toponyms", every place named, with its use; layer "places", those that something happens at, and the words
    that point back to them.
    """

    name = "where"

    def __call__(self, document: Document) -> None:
        names = names_of(document)
        found = _happenings(document, names)
        chosen = toponyms(document)
        of_word = {i: span for span in chosen for i in range(span.first, span.last + 1)}
        spans = [_span_of(mention, of_word) for mention in found]
        everything = {id(s): s for s in (*chosen, *spans)}
        resolved = place_resolution.gather(document, sorted(everything.values(), key=lambda s: s.first), names)
        place_resolution.resolve(resolved)
        of_span = {id(span): name for name in resolved for span in name.mentions}
        decided: Counter[str | None] = Counter(
            name.best.country for name in resolved if name.best is not None and name.best.country
        )
        for mention, span in zip(found, spans, strict=True):
            _settle(mention, of_span[id(span)], decided)
        _agree(found, {id(m): of_span[id(s)] for m, s in zip(found, spans, strict=True)})
        _add_containers(document, found)
        happening = {id(span) for span in spans}
        named = [_named(document, names, span, of_span[id(span)]) for span in chosen]
        for mention, span in zip(named, chosen, strict=True):
            if id(span) in happening:
                mention.use = "literal"
        seen = {id(span) for span in chosen}
        named += (m for m, span in zip(found, spans, strict=True) if id(span) not in seen and _is_clear(m, names.home))
        document.layers["toponyms"] = sorted(named, key=lambda p: p.first)
        add_pointers(document, found)
        document.layers["places"] = sorted(found, key=lambda p: p.first)


def _is_clear(mention: PlaceMention, home: str | None) -> bool:
    """Whether a name that the learned cues pass over is one all the same: it stands where places stand, and is known."""
    if mention.resolved is None or mention.border:
        return False
    where = mention.preposition.lower if mention.preposition is not None else ""
    return mention.resolved.country == home or mention.precision != "place" or where in ("in", "at", "near", "outside")


def _span_of(mention: PlaceMention, of_word: dict[int, Span]) -> Span:
    """The name that a mention is, as the learned cues bound it; a name that they do not see stands as it is."""
    for i in range(mention.last, mention.first - 1, -1):
        if i in of_word and not mention.border:
            return of_word[i]
    return Span(mention.first, mention.last, " ".join(mention.name.split()))


def _happenings(document: Document, names: Names) -> list[PlaceMention]:
    """Names in the positions where a place of an event stands."""
    found: list[PlaceMention] = []
    taken: set[int] = set()
    for sentence in document.sentences:
        for word in document.sentence_words(sentence):
            if word.i in taken:
                continue
            mention = mention_at(document, names, word)
            if mention is not None:
                found.append(mention)
                taken |= set(range(mention.first, mention.last + 1))
    add_coordinated(document, names, found, taken)
    add_borders(document, names, found, taken)
    return sorted(found, key=lambda p: p.first)


def _settle(mention: PlaceMention, name: place_resolution.Name, decided: Counter[str | None]) -> None:
    """Give a mention the place that its name means here, and its precision; decided: names by the country they lie in."""
    best = _of_kind(mention, name)
    if best is None or _out_of_the_way(best, name, decided):
        return
    mention.resolved = best
    mention.why = place_resolution.reasons(name, best, _TOLD)
    mention.admin1 = best.admin1
    if mention.precision == "place" and best.kind != "place":
        mention.precision = best.kind


def _of_kind(mention: PlaceMention, name: place_resolution.Name) -> Candidate | None:
    """The likeliest candidate, or its namesake of the kind that is meant here.

    "In Taiz" is the governorate unless a word says that it is the town: whoever reports from there speaks of it so. Elsewhere
    a division needs its kind word ("Kharkiv region"), and a great city, a capital or "near Taiz" means the town everywhere.
    """
    best = name.best
    if best is None or best.country is None:
        return best
    wanted: PlacePrecision | None = None
    if mention.precision in ("admin1", "admin2"):
        wanted = mention.precision
    elif name.kinds["place"] and best.kind in ("admin1", "admin2"):
        wanted = "place"
    elif best.kind == "admin1" and not name.kinds and (seat := _capital_of_that_name(best, name)) is not None:
        return seat
    elif best.kind == "admin1" and best.country not in SPOKEN_BARE and not name.kinds:
        towns = [
            c
            for c in name.candidates
            if c.kind == "place" and c.population >= _NAMESAKE_TOWN and c.country == best.country
        ]
        return next((c for c in towns if _namesakes(c, best) and sound_key(c.name) == sound_key(mention.name)), best)
    elif best.kind == "place" and not best.capital and best.population < _GREAT_CITY and not name.kinds["place"]:
        wanted = "admin1"
    if wanted is None or best.kind == wanted:
        return best
    if (
        wanted == "admin1"
        and mention.precision != "admin1"
        and (mention.precision == "near" or best.country not in SPOKEN_BARE)
    ):
        return best
    namesakes = [
        c
        for c in name.candidates
        if c.kind == wanted and c.country == best.country and _namesakes(c, best)
        and (mention.precision == wanted or wanted == "place" or sound_key(c.name) == sound_key(mention.name))
    ]  # fmt: skip
    return namesakes[0] if namesakes else best


def _agree(found: list[PlaceMention], names: dict[int, place_resolution.Name]) -> None:
    """Places in one list are of one kind: "in Aden, Abyan and Shabwa" are three governorates."""
    lists: dict[int, list[PlaceMention]] = {}
    for mention in found:
        lists.setdefault(id(mention.preposition), []).append(mention)
    for mention in found:
        listed = [m for m in lists[id(mention.preposition)] if m is not mention]
        if (
            len(listed) < 2
            or mention.preposition is None
            or mention.resolved is None
            or mention.resolved.kind != "place"
            or names[id(mention)].kinds["place"]
        ):
            continue
        if all(
            m.resolved is not None and m.resolved.kind == "admin1" and m.resolved.country == mention.resolved.country
            for m in listed
        ):
            same = [
                c
                for c in names[id(mention)].candidates
                if c.kind == "admin1" and c.country == mention.resolved.country and _namesakes(c, mention.resolved)
            ]
            if same:
                mention.resolved, mention.admin1, mention.precision = same[0], same[0].name, "admin1"


def _capital_of_that_name(division: Candidate, name: place_resolution.Name) -> Candidate | None:
    """The country's capital where it shares a division's name: "in Sanaa" is the city."""
    return next((c for c in name.candidates if c.capital and c.kind == "place" and c.country == division.country), None)


def _out_of_the_way(best: Candidate, name: place_resolution.Name, decided: Counter[str | None]) -> bool:
    """Whether the only place of that name lies where nothing else in the report does: then it is one that no gazetteer has."""
    if (
        best.kind not in ("place", "admin2")
        or best.population >= _LARGE_TOWN
        or best.country == name.home
        or name.containers
    ):
        return False
    own = name.best.country if name.best is not None else None
    others = decided.total() - (own is not None)
    return others > 1 and decided[best.country] == (own is not None and own == best.country)


def _namesakes(one: Candidate, other: Candidate) -> bool:
    if one.admin1 is not None and one.admin1 == other.admin1:
        return True
    km = one.km_to(other)
    return km is not None and km < 200


def _named(document: Document, names: Names, span: Span, name: place_resolution.Name) -> PlaceMention:
    """A place that is named where nothing happens at it."""
    best = name.best
    precision: PlacePrecision = best.kind if best is not None else "place"
    mention = PlaceMention(document.words[span.last], span.first, span.last, span.text, precision, None, best)
    mention.use = _use(document, names, span, best)
    if best is not None:
        mention.admin1 = best.admin1
        mention.why = place_resolution.reasons(name, best, _TOLD)
    return mention


def _use(document: Document, names: Names, span: Span, best: Candidate | None) -> Use:
    """What a place's name is used for where nothing happens at it."""
    words = document.words
    after = words[span.last + 1] if span.last + 1 < len(words) else None
    if span.text in demonyms() and (after is None or not after.text[:1].isupper()):
        return "demonym"
    match = names.by_word.get(span.first)
    if match is not None and match.use == "actor":
        return "embedded"
    if span.text in demonyms():
        return "embedded" if _within_longer_name(document, span) else "demonym"
    if _within_longer_name(document, span):
        return "embedded"
    head = words[span.last]
    while span.first <= head.head.i <= span.last and head.head is not head:
        head = head.head
    if best is not None and (best.kind in ("country", "region") or best.capital) and _acts(head):
        return "metonym"
    return "literal"


def _acts(head: Word) -> bool:
    if head.dep in _AGENT_DEPS:
        return True
    return head.dep == "pobj" and head.head.lower in _AGENT_PREPOSITIONS


def _within_longer_name(document: Document, span: Span) -> bool:
    """Whether a name is part of a body's, a person's or a unit's: "Aden al-Ghad", "the Marib Brigade"."""
    words, sentence = document.words, document.sentence_of(document.words[span.first])
    label = words[span.first].entity
    if label in ("ORG", "PERSON", "FAC", "EVENT", "LAW", "WORK_OF_ART"):
        inside = words[span.first].opens_entity is False and span.first > 0 and words[span.first - 1].text[:1].isupper()
        after = (
            span.last < sentence.last and words[span.last + 1].entity == label and not words[span.last + 1].opens_entity
        )
        if inside or after:
            return True
    if span.last < sentence.last:
        after_word = words[span.last + 1]
        if (
            after_word.text[:1].isupper()
            and after_word.pos == "PROPN"
            and KIND_WORDS.get(after_word.lower) in ("body", "feature")
        ):
            return True
    return False


def _add_containers(document: Document, found: list[PlaceMention]) -> None:
    """ "Oicha in Beni", "Beni territory, Ituri": the second only says where the first lies."""
    for one, other in pairwise(found):
        between = document.words[one.last + 1 : other.first]
        if one.head.sentence != other.head.sentence or len(between) > 4 or one.heading:
            continue
        lowers = [
            w.lower
            for w in between
            if w.lower not in PLACE_NOUNS
            and w.lower not in ("the", "northern", "southern", "eastern", "western", "central")
        ]
        outer = other.resolved
        if outer is None or outer.kind not in ("admin1", "admin2", "country", "region"):
            continue
        if lowers == ["in"] or (lowers == [","] and one.resolved is not None and one.resolved.kind != outer.kind):
            if one.admin1 is None and outer.kind == "admin1":
                one.admin1 = outer.name
            other.container_of = one
