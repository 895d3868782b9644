"""What weighing derives, kept and looked up; and what people decide about which claims belong together."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from reportedly.casebook import custody, graded
from reportedly.casebook.bulk import portions
from reportedly.casebook.connection import new_id
from reportedly.casebook.graded import Grading
from reportedly.casebook.tables import (
    claim_states,
    claims,
    copies,
    groupings,
    incident_claims,
    incident_origins,
    incidents,
    report_states,
    versions,
    weighings,
)
from reportedly.errors import InvalidDecision, NotInCasebook
from reportedly.model.acquisition import now
from reportedly.model.incident import Copy, Incident
from reportedly.model.record import Claim

_FEW: Final = 50
VERSION: Final = (versions.c.report_id, versions.c.digest, versions.c.text, versions.c.outlet, versions.c.url, versions.c.published)  # fmt: skip
"""What weighing takes of a version."""


@dataclass(frozen=True, slots=True)
class Weighable:
    """A report in its present version, with its claims that count, by their numbers and as decided."""

    number: int
    digest: str
    """Of its text and what is known of it: the same for the same report in any casebook."""
    text: str
    outlet: str | None
    url: str | None
    published: str | None
    claims: tuple[tuple[int, Claim], ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """What a person decided of two claims."""

    one: int
    other: int
    together: bool


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident with its number, when it was last told of, and the grade that a person gave it, which goes before the derived one."""

    number: int
    incident: Incident
    last_told: str | None
    graded: Grading | None = None

    @property
    def grade(self) -> str:
        """The grade that counts."""
        return self.graded.grade if self.graded is not None else str(self.incident.grade)

    @property
    def credibility(self) -> int:
        """The second half of the grade that counts."""
        return int(self.grade[1])


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new since the last weighing: reports in whatever way, and claims on which people decided whether they belong together."""

    reports: frozenset[int]
    regrouped: frozenset[int]
    weighed: int
    """Reports that were weighed then."""

    @property
    def are_few(self) -> bool:
        """Whether it is sooner done to weigh these by themselves than everything anew."""
        return len(self.reports) <= max(_FEW, self.weighed // 10)


def was_weighed(connection: Connection) -> bool:
    """Whether there is a weighing."""
    return connection.execute(select(func.count()).select_from(weighings)).scalar_one() > 0


def weighable(connection: Connection) -> Iterator[Weighable]:
    """Every report, a page in memory at a time."""
    numbers = [
        int(n)
        for n in connection.execute(select(report_states.c.report_id).order_by(report_states.c.report_id)).scalars()
    ]
    for portion in portions(numbers):
        for report in weighable_among(connection, portion):
            for _, claim in report.claims:
                claim.lean()
            yield report


def weighable_among(connection: Connection, reports: Sequence[int]) -> Iterator[Weighable]:
    """Some reports, by their numbers, in their present versions."""
    found = _claims_of(connection, reports)
    for report in texts_among(connection, reports):
        yield replace(report, claims=tuple(found.get(report.number, ())))


def texts_among(connection: Connection, reports: Sequence[int]) -> list[Weighable]:
    """The same without their claims."""
    chosen = (
        select(*VERSION)
        .join(report_states, report_states.c.version_id == versions.c.id)
        .where(report_states.c.report_id.in_(reports))
        .order_by(report_states.c.report_id)
    )
    return list(map(without_claims, connection.execute(chosen).all()))


def without_claims(row: Sequence[Any]) -> Weighable:
    """A report from a row of `VERSION`."""
    return Weighable(int(row[0]), row[1], row[2], row[3], row[4], row[5], ())


def _claims_of(connection: Connection, reports: Sequence[int]) -> dict[int, list[tuple[int, Claim]]]:
    chosen = (
        select(claim_states.c.report_id, claim_states.c.claim_id, func.coalesce(claim_states.c.record, claims.c.record).label("present"))
        .join(claims, claims.c.id == claim_states.c.claim_id)
        .where(claim_states.c.report_id.in_(reports), claim_states.c.state != "rejected")
        .order_by(claim_states.c.claim_id)
    )  # fmt: skip
    found: dict[int, list[tuple[int, Claim]]] = {}
    for report, number, record in connection.execute(chosen).all():
        found.setdefault(int(report), []).append((int(number), Claim.model_validate_json(record)))
    return found


def incidents_page(
    connection: Connection,
    holding: ColumnElement[bool] | None,
    least: int,
    disputed: bool,
    ahead: bool | None,
    before: int | None,
    limit: int,
) -> list[IncidentRow]:
    """Incidents, the last told of first; of those that hold something that is asked for, with at least so many origins."""
    i = incidents.c
    chosen = select(i.id).where(i.low >= least)  # from the index alone, which has all of these
    if holding is not None:
        chosen = chosen.where(holding)
    if disputed:
        chosen = chosen.where(i.disputes > 0)
    if ahead is not None:
        chosen = chosen.where(i.ahead.is_(ahead))
    if before is not None:
        last = connection.execute(select(i.last_told).where(i.id == before)).scalar() or ""
        chosen = chosen.where(tuple_(i.last_told, i.id) < tuple_(last, before))
    numbers = connection.execute(chosen.order_by(i.last_told.desc(), i.id.desc()).limit(limit)).scalars().all()
    return incidents_by_number(connection, numbers)


def incidents_by_number(connection: Connection, numbers: Sequence[int]) -> list[IncidentRow]:
    """Incidents in this order, with the grades that they have now: a source's letter may change with any report."""
    rows = {
        int(number): (record, last)
        for portion in portions(numbers)
        for number, record, last in connection.execute(
            select(incidents.c.id, incidents.c.record, incidents.c.last_told).where(incidents.c.id.in_(portion))
        ).all()
    }
    found = graded.with_reliability(connection, [Incident.model_validate_json(rows[number][0]) for number in numbers])
    given = graded.standing(connection, found)
    return [
        IncidentRow(number, record, rows[number][1] or None, given.get(record.key))
        for number, record in zip(numbers, found, strict=True)
    ]


def incident_numbers(connection: Connection, some: Sequence[int]) -> dict[int, int]:
    """The incident of each of some claims that is in one."""
    i = incident_claims.c
    chosen = select(i.claim_id, i.incident_id)
    return {
        int(claim): int(number)
        for portion in portions(some)
        for claim, number in connection.execute(chosen.where(i.claim_id.in_(portion))).all()
    }


def incidents_of_origin(connection: Connection, key: str, limit: int) -> list[IncidentRow]:
    """Incidents that an origin tells of, by its key, the last told of first."""
    theirs = select(incident_origins.c.incident_id).where(incident_origins.c.key == key)
    chosen = select(incidents.c.id).where(incidents.c.id.in_(theirs))
    chosen = chosen.order_by(incidents.c.last_told.desc(), incidents.c.id.desc()).limit(limit)
    return incidents_by_number(connection, connection.execute(chosen).scalars().all())


def incident(connection: Connection, number: int) -> IncidentRow:
    """One incident. Raises NotInCasebook."""
    if connection.execute(select(incidents.c.id).where(incidents.c.id == number)).scalar() is None:
        raise NotInCasebook(f"incident I{number}: is not in this casebook. List them: reportedly incidents")
    return incidents_by_number(connection, [number])[0]


def copies_of(connection: Connection, report: int) -> list[Copy]:
    """Whom a report copied from, and who copied from it."""
    chosen = (
        select(copies.c.record)
        .where((copies.c.source == report) | (copies.c.copy == report))
        .order_by(copies.c.source, copies.c.copy)
    )
    return [Copy.model_validate_json(record) for record in connection.execute(chosen).scalars()]


def group(connection: Connection, one: int, other: int, together: bool, reason: str, by: str) -> None:
    """Add a decision that two claims tell of one happening, or that they do not. Raises InvalidDecision, NotInCasebook."""
    if not reason.strip():
        raise InvalidDecision("a decision needs a reason: --reason 'why'")
    if one == other:
        raise InvalidDecision("a claim is always one with itself: name two")
    for number in (one, other):
        if connection.execute(select(claims.c.id).where(claims.c.id == number)).scalar() is None:
            raise NotInCasebook(f"claim C{number}: is not in this casebook")
    row = {
        "one": min(one, other), "other": max(one, other), "together": together, "made_at": now().isoformat(), "made_by": by,
        "reason": reason.strip(),
    }  # fmt: skip
    number = new_id(connection.execute(groupings.insert().values(**row)))
    sealed = {f"groupings {number}": custody.digest_of(row)}
    custody.log(connection, by, "decided which claims belong together", claims=json.dumps([one, other]), sealed=sealed)


def standing_groupings(connection: Connection) -> list[Grouping]:
    """The last word on each pair of claims."""
    last: dict[tuple[int, int], bool] = {}
    for row in connection.execute(select(groupings).order_by(groupings.c.id)).mappings():
        last[int(row["one"]), int(row["other"])] = bool(row["together"])
    return [Grouping(one, other, together) for (one, other), together in sorted(last.items())]
