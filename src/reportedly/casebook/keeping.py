"""Keeping what is taken in: originals, reports, their versions and each time they were seen; then what a reader makes of them."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from sqlalchemy import Connection, RowMapping, func, select
from sqlalchemy.dialects import postgresql, sqlite

from reportedly.casebook import custody, facets, search, states
from reportedly.casebook.connection import new_id
from reportedly.casebook.originals import Originals
from reportedly.casebook.seen import is_read
from reportedly.casebook.tables import (
    claims,
    originals,
    readings,
    report_states,
    reports,
    sightings,
    versions,
)
from reportedly.errors import UnreadableReport
from reportedly.model.acquisition import Acquisition, Original, Unchanged, now
from reportedly.model.record import ReaderVersion, Reading, Report

News = Literal["new", "changed", "seen again"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as kept: its number, its version's id and number, and what was new about it."""

    report: int
    version: int
    number: int
    news: News
    location: str


_ACTIONS: Final[dict[News, str]] = {
    "new": "took in a report", "changed": "took in a new version", "seen again": "saw a report again",
}  # fmt: skip
_MOST_ALIKE: Final = 50
"""Reports of one text that are compared, the newest; a server's "please wait" can stand at thousands of addresses."""
_DESCRIBED: Final = ("title", "outlet", "url", "published")


def keep(connection: Connection, store: Originals, acquired: Acquisition, by: str) -> Kept:
    """Keep one report, whole, in the transaction at hand."""
    report = acquired.report
    _require_storable(report)
    keep_original(connection, store, acquired.original)
    text_sha256 = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
    there = _same_report(connection, report, text_sha256)
    if there is None:
        number, previous = 0, None
        report_id = new_id(connection.execute(reports.insert().values(added_at=now().isoformat())))
    else:
        report_id = int(there["report_id"])
        last = select(func.max(versions.c.number)).where(versions.c.report_id == report_id)
        number, previous = int(connection.execute(last).scalar_one()), there
    described = _described(acquired, previous, text_sha256)
    digest = _digest(text_sha256, described)
    version = _version_with(connection, report_id, digest)
    sealed: dict[str, str] = {}
    if version is None:
        number += 1
        version_id, sealed_version = _add_version(
            connection, report_id, number, acquired, described, text_sha256, digest
        )
        sealed[f"versions {version_id}"] = sealed_version
        news: News = "new" if number == 1 else "changed"
    else:
        version_id, number = int(version["id"]), int(version["number"])
        news = "seen again"
    sighting = _sighting(
        report_id, version_id, acquired.original, acquired.tool or acquired.original.tool, acquired.original
    )
    sealed |= _add_sighting(connection, sighting)
    custody.log(
        connection, by, _ACTIONS[news], report_id,
        version=number, original=acquired.original.sha256, location=_storable(acquired.original.location), sealed=sealed,
    )  # fmt: skip
    states.refresh_report(connection, report_id, version_id)
    return Kept(report_id, version_id, number, news, _storable(acquired.original.location))


def _require_storable(report: Report) -> None:
    for name in ("text", *_DESCRIBED):
        value = getattr(report, name) or ""
        if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
            raise UnreadableReport(
                f"the report's {name} holds characters that are none (NUL or half of a pair). Leave them out"
            )


def keep_original(connection: Connection, store: Originals, original: Original) -> None:
    """Keep the bytes, those of what it came in too, before anything names them."""
    if original.parent is not None:
        keep_original(connection, store, original.parent)
    insert = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    connection.execute(
        insert(originals)
        .values(
            sha256=original.sha256, size=len(original.data), media_type=original.media_type, kept_at=now().isoformat()
        )
        .on_conflict_do_nothing(index_elements=["sha256"])
    )
    store.keep(connection, original.sha256, original.data)


def _same_report(connection: Connection, report: Report, text_sha256: str) -> RowMapping | None:
    """The present version of the report that this one is: at the same address, or of the same text from the same outlet."""
    present = select(versions).join(report_states, report_states.c.version_id == versions.c.id)
    if report.url:
        found = connection.execute(
            select(versions.c.report_id).where(versions.c.url == report.url).order_by(versions.c.id).limit(1)
        ).scalar()
        if found is not None:
            return connection.execute(present.where(versions.c.report_id == found)).mappings().first()
    same_text = connection.execute(
        select(versions.c.report_id)
        .where(versions.c.text_sha256 == text_sha256)
        .distinct()
        .order_by(versions.c.report_id.desc())
        .limit(_MOST_ALIKE)
    ).scalars()
    for report_id in same_text.all():
        version = connection.execute(present.where(versions.c.report_id == report_id)).mappings().first()
        if version is not None and _is_same(version, report):
            return version
    return None


def _is_same(version: RowMapping, report: Report) -> bool:
    """Whether a report of the same text is the same: nothing that is known of both differs. A copy by another outlet is another report."""
    if version["url"] and report.url and _host(version["url"]) != _host(report.url):
        return False
    outlets = (version["outlet"] or "").casefold(), (report.outlet or "").casefold()
    if all(outlets) and outlets[0] != outlets[1]:
        return False
    days = (version["published"] or "")[:10], (report.published or "")[:10]
    return not all(days) or days[0] == days[1]


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _storable(name: str) -> str:
    """A file's name or an address as a database can hold it: what is no character in it is replaced."""
    return name.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _described(acquired: Acquisition, previous: RowMapping | None, text_sha256: str) -> dict[str, Any]:
    """What is known of a report: what is told now, else, of the same text, what was told before."""
    report = acquired.report
    told: dict[str, Any] = {name: getattr(report, name) for name in _DESCRIBED}
    told["published_from"] = acquired.published_from
    if previous is not None and previous["text_sha256"] == text_sha256:
        if told["published"] is None:
            told["published_from"] = previous["published_from"]
        for name in _DESCRIBED:
            told[name] = told[name] if told[name] is not None else previous[name]
        if previous["url"]:
            told["url"] = previous["url"]
    told["language"] = report.language
    return told


def _digest(text_sha256: str, described: dict[str, Any]) -> str:
    content = [text_sha256, *(described[name] for name in ("title", "outlet", "url", "published", "language"))]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _version_with(connection: Connection, report_id: int, digest: str) -> RowMapping | None:
    return connection.execute(
        select(versions.c.id, versions.c.number).where(versions.c.report_id == report_id, versions.c.digest == digest)
    ).mappings().first()  # fmt: skip


def _add_version(
    connection: Connection,
    report_id: int,
    number: int,
    acquired: Acquisition,
    described: dict[str, Any],
    text_sha256: str,
    digest: str,
) -> tuple[int, str]:
    """The new version's number in the table, and the digest of its row."""
    report = acquired.report.model_copy(update={name: described[name] for name in _DESCRIBED})
    row = {
        "report_id": report_id, "number": number, "digest": digest, "text_sha256": text_sha256, "text": report.text, **described,
        "notes": json.dumps(acquired.notes, ensure_ascii=False), "tool": acquired.tool or acquired.original.tool,
        "original_sha256": acquired.original.sha256, "added_at": now().isoformat(),
    }  # fmt: skip
    version_id = new_id(connection.execute(versions.insert().values(**row)))
    make_findable(connection, version_id, report)
    return version_id, custody.digest_of(row)


def make_findable(connection: Connection, version_id: int, report: Report) -> None:
    """Index a version's words, its outlet and its date."""
    words = facets.searchable(f"{report.title or ''}\n{report.text}")
    search.add_report(connection, version_id, facets.of_report(report), words)


def _sighting(
    report_id: int, version_id: int, seen: Original | Unchanged, tool: str, original: Original | None
) -> dict[str, Any]:
    """A row of `sightings`; without an original where the server said that nothing had changed."""
    response, parent = seen.response, original.parent if original else None
    return {
        "report_id": report_id, "version_id": version_id, "seen_at": seen.seen_at.isoformat(), "location": _storable(seen.location),
        "url": _storable(seen.url) if seen.url else None, "status": response.status if response else None,
        "headers": json.dumps(response.headers, ensure_ascii=False) if response else None,
        "redirects": json.dumps(response.redirects) if response and response.redirects else None,
        "tool": tool, "original_sha256": original.sha256 if original else None, "parent_sha256": parent.sha256 if parent else None,
        "parent_location": _storable(parent.location) if parent else None, "added_at": now().isoformat(),
    }  # fmt: skip


def _add_sighting(connection: Connection, row: dict[str, Any]) -> dict[str, str]:
    number = new_id(connection.execute(sightings.insert().values(**row)))
    return {f"sightings {number}": custody.digest_of(row)}


def keep_unchanged(connection: Connection, unchanged: Unchanged, by: str) -> Kept | None:
    """Another sighting of what an address showed last time; None where the casebook has nothing of that address."""
    location = _storable(unchanged.location)
    last = connection.execute(
        select(sightings.c.report_id, sightings.c.version_id, versions.c.number)
        .join(versions, versions.c.id == sightings.c.version_id)
        .where(sightings.c.location == location)
        .order_by(sightings.c.id.desc())
        .limit(1)
    ).mappings().first()  # fmt: skip
    if last is None:
        return None
    report_id, version_id = int(last["report_id"]), int(last["version_id"])
    row = _sighting(report_id, version_id, unchanged, unchanged.tool, None)
    custody.log(
        connection, by, _ACTIONS["seen again"], report_id,
        version=int(last["number"]), location=location, unchanged=True, sealed=_add_sighting(connection, row),
    )  # fmt: skip
    states.refresh_report(connection, report_id, version_id)
    return Kept(report_id, version_id, int(last["number"]), "seen again", location)


def report_of(version: RowMapping) -> Report:
    """A version as the reader takes it."""
    return Report(**{name: version[name] for name in ("text", *_DESCRIBED, "language")})


def keep_reading(
    connection: Connection,
    version_id: int,
    reader: ReaderVersion,
    reading: Reading | None,
    problem: str | None,
    by: str,
) -> int | None:
    """Keep what a reader made of a version, or why it could make nothing of it; returns the number of claims.

    None where this very reader has read it already: nothing is added then.
    """
    report_id = int(connection.execute(select(versions.c.report_id).where(versions.c.id == version_id)).scalar_one())
    if is_read(connection, version_id, reader):
        return None
    found = reading.claims if reading is not None else ()
    row = {
        "report_id": report_id, "version_id": version_id, "reader": reader.name, "reader_version": reader.version,
        "read_at": now().isoformat(), "claims": len(found), "problem": problem,
    }  # fmt: skip
    reading_id = new_id(connection.execute(readings.insert().values(**row)))
    records = [claim.model_dump_json() for claim in found]
    if found:
        connection.execute(
            claims.insert(),
            [
                {"reading_id": reading_id, "report_id": report_id, "record_id": claim.id, "record": record}
                for claim, record in zip(found, records, strict=True)
            ],
        )
    custody.log(
        connection, by, "read a report" if problem is None else "could not read a report", report_id,
        reader=f"{reader.name} {reader.version}", claims=len(found), sealed={f"readings {reading_id}": custody.digest_of(row, records)},
        **({"problem": problem} if problem else {}),
    )  # fmt: skip
    states.refresh_claims(connection, report_id)
    return len(found)
