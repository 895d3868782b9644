"""How warnings did: hits, misses and false alarms, and for those that say how likely it was the Brier score and skill over the base rate.

Brier, Verification of forecasts expressed in terms of probability, Monthly Weather Review 78 (1950).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from reportedly.knowledge.warning_rules import warning_terms
from reportedly.model.warning import (
    Area,
    AreaOutcome,
    AreaWeeks,
    Calibration,
    Happening,
    IssuedWarning,
    Outcome,
    Score,
    Scoring,
)
from reportedly.weighing.resolving import Seen, counts

Resolved = tuple[IssuedWarning, tuple[AreaOutcome, ...]]
_WEEK: Final = 7
_VIOLENCE: Final = "ASSAULT"
_MOST_MISSED: Final = 200


def scoring(resolved: Sequence[Resolved], seen: Seen, as_of: date) -> Scoring:
    """The figures over all warnings, by origin, and by area and week."""
    by_origin: dict[str, list[Resolved]] = defaultdict(list)
    for item in resolved:
        by_origin[item[0].origin].append(item)
    return Scoring(
        as_of=as_of.isoformat(), against=seen.reference.name if seen.reference is not None else None,
        partial=seen.reference is not None and seen.reference.partial, score=score(resolved),
        by_origin={key: score(items) for key, items in sorted(by_origin.items())}, weeks=area_weeks(resolved, seen, as_of),
    )  # fmt: skip


def score(resolved: Iterable[Resolved]) -> Score:
    """The figures over some warnings, each of their areas by itself."""
    found = [(warning, outcome) for warning, outcomes in resolved for outcome in outcomes]
    told: dict[Outcome, int] = {o: sum(x.outcome == o for _, x in found) for o in ("hit", "false alarm", "unknown", "void", "open")}  # fmt: skip
    settled = [(w, o) for w, o in found if o.outcome in ("hit", "false alarm")]
    based = [(o.outcome == "hit", o.base_rate) for _, o in settled if o.base_rate is not None]
    forecasts = [(w.band.probability, o.outcome == "hit", o.base_rate) for w, o in settled if w.band is not None]
    compared = [(p, came, rate) for p, came, rate in forecasts if rate is not None]
    ours, theirs = _brier((p, c) for p, c, _ in compared), _brier((rate, c) for _, c, rate in compared)
    return Score(
        hits=told["hit"], false_alarms=told["false alarm"], unknown=told["unknown"], void=told["void"], open=told["open"],
        expected=round(sum(rate for _, rate in based), 3) if based else None, judged=len(based), judged_hits=sum(hit for hit, _ in based),
        forecasts=len(forecasts), brier=_brier((p, c) for p, c, _ in forecasts), reference=theirs, compared=len(compared),
        skill=round(1 - ours / theirs, 4) if ours is not None and theirs else None, calibration=_calibration(settled),
    )  # fmt: skip


def _brier(forecasts: Iterable[tuple[float, bool]]) -> float | None:
    """The mean squared difference between what was forecast and what came."""
    errors = [(p - came) ** 2 for p, came in forecasts]
    return round(sum(errors) / len(errors), 4) if errors else None


def _calibration(settled: Sequence[tuple[IssuedWarning, AreaOutcome]]) -> tuple[Calibration, ...]:
    bands = {w.band.name: w.band.probability for w, _ in settled if w.band is not None}
    found = []
    for name, probability in sorted(bands.items(), key=lambda item: item[1]):
        of_band = [o for w, o in settled if w.band is not None and w.band.name == name]
        found.append(
            Calibration(
                band=name,
                probability=probability,
                warnings=len(of_band),
                came_true=sum(o.outcome == "hit" for o in of_band),
            )
        )
    return tuple(found)


def area_weeks(resolved: Sequence[Resolved], seen: Seen, as_of: date) -> AreaWeeks:
    """First-level divisions of the countries that warnings are about, by week, from the first warning on: warned or not, and violence or none."""
    standing = [
        w for w, outcomes in resolved if _VIOLENCE in w.rule.counts and any(o.outcome != "void" for o in outcomes)
    ]
    spans = [(w.rule.window[0], w) for w in standing if w.rule.window is not None]
    grace = max((w.rule.grace_days for w in standing), default=0)
    found: dict[str, int] = defaultdict(int)
    missed: list[tuple[int, str]] = []
    if spans:
        weeks = range((min(day for day, _ in spans) - 1) // _WEEK, (as_of.toordinal() - grace) // _WEEK)
        countries = {a.country for w in standing for a in w.rule.areas if a.country}
        for division in sorted(_divisions(standing, seen, countries), key=lambda a: (a.country or "", a.name)):
            there = [h for h in seen.near(division) if _VIOLENCE in h.counts_as]
            warned = [w for _, w in spans if any(_concerns(a, division) for a in w.rule.areas)]
            for week in weeks:
                _count_week(division, week, there, warned, seen, grace, found, missed)
    ordered = tuple(line for _, line in sorted(missed))
    return AreaWeeks(
        hits=found["hit"], misses=found["miss"], false_alarms=found["false alarm"], quiet=found["quiet"], missed=ordered[:_MOST_MISSED]
    )  # fmt: skip


def _count_week(
    division: Area,
    week: int,
    there: Sequence[Happening],
    warned: Sequence[IssuedWarning],
    seen: Seen,
    grace: int,
    found: dict[str, int],
    missed: list[tuple[int, str]],
) -> None:
    """One division in one week, Monday to Sunday; day 1 of the calendar was a Monday."""
    first, last = week * _WEEK + 1, week * _WEEK + _WEEK
    within = [h for h in there if first <= h.days[0] <= last and _credible(h)]
    open_then = [w for w in warned if _overlaps(w, first, last)]
    if within:
        foretold = any(counts(w, h) and _in_window(w, h) for h in within for w in open_then)
        found["hit" if foretold else "miss"] += 1
        if not foretold:
            monday = date.fromordinal(first).isocalendar()
            what = ", ".join(sorted(h.id for h in within))
            missed.append((first, f"{division.name}, {monday.year}-W{monday.week:02}: {what}"))
    elif seen.enough(division, True, first, last, grace)[0]:
        found["false alarm" if open_then else "quiet"] += 1


def _credible(happening: Happening) -> bool:
    return happening.credibility <= warning_terms()["credibility"]


def _divisions(standing: Sequence[IssuedWarning], seen: Seen, countries: set[str]) -> set[Area]:
    """Divisions that anything is known of, or that were warned of."""
    known = {(h.country, h.admin1) for h in (*seen.own, *(seen.reference.happenings if seen.reference else ()))}
    known |= {(a.country, a.admin1) for w in standing for a in w.rule.areas}
    return {
        Area(name=admin1, level="admin1", country=country, admin1=admin1) for country, admin1 in known if country in countries and admin1
    }  # fmt: skip


def _concerns(area: Area, division: Area) -> bool:
    if area.level == "country":
        return area.country == division.country
    return (area.country, area.admin1) == (division.country, division.admin1)


def _overlaps(warning: IssuedWarning, first: int, last: int) -> bool:
    window = warning.rule.window
    return window is not None and window[0] <= last and window[1] >= first


def _in_window(warning: IssuedWarning, happening: Happening) -> bool:
    window, days = warning.rule.window, happening.days
    inside = window is not None and window[0] <= days[0] and days[1] <= window[1]
    return inside and (warning.made is None or warning.made <= happening.start)
