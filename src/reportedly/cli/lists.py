"""`reportedly reports`, `reportedly claims`, `reportedly sources`."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.listing import ClaimRow, ReportRow, SourceRow, WordingRow
from reportedly.cli.options import casebook_option, filter_from, filter_options
from reportedly.cli.records import show_records
from reportedly.cli.shown import shown
from reportedly.desk import words
from reportedly.desk.cells import claim_cells, harmless

_PAGE = 30
Row = TypeVar("Row")
form_option = click.option("--format", "form", type=click.Choice(("table", "json", "csv")), default="table", show_default=True, help="What to print; json: one object a line.")  # fmt: skip
limit_option = click.option(
    "--limit", type=click.IntRange(1), metavar="N", help=f"At most N; a table shows {_PAGE} if not told otherwise."
)
before_option = click.option("--before", metavar="NUMBER", help="Go on after a page: those before this number.")


@click.command()
@casebook_option
@filter_options
@form_option
@limit_option
@before_option
def claims(where: str, form: str, limit: int | None, before: str | None, **given: Any) -> None:
    """List the claims that count, as decided, the newest first."""
    asked = filter_from(given)
    with Casebook.open(where) as casebook:
        found = casebook.claims(asked, before_number(before, "C"), _limit(form, limit))
        print_rows(
            found,
            form,
            claim_cells,
            claims_table,
            lambda row: {**_about(row), **row.claim.model_dump(mode="json")},
            limit,
            _next_claim,
        )


@click.command()
@casebook_option
@filter_options
@form_option
@limit_option
@before_option
def reports(where: str, form: str, limit: int | None, before: str | None, **given: Any) -> None:
    """List reports, the newest first; with a filter on claims, those that hold such claims, the last read first."""
    asked = filter_from(given)
    following = None if asked.about_claims else _next_report
    if before is not None and asked.about_claims:
        raise click.UsageError(
            "--before goes with filters on reports alone: text, outlet, published. Use --limit N for more"
        )
    with Casebook.open(where) as casebook:
        found = casebook.reports(asked, before_number(before, "R"), _limit(form, limit))
        print_rows(found, form, _report_cells, _reports_table, asdict, limit, following)


@click.command()
@click.argument("name", required=False)
@casebook_option
@filter_options
@form_option
@limit_option
@click.option("--feeds", is_flag=True, help="List the feeds instead, and how each is doing.")
@click.option(
    "--wording", is_flag=True, help="List the loaded words of each outlet instead, and how often it uses them."
)
def sources(
    name: str | None, where: str, form: str, limit: int | None, feeds: bool, wording: bool, **given: Any
) -> None:
    """List who says what there is: each outlet's own voice and each source in it, by how many claims they are behind.

    With a NAME, the record of that source or outlet: what it told, what others bore out or contradicted, and how its warnings did.
    """
    asked = filter_from(given)
    if name is not None and (feeds or wording or not asked.is_empty):
        raise click.UsageError(
            "a NAME asks for a record, which takes no filters. For its claims: reportedly claims --source NAME"
        )
    with Casebook.open(where) as casebook:
        if name is not None:
            show_records(casebook, name, form, limit)
        elif feeds:
            print_rows(iter(casebook.feeds()), form, asdict, _feeds_table, asdict, limit, None)
        elif wording:
            counted = casebook.wording(asked)
            most = limit or (_PAGE if form == "table" else len(counted))
            print_rows(iter(counted[:most]), form, asdict, _wording_table, asdict, limit, None)
        else:
            found = iter(casebook.sources(asked, limit=limit or (_PAGE if form == "table" else 1_000_000)))
            print_rows(found, form, asdict, _sources_table, asdict, limit, None)


def _limit(form: str, limit: int | None) -> int | None:
    return limit if limit is not None or form != "table" else _PAGE


def before_number(value: str | None, letter: str) -> int | None:
    """The row that a page stops before, where one is asked for."""
    return None if value is None else row_number(value, letter)


def row_number(value: str, letter: str) -> int:
    """A row's number as a user writes it: C4711, or 4711."""
    digits = value.upper().removeprefix(letter)
    if not digits.isdecimal() or not 0 < int(digits) < 2**31:
        raise click.UsageError(f"{value}: is no number such as {letter}4711")
    return int(digits)


def print_rows(
    rows: Iterator[Row], form: str, cells: Callable[[Row], dict[str, Any]], table: Callable[[list[Row]], Table],
    as_json: Callable[[Row], dict[str, Any]], limit: int | None, following: Callable[[Row], str] | None,
) -> None:  # fmt: skip
    if form == "json":
        for row in rows:
            click.echo(json.dumps(as_json(row), ensure_ascii=False))
    elif form == "csv":
        _write_csv(cells(row) for row in rows)
    else:
        page = list(rows)
        if not page:
            click.echo("Nothing.")
            return
        Console(highlight=False).print(table(page))
        if following and len(page) == (limit or _PAGE):
            click.echo(f"More: --before {following(page[-1])}")


def _write_csv(rows: Iterable[dict[str, Any]]) -> None:
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(sys.stdout, list(row), lineterminator="\n")
            writer.writeheader()
        writer.writerow({key: harmless(value) for key, value in row.items()})


def _about(row: ClaimRow) -> dict[str, Any]:
    return {
        "number": row.id,
        "report": row.report,
        "state": row.state,
        "outlet": row.outlet,
        "published": row.published,
        "title": row.title,
        "url": row.url,
    }


def claims_table(rows: list[ClaimRow]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 1, 0), header_style="dim", expand=True)
    table.add_column("claim", no_wrap=True, width=8)
    table.add_column("what", ratio=20, min_width=13)
    table.add_column("who → whom", ratio=32)
    table.add_column("where, when", ratio=22)
    table.add_column("who says so", ratio=26)
    for row in rows:
        claim = row.claim
        decided = {"accepted": " ✓", "edited": " ✎", "rejected": " ✗"}.get(row.state, "")
        place, time = words.places_in_words(claim), words.time_in_words(claim.time)
        said = words.chain_in_words(claim) + (f" · {row.outlet}" if row.outlet and len(claim.attribution) > 1 else "")
        table.add_row(
            f"C{row.id}{decided}\nR{row.report}",
            Text(f"{words.event_in_words(claim).replace('/', ' ')}\n{words.status_in_words(claim.status)}"),
            Text(shown(words.participants_in_words(claim))),
            Text("\n".join(shown(part) for part in (place, time) if part)),
            Text(shown(said)),
        )
    return table


def _next_claim(row: ClaimRow) -> str:
    return f"C{row.id}"


def _next_report(row: ReportRow) -> str:
    return f"R{row.id}"


def _report_cells(row: ReportRow) -> dict[str, Any]:
    return {"report": row.id, **{key: value for key, value in asdict(row).items() if key != "id"}}


def _reports_table(rows: list[ReportRow]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim", expand=True)
    table.add_column("report", no_wrap=True)
    table.add_column("published", no_wrap=True)
    table.add_column("outlet", ratio=1)
    table.add_column("title", ratio=3)
    table.add_column("claims", justify="right")
    table.add_column("warn", justify="right", no_wrap=True)
    table.add_column("seen", justify="right")
    for row in rows:
        claims = "not read" if row.read_by is None else f"{row.language}: not read" if row.problem else str(row.claims)
        table.add_row(
            f"R{row.id}", (row.published or "no date")[:10], Text(shown(row.outlet or "")), Text(shown(row.title or row.url or "")), claims,
            str(row.warnings or ""), f"{row.sightings}×",
        )  # fmt: skip
    return table


def _wording_table(rows: list[WordingRow]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    for name in ("outlet", "words", "times"):
        table.add_column(name, justify="right" if name == "times" else "left")
    for row in rows:
        table.add_row(Text(shown(row.outlet or "(not known)")), Text(shown(row.words)), str(row.times))
    return table


def _sources_table(rows: list[SourceRow]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    for name in ("outlet", "source", "type", "claims", "first", "last"):
        table.add_column(name, justify="right" if name == "claims" else "left", no_wrap=name in ("first", "last"))
    for row in rows:
        name = f"{row.name}{' (anonymous)' if row.anonymous else ''}" if row.name else "its own voice"
        table.add_row(
            Text(shown(row.outlet or "(not known)")),
            Text(shown(name)),
            row.type.replace("_", " "),
            str(row.claims),
            f"C{row.first}",
            f"C{row.last}",
        )
    return table


def _feeds_table(rows: list[Any]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    for name in ("feed", "last checked", "", "something new last", "detail"):
        table.add_column(name)
    for row in rows:
        outcome = row.outcome if row.outcome != "failed" else f"failed {row.failures}×"
        table.add_row(
            Text(shown(row.url)),
            row.checked_at[:16].replace("T", " "),
            outcome,
            (row.last_new or "never")[:16].replace("T", " "),
            Text(shown(row.detail or "")),
        )
    return table
