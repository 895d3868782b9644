"""Where the tellings of one incident cannot all be right, each side with who says so."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from reportedly.model.incident import Disputed
from reportedly.model.plover import STATE_SECTORS
from reportedly.model.record import Participant
from reportedly.weighing.comparing import NEAR_KM, disjoint, distance_km
from reportedly.weighing.origins import Independence
from reportedly.weighing.telling import Telling

_TOLLS: Final[tuple[Disputed, ...]] = ("killed", "injured", "captured", "displaced")

_DENIES: Final = ("den", "reject", "dismiss", "refut", "rebut", "contradict", "disput")
_SOME: Final = frozenset({"a", "an", "the", "his", "her", "their", "its"})

Number = tuple[int, int | None]
"""At least, and at most; None where that is open."""


@dataclass(frozen=True, slots=True)
class Side:
    """What some say: the value in words, who says it, and where."""

    value: str
    origins: tuple[str, ...]
    tellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sides that cannot both be right."""

    about: Disputed
    sides: tuple[Side, Side]


def contradictions(tellings: Sequence[Telling], found: Independence) -> list[Contradiction]:
    """What the origins of an incident disagree on. A toll that one origin raises from day to day is an update and no contradiction."""
    origin_of = {key: origin.key for origin in found.origins for key in origin.tellings}
    last = _last_words(tellings, origin_of)
    results = [*_of_denial(last, origin_of)]
    asserted = [t for t in last if t.claim.status.polarity == "+"]
    counted = [t for t in last if t.claim.status.polarity == "+" or _denies_a_number(t)]
    first_told = _first_told(tellings)
    for name in _TOLLS:
        results += _of_toll(name, counted, origin_of, first_told)
    results += _of_day(asserted, origin_of)
    results += _of_place(asserted, origin_of)
    results += _of_actor(asserted, origin_of)
    return results


def _last_words(tellings: Sequence[Telling], origin_of: Mapping[str, str]) -> list[Telling]:
    """Of each origin, what it told on the last day that it told anything with a number; and all that tell none."""
    newest: dict[str, str] = {}
    for telling in tellings:
        if telling.toll:
            origin = origin_of[telling.key]
            newest[origin] = max(newest.get(origin, ""), _told(telling))
    return [t for t in tellings if not t.toll or _told(t) == newest[origin_of[t.key]]]


def _side(value: str, members: Sequence[Telling], origin_of: Mapping[str, str]) -> Side:
    return Side(value, tuple(sorted({origin_of[t.key] for t in members})), tuple(sorted(t.key for t in members)))


def _of_denial(tellings: Sequence[Telling], origin_of: Mapping[str, str]) -> Iterator[Contradiction]:
    """Denial against assertion. "No sailor was hurt", by whoever tells of the attack, or in a report that tells of it, denies no attack."""
    says = [t for t in tellings if t.claim.status.polarity == "+"]
    asserting = {t.report.key for t in says} | {origin_of[t.key] for t in says}
    denies = [
        t
        for t in tellings
        if t.claim.status.polarity == "-"
        and not _denies_a_number(t)
        and (_is_outright(t) or not {t.report.key, origin_of[t.key]} & asserting)
    ]
    if says and denies and _of_others(says, denies, origin_of):
        yield Contradiction("denial", (_side("it happened", says, origin_of), _side("it did not", denies, origin_of)))


def _is_outright(telling: Telling) -> bool:
    """Whether somebody denies it in so many words."""
    phrase, cue = telling.claim.status.phrase, telling.claim.attribution[-1].cue
    return any(span is not None and span.text.lower().startswith(_DENIES) for span in (phrase, cue))


def _first_told(tellings: Sequence[Telling]) -> dict[tuple[str, Number], str]:
    """The first day on which each number was told by anybody."""
    found: dict[tuple[str, Number], str] = {}
    for telling in tellings:
        for name in telling.toll:
            value = _number_of(telling, name)
            found[name, value] = min(found.get((name, value), "9999"), _told(telling))
    return found


def _denies_a_number(telling: Telling) -> bool:
    """Whether only the number is denied, "that more than ten died", and not what happened."""
    return telling.claim.status.polarity == "-" and any(high is None for _, high in telling.toll.values())


def _number_of(telling: Telling, name: str) -> Number:
    """A number as told; whoever denies that it was so many says that it was fewer."""
    low, high = telling.toll[name]
    told = getattr(telling.claim.toll, name)
    if (low, high) == (1, 1) and told is not None and told.mention.text.split()[0].lower() in _SOME:
        return 1, None  # "killed a commander": one of however many
    return (0, max(0, low - 1)) if _denies_a_number(telling) else (low, high)


def _of_toll(
    name: Disputed,
    tellings: Sequence[Telling],
    origin_of: Mapping[str, str],
    first_told: Mapping[tuple[str, Number], str],
) -> Iterator[Contradiction]:
    by_value: dict[Number, list[Telling]] = {}
    for telling in tellings:
        if name in telling.toll:
            by_value.setdefault(_number_of(telling, name), []).append(telling)
    for one, other in combinations(sorted(by_value, key=lambda v: (v[0], v[1] or 0)), 2):
        fewer, more = by_value[one], by_value[other]
        # Tolls rise, whoever counts: a lower number is in doubt only where it is told still when a higher one is known.
        older = max(_told(t) for t in fewer) < first_told[name, other]
        if disjoint(one, other) and _of_others(fewer, more, origin_of) and _same_victims(fewer, more) and not older:
            sides = (_side(_number(one), fewer, origin_of), _side(_number(other), more, origin_of))
            yield Contradiction(name, sides)


def _same_victims(ours: Sequence[Telling], theirs: Sequence[Telling]) -> bool:
    """Whether two numbers may be of the same people: each side of a fight counts its own, and soldiers are no rebels."""
    return any(
        (not _sides(a) or not _sides(b) or bool(_sides(a) & _sides(b)))
        and (not _armed(a) or not _armed(b) or bool(_armed(a) & _armed(b)))
        for a in ours
        for b in theirs
    )


def _sides(telling: Telling) -> set[str]:
    return {p.actor for p in telling.claim.recipients if p.actor}


def _armed(telling: Telling) -> set[str]:
    """Whether those harmed are the state's or against it, where the words say so."""
    sectors = {p.sector for p in telling.claim.recipients}
    return ({"state"} if sectors & STATE_SECTORS else set()) | ({"rebels"} if sectors & {"REB", "CRM"} else set())


def _told(telling: Telling) -> str:
    return (telling.report.published or "")[:10]


def _of_others(ours: Sequence[Telling], theirs: Sequence[Telling], origin_of: Mapping[str, str]) -> bool:
    return {origin_of[t.key] for t in ours} != {origin_of[t.key] for t in theirs}


def _number(value: Number) -> str:
    low, high = value
    if high is None:
        return f"{low} or more"
    if low == 0:
        return f"no more than {high}"
    return str(low) if low == high else f"{low} to {high}"


def _of_day(tellings: Sequence[Telling], origin_of: Mapping[str, str]) -> Iterator[Contradiction]:
    by_day: dict[int, list[Telling]] = {}
    for telling in tellings:
        if telling.day is not None:
            by_day.setdefault(telling.day, []).append(telling)
    for one, other in combinations(sorted(by_day), 2):
        if _of_others(by_day[one], by_day[other], origin_of):
            days = (date.fromordinal(d).isoformat() for d in (one, other))
            yield Contradiction(
                "day", (_side(next(days), by_day[one], origin_of), _side(next(days), by_day[other], origin_of))
            )


def _of_place(tellings: Sequence[Telling], origin_of: Mapping[str, str]) -> Iterator[Contradiction]:
    by_place: dict[str, list[Telling]] = {}
    for telling in tellings:
        for place in telling.points:
            by_place.setdefault(place.name, []).append(telling)
    for one, other in combinations(sorted(by_place), 2):
        ours, theirs = by_place[one], by_place[other]
        if {t.key for t in ours} & {t.key for t in theirs} or not _of_others(ours, theirs, origin_of):
            continue
        apart = min(
            (
                distance_km(a, b)
                for t in ours
                for u in theirs
                for a in t.points
                for b in u.points
                if a.name == one and b.name == other
            ),
            default=0.0,
        )
        if apart > NEAR_KM / 2:
            yield Contradiction("place", (_side(one, ours, origin_of), _side(other, theirs, origin_of)))


def _of_actor(tellings: Sequence[Telling], origin_of: Mapping[str, str]) -> Iterator[Contradiction]:
    named = [t for t in tellings if any(p.actor or p.sector for p in t.claim.actors)]
    by_doer: dict[frozenset[str], list[Telling]] = {}
    for telling in named:
        by_doer.setdefault(telling.actors, []).append(telling)
    for one, other in combinations(sorted(by_doer, key=sorted), 2):
        ours, theirs = by_doer[one], by_doer[other]
        if (
            not one & other
            and _of_others(ours, theirs, origin_of)
            and not _both_fight(ours, theirs)
            and not any(one & t.actors and other & t.actors for t in named)
            and not _may_be_one(ours, theirs, origin_of)
        ):
            sides = _side(", ".join(sorted(one)), ours, origin_of), _side(", ".join(sorted(other)), theirs, origin_of)
            yield Contradiction("actor", sides)


def _may_be_one(ours: Sequence[Telling], theirs: Sequence[Telling], origin_of: Mapping[str, str]) -> bool:
    """Whether some only describe whom others name: "gang members" may be any gang's, but no state's soldiers; "the naval forces" are those of
    whoever says so."""
    doers = [[p for t in side for p in t.claim.actors] for side in (ours, theirs)]
    told_apart = [any(p.actor or p.country for p in side) for side in doers]
    of_state = [any(p.sector in STATE_SECTORS for p in side) for side in doers]
    if all(told_apart):
        return False
    speakers = [{origin_of[t.key] for t in side} for side in (ours, theirs)]
    return of_state[0] == of_state[1] or any(_are_own_forces(doers[k], speakers[k], doers[1 - k]) for k in (0, 1))


def _are_own_forces(doers: Sequence[Participant], speakers: Collection[str], others: Sequence[Participant]) -> bool:
    """Whether forces that nobody names are told of by those whom others name. `speakers`: keys of origins."""
    forces = any(p.sector in STATE_SECTORS and not p.actor and not p.country for p in doers)
    return forces and any(p.actor is not None and f"source:{p.actor}" in speakers for p in others)


def _both_fight(ours: Sequence[Telling], theirs: Sequence[Telling]) -> bool:
    """Whether the doers that some name are those it is done to for the others: two sides of one fight, each telling its part."""
    return any(a.actors & b.recipients or b.actors & a.recipients for a in ours for b in theirs)
