"""What has been seen and read before: what a reader has not read yet, and what an address showed last time."""

import json
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from reportedly.casebook.tables import readings, report_states, sightings, versions
from reportedly.model.record import ReaderVersion


@dataclass(frozen=True, slots=True)
class Unread:
    """A version that a reader has not read yet."""

    report: int
    version: int


def is_read(connection: Connection, version: int, reader: ReaderVersion) -> bool:
    """Whether a reader in this version has read a version of a report."""
    chosen = select(readings.c.id).where(
        readings.c.version_id == version, readings.c.reader == reader.name, readings.c.reader_version == reader.version
    )
    return connection.execute(chosen).first() is not None


def unread_page(
    connection: Connection, reader: ReaderVersion, since: str | None, after: int, limit: int
) -> list[Unread]:
    """Present versions that it has not read, by their reports' numbers, those after one."""
    chosen = select(report_states.c.report_id, report_states.c.version_id).where(
        report_states.c.report_id > after, *_unread(reader, since)
    )
    rows = connection.execute(chosen.order_by(report_states.c.report_id).limit(limit)).all()
    return [Unread(int(report), int(version)) for report, version in rows]


def count_unread(connection: Connection, reader: ReaderVersion, since: str | None) -> int:
    """How many there are."""
    return int(
        connection.execute(select(func.count()).select_from(report_states).where(*_unread(reader, since))).scalar_one()
    )


def _unread(reader: ReaderVersion, since: str | None) -> list[ColumnElement[bool]]:
    done = select(readings.c.id).where(
        readings.c.version_id == report_states.c.version_id, readings.c.reader == reader.name, readings.c.reader_version == reader.version
    )  # fmt: skip
    return [~done.exists(), *([report_states.c.last_seen >= since] if since else [])]


def last_answer(connection: Connection, location: str) -> dict[str, str]:
    """The headers with which an address last gave its content, by lower-case name; empty where it never did."""
    chosen = select(sightings.c.headers).where(sightings.c.location == location, sightings.c.status == 200)
    found = connection.execute(chosen.order_by(sightings.c.id.desc()).limit(1)).scalar()
    return {str(key).lower(): str(value) for key, value in json.loads(found)} if found else {}


def last_seen(connection: Connection, url: str) -> str | None:
    """When the report at an address was last seen (ISO 8601, UTC); None where it never was."""
    chosen = select(func.max(sightings.c.seen_at)).join(versions, versions.c.report_id == sightings.c.report_id)
    return connection.execute(chosen.where(versions.c.url == url)).scalar()
