"""Events in the columns of ACLED's exports (ACLED Codebook, 2023 and later). What ACLED does not code stays out: words, plans, denials."""

from collections.abc import Sequence
from typing import ClassVar, Final

from reportedly.knowledge.exchange import AcledType, acled_regions, acled_type, iso_numbers
from reportedly.knowledge.sectors import sectors
from reportedly.model.release import Party, ReleasedEvent, day_of
from reportedly.release.columns import Column, country_of, where
from reportedly.release.formats.tables import EventTable

_NOBODY: Final = "Unidentified Armed Group"
_CIVILIANS: Final = "Civilians"


def type_of(event: ReleasedEvent) -> AcledType | None:
    """What an event is in ACLED's terms; None where ACLED codes no such thing."""
    if event.telling != "happened":
        return None
    return acled_type(event.type, event.mode, _group(event.actors), _group(event.recipients))


def _group(parties: Sequence[Party]) -> str | None:
    return next((sectors()[p.sector].group for p in parties if p.sector in sectors()), "armed" if parties else None)


def _inter(parties: Sequence[Party]) -> str | None:
    return next((sectors()[p.sector].inter for p in parties if p.sector in sectors()), None)


def _sides(event: ReleasedEvent) -> tuple[Sequence[Party], Sequence[Party]]:
    """Both sides; of what several do together, the first of them and the rest."""
    if event.recipients or len(event.actors) < 2:
        return event.actors, event.recipients
    return event.actors[:1], event.actors[1:]


def _name(parties: Sequence[Party]) -> str | None:
    return parties[0].name if parties else None


def _others(parties: Sequence[Party]) -> str | None:
    return "; ".join(p.name for p in parties[1:]) or None


def _interaction(event: ReleasedEvent) -> str | None:
    found = [inter for side in _sides(event) if (inter := _inter(side))]
    return "-".join(found) if len(found) == 2 else f"Sole {found[0]}" if found else None


def _targeted(event: ReleasedEvent) -> str | None:
    return "Civilian targeting" if event.type == "ASSAULT" and _inter(_sides(event)[1]) == _CIVILIANS else None


def _precision_of_time(event: ReleasedEvent) -> int | None:
    """1 the day, 2 within a week or so, 3 within a month or longer."""
    first, last = day_of(event.start), day_of(event.end)
    if first is None or last is None:
        return None
    days = (last - first).days
    return 1 if days == 0 else 2 if days <= 10 else 3


_GEO: Final = {"place": 1, "near": 2, "admin2": 2, "admin1": 3, "country": 3, "region": 3, "water": 3}


def _id(event: ReleasedEvent) -> str:
    return f"{event.place.country or 'XXX'}-{event.id}"


COLUMNS: tuple[Column[ReleasedEvent], ...] = (
    Column("event_id_cnty", "string", "ISO 3166-1 alpha-3 and the event's id.", _id),
    Column("event_date", "date", "First day.", lambda e: e.start),
    Column("year", "integer", "Its year.", lambda e: int(e.start[:4]) if e.start else None),
    Column("time_precision", "integer", "1 the day, 2 within ten days, 3 within a month or longer.", _precision_of_time),
    Column("disorder_type", "string", "ACLED's disorder type, by reportedly's map.", lambda e: getattr(type_of(e), "disorder_type", None)),
    Column("event_type", "string", "ACLED's event type, by the map.", lambda e: getattr(type_of(e), "event_type", None)),
    Column("sub_event_type", "string", "ACLED's sub-event type, by the map.", lambda e: getattr(type_of(e), "sub_event_type", None)),
    Column("actor1", "string", "Who does it; Unidentified Armed Group where nobody is named.", lambda e: _name(_sides(e)[0]) or _NOBODY),
    Column("assoc_actor_1", "string", "Others beside it.", lambda e: _others(_sides(e)[0])),
    Column("inter1", "string", "ACLED's actor type, by its PLOVER sector.", lambda e: _inter(_sides(e)[0])),
    Column("actor2", "string", "To whom.", lambda e: _name(_sides(e)[1])),
    Column("assoc_actor_2", "string", "Others beside it.", lambda e: _others(_sides(e)[1])),
    Column("inter2", "string", "ACLED's actor type.", lambda e: _inter(_sides(e)[1])),
    Column("interaction", "string", "Both types.", _interaction),
    Column("civilian_targeting", "string", "Civilian targeting, where civilians are attacked.", _targeted),
    Column("iso", "integer", "ISO 3166-1 number.", lambda e: iso_numbers().get(e.place.country or "")),
    Column("region", "string", "ACLED's region.", lambda e: acled_regions().get(e.place.country or "")),
    Column("country", "string", "Country.", country_of),
    Column("admin1", "string", "First-level division.", lambda e: e.place.admin1),
    Column("admin2", "string", "Second-level division.", lambda e: e.place.admin2),
    Column("admin3", "string", "Not told.", lambda _: None),
    Column("location", "string", "The finest that is told.", where),
    Column("latitude", "number", "Degrees, WGS 84.", lambda e: e.place.lat),
    Column("longitude", "number", "Degrees, WGS 84.", lambda e: e.place.lon),
    Column("geo_precision", "integer", "1 a town, 2 near one or a second-level division, 3 coarser.", lambda e: _GEO.get(e.place.precision or "")),
    Column("source", "string", "Outlets that carry it.", lambda e: "; ".join(e.outlets) or None),
    Column("source_scale", "string", "How wide they reach, by reportedly's map.", lambda e: e.source_scale),
    Column("notes", "string", "The grade, and what is disputed.", lambda e: f"Admiralty grade {e.grade}" + (f"; disputed: {', '.join(e.disputed)}" if e.disputed else "")),
    Column("fatalities", "integer", "The conservative toll: the least that any origin tells; 0 where none is told, as ACLED codes it.", lambda e: e.killed.low if e.killed else 0),
    Column("tags", "string", "PLOVER type and mode.", lambda e: f"plover={e.type}{'/' + e.mode if e.mode else ''}"),
    Column("timestamp", "integer", "Not told.", lambda _: None),
)  # fmt: skip
"""In ACLED's order."""


class AcledTable(EventTable):
    """Events that ACLED would code."""

    suffix: ClassVar[str] = ".acled.csv"
    columns: ClassVar[Sequence[Column[ReleasedEvent]]] = COLUMNS

    def event(self, event: ReleasedEvent) -> None:
        if type_of(event) is None or event.start is None or event.place.country is None:
            self.left_out += 1
        else:
            super().event(event)
