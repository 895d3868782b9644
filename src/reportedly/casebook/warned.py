"""Warnings as they were kept, which claims carry them now, and what had become of them when they were last scored."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from reportedly.casebook import custody
from reportedly.casebook.bulk import add_rows, portions
from reportedly.casebook.connection import new_id
from reportedly.casebook.tables import SCORED, scorings, warning_claims, warning_outcomes, warning_subjects, warnings
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
    new: Iterable[tuple[IssuedWarning, str, Sequence[int]]],
    carried: Mapping[int, Sequence[int]],
    by: str,
) -> int:
    """Add new warnings, with their subjects and the claims that carry them, and those that carry old ones. How many are new."""
    rows = {(number, claim) for number, claims in carried.items() for claim in claims}
    sealed: dict[str, str] = {}
    subjects: dict[int, str] = {}
    for warning, subject, claims in new:
        known = connection.execute(select(warnings.c.id).where(warnings.c.key == warning.key)).scalar()
        if known is None:
            row = {
                "key": warning.key, "claim_id": warning.claim, "report_id": warning.report, "kept_at": now().isoformat(),
                "record": warning.model_dump_json(),
            }  # fmt: skip
            known = new_id(connection.execute(warnings.insert().values(**row)))
            sealed[f"warnings {known}"] = custody.digest_of(row)
        subjects[int(known)] = subject
        rows |= {(int(known), claim) for claim in claims}
    add_rows(connection, warning_claims, sorted(rows))
    keep_subjects(connection, subjects)
    if sealed:
        custody.log(connection, by, "kept warnings", sealed=sealed)
    return len(sealed)


def keep_subjects(connection: Connection, subjects: Mapping[int, str]) -> None:
    """What warnings are about, by their numbers; what is kept already stays."""
    add_rows(connection, warning_subjects, sorted(subjects.items()))


def warnings_like(
    connection: Connection, some: Collection[int], subjects: Collection[str]
) -> list[tuple[int, IssuedWarning, frozenset[int]]]:
    """Warnings that some claims carry, or on some subjects, by their numbers, with the claims that carry them."""
    asked = (
        (select(warning_claims.c.warning_id), warning_claims.c.claim_id, some),
        (select(warning_subjects.c.warning_id), warning_subjects.c.subject, subjects),
    )
    numbers = {
        int(number)
        for chosen, column, values in asked
        for portion in portions(set(values))
        for number in connection.execute(chosen.where(column.in_(portion))).scalars()
    }
    found = []
    for number in sorted(numbers):
        record = connection.execute(select(warnings.c.record).where(warnings.c.id == number)).scalar_one()
        carriers = connection.execute(
            select(warning_claims.c.claim_id).where(warning_claims.c.warning_id == number)
        ).scalars()
        found.append((number, IssuedWarning.model_validate_json(record), frozenset(map(int, carriers))))
    return found


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
