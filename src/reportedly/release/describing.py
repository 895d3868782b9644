"""An incident and its claims as an event and claims to be released, whole: nothing is coarsened yet."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from reportedly.model.incident import Incident
from reportedly.model.record import Claim, Participant, Place, Range
from reportedly.model.release import TOLLS, Count, KeptClaim, Party, ReleasedClaim, ReleasedEvent, ReleasedPlace

MOST_PARTIES: Final = 4


def event_of(uid: str, incident: Incident, grade: str, claims: Sequence[KeptClaim]) -> ReleasedEvent:
    """An incident as an event: what it is told as most, by whom, and how many people each origin tells of."""
    told = [kept.claim for kept in claims]
    kind = incident.types[0]
    modes = Counter(c.event.mode for c in told if c.event.type == kind and c.event.mode)
    tolls = {name: _count(name, incident, claims) for name in TOLLS}
    return ReleasedEvent(
        id=uid, telling=incident.telling, type=kind, mode=min(modes, key=lambda m: (-modes[m], m)) if modes else None,
        start=incident.start, end=incident.end, place=_place_of(incident, told),
        actors=_parties(p for c in told for p in c.actors), recipients=_parties(p for c in told for p in c.recipients),
        targets=tuple(dict.fromkeys(t.text for c in told for t in c.targets))[:8],
        outlets=tuple(sorted({kept.outlet for kept in claims if kept.outlet})), source_scale=None,
        source_types=tuple(sorted({c.attribution[-1].source.type for c in told})),
        reports=incident.reports, origins_low=incident.low, origins_high=incident.high, grade=grade,
        disputed=tuple(sorted({c.about for c in incident.contradictions})), claims=incident.claims,
        reviewed=any(kept.state in ("accepted", "edited") for kept in claims), **tolls,
    )  # fmt: skip


def _place_of(incident: Incident, told: Sequence[Claim]) -> ReleasedPlace:
    same = next(
        (p for c in told for p in c.places if (p.name, p.precision) == (incident.place, incident.precision)), None
    )
    return ReleasedPlace(
        name=incident.place, admin2=incident.place if incident.precision == "admin2" else None, admin1=incident.admin1, country=incident.country,
        pcode=same.pcode if same else None, geonames=same.geonames if same else None, lat=incident.lat, lon=incident.lon,
        precision=incident.precision,
    )  # fmt: skip


def _parties(participants: Iterable[Participant]) -> tuple[Party, ...]:
    counted: Counter[str] = Counter()
    first: dict[str, Participant] = {}
    for participant in participants:
        key = participant.actor or participant.name
        counted[key] += 1
        first.setdefault(key, participant)
    keys = sorted(counted, key=lambda k: (-counted[k], k))[:MOST_PARTIES]
    return tuple(party_of(first[key]) for key in keys)


def party_of(participant: Participant) -> Party:
    """A participant without the words of the report."""
    return Party(name=participant.name, actor=participant.actor, sector=participant.sector, country=participant.country)


def _count(name: str, incident: Incident, claims: Sequence[KeptClaim]) -> Count | None:
    """The least and the most that is told at all; the best by origins, so that copies and repetitions of a number are one telling of it."""
    ranges = {
        kept.number: toll for kept in claims
        if kept.claim.status.kind == "occurred" and kept.claim.status.polarity == "+" and (toll := getattr(kept.claim.toll, name)) is not None
    }  # fmt: skip
    told = [
        max((ranges[c] for c in origin.claims if c in ranges), key=_least, default=None) for origin in incident.origins
    ]
    known = [value for value in told if value is not None]
    if not known:
        return None
    middles = Counter(_middle(value) for value in known)
    tops = [value.high for value in ranges.values()]
    low = min(map(_least, ranges.values()))
    best = max(low, min(middles, key=lambda m: (-middles[m], m)))
    high = None if any(top is None for top in tops) else max(best, *(top for top in tops if top is not None))
    return Count(low=low, best=best, high=high)


def _least(value: Range) -> int:
    return value.low or 0


def _middle(value: Range) -> int:
    return value.low if value.low is not None else value.high or 0


def claim_of(kept: KeptClaim, event: str | None, paraphrase: str | None = None) -> ReleasedClaim:
    """A claim with everything that is known of it."""
    claim = kept.claim
    source = claim.attribution[-1].source
    ranges = {
        f"{name}_{end}": getattr(getattr(claim.toll, name), end, None) for name in TOLLS for end in ("low", "high")
    }
    return ReleasedClaim(
        number=kept.number, event=event, type=claim.event.type, mode=claim.event.mode, kind=claim.status.kind, polarity=claim.status.polarity,
        certainty=claim.status.certainty, actors=tuple(map(party_of, claim.actors)), recipients=tuple(map(party_of, claim.recipients)),
        place=_claimed_place(claim.places[0]) if claim.places else ReleasedPlace(),
        start=claim.time.start if claim.time else None, end=claim.time.end if claim.time else None,
        source=source.name or (source.mention.text if source.mention else None), source_type=source.type, anonymous=source.anonymous,
        chain=tuple(link.source.type for link in claim.attribution), outlet=kept.outlet, published=kept.published, report=kept.report,
        state=kept.state, confidence=claim.confidence, paraphrase=paraphrase, title=kept.title, url=kept.url, record=claim, **ranges,
    )  # fmt: skip


def _claimed_place(place: Place) -> ReleasedPlace:
    return ReleasedPlace(
        name=place.name, admin2=place.name if place.precision == "admin2" else None, admin1=place.admin1, country=place.country, pcode=place.pcode,
        geonames=place.geonames, lat=place.lat, lon=place.lon, precision=place.precision,
    )  # fmt: skip
