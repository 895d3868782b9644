"""Turns what was weighed into records with a casebook's numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from reportedly.knowledge.actors import countries, registry
from reportedly.knowledge.relations import MUTUAL, RELATIONS
from reportedly.model.incident import Contradiction, CopiedPassage, Copy, Incident, Origin, Relation, Side
from reportedly.model.record import Participant, Place
from reportedly.weighing.contradictions import Contradiction as Found
from reportedly.weighing.copies import CopyEdge
from reportedly.weighing.origins import Independence
from reportedly.weighing.records import became
from reportedly.weighing.telling import AHEAD, FINEST, Telling, party_key
from reportedly.weighing.weigh import Weighed, WeighedIncident


def incidents_of(weighed: Iterable[WeighedIncident], numbers: Mapping[str, int]) -> list[Incident]:
    """Incidents as records. `numbers` gives each telling's claim number."""
    return [_incident(item, numbers) for item in weighed]


def copies_of(weighed: Weighed, numbers: Mapping[str, int]) -> list[Copy]:
    """Every copy. `numbers` gives each report's number by its key."""
    return [copy_record(numbers[edge.source], numbers[edge.copy], edge) for edge in weighed.copies]


def copy_record(source: int, copy: int, edge: CopyEdge) -> Copy:
    """What one report has of another, by their numbers."""
    passages = tuple(
        CopiedPassage(in_source=p.in_source, in_copy=p.in_copy, likeness=p.likeness) for p in edge.passages
    )
    return Copy(source=source, copy=copy, share=edge.share, extent=edge.extent, passages=passages)


def _incident(item: WeighedIncident, numbers: Mapping[str, int]) -> Incident:
    tellings = item.incident.tellings
    place = _place(tellings)
    start, end = _days(tellings)
    return Incident(
        key=item.incident.key,
        ahead=tellings[0].tense == AHEAD,
        types=tuple(kind for kind, _ in Counter(t.claim.event.type for t in tellings).most_common()),
        start=start,
        end=end,
        place=place.name if place is not None else None,
        admin1=place.admin1 if place is not None else None,
        country=place.country if place is not None else None,
        lat=place.lat if place is not None else None,
        lon=place.lon if place is not None else None,
        precision=place.precision if place is not None else None,
        actors=_most_named(tellings, "actors"),
        recipients=_most_named(tellings, "recipients"),
        relations=_relations(tellings),
        claims=tuple(sorted(numbers[t.key] for t in tellings)),
        reports=len({t.report.key for t in tellings}),
        low=item.independence.low,
        high=item.independence.high,
        origins=tuple(_origins(item, numbers)),
        contradictions=tuple(_contradiction(c, item.independence, numbers) for c in item.contradictions),
        grade=item.grade,
    )


def _origins(item: WeighedIncident, numbers: Mapping[str, int]) -> list[Origin]:
    denying = {t.key for t in item.incident.tellings if t.claim.status.polarity == "-"}
    return [
        Origin(
            key=o.key, label=o.label, kind=o.kind, claims=tuple(sorted(numbers[k] for k in o.tellings)), families=o.families,
            outlets=o.outlets, asserts=bool(set(o.tellings) - denying), interested=o.interested,
            became=became(o, item.independence, item.contradictions),
        )
        for o in item.independence.origins
    ]  # fmt: skip


def _contradiction(found: Found, independence: Independence, numbers: Mapping[str, int]) -> Contradiction:
    order = {origin.key: i for i, origin in enumerate(independence.origins)}
    one, other = (
        Side(
            value=side.value,
            origins=tuple(sorted(order[o] for o in side.origins)),
            claims=tuple(sorted(numbers[k] for k in side.tellings)),
        )
        for side in found.sides
    )
    return Contradiction(about=found.about, sides=(one, other))


def _place(tellings: Sequence[Telling]) -> Place | None:
    """The place that most name, a town before its province."""
    counted = Counter((p.name, p.precision) for t in tellings for p in t.places)
    if not counted:
        return None
    (name, precision), _ = min(counted.items(), key=lambda item: (FINEST.index(item[0][1]), -item[1], item[0]))
    return next(p for t in tellings for p in t.places if (p.name, p.precision) == (name, precision))


def _days(tellings: Sequence[Telling]) -> tuple[str | None, str | None]:
    """The days that the most exact tellings give."""
    told = [t.days for t in tellings if t.days is not None]
    if not told:
        return None, None
    shortest = min(end - start for start, end in told)
    exact = [(start, end) for start, end in told if end - start == shortest]
    return date.fromordinal(min(s for s, _ in exact)).isoformat(), date.fromordinal(
        max(e for _, e in exact)
    ).isoformat()


def _most_named(tellings: Sequence[Telling], role: str) -> tuple[str, ...]:
    counted = Counter(p.name for t in tellings for p in getattr(t.claim, role))
    return tuple(name for name, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:4])


def _relations(tellings: Sequence[Telling]) -> tuple[Relation, ...]:
    """Who does what to or with whom, of those whom the registry knows and of states: nobody who is only a name in a report is in it."""
    found = set()
    for telling in tellings:
        kind = RELATIONS.get(telling.claim.event.type)
        for one in map(_known, telling.claim.actors) if kind is not None else ():
            for other in map(_known, telling.claim.recipients):
                if kind is not None and one is not None and other is not None and one != other:
                    pair = sorted((one, other)) if kind in MUTUAL else (one, other)
                    found.add((kind, *pair))
    return tuple(Relation(kind=kind, one=one, other=other) for kind, one, other in sorted(found))


def _known(party: Participant) -> str | None:
    """The name of an actor of the registry; of a state and its arms, the country's."""
    key = party_key(party)
    country, actor = countries().get(key), registry().get(key)
    return country.name if country is not None else actor.name if actor is not None else None
