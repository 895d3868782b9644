"""Look-up of places by name, in any of their spellings."""

import math
import sqlite3
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from reportedly.knowledge.gazetteer_index import CONSONANTS, OTHER, PLAIN, SOUND, Kind, build
from reportedly.knowledge.spelling import plain_key, skeleton, sound_key

_MOST: Final = 60
_EARTH_KM: Final = 6371.0


class Candidate(NamedTuple):
    """A place that a name may mean; population is 0 where GeoNames knows none, coordinates are degrees (WGS 84)."""

    geonames: int | None
    name: str
    kind: Kind
    country: str | None
    admin1: str | None
    iso: str | None
    """ISO 3166-2 code of the first-level division."""
    pcode: str | None
    lat: float | None
    lon: float | None
    population: int
    capital: bool
    how: int
    """How the name found it: PLAIN, OTHER, SOUND or CONSONANTS."""

    def km_to(self, other: "Candidate") -> float | None:
        """Great-circle distance in kilometres; None where either has no coordinates."""
        if self.lat is None or self.lon is None or other.lat is None or other.lon is None:
            return None
        return distance_km(self.lat, self.lon, other.lat, other.lon)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance between two points in degrees, in kilometres (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


@cache
def _connection() -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{build()}?mode=ro", uri=True, check_same_thread=False)
    connection.execute("PRAGMA mmap_size=268435456")
    return connection


_COLUMNS: Final = (
    "p.geonames, p.name, p.kind, p.country, p.admin1, p.iso, p.pcode, p.lat, p.lon, p.population, p.capital, f.how"
)
_BY_NAME: Final = f"SELECT {_COLUMNS} FROM found f JOIN places p ON p.id = f.place WHERE f.key = ? LIMIT 400"
_LOOSELY: Final = f"SELECT {_COLUMNS} FROM found f JOIN places p ON p.id = f.place WHERE f.key IN (?, ?) LIMIT 400"


@lru_cache(maxsize=10_000)
def candidates(name: str) -> tuple[Candidate, ...]:
    """Places that bear a name in this spelling, or as one of its other names; the most populous first."""
    key = plain_key(name)
    if len(key) < 2:
        return ()
    return _most_populous(_connection().execute(_BY_NAME, (key,)).fetchall())


@lru_cache(maxsize=5_000)
def loose_candidates(name: str) -> tuple[Candidate, ...]:
    """Places whose name sounds alike or has the same consonants, in countries whose names come in many spellings."""
    return _most_populous(_connection().execute(_LOOSELY, ("~" + sound_key(name), "*" + skeleton(name))).fetchall())


@lru_cache(maxsize=10_000)
def people_in(country: str, admin1: str) -> int:
    """People of the towns that GeoNames knows in a first-level division; fewer than live there, 0 where it knows of none."""
    asked = "SELECT SUM(population) FROM places WHERE kind = 'place' AND country = ? AND admin1 = ?"
    return int(_connection().execute(asked, (country, admin1)).fetchone()[0] or 0)


def names_of(name: str) -> frozenset[str]:
    """A name, and what the places that bear it in any spelling are called here, without case."""
    found = (*candidates(name), *loose_candidates(name))
    return frozenset(n.casefold() for n in (name, *(c.name for c in found)))


def _most_populous(rows: list[tuple[Any, ...]]) -> tuple[Candidate, ...]:
    best: dict[object, Candidate] = {}
    for row in rows:
        candidate = Candidate._make(row)
        key = candidate.geonames or (candidate.name, candidate.kind)
        known = best.get(key)
        if known is None or candidate.how < known.how:
            best[key] = candidate
    if len(best) < 2:
        return tuple(best.values())
    return tuple(sorted(best.values(), key=_prominence)[:_MOST])


def _prominence(candidate: Candidate) -> tuple[int, int]:
    coarse = 10**9 if candidate.kind in ("country", "region", "water") else 0
    return -candidate.population - coarse, candidate.how


__all__ = [
    "CONSONANTS", "OTHER", "PLAIN", "SOUND", "Candidate", "build", "candidates", "distance_km", "loose_candidates", "names_of", "people_in",
]  # fmt: skip
