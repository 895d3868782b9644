"""Sources of attributions: of which type they are, whether they are named, and whom "he added" means."""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from reportedly.knowledge.actors import registry
from reportedly.knowledge.reporting import source_types
from reportedly.reading.names import actor_of, heads_name, names_of
from reportedly.reading.syntax import Document, Word, objects, phrase_bounds
from reportedly.reading.who import Resolver
from reportedly.reading.who_says import AttributionIndex

_UN_FAMILY: Final = frozenset(
    "un unsc unifil unsmil monusco minusca minusma unmiss unisfa unmha unama unami binuh ocha ohchr unhcr unicef "
    "wfp who-un iom fao unrwa undp iaea".split()
)
_BY_SECTOR: Final = {
    "REB": "armed_group", "CRM": "armed_group", "MIL": "military", "GOV": "official", "LEG": "official", "JUD": "official",
    "IGO": "official", "NGO": "aid", "JRN": "agency", "COP": "security", "SPY": "security", "MED": "medical", "PTY": "party",
    "OPP": "party", "BUS": "expert", "CVL": "local",
}  # fmt: skip
_BODIES: Final = frozenset(
    "team wing army military ministry police government agency mission embassy court council office presidency parliament "
    "company committee network union party commission command coalition radio television tv newspaper daily "
    "department treasury pentagon kremlin navy authority movement group administration observatory hospital "
    "university centre center organisation organization unit force service apparatus brigade front municipality "
    "governorate monitor charity ngo coalition staff association watchdog firm consulate cabinet broadcaster "
    "channel website bureau institute secretariat front alliance militia junta regime headquarters guard centre room "
    "church synod parish diocese cooperative federation chamber tribunal directorate directory cluster gendarmerie faction morgue".split()
)
_OFFICES: Final = frozenset(
    "minister president governor mayor premier chairman secretary ambassador king prince chancellor "
    "secretary-general chief speaker commissioner coordinator envoy prosecutor pope patriarch administrator "
    "prefect director head leader bishop archbishop sultan emir mufti rector imam".split()
)
_PAPERS: Final = frozenset("statement communique communiqué note bulletin declaration release list".split())
_ANY_GROUP: Final = frozenset("group faction movement organisation organization unit team wing".split())
"""Bodies that their word does not tell apart: a place has one ministry, and many groups."""
_UN_MISSIONS: Final = frozenset(
    "UNTSO UNMOGIP UNFICYP UNDOF UNIFIL UNAVEM UNTAG MINURSO ONUSAL UNIKOM UNTAC UNPROFOR UNOSOM ONUMOZ UNOMUR UNOMIG UNOMIL UNAMIR UNMIH UNMOT UNPREDEP "
    "UNTAES UNMIBH UNMOP UNSMIH MINUGUA MONUA UNOMSIL MIPONUH UNMIK UNAMSIL UNTAET MONUC UNMEE UNMIL UNOCI MINUSTAH ONUB UNMIS UNMIT UNAMID MINURCAT MONUSCO "
    "UNISFA UNMISS UNSMIS MINUSMA MINUSCA MINUJUSTH BINUH UNAMA UNAMI UNSMIL UNSOM UNITAMS UNMHA".split()
)
"""The United Nations' missions since 1948; the registry does not have those that ended long ago."""
_PRONOUNS: Final = frozenset({"he", "she", "it", "they", "we", "i", "one", "both", "some", "others", "another", "two"})
_PERSONS: Final = frozenset({"he", "she"})


@dataclass(frozen=True, slots=True)
class Origin:
    """A source as resolved: whom the words at this place stand for."""

    first: int
    last: int
    name: str | None
    type: str
    anonymous: bool
    actor: str | None
    plural: bool = False
    person: bool = True


class Origins:
    """Resolves the sources of a report, each once."""

    def __init__(self, document: Document, resolver: Resolver) -> None:
        self.document = document
        self.resolver = resolver
        self.names = names_of(document)
        self._kept: dict[int, Origin | None] = {}
        self._open: set[int] = set()

    def of(self, word: Word) -> Origin | None:
        """The origin that a source's head noun stands for; None for the outlet speaking of itself."""
        if word.i in self._kept:
            return self._kept[word.i]
        if word.i in self._open:
            return None
        self._open.add(word.i)
        found = self._find(word)
        self._open.discard(word.i)
        self._kept[word.i] = found
        return found

    def _find(self, word: Word) -> Origin | None:
        first, last = phrase_bounds(word)
        if word.lower in _PRONOUNS:
            inner = objects(word, "of")
            if inner and inner[0].lower not in ("them", "us"):
                found = self.of(inner[0])
                return replace(found, first=first, last=last) if found else None
            # The mention is the fullest one: "he" is told as "a police officer in the town".
            back = self._earlier(word)
            if back is not None:
                return back
            target = self.resolver.pronoun(word)
            if target is not None and target.i != word.i:
                return self.of(target)
            return Origin(first, last, None, "unspecified", True, None)
        if word.lemma in ("statement", "video", "communique", "letter", "post") and self._points_back(word):
            issuer = self._issuer(word)
            if issuer is not None:
                return issuer
        if self._points_back(word):
            back = self._earlier(word)
            if back is not None:
                return back
        return self._own(word, first, last)

    def _issuer(self, word: Word) -> Origin | None:
        """ "The army said in a statement ... the statement added": the army's."""
        index: AttributionIndex = self.document.layers["attribution_index"]
        for sentence in range(word.sentence, max(-1, word.sentence - 4), -1):
            for attributed in reversed(index.by_source(sentence)):
                if attributed.source is None or attributed.source.i >= word.i or attributed.source is word:
                    continue
                told = self.document.sentence_words(self.document.sentences[sentence])
                if any(w.lemma == word.lemma and w.dep == "pobj" and w.i < word.i for w in told):
                    return self.of(attributed.source)
        return None

    def _points_back(self, word: Word) -> bool:
        return word.pos == "NOUN" and any(
            c.lower in ("the", "same", "this", "these", "those") for c in word.children if c.i < word.i
        )

    def _earlier(self, word: Word) -> Origin | None:
        """The last source before a pronoun or "the official" that it can stand for."""
        index: AttributionIndex = self.document.layers["attribution_index"]
        lower = word.lower
        plain = not any(
            c.dep in ("compound", "amod", "poss") and c.lower not in ("same", "other") for c in word.children
        )
        near = [a for s in range(word.sentence, max(-1, word.sentence - 7), -1) for a in reversed(index.by_source(s))]
        for attributed in near:
            source = attributed.source
            if source is None or source.i >= word.i or source.i in self._open:
                continue
            if lower in _PRONOUNS:
                if source.lower in _PRONOUNS and source.i in self._open:
                    continue
                origin = self.of(source)
                if origin is None:
                    continue
                if lower in _PERSONS and origin.person and not origin.plural:
                    return origin
                if lower == "it" and not origin.person and self.document.words[source.i].sentence >= word.sentence - 1:
                    return origin
                if lower in ("they", "one", "both", "some", "another", "others", "two") and origin.plural:
                    return origin
                if lower == "they" and word.sentence - source.sentence > 2:
                    return None
            elif plain and source.lemma == word.lemma and source is not word:
                return self.of(source)
        return self._first_named(word) if plain and word.lemma == "source" else None

    def _first_named(self, word: Word) -> Origin | None:
        """ "Military sources revealed details of ... The sources said": told of in words in which nothing is said yet."""
        for other in reversed(self.document.words[: word.i]):
            if other.lemma == word.lemma and any(c.dep in ("compound", "amod") for c in other.children):
                return self._own(other, *phrase_bounds(other)) if word.sentence - other.sentence < 12 else None
        return None

    def _own(self, word: Word, first: int, last: int) -> Origin | None:
        types = source_types()
        kind: str | None = None
        plural = word.tag in ("NNS", "NNPS")
        match = self.names.by_word.get(word.i)
        if match is not None and heads_name(match, word) and word.lemma not in ("source", "official"):
            actor = actor_of(match, self.names.home)
            kind = "un" if actor.id in _UN_FAMILY else _BY_SECTOR.get(actor.sector or "", "official")
            some = word.tag == "NNS" and any(c.dep == "nummod" or c.lower in ("several", "some") for c in word.children)
            named = actor.name if not some else None
            return Origin(first, last, named, kind, some, actor.id, plural=plural, person=False)
        title = word.child("appos")
        if title is not None and word.lemma in _BODIES and title.i in self.names.by_word:
            return self._own(title, first, max(last, title.i))
        if (
            word.lemma == "agency"
            and self._points_back(word)
            and not any(c.dep in ("amod", "compound") for c in word.children)
        ):
            parties = self.resolver.parties(word)
            meant = registry().get(parties[0].actor or "") if parties else None
            if meant is not None:
                kind = "un" if meant.id in _UN_FAMILY else _BY_SECTOR.get(meant.sector or "", "official")
                return Origin(first, last, meant.name, kind, False, meant.id, person=False)
        belongs = self._belonging(word)
        modifiers = [c for c in word.children if c.dep in ("compound", "amod", "nmod") and c.i < word.i]
        keys = [f"{c.lemma} {word.lemma}" for c in reversed(modifiers)] + [
            f"{c.lower} {word.lemma}" for c in reversed(modifiers)
        ]
        if len(modifiers) > 1:
            keys.insert(0, " ".join([*(m.lower for m in modifiers[-2:]), word.lemma]))
        keys = [key for key in self._as_written(word, first) if key in types] + keys
        keys += [f"{word.lemma} of {thing.lemma}" for thing in objects(word, "of")] + [word.lemma, word.lower]
        kind = next((types[k] for k in keys if k in types), None)
        if kind is None and word.text in _UN_MISSIONS:
            kind = "un"
        if kind is None and word.pos == "PROPN":
            kind = self._by_words(first, last)
        if (
            kind in ("body", "military", "security", "official", "armed_group", "local", "unspecified", None)
            and belongs is not None
        ):
            general = (
                kind in ("body", "unspecified", None)
                or (kind == "local" and word.lemma in ("leader", "chief", "head"))
                or (kind == "military" and belongs in ("armed_group",))
                or (kind == "official" and belongs in ("un", "armed_group", "aid", "party"))
            )
            if general:
                kind = belongs
        if kind in (None, "body"):
            kind = self._by_words(first, last) or next(
                (
                    types[w.lemma]
                    for w in reversed(self.document.words[first : last + 1])
                    if types.get(w.lemma, "body") != "body"
                ),
                None,
            )
        if kind is None:
            kind = self._by_apposition(word)
        acronym = word.text.isupper() and len(word.text) > 2
        named_person = (word.pos == "PROPN" or acronym) and word.lemma not in types
        anonymous = self._is_anonymous(word, kind, named_person)
        parties = self.resolver.parties(word)
        name: str | None = None
        actor_id: str | None = None
        if not anonymous and parties:
            body = word.lemma in _BODIES or word.lemma in _OFFICES
            if title is not None and title.pos == "PROPN" and title.left <= last + 3 and body:
                last = title.i
            name = parties[0].name if parties[0].actor or not body else self._plain(first, last)
            actor_id = parties[0].actor if not named_person else None
            if kind is None and parties[0].sector:
                kind = _BY_SECTOR.get(parties[0].sector)
        person = not (word.lemma in _BODIES or (word.pos == "PROPN" and word.text.isupper()))
        return Origin(first, last, name, kind or "unspecified", anonymous, actor_id, plural=plural, person=person)

    def _as_written(self, word: Word, first: int) -> list[str]:
        """The words up to one as the text has them, hyphens and all, the longest first: "human-rights office"."""
        before = (self.document.span(i, word.i - 1).text.lower() for i in range(max(first, word.i - 3), word.i))
        return [f"{text} {word.lemma}" for text in before]

    def _by_words(self, first: int, last: int) -> str | None:
        """ "regional police chief Jane Roe": two words side by side tell more than one."""
        types = source_types()
        words = self.document.words[first : last + 1]
        for one, other in reversed(list(pairwise(words))):
            kind = types.get(f"{one.lower} {other.lemma}")
            if kind and kind != "body":
                return kind
        return None

    def _plain(self, first: int, last: int) -> str:
        while first < last and self.document.words[first].tag in ("DT", "PDT"):
            first += 1
        return self.document.span(first, last).text

    def _belonging(self, word: Word) -> str | None:
        """Type of source that the body behind a spokesman, statement or commander gives him."""
        near = [c for c in word.children if c.dep in ("compound", "amod", "nmod", "poss") and c.i < word.i]
        near += objects(word, "of", "for", "from", "in", "with", "by")
        near += [
            g
            for c in near
            if c.dep == "poss" or c.dep == "pobj"
            for g in c.children
            if g.dep in ("compound", "amod", "nmod", "poss")
        ]
        found: str | None = None
        for thing in near:
            match = self.names.by_word.get(thing.i)
            if match is not None:
                actor = actor_of(match, self.names.home)
                if match.use in ("country", "demonym", "capital"):
                    found = found or "official"
                    continue
                return "un" if actor.id in _UN_FAMILY else _BY_SECTOR.get(actor.sector or "")
            if thing.text in _UN_MISSIONS:
                return "un"
            kind = source_types().get(thing.lemma)
            if (
                kind
                and kind not in ("body", "unspecified", "document")
                and (thing.dep != "pobj" or thing.head.lower in ("of", "for", "from", "in"))
            ):
                parties = self.resolver.parties(thing) if thing.lemma in _BODIES else []
                if parties and parties[0].actor and parties[0].sector in ("REB", "CRM"):
                    return "armed_group"
                if thing.dep != "pobj" or kind in (
                    "military",
                    "security",
                    "official",
                    "aid",
                    "medical",
                    "armed_group",
                    "un",
                    "party",
                ):
                    return kind
            elif thing.lemma in _BODIES or thing.lower in ("it", "its", "their"):
                parties = self.resolver.parties(thing)
                if parties and parties[0].sector:
                    found = "un" if parties[0].actor in _UN_FAMILY else _BY_SECTOR.get(parties[0].sector, found or "")
        return found or None

    def _by_apposition(self, word: Word) -> str | None:
        """ "Jane Roe, a spokeswoman for the ministry": the title tells the type."""
        for title in [*word.all("appos"), *[c for c in word.children if c.dep == "compound"]]:
            kind = source_types().get(title.lemma)
            if kind == "body" or kind is None:
                kind = self._belonging(title) or kind
            if kind and kind != "body":
                return kind
        if word.dep == "appos":
            kind = source_types().get(word.head.lemma)
            if kind and kind != "body":
                return kind
        return None

    def _issuers(self, word: Word) -> list[Word]:
        return [c for c in word.children if c.dep == "poss"] + list(objects(word, "of", "from", "by"))

    def _is_known_issuer(self, word: Word) -> bool:
        """Whether whoever issued a paper is a body or an office that can be told apart: "the ministry", "UNMIK"."""
        definite = any(c.lower == "the" or c.dep == "poss" for c in word.children)
        told_apart = (word.lemma in _BODIES and word.lemma not in _ANY_GROUP) or word.lemma in _OFFICES
        return word.pos == "PROPN" or (definite and told_apart)

    def _is_anonymous(self, word: Word, kind: str | None, named_person: bool) -> bool:
        if named_person or any(
            c.dep in ("appos", "compound") and c.pos == "PROPN" and c.i > word.i for c in word.children
        ):
            return False
        definite = any(
            c.lower in ("the", "its", "their", "his", "both") or c.dep == "poss" for c in word.children if c.i < word.i
        )
        if word.lemma in ("police", "authority", "prosecutor") and word.dep in ("nsubj", "pobj"):
            return any(c.lower in ("a", "an", "two", "some") for c in word.children)
        if word.lemma in _BODIES:
            bare_media = word.lemma in ("radio", "television", "tv", "website")
            parties = self.resolver.parties(word)
            named = bool(parties and (parties[0].actor or any(c.isupper() for c in parties[0].name)))
            return not (definite or named or word.tag == "NNP") and not bare_media
        if word.lemma in _PAPERS and any(self._is_known_issuer(c) for c in self._issuers(word)):
            return False
        if kind == "document":
            return not any(w.pos == "PROPN" or w.pos == "NUM" for w in word.children)
        if word.lemma in _OFFICES and word.tag == "NN":
            indefinite = any(c.lower in ("a", "an", "one", "another") for c in word.children if c.i < word.i)
            former = any(c.lower in ("former", "senior", "local", "deputy", "tribal") for c in word.children)
            return (
                indefinite
                or (former and not definite)
                or (word.lemma in ("leader", "chief", "director", "head", "envoy") and not definite)
            )
        return True
