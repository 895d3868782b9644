"""Decides which place a name means: each candidate is described by cues, whose learned weights add up.

All mentions of one name in a report are decided together, as writers use a name in one sense. The other places of the report
count through where their best candidates lie, so the decision is made in a few rounds.
"""

import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from reportedly.knowledge.gazetteer import CONSONANTS, SOUND, Candidate, loose_candidates
from reportedly.knowledge.gazetteer_index import OTHER
from reportedly.knowledge.place_words import KIND_WORDS, candidates_of, demonyms, short_forms, weights
from reportedly.knowledge.spelling import plain_key, sound_key
from reportedly.reading.names import Names
from reportedly.reading.syntax import Document
from reportedly.reading.toponyms import Span

_ROUNDS: Final = 3
_MOST: Final = 30
_KINDS_IN_WORDS: Final = ("admin1", "admin2", "place", "water", "region")


@dataclass(slots=True)
class Name:
    """A name with all its mentions in a report, and what speaks for each of its candidates."""

    text: str
    mentions: list[Span]
    candidates: list[Candidate]
    containers: list[str] = field(default_factory=list)
    """Names that stand beside a mention as what it lies in: "Alexandria, La."."""
    home: str | None = None
    """The country at hand where the name first stands."""
    kinds: Counter[str] = field(default_factory=Counter)
    """Kinds that words beside a mention give it: "province", "city of"."""
    cues: list[dict[str, float]] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)

    @property
    def best(self) -> Candidate | None:
        """The likeliest candidate."""
        return self.candidates[max(range(len(self.scores)), key=self.scores.__getitem__)] if self.scores else None


def _kind_in_words(document: Document, span: Span) -> str | None:
    """Kind that words in or beside a mention give it."""
    words = document.words
    kind = KIND_WORDS.get(words[span.last].lower) if span.last > span.first else None
    if kind in _KINDS_IN_WORDS:
        return kind
    if span.last + 1 < len(words) and words[span.last + 1].sentence == words[span.last].sentence:
        kind = KIND_WORDS.get(words[span.last + 1].lower)
        if kind in _KINDS_IN_WORDS:
            return kind
    at = span.first - 1
    if at > 0 and words[at].lower == "of" and words[at].sentence == words[span.first].sentence:
        kind = KIND_WORDS.get(words[at - 1].lower)
        if kind in _KINDS_IN_WORDS:
            return kind
    if at >= 0 and words[at].lower in ("river", "lake", "gulf", "mount", "port", "camp"):
        return KIND_WORDS[words[at].lower]
    if at >= 0 and words[at].text in ("city", "town", "village", "capital"):
        return "place"
    return None


def _beside(document: Document, one: Span, other: Span) -> bool:
    """Whether the second name says what the first lies in: "Mudiya district in Abyan", "Alexandria, La."."""
    words = document.words
    if words[one.last].sentence != words[other.first].sentence:
        return False
    between = [w.lower for w in words[one.last + 1 : other.first]]
    if len(between) > 4 or not between:
        return False
    rest = [
        w
        for w in between
        if w not in KIND_WORDS and w not in ("the", "eastern", "western", "northern", "southern", "central")
    ]
    return rest in ([","], ["in"], [",", "in"], ["("], ["of"]) and not (rest == ["of"] and len(between) == 1)


def gather(document: Document, spans: list[Span], names_at_hand: Names | None = None) -> list[Name]:
    """The names of a report with their candidates and what their neighbours tell, and the country at hand where each stands."""
    home = names_at_hand.home if names_at_hand is not None else None
    names: dict[str, Name] = {}
    for span in spans:
        key = span.text if span.text in short_forms() else plain_key(span.text)
        name = names.get(key)
        if name is None:
            name = names[key] = Name(span.text, [], list(candidates_of(span.text)[:_MOST]))
            if not name.candidates:
                name.candidates = _without_kind(span)
            if names_at_hand is not None:
                name.home = names_at_hand.home_at(document, document.words[span.first])
        name.mentions.append(span)
        kind = _kind_in_words(document, span)
        if kind is not None:
            name.kinds[kind] += 1
    at = {id(span): name for name in names.values() for span in name.mentions}
    for i, span in enumerate(spans):
        for other in spans[i + 1 : i + 3]:
            if _beside(document, span, other):
                at[id(span)].containers.append(other.text)
                break
            if other is spans[min(i + 1, len(spans) - 1)] and not _beside(
                document, other, spans[min(i + 2, len(spans) - 1)]
            ):
                break
        if i and span.first - spans[i - 1].last <= 2:
            between = document.words[spans[i - 1].last + 1 : span.first]
            if [w.lower for w in between] in (["'s"], ["’s"]):
                at[id(span)].containers.append(spans[i - 1].text)
    _add_by_sound(list(names.values()), home)
    return list(names.values())


def _add_by_sound(names: list[Name], home: str | None) -> None:
    """Look for names in no known spelling by their sound, in the countries that the report is about."""
    told: Counter[str] = Counter()
    about = {home, *(name.home for name in names)} - {None}
    for name in names:
        countries = {c.country for c in name.candidates if c.country}
        told.update(countries)
        if len(countries) == 1:
            about |= countries
    about |= {country for country, count in told.most_common(3) if count > 1}
    for name in names:
        if not any(c.country in about for c in name.candidates) and name.text not in demonyms():
            name.candidates += [c for c in loose_candidates(name.text) if c.country in about and _alike(name.text, c)][
                :_MOST
            ]


def _alike(text: str, candidate: Candidate) -> bool:
    """Whether a looser spelling is near enough to be the same name."""
    if candidate.how == SOUND and len(sound_key(text)) >= _TELLING:
        return True
    ratio = max(
        fuzz.ratio(plain_key(text), plain_key(candidate.name)), fuzz.ratio(sound_key(text), sound_key(candidate.name))
    )
    return ratio >= (_LIKENESS_BY_SOUND if candidate.how == SOUND else _LIKENESS_BY_CONSONANTS)


_TELLING: Final = 4
"""Sounds of a name that are enough to tell it by."""
_LIKENESS_BY_SOUND: Final = 50.0
_LIKENESS_BY_CONSONANTS: Final = 74.0


_PARTS: Final = frozenset("north south east west northern southern eastern western central greater upper lower".split())


def _without_kind(span: Span) -> list[Candidate]:
    """Candidates of a name that the gazetteer has without its kind word or direction only: "Masisi Territory"."""
    text = span.text
    if span.last > span.first:
        head, _, tail = text.rpartition(" ")
        kind = KIND_WORDS.get(tail.lower(), "")
        if head and kind in _KINDS_IN_WORDS:
            found = [c for c in candidates_of(head) if c.kind == kind or kind in ("place", "region")]
            if found:
                return found[:_MOST]
        first, _, rest = text.partition(" ")
        if rest and first.lower() in _PARTS:
            found = list(candidates_of(rest))
            if found:
                return found[:_MOST]
    return []


def _matches(candidate: Candidate, container: str) -> bool:
    for other in candidates_of(container)[:8]:
        if other.kind == "country" and candidate.country == other.country and candidate.kind != "country":
            return True
        if (
            other.kind == "admin1"
            and candidate.kind != "admin1"
            and candidate.iso is not None
            and candidate.iso == other.iso
        ):
            return True
        if (
            other.kind == "admin1"
            and candidate.kind in ("place", "admin2")
            and candidate.country == other.country
            and candidate.admin1 == other.name
        ):
            return True
        if (
            other.kind == "region"
            and other.country is not None
            and other.country == candidate.country
            and candidate.kind != "region"
        ):
            return True
        if other.kind in ("place", "admin2") and candidate.kind in ("place", "admin2") and other.admin1 is not None:
            if candidate.country == other.country and candidate.admin1 == other.admin1:
                km = candidate.km_to(other)
                if km is not None and 0 < km < 60:
                    return True
    return False


@dataclass(slots=True)
class _Context:
    """What the names of a report say together about where it is."""

    countries: Counter[str]
    divisions: Counter[tuple[str | None, str | None]]
    total: float


def _context(names: list[Name]) -> _Context:
    countries: Counter[str] = Counter()
    divisions: Counter[tuple[str | None, str | None]] = Counter()
    for name in names:
        here = {c.country for c in name.candidates if c.country}
        there = {(c.country, c.admin1) for c in name.candidates if c.admin1}
        weight = 1.0 + 0.3 * min(len(name.mentions) - 1, 3)
        for country in here:
            countries[country] += weight / len(here)  # type: ignore[assignment]
        for division in there:
            divisions[division] += weight / len(there)  # type: ignore[assignment]
    return _Context(countries, divisions, max(1.0, sum(countries.values())))


def _static_cues(name: Name, context: _Context) -> None:
    """What is known of each candidate before the others are decided."""
    total = sum(c.population for c in name.candidates) or 1
    own_countries = {c.country for c in name.candidates if c.country}
    own_divisions = {(c.country, c.admin1) for c in name.candidates if c.admin1}
    largest = max((c.population for c in name.candidates if c.kind == "place"), default=0)
    weight = 1.0 + 0.3 * min(len(name.mentions) - 1, 3)
    is_demonym = name.text in demonyms()
    for candidate in name.candidates:
        cues = {f"kind {candidate.kind}": 1.0}
        if candidate.kind == "place":
            cues["log people"] = math.log10(candidate.population + 100) - 2
            cues["share of people"] = candidate.population / total
            if candidate.population == largest:
                cues["largest"] = 1.0
        if candidate.capital:
            cues["capital"] = 1.0
        if candidate.how == OTHER:
            cues["by another name"] = 1.0
        elif candidate.how == SOUND:
            cues["by sound"] = 1.0
        elif candidate.how == CONSONANTS:
            cues["by consonants"] = 1.0
        if is_demonym:
            cues[f"demonym of {candidate.kind}"] = 1.0
        if name.kinds:
            share = name.kinds[candidate.kind] / sum(name.kinds.values())
            cues["kind word agrees"] = share
            cues["kind word differs"] = 1 - share
            if name.kinds["place"] and candidate.kind == "place":
                cues["said to be a town"] = 1.0
        elif candidate.kind in ("admin1", "admin2"):
            cues[f"no kind word for {candidate.kind}"] = 1.0
        if name.containers:
            fits = sum(_matches(candidate, container) for container in name.containers) / len(name.containers)
            cues["in what stands beside"] = min(1.0, 2 * fits)
            cues["not in what stands beside"] = 1.0 - min(1.0, 2 * fits)
        if candidate.country:
            others = context.countries[candidate.country] - weight / len(own_countries)
            cues["country of others"] = max(0.0, others) / context.total
        if candidate.admin1:
            others = context.divisions[candidate.country, candidate.admin1] - weight / max(1, len(own_divisions))
            cues["division of others"] = min(1.0, max(0.0, others) / 3)
        if name.home is not None:
            cues["country at hand" if candidate.country == name.home else "not the country at hand"] = 1.0
        name.cues.append(cues)


def _neighbour_cues(candidate: Candidate, others: list[tuple[Candidate, float]]) -> dict[str, float]:
    """Where the others lie, by what is decided so far."""
    if not others:
        return {"alone": 1.0}
    total = sum(weight for _, weight in others)
    near = 0.0
    distances: list[float] = []
    for other, weight in others:
        km = candidate.km_to(other) if other.kind in ("place", "admin2", "admin1") else None
        if km is None:
            continue
        if km < 161:
            near += weight
        if km > 0.5 and other.kind != "admin1":
            distances.append(km)
    cues = {
        "decided in its country": sum(w for o, w in others if o.country and o.country == candidate.country) / total,
        "decided nearby": near / total,
    }
    if candidate.admin1:
        same = sum(w for o, w in others if o.country == candidate.country and o.admin1 == candidate.admin1)
        cues["decided in its division"] = same / total
        if same:
            cues["some in its division"] = 1.0
    if distances:
        cues["log km to nearest"] = math.log10(min(distances) + 10) - 1
        cues["nearest known"] = 1.0
    return cues


def resolve(names: list[Name], table: dict[str, float] | None = None, rounds: int = _ROUNDS) -> None:
    """Score every candidate of every name; `Name.best` is then what it means."""
    table = weights("place_weights.tsv") if table is None else table
    context = _context(names)
    for name in names:
        name.cues.clear()
        _static_cues(name, context)
        name.scores = [_sum(cues, table) for cues in name.cues]
    for _ in range(rounds):
        picks = [
            (name, best, 1.0 + 0.3 * min(len(name.mentions) - 1, 3))
            for name in names
            if (best := name.best) is not None
        ]
        for name in names:
            others = [(best, weight) for other, best, weight in picks if other is not name]
            for cues, candidate in zip(name.cues, name.candidates, strict=True):
                for stale in _NEIGHBOURS:
                    cues.pop(stale, None)
                cues.update(_neighbour_cues(candidate, others))
        for name in names:
            name.scores = [_sum(cues, table) for cues in name.cues]


_NEIGHBOURS: Final = (
    "alone", "decided in its country", "decided nearby", "decided in its division", "some in its division", "log km to nearest", "nearest known",
)  # fmt: skip


def _sum(cues: dict[str, float], table: dict[str, float]) -> float:
    return sum(table.get(cue, 0.0) * value for cue, value in cues.items())


def reasons(name: Name, candidate: Candidate, most: int) -> tuple[str, ...]:
    """What spoke most for and against a candidate, the weightiest first: "kind country +3.84"."""
    table = weights("place_weights.tsv")
    cues = name.cues[name.candidates.index(candidate)] if candidate in name.candidates else {}
    weighed = [(table.get(cue, 0.0) * value, cue) for cue, value in cues.items()]
    weighed.sort(key=lambda pair: -abs(pair[0]))
    return tuple(f"{cue} {weight:+.1f}" for weight, cue in weighed[:most] if abs(weight) >= 0.05)


def rank(text: str, home: str | None = None) -> Name:
    """A name on its own, its candidates scored; home is the ISO alpha-3 code of the country at hand, if one is.

    Looser spellings are tried in that country, or anywhere where nothing bears the name as written.
    """
    name = Name(text, [Span(0, max(0, len(text.split()) - 1), text)], list(candidates_of(text)))
    if not any(c.country == home for c in name.candidates) if home else not name.candidates:
        loose = [c for c in loose_candidates(text) if home is None or c.country == home]
        name.candidates += [c for c in loose if _alike(text, c)]
    name.home = home
    resolve([name])
    order = sorted(range(len(name.candidates)), key=lambda i: -name.scores[i])
    name.candidates = [name.candidates[i] for i in order]
    name.cues, name.scores = [name.cues[i] for i in order], [name.scores[i] for i in order]
    return name
