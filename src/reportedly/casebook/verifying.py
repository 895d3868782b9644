"""Whether a casebook is what it says: every original against its hash, every claim against its text, the custody log against itself."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, RowMapping, Table, func, select

from reportedly.casebook import custody as custody_log
from reportedly.casebook.originals import FolderOriginals, Originals
from reportedly.casebook.tables import (
    claim_states,
    claims,
    custody,
    decisions,
    gradings,
    groupings,
    originals,
    readings,
    release_steps,
    releases,
    report_states,
    reports,
    sightings,
    versions,
    warnings,
)
from reportedly.model.decision import spans_of

_CHUNK = 1_000
_SEALED = {
    table.name: table
    for table in (versions, sightings, readings, decisions, groupings, gradings, warnings, releases, release_steps)
}
Progress = Callable[[str, int, int], None]


def no_progress(_what: str, _done: int, _total: int) -> None:
    """For whoever does not show any."""


@dataclass(slots=True)
class Verified:
    """What was looked at, and every fault in a line. `seal` is the last entry's digest: note it elsewhere, and next year's log must hold it."""

    originals: int = 0
    versions: int = 0
    claims: int = 0
    entries: int = 0
    seal: str = custody_log.FIRST
    faults: list[str] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    """Files that runs which were ended left half-written; they are no part of the casebook."""


def verify(connection: Connection, store: Originals, progress: Progress = no_progress) -> Verified:
    """Look at everything, a page at a time."""
    found = Verified()
    for fault in _faults(connection, store, found, progress):
        found.faults.append(fault)
    return found


def _faults(connection: Connection, store: Originals, found: Verified, progress: Progress) -> Iterator[str]:
    yield from _originals(connection, store, found, progress)
    yield from _versions(connection, found, progress)
    yield from _claims(connection, found, progress)
    yield from _custody(connection, found, progress)
    yield from _states(connection)


def count(connection: Connection, table: Table) -> int:
    """Rows of a table."""
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def pages(connection: Connection, table: Table, key: str = "id", chunk: int = _CHUNK) -> Iterator[RowMapping]:
    """All rows in the order of their key, a page at a time."""
    column, last = table.c[key], None
    while True:
        chosen = select(table).order_by(column).limit(chunk)
        rows = connection.execute(chosen if last is None else chosen.where(column > last)).mappings().all()
        yield from rows
        if len(rows) < chunk:
            return
        last = rows[-1][key]


def _originals(connection: Connection, store: Originals, found: Verified, progress: Progress) -> Iterator[str]:
    total = count(connection, originals)
    for row in pages(connection, originals, "sha256"):
        found.originals += 1
        progress("Originals", found.originals, total)
        data = store.load(connection, row["sha256"])
        if data is None:
            yield f"original {row['sha256']}: is missing"
        elif hashlib.sha256(data).hexdigest() != row["sha256"]:
            yield f"original {row['sha256']}: is not what was kept; its bytes have changed"
    if isinstance(store, FolderOriginals):
        found.leftovers += [str(path) for path in store.leftovers()]


def _versions(connection: Connection, found: Verified, progress: Progress) -> Iterator[str]:
    total = count(connection, versions)
    for row in pages(connection, versions, chunk=100):
        found.versions += 1
        progress("Texts", found.versions, total)
        if hashlib.sha256(row["text"].encode("utf-8", "surrogatepass")).hexdigest() != row["text_sha256"]:
            yield f"report R{row['report_id']}, version {row['number']}: its text is not what was kept"


def _claims(connection: Connection, found: Verified, progress: Progress) -> Iterator[str]:
    total = count(connection, claims)
    for reading in pages(connection, readings):
        rows = connection.execute(select(claims).where(claims.c.reading_id == reading["id"])).mappings().all()
        if len(rows) != reading["claims"]:
            yield f"reading {reading['id']} of report R{reading['report_id']}: holds {len(rows)} claims, not the {reading['claims']} that were read"
        text = (
            connection.execute(select(versions.c.text).where(versions.c.id == reading["version_id"])).scalar_one()
            if rows
            else ""
        )
        for row in rows:
            found.claims += 1
            wrong = [
                span["text"]
                for span in spans_of(json.loads(row["record"]))
                if text[span["start"] : span["end"]] != span["text"]
            ]
            if wrong:
                yield f"claim {row['id']}: points at words that are not in its report: {wrong[0]!r}"
        progress("Claims", found.claims, total)


def _custody(connection: Connection, found: Verified, progress: Progress) -> Iterator[str]:
    """The log as a chain, and every row that it has sealed against its seal."""
    total = count(connection, custody)
    sealed: dict[str, dict[int, str]] = {name: {} for name in _SEALED}

    def entries() -> Iterator[RowMapping]:
        for row in pages(connection, custody):
            found.entries += 1
            found.seal = row["digest"]
            progress("Custody log", found.entries, total)
            for what, digest in json.loads(row["detail"]).get("sealed", {}).items():
                name, _, number = what.partition(" ")
                sealed[name][int(number)] = digest
            yield row

    for number in custody_log.breaks(entries()):
        yield f"custody log, entry {number}: does not follow from the one before it; it or something before it was changed"
    for name, table in _SEALED.items():
        yield from _unsealed(connection, table, sealed[name])


def _unsealed(connection: Connection, table: Table, seals: dict[int, str]) -> Iterator[str]:
    """Rows that are not as the log says, rows that it does not know, and rows that are gone."""
    for row in pages(connection, table, chunk=100):
        seal = seals.pop(int(row["id"]), None)
        more = (_records(connection, int(row["id"])),) if table is readings else ()
        if seal is None:
            yield f"{table.name} {row['id']}: is not in the custody log"
        elif custody_log.digest_of(row, *more) != seal:
            yield f"{table.name} {row['id']}: is not as it was when the custody log noted it"
    for number in seals:
        yield f"{table.name} {number}: is in the custody log, but gone"


def _records(connection: Connection, reading: int) -> list[str]:
    chosen = select(claims.c.record).where(claims.c.reading_id == reading).order_by(claims.c.id)
    return list(connection.execute(chosen).scalars().all())


def _states(connection: Connection) -> Iterator[str]:
    """Whether what is derived belongs to what is kept; it can be computed again."""
    if count(connection, reports) != count(connection, report_states):
        yield "some reports have no present state; compute it again: reportedly verify --rebuild"
    present = select(func.sum(readings.c.claims)).join(report_states, report_states.c.reading_id == readings.c.id)
    if (connection.execute(present).scalar() or 0) != count(connection, claim_states):
        yield "some claims have no present state; compute it again: reportedly verify --rebuild"
