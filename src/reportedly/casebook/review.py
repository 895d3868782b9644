"""The queue of claims that nobody has decided on, by what matters most."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import ColumnElement, Connection, case, exists, func, literal, select

from reportedly.casebook import listing
from reportedly.casebook.facets import Filter
from reportedly.casebook.tables import decisions, incident_claims, incidents
from reportedly.knowledge.review_order import REVIEW_WEIGHTS
from reportedly.model.plover import VIOLENT

RANKED: Final = 5_000
"""Claims that are ranked, the newest of those that a filter asks for."""
_BEGUN_BLIND: Final = 32
"""What another coder has begun to code blind goes first, so that two code the same."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A claim in the queue, its incident, and why it stands where it stands."""

    claim: int
    incident: int | None
    reasons: tuple[str, ...]


def queue(
    connection: Connection, asked: Filter, near: str | None, blind_coder: str | None, offset: int, limit: int
) -> tuple[list[Queued], int]:
    """A part of the queue, and how long it is (at most `RANKED`). `blind_coder`: who codes blind, and has not coded these."""
    undecided = replace(asked, state="undecided")
    wanted, order = listing.matching_claims_in_order(connection, undecided)
    if blind_coder is not None:
        coded = exists().where(decisions.c.claim_id == order, decisions.c.made_by == blind_coder)
        wanted = wanted.where(~coded)
    newest = wanted.order_by(order.desc()).limit(RANKED).subquery()
    claim = newest.c.claim_id
    signs: dict[str, ColumnElement[bool]] = {
        "disputed": func.coalesce(incidents.c.disputes, 0) > 0,
        "ahead": func.coalesce(incidents.c.telling, "") == "ahead",
        "violent": func.coalesce(incidents.c.type, "").in_(VIOLENT),
        "single origin": func.coalesce(incidents.c.high, 1) == 1,
    }
    differ = listing.matching_claims(connection, Filter(readers_differ=True, state="undecided"))
    signs["readers differ"] = claim.in_(differ)
    if near:
        there = listing.matching_claims(connection, Filter(place=near, state="undecided"))
        signs["near"] = claim.in_(there)
    weight: ColumnElement[int] = literal(0)
    for name, condition in signs.items():
        weight = weight + case((condition, REVIEW_WEIGHTS[name]), else_=0)
    if blind_coder is not None:
        begun = exists().where(
            decisions.c.claim_id == claim, decisions.c.blind.is_(True), decisions.c.made_by != blind_coder
        )
        weight = weight + case((begun, _BEGUN_BLIND), else_=0)
    chosen = (
        select(claim, incident_claims.c.incident_id, *(case((c, 1), else_=0) for c in signs.values()))
        .outerjoin(incident_claims, incident_claims.c.claim_id == claim)
        .outerjoin(incidents, incidents.c.id == incident_claims.c.incident_id)
        .order_by(weight.desc(), claim.desc())
        .offset(offset)
        .limit(limit)
    )
    rows = connection.execute(chosen).all()
    length = connection.execute(select(func.count()).select_from(newest)).scalar_one()
    found = [
        Queued(int(row[0]), None if row[1] is None else int(row[1]), tuple(n for n, holds in zip(signs, row[2:], strict=True) if holds))
        for row in rows
    ]  # fmt: skip
    return found, int(length)


def last_decision(connection: Connection, by: str) -> int | None:
    """The claim of somebody's last decision that they have not withdrawn; None where there is none."""
    d = decisions.c
    later = decisions.alias()
    withdrawn = exists().where(
        later.c.claim_id == d.claim_id, later.c.made_by == by, later.c.verdict == "withdraw", later.c.id > d.id
    )
    chosen = (
        select(d.claim_id).where(d.made_by == by, d.verdict != "withdraw", ~withdrawn).order_by(d.id.desc()).limit(1)
    )
    number = connection.execute(chosen).scalar()
    return None if number is None else int(number)


def decided_since(connection: Connection, by: str, day: str) -> int:
    """How many claims somebody has decided on since a moment (ISO 8601)."""
    d = decisions.c
    chosen = select(func.count(d.claim_id.distinct())).where(d.made_by == by, d.made_at >= day, d.verdict != "withdraw")
    return int(connection.execute(chosen).scalar_one())
