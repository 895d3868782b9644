"""Grades that people give to incidents and to sources, beside those that are derived."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Connection, select

from reportedly.casebook import custody
from reportedly.casebook.bulk import portions
from reportedly.casebook.connection import new_id
from reportedly.casebook.tables import gradings, source_records
from reportedly.errors import InvalidDecision, NotInCasebook
from reportedly.knowledge.grades import reliability_of
from reportedly.model.acquisition import now
from reportedly.model.incident import Incident, Reliability, SourceRecord

_INCIDENT = re.compile(r"[A-F][1-6]")
_SOURCE = re.compile(r"[A-F]")


@dataclass(frozen=True, slots=True)
class Grading:
    """A person's grade: "B2" of an incident, "B" of a source."""

    grade: str
    by: str
    at: str
    reason: str


def grade_incident(connection: Connection, incident: Incident, grade: str, reason: str, by: str) -> None:
    """Add a person's grade of an incident, "" to take it back; it goes with the incident's claims. Raises InvalidDecision."""
    if grade and not _INCIDENT.fullmatch(grade):
        raise InvalidDecision(f"{grade}: is no grade of an incident. Write it as B2: A to F, then 1 to 6")
    _add(connection, "incident", json.dumps(list(incident.claims)), grade, reason, by)


def grade_source(connection: Connection, key: str, grade: str, reason: str, by: str) -> None:
    """Add a person's grade of a source, "" to take it back. Raises InvalidDecision."""
    if grade and not _SOURCE.fullmatch(grade):
        raise InvalidDecision(f"{grade}: is no grade of a source. Write it as B: A to F")
    _add(connection, "source", key, grade, reason, by)


def _add(connection: Connection, about: str, subject: str, grade: str, reason: str, by: str) -> None:
    if not reason.strip():
        raise InvalidDecision("a grade needs a reason: --reason 'why'")
    row = {
        "about": about, "subject": subject, "grade": grade, "made_at": now().isoformat(), "made_by": by, "reason": reason.strip(),
    }  # fmt: skip
    number = new_id(connection.execute(gradings.insert().values(**row)))
    sealed = {f"gradings {number}": custody.digest_of(row)}
    custody.log(connection, by, f"graded {'an incident' if about == 'incident' else 'a source'}", sealed=sealed)


def standing(connection: Connection, found: Iterable[Incident]) -> dict[str, Grading]:
    """The last grade that somebody gave each of some incidents, by the incident's key: to most of the claims that it has now."""
    given = [
        (set(json.loads(row["subject"])), row)
        for row in connection.execute(
            select(gradings).where(gradings.c.about == "incident").order_by(gradings.c.id.desc())
        ).mappings()
    ]
    graded: dict[str, Grading] = {}
    for incident in found if given else ():
        claims = set(incident.claims)
        last = next((row for subject, row in given if 2 * len(subject & claims) > len(subject)), None)
        if last is not None and last["grade"]:
            graded[incident.key] = Grading(last["grade"], last["made_by"], last["made_at"], last["reason"])
    return graded


def of_sources(connection: Connection) -> dict[str, Grading]:
    """The last grade that somebody gave each source, by its key."""
    chosen = select(gradings).where(gradings.c.about == "source").order_by(gradings.c.id)
    last = {
        row["subject"]: Grading(row["grade"], row["made_by"], row["made_at"], row["reason"])
        for row in connection.execute(chosen).mappings()
    }
    return {key: grading for key, grading in last.items() if grading.grade}


# ── records of sources


def with_reliability(connection: Connection, found: Sequence[Incident]) -> list[Incident]:
    """Incidents with the reliability that the records of their sources, and what people say of these, give them now."""
    keys = {origin.key for incident in found for origin in incident.origins if origin.asserts}
    records = {
        key: SourceRecord.model_validate_json(record)
        for portion in portions(keys)
        for key, record in connection.execute(
            select(source_records.c.key, source_records.c.record).where(source_records.c.key.in_(portion))
        ).all()
    }
    given = {key: _letter(grading.grade) for key, grading in of_sources(connection).items()} if found else {}
    return [_with_reliability(incident, records, given) for incident in found]


def _with_reliability(
    incident: Incident, records: Mapping[str, SourceRecord], given: Mapping[str, Reliability]
) -> Incident:
    asserting = [(origin.key, origin.label) for origin in incident.origins if origin.asserts]
    letter, why = reliability_of(asserting, records, given)
    grade = incident.grade.model_copy(update={"reliability": letter, "reasons": (why, *incident.grade.reasons[1:])})
    return incident.model_copy(update={"grade": grade})


def _letter(grade: str) -> Reliability:
    return next(letter for letter in get_args(Reliability) if letter == grade)


def keep_records(connection: Connection, records: Mapping[str, SourceRecord]) -> None:
    """Put the records of sources in the place of those before."""
    if records:
        rows = [
            {"key": key, "label": record.label, "told": record.told, "record": record.model_dump_json()}
            for key, record in sorted(records.items())
        ]
        connection.execute(source_records.insert(), rows)


def labels(connection: Connection) -> dict[str, str]:
    """What each source is called, by its key."""
    rows = connection.execute(select(source_records.c.key, source_records.c.label)).all()
    return {str(key): str(label) for key, label in rows}


def records_named(connection: Connection, name: str) -> list[SourceRecord]:
    """Records of the sources whose name holds some words, in any case, those that told of most first. Raises NotInCasebook where there is none."""
    chosen = select(source_records.c.label, source_records.c.record).order_by(
        source_records.c.told.desc(), source_records.c.key
    )
    rows = [(label, data) for label, data in connection.execute(chosen).all() if name.casefold() in label.casefold()]
    if not rows:
        raise NotInCasebook(f"{name}: no source of that name has told of anything that was weighed")
    exact = [data for label, data in rows if label.casefold() == name.casefold()]
    return [SourceRecord.model_validate_json(data) for data in exact or [data for _, data in rows]]


def record(connection: Connection, key: str) -> SourceRecord | None:
    """The record of a source; None where there is none."""
    found = connection.execute(select(source_records.c.record).where(source_records.c.key == key)).scalar()
    return None if found is None else SourceRecord.model_validate_json(found)


def top_records(connection: Connection, limit: int) -> list[SourceRecord]:
    """Records of the sources that told of most."""
    r = source_records.c
    rows = connection.execute(select(r.record).order_by(r.told.desc(), r.key.desc()).limit(limit)).scalars()
    return [SourceRecord.model_validate_json(found) for found in rows]
