"""Warnings as they were kept, which claims carry them now, and what had become of them when they were last scored."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from reportedly.casebook import custody
from reportedly.casebook.connection import new_id
from reportedly.casebook.tables import SCORED, scorings, warning_claims, warning_outcomes, warnings
from reportedly.errors import NotInCasebook
from reportedly.model.acquisition import now
from reportedly.model.warning import AreaOutcome, IssuedWarning, Scoring


@dataclass(frozen=True, slots=True)
class WarningRow:
    """A warning with its number, the claims that carry it now (none: it no longer stands), and its outcomes when last scored."""

    number: int
    warning: IssuedWarning
    kept_at: str
    claims: tuple[int, ...]
    outcomes: tuple[AreaOutcome, ...]

    @property
    def stands(self) -> bool:
        return bool(self.claims)


def keep_warnings(
    connection: Connection,
    new: Iterable[tuple[IssuedWarning, Sequence[int]]],
    carried: Mapping[int, Sequence[int]],
    by: str,
) -> int:
    """Add new warnings, with the claims that carry them, and those that carry old ones; `warning_claims` is empty before. How many are new."""
    rows = {(number, claim) for number, claims in carried.items() for claim in claims}
    sealed: dict[str, str] = {}
    for warning, claims in new:
        known = connection.execute(select(warnings.c.id).where(warnings.c.key == warning.key)).scalar()
        if known is None:
            row = {
                "key": warning.key, "claim_id": warning.claim, "report_id": warning.report, "kept_at": now().isoformat(),
                "record": warning.model_dump_json(),
            }  # fmt: skip
            known = new_id(connection.execute(warnings.insert().values(**row)))
            sealed[f"warnings {known}"] = custody.digest_of(row)
        rows |= {(int(known), claim) for claim in claims}
    if rows:
        connection.execute(warning_claims.insert(), [{"warning_id": n, "claim_id": c} for n, c in sorted(rows)])
    if sealed:
        custody.log(connection, by, "kept warnings", sealed=sealed)
    return len(sealed)


def all_warnings(connection: Connection) -> list[WarningRow]:
    """Every warning, in the order in which they were kept."""
    claims: dict[int, list[int]] = defaultdict(list)
    for number, claim in connection.execute(select(warning_claims).order_by(warning_claims.c.claim_id)).all():
        claims[int(number)].append(int(claim))
    outcomes = {int(number): record for number, record in connection.execute(select(warning_outcomes)).all()}
    return [
        WarningRow(
            int(row["id"]), IssuedWarning.model_validate_json(row["record"]), row["kept_at"], tuple(claims[int(row["id"])]),
            tuple(AreaOutcome.model_validate(o) for o in json.loads(outcomes.get(int(row["id"]), "[]"))),
        )
        for row in connection.execute(select(warnings).order_by(warnings.c.id)).mappings()
    ]  # fmt: skip


def warning(connection: Connection, number: int) -> WarningRow:
    """One warning. Raises NotInCasebook."""
    found = next((row for row in all_warnings(connection) if row.number == number), None)
    if found is None:
        raise NotInCasebook(f"warning W{number}: is not in this casebook. List them: reportedly warnings")
    return found


def keep_scored(
    connection: Connection, outcomes: Mapping[int, Sequence[AreaOutcome]], scoring: Scoring, by: str
) -> None:
    """Put a scoring in the place of the one before."""
    for table in SCORED:
        connection.execute(table.delete())
    if outcomes:
        rows = [
            {"warning_id": number, "record": json.dumps([o.model_dump() for o in found])}
            for number, found in sorted(outcomes.items())
        ]
        connection.execute(warning_outcomes.insert(), rows)
    connection.execute(scorings.insert().values(id=1, at=now().isoformat(), record=scoring.model_dump_json()))
    custody.log(
        connection, by, "scored the warnings", as_of=scoring.as_of, against=scoring.against, warnings=len(outcomes)
    )


def last_scoring(connection: Connection) -> Scoring | None:
    """The figures of the last scoring; None where there was none."""
    record = connection.execute(select(scorings.c.record)).scalar()
    return None if record is None else Scoring.model_validate_json(record)
