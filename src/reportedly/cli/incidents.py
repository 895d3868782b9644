"""`reportedly incidents`, `incident`, `merge`, `split`, `copies`."""

import json
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.listing import ClaimRow
from reportedly.casebook.weighed import IncidentRow
from reportedly.cli.lists import before_number, before_option, form_option, limit_option, print_rows, row_number
from reportedly.cli.options import as_option, casebook_option, filter_from, filter_options
from reportedly.cli.shown import shown
from reportedly.desk import words
from reportedly.desk.grouping import merge as merge_incidents
from reportedly.desk.grouping import split as split_incident
from reportedly.model.incident import Copy, Incident


@click.command()
@casebook_option
@filter_options
@click.option("--origins", type=click.IntRange(1), default=1, metavar="N", help="With at least N independent origins.")
@click.option("--disputed", is_flag=True, help="Only those on which origins contradict one another.")
@click.option(
    "--ahead/--happened",
    default=None,
    help="Only what is told as still ahead, or only what is told as having happened.",
)
@form_option
@limit_option
@before_option
def incidents(
    where: str,
    origins: int,
    disputed: bool,
    ahead: bool | None,
    form: str,
    limit: int | None,
    before: str | None,
    **given: Any,
) -> None:
    """List incidents, the last told of first: how many reports and independent origins each has, and what is disputed.

    Filters ask for incidents that hold such a claim.
    """
    asked = filter_from(given)
    with Casebook.open(where) as casebook:
        found = casebook.incidents(
            asked, origins, disputed, ahead, before_number(before, "I"), limit or (30 if form == "table" else 10_000)
        )
        if not casebook.was_weighed():
            click.echo("Nothing has been weighed yet: reportedly weigh", err=True)
    print_rows(
        iter(found), form, _incident_cells, _incidents_table, _incident_json, limit, lambda row: f"I{row.number}"
    )


def _incident_json(row: IncidentRow) -> dict[str, Any]:
    graded = (
        None if row.graded is None else {"grade": row.graded.grade, "by": row.graded.by, "reason": row.graded.reason}
    )
    return {"number": row.number, "last_told": row.last_told, "graded": graded, **row.incident.model_dump(mode="json")}


def _incident_cells(row: IncidentRow) -> dict[str, Any]:
    incident = row.incident
    return {
        "incident": row.number, "ahead": incident.ahead, "types": "; ".join(incident.types), "start": incident.start, "end": incident.end,
        "place": incident.place, "admin1": incident.admin1, "country": incident.country, "actors": "; ".join(incident.actors),
        "recipients": "; ".join(incident.recipients), "reports": incident.reports, "claims": len(incident.claims), "origins_low": incident.low,
        "origins_high": incident.high, "grade": row.grade, "graded_by": row.graded.by if row.graded else None, "disputed": "; ".join(dict.fromkeys(c.about for c in incident.contradictions)), "last_told": row.last_told,
    }  # fmt: skip


def _incidents_table(rows: list[IncidentRow]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 1, 0), header_style="dim", expand=True)
    table.add_column("incident", no_wrap=True)
    table.add_column("what", ratio=16)
    table.add_column("who → whom", ratio=30)
    table.add_column("where, when", ratio=24)
    table.add_column("reports", justify="right")
    table.add_column("origins", justify="right")
    table.add_column("grade", no_wrap=True)
    table.add_column("disputed", ratio=12)
    for row in rows:
        incident = row.incident
        who = ", ".join(incident.actors) or "(nobody named)"
        table.add_row(
            f"I{row.number}",
            Text("\n".join(incident.types[:2]) + ("\nahead" if incident.ahead else "")),
            Text(shown(f"{who} → {', '.join(incident.recipients)}" if incident.recipients else who)),
            Text(shown(_place_of(incident)) + "\n" + _days_of(incident)),
            str(incident.reports),
            words.origins_in_words(incident),
            f"{row.grade}{' ✎' if row.graded else ''}",
            Text(", ".join(dict.fromkeys(c.about for c in incident.contradictions))),
        )
    return table


def _place_of(incident: Incident) -> str:
    return ", ".join(dict.fromkeys(part for part in (incident.place, incident.admin1, incident.country) if part))


def _days_of(incident: Incident) -> str:
    if incident.start is None:
        return ""
    return incident.start if incident.start == incident.end else f"{incident.start} to {incident.end}"


@click.command()
@click.argument("number", metavar="INCIDENT")
@casebook_option
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object, its claims with it.")
def incident(number: str, where: str, as_json: bool) -> None:
    """Show an incident: its claims by origin, and what the origins disagree on."""
    with Casebook.open(where) as casebook:
        row = casebook.incident(row_number(number, "I"))
        claims = casebook.claims_of(row.incident)
    if as_json:
        told = [
            {
                "number": c.id,
                "report": c.report,
                "outlet": c.outlet,
                "published": c.published,
                **c.claim.model_dump(mode="json"),
            }
            for c in claims
        ]
        click.echo(json.dumps({**_incident_json(row), "told": told}, ensure_ascii=False))
        return
    _show(row, {c.id: c for c in claims})


def _deniers(incident: Incident, claims: dict[int, ClaimRow]) -> str:
    """How many of the origins only deny it."""
    denying = sum(all(claims[c].claim.status.polarity == "-" for c in origin.claims) for origin in incident.origins)
    return (
        f", of which {denying} only {'denies' if denying == 1 else 'deny'} it"
        if 0 < denying < len(incident.origins)
        else ""
    )


def _show(row: IncidentRow, claims: dict[int, ClaimRow]) -> None:
    console, incident = Console(highlight=False), row.incident
    console.print(
        Text(f"I{row.number}, {'ahead' if incident.ahead else 'happened'}: {', '.join(incident.types)}", style="bold")
    )
    place, days = _place_of(incident), _days_of(incident)
    console.print(Text(shown("; ".join(part for part in (place, days) if part) or "no place or day is told")))
    console.print(
        f"{words.plural(incident.reports, 'report')}, {words.plural(len(incident.claims), 'claim')}, "
        f"independent origins: {words.origins_in_words(incident)}{_deniers(incident, claims)}"
    )
    if row.graded is not None:
        console.print(Text(shown(f"Graded {row.graded.grade} by {row.graded.by}: {row.graded.reason}")))
    derived = "Derived grade" if row.graded is not None else "Grade"
    console.print(Text(shown(f"{derived} {incident.grade}: {' '.join(incident.grade.reasons)}\n")))
    for k, origin in enumerate(incident.origins, start=1):
        kind = {"named": "", "unnamed": ", a source that is not named", "own voice": ", in its own voice"}[origin.kind]
        side = ", a side to it" if origin.interested else ""
        became = f", {origin.became}" if origin.became is not None else ""
        console.print(Text(shown(f"{k}. {origin.label}{kind}{side}{became}"), style="bold"))
        for number in origin.claims:
            claim = claims[number]
            said = (
                f"C{number} R{claim.report} {claim.outlet or 'outlet not known'}, {(claim.published or 'no date')[:10]}"
            )
            console.print(
                Text(
                    shown(
                        f"   {said}: {words.status_in_words(claim.claim.status)}; {words.participants_in_words(claim.claim)}"
                    )
                )
            )
            console.print(Text(shown(f"   “{claim.claim.sentence.text}”"), style="dim"))
    if incident.contradictions:
        console.print(Text("\nDisputed", style="bold"))
    for dispute in incident.contradictions:
        sides = (f"{side.value} ({', '.join(str(o + 1) for o in side.origins)})" for side in dispute.sides)
        console.print(Text(shown(f"{dispute.about}: {' or '.join(sides)}")))


@click.command()
@click.argument("one", metavar="INCIDENT")
@click.argument("other", metavar="INCIDENT")
@casebook_option
@as_option
@click.option("--reason", required=True, metavar="WHY", help="Why; kept with the decision.")
def merge(one: str, other: str, where: str, by: str | None, reason: str) -> None:
    """Decide that two incidents are one happening; later weighing keeps them together."""
    with Casebook.open(where, by) as casebook:
        first, second = (casebook.incident(row_number(n, "I")).incident for n in (one, other))
        merge_incidents(casebook, first, second, reason)
    click.echo("Kept. It counts from the next time on: reportedly weigh")


@click.command()
@click.argument("number", metavar="INCIDENT")
@click.argument("out", nargs=-1, required=True, metavar="CLAIM...")
@casebook_option
@as_option
@click.option("--reason", required=True, metavar="WHY", help="Why; kept with the decision.")
def split(number: str, out: tuple[str, ...], where: str, by: str | None, reason: str) -> None:
    """Decide that some claims are of another happening than the rest of an incident; later weighing keeps them apart."""
    with Casebook.open(where, by) as casebook:
        found = casebook.incident(row_number(number, "I")).incident
        apart = {row_number(claim, "C") for claim in out}
        unknown = apart - set(found.claims)
        if unknown:
            raise click.UsageError(
                f"C{min(unknown)}: is not in {number}. Its claims are {', '.join(f'C{c}' for c in found.claims)}"
            )
        if not set(found.claims) - apart:
            raise click.UsageError("nothing would be left in it")
        split_incident(casebook, found, apart, reason)
    click.echo("Kept. It counts from the next time on: reportedly weigh")


# ── copies


@click.command()
@click.argument("report", metavar="REPORT")
@casebook_option
@click.option("--json", "as_json", is_flag=True, help="Print one object a copy.")
def copies(report: str, where: str, as_json: bool) -> None:
    """Who copied whom, passage by passage: what a report has from earlier ones, and what later ones have from it."""
    number = row_number(report, "R")
    with Casebook.open(where) as casebook:
        casebook.report(number)
        found = casebook.copies(number)
        texts = {n: _text(casebook, n) for n in {number, *(c.source for c in found), *(c.copy_ for c in found)}}
    if as_json:
        for copy in found:
            click.echo(copy.model_dump_json(by_alias=True))
        return
    if not found:
        click.echo(f"R{number}: nothing copied, as far as was weighed.")
    for copy in found:
        _show_copy(copy, number, texts)


def _text(casebook: Casebook, number: int) -> tuple[str, str]:
    """What a report is called, and its text."""
    version = casebook.report(number).versions[-1]
    return f"R{number} {version['outlet'] or ''}, {(version['published'] or 'no date')[:10]}", version["text"]


def _show_copy(copy: Copy, number: int, texts: dict[int, tuple[str, str]]) -> None:
    console = Console(highlight=False)
    from_here = copy.source == number
    other = texts[copy.copy_ if from_here else copy.source][0]
    share = f"{copy.share:.0%} of its words"
    told = f"{other} copied from it, {share}" if from_here else f"copied from {other}, {share}"
    console.print(
        Text(shown(told if copy.extent == "copy" else told.replace("copied", "took passages", 1)), style="bold")
    )
    for passage in copy.passages:
        theirs, ours = (
            texts[n][1][slice(*span)] for n, span in ((copy.source, passage.in_source), (copy.copy_, passage.in_copy))
        )
        console.print(Text(shown(f"   “{ours}”")))
        if theirs != ours:
            console.print(Text(shown(f"   from “{theirs}”"), style="dim"))
