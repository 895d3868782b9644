"""What is drawn of a casebook: incidents by area, by place, by day, and who is with whom. Counted by the database from indexes alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, FromClause, case, exists, func, select

from reportedly.casebook import warned
from reportedly.casebook.tables import (
    incident_relations,
    incidents,
    scorings,
    warning_areas,
    warning_subjects,
    weighings,
)
from reportedly.model.incident import RelationKind, Telling

POINTS: Final = ("place", "near")
"""Precisions that are drawn as points; of everything else only the area is known."""
_MOST_POINTS: Final = 1500
_MOST_EDGES: Final = 250
_FAR_PAST, _FAR_FUTURE = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which incidents are drawn. Days are ISO 8601, inclusive; `worst` is the worst credibility, `least` the fewest independent origins."""

    start: str | None = None
    end: str | None = None
    country: str | None = None
    admin1: str | None = None
    telling: Telling | None = None
    worst: int = 6
    least: int = 1
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class AreaTally:
    """What is told of a first-level division; `admin1` is None for what is only known to be in the country."""

    country: str
    admin1: str | None
    incidents: int
    claims: int
    disputed: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Point:
    """A town, or (near) some way from it, and what is told of it. Degrees, WGS 84."""

    name: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    near: bool
    incidents: int
    claims: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Day:
    """How many incidents begin on a day, or in a month."""

    day: str
    incidents: int


@dataclass(frozen=True, slots=True)
class Moment:
    """An incident on a timeline."""

    number: int
    type: str
    telling: Telling
    start: str
    end: str
    place: str | None
    country: str | None
    credibility: int
    origins: int
    reports: int
    disputed: bool


@dataclass(frozen=True, slots=True)
class WarningWindow:
    """The window of a warning on a timeline."""

    number: int
    start: str
    end: str
    area: str


@dataclass(frozen=True, slots=True)
class Edge:
    """What one actor does to or with another, over the incidents asked for: how many, and by how many independent origins together."""

    one: str
    other: str
    kind: RelationKind
    telling: Telling
    incidents: int
    origins: int


class Pictures:
    """Drawn within one transaction, so that all of it is of one moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def moment(self) -> tuple[str, str]:
        """When it was last weighed and scored: what is drawn is the same until it is again."""
        at = (self._connection.execute(select(func.max(table.c.at))).scalar() for table in (weighings, scorings))
        weighed, scored = (str(one or "") for one in at)
        return weighed, scored

    def span(self) -> tuple[str, str] | None:
        """The first and last day on which something is told to have happened; None where nothing is."""
        s = incidents.c.start
        first, last = self._connection.execute(
            select(func.min(s), func.max(s)).where(incidents.c.telling == "happened")
        ).one()
        return None if first is None else (str(first), str(last))

    def areas(self, asked: Asked, day: str) -> list[AreaTally]:
        """What is told of each first-level division; warnings are those that are open on a day, whatever else is asked."""
        i = incidents.c
        counted = (
            select(i.country, i.admin1, func.count(), func.sum(i.claims), func.sum(_one_if(i.disputes > 0)))
            .where(*_wanted(asked, incidents), i.country.is_not(None))
            .group_by(i.country, i.admin1)
        )
        found = {(row[0], row[1]): tuple(map(int, row[2:])) for row in self._connection.execute(counted).all()}
        warned_of = self._open_warnings(asked, day)
        return [
            AreaTally(
                country,
                admin1,
                incidents=counts[0],
                claims=counts[1],
                disputed=counts[2],
                warnings=warned_of.get((country, admin1), 0),
            )
            for country, admin1 in sorted(found.keys() | warned_of.keys(), key=lambda area: (area[0], area[1] or ""))
            for counts in [found.get((country, admin1), (0, 0, 0))]
        ]

    def _open_warnings(self, asked: Asked, day: str) -> dict[tuple[str, str | None], int]:
        a, s = warning_areas.c, warning_subjects.c
        counted = (
            select(a.country, a.admin1, func.count(a.warning_id.distinct()))
            .join(warning_subjects, s.warning_id == a.warning_id)
            .where(a.country.is_not(None), warned.in_state("open", day))
            .group_by(a.country, a.admin1)
        )
        if asked.country:
            counted = counted.where(a.country == asked.country)
        return {(row[0], row[1]): int(row[2]) for row in self._connection.execute(counted).all()}

    def points(self, asked: Asked) -> list[Point]:
        """Towns that something is told of, those with the most incidents first."""
        i = incidents.c
        number = func.count()
        near = func.min(_one_if(i.precision == "near"))
        chosen = (
            select(
                i.place,
                i.country,
                i.admin1,
                i.lat,
                i.lon,
                near,
                number,
                func.sum(i.claims),
                func.sum(_one_if(i.disputes > 0)),
            )
            .where(*_wanted(asked, incidents), i.precision.in_(POINTS), i.lat.is_not(None), i.lon.is_not(None))
            .group_by(i.place, i.country, i.admin1, i.lat, i.lon)
            .order_by(number.desc(), i.place)
            .limit(_MOST_POINTS)
        )
        return [
            Point(
                row[0],
                row[1],
                row[2],
                float(row[3]),
                float(row[4]),
                bool(row[5]),
                int(row[6]),
                int(row[7]),
                int(row[8]),
            )
            for row in self._connection.execute(chosen).all()
        ]

    def without_a_place(self, asked: Asked) -> int:
        """Incidents of which no country is told."""
        chosen = select(func.count()).where(*_wanted(asked, incidents), incidents.c.country.is_(None))
        return int(self._connection.execute(chosen).scalar_one())

    def days(self, asked: Asked, by_month: bool) -> list[Day]:
        """How many incidents begin on each day, or in each month."""
        unit = func.substr(incidents.c.start, 1, 7 if by_month else 10)
        begun = select(unit.label("day")).where(*_wanted(asked, incidents), incidents.c.start.is_not(None)).subquery()
        chosen = select(begun.c.day, func.count()).group_by(begun.c.day).order_by(begun.c.day)
        return [Day(row[0], int(row[1])) for row in self._connection.execute(chosen).all()]

    def timeline(self, asked: Asked, limit: int) -> list[Moment]:
        """Incidents of these days, those with the most independent origins first."""
        i = incidents.c
        chosen = (
            select(
                i.id, i.type, i.telling, i.start, i.end, i.place, i.country, i.credibility, i.low, i.reports, i.disputes
            )
            .where(*_wanted(asked, incidents), i.start.is_not(None))
            .order_by(i.low.desc(), i.claims.desc(), i.id.desc())
            .limit(limit)
        )
        return [
            Moment(int(r[0]), r[1], r[2], r[3], r[4] or r[3], r[5], r[6], int(r[7]), int(r[8]), int(r[9]), bool(r[10]))
            for r in self._connection.execute(chosen).all()
        ]

    def warning_windows(self, asked: Asked, limit: int) -> list[WarningWindow]:
        """Warnings that can be resolved, whose windows overlap these days, those that end first first."""
        s, a = warning_subjects.c, warning_areas.c
        area = select(func.min(a.name)).where(a.warning_id == s.warning_id)
        if asked.country:
            area = area.where(a.country == asked.country)
        if asked.admin1:
            area = area.where(a.admin1 == asked.admin1)
        named = area.scalar_subquery()
        chosen = (
            select(s.warning_id, s.start, s.end, named.label("area"))
            .where(s.start <= (asked.end or _FAR_FUTURE), s.end >= (asked.start or _FAR_PAST), s.areas > 0)
            .order_by(s.end, s.warning_id)
            .limit(limit)
        )
        if asked.country:
            here = [a.warning_id == s.warning_id, a.country == asked.country]
            chosen = chosen.where(exists().where(*here, *([a.admin1 == asked.admin1] if asked.admin1 else [])))
        return [
            WarningWindow(int(row[0]), row[1], row[2], row[3] or "") for row in self._connection.execute(chosen).all()
        ]

    def relations(self, asked: Asked, kinds: Sequence[RelationKind]) -> list[Edge]:
        """Who does what to or with whom, those told of by the most independent origins first."""
        r = incident_relations.c
        origins = func.sum(r.origins)
        chosen = (
            select(r.one, r.other, r.kind, r.telling, func.count(), origins)
            .where(*_within(asked, r), r.credibility <= asked.worst, r.origins >= asked.least, r.kind.in_(kinds))
            .group_by(r.one, r.other, r.kind, r.telling)
            .order_by(origins.desc(), r.one, r.other, r.kind, r.telling)
            .limit(_MOST_EDGES)
        )
        if asked.country:
            chosen = chosen.where(r.country == asked.country)
        if asked.telling:
            chosen = chosen.where(r.telling == asked.telling)
        return [
            Edge(row[0], row[1], row[2], row[3], int(row[4]), int(row[5]))
            for row in self._connection.execute(chosen).all()
        ]


def _within(asked: Asked, columns: Any) -> list[ColumnElement[bool]]:
    if asked.start is None and asked.end is None:
        return []
    return [columns.start <= (asked.end or _FAR_FUTURE), columns.end >= (asked.start or _FAR_PAST)]


def _wanted(asked: Asked, of: FromClause) -> list[ColumnElement[bool]]:
    i = of.c
    conditions = [*_within(asked, i), i.credibility <= asked.worst, i.low >= asked.least]
    for column, value in ((i.country, asked.country), (i.admin1, asked.admin1), (i.telling, asked.telling)):
        if value is not None:
            conditions.append(column == value)
    return [*conditions, i.disputes > 0] if asked.disputed else conditions


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
