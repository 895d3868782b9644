"""Places and times as the claim record has them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

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


_PARTS_OF_DAY: Final = frozenset({"part of day", "noon"})
_NEXT: Final = 2
"""So many sentences on, a part of a day is still of the day told of last."""


def _open_ended(mention: TimeMention, start: date | None, end: date | None) -> tuple[date | None, date | None]:
    """ "From 15 July" does not say until when; "by July" ends where July begins."""
    text = mention.text.lower()
    if text.startswith("from ") and start is not None and start == end:
        return start, None
    if text.startswith("by ") and mention.kind == "month" and start is not None and end is not None:
        return start, max(start, end.replace(day=1))
    return start, end


def _up_to_now(
    mention: TimeMention, start: date | None, end: date | None, dateline: date | None, future: bool
) -> tuple[date | None, date | None]:
    """ "This month", of what happened, ends with the dateline; of what is still to come it begins there."""
    if dateline is None or start is None or end is None or not start < dateline < end:
        return start, end
    if not _THIS.match(mention.text):
        return start, end
    return (dateline, end) if future else (start, dateline)


_THIS: Final = re.compile(r"(?:earlier |later )?this (?:week|month|year|quarter)$", re.IGNORECASE)


class Days:
    """Records of times, in the order of the text: "two days later" counts from the day told of last."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.last_day: date | None = None
        self.last_sentence = 0

    def record(self, mention: TimeMention, future: bool) -> Time:
        """The record of a time, of something past or still to come."""
        start, end, precision = mention.window(future)
        dateline = dateline_of(self.document)
        anchor = self.last_day or dateline
        if mention.is_relative and anchor is not None:
            start, end, precision = mention.seen_from(anchor, dateline)
        sentence = self.document.words[mention.first].sentence
        if mention.kind in _PARTS_OF_DAY and start is None and self.last_day and sentence - self.last_sentence <= _NEXT:
            start, end, precision = self.last_day, self.last_day, "day"  # "On Tuesday ... In the afternoon ..."
        start, end = _open_ended(mention, start, end)
        start, end = _up_to_now(mention, start, end, dateline, future)
        if start is not None and end is not None and (end - start).days < 2:
            self.last_day, self.last_sentence = end, sentence
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
