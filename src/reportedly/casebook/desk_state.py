"""What the desk keeps for those who work at it: their named views, and how far the casebook had gone at their last visit."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Column, Connection, func, select

from reportedly.casebook import custody
from reportedly.casebook.tables import claims, decisions, reports, views, visits, warnings, weighings
from reportedly.errors import InvalidDecision
from reportedly.model.acquisition import now

_A_VISIT: Final = timedelta(hours=4)
"""Whoever comes back within this time is still on the same visit."""
_A_MOMENT: Final = timedelta(minutes=5)
_LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Marks:
    """How far a casebook had gone: the highest numbers, and when that was (ISO 8601, UTC)."""

    at: str
    reports: int
    claims: int
    decisions: int
    warnings: int
    incidents: int


@dataclass(frozen=True, slots=True)
class View:
    """A page of the desk with its filters, under a name."""

    number: int
    name: str
    page: str
    query: str
    made_by: str
    made_at: str


def marks(connection: Connection) -> Marks:
    """How far the casebook has gone by now."""

    def highest(column: Column[int]) -> int:
        return int(connection.execute(select(func.max(column))).scalar() or 0)

    return Marks(
        now().isoformat(), highest(reports.c.id), highest(claims.c.id), highest(decisions.c.id), highest(warnings.c.id),
        highest(weighings.c.incidents),
    )  # fmt: skip


def last_visit(connection: Connection, visitor: str) -> tuple[Marks | None, bool]:
    """How far the casebook had gone when somebody's visit before this one ended, and whether this one was noted a moment ago."""
    row = connection.execute(select(visits).where(visits.c.visitor == visitor)).mappings().first()
    if row is None:
        return None, False
    before = Marks(**json.loads(row["before"])) if row["before"] else None
    return before, now() - datetime.fromisoformat(row["last_at"]) < _A_MOMENT


def visit(connection: Connection, visitor: str) -> Marks | None:
    """Note that somebody looks at the desk; how far the casebook had gone when their visit before this one ended. None on a first visit."""
    present = marks(connection)
    row = connection.execute(select(visits).where(visits.c.visitor == visitor)).mappings().first()
    if row is None:
        before = ""
        values = {
            "visitor": visitor,
            "began_at": present.at,
            "last_at": present.at,
            "marks": json.dumps(asdict(present)),
            "before": before,
        }
        connection.execute(visits.insert().values(**values))
        return None
    before = str(row["before"])
    if datetime.fromisoformat(present.at) - datetime.fromisoformat(row["last_at"]) > _A_VISIT:
        before = str(row["marks"])
        connection.execute(
            visits.update().where(visits.c.visitor == visitor).values(began_at=present.at, before=before)
        )
    connection.execute(
        visits.update().where(visits.c.visitor == visitor).values(last_at=present.at, marks=json.dumps(asdict(present)))
    )
    return Marks(**json.loads(before)) if before else None


def all_views(connection: Connection) -> list[View]:
    """Every view that somebody named and nobody removed, by name."""
    latest = select(func.max(views.c.id)).group_by(views.c.name)
    chosen = select(views).where(views.c.id.in_(latest), views.c.removed.is_(False)).order_by(views.c.name)
    return [
        View(int(row["id"]), row["name"], row["page"], row["query"], row["made_by"], row["made_at"])
        for row in connection.execute(chosen).mappings()
    ]


def keep_view(connection: Connection, name: str, page: str, query: str, by: str, *, removed: bool = False) -> None:
    """Name a view, in the place of one that had this name, or remove it. Raises InvalidDecision for a name that is none."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise InvalidDecision(f"a view needs a name of at most {_LONGEST_NAME} characters")
    connection.execute(
        views.insert().values(name=name, page=page, query=query, made_at=now().isoformat(), made_by=by, removed=removed)
    )
    custody.log(connection, by, "removed a view" if removed else "named a view", view=name)
