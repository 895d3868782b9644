"""Warnings as they were kept, which claims carry them now, and what had become of them when they were last scored."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, exists, func, not_, select, tuple_

from reportedly.casebook import custody
from reportedly.casebook.bulk import add_rows, portions
from reportedly.casebook.connection import new_id
from reportedly.casebook.tables import (
    SCORED,
    scorings,
    warning_areas,
    warning_claims,
    warning_outcomes,
    warning_subjects,
    warnings,
)
from reportedly.errors import NotInCasebook
from reportedly.model.acquisition import now
from reportedly.model.warning import AreaOutcome, IssuedWarning, Scoring

WarningState = Literal["open", "due", "scored", "void"]
"""open: its window runs. due: it is over, and nothing was resolved yet. void: it cannot be resolved, or is told no longer."""


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

    def state(self, day: str) -> WarningState:
        """What it is on a day (ISO 8601)."""
        outcomes = {o.outcome for o in self.outcomes}
        if not self.stands or not self.warning.rule.areas or outcomes == {"void"}:
            return "void"
        if outcomes and "open" not in outcomes:
            return "scored"
        return "open" if self.warning.rule.end is None or day <= self.warning.rule.end else "due"


def keep_warnings(
    connection: Connection,
    new: Iterable[tuple[IssuedWarning, str, Sequence[int]]],
    carried: Mapping[int, Sequence[int]],
    by: str,
) -> int:
    """Add new warnings, with their subjects and the claims that carry them, and those that carry old ones. How many are new."""
    rows = {(number, claim) for number, claims in carried.items() for claim in claims}
    sealed: dict[str, str] = {}
    subjects: dict[int, tuple[str, IssuedWarning]] = {}
    for warning, subject, claims in new:
        known = connection.execute(select(warnings.c.id).where(warnings.c.key == warning.key)).scalar()
        if known is None:
            row = {
                "key": warning.key, "claim_id": warning.claim, "report_id": warning.report, "kept_at": now().isoformat(),
                "record": warning.model_dump_json(),
            }  # fmt: skip
            known = new_id(connection.execute(warnings.insert().values(**row)))
            sealed[f"warnings {known}"] = custody.digest_of(row)
        subjects[int(known)] = (subject, warning)
        rows |= {(int(known), claim) for claim in claims}
    add_rows(connection, warning_claims, sorted(rows))
    keep_subjects(connection, subjects)
    if sealed:
        custody.log(connection, by, "kept warnings", sealed=sealed)
    return len(sealed)


def keep_subjects(connection: Connection, subjects: Mapping[int, tuple[str, IssuedWarning]]) -> None:
    """What warnings are about, and where, by their numbers; what is kept already stays."""
    add_rows(connection, warning_subjects, (
        (number, subject, warning.made, warning.rule.start, warning.rule.end, len(warning.rule.areas))
        for number, (subject, warning) in sorted(subjects.items())
    ))  # fmt: skip
    add_rows(connection, warning_areas, (
        (number, position, area.level, area.name, area.country, area.admin1)
        for number, (_, warning) in sorted(subjects.items())
        for position, area in enumerate(warning.rule.areas)
    ))  # fmt: skip


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
    return _rows(connection, list(connection.execute(select(warnings.c.id).order_by(warnings.c.id)).scalars()))


def warning(connection: Connection, number: int) -> WarningRow:
    """One warning. Raises NotInCasebook."""
    if connection.execute(select(warnings.c.id).where(warnings.c.id == number)).scalar() is None:
        raise NotInCasebook(f"warning W{number}: is not in this casebook. List them: reportedly warnings")
    return _rows(connection, [number])[0]


def warnings_page(
    connection: Connection, state: WarningState | None, day: str, areas: Collection[str], before: int | None, limit: int
) -> list[WarningRow]:
    """Warnings that are in some state on a day, the last made first; about one of some areas, by their names or first-level division's."""
    s = warning_subjects.c
    chosen = select(s.warning_id)
    if state is not None:
        chosen = chosen.where(in_state(state, day))
    if areas:
        a = warning_areas.c
        named = func.lower(a.name).in_(areas) | func.lower(func.coalesce(a.admin1, "")).in_(areas)
        chosen = chosen.where(s.warning_id.in_(select(a.warning_id).where(named)))
    made = func.coalesce(s.made, "")
    if before is not None:
        last = connection.execute(select(made).where(s.warning_id == before)).scalar() or ""
        chosen = chosen.where(tuple_(made, s.warning_id) < tuple_(last, before))
    return _rows(
        connection, list(connection.execute(chosen.order_by(made.desc(), s.warning_id.desc()).limit(limit)).scalars())
    )


def count_states(connection: Connection, day: str) -> dict[WarningState, int]:
    """How many warnings are in each state on a day."""
    counted = select(func.count()).select_from(warning_subjects)
    return {
        state: int(connection.execute(counted.where(in_state(state, day))).scalar_one())
        for state in get_args(WarningState)
    }


def in_state(state: WarningState, day: str) -> ColumnElement[bool]:
    """The condition on `warning_subjects` that `state_of` tells of a warning."""
    s = warning_subjects.c
    became = select(warning_outcomes.c.became).where(warning_outcomes.c.warning_id == s.warning_id).scalar_subquery()
    stands = exists().where(warning_claims.c.warning_id == s.warning_id)
    void = not_(stands) | (s.areas == 0) | (func.coalesce(became, "") == "void")
    if state == "void":
        return void
    scored = func.coalesce(became, "") == "scored"
    if state == "scored":
        return and_(not_(void), scored)
    runs = s.end.is_(None) | (s.end >= day)
    return and_(runs if state == "open" else not_(runs), not_(void), not_(scored))


def _rows(connection: Connection, numbers: Sequence[int]) -> list[WarningRow]:
    """Warnings by their numbers, in this order."""
    claims: dict[int, list[int]] = defaultdict(list)
    outcomes: dict[int, str] = {}
    found: dict[int, RowMapping] = {}
    o, c = warning_outcomes.c, warning_claims.c
    for some in portions(numbers):
        for number, claim in connection.execute(
            select(warning_claims).where(c.warning_id.in_(some)).order_by(c.claim_id)
        ).all():
            claims[int(number)].append(int(claim))
        outcomes.update(
            (int(n), r)
            for n, r in connection.execute(select(o.warning_id, o.record).where(o.warning_id.in_(some))).all()
        )
        found.update(
            (int(r["id"]), r) for r in connection.execute(select(warnings).where(warnings.c.id.in_(some))).mappings()
        )
    return [
        WarningRow(
            number, IssuedWarning.model_validate_json(found[number]["record"]), found[number]["kept_at"], tuple(claims[number]),
            tuple(AreaOutcome.model_validate(one) for one in json.loads(outcomes.get(number, "[]"))),
        )
        for number in numbers
    ]  # fmt: skip


def keep_scored(
    connection: Connection, outcomes: Mapping[int, Sequence[AreaOutcome]], scoring: Scoring, by: str
) -> None:
    """Put a scoring in the place of the one before."""
    for table in SCORED:
        connection.execute(table.delete())
    if outcomes:
        rows = [
            {"warning_id": number, "became": _became(found), "record": json.dumps([o.model_dump() for o in found])}
            for number, found in sorted(outcomes.items())
        ]
        connection.execute(warning_outcomes.insert(), rows)
    connection.execute(scorings.insert().values(id=1, at=now().isoformat(), record=scoring.model_dump_json()))
    custody.log(
        connection, by, "scored the warnings", as_of=scoring.as_of, against=scoring.against, warnings=len(outcomes)
    )


def _became(outcomes: Sequence[AreaOutcome]) -> str:
    """open while any area is, void where all are, else scored."""
    found = {o.outcome for o in outcomes}
    return "void" if found <= {"void"} else "open" if "open" in found else "scored"


def last_scoring(connection: Connection) -> Scoring | None:
    """The figures of the last scoring; None where there was none."""
    record = connection.execute(select(scorings.c.record)).scalar()
    return None if record is None else Scoring.model_validate_json(record)
