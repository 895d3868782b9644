"""Weighs a casebook: everything anew where it must be, else only what is new and what that touches. Either way the result is the same."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.memory import WeighingMemory
from reportedly.casebook.weighed import Changes
from reportedly.knowledge.outlets import Outlet, with_own_outlets
from reportedly.model.incident import Incident
from reportedly.model.warning import IssuedWarning
from reportedly.weighing.memory import decisions_among, numbered, text_of, weighed_report
from reportedly.weighing.records import record_of
from reportedly.weighing.remembered import claim_rows, component_rows, one_by_one, outlet_row, passage_rows
from reportedly.weighing.renewing import renew
from reportedly.weighing.results import copies_of, incidents_of
from reportedly.weighing.telling import Telling, WeighedReport
from reportedly.weighing.warnings import Told, issued, subject_of, told_ahead
from reportedly.weighing.weigh import Progress, graded, no_progress, version_of, weigh


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a weighing gave: of everything, or (`anew` false) of what is new and what that touched."""

    anew: bool
    reports: int
    claims: int
    incidents: tuple[Incident, ...]
    copies: int
    new_warnings: int


def weigh_what_is_new(casebook: Casebook, own: tuple[Outlet, ...] = ()) -> bool:
    """Weigh what is new and what that touches, which takes a moment; false where everything has to be weighed anew."""
    version = version_of(own)
    with with_own_outlets(own), casebook.weighing() as memory:
        changes = memory.changes(version)
        if changes is None or not changes.are_few:
            return False
        if changes.reports or changes.regrouped:
            _weigh_again(memory, changes, version)
        return True


def weigh_casebook(
    casebook: Casebook, own: tuple[Outlet, ...] = (), again: bool = False, progress: Progress = no_progress
) -> Outcome | None:
    """Weigh what is new, or everything where most is, where the program or its tables are other ones, or where asked to; None where nothing is new."""
    version = version_of(own)
    with with_own_outlets(own):
        if not again:
            with casebook.weighing() as memory:
                changes = memory.changes(version)
                if changes is not None and not changes.reports and not changes.regrouped:
                    return None
                if changes is not None and changes.are_few:
                    return _weigh_again(memory, changes, version)
        return _weigh_anew(casebook, version, progress)


def _weigh_again(memory: WeighingMemory, changes: Changes, version: str) -> Outcome:
    marks = memory.marks()
    renewed = renew(memory, changes.reports, changes.regrouped)
    weighed = [graded(judged, {}, {}) for judged in renewed.judged]
    incidents = incidents_of(weighed, renewed.claim_numbers)
    ahead = told_ahead(weighed, renewed.claim_numbers, renewed.report_numbers)
    claims = {c for i in incidents for c in i.claims} | {c for claims in renewed.gone.values() for c in claims}
    kept = memory.warnings_like({c for t in ahead for c in t.claims}, {subject_of(t.warning) for t in ahead})
    new, carried = issued(ahead, kept)
    new_warnings = memory.put_warnings(_subjected(new), carried, claims)
    told_by = memory.told(memory.put_incidents(renewed.gone, incidents))
    records = {key: record_of(key, told, called) for key, (told, called) in sorted(told_by.items()) if told}
    memory.put_records(records, told_by.keys() - records.keys())
    copies = sum(map(len, renewed.copies.values()))
    memory.finish(
        version, marks, "weighed what is new", reports=len(changes.reports), incidents=len(incidents), copies=copies
    )
    return Outcome(False, len(changes.reports), len(claims), tuple(incidents), copies, new_warnings)


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Without the collector of unused cycles: it would go through millions of objects that are all in use, again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_collecting_later()
def _weigh_anew(casebook: Casebook, version: str, progress: Progress) -> Outcome:
    with casebook.remembering() as memory:
        marks, pairs = memory.marks(), memory.groupings()
        reports: dict[int, WeighedReport] = {}
        tellings: dict[int, Telling] = {}
        for row in memory.everything():
            reports[row.number] = report = weighed_report(row)
            tellings.update(numbered(row, report))
    claim_numbers = {telling.key: number for number, telling in tellings.items()}
    report_numbers = {report.key: number for number, report in reports.items()}
    weighed = weigh(list(reports.values()), decisions_among(pairs, tellings), progress)
    incidents, copies = incidents_of(weighed.incidents, claim_numbers), copies_of(weighed, report_numbers)
    kept = [(row.number, row.warning, frozenset(row.claims)) for row in casebook.warnings()]
    new, carried = issued(told_ahead(weighed.incidents, claim_numbers, report_numbers), kept)
    components = component_rows(weighed.components, claim_numbers)
    progress("Keeping", 0, len(reports))
    passages = passage_rows({number: text_of(report) for number, report in reports.items()})
    claims = claim_rows(tellings)
    with casebook.weighing() as memory:
        before = memory.all_incidents()
        memory.forget()
        memory.keep_reports(outlet_row(number, report) for number, report in reports.items())
        memory.put_passages(one_by_one(passages))
        rows = ((n, report_numbers[t.report.key], components[n]) for n, t in tellings.items())
        memory.put_claims(rows, one_by_one(claims))
        memory.add_copies(copies)
        memory.put_incidents(before, incidents)
        memory.put_records(weighed.records)
        memory.put_subjects({number: (subject_of(warning), warning) for number, warning, _ in kept})
        new_warnings = memory.put_warnings(_subjected(new), carried, ())
        memory.finish(version, marks, "weighed the claims", incidents=len(incidents), copies=len(copies))
        progress("Keeping", len(reports), len(reports))
    return Outcome(True, len(reports), len(tellings), tuple(incidents), len(copies), new_warnings)


def _subjected(new: Sequence[Told]) -> list[tuple[IssuedWarning, str, Sequence[int]]]:
    return [(told.warning, subject_of(told.warning), told.claims) for told in new]
