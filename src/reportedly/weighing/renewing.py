"""Weighs again what a change touches, and nothing else: what comes out is what weighing all of it would give.

Copies are looked for among the passages that share a band with those that are new; claims are compared within their blocks, and grouped
again within the components that they hang together with. Everything else stands as it was, because nothing that changed can reach it.
"""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

import numpy as np

from reportedly.knowledge.outlets import outlet_key
from reportedly.model.incident import Copy
from reportedly.model.record import Claim
from reportedly.weighing.citations import citations_in, families_in, names_cited
from reportedly.weighing.copies import (
    COMMON,
    CROWDED,
    FURNITURE_DAYS,
    Alike,
    CopyEdge,
    Placed,
    Reused,
    Text,
    copy_edge,
    first_holder,
    worth_comparing,
)
from reportedly.weighing.incidents import CROWDED as CROWDED_BLOCK
from reportedly.weighing.incidents import (
    Decisions,
    Incident,
    block_key,
    blocks_of,
    copied_sentences,
    grouped,
    incident_of,
    mark_key,
    marks_of,
    pair_of,
    pairs_among,
)
from reportedly.weighing.keys import day_of, first_of_day, key_of
from reportedly.weighing.passages import BANDS, band_keys, passage_at, passages_of
from reportedly.weighing.telling import Telling, WeighedReport
from reportedly.weighing.weigh import Judged, Weighed, judge

Posting = tuple[int, int, int]
"""Where a passage stands: its report's order number, the report's number, and the character at which it begins."""
_ROWS_AT_ONCE: Final = 100_000


class Kept(Protocol):
    """A report in one version, with its claims that count, by their numbers and as decided."""

    @property
    def number(self) -> int: ...
    @property
    def digest(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def published(self) -> str | None: ...
    @property
    def claims(self) -> tuple[tuple[int, Claim], ...]: ...


class Memory(Protocol):
    """What is kept of the last weighing, and the reports as they are now. Reports and claims by their numbers."""

    def present(self, reports: Collection[int]) -> Iterable[Kept]:
        """Reports as they are now."""

    def texts(self, reports: Collection[int]) -> Iterable[Kept]:
        """Reports as they are now, without claims."""

    def former(self, reports: Collection[int]) -> Iterable[Kept]:
        """Those that were weighed before, in the version that was, without claims."""

    def families_of(self, outlets: Collection[str]) -> dict[str, str]:
        """The family of each outlet that some weighed report comes from, by the outlet's key."""

    def keep_reports(self, rows: Sequence[tuple[int, str, str | None, str]]) -> None:
        """Number, digest, outlet's key and family of reports, in the place of what was kept of them."""

    def earliest(self, key: int, most: int) -> list[Posting]:
        """The first passages under a key, in order."""

    def since(self, key: int, order: int, most: int | None = None) -> list[Posting]:
        """The passages under a key from an order number on, in order."""

    def put_passages(self, rows: Collection[tuple[int, Posting]]) -> None:
        """Keep passages under their keys."""

    def drop_passages(self, rows: Collection[tuple[int, Posting]]) -> None:
        """Keep them no longer."""

    def copies_touching(self, reports: Collection[int]) -> list[Copy]:
        """The copies that have one of some reports on either side."""

    def put_copies(self, copies: Mapping[int, Sequence[Copy]]) -> None:
        """Keep these in the place of what each report copied before."""

    def weighed_claims_of(self, reports: Collection[int]) -> list[int]:
        """The claims of some reports that were weighed before."""

    def keys_of(self, claims: Collection[int]) -> set[int]:
        """The keys under which some claims are kept."""

    def claims_under(self, keys: Collection[int]) -> dict[int, list[int]]:
        """The claims kept under each key."""

    def sizes(self, keys: Collection[int]) -> dict[int, int]:
        """How many claims are kept under each key."""

    def put_claims(self, claims: Mapping[int, int], keys: Collection[tuple[int, int]]) -> None:
        """Keep claims with their reports, and under their keys; what is kept already stays."""

    def drop_claims(self, claims: Collection[int]) -> None:
        """Keep them no longer."""

    def reports_of(self, claims: Collection[int]) -> dict[int, int]:
        """The report of each claim that is kept."""

    def components_of(self, claims: Collection[int]) -> set[int]:
        """The components that some claims are in."""

    def members_of(self, components: Collection[int]) -> set[int]:
        """All claims of some components."""

    def put_components(self, components: Mapping[int, int]) -> None:
        """Keep the component of each claim."""

    def groupings(self) -> Iterable[tuple[int, int, bool]]:
        """Two claims, and whether people say that they are one happening."""

    def incidents_of(self, claims: Collection[int]) -> dict[int, frozenset[int]]:
        """The incidents that some claims were in, with all their claims."""


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


@dataclass
class _Loaded:
    """Reports as they are now, each read once, and their claims by number."""

    memory: Memory
    reports: dict[int, WeighedReport] = field(default_factory=dict)
    tellings: dict[int, Telling] = field(default_factory=dict)
    claims: dict[int, list[int]] = field(default_factory=dict)
    """By report."""
    claim_numbers: dict[str, int] = field(default_factory=dict)
    report_numbers: dict[str, int] = field(default_factory=dict)
    texts: dict[int, Text] = field(default_factory=dict)
    passages: dict[Posting, Placed] = field(default_factory=dict)

    def load(self, reports: Iterable[int]) -> None:
        wanted = {report for report in reports if report not in self.reports}
        for kept in self.memory.present(sorted(wanted)) if wanted else ():
            report = weighed_report(kept)
            number_of = {claim.id: number for number, claim in kept.claims}
            self.reports[kept.number] = report
            self.report_numbers[report.key] = kept.number
            self.claims[kept.number] = []
            for telling in report.tellings:
                number = number_of[telling.claim.id]
                self.tellings[number] = telling
                self.claim_numbers[telling.key] = number
                self.claims[kept.number].append(number)

    def load_claims(self, claims: Iterable[int]) -> None:
        wanted = [claim for claim in claims if claim not in self.tellings]
        if wanted:
            self.load(self.memory.reports_of(wanted).values())

    def told(self, claims: Iterable[int]) -> list[Telling]:
        """Their tellings in the order of their keys; without those that no longer count."""
        found = (self.tellings[claim] for claim in set(claims) if claim in self.tellings)
        return sorted(found, key=lambda t: t.key)

    def load_texts(self, reports: Iterable[int]) -> None:
        """Reports as copying is judged by, without their claims."""
        wanted = {report for report in reports if report not in self.texts}
        here = {report for report in wanted if report in self.reports}
        self.texts.update((number, text_of(self.reports[number])) for number in here)
        for kept in self.memory.texts(sorted(wanted - here)) if wanted - here else ():
            report = weighed_report(kept)
            self.texts[kept.number] = text_of(report)
            self.report_numbers[report.key] = kept.number

    def text(self, report: int) -> Text:
        if report not in self.texts:
            self.load_texts([report])
        return self.texts[report]

    def placed(self, posting: Posting) -> Placed:
        if posting not in self.passages:
            _, report, start = posting
            text = self.text(report)
            self.passages[posting] = Placed(text, passage_at(text.text, start))
        return self.passages[posting]


def weighed_report(kept: Kept) -> WeighedReport:
    """A kept report as it is weighed; its key holds its number, so that the same text taken in twice is two reports."""
    claims = tuple(claim for _, claim in kept.claims)
    return WeighedReport(f"{kept.digest}:{kept.number}", kept.text, kept.outlet, kept.url, kept.published, claims)


def text_of(report: WeighedReport) -> Text:
    """A report as copying is judged by."""
    return Text(report.key, report.text, report.family, report.published)


# ── what is kept of a weighing of everything


def passage_rows(texts: Mapping[int, Text]) -> Iterator[list[int]]:
    """Every passage of some reports under its keys, in order: key, order number, report, first character. What is furniture among them has no
    bands. Held as numbers alone: of a million passages there are seventeen million rows."""
    said, bands, where = array("q"), array("q"), array("q")
    for number, text in texts.items():
        for passage in passages_of(text.text):
            said.append(Placed(text, passage).repeated_as)
            bands.extend(band_keys(passage))
            where.extend((text.order, number, passage.start))
    repeated, places = np.asarray(said), np.asarray(where).reshape(-1, 3)
    by_band = np.asarray(bands).reshape(-1, BANDS)
    days = np.unique(np.column_stack([repeated, day_of(places[:, 0])]), axis=0)
    keys, times = np.unique(days[:, 0], return_counts=True)
    kept = ~np.isin(repeated, keys[times >= FURNITURE_DAYS])
    rows = np.column_stack(
        [
            np.concatenate([repeated, by_band[kept].ravel()]),
            np.concatenate([places, np.repeat(places[kept], BANDS, axis=0)]),
        ]
    )
    order = np.lexsort(rows.T[::-1])
    for some in range(0, len(order), _ROWS_AT_ONCE):
        yield from rows[order[some : some + _ROWS_AT_ONCE]].tolist()


def claim_rows(tellings: Mapping[int, Telling]) -> Iterable[tuple[int, int]]:
    """All the claims that are weighed, each under its keys."""
    sizes: dict[int, int] = defaultdict(int)
    for telling in tellings.values():
        for key in _block_keys(telling):
            sizes[key] += 1
    for number, telling in tellings.items():
        blocks = _block_keys(telling)
        for key in {
            *blocks,
            *_cited_keys(telling),
            *_marked_keys(telling, [b for b in blocks if sizes[b] > CROWDED_BLOCK]),
        }:
            yield key, number


def component_rows(weighed: Weighed, claim_numbers: Mapping[str, int]) -> dict[int, int]:
    """The component of each claim."""
    found: dict[int, int] = {}
    for component in weighed.components:
        numbers = [claim_numbers[key] for key in component]
        found.update(dict.fromkeys(numbers, min(numbers)))
    return found


def outlet_row(number: int, report: WeighedReport) -> tuple[int, str, str | None, str]:
    """A report as it is kept: number, digest, outlet's key, family."""
    return number, report.key.rpartition(":")[0], outlet_key(report.outlet) if report.outlet else None, report.family


def _block_keys(telling: Telling) -> list[int]:
    return [block_key(block) for block in blocks_of(telling)]


def _cited_keys(telling: Telling) -> list[int]:
    return [_cited_key(name) for name in names_cited(telling.claim)]


def _cited_key(outlet: str) -> int:
    return key_of("cites", outlet)


def _marked_keys(telling: Telling, crowded: Iterable[int]) -> list[int]:
    blocks = list(crowded)
    return [mark_key(block, mark) for mark in marks_of(telling) for block in blocks] if blocks else []


# ── what has changed


def renew(memory: Memory, changed: Collection[int], regrouped: Collection[int]) -> Renewed:
    """Weigh reports that are new, or whose text or claims are other than before, and claims on which people decided anew.

    What is kept of the last weighing is brought up to date on the way, but for incidents: those are returned.
    """
    known = _Loaded(memory)
    known.load(changed)
    former = {kept.number: kept for kept in memory.former(changed)}
    copies, recopied = _renewed_copies(memory, known, changed, former)
    renamed = _renewed_outlets(memory, known, changed, former)
    before = set(memory.weighed_claims_of(changed))
    touched = {claim for claim in {*regrouped, *recopied} if claim not in before}
    old_components = memory.components_of(before | touched)
    anew = _renewed_keys(memory, known, changed, before) | touched
    known.load_claims(anew)
    anew &= known.tellings.keys()
    members = anew | memory.members_of(old_components | memory.components_of(anew | _linked(memory, known, anew)))
    members = _with_joined(memory, members, before)
    known.load_claims(members)
    copied = _copied(memory, known, members)
    crowded = {
        key
        for key, size in memory.sizes({k for t in known.told(members) for k in _block_keys(t)}).items()
        if size > CROWDED_BLOCK
    }
    tellings = known.told(members)
    decisions = _decisions(memory, known, members)
    found = grouped(tellings, pairs_among(tellings, copied, crowded), copied, decisions)
    memory.put_components(
        {
            n: min(numbers)
            for component in found.components
            for numbers in [[known.claim_numbers[key] for key in component]]
            for n in numbers
        }
    )
    incidents, gone = _changed(memory, known, found.incidents, members | before, anew, renamed)
    named = {name for i in incidents for t in i.tellings for name in names_cited(t.claim)}
    families = memory.families_of(named)
    within = {known.claim_numbers[t.key] for i in incidents for t in i.tellings}
    judged = judge(incidents, _copied(memory, known, within), citations_in(incidents, families), families)
    return Renewed(judged, gone, copies, known.claim_numbers, known.report_numbers)


def _changed(
    memory: Memory,
    known: _Loaded,
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
    for claims, number in numbers.items():
        if claims in seen or claims & set(members):
            continue
        if claims & renamed:  # grouped as before, but what it cites is known now
            known.load_claims(claims)
            changed.append(incident_of(known.told(claims)))
        else:
            gone.pop(number)
    return changed, gone


# ── copies


def _renewed_copies(
    memory: Memory, known: _Loaded, changed: Collection[int], former: Mapping[int, Kept]
) -> tuple[dict[int, list[Copy]], set[int]]:
    """What reports copied, where that is other than before; and their claims in passages of which that is so."""
    numbers = [n for n in changed if n not in former or former[n].digest != known.reports[n].key.rpartition(":")[0]]
    come = {n: known.text(n) for n in numbers}
    gone = {n: text_of(weighed_report(former[n])) for n in numbers if n in former}
    if not come:
        return {}, set()
    moved, evaluate = _moved_passages(memory, known, come, gone)
    evaluate |= _affected(memory, known, moved)
    verdicts: dict[int, dict[tuple[int, int], tuple[int, Reused] | None]] = defaultdict(dict)
    for placed, posting in moved:
        if placed.text.key == known.text(posting[1]).key:
            verdicts[posting[1]][_span(placed)] = None
    known.load_texts(p[1] for p in evaluate)
    worth = {posting: _candidates(memory, known.placed(posting), posting) for posting in sorted(evaluate)}
    known.load_texts(p[1] for candidates in worth.values() for p in candidates)
    for posting, candidates in worth.items():
        placed = known.placed(posting)
        holder = first_holder(placed, map(known.placed, candidates))
        source = None if holder is None else (known.report_numbers[holder[0].text.key], holder[1])
        verdicts[posting[1]][_span(placed)] = source
    for number in gone:
        verdicts.setdefault(number, {})
    return _renewed_edges(memory, known, verdicts, set(come))


def _moved_passages(
    memory: Memory, known: _Loaded, come: Mapping[int, Text], gone: Mapping[int, Text]
) -> tuple[list[tuple[Placed, Posting]], set[Posting]]:
    """The passages that can no longer, or only now, be looked at as copies; and of these the ones that can."""
    into, out = _postings(come), _postings(gone)
    keys = {placed.repeated_as for placed, _ in (*into, *out)}
    before = {key for key in keys if _is_furniture(memory, key)}
    memory.drop_passages([(placed.repeated_as, posting) for placed, posting in out])
    memory.put_passages([(placed.repeated_as, posting) for placed, posting in into])
    now = {key for key in keys if _is_furniture(memory, key)}
    added = [item for item in into if item[0].repeated_as not in now]
    removed = [item for item in out if item[0].repeated_as not in before]
    for key in before ^ now:
        others = [p for p in memory.since(key, 0) if p[1] not in come]
        (added if key in before else removed).extend((known.placed(p), p) for p in others)
    memory.drop_passages([(key, posting) for placed, posting in removed for key in band_keys(placed.passage)])
    memory.put_passages([(key, posting) for placed, posting in added for key in band_keys(placed.passage)])
    return [*added, *removed], {posting for _, posting in added}


def _postings(texts: Mapping[int, Text]) -> list[tuple[Placed, Posting]]:
    return [(Placed(text, p), (text.order, number, p.start)) for number, text in texts.items() for p in text.passages]


def _is_furniture(memory: Memory, key: int) -> bool:
    """Whether a sentence stands in a family's reports of several days."""
    order = 0
    for _ in range(FURNITURE_DAYS):
        following = memory.since(key, order, 1)
        if not following:
            return False
        order = first_of_day(day_of(following[0][0]) + 1)
    return True


def _affected(memory: Memory, known: _Loaded, moved: Sequence[tuple[Placed, Posting]]) -> set[Posting]:
    """Later passages whose source may be another one, now that some have come or gone: those that are like one of these, or like one that
    is only now, or no longer, among the first of a band that has many."""
    by_key: dict[int, list[tuple[Placed, Posting]]] = defaultdict(list)
    for placed, posting in moved:
        for key in band_keys(placed.passage):
            by_key[key].append((placed, posting))
    near: dict[Posting, set[tuple[str, ...]]] = defaultdict(set)
    rivals: dict[Posting, set[Posting]] = defaultdict(set)
    for key, here in by_key.items():
        first = memory.earliest(key, CROWDED + len(here) + 1)
        looked_at = [item for item in here if len(first) <= CROWDED or item[1] <= first[CROWDED]]
        if not looked_at:
            continue
        from_order = min(posting for _, posting in looked_at)
        shifted = {
            p
            for limit in (COMMON, CROWDED)
            for p in first[max(limit - len(here) - 1, 0) : limit + len(here) + 1]
            if p > from_order
        }
        for later in memory.since(key, from_order[0]):
            near[later].update(
                placed.passage.words for placed, posting in looked_at if posting < later and posting[1] != later[1]
            )
            rivals[later].update(p for p in shifted if p < later and p[1] != later[1])
    known.load_texts({p[1] for later, some in rivals.items() for p in (later, *some)})
    return {
        later
        for later, like in near.items()
        if _is_like(known.placed(later).passage.words, [*like, *(known.placed(p).passage.words for p in rivals[later])])
    }


def _is_like(words: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> bool:
    alike = Alike(words)
    return any(alike.to(other) for other in others)


def _candidates(memory: Memory, placed: Placed, posting: Posting) -> list[Posting]:
    """The passages of earlier reports that one is worth comparing with, the earliest first."""
    shared = ([p for p in memory.earliest(key, CROWDED) if p < posting] for key in band_keys(placed.passage))
    return sorted(p for p in worth_comparing(shared) if p[1] != posting[1])


def _span(placed: Placed) -> tuple[int, int]:
    return placed.passage.start, placed.passage.end


def _renewed_edges(
    memory: Memory,
    known: _Loaded,
    verdicts: Mapping[int, Mapping[tuple[int, int], tuple[int, Reused] | None]],
    come: set[int],
) -> tuple[dict[int, list[Copy]], set[int]]:
    former: dict[int, list[Copy]] = defaultdict(list)
    for copy in memory.copies_touching(verdicts.keys()):
        former[copy.copy_].append(copy)
    renewed: dict[int, list[Copy]] = {}
    claims: set[int] = set()
    for number, found in verdicts.items():
        old = {
            p.in_copy: (c.source, Reused(p.in_source, p.in_copy, p.likeness))
            for c in former[number]
            for p in c.passages
        }
        new = {} if number in come else {span: told for span, told in old.items() if span not in found}
        new.update({span: told for span, told in found.items() if told is not None})
        if new == old and number not in come:
            continue
        by_source: dict[int, list[Reused]] = defaultdict(list)
        for source, reused in new.values():
            by_source[source].append(reused)
        text = known.text(number)
        renewed[number] = [
            _copy(source, number, copy_edge("", text, same)) for source, same in sorted(by_source.items())
        ]
        spans = [span for span in {*old, *new} if old.get(span) != new.get(span)]
        known.load([number])
        claims |= {
            n for n in known.claims[number] if any(s <= known.tellings[n].claim.trigger.start < e for s, e in spans)
        }
    memory.put_copies(renewed)
    return renewed, claims


def _copy(source: int, copy: int, edge: CopyEdge) -> Copy:
    passages = tuple({"in_source": p.in_source, "in_copy": p.in_copy, "likeness": p.likeness} for p in edge.passages)
    return Copy.model_validate(
        {"source": source, "copy": copy, "share": edge.share, "extent": edge.extent, "passages": passages}
    )


# ── claims


def _renewed_outlets(memory: Memory, known: _Loaded, changed: Collection[int], former: Mapping[int, Kept]) -> set[int]:
    """Keep the outlets of reports; the claims that cite an outlet which is only known now, or is another family's."""
    rows = [outlet_row(n, known.reports[n]) for n in changed]
    old = families_in(weighed_report(kept) for kept in former.values())
    outlets = {outlet for _, _, outlet, _ in rows if outlet is not None} | old.keys()
    before = memory.families_of(outlets)
    memory.keep_reports(rows)
    now = memory.families_of(outlets)
    renamed = {_cited_key(outlet) for outlet in outlets if before.get(outlet) != now.get(outlet)}
    return {claim for claims in memory.claims_under(renamed).values() for claim in claims}


def _renewed_keys(memory: Memory, known: _Loaded, changed: Collection[int], before: set[int]) -> set[int]:
    """Keep the claims of reports under their keys; these, and the members of blocks that are crowded only now or no longer."""
    claims = {claim: number for number in changed for claim in known.claims[number]}
    keys = {claim: _block_keys(known.tellings[claim]) for claim in claims}
    touched = memory.keys_of(before) | {key for found in keys.values() for key in found}
    was = memory.sizes(touched)
    memory.drop_claims(before)
    rows = {(key, claim) for claim, found in keys.items() for key in (*found, *_cited_keys(known.tellings[claim]))}
    memory.put_claims(claims, rows)
    now = memory.sizes(touched)
    crossed = {key for key in touched if (was.get(key, 0) > CROWDED_BLOCK) != (now.get(key, 0) > CROWDED_BLOCK)}
    others = {claim for members in memory.claims_under(crossed).values() for claim in members}
    known.load_claims(others)
    marked = {
        (key, claim)
        for claim in {*claims, *others}
        if claim in known.tellings
        for key in _marked_keys(
            known.tellings[claim],
            [b for b in (keys.get(claim) or _block_keys(known.tellings[claim])) if now.get(b, 0) > CROWDED_BLOCK],
        )
    }
    memory.put_claims({}, marked)
    return {*claims, *others}


def _linked(memory: Memory, known: _Loaded, anew: Collection[int]) -> set[int]:
    """The claims that may be of one happening with some."""
    blocks = {claim: _block_keys(known.tellings[claim]) for claim in anew}
    sizes = memory.sizes({key for found in blocks.values() for key in found})
    looked: dict[int, list[int]] = {}
    for claim, found in blocks.items():
        crowded = [key for key in found if sizes.get(key, 0) > CROWDED_BLOCK]
        looked[claim] = [*(k for k in found if k not in crowded), *_marked_keys(known.tellings[claim], crowded)]
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


def _with_joined(memory: Memory, members: set[int], gone: Collection[int]) -> set[int]:
    """With the components of the claims that people say, or said, are one happening with some of these or of those that are gone."""
    together = [(one, other) for one, other, are_one in memory.groupings() if are_one]
    while True:
        missing = {b for pair in together for a, b in (pair, pair[::-1]) if a in members and b not in members}
        missing |= {claim for claims in memory.incidents_of({*members, *gone}).values() for claim in claims} - members
        more = memory.members_of(memory.components_of(missing)) - members if missing else set()
        if not more:
            return members
        members = members | more


def _copied(memory: Memory, known: _Loaded, claims: Collection[int]) -> set[frozenset[str]]:
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


def _decisions(memory: Memory, known: _Loaded, members: Collection[int]) -> Decisions:
    """What people decided of two claims that are both among some."""
    pairs: dict[bool, set[frozenset[str]]] = {True: set(), False: set()}
    for one, other, are_one in memory.groupings():
        if one in members and other in members and one in known.tellings and other in known.tellings:
            pairs[are_one].add(frozenset((known.tellings[one].key, known.tellings[other].key)))
    return Decisions(together=frozenset(pairs[True]), apart=frozenset(pairs[False]))
