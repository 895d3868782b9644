"""Weighs again what a change touches, and nothing else: what comes out is what weighing all of it would give.

Copies are looked for among the passages that share a band with those that are new; claims are compared within their blocks, and grouped
again within the components that they hang together with. Everything else stands as it was, because nothing that changed can reach it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from reportedly.model.incident import Copy
from reportedly.weighing.citations import citations_in, families_in, names_cited
from reportedly.weighing.copies import CopyEdge, Reused
from reportedly.weighing.incidents import (
    CROWDED,
    Incident,
    copied_sentences,
    grouped,
    incident_of,
    pair_of,
    pairs_among,
)
from reportedly.weighing.memory import Kept, Loaded, Memory, decisions_among, weighed_report
from reportedly.weighing.remembered import block_keys, cited_key, cited_keys, component_rows, marked_keys, outlet_row
from reportedly.weighing.renewed_copies import renewed_copies
from reportedly.weighing.weigh import Judged, judge


@dataclass(frozen=True, slots=True)
class Renewed:
    """What has come of a change: incidents that are new or other than before, in the place of those that are gone."""

    judged: list[Judged]
    gone: dict[int, frozenset[int]]
    """Numbers of the incidents that no longer are as they were, with their claims."""
    copies: dict[int, list[Copy]]
    """What each report has of earlier ones, where that is other than before."""
    claim_numbers: dict[str, int]
    """By the keys of tellings."""
    report_numbers: dict[str, int]


def renew(memory: Memory, changed: Collection[int], regrouped: Collection[int]) -> Renewed:
    """Weigh reports that are new, or whose text or claims are other than before, and claims on which people decided anew.

    What is kept of the last weighing is brought up to date on the way, but for incidents: those are returned.
    """
    known = Loaded(memory)
    known.load(changed)
    former = {kept.number: kept for kept in memory.former(changed)}
    copies, recopied = renewed_copies(memory, known, changed, former)
    renamed = _renewed_outlets(memory, known, changed, former)
    before = set(memory.weighed_claims_of(changed))
    touched = {claim for claim in {*regrouped, *recopied} if claim not in before}
    old_components = memory.components_of(before | touched)
    anew = _renewed_keys(memory, known, changed, before) | touched
    known.load_claims(anew)
    anew &= known.tellings.keys()
    members = anew | memory.members_of(old_components | memory.components_of(anew | _linked(memory, known, anew)))
    pairs = list(memory.groupings())
    members = _with_joined(memory, members, before, pairs)
    known.load_claims(members)
    tellings = known.told(members)
    copied = _copied(memory, known, members)
    sizes = memory.sizes({key for telling in tellings for key in block_keys(telling)})
    crowded = {key for key, size in sizes.items() if size > CROWDED}
    decisions = decisions_among(pairs, {n: known.tellings[n] for n in members if n in known.tellings})
    found = grouped(tellings, pairs_among(tellings, copied, crowded), copied, decisions)
    memory.put_components(component_rows(found.components, known.claim_numbers))
    incidents, gone = _changed(memory, known, found.incidents, members | before, anew, renamed)
    named = {name for i in incidents for t in i.tellings for name in names_cited(t.claim)}
    families = memory.families_of(named)
    within = {known.claim_numbers[t.key] for i in incidents for t in i.tellings}
    judged = judge(incidents, _copied(memory, known, within), citations_in(incidents, families), families)
    return Renewed(judged, gone, copies, known.claim_numbers, known.report_numbers)


def _changed(
    memory: Memory,
    known: Loaded,
    found: Iterable[Incident],
    members: Collection[int],
    anew: set[int],
    renamed: set[int],
) -> tuple[list[Incident], dict[int, frozenset[int]]]:
    """The incidents that are not as they were, and those that are no more."""
    before = memory.incidents_of({*members, *renamed})
    numbers = {claims: number for number, claims in before.items()}
    changed: list[Incident] = []
    gone = dict(before)
    seen: set[frozenset[int]] = set()
    for incident in found:
        claims = frozenset(known.claim_numbers[t.key] for t in incident.tellings)
        seen.add(claims)
        if claims in numbers and not claims & anew and not claims & renamed:
            gone.pop(numbers[claims])
        else:
            changed.append(incident)
    for claims in numbers:
        if claims not in seen and claims.isdisjoint(members):  # grouped as before, but what it cites is only known now
            known.load_claims(claims)
            changed.append(incident_of(known.told(claims)))
    return changed, gone


def _renewed_outlets(memory: Memory, known: Loaded, changed: Collection[int], former: Mapping[int, Kept]) -> set[int]:
    """Keep the outlets of reports; the claims that cite an outlet which is only known now, or is another family's."""
    rows = [outlet_row(n, known.reports[n]) for n in changed]
    old = families_in(weighed_report(kept) for kept in former.values())
    outlets = {outlet for _, _, outlet, _ in rows if outlet is not None} | old.keys()
    before = memory.families_of(outlets)
    memory.keep_reports(rows)
    now = memory.families_of(outlets)
    renamed = {cited_key(outlet) for outlet in outlets if before.get(outlet) != now.get(outlet)}
    return {claim for claims in memory.claims_under(renamed).values() for claim in claims}


def _renewed_keys(memory: Memory, known: Loaded, changed: Collection[int], before: set[int]) -> set[int]:
    """Keep the claims of reports under their keys; these, and the members of blocks that are crowded only now or no longer."""
    claims = {claim: number for number in changed for claim in known.claims[number]}
    keys = {claim: block_keys(known.tellings[claim]) for claim in claims}
    touched = memory.keys_of(before) | {key for found in keys.values() for key in found}
    was = memory.sizes(touched)
    memory.drop_claims(before)
    rows = {(key, claim) for claim, found in keys.items() for key in (*found, *cited_keys(known.tellings[claim]))}
    memory.put_claims([(claim, report, claim) for claim, report in claims.items()], rows)
    now = memory.sizes(touched)
    crossed = {key for key in touched if (was.get(key, 0) > CROWDED) != (now.get(key, 0) > CROWDED)}
    others = {claim for members in memory.claims_under(crossed).values() for claim in members}
    known.load_claims(others)
    marked = {
        (key, claim)
        for claim in {*claims, *others}
        if claim in known.tellings
        for key in marked_keys(
            known.tellings[claim],
            [b for b in (keys.get(claim) or block_keys(known.tellings[claim])) if now.get(b, 0) > CROWDED],
        )
    }
    memory.put_claims((), marked)
    return {*claims, *others}


def _linked(memory: Memory, known: Loaded, anew: Collection[int]) -> set[int]:
    """The claims that may be of one happening with some."""
    blocks = {claim: block_keys(known.tellings[claim]) for claim in anew}
    sizes = memory.sizes({key for found in blocks.values() for key in found})
    looked: dict[int, list[int]] = {}
    for claim, found in blocks.items():
        crowded = [key for key in found if sizes.get(key, 0) > CROWDED]
        looked[claim] = [*(k for k in found if k not in crowded), *marked_keys(known.tellings[claim], crowded)]
    under = memory.claims_under({key for keys in looked.values() for key in keys})
    reports = {known.report_numbers[known.tellings[claim].report.key] for claim in anew}
    edges = memory.copies_touching(reports)
    known.load({n for edge in edges for n in (edge.source, edge.copy_)})
    known.load_claims({claim for claims in under.values() for claim in claims})
    near = {n for edge in edges for report in (edge.source, edge.copy_) for n in known.claims[report]} | set(anew)
    copied = _copied(memory, known, near)
    partners: dict[int, set[int]] = defaultdict(set)
    for pair in copied:
        one, other = (known.claim_numbers[key] for key in pair)
        partners[one].add(other)
        partners[other].add(one)
    linked: set[int] = set()
    for claim in anew:
        here = known.tellings[claim]
        candidates = {c for key in looked[claim] for c in under.get(key, ())} | partners[claim]
        for other in candidates - linked - {claim}:
            if other in known.tellings and pair_of(here, known.tellings[other], copied) is not None:
                linked.add(other)
    return linked


def _with_joined(
    memory: Memory, members: set[int], gone: Collection[int], pairs: Iterable[tuple[int, int, bool]]
) -> set[int]:
    """With the components of the claims that people say, or said, are one happening with some of these or of those that are gone."""
    together = [(one, other) for one, other, are_one in pairs if are_one]
    while True:
        missing = {b for pair in together for a, b in (pair, pair[::-1]) if a in members and b not in members}
        missing |= {claim for claims in memory.incidents_of({*members, *gone}).values() for claim in claims} - members
        more = memory.members_of(memory.components_of(missing)) - members if missing else set()
        if not more:
            return members
        members = members | more


def _copied(memory: Memory, known: Loaded, claims: Collection[int]) -> set[frozenset[str]]:
    """Pairs of claims whose sentences are one passage that was copied."""
    tellings = known.told(claims)
    reports = {known.report_numbers[t.report.key] for t in tellings}
    edges = [
        CopyEdge(
            known.reports[c.source].key,
            known.reports[c.copy_].key,
            c.share,
            c.extent,
            tuple(Reused(p.in_source, p.in_copy, p.likeness) for p in c.passages),
        )
        for c in memory.copies_touching(reports)
        if c.source in reports and c.copy_ in reports
    ]
    return copied_sentences(tellings, edges)
