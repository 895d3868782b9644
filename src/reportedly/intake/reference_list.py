"""Lists of violent events that others keep, to hold warnings against: UCDP GED, UCDP's data with texts, ACLED's exports, or a table with the same columns."""

import csv
import gzip
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from reportedly.errors import InvalidReferenceList
from reportedly.knowledge.actors import find_names
from reportedly.knowledge.gazetteer import candidates, loose_candidates
from reportedly.model.plover import STATE_SECTORS
from reportedly.model.warning import Happening

_COLUMNS: Final = {
    "id": ("id", "event_id_cnty", "event_id"), "start": ("date_start", "start_date", "event_date", "start"),
    "end": ("date_end", "end_date", "event_date", "end"), "country": ("country", "location_root_name"),
    "admin1": ("adm_1", "admin1", "location_adm1_name"), "place": ("where_coordinates", "location", "location_where_name", "place"),
    "lat": ("latitude", "lat"), "lon": ("longitude", "lon"), "precision": ("where_prec", "geo_precision"), "type": ("event_type",),
    "one": ("side_a", "side_a_name", "actor1"), "other": ("side_b", "side_b_name", "actor2"),
    "low": ("low", "fatalities"), "high": ("high", "fatalities"),
}  # fmt: skip
"""What is asked for, and what the lists call it."""
_DIVISION: Final = re.compile(
    r"\b(governorates?|provinces?|regions?|states?|oblasts?|departments?|districts?|prefectures?|wilayas?|emirates?|county|counties)\b",
    re.IGNORECASE,
)
_WHOLE: Final = re.compile(r"[0-9]{1,9}")
_GOVERNMENT: Final = re.compile(r"government of ([^(]+)", re.IGNORECASE)
_PEACEFUL: Final = frozenset({"protests", "strategic developments"})
"""Of ACLED's event types, those that are no violence."""
_EXACT: Final = frozenset({"1", "2"})
"""UCDP's and ACLED's codes for a point that is the place itself, or near it."""


def read_reference_list(path: Path) -> tuple[Happening, ...]:
    """The events of a CSV file (also packed with gzip). Raises InvalidReferenceList with the line that makes no sense."""
    rows = csv.DictReader(io.StringIO(_text(path)))
    columns = {name: next((c for c in known if c in (rows.fieldnames or ())), None) for name, known in _COLUMNS.items()}
    for needed in ("start", "country"):
        if columns[needed] is None:
            names = " or ".join(_COLUMNS[needed])
            raise InvalidReferenceList(
                f"{path}: has no column {names}. A list needs a day and a country, as UCDP's and ACLED's have"
            )
    found = tuple(_happenings(path, rows, columns))
    if not found:
        raise InvalidReferenceList(f"{path}: holds no event")
    return found


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    except FileNotFoundError:
        raise InvalidReferenceList(f"{path}: no such file") from None
    except (OSError, EOFError) as error:
        raise InvalidReferenceList(f"{path}: cannot be read ({error})") from None
    except UnicodeDecodeError:
        raise InvalidReferenceList(f"{path}: is no text in UTF-8. Save the table as CSV, UTF-8") from None


def _happenings(path: Path, rows: "csv.DictReader[str]", columns: Mapping[str, str | None]) -> Iterator[Happening]:
    try:
        for number, row in enumerate(rows, start=2):
            cells = {name: (row.get(column) or "").strip() if column else "" for name, column in columns.items()}
            if cells["type"].lower() in _PEACEFUL:
                continue
            where = f"{path}, line {number}"
            start = _day(cells["start"], where)
            end = _day(cells["end"], where) if cells["end"] else start
            country = _country(cells["country"])
            if end < start:
                raise InvalidReferenceList(f"{where}: ends on {end}, before it begins on {start}")
            admin1 = _division(cells["admin1"], country) if cells["admin1"] and country else None
            yield Happening(
                id=cells["id"] or f"line {number}", counts_as=("ASSAULT",), start=start, end=end, name=cells["place"] or cells["admin1"],
                country=country, admin1=admin1, lat=_degrees(cells["lat"], 90, where), lon=_degrees(cells["lon"], 180, where),
                precise=cells["precision"].partition(".")[0] in _EXACT, actors=tuple(sorted(_parties(cells["one"]) | _parties(cells["other"]))),
                killed_low=_count(cells["low"], where), killed_high=_count(cells["high"], where),
            )  # fmt: skip
    except csv.Error as error:
        raise InvalidReferenceList(f"{path}: is no table ({error})") from None


def _day(cell: str, where: str) -> str:
    try:
        return date.fromisoformat(cell[:10]).isoformat()
    except ValueError:
        pass
    try:
        return datetime.strptime(cell, "%d %B %Y").date().isoformat()
    except ValueError:
        raise InvalidReferenceList(f"{where}: {cell!r} is no day such as 2024-01-31") from None


def _count(cell: str, where: str) -> int | None:
    if not cell:
        return None
    whole, _, part = cell.partition(".")
    if not _WHOLE.fullmatch(whole) or part.strip("0"):
        raise InvalidReferenceList(f"{where}: {cell!r} is no number of dead")
    return int(whole)


def _degrees(cell: str, most: float, where: str) -> float | None:
    if not cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        raise InvalidReferenceList(f"{where}: {cell!r} is no coordinate") from None
    if not -most <= value <= most:
        raise InvalidReferenceList(f"{where}: {cell} is no coordinate between -{most:g} and {most:g} degrees")
    return value


@lru_cache(maxsize=1_000)
def _country(name: str) -> str | None:
    plain = name.partition("(")[0].strip()
    return next((c.country for c in candidates(plain) if c.kind == "country"), None)


@lru_cache(maxsize=20_000)
def _division(name: str, country: str) -> str | None:
    """A first-level division in the gazetteer's spelling; the list's own where the gazetteer has none of that name."""
    plain = " ".join(_DIVISION.sub(" ", name).split())
    for found in (candidates(plain), loose_candidates(plain)):
        for candidate in found:
            if candidate.kind == "admin1" and candidate.country == country:
                return candidate.admin1 or candidate.name
    return plain or None


@lru_cache(maxsize=20_000)
def _parties(name: str) -> frozenset[str]:
    """Under which keys a side is known: a state by its country, others by their id in the registry; none where it cannot be told."""
    government = _GOVERNMENT.match(name)
    if government is not None:
        country = _country(government[1])
        return frozenset([country] if country else [])
    actors = [m.actors[0] for m in find_names(name.split()) if m.use == "actor" and m.actors]
    return frozenset(a.country if a.country and a.sector in STATE_SECTORS else a.id for a in actors)
