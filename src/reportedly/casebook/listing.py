"""Lists of what is in a casebook, a page at a time, by any filter. Pages are found by where the last one ended, so that all cost the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, ScalarSelect, Select, Subquery, exists, func, select

from reportedly.casebook import facets, search
from reportedly.casebook.facets import Filter
from reportedly.casebook.tables import (
    claim_states,
    claims,
    incident_claims,
    incidents,
    readings,
    report_states,
    sources,
    versions,
)
from reportedly.model.record import Claim

_CHUNK = 500
_FEW_INCIDENTS: Final = 2_000
_FEW_CLAIMS: Final = 20_000
COUNTED: Final = 5_000
"""Claims over which sources are counted for a filter, the newest; enough to rank them, and never slow."""


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


@dataclass(frozen=True, slots=True)
class WordingRow:
    """A loaded word of an outlet, and at how many places of its reports it stands."""

    outlet: str | None
    words: str
    times: int


def count_wording(rows: Iterable[ClaimRow]) -> list[WordingRow]:
    """Loaded words by outlet, the most frequent first; a word that two claims of a sentence bear counts once."""
    places: dict[tuple[str | None, str], set[tuple[int, int]]] = {}
    for row in rows:
        for span in row.claim.wording:
            places.setdefault((row.outlet, span.text.lower()), set()).add((row.report, span.start))
    counted = [WordingRow(outlet, words, len(found)) for (outlet, words), found in places.items()]
    return sorted(counted, key=lambda w: (-w.times, w.outlet or "", w.words))


def _dates(asked: Filter, start: ColumnElement[Any], end: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """Windows that overlap the one asked for."""
    conditions = []
    if asked.start:
        conditions.append(end >= asked.start)
    if asked.end:
        conditions.append(start <= asked.end)
    return conditions


def _published(asked: Filter, column: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    conditions = []
    if asked.published_start:
        conditions.append(column >= asked.published_start)
    if asked.published_end:
        conditions.append(column <= asked.published_end)
    return conditions


def matching_claims_in_order(connection: Connection, asked: Filter) -> tuple[Select[int], ColumnElement[int]]:
    """Numbers of the claims that a filter asks for, and what to order them by."""
    groups, phrases = facets.wanted(asked), facets.sought(asked.text or "")
    such = such_incidents(asked)
    if such and not phrases and _are_few(connection, select(incidents.c.id).where(*such), _FEW_INCIDENTS):
        theirs = select(incident_claims.c.claim_id).where(
            incident_claims.c.incident_id.in_(select(incidents.c.id).where(*such))
        )
        chosen = select(claim_states.c.claim_id).where(claim_states.c.claim_id.in_(theirs), *search.marked(groups))
        order: ColumnElement[int] = claim_states.c.claim_id
    else:
        chosen, order = search.matching_claims(connection, groups, phrases)
        if such:
            of_it = [incident_claims.c.claim_id == order, incidents.c.id == incident_claims.c.incident_id]
            chosen = chosen.where(exists().where(*of_it, *such))
    happening = _dates(asked, claim_states.c.time_start, claim_states.c.time_end)
    return chosen.where(*happening, *_published(asked, claim_states.c.published)), order


def such_incidents(asked: Filter) -> list[ColumnElement[bool]]:
    """What a filter asks for of the incident that a claim is of; nothing where it asks for nothing."""
    conditions: list[ColumnElement[bool]] = []
    if asked.origins is not None:
        conditions.append(incidents.c.low >= asked.origins)
    if asked.credibility is not None:
        conditions.append(incidents.c.credibility <= asked.credibility)
    return [*conditions, incidents.c.disputes > 0] if asked.disputed else conditions


def _are_few(connection: Connection, chosen: Select[int], most: int) -> bool:
    """Whether no more than so many rows are there: whoever looks them up one by one is done sooner than whoever goes through all others."""
    return (
        int(connection.execute(select(func.count()).select_from(chosen.limit(most + 1).subquery())).scalar_one())
        <= most
    )


def in_incidents(connection: Connection, asked: Filter) -> ColumnElement[bool]:
    """The condition on `incidents` that it holds a claim that a filter asks for."""
    wanted = matching_claims(connection, asked)
    if facets.sought(asked.text or "") or _are_few(connection, wanted, _FEW_CLAIMS):
        return incidents.c.id.in_(select(incident_claims.c.incident_id).where(incident_claims.c.claim_id.in_(wanted)))
    happening = _dates(asked, claim_states.c.time_start, claim_states.c.time_end)
    return exists().where(
        incident_claims.c.incident_id == incidents.c.id, claim_states.c.claim_id == incident_claims.c.claim_id, *such_incidents(asked),
        *search.marked(facets.wanted(asked)), *happening, *_published(asked, claim_states.c.published),
    )  # fmt: skip


def matching_claims(connection: Connection, asked: Filter) -> Select[int]:
    """Numbers of the claims that a filter asks for."""
    return matching_claims_in_order(connection, asked)[0]


def claims_page(connection: Connection, asked: Filter, before: int | None, limit: int) -> list[ClaimRow]:
    """Present claims, the newest first, those before a claim's number."""
    wanted, order = matching_claims_in_order(connection, asked)
    if before is not None:
        wanted = wanted.where(order < before)
    return claims_by_number(
        connection, list(connection.execute(wanted.order_by(order.desc()).limit(limit)).scalars().all())
    )


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
    """Reports, the last changed first, and where the next page begins: a report's number, or a claim's with a filter on claims.

    With such a filter, those that hold such a claim, in the order of their last such claim.
    """
    if asked.about_claims:
        ids, following = _reports_with_claims(connection, asked, before, limit)
        return _reports_by_number(connection, ids), following
    wanted, order = search.matching_reports(
        connection, facets.wanted_of_publication(asked), facets.sought(asked.text or "")
    )
    if before is not None:
        last = select(report_states.c.version_id).where(report_states.c.report_id == before).scalar_subquery()
        wanted = wanted.where(order < last)
    ids = list(connection.execute(wanted.order_by(order.desc()).limit(limit)).scalars().all())
    return _reports_by_number(connection, ids), ids[-1] if len(ids) == limit else None


def _reports_with_claims(
    connection: Connection, asked: Filter, before: int | None, limit: int
) -> tuple[list[int], int | None]:
    """Distinct reports of matching claims; read in chunks, as a report has some dozens of claims at most."""
    matching, order = matching_claims_in_order(connection, replace(asked, text=None))
    base = matching.add_columns(claim_states.c.report_id)
    phrases = facets.sought(asked.text or "")
    if phrases:  # words that a report is to have may stand anywhere in it
        base = base.join(report_states, report_states.c.report_id == claim_states.c.report_id).where(
            search.versions_with(connection, [], phrases)
        )
    found: dict[int, int] = {}
    at = before
    while len(found) <= limit:
        chunk = base.where(order < at) if at is not None else base
        rows = connection.execute(chunk.order_by(order.desc()).limit(_CHUNK)).all()
        for claim_id, report_id in rows:
            found.setdefault(int(report_id), int(claim_id))
        if len(rows) < _CHUNK:
            break
        at = int(rows[-1][0])
    ids = list(found)
    return ids[:limit], found[ids[limit]] + 1 if len(ids) > limit else None


def _reports_by_number(connection: Connection, numbers: list[int]) -> list[ReportRow]:
    """Reports by their numbers, in that order."""
    chosen = (
        select(
            report_states, versions, func.length(versions.c.text).label("characters"),
            readings.c.reader, readings.c.reader_version, readings.c.problem,
        )
        .join(versions, versions.c.id == report_states.c.version_id)
        .outerjoin(readings, readings.c.id == report_states.c.reading_id)
        .where(report_states.c.report_id.in_(numbers))
    )  # fmt: skip
    found = (
        {int(row["report_id"]): _report_row(row) for row in connection.execute(chosen).mappings()} if numbers else {}
    )
    return [found[number] for number in numbers]


def _report_row(row: RowMapping) -> ReportRow:
    return ReportRow(
        int(row["report_id"]), int(row["number"]), row["title"], row["outlet"], row["url"], row["published"], row["language"],
        int(row["characters"]), row["last_seen"], int(row["sightings"]), int(row["claims"]), int(row["warnings"]),
        f"{row['reader']} {row['reader_version']}" if row["reader"] else None, row["problem"],
    )  # fmt: skip


def sources_page(connection: Connection, asked: Filter, offset: int, limit: int) -> list[SourceRow]:
    """Sources by how many claims they are behind; with a filter, by how many of the last `COUNTED` such claims."""
    if asked.is_empty:
        page = (
            select(sources)
            .where(sources.c.claims > 0)
            .order_by(sources.c.claims.desc(), sources.c.id)
            .offset(offset)
            .limit(limit)
            .subquery()
        )
        chosen = select(page, _bound(func.min, page).label("first"), _bound(func.max, page).label("last"))
        rows = connection.execute(chosen.order_by(page.c.claims.desc(), page.c.id)).mappings().all()
        return [_source_row(row, int(row["claims"])) for row in rows]
    wanted, order = matching_claims_in_order(connection, asked)
    newest = wanted.add_columns(claim_states.c.source_id).order_by(order.desc()).limit(COUNTED).subquery()
    counted = (
        select(
            newest.c.source_id, func.count().label("counted"),
            func.min(newest.c.claim_id).label("first"), func.max(newest.c.claim_id).label("last"),
        )
        .group_by(newest.c.source_id)
        .order_by(func.count().desc(), newest.c.source_id)
        .offset(offset)
        .limit(limit)
        .subquery()
    )  # fmt: skip
    with_filter = (
        select(sources, counted.c.counted, counted.c.first, counted.c.last)
        .join(counted, counted.c.source_id == sources.c.id)
        .order_by(counted.c.counted.desc(), sources.c.id)
    )
    return [_source_row(row, int(row["counted"])) for row in connection.execute(with_filter).mappings()]


def _bound(extreme: Callable[..., ColumnElement[int]], page: Subquery) -> ScalarSelect[int]:
    """The least or greatest number of a source's claims; the index on both columns gives it at once."""
    return select(extreme(claim_states.c.claim_id)).where(claim_states.c.source_id == page.c.id).scalar_subquery()


def _source_row(row: RowMapping, claims: int) -> SourceRow:
    return SourceRow(
        row["outlet"], row["name"], row["type"], bool(row["anonymous"]), claims, int(row["first"]), int(row["last"])
    )
