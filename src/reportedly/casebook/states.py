"""The present state, derived from what is kept: which version and reading of a report count, and its claims as decided.

Everything here can be thrown away and computed again (`rebuild`); it is refreshed within the transaction that adds.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, select

from reportedly.casebook import facets
from reportedly.casebook.connection import new_id
from reportedly.casebook.tables import (
    DERIVED,
    claim_states,
    claims,
    decisions,
    readings,
    report_states,
    reports,
    sightings,
    sources,
    versions,
    weighings,
)
from reportedly.errors import InvalidDecision
from reportedly.knowledge.spelling import plain_key
from reportedly.model.decision import edited, spans_of
from reportedly.model.record import Claim


def refresh_report(connection: Connection, report_id: int, version_id: int | None = None) -> None:
    """Make the version seen last the present one."""
    seen = connection.execute(
        select(func.count(), func.max(sightings.c.id)).where(sightings.c.report_id == report_id)
    ).one()
    last = connection.execute(
        select(sightings.c.version_id, sightings.c.seen_at).where(sightings.c.id == seen[1])
    ).one()
    before = connection.execute(
        select(report_states.c.version_id).where(report_states.c.report_id == report_id)
    ).scalar()
    values = {"version_id": version_id or last[0], "sightings": seen[0], "last_seen": last[1]}
    if before is None:
        connection.execute(report_states.insert().values(report_id=report_id, claims=0, warnings=0, **values))
    else:
        connection.execute(report_states.update().where(report_states.c.report_id == report_id).values(**values))
    if before is not None and before != values["version_id"]:
        refresh_claims(connection, report_id)


def refresh_claims(connection: Connection, report_id: int) -> None:
    """Make the claims of the present version's last reading the report's present ones.

    A reading that failed does not displace one that did not.
    """
    version = _present_version(connection, report_id)
    reading_id = connection.execute(
        select(readings.c.id)
        .where(readings.c.version_id == version["id"])
        .order_by(readings.c.problem.is_not(None), readings.c.id.desc())
        .limit(1)
    ).scalar()
    _remove_states(connection, claim_states.c.report_id == report_id)
    rows = []
    if reading_id is not None:
        found = (
            connection.execute(select(claims).where(claims.c.reading_id == reading_id).order_by(claims.c.id))
            .mappings()
            .all()
        )
        decided = _decisions_in(connection, report_id)
        rows = [_state_of(row, version, decided) for row in found]
    _add_states(connection, rows)
    _count(connection, report_id, reading_id)


def refresh_claim(connection: Connection, claim_id: int) -> None:
    """Apply the decisions on one claim anew, if it is a present one."""
    there = connection.execute(select(claim_states.c.report_id).where(claim_states.c.claim_id == claim_id)).scalar()
    if there is None:
        return
    row = connection.execute(select(claims).where(claims.c.id == claim_id)).mappings().one()
    decided = _decisions_in(connection, int(there))
    state = _state_of(row, _present_version(connection, int(there)), decided)
    _remove_states(connection, claim_states.c.claim_id == claim_id)
    _add_states(connection, [state])
    _count(connection, int(there), int(row["reading_id"]))


def rebuild(connection: Connection, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Throw everything derived away and compute it again."""
    for table in DERIVED:
        connection.execute(table.delete())
    connection.execute(weighings.update().values(version=""))  # whatever was weighed has to be weighed anew
    total = connection.execute(select(func.count()).select_from(reports)).scalar_one()
    for done, report_id in enumerate(
        connection.execute(select(reports.c.id).order_by(reports.c.id)).scalars().all(), start=1
    ):
        refresh_report(connection, report_id)
        refresh_claims(connection, report_id)
        progress(done, total)


def _present_version(connection: Connection, report_id: int) -> RowMapping:
    return connection.execute(
        select(versions)
        .join(report_states, report_states.c.version_id == versions.c.id)
        .where(report_states.c.report_id == report_id)
    ).mappings().one()  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Decided:
    """A decision with the claim that it was taken on."""

    row: RowMapping
    claim: Claim


def _decisions_in(connection: Connection, report_id: int) -> dict[object, list[_Decided]]:
    """The open decisions on claims of a report, in whatever reading, by what is told in which words."""
    chosen = (
        select(decisions, claims.c.record)
        .join(claims, claims.c.id == decisions.c.claim_id)
        .where(claims.c.report_id == report_id, decisions.c.blind.is_(False))
        .order_by(decisions.c.id)
    )
    found: dict[object, list[_Decided]] = {}
    for row in connection.execute(chosen).mappings():
        claim = Claim.model_validate_json(row["record"])
        found.setdefault(_told(claim), []).append(_Decided(row, claim))
    return found


def _told(claim: Claim) -> object:
    """What makes two readings' claims the same one to a person: the sentence, the word in it and what it tells of."""
    return claim.sentence.text, claim.trigger.start - claim.sentence.start, claim.trigger.text, claim.event.type


def _carried(claim_id: int, claim: Claim, decided: list[_Decided]) -> list[RowMapping]:
    """The decisions that hold for a claim: those on it, and those on the same claim of another reading.

    What was accepted then is accepted now only where the reader says the same now.
    """
    same = _content(claim)
    return [
        item.row
        for item in decided
        if item.row["claim_id"] == claim_id or item.row["verdict"] != "accept" or _content(item.claim) == same
    ]


def _content(claim: Claim) -> object:
    data = claim.model_dump(mode="json", exclude={"id", "notes", "readers", "disagreements", "rendering"})
    for span in spans_of(data):
        span["start"], span["end"] = span["start"] - claim.sentence.start, span["end"] - claim.sentence.start
    return data


def standing(decided: Sequence[RowMapping]) -> tuple[facets.State, dict[str, Any]]:
    """What open decisions make of a claim: the last verdict, and each field as last edited."""
    withdrawn: dict[str, int] = {}
    for row in decided:
        if row["verdict"] == "withdraw":
            withdrawn[row["made_by"]] = row["id"]
    counted = [row for row in decided if row["verdict"] != "withdraw" and row["id"] > withdrawn.get(row["made_by"], 0)]
    changes: dict[str, Any] = {}
    state: facets.State = "undecided"
    for row in counted:
        if row["verdict"] == "edit":
            changes.update(json.loads(row["changes"]))
        state = "rejected" if row["verdict"] == "reject" else "accepted"
    return ("edited" if state == "accepted" and changes else state), changes


def _state_of(row: RowMapping, version: RowMapping, decided: dict[object, list[_Decided]]) -> dict[str, Any]:
    claim = Claim.model_validate_json(row["record"])
    state, changes = (
        standing(_carried(int(row["id"]), claim, decided.get(_told(claim), []))) if decided else ("undecided", {})
    )
    if changes:
        try:
            claim = edited(claim, changes, version["text"])
        except InvalidDecision:
            state, changes = "undecided", {}  # made on another reading of other words, where it does not fit
    time = claim.time
    return {
        "claim_id": int(row["id"]),
        "report_id": int(row["report_id"]),
        "source": _source_row(claim, version["outlet"]),
        "state": state,
        "record": claim.model_dump_json() if changes else None,
        "time_start": time.start or time.end if time else None,
        "time_end": time.end or time.start if time else None,
        "published": (version["published"] or "")[:10] or None,
        "facets": facets.of_claim(claim, version["outlet"], version["published"], state),
        "words": facets.searchable(claim.sentence.text),
    }


def _source_row(claim: Claim, outlet: str | None) -> dict[str, Any]:
    source = claim.attribution[-1].source
    own_voice = len(claim.attribution) == 1
    name = None if own_voice else source.name or (source.mention.text if source.mention else None)
    key = "|".join((plain_key(outlet or ""), plain_key(name or ""), source.type, str(int(source.anonymous))))
    return {"outlet": outlet, "name": name, "type": source.type, "anonymous": source.anonymous, "key": key}


def _add_states(connection: Connection, states: list[dict[str, Any]]) -> None:
    """Insert claims' states, each with the number of its source, which is added where it is new."""
    wanted = {state["source"]["key"]: state["source"] for state in states}
    chosen = select(sources.c.key, sources.c.id).where(sources.c.key.in_(wanted))
    numbers = {key: int(number) for key, number in connection.execute(chosen).all()}
    for key in wanted:
        if key not in numbers:
            numbers[key] = new_id(connection.execute(sources.insert().values(**wanted[key], claims=0)))
    for state in states:
        state["source_id"] = numbers[state.pop("source")["key"]]
    if states:
        connection.execute(claim_states.insert(), states)
        _count_sources(connection, Counter(state["source_id"] for state in states), 1)


def _remove_states(connection: Connection, condition: ColumnElement[bool]) -> None:
    """Delete claims' states, and count their sources' claims down."""
    gone = connection.execute(select(claim_states.c.source_id).where(condition)).scalars().all()
    if gone:
        connection.execute(claim_states.delete().where(condition))
        _count_sources(connection, Counter(gone), -1)


def _count_sources(connection: Connection, claims_of: Counter[int], sign: int) -> None:
    for source_id, count in sorted(claims_of.items()):
        connection.execute(
            sources.update().where(sources.c.id == source_id).values(claims=sources.c.claims + sign * count)
        )


def _count(connection: Connection, report_id: int, reading_id: int | None) -> None:
    warns = facets.mark("s", "warning")
    rows = connection.execute(
        select(claim_states.c.facets).where(claim_states.c.report_id == report_id, claim_states.c.state != "rejected")
    ).scalars().all()  # fmt: skip
    connection.execute(
        report_states.update()
        .where(report_states.c.report_id == report_id)
        .values(reading_id=reading_id, claims=len(rows), warnings=sum(warns in row.split() for row in rows))
    )
