"""Outlets: who publishes a report, which publisher's family that is, and whose voice it is in a conflict."""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.spelling import fold
from reportedly.knowledge.tables import table, words

KINDS: Final = frozenset("wire state public private party armed_group military exile monitor relay".split())
COLUMNS: Final = ("id", "name", "aliases", "domains", "family", "country", "kind", "side")


@dataclass(frozen=True, slots=True)
class Outlet:
    """An entry of the registry of outlets."""

    id: str
    name: str
    family: str
    """Outlets of one family are one origin; an outlet's own id where it stands alone."""
    country: str | None
    kind: str
    sides: tuple[str, ...]
    """Whose voice it is: ids of actors, or ISO alpha-3 for a country's government."""
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


_OWN: ContextVar[tuple[Outlet, ...]] = ContextVar("own outlets", default=())


@contextmanager
def with_own_outlets(own: tuple[Outlet, ...]) -> Iterator[None]:
    """Within this context, the look-ups know a user's own outlets too; a row with a shipped id replaces it."""
    token = _OWN.set(own)
    try:
        yield
    finally:
        _OWN.reset(token)


def read_own_outlets(path: Path) -> tuple[Outlet, ...]:
    """Read a CSV file with the columns id, name, aliases, domains (both separated by semicolons), family, country, kind and side.

    Only id and name must be filled. Raises InvalidKnowledge, with the line, where a row makes no sense.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            if not {"id", "name"} <= set(reader.fieldnames or ()):
                raise InvalidKnowledge(f"{path}: the first line must name the columns: {', '.join(COLUMNS)}")
            return tuple(_outlet(cells, f"{path}:{reader.line_num}", ";") for cells in reader if any(cells.values()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidKnowledge(f"{path}: cannot be read as CSV in UTF-8 ({error})") from None


def _outlet(row: Mapping[str, str | None], where: str, sign: str) -> Outlet:
    def several(name: str) -> tuple[str, ...]:
        return tuple(words((row.get(name) or "").replace(sign, ",")))

    key, name, kind = (
        (row.get("id") or "").strip(),
        (row.get("name") or "").strip(),
        (row.get("kind") or "private").strip(),
    )
    if not key or not name:
        raise InvalidKnowledge(f"{where}: a row needs an id and a name")
    if kind not in KINDS:
        raise InvalidKnowledge(f"{where}: {kind} is no kind of outlet. Use one of {' '.join(sorted(KINDS))}")
    family, country = (row.get("family") or "").strip() or key, (row.get("country") or "").strip() or None
    return Outlet(key, name, family, country, kind, several("side"), several("aliases"), several("domains"))


def outlets() -> dict[str, Outlet]:
    """Every registered outlet by its id, a user's own among them."""
    return dict(_registry(_OWN.get())[0])


@cache
def _registry(own: tuple[Outlet, ...]) -> tuple[dict[str, Outlet], dict[str, Outlet], dict[str, Outlet]]:
    """Outlets by id, by name and by domain. A user's own names and domains go before the shipped ones."""
    shipped = (_outlet(row, f"outlets.tsv, {row['id']}", ",") for row in table("outlets.tsv"))
    by_id = {outlet.id: outlet for outlet in shipped} | {outlet.id: outlet for outlet in own}
    by_name: dict[str, Outlet] = {}
    by_domain: dict[str, Outlet] = {}
    for outlet in sorted(by_id.values(), key=lambda o: o not in own):
        for name in (outlet.name, *outlet.aliases):
            _put(by_name, outlet_key(name), outlet, own)
        for domain in outlet.domains:
            _put(by_domain, domain, outlet, own)
    return by_id, by_name, by_domain


def _put(found: dict[str, Outlet], key: str, outlet: Outlet, own: tuple[Outlet, ...]) -> None:
    there = found.setdefault(key, outlet)
    if there is not outlet and (there not in own or outlet in own):
        raise InvalidKnowledge(f"outlets: {key} stands for both {there.id} and {outlet.id}")


def outlet_key(name: str) -> str:
    """Key under which the spellings of an outlet's name fall together."""
    folded = fold(name)
    return folded.removeprefix("the ") or folded


def outlet_of(name: str | None, url: str | None = None) -> Outlet | None:
    """The registered outlet of a report: by its address, or else by its name."""
    _, by_name, by_domain = _registry(_OWN.get())
    host = host_of(url)
    while host:
        if host in by_domain:
            return by_domain[host]
        host = host.partition(".")[2]
    return by_name.get(outlet_key(name)) if name else None


def host_of(url: str | None) -> str:
    """The host of an address without "www."; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    except ValueError:
        return ""


def family_of(name: str | None, url: str | None = None) -> str:
    """The family that a report's outlet belongs to; an outlet that nobody has mapped is its own family."""
    outlet = outlet_of(name, url)
    if outlet is not None:
        return outlet.family
    return f"outlet:{outlet_key(name) if name else host_of(url)}"
