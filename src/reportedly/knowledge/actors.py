"""Actors: the registry of groups, bodies and states, and the look-up of their names in running words."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportedly.knowledge.tables import table, words

_ARTICLES: Final = frozenset({"al", "el", "the", "-", "ad", "as", "ash", "an", "ar", "at", "az", "–"})


@dataclass(frozen=True, slots=True)
class Actor:
    """An entry of the registry."""

    id: str
    name: str
    sector: str | None
    country: str | None
    ucdp: str | None = None


@dataclass(frozen=True, slots=True)
class Country:
    iso3: str
    name: str
    demonym: str
    capitals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found in running words [start, end): whose it is, and in which use."""

    start: int
    end: int
    use: str
    """actor, country, demonym or capital."""
    actors: tuple[Actor, ...]


def name_key(word: str) -> str:
    """Key under which spellings of one name word fall together: case, accents and apostrophes do not count."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain.lower() if c.isalnum())


def _keys(name: str) -> tuple[str, ...]:
    parts = [p for p in name.replace("-", " ").replace("–", " ").replace("’", "'").split() if p]
    keys: list[str] = []
    for part in parts:
        if part.lower() in _ARTICLES:
            continue
        if part.lower().endswith("'s"):
            keys += [name_key(part[:-2]), "s"]
        else:
            keys.append(name_key(part))
    return tuple(k for k in keys if k)


@dataclass(frozen=True, slots=True)
class _Entry:
    keys: tuple[str, ...]
    use: str
    actor: Actor
    acronym: bool


@cache
def countries() -> dict[str, Country]:
    """Countries by ISO 3166-1 alpha-3."""
    return {
        row["iso3"]: Country(
            row["iso3"],
            row["name"],
            (words(row["demonyms"]) or [row["name"]])[0],
            tuple(words(row["capital"])),
        )
        for row in table("countries.tsv")
    }


@dataclass(frozen=True, slots=True)
class ActorRow:
    """A row of the registry, or of a user's own: an actor with its other names."""

    actor: Actor
    aliases: tuple[str, ...]


_OWN: ContextVar[tuple[ActorRow, ...]] = ContextVar("own actors", default=())


@contextmanager
def with_own_actors(own: tuple[ActorRow, ...]) -> Iterator[None]:
    """Within this context, the look-ups know a user's own actors too; a row with a shipped id replaces it."""
    token = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(token)


@cache
def _rows(own: tuple[ActorRow, ...]) -> tuple[ActorRow, ...]:
    shipped = {
        row["id"]: ActorRow(
            Actor(row["id"], row["name"], row["sector"] or None, row["country"] or None, row["ucdp"] or None),
            tuple(words(row["aliases"])),
        )
        for row in table("actors.tsv")
    }
    for mine in own:
        before = shipped.pop(mine.actor.id, None)
        aliases = (*mine.aliases, before.actor.name, *before.aliases) if before is not None else mine.aliases
        shipped[mine.actor.id] = ActorRow(mine.actor, tuple(dict.fromkeys(aliases)))
    return tuple(shipped[mine.actor.id] for mine in own) + tuple(
        row for key, row in shipped.items() if key not in {mine.actor.id for mine in own}
    )


@cache
def _registry(own: tuple[ActorRow, ...]) -> dict[str, Actor]:
    found = {row.actor.id: row.actor for row in _rows(own)}
    for iso3, country in countries().items():
        found[iso3] = Actor(iso3, country.name, "GOV", iso3)
    return found


def registry() -> dict[str, Actor]:
    """Actors by id; countries are in it under their ISO alpha-3 codes."""
    return _registry(_OWN.get())


def aliases_of(actor: str | None) -> tuple[str, ...]:
    """Other names of a registry entry; none for what is not in it."""
    return _aliases(_OWN.get()).get(actor, ()) if actor is not None else ()


@cache
def _aliases(own: tuple[ActorRow, ...]) -> dict[str, tuple[str, ...]]:
    return {row.actor.id: row.aliases for row in _rows(own)}


@cache
def _descriptions() -> tuple[tuple[str, str, str], ...]:
    found = [(f" {_plain_words(row['words'])} ", row["country"], row["actor"]) for row in table("descriptions.tsv")]
    return tuple(sorted(found, key=lambda d: (-len(d[0]), not d[1])))


def _plain_words(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").replace("’", "'").split())


def described_actor(phrase: str, country: str | None) -> Actor | None:
    """Whom a description means where a country is at hand: "the Iran-aligned group" in Yemen; None where no table tells."""
    text = f" {_plain_words(phrase)} "
    for words_, where, actor in _descriptions():
        if words_ in text and (not where or where == country):
            return registry().get(actor)
    return None


@cache
def _branches() -> dict[tuple[str, str], str]:
    return {(row["actor"], row["country"]): row["branch"] for row in table("branches.tsv")}


def branch_of(actor: Actor, country: str | None) -> Actor:
    """The branch that a movement's bare name means in a country: al-Qaeda in Yemen is AQAP."""
    branch = _branches().get((actor.id, country)) if country is not None else None
    return registry()[branch] if branch is not None else actor


def army_of(country: str) -> Actor | None:
    """The registry's regular army of a country, where it lists one."""
    return _armies(_OWN.get()).get(country)


@cache
def _armies(own: tuple[ActorRow, ...]) -> dict[str, Actor]:
    names = ("Armed Forces", "Defense Forces", "Defence Force", "army", "military", "National Army", "Army")
    found: dict[str, Actor] = {}
    for row in _rows(own):
        actor = row.actor
        if actor.country and actor.sector == "MIL" and any(name in actor.name for name in names):
            found.setdefault(actor.country, actor)
    return found


@cache
def _index(own: tuple[ActorRow, ...]) -> dict[str, tuple[_Entry, ...]]:
    entries: list[_Entry] = []
    actors = _registry(own)

    def add(name: str, use: str, actor: Actor) -> None:
        if keys := _keys(name):
            entries.append(_Entry(keys, use, actor, name.isupper() or len(name) <= 2))

    for row in _rows(own):
        for name in (row.actor.name, *row.aliases):
            add(name, "actor", row.actor)
    for country in table("countries.tsv"):
        actor = actors[country["iso3"]]
        for name in (country["name"], *words(country["aliases"])):
            add(name, "country", actor)
        for name in words(country["demonyms"]):
            add(name, "demonym", actor)
            add(name + "s", "demonym", actor)
        for name in words(country["capital"]):
            add(name, "capital", actor)
    index: dict[str, list[_Entry]] = {}
    for entry in entries:
        index.setdefault(entry.keys[0], []).append(entry)
    return {key: tuple(sorted(found, key=lambda e: -len(e.keys))) for key, found in index.items()}


def name_words() -> dict[str, tuple[str, ...]]:
    """First word in lower case -> every name of the registry, of countries, nationalities and capitals that begins so.

    For texts without case. One-word names that are ordinary words, or too short to tell, are left out.
    """
    return _name_words(_OWN.get())


@cache
def _name_words(own: tuple[ActorRow, ...]) -> dict[str, tuple[str, ...]]:
    names: list[str] = []
    for row in _rows(own):
        names += [row.actor.name, *row.aliases]
    for country in table("countries.tsv"):
        names += [country["name"], *words(country["aliases"]), *words(country["capital"])]
        for demonym in words(country["demonyms"]):
            names += [demonym, demonym + "s"]
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        parts = name.lower().split()
        if len(parts) > 1 or (len(name) > 2 and name.lower() not in _ORDINARY):
            found.setdefault(parts[0], []).append(name)
    return {first: tuple(listed) for first, listed in found.items()}


_ORDINARY: Final = frozenset(
    "aid arena ansar army base care force general guard hope hot lead lions march mat national nations order pact pole police polish prime rain "
    "resistance sad safe save shield she sun sword the turkey us who whose act code plan set fin dove dane scot".split()
)


def _match_at(
    index: dict[str, tuple[_Entry, ...]], texts: list[str], keys: list[str], at: int
) -> tuple[int, list[_Entry]] | None:
    best: list[_Entry] = []
    end_of_best = at
    for entry in index.get(keys[at], ()):
        position, k = at, 0
        while k < len(entry.keys) and position < len(texts):
            if keys[position] == entry.keys[k]:
                k += 1
                position += 1
            elif position > at and not keys[position]:
                position += 1  # an apostrophe, a hyphen
            elif position > at and texts[position].lower() in _ARTICLES and k < len(entry.keys):
                position += 1
            else:
                break
        if k < len(entry.keys):
            continue
        if entry.acronym and not texts[at].isupper() and not texts[at][:2].isupper():
            continue
        if not any(t[:1].isupper() or t[:1].isdigit() for t in texts[at:position]):
            continue
        if best and position < end_of_best:
            continue
        if position > end_of_best:
            best, end_of_best = [], position
        best.append(entry)
    return (end_of_best, best) if best else None


def find_names(texts: list[str]) -> list[NameMatch]:
    """Find the registry's names among the words of a sentence, longest first, without overlap.

    A name stands whatever its articles, accents and hyphens; acronyms must be in capitals.
    """
    index = _index(_OWN.get())
    keys = [name_key(t) for t in texts]
    found: list[NameMatch] = []
    at = 0
    while at < len(texts):
        match = _match_at(index, texts, keys, at) if keys[at] else None
        if match is None:
            at += 1
            continue
        end, entries = match
        actors = tuple(dict.fromkeys(entry.actor for entry in entries))
        found.append(NameMatch(at, end, entries[0].use, actors))
        at = end
    return found
