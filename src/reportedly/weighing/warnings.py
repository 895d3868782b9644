"""Which claims become warnings, each with the rule by which it will be resolved, frozen as it stands when it is kept.

A warning is one origin's: what it plans or expects, of which kind, where and until when. Told again while it is open, by whomever it was copied, it is the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from typing import Final

from reportedly.knowledge.warning_rules import WarningRule, band_at, rule_for, warning_terms
from reportedly.model.record import Place
from reportedly.model.warning import Area, Band, IssuedWarning, Rule
from reportedly.weighing.origins import Origin
from reportedly.weighing.telling import Telling, told_apart
from reportedly.weighing.weigh import WeighedIncident

FORM: Final = 1
"""Raised where rules are made otherwise; a warning keeps the form that its rule was made by."""


@dataclass(frozen=True, slots=True)
class Told:
    """One origin's telling of what would be a warning: how it reads now, and all claims that carry it."""

    warning: IssuedWarning
    claims: tuple[int, ...]


def told_ahead(
    incidents: Iterable[WeighedIncident], claim_numbers: Mapping[str, int], report_numbers: Mapping[str, int]
) -> list[Told]:
    """What each origin warns of, the earliest first. The numbers are a casebook's, by the keys of claims and reports."""
    found = []
    for item in incidents:
        by_key = {t.key: t for t in item.incident.tellings}
        for origin in item.independence.origins:
            for rule, tellings in _by_rule(by_key[key] for key in origin.tellings):
                told = _told(origin, rule, tellings, claim_numbers, report_numbers)
                if told is not None:
                    found.append(told)
    return in_order(found)


def issued(
    told: Sequence[Told], kept: Iterable[tuple[int, IssuedWarning, frozenset[int]]]
) -> tuple[list[Told], dict[int, list[int]]]:
    """Split what is told into new warnings and claims that carry a kept one, by its number.

    `kept` gives each kept warning's number, the warning, and the claims that have carried it so far: at least those that some of these
    claims have carried, or that are on one of these subjects.
    """
    by_claim: dict[int, dict[int, IssuedWarning]] = defaultdict(dict)
    by_subject: dict[str, dict[int, IssuedWarning]] = defaultdict(dict)
    for number, warning, claims in kept:
        by_subject[subject_of(warning)][number] = warning
        for claim in claims:
            by_claim[claim][number] = warning
    new: dict[str, list[Told]] = defaultdict(list)
    carried: dict[int, list[int]] = defaultdict(list)
    for item in told:
        subject = subject_of(item.warning)
        carries = {n for c in item.claims for n, w in by_claim[c].items() if _of_one_origin(w, item.warning)}
        again = {n for n, w in by_subject[subject].items() if same_promise(w, item.warning)}
        if carries or again:
            carried[min(carries | again)] += item.claims
            continue
        same = next((k for k, other in enumerate(new[subject]) if same_promise(other.warning, item.warning)), None)
        if same is None:
            new[subject].append(item)
        else:
            first = new[subject][same]
            new[subject][same] = Told(first.warning, tuple(sorted({*first.claims, *item.claims})))
    return in_order(item for items in new.values() for item in items), dict(carried)


def in_order(told: Iterable[Told]) -> list[Told]:
    """The earliest told first."""
    return sorted(told, key=lambda t: (t.warning.made or "9999", t.warning.claim, t.warning.key))


def _of_one_origin(one: IssuedWarning, other: IssuedWarning) -> bool:
    return one.rule.counts == other.rule.counts and one.origin == other.origin


def same_promise(one: IssuedWarning, other: IssuedWarning) -> bool:
    """Whether two are one warning told twice: of one origin, on the same acts, areas and doers, for windows that mostly overlap."""
    if subject_of(one) != subject_of(other):
        return False
    ours, theirs = one.rule.window, other.rule.window
    if ours is None or theirs is None:
        return ours == theirs
    shared = min(ours[1], theirs[1]) - max(ours[0], theirs[0]) + 1
    return 2 * shared >= min(ours[1] - ours[0], theirs[1] - theirs[0]) + 1


def subject_of(warning: IssuedWarning) -> str:
    """What a warning is about, but for the time: of one origin, on the same acts, areas and doers it is the same."""
    rule = warning.rule
    about = repr((warning.origin, rule.counts, sorted(a.identity for a in rule.areas), rule.actors))
    return blake2s(about.encode(), digest_size=8).hexdigest()


def _by_rule(tellings: Iterable[Telling]) -> list[tuple[WarningRule, list[Telling]]]:
    """Planned and predicted acts that are worth a warning, by the row of the table that fits them."""
    found: dict[str, tuple[WarningRule, list[Telling]]] = {}
    for telling in tellings:
        status, event = telling.claim.status, telling.claim.event
        rule = rule_for(event.type, event.mode)
        if rule is not None and status.kind in ("planned", "predicted") and status.polarity == "+":
            found.setdefault(rule.name, (rule, []))[1].append(telling)
    return [found[name] for name in sorted(found)]


def _told(
    origin: Origin,
    kind: WarningRule,
    tellings: Sequence[Telling],
    claim_numbers: Mapping[str, int],
    report_numbers: Mapping[str, int],
) -> Told | None:
    """What an origin's earliest report says of it; None for what was over before it was told: background."""
    ordered = sorted(tellings, key=lambda t: (t.report.published or "9999", t.report.key, t.claim.trigger.start))
    first = [t for t in ordered if t.report is ordered[0].report]
    made = (first[0].report.published or "")[:10] or None
    start, end, window_told = _window_of(first, made)
    if made is not None and end is not None and end < made:
        return None
    terms, areas = warning_terms(), _areas(first)
    by_anybody = any(not t.claim.actors for t in first)
    doers = () if by_anybody else (p for t in first for p in t.claim.actors)
    actors = told_apart(doers, [a.country for a in areas])
    rule = Rule(
        form=FORM, counts=kind.counts, listed=kind.listed, areas=areas, start=start, end=end, window_told=window_told,
        actors=actors, credibility=terms["credibility"], grace_days=terms["grace_days"],
    )  # fmt: skip
    lead = next((t for t in first if _band(t) is not None), first[0])
    digest = repr((origin.key, rule.counts, sorted(a.identity for a in rule.areas), rule.actors, start, end))
    status = lead.claim.status.kind
    warning = IssuedWarning(
        key=blake2s(digest.encode(), digest_size=8).hexdigest(), made=made, type=lead.claim.event.type, mode=lead.claim.event.mode,
        kind="predicted" if status == "predicted" else "planned", who=tuple(dict.fromkeys(p.name for t in first for p in t.claim.actors)),
        band=_band(lead), origin=origin.key, origin_label=origin.label, claim=claim_numbers[lead.key], report=report_numbers[lead.report.key],
        rule=rule,
    )  # fmt: skip
    return Told(warning, tuple(sorted(claim_numbers[t.key] for t in tellings)))


def _band(telling: Telling) -> Band | None:
    """The likelihood that the words around its status and its trigger give."""
    claim = telling.claim
    spans = [s for s in (claim.status.phrase, claim.trigger) if s is not None]
    inside = [s for s in spans if claim.sentence.start <= s.start and s.end <= claim.sentence.end]
    return next((b for s in inside if (b := band_at(telling.report.text, s.start, s.end)) is not None), None)


def _window_of(tellings: Sequence[Telling], made: str | None) -> tuple[str | None, str | None, bool]:
    """First and last day, and whether the last is told. It opens when it is published, unless it is to begin later."""
    times = [t.claim.time for t in tellings if t.claim.time is not None and (t.claim.time.start or t.claim.time.end)]
    told = next((t for t in times if t.end is not None), times[0] if times else None)
    start = max((day[:10] for day in (made, told.start if told else None) if day), default=None)
    if told is not None and told.end is not None:
        end = told.end[:10]
        return min(start or end, end), end, True
    if start is None:
        return None, None, False
    horizon = date.fromisoformat(start).toordinal() + warning_terms()["horizon_days"]
    return start, date.fromordinal(horizon).isoformat(), False


def _areas(tellings: Sequence[Telling]) -> tuple[Area, ...]:
    """Where it is to be: what the claims name, else what was told before them; what lies in another that is named stands for it."""
    places = [p for t in tellings for p in t.places]
    places = places or [p for t in tellings if t.where_from is not None for p in t.where_from.places]
    found = {a.identity: a for p in reversed(places) if (a := _area(p)) is not None}
    points = [a for a in found.values() if a.level == "point"]
    finer = {(a.country, a.admin1) for a in points}
    within = [a for a in found.values() if a.level != "admin1" or (a.country, a.admin1) not in finer]
    lands = {a.country for a in within if a.level in ("point", "admin1")}
    return tuple(sorted((a for a in within if a.level != "country" or a.country not in lands), key=lambda a: a.name))


def _area(place: Place) -> Area | None:
    terms = warning_terms()
    if place.precision in ("place", "near", "admin2") and place.lat is not None and place.lon is not None:
        km = terms["wide_km" if place.precision == "near" else "near_km"]
        return Area(
            name=place.name, level="point", country=place.country, admin1=place.admin1, lat=place.lat, lon=place.lon, km=km
        )  # fmt: skip
    if place.precision in ("region", "water"):
        return Area(name=place.name, level="named", country=place.country)
    if place.country and place.admin1:
        name = place.name if place.precision == "admin1" else place.admin1
        return Area(name=name, level="admin1", country=place.country, admin1=place.admin1)
    if place.country:
        return Area(name=place.name, level="country", country=place.country)
    return None
