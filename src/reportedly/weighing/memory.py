"""What is kept between two weighings, as weighing asks for it; whoever keeps it (a casebook) is not known here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from reportedly.model.incident import Copy
from reportedly.model.record import Claim
from reportedly.weighing.copies import Placed, Text
from reportedly.weighing.incidents import Decisions
from reportedly.weighing.passages import passage_at
from reportedly.weighing.telling import Telling, WeighedReport

Posting = tuple[int, int, int]
"""Where a passage stands: its report's order number, the report's number, and the character at which it begins."""


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

    def postings(self, starts: Mapping[int, int], most: int | None = None) -> dict[int, list[Posting]]:
        """The first passages under each key from an order number on, in order; without the keys that have none."""

    def put_passages(self, rows: Iterable[Sequence[int]]) -> None:
        """Keep passages under their keys: key, order number, report and first character of each."""

    def drop_passages(self, rows: Iterable[Sequence[int]]) -> None:
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

    def put_claims(self, claims: Iterable[tuple[int, int, int]], keys: Iterable[Sequence[int]]) -> None:
        """Keep claims with their reports and components, and claims under keys; what is kept already stays."""

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


@dataclass
class Loaded:
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
            self.reports[kept.number] = report
            self.report_numbers[report.key] = kept.number
            told = numbered(kept, report)
            self.claims[kept.number] = list(told)
            self.tellings.update(told)
            self.claim_numbers.update((telling.key, number) for number, telling in told.items())

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


def numbered(kept: Kept, report: WeighedReport) -> dict[int, Telling]:
    """The tellings of a kept report by the numbers of their claims."""
    number_of = {claim.id: number for number, claim in kept.claims}
    return {number_of[telling.claim.id]: telling for telling in report.tellings}


def decisions_among(pairs: Iterable[tuple[int, int, bool]], tellings: Mapping[int, Telling]) -> Decisions:
    """What people decided of two claims that are both among some. `pairs`: their numbers, and whether they are one happening."""
    decided: dict[bool, set[frozenset[str]]] = {True: set(), False: set()}
    for one, other, together in pairs:
        if one in tellings and other in tellings:
            decided[together].add(frozenset((tellings[one].key, tellings[other].key)))
    return Decisions(together=frozenset(decided[True]), apart=frozenset(decided[False]))


def text_of(report: WeighedReport) -> Text:
    """A report as copying is judged by."""
    return Text(report.key, report.text, report.family, report.published)
