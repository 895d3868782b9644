"""First- and second-level divisions as places to be told of: which one a name means, its middle, and how many people are known to live there."""

from functools import lru_cache

from reportedly.knowledge.actors import countries
from reportedly.knowledge.gazetteer import Candidate, candidates, people_in
from reportedly.knowledge.gazetteer_index import Kind
from reportedly.knowledge.tables import table


@lru_cache(maxsize=20_000)
def first_level(name: str, country: str) -> Candidate | None:
    """The first-level division of a name in a country; None where the gazetteer has none."""
    return _of_kind(name, "admin1", country, None)


@lru_cache(maxsize=50_000)
def second_level(name: str, admin1: str, country: str) -> Candidate | None:
    """The second-level division of a name in a first-level one: the name's own, or that of the town of this name; None where there is none."""
    return _of_kind(name, "admin2", country, admin1)


@lru_cache(maxsize=1_000)
def country_place(country: str) -> Candidate | None:
    """A country as a place, by ISO 3166-1 alpha-3; None where there is no such code."""
    name = _country_names().get(country)
    return None if name is None else _of_kind(name, "country", country, None)


@lru_cache(maxsize=2_000)
def area_named(name: str) -> Candidate | None:
    """A sea, a strait or a region larger than a division by its name; None where the gazetteer has none."""
    return next((c for c in candidates(name) if c.kind in ("water", "region") and c.name == name), None)


@lru_cache(maxsize=20_000)
def people_of(division: Candidate) -> int:
    """How many people are known to live in a division, at least; 0 where nobody has counted them.

    Of a first level the people of its towns, of a second level those of the town that it is named after.
    """
    if division.country is None or division.admin1 is None:
        return 0
    if division.kind == "admin1":
        return people_in(division.country, division.admin1)
    towns = (
        c
        for c in candidates(division.name)
        if c.kind == "place" and (c.country, c.admin1) == (division.country, division.admin1)
    )
    return max((town.population for town in towns), default=0)


def country_name(country: str) -> str | None:
    """A country's common name, by ISO 3166-1 alpha-3."""
    return _country_names().get(country)


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    return {row["iso3"]: row["name"] for row in table("country_places.tsv")} | {
        c.iso3: c.name for c in countries().values()
    }


def _of_kind(name: str, kind: Kind, country: str, admin1: str | None) -> Candidate | None:
    for candidate in candidates(name):
        if candidate.kind == kind and candidate.country == country and (admin1 is None or candidate.admin1 == admin1):
            return candidate
    return None
