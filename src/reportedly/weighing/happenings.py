"""What happened, as far as a casebook knows: the incidents that can make a warning true, and how much was seen of an area at a time."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reportedly.model.incident import Incident
from reportedly.model.record import Claim, Place
from reportedly.model.warning import Area, Happening
from reportedly.weighing.comparing import distance_km
from reportedly.weighing.telling import FINEST, POINTS, ordinal, told_apart


def happening_of(number: int, incident: Incident, credibility: int, claims: Sequence[Claim]) -> Happening | None:
    """An incident that is told as having happened, with a place and a day; None for others.

    `claims`: those that tell of it. `credibility`: 1 to 6, a person's before the derived one.
    """
    places = [p for c in claims for p in c.places]
    if incident.ahead or incident.start is None or incident.end is None or not places:
        return None
    place = min(places, key=lambda p: (FINEST.index(p.precision), p.lat is None, p.name))
    kinds = {kind for c in claims for kind in (c.event.type, f"{c.event.type}/{c.event.mode}" if c.event.mode else "")}
    parties = told_apart((p for c in claims for p in c.actors), [place.country])
    return Happening(
        id=f"I{number}", counts_as=tuple(sorted(kinds - {""})), start=incident.start, end=incident.end, name=place.name, country=place.country,
        admin1=place.admin1 or next((p.admin1 for p in places if p.admin1), None), lat=place.lat, lon=place.lon, precise=place.precision in POINTS,
        actors=parties, origins=tuple(o.key for o in incident.origins),
        credibility=credibility,
    )  # fmt: skip


def lies_in(happening: Happening, area: Area) -> bool:
    """Whether something happened in an area. What is known only more coarsely than the area does not count."""
    if area.level == "country":
        return area.country == happening.country
    if area.level == "named":
        return area.name.casefold() == happening.name.casefold()
    if area.level == "admin1":
        return (area.country, area.admin1) == (happening.country, happening.admin1)
    if not happening.precise or None in (area.lat, area.lon, happening.lat, happening.lon):
        return happening.precise and area.name.casefold() == happening.name.casefold()
    return distance_km(area, happening) <= (area.km or 0)


@dataclass
class Coverage:
    """How much was seen: the reports on things that happened, by first-level division (or country), with their day and publishers' family."""

    _days: dict[tuple[str | None, str | None], list[tuple[int, int, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _sorted: bool = False

    def add(self, report: int, published: str | None, family: str, places: Iterable[Place]) -> None:
        """Count a report on something that happened in some places."""
        day = ordinal(published)
        if day is None:
            return
        self._sorted = False
        for place in places:
            for area in {(place.country, place.admin1), (place.country, None), (None, place.name.casefold())}:
                self._days[area].append((day, report, family))

    def seen(self, area: Area, first: int, last: int) -> tuple[int, int]:
        """How many reports on an area, from how many families, were published on these days (ordinals, inclusive)."""
        if not self._sorted:
            for days in self._days.values():
                days.sort()
            self._sorted = True
        key = (None, area.name.casefold()) if area.level == "named" else (area.country, area.admin1)
        days = self._days.get(key, [])
        within = days[bisect_left(days, (first, -1, "")) : bisect_right(days, (last + 1, -1, ""))]
        return len({report for _, report, _ in within}), len({family for _, _, family in within})

    @property
    def first(self) -> int | None:
        """The day of the earliest report (ordinal)."""
        return min((day for days in self._days.values() for day, _, _ in days), default=None)
