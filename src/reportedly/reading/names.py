"""Names and word classes within a parsed report: what later layers ask of a word before they decide."""

from dataclasses import dataclass, field

from reportedly.knowledge.actors import Actor, NameMatch, find_names
from reportedly.knowledge.classes import classes_of, weapon_mode
from reportedly.knowledge.place_words import KIND_WORDS
from reportedly.reading.syntax import Document, Word

_SECTOR_CLASSES = {
    "REB": frozenset({"armed", "group"}),
    "CRM": frozenset({"armed", "group"}),
    "MIL": frozenset({"armed", "group", "state"}),
    "COP": frozenset({"armed", "police", "group"}),
    "SPY": frozenset({"armed", "group", "state"}),
    "GOV": frozenset({"state", "government"}),
    "IGO": frozenset({"igo", "group", "aid_agency"}),
    "NGO": frozenset({"igo", "group", "aid_agency"}),
}
_UNKNOWN_NAME = frozenset({"place", "person", "group"})
_PERSON_PRONOUNS = frozenset({"he", "she", "they", "them", "him", "her", "who", "whom", "we", "us"})


@dataclass(slots=True)
class Names:
    """Registry names by the words they cover, and acronyms that the report itself explains."""

    matches: list[NameMatch]
    by_word: dict[int, NameMatch]
    acronyms: dict[str, tuple[int, int]] = field(default_factory=dict)
    """An acronym -> the words [first, last] of the name it stands for, where the registry knows neither."""
    home: str | None = None
    """ISO code of the country that the report is mostly about."""
    homes: dict[int, str] = field(default_factory=dict)
    """The same by block: a round-up goes from country to country."""

    def home_at(self, document: Document, word: Word) -> str | None:
        """The country at hand where a word stands."""
        return self.homes.get(document.sentence_of(word).block, self.home)


def _acronym_of(document: Document, at: int) -> tuple[int, int] | None:
    """Words of the name that "(ABC)" at this word explains: its initials, read backwards."""
    letters = [c.lower() for c in document.words[at].text if c.isalpha()]
    i, k = at - 2, len(letters) - 1
    while i >= 0 and k >= 0 and at - i < 12:
        word = document.words[i]
        if word.lower[:1] == letters[k]:
            k -= 1
        elif word.text[:1].isupper() or word.pos not in ("ADP", "DET", "CCONJ", "PUNCT", "PART"):
            break
        i -= 1
    return (i + 1, at - 2) if k < 0 and document.words[i + 1].text[:1].isupper() else None


def names_of(document: Document) -> Names:
    """Find the registry's names once per report."""
    found: Names | None = document.layers.get("names")
    if found is not None:
        return found
    words = document.words
    matches = []
    for sentence in document.sentences:
        texts = [w.text for w in document.sentence_words(sentence)]
        for match in find_names(texts):
            first = sentence.first
            if match.use == "actor" and _called_a_place(words, match.start + first):
                continue
            matches.append(NameMatch(match.start + first, match.end + first, match.use, match.actors))
    names = Names(matches, {i: m for m in matches for i in range(m.start, m.end)})
    votes: dict[str, int] = {}
    by_block: dict[int, dict[str, int]] = {}
    for match in matches:
        country = match.actors[0].country
        if country and match.actors[0].sector != "JRN":
            weight = _weight(document, match)
            votes[country] = votes.get(country, 0) + weight
            block = by_block.setdefault(document.sentence_of(words[match.start]).block, {})
            block[country] = block.get(country, 0) + weight
    if votes:
        names.home = max(votes, key=lambda c: votes[c])
    for number, counts in by_block.items():
        if names.home not in counts:
            names.homes[number] = max(counts, key=lambda c: counts[c])
    _give_homes_by_heading(document, names, by_block)
    for word in words[2:]:
        if word.text.isupper() and len(word.text) > 1 and words[word.i - 1].text == "(" and word.i not in names.by_word:
            bounds = _acronym_of(document, word.i)
            if bounds is not None:
                names.acronyms[word.text] = bounds
    document.layers["names"] = names
    return names


def _give_homes_by_heading(document: Document, names: Names, by_block: dict[int, dict[str, int]]) -> None:
    """A block that is nothing but a country's name is the home of what follows, up to the next such block."""
    spans: dict[int, tuple[int, int]] = {}
    for sentence in document.sentences:
        first, _ = spans.get(sentence.block, (sentence.first, 0))
        spans[sentence.block] = (first, sentence.last)
    current: str | None = None
    for block, (first, last) in sorted(spans.items()):
        match = names.by_word.get(first)
        if match is not None and match.use == "country" and match.start == first and match.end >= last:
            current = match.actors[0].country
        elif (
            current is not None
            and current not in by_block.get(block, {})
            and (block not in by_block or len(by_block[block]) > 1)
        ):
            names.homes[block] = current


def _called_a_place(words: list[Word], at: int) -> bool:
    """Whether the words before a name say that it is a place: "the town of Rada"."""
    return at > 1 and words[at - 1].lower == "of" and KIND_WORDS.get(words[at - 2].lower, "body") != "body"


def _weight(document: Document, match: NameMatch) -> int:
    """How far a name tells which country a report is about: a label most, a country more than a nationality."""
    after = document.words[match.end].text if match.end < len(document.words) else ""
    if after == ":":
        return 5
    return 2 if match.use in ("country", "capital") else 1


def heads_name(match: NameMatch, word: Word) -> bool:
    """Whether a word is the grammatical head of a name that covers it ("Doctors" in "Doctors Without Borders")."""
    return match.end == word.i + 1 or (match.start <= word.i and not match.start <= word.head.i < match.end)


def actor_of(match: NameMatch, home: str | None) -> Actor:
    """The actor that a name means: where several bear it, the one at home in the report's country."""
    for actor in match.actors:
        if home and actor.country == home:
            return actor
    return match.actors[0]


def compound_keys(word: Word) -> list[str]:
    """Look-up keys of a noun: "mortar shell" before "shell"."""
    keys = [f"{c.lemma} {word.lemma}" for c in word.children if c.dep in ("compound", "amod", "nmod") and c.i < word.i]
    keys.reverse()
    return [*keys, word.lemma, word.lower]


def mode_of_weapon(word: Word) -> str | None:
    """PLOVER mode of an assault with what this noun names; None where it is no weapon."""
    for key in compound_keys(word):
        mode = weapon_mode(key)
        if mode:
            return mode
    return None


def classes(document: Document, word: Word) -> frozenset[str]:
    """Word classes of what a noun, name or pronoun stands for."""
    if (word.dep in ("nsubj", "nsubjpass", "dobj") and word.tag in ("WDT", "WP")) or word.lower in ("who", "which"):
        target = antecedent(word)
        if target is not word:
            return classes(document, target)
    found: set[str] = set()
    if word.pos == "PRON" and word.lower in _PERSON_PRONOUNS:
        return frozenset({"person", "group"})
    names = names_of(document)
    match = names.by_word.get(word.i)
    if match is not None and heads_name(match, word):
        found |= _SECTOR_CLASSES.get(match.actors[0].sector or "", frozenset())
        if match.use in ("country", "capital"):
            found |= {"place"}
    elif word.pos == "PROPN":
        found |= _UNKNOWN_NAME
    for key in compound_keys(word):
        found |= classes_of(key)
    for prep in word.children:
        if prep.dep == "prep" and prep.lower == "of" and (word.pos == "NUM" or "aid" in found or not found):
            for inner in prep.children:
                if inner.dep == "pobj" and inner is not word:
                    found |= classes(document, inner)
    if mode_of_weapon(word):
        found.add("weapon")
    return frozenset(found)


def antecedent(word: Word) -> Word:
    """The noun that a relative pronoun stands for; any other word is its own."""
    if word.tag not in ("WDT", "WP") and word.lower not in ("who", "which", "that", "whom"):
        return word
    for above in word.ancestors():
        if above.dep == "relcl":
            return above.head
    return word
