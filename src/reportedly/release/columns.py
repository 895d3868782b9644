"""Columns: what each is called, what it holds and where it comes from. The files, their schemas and the codebook are made of these."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from reportedly.knowledge.divisions import country_name
from reportedly.model.release import TOLLS, Count, Party, ReleasedClaim, ReleasedEvent

Item = TypeVar("Item")
Kind = Literal["string", "integer", "number", "boolean", "date"]


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """One column of a table of items. Absent values are None. `tag`: its HXL hashtag."""

    name: str
    kind: Kind
    about: str
    value: Callable[[Item], Any]
    tag: str = ""


def _joined(values: Sequence[str]) -> str | None:
    return "; ".join(values) or None


def _names(parties: Sequence[Party]) -> str | None:
    return _joined([party.name for party in parties])


def _ids(parties: Sequence[Party]) -> str | None:
    return _joined([party.actor for party in parties if party.actor])


def _sectors(parties: Sequence[Party]) -> str | None:
    return _joined(list(dict.fromkeys(party.sector for party in parties if party.sector)))


def _of(count: Count | None, part: str) -> int | None:
    return None if count is None else getattr(count, part)


def country_of(item: ReleasedEvent | ReleasedClaim) -> str | None:
    """The name of its country."""
    return country_name(item.place.country) if item.place.country else None


def where(item: ReleasedEvent | ReleasedClaim) -> str | None:
    """The name of the finest that is told of where it is."""
    return item.place.name or item.place.admin2 or item.place.admin1 or country_of(item)


_ENDS = {
    "low": ("+min", "the least that any origin tells"),
    "best": ("", "what most origins tell, of several the least"),
    "high": ("+max", 'the most that any origin tells; empty where one says "at least" or nobody gives a most'),
}


def _event_toll(name: str, end: str) -> Column[ReleasedEvent]:
    tag, words = _ENDS[end]
    return Column(
        f"{name}_{end}",
        "integer",
        f"People {name}: {words}.",
        lambda e: _of(getattr(e, name), end),
        f"#affected+{name}{tag}",
    )


EVENT_COLUMNS: tuple[Column[ReleasedEvent], ...] = (
    Column("event_id", "string", "UUID that stays with the event from release to release.", lambda e: e.id, "#event+id"),
    Column("telling", "string", "happened: told as having happened; denied: only denied; ahead: planned, expected, demanded or conditional.", lambda e: e.telling, "#status+telling"),
    Column("type", "string", "PLOVER event type as which it is told most.", lambda e: e.type, "#event+type"),
    Column("mode", "string", "PLOVER mode.", lambda e: e.mode, "#event+type+mode"),
    Column("date_start", "date", "First day (ISO 8601), by the most exact tellings.", lambda e: e.start, "#date+start"),
    Column("date_end", "date", "Last day, inclusive.", lambda e: e.end, "#date+end"),
    Column("place", "string", "Place, sea or region, where one is told that is no division.", lambda e: e.place.name, "#loc+name"),
    Column("admin2", "string", "Second-level division, by GeoNames.", lambda e: e.place.admin2, "#adm2+name"),
    Column("admin1", "string", "First-level division, by GeoNames.", lambda e: e.place.admin1, "#adm1+name"),
    Column("country", "string", "Country.", country_of, "#country+name"),
    Column("iso3", "string", "Country, ISO 3166-1 alpha-3.", lambda e: e.place.country, "#country+code+v_iso3"),
    Column("pcode", "string", "OCHA P-code of the division told, where there is one.", lambda e: e.place.pcode, "#adm+code+v_pcode"),
    Column("geonames", "integer", "GeoNames id of the place or division told.", lambda e: e.place.geonames, "#loc+code+v_geonames"),
    Column("latitude", "number", "Degrees, WGS 84; of the middle of the area where place_precision names an area.", lambda e: e.place.lat, "#geo+lat"),
    Column("longitude", "number", "Degrees, WGS 84.", lambda e: e.place.lon, "#geo+lon"),
    Column("place_precision", "string", "place, near, admin2, admin1, country, region or water: what the coordinates stand for.", lambda e: e.place.precision, "#geo+precision"),
    Column("actors", "string", "Who does it, as most claims tell; separated by semicolons.", lambda e: _names(e.actors), "#org+actor"),
    Column("actor_ids", "string", "Their ids in reportedly's registry.", lambda e: _ids(e.actors), "#org+actor+code"),
    Column("actor_sectors", "string", "Their PLOVER sectors.", lambda e: _sectors(e.actors), "#org+actor+type"),
    Column("recipients", "string", "To whom or with whom.", lambda e: _names(e.recipients), "#org+recipient"),
    Column("recipient_ids", "string", "Their ids in reportedly's registry.", lambda e: _ids(e.recipients), "#org+recipient+code"),
    Column("recipient_sectors", "string", "Their PLOVER sectors.", lambda e: _sectors(e.recipients), "#org+recipient+type"),
    Column("targets", "string", "Things hit or aimed at, in the reports' words.", lambda e: _joined(e.targets), "#item+target"),
    *(_event_toll(name, end) for name in TOLLS for end in _ENDS),
    Column("grade", "string", "Admiralty grade (AJP-2.1): reliability of the best source A to F, credibility 1 to 6.", lambda e: e.grade, "#meta+grade"),
    Column("disputed", "string", "What origins contradict one another about.", lambda e: _joined(e.disputed), "#meta+disputed"),
    Column("origins_low", "integer", "Independent origins at least; copies count once.", lambda e: e.origins_low, "#meta+origins+min"),
    Column("origins_high", "integer", "Independent origins at most.", lambda e: e.origins_high, "#meta+origins+max"),
    Column("reports", "integer", "Reports that tell it, copies included.", lambda e: e.reports, "#meta+reports+num"),
    Column("outlets", "string", "Outlets that carry it.", lambda e: _joined(e.outlets), "#meta+source"),
    Column("source_scale", "string", "How wide they reach, in ACLED's terms.", lambda e: e.source_scale, "#meta+source+scale"),
    Column("source_types", "string", "Types of the innermost sources.", lambda e: _joined(e.source_types), "#meta+source+type"),
    Column("reviewed", "boolean", "Whether a person accepted or edited any of its claims.", lambda e: e.reviewed, "#meta+reviewed"),
)  # fmt: skip
"""One event a row."""


def _claim_toll(name: str, end: str) -> Column[ReleasedClaim]:
    words = "at least" if end == "low" else "at most"
    return Column(f"{name}_{end}", "integer", f"People {name}, {words}.", lambda c: getattr(c, f"{name}_{end}"))


CLAIM_COLUMNS: tuple[Column[ReleasedClaim], ...] = (
    Column("claim", "integer", "Number of the claim in the casebook that it is from.", lambda c: c.number),
    Column("event_id", "string", "The event that it tells of; empty where there is none, or where it is not released.", lambda c: c.event),
    Column("type", "string", "PLOVER event type.", lambda c: c.type),
    Column("mode", "string", "PLOVER mode.", lambda c: c.mode),
    Column("status", "string", "occurred, planned, predicted, demanded or conditional.", lambda c: c.kind),
    Column("polarity", "string", "- where the source says that it did not or will not happen.", lambda c: c.polarity),
    Column("certainty", "string", "stated, likely or possible.", lambda c: c.certainty),
    Column("actors", "string", "Who does it.", lambda c: _names(c.actors)),
    Column("actor_ids", "string", "Their ids in reportedly's registry.", lambda c: _ids(c.actors)),
    Column("recipients", "string", "To whom or with whom.", lambda c: _names(c.recipients)),
    Column("recipient_ids", "string", "Their ids in reportedly's registry.", lambda c: _ids(c.recipients)),
    *(_claim_toll(name, end) for name in TOLLS for end in ("low", "high")),
    Column("place", "string", "Place, sea or region.", lambda c: c.place.name),
    Column("admin2", "string", "Second-level division.", lambda c: c.place.admin2),
    Column("admin1", "string", "First-level division.", lambda c: c.place.admin1),
    Column("country", "string", "Country.", country_of),
    Column("iso3", "string", "Country, ISO 3166-1 alpha-3.", lambda c: c.place.country),
    Column("pcode", "string", "OCHA P-code.", lambda c: c.place.pcode),
    Column("geonames", "integer", "GeoNames id.", lambda c: c.place.geonames),
    Column("latitude", "number", "Degrees, WGS 84.", lambda c: c.place.lat),
    Column("longitude", "number", "Degrees, WGS 84.", lambda c: c.place.lon),
    Column("place_precision", "string", "What the coordinates stand for.", lambda c: c.place.precision),
    Column("date_start", "date", "First day.", lambda c: c.start),
    Column("date_end", "date", "Last day.", lambda c: c.end),
    Column("source", "string", "Innermost source: who says so.", lambda c: c.source),
    Column("source_type", "string", "Its type.", lambda c: c.source_type),
    Column("anonymous", "boolean", "Whether the report does not name it.", lambda c: c.anonymous),
    Column("chain", "string", "Types of the sources that it went through, the outlet first.", lambda c: " > ".join(c.chain)),
    Column("outlet", "string", "Who published it.", lambda c: c.outlet),
    Column("published", "string", "When.", lambda c: c.published),
    Column("report", "integer", "Number of the report in the casebook that it is from.", lambda c: c.report),
    Column("state", "string", "undecided, accepted, edited: what a person made of it.", lambda c: c.state),
    Column("confidence", "number", "How sure the reader is that this is told (0 to 1).", lambda c: c.confidence),
    Column("paraphrase", "string", "The claim in plain words, made of these columns.", lambda c: c.paraphrase),
    Column("title", "string", "The report's title.", lambda c: c.title),
    Column("url", "string", "Where the report was.", lambda c: c.url),
    Column("sentence", "string", "The sentence that tells it.", lambda c: c.record.sentence.text if c.record else None),
)  # fmt: skip
"""One claim a row. The last three stand only where a profile keeps the reports' own words."""
