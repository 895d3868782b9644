"""Applies a profile: what leaves is made coarser or withheld, and why is counted."""

import calendar
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from reportedly.knowledge.actors import registry
from reportedly.knowledge.divisions import (
    area_named,
    country_name,
    country_place,
    first_level,
    people_of,
    second_level,
)
from reportedly.knowledge.exchange import source_scale
from reportedly.knowledge.gazetteer import Candidate
from reportedly.knowledge.offices import is_body, is_in_office, may_name_a_person
from reportedly.knowledge.outlets import outlet_of
from reportedly.knowledge.sectors import sectors
from reportedly.knowledge.sensitive import categories_in
from reportedly.model.plover import MODES
from reportedly.model.record import Claim, PlacePrecision
from reportedly.model.release import (
    PLACE_LEVELS,
    TIME_LEVELS,
    KeptClaim,
    Names,
    Party,
    PlaceLevel,
    Profile,
    ReleasedClaim,
    ReleasedEvent,
    ReleasedPlace,
    TimeLevel,
    day_of,
)
from reportedly.release.paraphrasing import paraphrase

OTHER_OUTLET: Final = "other outlets"
NOWHERE: Final = ReleasedPlace()
_LEVELS: Final[dict[PlacePrecision, PlaceLevel]] = {
    "place": "place",
    "near": "place",
    "admin2": "admin2",
    "admin1": "admin1",
    "country": "country",
    "region": "country",
    "water": "country",
}


@dataclass(slots=True)
class Persons:
    """What people decided of persons' names: who is a public figure in office, and who is not, by names without case."""

    in_office: frozenset[str] = frozenset()
    private: frozenset[str] = frozenset()


@dataclass(slots=True)
class Notes:
    """What was coarsened or withheld, and how often, by reason; and the names that a person may want to look at."""

    counts: Counter[str] = field(default_factory=Counter)
    persons: dict[str, bool] = field(default_factory=dict)
    """Names of people that were looked at, and whether they leave."""


class Guard:
    """A profile on the day of a release."""

    def __init__(self, profile: Profile, day: date, persons: Persons | None = None, notes: Notes | None = None) -> None:
        self.profile = profile
        self.notes = notes or Notes()
        self._day = day
        self._persons = persons or Persons()

    # ── events

    def event(self, event: ReleasedEvent, claims: Sequence[KeptClaim]) -> ReleasedEvent | None:
        """An event as far as it may leave, before small cells are looked at; None where it is withheld."""
        profile, count = self.profile, self.notes.counts
        coarsely = False
        if event.telling == "ahead":
            end = day_of(event.end)
            state = "closed" if end is not None and end < self._day else "open"
            action = profile.ahead.closed if state == "closed" else profile.ahead.open
            if action == "withhold":
                count[f"events withheld: ahead, {'its window is over' if state == 'closed' else 'may still come'}"] += 1
                return None
            coarsely = action == "coarsen"
        if self._is_sensitive(k.claim for k in claims):
            if profile.sensitive.action == "withhold":
                count["events withheld: tell of people who could be harmed for it"] += 1
                return None
            coarsely = coarsely or profile.sensitive.action == "coarsen"
        start, end_day = self._days(event.start, event.end, profile.times.finest)
        if not self._is_old_enough(event.start, end_day, claims):
            count["events withheld: too recent, or not known when"] += 1
            return None
        level = _coarser(profile.places.finest, "admin1") if coarsely else profile.places.finest
        names: Names = "registry" if coarsely else profile.names.parties
        place = self._place(event.place, level)
        if place != event.place:
            count["events whose place was coarsened"] += 1
        sentences = "\n".join(k.claim.sentence.text for k in claims) if names == "in office" else ""
        outlets = self._outlets(event.outlets)
        return event.model_copy(
            update={
                "mode": event.mode if event.mode in MODES[event.type] else None,
                "start": start, "end": end_day, "place": place, "outlets": outlets, "source_scale": source_scale(event.outlets, place.country),
                "actors": self._parties(event.actors, names, sentences), "recipients": self._parties(event.recipients, names, sentences),
                "targets": event.targets if profile.text.sentences and not coarsely else (),
                "source_types": tuple(sorted({"other" if t in profile.names.hidden_source_types else t for t in event.source_types})),
                "claims": event.claims if profile.units == "claims" else (),
            }
        )  # fmt: skip

    def at_rung(self, event: ReleasedEvent, place: PlaceLevel, time: TimeLevel) -> ReleasedEvent:
        """The same event as a step of the ladder tells it."""
        start, end = self._days(event.start, event.end, time)
        return event.model_copy(update={"place": self._place(event.place, place), "start": start, "end": end})

    def is_due(self, event: ReleasedEvent) -> bool:
        """Whether the days that an event is told by are long enough ago; a month that is not over would tell when in it something happened."""
        end = day_of(event.end) or day_of(event.start)
        return end is None or end + timedelta(days=self.profile.times.withhold_days) <= self._day

    def _is_old_enough(self, start: str | None, end: str | None, claims: Sequence[KeptClaim]) -> bool:
        days = self.profile.times.withhold_days
        if not days:
            return True
        told = min((d for k in claims if (d := day_of(k.published)) is not None), default=None)
        happened = day_of(end) or day_of(start)
        known = [d for d in (told, happened) if d is not None]
        return bool(known) and all(d + timedelta(days=days) <= self._day for d in known)

    def _is_sensitive(self, claims: Iterable[Claim]) -> bool:
        asked = set(self.profile.sensitive.categories)
        if not asked or self.profile.sensitive.action == "keep":
            return False
        texts: list[str] = []
        for claim in claims:
            for party in (*claim.actors, *claim.recipients):
                sector = sectors().get(party.sector or "") or sectors().get(_sector_of(party.actor) or "")
                if sector is not None and sector.sensitive in asked:
                    return True
            texts += (claim.sentence.text, *(words for words in _words_of(claim) if words not in claim.sentence.text))
        return bool(asked & categories_in(texts))

    # ── claims

    def claim(self, claim: ReleasedClaim, kept: KeptClaim) -> ReleasedClaim | None:
        """A claim as far as it may leave; None where it is withheld."""
        profile, count = self.profile, self.notes.counts
        if profile.text.sentences:
            return claim.model_copy(update={"paraphrase": paraphrase(claim) if profile.text.paraphrase else None})
        coarsely = False
        if self._is_sensitive([kept.claim]):
            if profile.sensitive.action == "withhold":
                count["claims withheld: tell of people who could be harmed for it"] += 1
                return None
            coarsely = True
            count["claims coarsened: tell of people who could be harmed for it"] += 1
        if claim.kind != "occurred":
            end = day_of(claim.end)
            action = profile.ahead.closed if end is not None and end < self._day else profile.ahead.open
            if action == "withhold":
                count["claims withheld: ahead"] += 1
                return None
            coarsely = coarsely or action == "coarsen"
        start, end_day = self._days(claim.start, claim.end, profile.times.finest)
        if not self._is_old_enough(claim.start, end_day, [kept]):
            count["claims withheld: too recent, or not known when"] += 1
            return None
        place = self._place(
            claim.place, _coarser(profile.places.finest, "admin1") if coarsely else profile.places.finest
        )
        if place != claim.place:
            count["claims whose place was coarsened"] += 1
        names: Names = "registry" if coarsely else profile.names.parties
        sentence = kept.claim.sentence.text
        protected = claim.model_copy(
            update={
                "mode": claim.mode if claim.mode in MODES[claim.type] else None,
                "actors": self._parties(claim.actors, names, sentence), "recipients": self._parties(claim.recipients, names, sentence),
                "place": place, "start": start, "end": end_day, "source": self._source(kept.claim, "registry" if coarsely else profile.names.sources),
                "source_type": "other" if claim.source_type in profile.names.hidden_source_types else claim.source_type,
                "chain": tuple("other" if t in profile.names.hidden_source_types else t for t in claim.chain),
                "outlet": next(iter(self._outlets((claim.outlet,))), None) if claim.outlet else None,
                "published": (d.isoformat() if (d := day_of(claim.published)) is not None else None),
                "title": None, "url": None, "record": None,
            }
        )  # fmt: skip
        return protected.model_copy(update={"paraphrase": paraphrase(protected) if profile.text.paraphrase else None})

    def _source(self, claim: Claim, names: Names) -> str | None:
        source = claim.attribution[-1].source
        shown = source.name or (source.mention.text if source.mention else None)
        if shown is None or names == "all":
            return shown
        actor = registry().get(source.actor or "")
        if actor is not None:
            return actor.name
        if names == "registry":
            outlet = outlet_of(shown)
            return outlet.name if outlet is not None else None
        return shown if self._may_be_named(shown, claim.sentence.text) else None

    # ── names

    def _parties(self, parties: tuple[Party, ...], names: Names, sentences: str) -> tuple[Party, ...]:
        told = (self._party(party, names, sentences) for party in parties)
        return tuple(dict.fromkeys(told))

    def _party(self, party: Party, names: Names, sentences: str) -> Party:
        if names == "all":
            return party
        actor = registry().get(party.actor or "")
        if actor is not None:
            return Party(name=actor.name, actor=actor.id, sector=actor.sector, country=actor.country)
        sector = sectors().get(party.sector or "")
        country = party.country if party.country and country_name(party.country) else None
        if names == "in office" and self._may_be_named(party.name, sentences):
            return Party(name=party.name, sector=sector.code if sector else None, country=country)
        self.notes.counts[
            "names withheld: of nobody in the registry" if names == "registry" else "names withheld: of private persons"
        ] += 1
        called = sector.words if sector is not None else "Not named"
        return Party(
            name=f"{called} ({country_name(country)})" if country else called,
            sector=sector.code if sector else None,
            country=country,
        )

    def _may_be_named(self, name: str, sentences: str) -> bool:
        key = name.casefold()
        if key in self._persons.private:
            return False
        if is_body(name, sentences) and not categories_in([name]):
            return True
        leaves = key in self._persons.in_office or is_in_office(name, sentences)
        if leaves or may_name_a_person(name):
            self.notes.persons[name] = leaves
        return leaves

    def _outlets(self, outlets: tuple[str, ...]) -> tuple[str, ...]:
        if self.profile.names.outlets == "all":
            return outlets
        told = []
        for name in outlets:
            outlet = outlet_of(name)
            if outlet is None:
                self.notes.counts["outlets' names withheld: not in the registry"] += 1
            told.append(outlet.name if outlet is not None else OTHER_OUTLET)
        return tuple(sorted(set(told), key=lambda n: (n == OTHER_OUTLET, n)))

    # ── places and times

    def _place(self, place: ReleasedPlace, level: PlaceLevel) -> ReleasedPlace:
        """A place no finer than a level and than what the profile asks of who lives there. Names and coordinates are the gazetteer's, never the claim's."""
        if level == "place" or place.precision is None:
            return place if level == "place" or place == NOWHERE else self._division(place, level)
        if place.precision in ("water", "region"):
            area = area_named(place.name or "") if level != "none" else None
            return _as_told(area) if area is not None else self._division(place, "country")
        own = _LEVELS[place.precision]
        return self._division(place, _coarser(level, "admin2" if own == "place" else own))

    def _division(self, place: ReleasedPlace, level: PlaceLevel) -> ReleasedPlace:
        rule = self.profile.places
        if level == "none" or place.country is None:
            return NOWHERE
        nation = country_place(place.country)
        if nation is None:
            return NOWHERE
        first = first_level(place.admin1, place.country) if place.admin1 and level != "country" else None
        if first is None or people_of(first) < rule.least_people_admin1:
            return _as_told(nation)
        named = place.admin2 or place.name
        second = (
            second_level(named, first.name, place.country)
            if level == "admin2" and named and place.precision in ("place", "admin2")
            else None
        )
        if second is not None and people_of(second) >= rule.least_people_admin2:
            return _as_told(second)
        return _as_told(first)

    def _days(self, start: str | None, end: str | None, level: TimeLevel) -> tuple[str | None, str | None]:
        first, last = day_of(start), day_of(end)
        if level == "none":
            return None, None
        if level == "day":
            return (first.isoformat() if first else None), (last.isoformat() if last else None)
        return (_widened(first, level)[0].isoformat() if first else None), (
            _widened(last, level)[1].isoformat() if last else None
        )


def _widened(day: date, level: TimeLevel) -> tuple[date, date]:
    if level == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return date(day.year, 1, 1), date(day.year, 12, 31)


def _coarser(one: PlaceLevel, other: PlaceLevel) -> PlaceLevel:
    return max(one, other, key=PLACE_LEVELS.index)


def is_no_finer(event: ReleasedEvent, place: PlaceLevel, time: TimeLevel) -> bool:
    """Whether an event is told no finer than a step of the ladder; days tell how fine by how many they are."""
    return level_of(event.place) >= PLACE_LEVELS.index(place) and time_level_of(event) >= TIME_LEVELS.index(time)


def level_of(place: ReleasedPlace) -> int:
    """How coarse a place is told, by its place in PLACE_LEVELS."""
    return PLACE_LEVELS.index(_LEVELS[place.precision] if place.precision is not None else "none")


def time_level_of(event: ReleasedEvent) -> int:
    """How coarse a time is told, by its place in TIME_LEVELS."""
    first, last = day_of(event.start), day_of(event.end)
    if first is None or last is None:
        return TIME_LEVELS.index("none") if first is None and last is None else 0
    return next(
        (
            TIME_LEVELS.index(level)
            for level in ("year", "month")
            if (_widened(first, level)[0], _widened(last, level)[1]) == (first, last)
        ),
        0,
    )


def _as_told(candidate: Candidate) -> ReleasedPlace:
    """A division, a country, a sea or a region as the gazetteer has it."""
    kind = candidate.kind
    return ReleasedPlace(
        name=candidate.name if kind in ("water", "region") else None, admin2=candidate.name if kind == "admin2" else None,
        admin1=candidate.admin1 if kind in ("admin1", "admin2") else None, country=candidate.country, pcode=candidate.pcode,
        geonames=candidate.geonames, lat=candidate.lat, lon=candidate.lon, precision=kind,
    )  # fmt: skip


def _sector_of(actor: str | None) -> str | None:
    known = registry().get(actor or "")
    return known.sector if known is not None else None


def _words_of(claim: Claim) -> list[str]:
    """What a claim says beside its sentence, most of which stands in it."""
    found = [claim.trigger.text, *(span.text for span in (*claim.targets, *claim.means))]
    for party in (*claim.actors, *claim.recipients):
        found += (party.name, party.mention.text)
    for place in claim.places:
        found += (place.name, place.mention.text, place.admin1 or "")
    for link in claim.attribution:
        found += (link.source.name or "", link.source.mention.text if link.source.mention else "")
    if claim.rendering is not None:
        found.append(claim.rendering.text)
    return found
