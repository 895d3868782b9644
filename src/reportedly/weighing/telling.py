"""What is weighed: one claim as one report tells it, with everything about it that the comparisons ask for."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from reportedly.knowledge.actors import branch_of, registry
from reportedly.knowledge.common_words import rarity
from reportedly.knowledge.outlets import Outlet, family_of, outlet_of
from reportedly.model.plover import STATE_SECTORS
from reportedly.model.record import Claim, Participant, Place
from reportedly.weighing.passages import folded_words

HAPPENED: Final = "happened"
AHEAD: Final = "ahead"
POINTS: Final = frozenset({"place", "near", "admin2"})
"""Precisions of a place that is known to a town or district."""
FINEST: Final = ("place", "near", "admin2", "admin1", "water", "region", "country")
"""All of them, the finest first."""


@dataclass(frozen=True)
class WeighedReport:
    """A report with its claims. `key` is the same for the same report in any casebook."""

    key: str
    text: str
    outlet: str | None
    url: str | None
    published: str | None
    claims: tuple[Claim, ...]

    @cached_property
    def registered(self) -> Outlet | None:
        return outlet_of(self.outlet, self.url)

    @cached_property
    def family(self) -> str:
        return family_of(self.outlet, self.url)

    @cached_property
    def tellings(self) -> tuple["Telling", ...]:
        """Its claims, each with the one before it that gives the place and time which its own sentence leaves out."""
        found: list[Telling] = []
        for claim in sorted(self.claims, key=lambda c: (c.trigger.start, c.id)):
            telling = Telling(f"{self.key}:{claim.id}", self, claim)
            before = [t for t in reversed(found) if t.tense == telling.tense]
            where = next((t for t in before if t.points), None) if not telling.places else None
            when = next((t for t in before if t.day is not None), None) if telling.days is None else None
            found.append(replace(telling, where_from=where, when_from=when))
        return tuple(found)


@dataclass(frozen=True, eq=False)
class Telling:
    """One claim of one report."""

    key: str
    report: WeighedReport
    claim: Claim
    where_from: "Telling | None" = None
    """The claim before it in its report that gives a place, where its own sentence gives none."""
    when_from: "Telling | None" = None

    @cached_property
    def tense(self) -> str:
        """Whether it is told as having happened (or not happened), or as still ahead: the two never are one incident."""
        return HAPPENED if self.claim.status.kind == "occurred" else AHEAD

    @cached_property
    def days(self) -> tuple[int, int] | None:
        """The days it may have been on, as ordinals; None where the text does not say."""
        time = self.claim.time
        if time is None or (time.start is None and time.end is None):
            return None
        start, end = ordinal(time.start or time.end), ordinal(time.end or time.start)
        return (start, end) if start is not None and end is not None and start <= end else None

    @cached_property
    def day(self) -> int | None:
        """The day, where the text gives exactly one."""
        return self.days[0] if self.days is not None and self.days[0] == self.days[1] else None

    @cached_property
    def told_on(self) -> int | None:
        """The day of publication."""
        return ordinal(self.report.published)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return self.claim.places

    @cached_property
    def points(self) -> tuple[Place, ...]:
        """Places known to a town or district, with coordinates."""
        return tuple(p for p in self.places if p.precision in POINTS and p.lat is not None and p.lon is not None)

    @cached_property
    def actors(self) -> frozenset[str]:
        return frozenset(party_key(p) for p in self.claim.actors)

    @cached_property
    def recipients(self) -> frozenset[str]:
        return frozenset(party_key(p) for p in self.claim.recipients)

    @cached_property
    def things(self) -> frozenset[str]:
        """Words for the things that it is done to: "a depot", "a block of flats"."""
        places = {w for place in self.places for w in folded_words(place.name)}
        found = frozenset(w for span in self.claim.targets for w in folded_words(span.text) if len(w) > 3)
        return frozenset(w for w in found - places if not w.isdecimal())

    @cached_property
    def told_by(self) -> frozenset[str]:
        """Families of the outlet that tells it and of those that it is told after."""
        media = (link.source.name for link in self.claim.attribution[1:] if link.source.type in ("outlet", "agency"))
        return frozenset({self.report.family, *(family_of(name) for name in media if name)})

    @cached_property
    def is_bare(self) -> bool:
        """Whether its sentence gives neither place nor time of its own, so that it goes on about what was told before it."""
        sentence, time = self.claim.sentence, self.claim.time
        own_time = self.days is not None and (
            time is None or time.mention is None or sentence.start <= time.mention.start < sentence.end
        )
        return not own_time and not any(sentence.start <= p.mention.start < sentence.end for p in self.places)

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of the sentence that it is told in."""
        return frozenset(w for w in folded_words(self.claim.sentence.text) if len(w) > 2)

    @cached_property
    def rarity(self) -> float:
        """How much is said by all those words together."""
        return math.fsum(map(rarity, self.words))

    @cached_property
    def countries(self) -> frozenset[str]:
        return frozenset(p.country for p in self.places if p.country)

    @cached_property
    def toll(self) -> dict[str, tuple[int, int | None]]:
        """Killed, injured, captured and displaced as far as told: lowest and highest number."""
        told = {name: getattr(self.claim.toll, name) for name in ("killed", "injured", "captured", "displaced")}
        return {name: (r.low or 0, r.high) for name, r in told.items() if r is not None and (r.low or r.high)}


def party_key(party: Participant) -> str:
    """Under which two mentions of one party fall together: a state with its arms, else its id where it has one, else its words."""
    if party.country and party.sector in STATE_SECTORS:
        return party.country
    return party.actor or " ".join(folded_words(party.name))


def told_apart(parties: Iterable[Participant], countries: Collection[str | None]) -> tuple[str, ...]:
    """Keys of the parties that can be told apart: those of the registry, as the branch that a movement has where it is told of, and states with their
    arms. "Gunmen" may be anybody."""
    keys = {party_key(p) for p in parties if p.actor or (p.country and p.country == party_key(p))}
    return tuple(sorted({_branch(key, countries) for key in keys}))


def _branch(key: str, countries: Collection[str | None]) -> str:
    actor = registry().get(key)
    branches = [branch_of(actor, country).id for country in countries] if actor is not None else []
    return next((b for b in branches if b != key), key)


def ordinal(day: str | None) -> int | None:
    """A day of the calendar as an ordinal; None where it is none."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None
