"""Lists of what is in a casebook, a page at a time, by any filter. Pages are found by where the last one ended, so that all cost the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, TextClause, func, select

from reportedly.casebook import facets, search
from reportedly.casebook.facets import Filter
from reportedly.casebook.tables import claim_states, claims, readings, report_states, sources, versions
from reportedly.model.record import Claim

_CHUNK = 500
Condition = ColumnElement[bool] | TextClause


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A present claim: as decided, with the report that it is from."""

    id: int
    report: int
    state: facets.State
    claim: Claim
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report in its present version, with how many claims and warnings count in it. `problem`: why it could not be read."""

    id: int
    version: int
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    language: str
    characters: int
    last_seen: str
    sightings: int
    claims: int
    warnings: int
    read_by: str | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An innermost source of an outlet; name is null for the outlet's own voice. First and last are claims' numbers."""

    outlet: str | None
    name: str | None
    type: str
    anonymous: bool
    claims: int
    first: int
    last: int


def _dates(asked: Filter, start: ColumnElement[Any], end: ColumnElement[Any]) -> list[Condition]:
    """Windows that overlap the one asked for."""
    conditions: list[Condition] = []
    if asked.start:
        conditions.append(end >= asked.start)
    if asked.end:
        conditions.append(start <= asked.end)
    return conditions


def _published(asked: Filter, column: ColumnElement[Any]) -> list[Condition]:
    conditions: list[Condition] = []
    if asked.published_start:
        conditions.append(column >= asked.published_start)
    if asked.published_end:
        conditions.append(column <= asked.published_end)
    return conditions


def claim_conditions(connection: Connection, asked: Filter) -> list[Condition]:
    """What a filter asks of `claim_states`."""
    groups, phrases = facets.wanted(asked), facets.sought(asked.text or "")
    conditions = _dates(asked, claim_states.c.time_start, claim_states.c.time_end) + _published(
        asked, claim_states.c.published
    )
    if groups or phrases:
        conditions.append(search.claims_with(connection, groups, phrases))
    return conditions


def claims_page(connection: Connection, asked: Filter, before: int | None, limit: int) -> list[ClaimRow]:
    """Present claims, the newest first, those before a claim's number."""
    wanted = select(claim_states.c.claim_id).where(*claim_conditions(connection, asked))
    if before is not None:
        wanted = wanted.where(claim_states.c.claim_id < before)
    ids = connection.execute(wanted.order_by(claim_states.c.claim_id.desc()).limit(limit)).scalars().all()
    return claims_by_number(connection, list(ids))


def claims_by_number(connection: Connection, numbers: list[int]) -> list[ClaimRow]:
    """Present claims by their numbers, the newest first."""
    if not numbers:
        return []
    chosen = (
        select(
            claim_states.c.claim_id, claim_states.c.report_id, claim_states.c.state, func.coalesce(claim_states.c.record, claims.c.record).label("present"),
            versions.c.outlet, versions.c.published, versions.c.title, versions.c.url,
        )
        .join(claims, claims.c.id == claim_states.c.claim_id)
        .join(report_states, report_states.c.report_id == claim_states.c.report_id)
        .join(versions, versions.c.id == report_states.c.version_id)
        .where(claim_states.c.claim_id.in_(numbers))
        .order_by(claim_states.c.claim_id.desc())
    )  # fmt: skip
    return [_claim_row(row) for row in connection.execute(chosen).mappings()]


def _claim_row(row: RowMapping) -> ClaimRow:
    return ClaimRow(
        int(row["claim_id"]), int(row["report_id"]), row["state"], Claim.model_validate_json(row["present"]),
        row["outlet"], row["published"], row["title"], row["url"],
    )  # fmt: skip


def reports_page(
    connection: Connection, asked: Filter, before: int | None, limit: int
) -> tuple[list[ReportRow], int | None]:
    """Reports, the newest first, and where the next page begins.

    With a filter on claims, those that hold such a claim, in the order of their last such claim.
    """
    if asked.about_claims:
        ids, following = _reports_with_claims(connection, asked, before, limit)
        rows = _report_rows(connection, [report_states.c.report_id.in_(ids)], limit) if ids else []
        order = {report: place for place, report in enumerate(ids)}
        return sorted(rows, key=lambda row: order[row.id]), following
    groups, phrases = facets.wanted_of_publication(asked), facets.sought(asked.text or "")
    conditions = _published(asked, func.substr(versions.c.published, 1, 10))
    if groups or phrases:
        conditions.append(search.versions_with(connection, groups, phrases))
    if before is not None:
        conditions.append(report_states.c.report_id < before)
    rows = _report_rows(connection, conditions, limit)
    return rows, rows[-1].id if len(rows) == limit else None


def _reports_with_claims(
    connection: Connection, asked: Filter, before: int | None, limit: int
) -> tuple[list[int], int | None]:
    """Distinct reports of matching claims; read in chunks, as a report has some dozens of claims at most."""
    base = select(claim_states.c.claim_id, claim_states.c.report_id).where(*claim_conditions(connection, asked))
    found: dict[int, int] = {}
    at = before
    while len(found) <= limit:
        chunk = base.where(claim_states.c.claim_id < at) if at is not None else base
        rows = connection.execute(chunk.order_by(claim_states.c.claim_id.desc()).limit(_CHUNK)).all()
        for claim_id, report_id in rows:
            found.setdefault(int(report_id), int(claim_id))
        if len(rows) < _CHUNK:
            break
        at = int(rows[-1][0])
    ids = list(found)
    return ids[:limit], found[ids[limit]] + 1 if len(ids) > limit else None


def _report_rows(connection: Connection, conditions: list[Condition], limit: int) -> list[ReportRow]:
    chosen = (
        select(
            report_states,
            versions,
            func.length(versions.c.text).label("characters"),
            readings.c.reader,
            readings.c.reader_version,
            readings.c.problem,
        )
        .join(versions, versions.c.id == report_states.c.version_id)
        .outerjoin(readings, readings.c.id == report_states.c.reading_id)
        .where(*conditions)
        .order_by(report_states.c.report_id.desc())
        .limit(limit)
    )
    return [_report_row(row) for row in connection.execute(chosen).mappings()]


def _report_row(row: RowMapping) -> ReportRow:
    return ReportRow(
        int(row["report_id"]), int(row["number"]), row["title"], row["outlet"], row["url"], row["published"], row["language"],
        int(row["characters"]), row["last_seen"], int(row["sightings"]), int(row["claims"]), int(row["warnings"]),
        f"{row['reader']} {row['reader_version']}" if row["reader"] else None, row["problem"],
    )  # fmt: skip


def sources_page(connection: Connection, asked: Filter, offset: int, limit: int) -> list[SourceRow]:
    """Sources by how many claims they are behind; with a filter, by how many such claims."""
    conditions: list[Condition] = [] if asked.is_empty else claim_conditions(connection, asked)
    counted = (
        select(
            claim_states.c.source_id, func.count().label("claims"),
            func.min(claim_states.c.claim_id).label("first"), func.max(claim_states.c.claim_id).label("last"),
        )
        .where(*conditions)
        .group_by(claim_states.c.source_id)
        .order_by(func.count().desc(), claim_states.c.source_id)
        .offset(offset)
        .limit(limit)
        .subquery()
    )  # fmt: skip
    chosen = (
        select(sources, counted.c.claims, counted.c.first, counted.c.last)
        .join(counted, counted.c.source_id == sources.c.id)
        .order_by(counted.c.claims.desc(), sources.c.id)
    )
    return [
        SourceRow(
            row["outlet"],
            row["name"],
            row["type"],
            bool(row["anonymous"]),
            int(row["claims"]),
            int(row["first"]),
            int(row["last"]),
        )
        for row in connection.execute(chosen).mappings()
    ]


def every_claim(connection: Connection, asked: Filter) -> Iterator[ClaimRow]:
    """All claims that match, read page by page."""
    before = None
    while page := claims_page(connection, asked, before, _CHUNK):
        yield from page
        before = page[-1].id
