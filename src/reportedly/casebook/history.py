"""Everything kept of one claim or one report, from the words to the custody log."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, select

from reportedly.casebook import listing
from reportedly.casebook.listing import ClaimRow
from reportedly.casebook.tables import (
    claim_states,
    claims,
    custody,
    decisions,
    readings,
    report_states,
    sightings,
    versions,
)
from reportedly.errors import NotInCasebook
from reportedly.model.record import Claim


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. `changes` and `machine` hold the person's and the machine's values by field."""

    id: int
    made_at: str
    made_by: str
    verdict: str
    changes: dict[str, Any]
    machine: dict[str, Any]
    reason: str
    blind: bool


@dataclass(frozen=True, slots=True)
class ClaimHistory:
    """A claim as the machine read it, as it stands now, and what was decided on the way."""

    number: int
    report: int
    version: int
    text: str
    machine: Claim
    present: Claim | None
    state: str
    reader: str
    read_at: str
    decisions: tuple[Decision, ...]

    @property
    def claim(self) -> Claim:
        """As it stands."""
        return self.present or self.machine

    def seen_by(self, coder: str | None) -> tuple[Decision, ...]:
        """The decisions that somebody may see: a coder at work, blind, sees only their own; others see blind ones when the claim is settled
        by an open one or two have coded it."""
        if coder is not None:
            return tuple(d for d in self.decisions if d.made_by == coder)
        coders = {d.made_by for d in self.decisions if d.blind}
        settled = any(not d.blind for d in self.decisions) or len(coders) > 1
        return tuple(d for d in self.decisions if not d.blind or settled)


@dataclass(frozen=True, slots=True)
class ReportHistory:
    """Everything kept of a report; `present` is the number of its present version."""

    number: int
    present: int
    versions: list[dict[str, Any]]
    sightings: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    custody: list[dict[str, Any]]
    claims: list[ClaimRow]


def claim_history(connection: Connection, number: int) -> ClaimHistory:
    """A claim as read, as it stands, and what was decided. Raises NotInCasebook."""
    chosen = (
        select(claims, readings.c.reader, readings.c.reader_version, readings.c.read_at, readings.c.version_id)
        .join(readings, readings.c.id == claims.c.reading_id)
        .where(claims.c.id == number)
    )
    row = connection.execute(chosen).mappings().first()
    if row is None:
        raise NotInCasebook(f"C{number}: no such claim in the casebook. List them: reportedly claims")
    version = connection.execute(select(versions).where(versions.c.id == row["version_id"])).mappings().one()
    decided = connection.execute(
        select(decisions).where(decisions.c.claim_id == number).order_by(decisions.c.id)
    ).mappings()
    state = connection.execute(select(claim_states).where(claim_states.c.claim_id == number)).mappings().first()
    return ClaimHistory(
        number=number, report=int(row["report_id"]), version=int(version["number"]), text=version["text"],
        machine=Claim.model_validate_json(row["record"]),
        present=Claim.model_validate_json(state["record"]) if state and state["record"] else None,
        state=state["state"] if state else "superseded",
        reader=f"{row['reader']} {row['reader_version']}", read_at=row["read_at"],
        decisions=tuple(_decision(item) for item in decided),
    )  # fmt: skip


def report_history(connection: Connection, number: int) -> ReportHistory:
    """A report with its versions, sightings, readings, present claims and custody. Raises NotInCasebook."""
    found = _all_of(connection, versions, number)
    if not found:
        raise NotInCasebook(f"R{number}: no such report in the casebook. List them: reportedly reports")
    present = connection.execute(
        select(report_states.c.version_id).where(report_states.c.report_id == number)
    ).scalar_one()
    standing = select(claim_states.c.claim_id).where(claim_states.c.report_id == number)
    return ReportHistory(
        number=number,
        present=next(int(version["number"]) for version in found if version["id"] == present),
        versions=[{**version, "notes": json.loads(version["notes"])} for version in found],
        sightings=_all_of(connection, sightings, number),
        readings=_all_of(connection, readings, number),
        custody=_all_of(connection, custody, number),
        claims=listing.claims_by_number(connection, list(connection.execute(standing).scalars().all()))[::-1],
    )


def _all_of(connection: Connection, table: Table, report: int) -> list[dict[str, Any]]:
    chosen = select(table).where(table.c.report_id == report).order_by(table.c.id)
    return [dict(row) for row in connection.execute(chosen).mappings()]


def _decision(row: RowMapping) -> Decision:
    return Decision(
        int(row["id"]), row["made_at"], row["made_by"], row["verdict"], json.loads(row["changes"]), json.loads(row["machine"]), row["reason"],
        bool(row["blind"]),
    )  # fmt: skip
