"""Who cites whom: a report that names another outlet as its source is no origin of its own for what it tells so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportedly.knowledge.outlets import outlet_key, outlet_of
from reportedly.model.record import Claim, Source
from reportedly.weighing.incidents import Incident
from reportedly.weighing.telling import Telling, WeighedReport

_POSSESSIVE: Final = frozenset({"its", "their", "his", "her"})
_MEDIA: Final = frozenset({"agency", "outlet", "social"})


@dataclass(frozen=True, slots=True)
class Citation:
    """A claim told by a report as another outlet's."""

    telling: str
    report: str
    family: str
    """Family of the outlet cited."""
    outlet: str
    """As the report names it."""
    cited: str | None = None
    """The very report cited, where it can be told."""


Families = Mapping[str, str]
"""Family by key of an outlet's name, for the outlets whose reports are weighed."""


def families_in(reports: Iterable[WeighedReport]) -> Families:
    """The outlets that some reports come from, so that one that cites another is told from one that cites a person."""
    found: dict[str, str] = {}
    for report in reports:
        if report.outlet:
            key = outlet_key(report.outlet)
            found[key] = min(report.family, found.get(key, report.family))
    return found


def citations_in(incidents: Iterable[Incident], known: Families) -> list[Citation]:
    """Every claim that some report attributes to another outlet, the outermost outlet cited first, with the very report where it can be told."""
    found = [
        Citation(telling.key, telling.report.key, family, name, _cited(telling, family, told))
        for incident in incidents
        for told in [_days_told(incident)]
        for telling in incident.tellings
        for name, family in media_named(telling.claim, known)
        if family != telling.report.family
    ]
    return sorted(found, key=lambda c: (c.report, c.telling, c.family))


def _days_told(incident: Incident) -> dict[str, list[tuple[str, str]]]:
    """By family: when its reports told of an incident, and which."""
    found: dict[str, list[tuple[str, str]]] = {}
    for telling in incident.tellings:
        found.setdefault(telling.report.family, []).append((telling.report.published or "", telling.report.key))
    return found


def _cited(telling: Telling, family: str, told: Mapping[str, Sequence[tuple[str, str]]]) -> str | None:
    """The cited outlet's latest report on the same incident that is not younger than the report that cites it."""
    own = telling.report
    older = [(day, key) for day, key in told.get(family, ()) if key != own.key and day <= (own.published or "9999")]
    return max(older)[1] if older else None


def media_named(claim: Claim, known: Families) -> list[tuple[str, str]]:
    """Outlets that a claim's chain goes through below the report's own, by name and family."""
    found: list[tuple[str, str]] = []
    for link in claim.attribution[1:]:
        name = said_as(link.source)
        if name is None or is_somebody_s(name):
            continue
        outlet = outlet_of(name)
        if outlet is not None:
            found.append((name, outlet.family))
        elif outlet_key(name) in known:
            found.append((name, known[outlet_key(name)]))
        elif link.source.type in _MEDIA and not link.source.anonymous:
            found.append((name, f"outlet:{outlet_key(name)}"))
    return found


def is_somebody_s(name: str) -> bool:
    """Whether a source is told as belonging to another one: "its spokesman", "their media centre"."""
    first, _, rest = name.partition(" ")
    return bool(rest) and first.lower() in _POSSESSIVE


def said_as(source: Source) -> str | None:
    """What a source is called: its name, else the words for it."""
    return source.name or (source.mention.text if source.mention is not None else None)


def names_cited(claim: Claim) -> set[str]:
    """Keys of the names in a claim's chain that mean an outlet only where one of that name is known."""
    names = (said_as(link.source) for link in claim.attribution[1:])
    return {outlet_key(name) for name in names if name is not None and outlet_of(name) is None}
