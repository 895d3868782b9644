"""What weighing derives, kept and looked up; and what people decide about which claims belong together."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Select, func, select

from reportedly.casebook import custody, graded, warned
from reportedly.casebook.connection import new_id
from reportedly.casebook.graded import Grading
from reportedly.casebook.tables import (
    WEIGHED,
    claim_states,
    claims,
    copies,
    gradings,
    groupings,
    incident_claims,
    incidents,
    report_states,
    versions,
    weighings,
)
from reportedly.errors import InvalidDecision, NotInCasebook
from reportedly.model.acquisition import now
from reportedly.model.incident import Copy, Incident, SourceRecord
from reportedly.model.record import Claim
from reportedly.model.warning import IssuedWarning

_PAGE = 200


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


def weighable(connection: Connection) -> Iterator[Weighable]:
    """Every report, a page in memory at a time."""
    last = 0
    while True:
        chosen = (
            select(report_states.c.report_id, versions.c.digest, versions.c.text, versions.c.outlet, versions.c.url, versions.c.published)
            .join(versions, versions.c.id == report_states.c.version_id)
            .where(report_states.c.report_id > last)
            .order_by(report_states.c.report_id)
            .limit(_PAGE)
        )  # fmt: skip
        page = connection.execute(chosen).mappings().all()
        found = _claims_of(connection, [int(row["report_id"]) for row in page])
        for row in page:
            number = int(row["report_id"])
            yield Weighable(
                number, row["digest"], row["text"], row["outlet"], row["url"], row["published"], tuple(found.get(number, ()))
            )  # fmt: skip
        if len(page) < _PAGE:
            return
        last = int(page[-1]["report_id"])


def _claims_of(connection: Connection, reports: Sequence[int]) -> dict[int, list[tuple[int, Claim]]]:
    chosen = (
        select(claim_states.c.report_id, claim_states.c.claim_id, func.coalesce(claim_states.c.record, claims.c.record).label("present"))
        .join(claims, claims.c.id == claim_states.c.claim_id)
        .where(claim_states.c.report_id.in_(reports), claim_states.c.state != "rejected")
        .order_by(claim_states.c.claim_id)
    )  # fmt: skip
    found: dict[int, list[tuple[int, Claim]]] = {}
    for report, number, record in connection.execute(chosen).all():
        found.setdefault(int(report), []).append((int(number), Claim.model_validate_json(record).lean()))
    return found


def present_digest(connection: Connection) -> str:
    """A digest of everything that weighing depends on: present versions, claims as decided, and decisions about incidents."""
    digest = hashlib.sha256()
    present = select(report_states.c.report_id, report_states.c.version_id, report_states.c.reading_id)
    for row in connection.execute(present.order_by(report_states.c.report_id)).all():
        digest.update(repr(tuple(row)).encode())
    decided = select(claim_states.c.claim_id, claim_states.c.state, claim_states.c.record)
    for row in connection.execute(
        decided.where(claim_states.c.state != "undecided").order_by(claim_states.c.claim_id)
    ).all():
        digest.update(repr(tuple(row)).encode())
    for table in (groupings, gradings):
        digest.update(f"{table.name} {connection.execute(select(func.max(table.c.id))).scalar()}".encode())
    return digest.hexdigest()


def is_weighed(connection: Connection, version: str) -> bool:
    """Whether what is there now was weighed by this version already."""
    last = connection.execute(select(weighings.c.version, weighings.c.weighed)).one_or_none()
    return last is not None and tuple(last) == (version, present_digest(connection))


@dataclass(frozen=True, slots=True)
class Derived:
    """Everything that weighing derives: incidents, copies, records of sources by their keys; warnings that are new, with the claims that carry
    them; and by their numbers the claims that carry the warnings there were."""

    incidents: Sequence[Incident]
    copies: Sequence[Copy]
    records: Mapping[str, SourceRecord]
    new_warnings: Sequence[tuple[IssuedWarning, Sequence[int]]]
    carried: Mapping[int, Sequence[int]]


def keep_weighed(connection: Connection, derived: Derived, version: str, by: str) -> int:
    """Put what was derived in the place of what was derived before, and keep the warnings that are new: how many."""
    found, edges = derived.incidents, derived.copies
    numbers = _numbers(connection, found)
    told = _last_told(connection)
    for table in WEIGHED:
        connection.execute(table.delete())
    if found:
        connection.execute(
            incidents.insert(),
            [
                {
                    "id": numbers[i.key], "key": i.key, "ahead": i.ahead, "start": i.start, "end": i.end, "reports": i.reports, "low": i.low,
                    "high": i.high, "disputes": len(i.contradictions), "last_told": max((told.get(c) or "" for c in i.claims), default="") or None,
                    "record": i.model_dump_json(),
                }
                for i in found
            ],
        )  # fmt: skip
        connection.execute(
            incident_claims.insert(), [{"claim_id": c, "incident_id": numbers[i.key]} for i in found for c in i.claims]
        )
    if edges:
        rows = [
            {
                "source": e.source,
                "copy": e.copy_,
                "share": e.share,
                "extent": e.extent,
                "record": e.model_dump_json(by_alias=True),
            }
            for e in edges
        ]
        connection.execute(copies.insert(), rows)
    graded.keep_records(connection, derived.records)
    new = warned.keep_warnings(connection, derived.new_warnings, derived.carried, by)
    connection.execute(
        weighings.insert().values(id=1, version=version, weighed=present_digest(connection), at=now().isoformat())
    )
    custody.log(connection, by, "weighed the claims", incidents=len(found), copies=len(edges))
    return new


def _numbers(connection: Connection, found: Sequence[Incident]) -> dict[str, int]:
    """A number for each incident: that of the one before with which it shares the most claims, or a new one."""
    before = {
        int(claim): int(number)
        for claim, number in connection.execute(select(incident_claims.c.claim_id, incident_claims.c.incident_id)).all()
    }
    last = connection.execute(select(func.max(incidents.c.id))).scalar() or 0
    wanted = sorted(
        (
            (-shared, number, i.key)
            for i in found
            for number, shared in Counter(before[c] for c in i.claims if c in before).items()
        )
    )
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for _, number, key in wanted:
        if key not in numbers and number not in taken:
            numbers[key] = number
            taken.add(number)
    for incident in sorted(found, key=lambda i: i.claims):
        if incident.key not in numbers:
            last += 1
            numbers[incident.key] = last
    return numbers


def _last_told(connection: Connection) -> dict[int, str | None]:
    return {
        int(claim): day
        for claim, day in connection.execute(select(claim_states.c.claim_id, claim_states.c.published)).all()
    }


def incidents_page(
    connection: Connection,
    wanted: Select[int] | None,
    least: int,
    disputed: bool,
    ahead: bool | None,
    before: int | None,
    limit: int,
) -> list[IncidentRow]:
    """Incidents, the last told of first; of those that hold a wanted claim, with at least so many origins."""
    chosen = select(incidents).where(incidents.c.low >= least)
    if wanted is not None:
        within = select(incident_claims.c.incident_id).where(incident_claims.c.claim_id.in_(wanted))
        chosen = chosen.where(incidents.c.id.in_(within))
    if disputed:
        chosen = chosen.where(incidents.c.disputes > 0)
    if ahead is not None:
        chosen = chosen.where(incidents.c.ahead.is_(ahead))
    if before is not None:
        last = select(func.coalesce(incidents.c.last_told, "")).where(incidents.c.id == before).scalar_subquery()
        told = func.coalesce(incidents.c.last_told, "")
        chosen = chosen.where((told < last) | ((told == last) & (incidents.c.id < before)))
    chosen = chosen.order_by(func.coalesce(incidents.c.last_told, "").desc(), incidents.c.id.desc()).limit(limit)
    rows = [
        IncidentRow(int(row["id"]), Incident.model_validate_json(row["record"]), row["last_told"])
        for row in connection.execute(chosen).mappings()
    ]
    given = graded.standing(connection, (row.incident for row in rows))
    return [replace(row, graded=given.get(row.incident.key)) for row in rows]


def incidents_of_origin(connection: Connection, key: str, limit: int) -> list[IncidentRow]:
    """Incidents that an origin tells of, the last told of first. The key stands in the record, and whatever else has it there is left out."""
    marked = json.dumps(key, ensure_ascii=False)
    chosen = select(incidents).where(incidents.c.record.contains(marked, autoescape=True))
    chosen = chosen.order_by(func.coalesce(incidents.c.last_told, "").desc(), incidents.c.id.desc())
    found: list[IncidentRow] = []
    for row in connection.execute(chosen).mappings():
        record = Incident.model_validate_json(row["record"])
        if any(origin.key == key for origin in record.origins):
            found.append(IncidentRow(int(row["id"]), record, row["last_told"]))
        if len(found) == limit:
            break
    return found


def incident(connection: Connection, number: int) -> IncidentRow:
    """One incident. Raises NotInCasebook."""
    row = connection.execute(select(incidents).where(incidents.c.id == number)).mappings().one_or_none()
    if row is None:
        raise NotInCasebook(f"incident I{number}: is not in this casebook. List them: reportedly incidents")
    found = Incident.model_validate_json(row["record"])
    return IncidentRow(number, found, row["last_told"], graded.standing(connection, [found]).get(found.key))


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
