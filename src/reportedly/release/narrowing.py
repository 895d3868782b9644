"""Narrows a release by what it tells itself, so that being in it tells no more than standing in it does."""

from dataclasses import dataclass

from reportedly.knowledge.divisions import country_name
from reportedly.knowledge.gazetteer import names_of
from reportedly.knowledge.spelling import plain_key
from reportedly.model.release import ReleasedClaim, ReleasedEvent


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What is asked of an event as told: its area by a name, an actor by a name or id, type or type/mode, days that it overlaps (ISO 8601)."""

    place: str | None = None
    actor: str | None = None
    event: str | None = None
    start: str | None = None
    end: str | None = None

    def holds(self, event: ReleasedEvent | ReleasedClaim) -> bool:
        """Whether an event, or a claim, is as asked."""
        return self._is_of_type(event) and self._is_there(event) and self._is_then(event) and self._is_by(event)

    def _is_of_type(self, event: ReleasedEvent | ReleasedClaim) -> bool:
        kind, _, mode = (self.event or "").partition("/")
        return (not kind or kind.upper() == event.type) and (not mode or mode.lower() == event.mode)

    def _is_there(self, event: ReleasedEvent | ReleasedClaim) -> bool:
        if self.place is None:
            return True
        asked, place = names_of(self.place), event.place
        nation = country_name(place.country) if place.country else None
        told = (place.name, place.admin2, place.admin1, nation, place.country)
        return any(name is not None and name.casefold() in asked for name in told)

    def _is_then(self, event: ReleasedEvent | ReleasedClaim) -> bool:
        if self.start is None and self.end is None:
            return True
        first, last = event.start or event.end, event.end or event.start
        return (
            first is not None
            and last is not None
            and (self.start is None or last >= self.start)
            and (self.end is None or first <= self.end)
        )

    def _is_by(self, event: ReleasedEvent | ReleasedClaim) -> bool:
        if self.actor is None:
            return True
        asked = plain_key(self.actor)
        return any(
            asked == plain_key(name) for p in (*event.actors, *event.recipients) for name in (p.name, p.actor or "")
        )
