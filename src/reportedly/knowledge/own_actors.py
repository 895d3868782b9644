"""A user's own actors: a CSV file that adds to the shipped registry and overrides it."""

import csv
from pathlib import Path
from typing import Final

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.actors import Actor, ActorRow, countries

COLUMNS: Final = ("id", "name", "sector", "country", "aliases")
SECTORS: Final = frozenset(
    "GOV MIL COP SPY JUD LEG PTY OPP REB CRM CVL REF BUS LAB EDU MED REL AGR JRN IGO NGO UAF ELI".split()
)
"""PLOVER's sectors."""


def read_own_actors(path: Path) -> tuple[ActorRow, ...]:
    """Read a CSV file with the columns id, name, sector, country (ISO alpha-3) and aliases (separated by semicolons).

    Only id and name must be filled. Raises InvalidKnowledge, with the line, where a row makes no sense.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            head = [name.strip() for name in reader.fieldnames or ()]
            if "id" not in head or "name" not in head:
                raise InvalidKnowledge(f"{path}: the first line must name the columns: {', '.join(COLUMNS)}")
            reader.fieldnames = head
            return tuple(_row(path, reader.line_num, cells) for cells in reader if any(cells.values()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidKnowledge(f"{path}: cannot be read as CSV in UTF-8 ({error})") from None


def _row(path: Path, line: int, cells: dict[str, str]) -> ActorRow:
    values = {key: (value or "").strip() for key, value in cells.items() if isinstance(value, str | None) and key}
    where = f"{path}:{line}"
    key, name = values.get("id", ""), values.get("name", "")
    sector, country = values.get("sector", "").upper(), values.get("country", "").upper()
    if not key or not name:
        raise InvalidKnowledge(f"{where}: a row needs an id and a name")
    if sector and sector not in SECTORS:
        raise InvalidKnowledge(f"{where}: {sector} is no PLOVER sector. Use one of {' '.join(sorted(SECTORS))}")
    if country and country not in countries():
        raise InvalidKnowledge(f"{where}: {country} is no country. Use its ISO 3166-1 alpha-3 code, such as YEM")
    aliases = tuple(alias.strip() for alias in values.get("aliases", "").split(";") if alias.strip())
    return ActorRow(Actor(key, name, sector or None, country or None), aliases)
