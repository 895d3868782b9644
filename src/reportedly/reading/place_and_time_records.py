"""Places and times as the claim record has them."""

from collections.abc import Iterable
from datetime import date

from reportedly.knowledge.gazetteer import Candidate
from reportedly.knowledge.spelling import plain_key
from reportedly.model.record import Place, Time
from reportedly.reading.place_mentions import PlaceMention
from reportedly.reading.syntax import Document
from reportedly.reading.when import TimeMention, dateline_of


def place_records(document: Document, mentions: Iterable[PlaceMention], why: list[str]) -> list[Place]:
    """Records of the places of one claim, the containers of others among them last or left out; reasons are added to `why`."""
    places = list(mentions)
    found: list[Place] = []
    for mention in sorted(places, key=lambda m: m.container_of is not None):
        if (
            any(mention.container_of is other for other in places)
            and mention.container_of is not None
            and _is_division_of(mention, mention.container_of)
        ):
            continue
        if any(p.name == mention.name for p in found):
            continue
        hit = mention.resolved
        found.append(
            Place.model_construct(
                mention=document.span(mention.first, mention.last),
                name=mention.name,
                geonames=hit.geonames if hit else None,
                country=hit.country if hit else None,
                admin1=mention.admin1,
                pcode=hit.pcode if hit else None,
                lat=hit.lat if hit else None,
                lon=hit.lon if hit else None,
                precision=mention.precision,
            )
        )
        why.append(
            f"“{mention.name}”: {mention.precision}{_as_known(hit)}"
            + (f" ({'; '.join(mention.why)})" if mention.why else "")
        )
    return found


class Days:
    """Records of times, in the order of the text: "two days later" counts from the day told of last."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.last_day: date | None = None

    def record(self, mention: TimeMention, future: bool) -> Time:
        """The record of a time, of something past or still to come."""
        start, end, precision = mention.window(future)
        dateline = dateline_of(self.document)
        anchor = self.last_day or dateline
        if mention.is_relative and anchor is not None:
            start, end, precision = mention.seen_from(anchor, dateline)
        if start is not None and end is not None and (end - start).days < 2:
            self.last_day = end
        return Time.model_construct(
            mention=self.document.span(mention.first, mention.last),
            start=start.isoformat() if start else None,
            end=end.isoformat() if end else None,
            precision=precision,
        )


def _is_division_of(container: PlaceMention, place: PlaceMention) -> bool:
    """Whether the container named beside a place is its division or country, which the place's record then holds."""
    outer, inner = container.resolved, place.resolved
    if (
        outer is not None
        and inner is not None
        and outer.kind == "country"
        and inner.kind != "country"
        and place.precision != "near"
    ):
        return outer.country == inner.country
    if place.admin1 is None:
        return False
    known = container.resolved.name if container.resolved is not None else container.name
    return plain_key(place.admin1) in (plain_key(known), plain_key(container.name))


def _as_known(hit: Candidate | None) -> str:
    if hit is None:
        return ", in no gazetteer"
    lies = ", ".join(part for part in (hit.name, hit.admin1 if hit.kind != "admin1" else None, hit.country) if part)
    return f", {lies}" + (f" (GeoNames {hit.geonames})" if hit.geonames else "")
