"""The `who` layer: whom names, descriptions and pronouns stand for within the report."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from reportedly.knowledge.actors import Actor, army_of, branch_of, countries, described_actor
from reportedly.reading.events import EventMention
from reportedly.reading.names import Names, actor_of, antecedent, classes, names_of
from reportedly.reading.slots import controlled_subject
from reportedly.reading.syntax import Document, Word, conjuncts, is_time_word, objects, phrase_bounds
from reportedly.reading.who_says import Attributed

MEMBERS: Final = frozenset(
    "fighter force troop soldier militant element member gunman militiaman operative commander leader leadership "
    "cell unit delegate delegation insurgent guerrilla jihadist combatant militia rebel gang group movement "
    "brigade battalion army military navy police officer warplane jet aircraft artillery drone official spokesman "
    "spokeswoman spokesperson representative government authority administration party wing regime junta "
    "coalition organisation organization terrorist extremist separatist man partisan commando paratrooper marine "
    "gendarme policeman warship gunboat helicopter tank convoy patrol column envoy negotiator reinforcement "
    "position faction supporter ally affiliate apparatus front council gunmen branch security service "
    "intelligence air defence defense peacekeeper mission mercenary source office statement spokesmen contingent "
    "command republic president minister ministry parliament side team bloc division regiment company general "
    "garrison".split()
)  # fmt: skip
_OUTSIDERS: Final = frozenset(
    ["supporter", "official", "spokesman", "spokeswoman", "spokesperson", "source", "statement", "representative"]
)
_ARMIES: Final = frozenset(
    "army military troop soldier force navy warplane jet aircraft artillery drone tank helicopter gunboat warship "
    "battalion brigade marine paratrooper commando air defence defense unit patrol column convoy reinforcement "
    "garrison".split()
)
_POLICE: Final = frozenset(["police", "policeman", "gendarme"])
_RULERS: Final = frozenset(
    "government authority administration regime junta president minister ministry republic parliament official".split()
)
_GROUP_WORDS: Final = frozenset(
    "group movement militia rebel organisation organization faction gang insurgent militant jihadist guerrilla "
    "extremist terrorist separatist fighter coalition alliance paramilitary cartel bandit cell".split()
)
_ORG_WORDS: Final = frozenset(
    "team army military government ministry agency company mission force apparatus brigade party council front office "
    "network union organisation organization group movement militia coalition bloc alliance command police court "
    "parliament committee charity authority centre center association institute embassy board firm commission "
    "administration department coalition battalion regiment community monitor observatory body service bank "
    "university hospital programme program administration".split()
)
_OFFICES: Final = frozenset({"president", "premier", "minister", "chancellor", "king", "emir", "sultan"})
_THINGS: Final = frozenset({"facility", "territory", "road", "vehicle", "ship"})
_PLAIN_MODIFIERS: Final = frozenset(
    "same said armed rebel militant mentioned aforementioned extremist jihadist iran-backed islamist".split()
)
_SIDES: Final = frozenset(
    "side party movement group faction army force government formation camp country neighbour neighbor state "
    "brigade tribe".split()
)
_SINGULAR_ORG: Final = frozenset({"it", "its", "itself"})
_PLURAL: Final = frozenset({"they", "them", "their", "themselves", "theirs"})
_PERSON: Final = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_OURS: Final = frozenset({"we", "us", "our", "ours", "i", "my"})
_COMMON_BODIES: Final = frozenset("army military government police ministry soldier troop force".split())
_MEMORY: Final = 1500
"""Words over which a description still points back; longer reports begin anew."""
_EVENTS_REMEMBERED: Final = 100
_ARMED_SECTORS: Final = frozenset({"REB", "CRM"})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in the report: the words [first, last] at this place, and whom they resolve to."""

    first: int
    last: int
    name: str
    actor: str | None = None
    sector: str | None = None
    country: str | None = None


class Who:
    """Resolves who is meant. Input: names, attributions, events. Output: layer "participants" and look-ups for claims."""

    name = "who"

    def __call__(self, document: Document) -> None:
        resolver = Resolver(document)
        document.layers["who"] = resolver
        found: dict[int, list[Party]] = {}
        for event in document.layers["events"]:
            for role in ("actor", "recipient", "patient"):
                for word in event.roles.get(role, []):
                    found.setdefault(word.i, resolver.parties(word))
        document.layers["participants"] = found


class Resolver:
    """Looks up whom a noun, name or pronoun stands for; every answer is given once and kept."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.names: Names = names_of(document)
        self._kept: dict[int, list[Party]] = {}
        self._open: set[int] = set()
        self._heads: list[int] | None = None

    def parties(self, word: Word) -> list[Party]:
        """Whom a word stands for: mostly one party, two for "the two sides", none for words that name nobody."""
        word = antecedent(word)
        if word.i in self._kept:
            return self._kept[word.i]
        if word.i in self._open:
            return []
        self._open.add(word.i)
        found = self._find(word)
        self._open.discard(word.i)
        self._kept[word.i] = found
        return found

    # ------------------------------------------------------------------ kinds of words

    def _find(self, word: Word) -> list[Party]:
        lower = word.lower
        if lower in _SINGULAR_ORG | _PLURAL | _PERSON | _OURS:
            target = self.pronoun(word)
            if target is not None and word.dep in ("dobj", "dative", "pobj"):
                target = self._not_the_subject(word, target)
            if target is None:
                return [self._own(word)]
            return [replace(p, first=word.i, last=word.i) for c in conjuncts(target) for p in self.parties(c)]
        if word.pos == "PRON" and lower not in (
            "some",
            "one",
            "others",
            "both",
            "all",
            "several",
            "many",
            "those",
            "two",
            "three",
        ):
            return []
        first, last = phrase_bounds(word)
        if self._is_sides(word):
            pair = self.pair_before(word)
            if pair:
                return [replace(p, first=first, last=last) for p in pair]
        if lower == "latter":
            pair = self.pair_before(word)
            if pair:
                return [replace(pair[-1], first=first, last=last)]
        match = self.names.by_word.get(word.i)
        if match is not None and match.use == "demonym" and _are_people(word):
            return [replace(self._own(word), sector="CVL", country=actor_of(match, self.names.home).country)]
        if match is not None and match.end >= word.i + 1 and word.lemma not in MEMBERS - _GROUP_WORDS:
            return [self._named(actor_of(match, self.names.home), first, last)]
        if word.pos in ("NUM", "PRON") or word.lemma in (
            "number",
            "dozen",
            "hundred",
            "group",
            "series",
            "column",
            "convoy",
        ):
            inner = objects(word, "of")
            if inner and inner[0].pos in ("NOUN", "PROPN", "PRON"):
                found = self.parties(inner[0])
                if found and (inner[0].lower in ("them", "us") or word.lemma in ("column", "convoy")):
                    return [replace(p, first=first, last=last) for p in found]
        acronym = self.names.acronyms.get(word.text)
        if acronym is not None:
            return [Party(first, last, self._text(*acronym), None, self._sector_of(word))]
        meant = None
        if last > first or word.pos == "PROPN" or word.lemma == "junta":
            phrase = self._text(first, last)
            here = self.names.home_at(self.document, word)
            meant = described_actor(phrase, here) or described_actor(phrase, self.names.home)
        if meant is not None:
            return [self._named(meant, first, last)]
        if word.lemma in MEMBERS:
            member = self._member(word, first, last)
            if member is not None:
                return [member]
        office = self._office(word)
        if office is not None:
            return [replace(office, first=first, last=last)]
        inside = self._name_inside(word) if word.lemma in _GROUP_WORDS else None
        if inside is not None:
            return [self._named(inside, first, last)]
        if self._is_definite(word):
            described = self._described(word)
            if described:
                return [replace(p, first=first, last=last) for p in described]
        return [self._own(word)]

    def _office(self, word: Word) -> Party | None:
        """A named person in a state's office is that state: "President Ana Pardo", "Chad's defence minister, Ali Musa"."""
        if word.pos != "PROPN":
            return None
        titles = [c for c in word.children if c.dep in ("compound", "nmod", "appos", "amod") and c.lower in _OFFICES]
        if word.dep == "appos" and word.head.lemma in _OFFICES:
            titles.append(word.head)
        for title in titles:
            modifiers = [title, *title.children, *(c for c in word.children if c.i < word.i)]
            if any(
                c.lower in ("vice-president", "former", "ex", "late", "company", "council", "regional", "party")
                for c in modifiers
            ):
                return None
            match = next(
                (
                    self.names.by_word[c.i]
                    for c in modifiers
                    if c.i in self.names.by_word and self.names.by_word[c.i].use != "actor"
                ),
                None,
            )
            country = match.actors[0].country if match is not None else self.names.home_at(self.document, word)
            if country is not None and country in countries():
                return Party(word.i, word.i, countries()[country].name, country, "GOV", country)
        return None

    def _name_inside(self, word: Word) -> Actor | None:
        """The name that a word for a group carries: "the separatist ETA group"."""
        for child in word.children:
            match = self.names.by_word.get(child.i)
            if match is not None and match.use == "actor" and child.dep in ("compound", "nmod", "amod", "appos"):
                return actor_of(match, self.names.home)
        return None

    def _named(self, actor: Actor, first: int, last: int) -> Party:
        actor = branch_of(actor, self.names.home_at(self.document, self.document.words[first]))
        return Party(first, last, actor.name, actor.id, actor.sector, actor.country)

    def _own(self, word: Word) -> Party:
        """Nobody that the registry holds: by its own words."""
        first, last = phrase_bounds(word)
        start = first
        opening = [i for i in range(first, word.i) if self.document.words[i].text == ","]
        if (opening and is_time_word(self.document.words[opening[-1] - 1])) or (
            opening and self.document.words[opening[-1] - 1].lower in ("earlier", "later", "before", "after", "ago")
        ):
            start = opening[-1] + 1  # "Two days earlier, gunmen"
        while start < last and self.document.words[start].tag in ("DT", "PDT", "PRP$"):
            start += 1
        words = classes(self.document, word)
        if (
            last > start
            and self.document.words[last].lower in ("prisoner", "hostage", "captive")
            and self.document.words[last - 1].tag == "NNS"
        ):
            last -= 1  # "took 27 soldiers prisoner"
        end = last - 1 if last > start and self.document.words[last].lower in ("'s", "’s", "'", "’") else last
        return Party(first, last, self._text(start, end).strip("\"“”‘’' "), None, _sector_from(words, word))

    def _sector_of(self, word: Word) -> str | None:
        return _sector_from(classes(self.document, word), word)

    def _text(self, first: int, last: int) -> str:
        return self.document.cased_text(first, last)

    # ------------------------------------------------------------------ descriptions

    def _member(self, word: Word, first: int, last: int) -> Party | None:
        """ "Houthi forces", "fighters of the front", "its men", "the Israeli army": the side they belong to."""
        for child in word.children:
            if (
                child.dep in ("amod", "compound", "nmod", "poss")
                and child.i < word.i
                and child.lower not in _PLURAL | _SINGULAR_ORG | _PERSON
            ):
                match = self.names.by_word.get(child.i) or next(
                    (
                        self.names.by_word[w.i]
                        for w in child.children
                        if w.i in self.names.by_word and w.dep in ("compound", "nmod", "amod")
                    ),
                    None,
                )
                if match is not None:
                    return self._belonging(actor_of(match, self.names.home), word, first, last)
        for prep in ("of", "from", "in", "for", "with", "by"):
            for thing in objects(word, prep):
                inner = self.names.by_word.get(thing.i)
                if (inner is not None and inner.use in ("actor",)) or (
                    inner is not None and prep in ("of", "from", "for")
                ):
                    return self._belonging(actor_of(inner, self.names.home), word, first, last)
                if prep in ("of", "from", "for", "in") and (
                    thing.lemma in _ORG_WORDS | MEMBERS
                    or (thing.pos == "PROPN" and prep in ("of", "for"))
                    or (thing.pos == "PROPN" and prep == "from" and thing.lemma in _ORG_WORDS)
                ):
                    found = self.parties(thing)
                    if found:
                        return replace(found[0], first=first, last=last)
        poss = word.child("poss")
        if poss is not None and word.lemma not in ("ally",):
            found = self.parties(poss)
            if found and found[0].sector in ("GOV", "MIL") and found[0].country and word.lemma in _ARMIES:
                army = army_of(found[0].country)
                if army is not None:
                    return self._named(army, first, last)
            if (
                found
                and (found[0].actor or poss.lower in _PLURAL | _SINGULAR_ORG | _PERSON | _OURS)
                and word.lemma not in _RULERS
            ):
                return replace(found[0], first=first, last=last)
        appos = word.child("appos")
        if appos is not None and appos.i in self.names.by_word:
            return self._named(actor_of(self.names.by_word[appos.i], self.names.home), first, last)
        beside = [c for c in word.head.children if c.i > word.i] if word.dep == "conj" else []
        for child in [*word.children, *beside]:
            if child.dep == "acl" and child.lemma in ("affiliate", "link", "belong", "ally"):
                for thing in objects(child, "with", "to"):
                    inner = self.names.by_word.get(thing.i)
                    if inner is not None:
                        return self._named(actor_of(inner, self.names.home), first, last)
        bare = not any(c.dep in ("amod", "compound") for c in word.children)
        if word.lemma in ("soldier", "troop", "force") and word.tag == "NNS" and bare:
            speaker = self._speaker(word)
            said = self.parties(speaker) if speaker is not None else []
            if said and said[0].sector == "MIL":
                return replace(said[0], first=first, last=last)
        home = self.names.home_at(self.document, word)
        governs = any(c.lower == "government" and c.dep in ("compound", "nmod", "amod") for c in word.children)
        if governs and home:
            return Party(first, last, f"{countries()[home].demonym} government forces", None, "MIL", home)
        return None

    def _belonging(self, actor: Actor, word: Word, first: int, last: int) -> Party:
        country = countries().get(actor.id)
        if country is None:
            return self._named(actor, first, last)
        modifiers = {c.lower for c in word.children if c.dep in ("compound", "amod")}
        if word.lemma in _ARMIES and not modifiers & {"security", "rebel", "opposition"}:
            army = army_of(country.iso3)
            name = army.name if army else f"{country.demonym} army"
            return Party(first, last, name, army.id if army else None, "MIL", country.iso3)
        if word.lemma in _RULERS:
            start = first
            while start < last and self.document.words[start].tag in ("DT", "PDT"):
                start += 1
            return Party(first, last, self._text(start, last), None, "GOV", country.iso3)
        start = first
        while start < last and self.document.words[start].tag in ("DT", "PDT", "CD"):
            start += 1
        sector = "COP" if word.lemma in _POLICE else _sector_from(classes(self.document, word), word)
        return Party(first, last, self._text(start, last), None, sector, country.iso3)

    def _is_definite(self, word: Word) -> bool:
        return any(c.lower in ("the", "this", "that", "these", "those") and c.i < word.i for c in word.children)

    def _described(self, word: Word) -> list[Party]:
        """ "the apparatus", "the group", "the army": the earlier name with that word, else the last of its kind."""
        lemma = word.lemma
        own = {
            c.lower for c in word.children if c.dep in ("amod", "compound", "poss") and c.i < word.i
        } - _PLAIN_MODIFIERS
        if own:
            return []
        for back in self._mentions_before(word):
            if (
                back.lemma == lemma
                and back.lower == word.lower
                and back.i not in self.names.by_word
                and self._is_definite(back)
                and not _has_name(back)
            ):
                continue
            first, last = phrase_bounds(back)
            texts = {w.lower for w in self.document.words[first : last + 1]}
            if lemma in _COMMON_BODIES and back.lemma != lemma and back.i not in self.names.by_word:
                continue
            heads = back.lemma == lemma or back.lower == word.lower or back.i in self.names.by_word
            if heads and (lemma in texts or word.lower in texts) and (_has_name(back) or back.i in self.names.by_word):
                found = self.parties(back)
                if lemma in _COMMON_BODIES and found and found[0].sector in _ARMED_SECTORS:
                    continue  # "the army" is not the National Liberation Army
                if back.dep in ("compound", "nmod") and back.i not in self.names.by_word:
                    continue
                if found and (found[0].actor or any(c.isupper() for c in found[0].name)):
                    return found[:1]
        modifiers = {c.lower for c in word.children if c.dep in ("amod", "compound")}
        if lemma == "agency":
            for back in self._mentions_before(word):
                match = self.names.by_word.get(back.i)
                actor = actor_of(match, self.names.home) if match is not None else None
                if actor is not None and actor.sector in ("IGO", "NGO", "JRN"):
                    return [self._named(actor, 0, 0)]
        home = self.names.home_at(self.document, word)
        if lemma in ("army", "military", "troop", "soldier") and home and not modifiers:
            country = countries()[home]
            army = army_of(country.iso3)
            return [
                Party(
                    0,
                    0,
                    army.name if army else f"{country.demonym} army",
                    army.id if army else None,
                    "MIL",
                    country.iso3,
                )
            ]
        if lemma == "government" and home and not modifiers:
            country = countries()[home]
            return [Party(0, 0, f"{country.demonym} government", None, "GOV", country.iso3)]
        if lemma in _GROUP_WORDS:
            for back in self._mentions_before(word):
                match = self.names.by_word.get(back.i)
                if match is None:
                    member = [p for p in self.parties(back) if p.actor] if back.lemma in MEMBERS else []
                    if member and member[0].sector in _ARMED_SECTORS:
                        return member[:1]
                    continue
                actor = actor_of(match, self.names.home)
                if actor.sector in _ARMED_SECTORS or (
                    lemma in ("movement", "organisation", "organization", "group")
                    and actor.sector in ("OPP", "NGO", "PTY")
                ):
                    return [self._named(actor, 0, 0)]
        return []

    def _mentions_before(self, word: Word) -> Iterator[Word]:
        """Noun phrases before a word, nearest first, as far back as a reader remembers."""
        start = phrase_bounds(word)[0]
        for i in range(start - 1, max(-1, start - _MEMORY), -1):
            other = self.document.words[i]
            if other.pos in ("NOUN", "PROPN") and (
                other.dep not in ("compound", "npadvmod", "amod") or other.i in self.names.by_word
            ):
                yield other

    # ------------------------------------------------------------------ pronouns and pairs

    def _is_sides(self, word: Word) -> bool:
        if word.lemma == "both" and word.dep in ("nsubj", "dobj", "pobj"):
            return True
        if word.lemma not in _SIDES:
            return False
        lowers = {c.lower for c in word.children if c.i < word.i}
        return bool(lowers & {"both", "two", "warring", "rival", "neither", "either"}) and not lowers & {
            "other",
            "another",
        }

    def pair_before(self, word: Word) -> list[Party]:
        """The last two sides told of together before a word: "A and B", "clashes between A and B", "A ... with B"."""
        events: list[EventMention] = self.document.layers["events"]
        if self._heads is None:
            self._heads = [e.head.i for e in events]
        last = bisect_left(self._heads, word.i)
        for event in reversed(events[max(0, last - _EVENTS_REMEMBERED) : last]):
            sides: list[Party] = []
            doers = 0
            for role in ("actor", "recipient", "patient"):
                for filler in event.roles.get(role, []):
                    if (
                        filler.i < word.i
                        and filler.i not in self._open
                        and not classes(self.document, filler) & _THINGS
                    ):
                        for party in self.parties(filler):
                            if _is_side(party) and all(party.name != s.name for s in sides):
                                sides.append(party)
                doers = len(sides) if role == "actor" else doers
            if len(sides) == 2:
                return sides
            if doers and len(sides) == doers + 1:
                return [sides[0], sides[-1]]  # "the army and its allies fought the rebels"
        seen: list[Party] = []
        for back in self._mentions_before(word):
            match = self.names.by_word.get(back.i)
            if match is None:
                continue
            if match.use == "capital" or (match.use != "actor" and back.dep == "pobj"):
                continue
            belongs = match.use != "actor" and back.dep in ("amod", "compound", "nmod") and back.head.lemma in MEMBERS
            if belongs and back.head.i in self._open:
                continue
            named = self._named(actor_of(match, self.names.home), back.i, back.i)
            party = (self.parties(back.head) or [named])[0] if belongs else named
            if party.sector not in ("JRN", "IGO", "NGO", "MED", None) and all(p.name != party.name for p in seen):
                seen.insert(0, party)
            if len(seen) == 2:
                return seen
        return []

    def pronoun(self, word: Word) -> Word | None:
        """The noun that a pronoun stands for: who speaks, the subject before it, the last that fits."""
        lower = word.lower
        speaker = self._speaker(word)
        if lower in _OURS:
            return speaker
        if speaker is not None and speaker.i > word.i:
            # "the villagers they took, residents said": whoever stands before is meant, not the speaker after.
            before = self._subject_before(word)
            if before is not None and lower in _PLURAL:
                return before
        if (
            speaker is not None
            and speaker.i != word.i
            and (self._fits(lower, speaker) or self._speaks_for(lower, speaker))
        ):
            return speaker
        sentence = self.document.sentence_of(word)
        subjects: list[Word] = []
        others: list[Word] = []
        for index in range(sentence.index, max(-1, sentence.index - 4), -1):
            here = self.document.sentences[index]
            words = [
                w for w in self.document.sentence_words(here) if w.i < word.i and w.pos in ("NOUN", "PROPN", "NUM")
            ]
            direct = [
                w
                for w in words
                if w.dep in ("nsubj", "nsubjpass") and (index < sentence.index or w.head is not word.head)
            ]
            order = direct if index < sentence.index else list(reversed(direct))
            subjects += [w for w in order if self._fits(lower, w)]
            others += [
                w
                for w in reversed(words)
                if w.dep in ("pobj", "dobj", "appos", "conj", "dative")
                and self._fits(lower, w)
                and w.head is not word.head
            ]
            if subjects:
                return subjects[0]
            if others and index < sentence.index:
                return others[0]
        return others[0] if others else None

    def _subject_before(self, word: Word) -> Word | None:
        """The nearest subject before a pronoun in its own sentence that it can stand for."""
        sentence = self.document.sentence_of(word)
        for i in range(word.i - 1, sentence.first - 1, -1):
            other = self.document.words[i]
            if other.dep in ("nsubj", "nsubjpass") and other.pos in ("NOUN", "PROPN") and self._fits(word.lower, other):
                return other
        return None

    def _not_the_subject(self, word: Word, target: Word) -> Word | None:
        """ "they disarmed them": an object is somebody else than its subject."""
        verb = next((a for a in word.ancestors() if a.is_verb), None)
        own = controlled_subject(verb) if verb is not None else None
        if own is None or own is word:
            return target
        names = {p.name for p in self.parties(own)}
        if not names & {p.name for p in self.parties(target)}:
            return target
        for back in self._mentions_before(word):
            if word.sentence - back.sentence > 3:
                break
            if self._fits(word.lower, back) and not names & {p.name for p in self.parties(back)}:
                return back
        return None

    def _speaker(self, word: Word) -> Word | None:
        inner: Attributed | None = None
        for attributed in self.document.layers["attribution_index"].covering(word):
            if attributed.source is not None and not attributed.covers(attributed.source.i):
                if inner is None or attributed.size() <= inner.size():
                    inner = attributed
        return inner.source if inner is not None else None

    def _speaks_for(self, pronoun: str, speaker: Word) -> bool:
        """ "A spokesman for the front said its fighters": "its" is the front's, whoever speaks for it."""
        if pronoun in _PERSON or speaker.lemma not in MEMBERS:
            return False
        parties = self.parties(speaker)
        return bool(parties and parties[0].actor)

    def _fits(self, pronoun: str, noun: Word) -> bool:
        plural = noun.tag in ("NNS", "NNPS") or noun.child("conj") is not None or noun.pos == "NUM"
        kinds = classes(self.document, noun)
        match = self.names.by_word.get(noun.i)
        if pronoun in _PERSON:
            person = (
                "person" in kinds
                or "official" in kinds
                or noun.lemma
                in ("source", "spokesman", "spokeswoman", "spokesperson", "witness", "eyewitness", "analyst")
            )
            return not plural and person and match is None
        if pronoun in _SINGULAR_ORG:
            if plural and not (
                match is not None
                and match.actors[0].sector
                in ("MIL", "JRN", "GOV", "IGO", "REB", "NGO", "MED", "CRM", "PTY", "OPP", "COP")
            ):
                return False
            if match is not None:
                return match.use != "demonym" and not (
                    noun.dep == "pobj"
                    and match.use in ("country", "capital")
                    and noun.head.lower in ("in", "at", "near")
                )
            return noun.lemma in _ORG_WORDS or bool(
                noun.pos == "PROPN"
                and kinds & {"group"}
                and noun.dep in ("nsubj", "nsubjpass", "appos")
                and noun.text.isupper()
            )
        return (
            (plural and bool(kinds & {"person", "armed", "group", "state", "official"}))
            or noun.lemma in ("police", "group", "family", "militia", "gang", "crowd")
            or (match is not None and match.actors[0].sector in ("REB", "CRM") and match.use != "demonym")
        )


def _are_people(word: Word) -> bool:
    """Whether a nationality stands for some of its people: "two Italians", "the three Turks who were held"."""
    return word.tag in ("NNS", "NNPS") and any(
        c.dep in ("nummod", "quantmod") or c.lower in ("several", "many", "some", "dozens", "few")
        for c in word.children
    )


def _has_name(word: Word) -> bool:
    return (
        word.pos == "PROPN"
        or any(c.pos == "PROPN" for c in word.children if c.dep in ("compound", "nmod", "amod", "appos", "poss"))
        or any(g.pos == "PROPN" for c in word.children if c.dep == "prep" and c.lower == "of" for g in c.children)
    )


def _is_side(party: Party) -> bool:
    if party.name.split()[0].lower() in ("village", "town", "city", "district", "province", "area", "camp"):
        return False
    return party.sector in ("REB", "CRM", "MIL", "GOV", "OPP", "COP", "SPY", "PTY") or (
        party.actor is None and any(c.isupper() for c in party.name)
    )


def _sector_from(kinds: frozenset[str], word: Word) -> str | None:
    """PLOVER sector that a common noun tells."""
    lemma = word.lemma
    for sector, lemmas in _SECTOR_WORDS.items():
        if lemma in lemmas:
            return sector
    if "armed" in kinds and "group" not in kinds:
        return "MIL" if lemma in _ARMIES else "REB" if lemma in _GROUP_WORDS else None
    if kinds & {"civilian", "resident", "family", "person", "worker", "student"} and word.pos != "PROPN":
        return "CVL"
    return None


_SECTOR_WORDS: Final = {
    "JRN": frozenset(["journalist", "reporter", "correspondent", "newspaper", "broadcaster", "agency"]),
    "MED": frozenset(["doctor", "nurse", "medic", "paramedic", "surgeon", "hospital"]),
    "CRM": frozenset(["gang", "gangster", "bandit", "cartel", "kidnapper", "trafficker", "smuggler"]),
    "REB": frozenset(["rebel", "insurgent", "guerrilla", "jihadist", "militant", "separatist", "extremist"]),
    "COP": frozenset(["police", "policeman", "gendarme"]),
    "MIL": frozenset(["army", "soldier", "troop", "military", "navy", "marine"]),
    "GOV": frozenset(
    "government minister ministry president governor mayor diplomat ambassador authority official parliament".split()
),
    "EDU": frozenset(["student", "teacher", "pupil", "school", "university", "professor", "lecturer"]),
    "LAB": frozenset(["worker", "union", "driver", "miner", "striker"]),
    "BUS": frozenset(["trader", "merchant", "company", "businessman", "firm", "shopkeeper"]),
    "AGR": frozenset(["farmer", "herder", "fisherman", "shepherd"]),
    "REL": frozenset(["imam", "priest", "cleric", "pastor", "bishop", "monk", "nun"]),
    "REF": frozenset(["refugee", "migrant", "displaced", "idp"]),
    "JUD": frozenset(["judge", "court", "prosecutor"]),
    "LEG": frozenset(["lawmaker", "senator", "parliament"]),
    "OPP": frozenset(["protester", "demonstrator", "activist", "opposition"]),
    "NGO": frozenset(["charity", "ngo", "humanitarian"]),
}  # fmt: skip
