"""How likely two claims tell of one happening: a sum of named terms, each with its weight, so that every verdict can be explained."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

from reportedly.knowledge.common_words import rarity
from reportedly.knowledge.gazetteer import distance_km as distance_between
from reportedly.knowledge.incident_weights import incident_weights
from reportedly.weighing.telling import HAPPENED, POINTS, Telling, told_apart

NEAR_KM: Final = 25.0
"""Two towns not more than this apart may be told of as one place."""
WIDE_KM: Final = 150.0
"""The same where one is only told as near a town."""
CARRIED: Final = 0.7
"""Weight of a place or day that a claim's own sentence leaves to what was told before it."""
SAME_KM: Final = 3.0
ANSWERED_DAYS: Final = 14
"""Days within which a report is denied."""
_RELATED: Final = (
    frozenset({"ASSAULT", "COERCE", "PROTEST"}),
    frozenset({"CONSULT", "AGREE", "COOPERATE"}),
    frozenset({"AID", "SUPPORT", "COOPERATE", "MOBILIZE"}),
    frozenset({"RETREAT", "CONCEDE", "AGREE"}),
    frozenset({"ACCUSE", "REJECT", "THREATEN"}),
)
"""Types as which one happening may be told."""


@cache
def kinds_of(kind: str) -> frozenset[str]:
    """The kinds of happening that a type may tell of: the groups of types that it is in, else itself."""
    return frozenset("/".join(sorted(group)) for group in _RELATED if kind in group) or frozenset({kind})


class Located(Protocol):
    """Whatever may have coordinates, in degrees (WGS 84)."""

    @property
    def lat(self) -> float | None: ...
    @property
    def lon(self) -> float | None: ...


_Add = Callable[..., None]
"""How a term is added: `add(term, share)`, the share 1 where it is left out."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two claims compared: the terms that spoke, with what each added, and what forbids that they are one happening."""

    terms: tuple[tuple[str, float], ...]
    forbidden: str | None

    @property
    def score(self) -> float:
        return round(sum(value for _, value in self.terms), 4)

    @property
    def same(self) -> bool:
        return self.forbidden is None and self.score >= incident_weights()["threshold"]


def same_kind(one: Telling, other: Telling) -> bool:
    """Whether two claims may be of one happening at all, by type and tense."""
    return one.tense == other.tense and bool(kinds_of(one.claim.event.type) & kinds_of(other.claim.event.type))


def compared(one: Telling, other: Telling, copied: bool = False) -> Comparison:
    """Compare two claims. `copied`: the sentence of one was taken from the other's report."""
    weights = incident_weights()
    forbidden = _forbidden(one, other)
    if forbidden is not None:
        return Comparison((), forbidden)
    terms: list[tuple[str, float]] = []

    def add(term: str, share: float = 1.0) -> None:
        terms.append((term, round(weights[term] * share, 4)))

    _of_kind(one, other, add)
    _of_place(one, other, add)
    _of_time(one, other, add)
    _of_parties(one, other, add)
    _of_things(one, other, add)
    _of_toll(one, other, add)
    shared = _shared_words(one, other)
    if shared:
        add("same words", shared)
    if _answers(one, other):
        add("denies it")
    if _tells_again(one, other):
        add("tells again")
    if copied:
        add("same passage")
    if _goes_on(one, other):
        add("goes on")
    return Comparison(tuple(terms), None)


def _forbidden(one: Telling, other: Telling) -> str | None:
    """What makes it impossible: hard limits, whatever else is alike."""
    if not same_kind(one, other):
        return "of another kind"
    if one.day is not None and other.day is not None and abs(one.day - other.day) > _slack(one, other):
        return "on another day"
    if one.days and other.days and not _overlap(one.days, other.days) and (one.day is None or other.day is None):
        return "in another time"
    if not _named_alike(one, other):
        if one.points and other.points and not _can_be_near(one, other):
            return "in another place"
        if one.countries and other.countries and not one.countries & other.countries:
            return "in another country"
        areas = _areas(one), _areas(other)
        if areas[0] and areas[1] and not areas[0] & areas[1] and not _can_be_near(one, other):
            return "in another area"
    if one.report is other.report and _counts_apart(one, other):
        return "another number by the same source"
    if (
        one.actors
        and other.actors
        and one.actors == other.recipients
        and other.actors == one.recipients
        and one.actors != other.actors
    ):
        return "done by the other side"
    return None


def _counts_apart(one: Telling, other: Telling) -> bool:
    """Whether one source gives two numbers in one report: ten killed here, eighteen killed there."""
    ours, theirs = one.claim.attribution[-1].source, other.claim.attribution[-1].source
    same = (ours.type, ours.actor or ours.name) == (theirs.type, theirs.actor or theirs.name)
    return same and any(disjoint(one.toll[name], other.toll[name]) for name in one.toll.keys() & other.toll.keys())


def _slack(one: Telling, other: Telling) -> int:
    """Days by which two exact dates of one happening may differ: what goes on through a night is told with either."""
    hours = ("hour", "day")
    both = one.claim.time is not None and other.claim.time is not None
    night = both and any(
        "night" in (t.claim.time.mention.text if t.claim.time and t.claim.time.mention else "") for t in (one, other)
    )
    return 1 if night and all(t.claim.time is not None and t.claim.time.precision in hours for t in (one, other)) else 0


def _areas(telling: Telling) -> set[tuple[str, str]]:
    return {(p.country, p.admin1) for p in telling.places if p.country and p.admin1}


def _can_be_near(one: Telling, other: Telling) -> bool:
    """Whether any of their points may be one place: towns over a province's border too, and "off" or "west of" a town more widely."""
    return any(
        distance_km(a, b) <= (WIDE_KM if "near" in (a.precision, b.precision) else NEAR_KM)
        for a in one.points
        for b in other.points
    )


def distance_km(a: Located, b: Located) -> float:
    """Great-circle distance; infinite where either has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    return distance_between(a.lat, a.lon, b.lat, b.lon)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _of_kind(one: Telling, other: Telling, add: _Add) -> None:
    modes = one.claim.event.mode, other.claim.event.mode
    if modes[0] and modes[1]:
        add("same mode" if modes[0] == modes[1] else "other mode")


def _of_place(one: Telling, other: Telling, add: _Add) -> None:
    if not one.places or not other.places:
        ours, theirs = one if one.places else one.where_from, other if other.places else other.where_from
        if ours is None or theirs is None or not _same_point(ours, theirs):
            add("no common place")
        else:
            add("same place", CARRIED)
        return
    names = {p.geonames or p.name for p in one.places} & {p.geonames or p.name for p in other.places}
    fine = names & {p.geonames for p in (*one.points, *other.points)}
    near = min((distance_km(a, b) for a in one.points for b in other.points), default=math.inf)
    if fine or near <= SAME_KM:
        add("same place")
    elif _named_alike(one, other):
        add("same place", 0.8)
    elif near <= NEAR_KM:
        add("near")
    elif _areas(one) & _areas(other) or names:
        add("within")
    elif one.countries & other.countries:
        add("within", 0.4)
    else:
        add("no common place")


def _named_alike(one: Telling, other: Telling) -> bool:
    """Places under one name, whichever of its namesakes each was taken for: "Abu Zabad", "the old bridge"."""
    return bool(
        {p.name.lower() for p in one.places if p.precision in POINTS}
        & {p.name.lower() for p in other.places if p.precision in POINTS}
    )


def _same_point(one: Telling, other: Telling) -> bool:
    return _named_alike(one, other) or any(distance_km(a, b) <= SAME_KM for a in one.points for b in other.points)


def _of_time(one: Telling, other: Telling, add: _Add) -> None:
    ours = one.day if one.days is not None else one.when_from.day if one.when_from is not None else None
    theirs = other.day if other.days is not None else other.when_from.day if other.when_from is not None else None
    if ours is not None and ours == theirs and (one.days is None or other.days is None):
        add("same day", CARRIED)
        return
    if one.days and other.days:
        if one.day is not None and other.day is not None:
            add("same day")
        else:
            longer = max(one.days[1] - one.days[0], other.days[1] - other.days[0]) + 1
            add("overlapping days", min(1.0, 7 / longer))
        return
    told = _about(one), _about(other)
    if told[0] is None or told[1] is None:
        return
    apart = abs(told[0] - told[1])
    if apart <= 2:
        add("told close")
    elif apart > 7:
        add("told apart")


def _about(telling: Telling) -> int | None:
    """When it was, as far as can be guessed: what is told without a date has lately happened."""
    return telling.days[1] if telling.days is not None and telling.tense == HAPPENED else telling.told_on


def _of_parties(one: Telling, other: Telling, add: _Add) -> None:
    for ours, theirs, role in ((one.actors, other.actors, "actor"), (one.recipients, other.recipients, "recipient")):
        if ours and theirs:
            add(f"same {role}" if ours & theirs or _described_alike(ours, theirs) else f"other {role}")


def _described_alike(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Descriptions that share a word: "gunmen", "masked gunmen"."""
    return any(set(a.split()) & set(b.split()) for a in ours for b in theirs if " " in a or " " in b)


def _answers(one: Telling, other: Telling) -> bool:
    """Whether one denies, within two weeks after, what the other asserts of the same doer: whoever denies repeats neither place nor day."""
    if one.claim.status.polarity == other.claim.status.polarity or one.claim.event.type != other.claim.event.type:
        return False
    denial, told = (one, other) if one.claim.status.polarity == "-" else (other, one)
    if denial.told_on is None or told.told_on is None or not 0 <= denial.told_on - told.told_on <= ANSWERED_DAYS:
        return False
    anybody = _same_place(denial, told) and not told_apart(told.claim.actors, told.countries)
    if not denial.actors & told.actors and not anybody:
        return False
    return not denial.recipients or not told.recipients or bool(denial.recipients & told.recipients)


def _tells_again(one: Telling, other: Telling) -> bool:
    """Whether an outlet, or one that cites it, comes back within two weeks to what its parties did, without saying again where and when."""
    if one.report is other.report or not one.told_by & other.told_by or one.claim.event.type != other.claim.event.type:
        return False
    if one.told_on is None or other.told_on is None or abs(one.told_on - other.told_on) > ANSWERED_DAYS:
        return False
    bare = any(not t.places and t.days is None for t in (one, other))
    ours, theirs = (t.actors | t.recipients for t in (one, other))
    return bare and len(ours & theirs) > 1


def _same_place(one: Telling, other: Telling) -> bool:
    return _named_alike(one, other) or bool(
        {p.geonames for p in one.points if p.geonames} & {p.geonames for p in other.points}
    )


def _of_things(one: Telling, other: Telling, add: _Add) -> None:
    if one.things and other.things:
        add("same thing" if one.things & other.things else "other thing")


def _goes_on(one: Telling, other: Telling) -> bool:
    """Whether the later of two claims of one report goes on about what the other told: the next sentence, without a place or day of its own."""
    if one.report is not other.report:
        return False
    first, then = sorted((one, other), key=lambda t: t.claim.trigger.start)
    between = first.report.text[first.claim.sentence.end : then.claim.sentence.start]
    return then.is_bare and not first.is_bare and len(between.strip()) == 0 and "\n\n" not in between


def _of_toll(one: Telling, other: Telling, add: _Add) -> None:
    common = one.toll.keys() & other.toll.keys()
    if any(one.toll[name] == other.toll[name] for name in common):
        add("same toll")
    elif any(disjoint(one.toll[name], other.toll[name]) for name in common):
        add("other toll")


def disjoint(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    """Whether two bounded numbers cannot both be right."""
    return (one[1] is not None and one[1] < other[0]) or (other[1] is not None and other[1] < one[0])


def _shared_words(one: Telling, other: Telling) -> float:
    """Of the rarer words of both sentences, the share that they have in common (Jaccard, each word by its rarity)."""
    both = one.words & other.words
    if not both:
        return 0.0
    shared = math.fsum(map(rarity, both))
    either = one.rarity + other.rarity - shared
    return round(shared / either, 3) if either else 0.0


def explained(comparison: Comparison) -> Mapping[str, float]:
    """Each term that spoke, with what it added."""
    found: dict[str, float] = {}
    for term, value in comparison.terms:
        found[term] = round(found.get(term, 0.0) + value, 4)
    return found
