"""What became of warnings: each is held, area by area, against what happened there, by the rule that was frozen when it was kept.

The clock is passed in. Nothing here knows what day it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportedly.knowledge.warning_rules import warning_terms
from reportedly.model.warning import Area, AreaOutcome, Happening, IssuedWarning
from reportedly.weighing.happenings import Coverage, lies_in
from reportedly.weighing.telling import ordinal

_NOWHERE: Final = "(no area is told)"


@dataclass(frozen=True)
class Reference:
    """A list of events that somebody else keeps, such as UCDP's: what it calls itself, its events, and whether it leaves some out."""

    name: str
    happenings: tuple[Happening, ...]
    partial: bool
    """Whether it is a sample: then the absence of an event proves nothing."""

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day that it tells of (ordinals)."""
        return min(h.days[0] for h in self.happenings), max(h.days[1] for h in self.happenings)

    def covers(self, area: Area, first: int, last: int) -> bool:
        """Whether it would hold what happened in an area on these days."""
        return (
            self.days[0] <= first and last <= self.days[1] and any(h.country == area.country for h in self.happenings)
        )


class Seen:
    """All that is known of what happened: incidents of a casebook, how much it saw, and a list of reference where there is one."""

    def __init__(self, happenings: Iterable[Happening], coverage: Coverage, reference: Reference | None = None) -> None:
        self.own = tuple(happenings)
        self.coverage = coverage
        self.reference = reference
        self._by_country: dict[str | None, list[Happening]] = defaultdict(list)
        for happening in (*self.own, *(reference.happenings if reference is not None else ())):
            self._by_country[happening.country].append(happening)

    def near(self, area: Area) -> Sequence[Happening]:
        """What happened in an area."""
        if area.level == "named":
            return [h for found in self._by_country.values() for h in found if lies_in(h, area)]
        return [h for h in self._by_country.get(area.country, ()) if lies_in(h, area)]

    def enough(self, area: Area, listed: bool, first: int, last: int, grace: int) -> tuple[bool, str]:
        """Whether enough is known of an area on some days to say that nothing happened there, and why."""
        if self.reference is not None and listed and self.reference.covers(area, first, last):
            if not self.reference.partial:
                return True, f"{self.reference.name} covers it"
            missing = f"{self.reference.name} is a sample, in which absence proves nothing; "
        else:
            missing = ""
        reports, families = self.coverage.seen(area, first, last + grace)
        told = f"{reports} reports from {families} families told of the area then"
        terms = warning_terms()
        enough = reports >= terms["seen_reports"] and families >= terms["seen_families"]
        return enough, told if enough else missing + told


def resolve(warning: IssuedWarning, standing: bool, seen: Seen, as_of: date) -> tuple[AreaOutcome, ...]:
    """What has become of a warning on a day, in each of its areas. `standing`: whether the claim that it rests on still counts."""
    rule = warning.rule
    void = (
        "the claim that it rests on no longer counts" if not standing
        else "it gives no area" if not rule.areas
        else "neither it nor its report gives a day to look at" if rule.window is None
        else None
    )  # fmt: skip
    if void is not None or rule.window is None:
        return tuple(AreaOutcome(area=name, outcome="void", why=void or "") for name in _names(rule.areas))
    return tuple(_in_area(warning, area, *rule.window, seen, as_of.toordinal()) for area in rule.areas)


def _names(areas: Sequence[Area]) -> list[str]:
    return [a.name for a in areas] or [_NOWHERE]


def _in_area(warning: IssuedWarning, area: Area, first: int, last: int, seen: Seen, as_of: int) -> AreaOutcome:
    rule = warning.rule
    there = [h for h in seen.near(area) if counts(warning, h)]
    within = [h for h in there if first <= h.days[0] and h.days[1] <= last]
    rate = base_rate(warning, area, seen, there, first, last)
    if within:
        by = tuple(sorted(h.id for h in within))
        return AreaOutcome(area=area.name, outcome="hit", by=by, why="it happened", base_rate=rate)
    if as_of <= last + rule.grace_days:
        left = last + rule.grace_days - as_of
        return AreaOutcome(area=area.name, outcome="open", why=f"resolved in {left + 1} days", base_rate=rate)
    enough, why = seen.enough(area, rule.listed, first, last, rule.grace_days)
    return AreaOutcome(area=area.name, outcome="false alarm" if enough else "unknown", why=why, base_rate=rate)


def counts(warning: IssuedWarning, happening: Happening) -> bool:
    """Whether something is what was warned of: of such a kind, by such a doer or nobody named, credible enough, and told by somebody else as well."""
    rule = warning.rule
    return (
        bool(set(rule.counts) & set(happening.counts_as))
        and (not rule.actors or not happening.actors or bool(set(rule.actors) & set(happening.actors)))
        and happening.credibility <= rule.credibility
        and (not happening.origins or any(origin != warning.origin for origin in happening.origins))
    )


def base_rate(
    warning: IssuedWarning, area: Area, seen: Seen, there: Sequence[Happening], first: int, last: int
) -> float | None:
    """In what share of windows of this length, before the warning was made, such things happened in an area; None where too little is known.

    From the list of reference where it tells of the area's country, else from the casebook's own history.
    """
    length = last - first + 1
    until = (ordinal(warning.made) or first) - 1
    listed = seen.reference is not None and warning.rule.listed and any(
        h.country == area.country for h in seen.reference.happenings
    )  # fmt: skip
    if listed and seen.reference is not None:
        since, known = seen.reference.days[0], {h.id for h in seen.reference.happenings}
        until = min(until, seen.reference.days[1])
    else:
        earliest = seen.coverage.first
        if earliest is None:
            return None
        since, known = earliest, {h.id for h in seen.own}
    windows = until - since - length + 2
    if windows < 1 or until - since + 1 < warning_terms()["history_windows"] * length:
        return None
    hit: set[int] = set()
    for happening in there:
        day = happening.days[0]
        if happening.id in known and since <= day <= until:
            hit.update(range(max(since, day - length + 1), min(day, until - length + 1) + 1))
    return round(len(hit) / windows, 4)
