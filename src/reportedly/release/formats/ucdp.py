"""Lethal events in columns of UCDP's Georeferenced Event Dataset (GED codebook 23.1): best, low and high, precisions, source columns."""

from collections.abc import Sequence
from typing import ClassVar, Final

from reportedly.knowledge.sectors import sectors
from reportedly.model.release import Party, ReleasedEvent, day_of
from reportedly.release.columns import Column, country_of, where
from reportedly.release.formats.tables import EventTable

_WHERE: Final = {"place": 1, "near": 2, "admin2": 3, "admin1": 4, "region": 5, "country": 6, "water": 7}


def _group(parties: Sequence[Party]) -> str | None:
    return next((sectors()[p.sector].group for p in parties if p.sector in sectors()), None)


def _violence(event: ReleasedEvent) -> int | None:
    """1 state-based, 2 between others, 3 one-sided, by the sectors of both sides; None where they do not tell."""
    one, other = _group(event.actors), _group(event.recipients)
    if other == "civilian":
        return 3
    if "state" in (one, other):
        return 1
    return 2 if one == other == "armed" else None


def _precision_of_time(event: ReleasedEvent) -> int | None:
    """1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer."""
    first, last = day_of(event.start), day_of(event.end)
    if first is None or last is None:
        return None
    days = (last - first).days + 1
    return 1 if days == 1 else 2 if days <= 6 else 3 if days <= 7 else 4 if days <= 31 else 5


def _high(event: ReleasedEvent) -> int:
    killed = event.killed
    return 0 if killed is None else killed.high if killed.high is not None else killed.best


def _civilians(event: ReleasedEvent) -> int | None:
    return event.killed.best if event.killed is not None and _group(event.recipients) == "civilian" else None


COLUMNS: tuple[Column[ReleasedEvent], ...] = (
    Column("id", "string", "The event's id.", lambda e: e.id),
    Column("year", "integer", "Year of the first day.", lambda e: int(e.start[:4]) if e.start else None),
    Column("type_of_violence", "integer", "1 state-based, 2 non-state, 3 one-sided, by the sectors of both sides; empty where they do not tell.", _violence),
    Column("side_a", "string", "Who does it.", lambda e: e.actors[0].name if e.actors else None),
    Column("side_b", "string", "To whom.", lambda e: e.recipients[0].name if e.recipients else (e.actors[1].name if len(e.actors) > 1 else None)),
    Column("number_of_sources", "integer", "Independent origins at least; copies count once.", lambda e: e.origins_low),
    Column("source_office", "string", "Outlets that carry it.", lambda e: "; ".join(e.outlets) or None),
    Column("source_original", "string", "Types of the innermost sources.", lambda e: "; ".join(e.source_types) or None),
    Column("where_prec", "integer", "1 the place, 2 near it, 3 second level, 4 first level, 5 a region, 6 the country, 7 at sea.", lambda e: _WHERE.get(e.place.precision or "")),
    Column("where_coordinates", "string", "What the coordinates stand for.", where),
    Column("adm_1", "string", "First-level division.", lambda e: e.place.admin1),
    Column("adm_2", "string", "Second-level division.", lambda e: e.place.admin2),
    Column("latitude", "number", "Degrees, WGS 84.", lambda e: e.place.lat),
    Column("longitude", "number", "Degrees, WGS 84.", lambda e: e.place.lon),
    Column("country", "string", "Country.", country_of),
    Column("event_clarity", "integer", "1 where one happening is told, 2 where it lasts longer than a day.", lambda e: 1 if e.start == e.end else 2),
    Column("date_prec", "integer", "1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer.", _precision_of_time),
    Column("date_start", "date", "First day.", lambda e: e.start),
    Column("date_end", "date", "Last day.", lambda e: e.end),
    Column("deaths_civilians", "integer", "The best estimate, where civilians are attacked.", _civilians),
    Column("best", "integer", "What most origins tell, of several the least.", lambda e: e.killed.best if e.killed else 0),
    Column("high", "integer", "The most that any origin tells; the best one where nobody gives a most.", _high),
    Column("low", "integer", "The least that any origin tells.", lambda e: e.killed.low if e.killed else 0),
)  # fmt: skip


class UcdpTable(EventTable):
    """Attacks that are told as having happened, and in which at least one person died by some telling."""

    suffix: ClassVar[str] = ".ucdp.csv"
    columns: ClassVar[Sequence[Column[ReleasedEvent]]] = COLUMNS

    def event(self, event: ReleasedEvent) -> None:
        if event.telling != "happened" or event.type != "ASSAULT" or _high(event) < 1 or event.start is None:
            self.left_out += 1
        else:
            super().event(event)
