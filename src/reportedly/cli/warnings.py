"""`reportedly warnings`, `reportedly score`."""

import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.casebook.warned import WarningRow
from reportedly.casebook.weighed import IncidentRow
from reportedly.cli.listed import listed_events
from reportedly.cli.lists import form_option, limit_option, print_rows, row_number
from reportedly.cli.options import Day, as_option, casebook_option
from reportedly.cli.shown import shown
from reportedly.desk import words
from reportedly.errors import NoCasebook
from reportedly.knowledge.gazetteer import names_of
from reportedly.knowledge.outlets import family_of
from reportedly.model.acquisition import now
from reportedly.model.record import Claim
from reportedly.model.warning import Score, Scoring
from reportedly.weighing.happenings import Coverage, happening_of
from reportedly.weighing.resolving import Reference, Seen, resolve
from reportedly.weighing.scoring import scoring

as_of_option = click.option(
    "--as-of", type=Day(), metavar="DATE", help="As it stood on this day; without it, today (UTC)."
)


def _day(as_of: str | None) -> date:
    return date.fromisoformat(as_of) if as_of is not None else now().date()


@click.command("warnings")
@click.argument("number", metavar="[WARNING]", required=False)
@casebook_option
@click.option("--open", "which", flag_value="open", help="Only those whose window is not over.")
@click.option("--due", "which", flag_value="due", help="Only those whose window is over and that are not resolved.")
@click.option(
    "--scored", "which", flag_value="scored", help="Only those that were resolved, or of which it cannot be told."
)
@click.option("--place", metavar="NAME", help="Only those about this area, or a town in it; any spelling.")
@as_of_option
@form_option
@limit_option
def warnings(
    number: str | None,
    where: str,
    which: str | None,
    place: str | None,
    as_of: str | None,
    form: str,
    limit: int | None,
) -> None:
    """List what was warned of: by whom, where, until when, how likely, and what became of it; the latest first.

    With a number, W7, it shows one warning whole, and the rule by which it is resolved.
    """
    day = _day(as_of).isoformat()
    with Casebook.open(where) as casebook:
        if number is not None:
            _show(casebook.warning(row_number(number, "W")), casebook, day, form)
            return
        rows = [row for row in casebook.warnings() if which in (None, row.state(day))]
    if place is not None:
        names = names_of(place)
        rows = [
            r
            for r in rows
            if any({a.name.casefold(), (a.admin1 or "").casefold()} & names for a in r.warning.rule.areas)
        ]
    rows.sort(key=lambda row: (row.warning.made or "", row.number), reverse=True)
    most = limit or (30 if form == "table" else len(rows))
    print_rows(
        iter(rows[:most]), form, lambda row: _cells(row, day), lambda found: _table(found, day),
        lambda row: _json(row, day), None, None,
    )  # fmt: skip
    if form == "table" and len(rows) > most:
        click.echo(f"{len(rows) - most} more: --limit {len(rows)}")


def _json(row: WarningRow, day: str) -> dict[str, Any]:
    return {
        "number": row.number, "kept_at": row.kept_at, "state": row.state(day), "claims": list(row.claims),
        **row.warning.model_dump(mode="json"), "outcomes": [o.model_dump(mode="json") for o in row.outcomes],
    }  # fmt: skip


def _cells(row: WarningRow, day: str) -> dict[str, Any]:
    warning, rule = row.warning, row.warning.rule
    return {
        "warning": row.number, "state": row.state(day), "made": warning.made, "type": warning.type, "mode": warning.mode, "said_as": warning.kind,
        "who": "; ".join(warning.who), "areas": "; ".join(a.name for a in rule.areas), "start": rule.start, "end": rule.end,
        "window_told": rule.window_told, "band": warning.band.name if warning.band else None, "origin": warning.origin_label,
        "outcomes": "; ".join(f"{o.area}: {o.outcome}" for o in row.outcomes), "report": warning.report, "claim": warning.claim,
    }  # fmt: skip


def _table(rows: list[WarningRow], day: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 1, 0), header_style="dim", expand=True)
    table.add_column("warning", no_wrap=True)
    table.add_column("what, who", ratio=24)
    table.add_column("where", ratio=20)
    table.add_column("until,\nhow likely", min_width=12, max_width=14)
    table.add_column("who warns", ratio=22)
    table.add_column("what became of it", ratio=18)
    for row in rows:
        warning = row.warning
        kind = f"{warning.type} {warning.mode or ''}".strip()
        table.add_row(
            f"W{row.number}\nR{warning.report}",
            Text(shown(f"{kind}, {warning.kind}\n{', '.join(warning.who) or '(nobody named)'}")),
            Text(shown(", ".join(a.name for a in warning.rule.areas) or "(no area told)")),
            Text(
                (warning.rule.end or "no day")
                + ("" if warning.rule.window_told else "*")
                + (f"\n{warning.band.name}" if warning.band is not None else "")
            ),
            Text(shown(f"{warning.origin_label}, {warning.made or 'no date'}")),
            Text(_became(row, day)),
        )
    if any(not row.warning.rule.window_told for row in rows):
        table.caption = "* no time is told: the usual horizon"
        table.caption_justify = "left"
    return table


def _became(row: WarningRow, day: str) -> str:
    """ "hit in Abyan; unknown in Aden, Taiz"; "open" or "due" where nothing was scored."""
    if not row.outcomes or not row.stands:
        return row.state(day)
    areas: dict[str, list[str]] = defaultdict(list)
    for outcome in row.outcomes:
        areas[outcome.outcome].append(outcome.area)
    if len(areas) == 1:
        return next(iter(areas))
    return "; ".join(f"{what} in {', '.join(names)}" for what, names in areas.items())


def _show(row: WarningRow, casebook: Casebook, day: str, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(_json(row, day), ensure_ascii=False))
        return
    console, warning, rule = Console(highlight=False), row.warning, row.warning.rule
    claim = casebook.claim(warning.claim)
    console.print(Text(f"W{row.number}, {row.state(day)}: {warning.type} {warning.mode or ''}".rstrip(), style="bold"))
    console.print(Text(shown(f"“{claim.machine.sentence.text}”"), style="dim"))
    lines = [
        f"Who warns: {warning.origin_label}, first in R{warning.report} on {warning.made or 'a day not known'}; C{warning.claim} of {words.plural(len(row.claims), 'claim')} that carry it now",
        f"How likely: {_likely(row)}",
        f"Kept {row.kept_at[:10]}, with this rule, which does not change:",
        f"  what counts: {', '.join(rule.counts)}{' by ' + ', '.join(rule.actors) + ' or somebody not named' if rule.actors else ', by whomever'}",
        f"  where: {'; '.join(_area(a) for a in rule.areas) or 'no area is told, so it cannot be resolved'}",
        f"  when: {rule.start or '?'} to {rule.end or '?'}{'' if rule.window_told else ', no time being told'}; resolved {rule.grace_days} days later",
        f"  how sure: an incident of credibility {rule.credibility} or better that somebody else tells too, or a list of reference",
    ]
    for line in lines:
        console.print(Text(shown(line)))
    for outcome in row.outcomes:
        rate = (
            ""
            if outcome.base_rate is None
            else f"; such things happened there in {outcome.base_rate:.0%} of such windows before"
        )
        by = f" ({', '.join(outcome.by)})" if outcome.by else ""
        console.print(Text(shown(f"{outcome.area}: {outcome.outcome}{by}, {outcome.why}{rate}")))


def _likely(row: WarningRow) -> str:
    band = row.warning.band
    return "not said" if band is None else f"“{band.word}”, {band.name} ({band.low} to {band.high} %, ICD 203)"


def _area(area: Any) -> str:
    if area.level == "point":
        return f"within {area.km:g} km of {area.name}"
    return {"admin1": "anywhere in {}", "country": "anywhere in {}", "named": "in what is called {}"}[
        area.level
    ].format(area.name)


# ── scoring


@click.command("score")
@casebook_option
@as_option
@as_of_option
@click.option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="LIST",
    help="A list of events that somebody else keeps: CSV with UCDP's or ACLED's columns, also packed with gzip, or another casebook's release.",
)
@click.option("--partial", is_flag=True, help="That list is a sample: an event that it lacks may still have happened.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON object.")
def score(where: str, by: str | None, as_of: str | None, against: Path | None, partial: bool, as_json: bool) -> None:
    """Resolve warnings whose window is over, and tell how those who warn did.

    Each is held against incidents of the casebook, and a list of reference where one is given, by the rule that was frozen when it was
    kept. Safe to repeat; what was weighed last counts, so weigh first.
    """
    if partial and against is None:
        raise click.UsageError("--partial says something of a list: name it with --against")
    day = _day(as_of)
    reference = None if against is None else Reference(against.name, listed_events(against), partial)
    with Casebook.open(where, by) as casebook:
        rows = casebook.warnings()
        if not rows:
            raise NoCasebook(f"{where}: no warnings are kept in it yet. Add reports, then: reportedly weigh")
        seen = what_was_seen(casebook, reference)
        outcomes = {row.number: resolve(row.warning, row.stands, seen, day) for row in rows}
        found = scoring([(row.warning, outcomes[row.number]) for row in rows], seen, day)
        casebook.keep_scored(outcomes, found)
        labels = casebook.source_labels()
    if as_json:
        click.echo(found.model_dump_json())
        return
    print_scoring(found, labels)


def what_was_seen(casebook: Casebook, reference: Reference | None) -> Seen:
    """The incidents of a casebook that have a place and a day, and how much it was told of each area."""
    incidents: dict[int, IncidentRow] = {}
    before: int | None = None
    while page := casebook.incidents(ahead=False, before=before, limit=500):
        incidents.update((row.number, row) for row in page)
        before = page[-1].number
    incident_of = {claim: row.number for row in incidents.values() for claim in row.incident.claims}
    told: dict[int, list[Claim]] = defaultdict(list)
    coverage = Coverage()
    for row in casebook.claims(Filter(status="occurred")):
        coverage.add(row.report, row.published, family_of(row.outlet, row.url), row.claim.places)
        if row.id in incident_of:
            told[incident_of[row.id]].append(row.claim)
    found = (
        happening_of(n, incidents[n].incident, incidents[n].credibility, claims) for n, claims in sorted(told.items())
    )
    return Seen((h for h in found if h is not None), coverage, reference)


def print_scoring(found: Scoring, labels: dict[str, str]) -> None:
    """Print the figures for an analyst's eye."""
    console, all_of_it = Console(highlight=False), found.score
    against = "" if found.against is None else f", against {found.against}{' (a sample)' if found.partial else ''}"
    console.print(
        Text(shown(f"Warnings as of {found.as_of}{against}; each area of a warning counts by itself"), style="bold")
    )
    console.print(_origins_table(found, labels))
    if all_of_it.expected is not None:
        console.print(
            f"Of {all_of_it.judged} resolved with a base rate {all_of_it.judged_hits} came true; chance would have given {all_of_it.expected:.1f}."
        )
    console.print(_forecasts_in_words(all_of_it))
    for band in all_of_it.calibration:
        console.print(f"  {band.band} ({band.probability:.0%}): {band.came_true} of {band.warnings} came true")
    weeks = found.weeks
    console.print(
        f"By area and week, violence of any kind: {weeks.hits} warned of, {weeks.misses} missed, {weeks.false_alarms} warned of in vain, {weeks.quiet} quiet."
    )
    for line in weeks.missed[:10]:
        console.print(Text(shown(f"  missed: {line}")))
    if weeks.misses > 10:
        console.print(f"  and {weeks.misses - 10} more: --json lists them")


def _origins_table(found: Scoring, labels: dict[str, str]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("who warned", "came true", "did not", "unknown", "void", "open", "Brier", "skill"):
        table.add_column(name, justify="left" if name == "who warned" else "right")
    for label, one in [("everybody", found.score), *((labels.get(key, key), s) for key, s in found.by_origin.items())]:
        brier, skill = ("" if value is None else f"{value:.3f}" for value in (one.brier, one.skill))
        table.add_row(
            Text(shown(label)), str(one.hits), str(one.false_alarms), str(one.unknown), str(one.void), str(one.open), brier, skill
        )  # fmt: skip
    return table


def _forecasts_in_words(figures: Score) -> str:
    if figures.brier is None:
        return "None of the resolved ones says how likely it was, so there is no Brier score."
    told = f"Brier score over the {figures.forecasts} that say how likely it was: {figures.brier:.3f}"
    if figures.skill is None:
        return f"{told}; too little history for a base rate, so no skill is told."
    return f"{told}; over the {figures.compared} with a base rate, whose Brier score is {figures.reference:.3f}, skill {figures.skill:+.2f}."
