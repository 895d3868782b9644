"""Who cites whom: a report that names another outlet as its source is no origin of its own for what it tells so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from reportedly.knowledge.outlets import outlet_key, outlet_of
from reportedly.model.record import Claim, Source
from reportedly.weighing.telling import WeighedReport

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
    return {outlet_key(r.outlet): r.family for r in sorted(reports, key=lambda r: r.key) if r.outlet}


def citations_in(reports: Sequence[WeighedReport]) -> list[Citation]:
    """Every claim that some report attributes to another outlet, the outermost outlet cited first."""
    known = families_in(reports)
    found = [
        Citation(telling.key, report.key, family, name)
        for report in reports
        for telling in report.tellings
        for name, family in media_named(telling.claim, known)
        if family != report.family
    ]
    return sorted(found, key=lambda c: (c.report, c.telling, c.family))


def media_named(claim: Claim, known: Families) -> list[tuple[str, str]]:
    """Outlets that a claim's chain goes through below the report's own, by name and family."""
    found: list[tuple[str, str]] = []
    for link in claim.attribution[1:]:
        name = said_as(link.source)
        if name is None:
            continue
        outlet = outlet_of(name)
        if outlet is not None:
            found.append((name, outlet.family))
        elif outlet_key(name) in known:
            found.append((name, known[outlet_key(name)]))
        elif link.source.type in _MEDIA and not link.source.anonymous:
            found.append((name, f"outlet:{outlet_key(name)}"))
    return found


def said_as(source: Source) -> str | None:
    """What a source is called: its name, else the words for it."""
    return source.name or (source.mention.text if source.mention is not None else None)


def resolved(
    citations: Iterable[Citation], incident_of: dict[str, str], reports: Iterable[WeighedReport]
) -> list[Citation]:
    """Citations with the very report that they mean: the cited outlet's latest on the same incident that is not younger than the report."""
    by_key = {report.key: report for report in reports}
    telling_days: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for report in by_key.values():
        for telling in report.tellings:
            incident = incident_of.get(telling.key)
            if incident is not None:
                telling_days.setdefault((incident, report.family), []).append((report.published or "", report.key))
    found = []
    for citation in citations:
        incident = incident_of.get(citation.telling)
        own = by_key[citation.report]
        older = [
            (day, key)
            for day, key in telling_days.get((incident or "", citation.family), [])
            if key != own.key and day <= (own.published or "9999")
        ]
        cited = max(older)[1] if older else None
        found.append(Citation(citation.telling, citation.report, citation.family, citation.outlet, cited))
    return found
