"""Weighs a set of reports: copies, citations, incidents, and for each incident its origins and what they disagree on."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from reportedly._version import __version__
from reportedly.knowledge.outlets import Outlet
from reportedly.model.incident import Grade, Reliability, SourceRecord
from reportedly.weighing.citations import Citation, Families, citations_in, families_in
from reportedly.weighing.contradictions import Contradiction, contradictions
from reportedly.weighing.copies import CopyEdge, Text, copies_among
from reportedly.weighing.grades import grade
from reportedly.weighing.incidents import NO_DECISIONS, Decisions, Incident, copied_sentences, grouped, pairs_among
from reportedly.weighing.origins import Independence, independence
from reportedly.weighing.records import records as records_of
from reportedly.weighing.telling import AHEAD, WeighedReport

FORM: Final = 5
"""Raised where the same reports would be weighed otherwise."""
_TABLES: Final = (
    "outlets.tsv",
    "incident_weights.tsv",
    "common_words.tsv",
    "credibility.tsv",
    "warning_rules.tsv",
    "warning_terms.tsv",
    "estimative_words.tsv",
)
Progress = Callable[[str, int, int], None]


def version_of(own: tuple[Outlet, ...] = ()) -> str:
    """By what claims are weighed: the program, and the tables that an expert may have changed, a user's own outlets among them."""
    digest = hashlib.sha256(repr(own).encode())
    for name in _TABLES:
        digest.update(files("reportedly.knowledge").joinpath("data", name).read_bytes())
    return f"{__version__}+weighing.{FORM}.{digest.hexdigest()[:8]}"


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class WeighedIncident:
    """An incident with its origins and what they disagree on."""

    incident: Incident
    independence: Independence
    contradictions: tuple[Contradiction, ...]
    grade: Grade


@dataclass(frozen=True, slots=True)
class Weighed:
    """Everything derived from a set of reports."""

    copies: tuple[CopyEdge, ...]
    citations: tuple[Citation, ...]
    incidents: tuple[WeighedIncident, ...]
    records: dict[str, SourceRecord]
    """Of each origin, by its key."""
    components: tuple[tuple[str, ...], ...]
    """Claims that hang together by pairs that may be one happening: nothing outside can change how those within are grouped."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An incident with all but its grade, which asks for the records of its sources."""

    incident: Incident
    independence: Independence
    contradictions: tuple[Contradiction, ...]


def weigh(
    reports: Sequence[WeighedReport], decisions: Decisions = NO_DECISIONS, progress: Progress = no_progress
) -> Weighed:
    """Weigh reports against one another. The same reports and decisions give the same result, in whatever order they come."""
    ordered = sorted(reports, key=lambda r: r.key)
    tellings = [t for report in ordered for t in report.tellings]
    progress("Copies", 0, len(ordered))
    copies = copies_among(Text(r.key, r.text, r.family, r.published) for r in ordered)
    progress("Copies", len(ordered), len(ordered))
    copied = copied_sentences(tellings, copies)
    progress("Incidents", 0, len(tellings))
    found = grouped(tellings, pairs_among(tellings, copied), copied, decisions)
    progress("Incidents", len(tellings), len(tellings))
    known = families_in(ordered)
    citations = citations_in(found.incidents, known)
    judged = judge(found.incidents, copied, citations, known)
    records = records_of((j.incident.tellings[0].tense == AHEAD, j.independence, j.contradictions) for j in judged)
    weighed = tuple(graded(j, records, decisions.reliabilities) for j in judged)
    return Weighed(tuple(copies), tuple(citations), weighed, records, tuple(map(tuple, found.components)))


def judge(
    incidents: Sequence[Incident], copied: set[frozenset[str]], citations: Sequence[Citation], known: Families
) -> list[Judged]:
    """The origins of each incident, and what they disagree on. `known`: the outlets of all reports that are weighed."""
    incident_of = {t.key: i.key for i in incidents for t in i.tellings}
    pairs, cited = _copied_within(copied, incident_of), _cited_within(citations, incidents, incident_of)
    judged = []
    for incident in incidents:
        found = independence(incident.tellings, pairs[incident.key], cited[incident.key], known)
        judged.append(Judged(incident, found, tuple(contradictions(incident.tellings, found))))
    return judged


def graded(
    judged: Judged, records: Mapping[str, SourceRecord], reliabilities: Mapping[str, Reliability]
) -> WeighedIncident:
    """An incident with its grade. `reliabilities`: what people say of sources, by their keys."""
    incident, found, disputes = judged.incident, judged.independence, judged.contradictions
    return WeighedIncident(incident, found, disputes, grade(incident.tellings, found, disputes, records, reliabilities))


def _copied_within(copied: set[frozenset[str]], incident_of: Mapping[str, str]) -> dict[str, list[frozenset[str]]]:
    """The copied pairs of claims by the incident that both tell of, in a fixed order."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for one, other in sorted(sorted(pair) for pair in copied):
        where = incident_of.get(one)
        if where is not None and where == incident_of.get(other):
            found[where].append(frozenset((one, other)))
    return found


def _cited_within(
    citations: Sequence[Citation], incidents: Sequence[Incident], incident_of: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """By incident: for each claim that cites a report with a claim of the same incident, that claim."""
    first: dict[tuple[str, str], str] = {}
    for incident in incidents:
        for telling in sorted(incident.tellings, key=lambda t: t.key):
            first.setdefault((incident.key, telling.report.key), telling.key)
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for citation in citations:
        incident_key = incident_of[citation.telling]
        claim = first.get((incident_key, citation.cited or ""))
        if claim is not None:
            found[incident_key][citation.telling] = claim
    return found
