"""`reportedly corpus`."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from reportedly.reading.evaluation.corpus import PARTS, count


@click.group()
def corpus() -> None:
    """Look at a corpus of coded reports."""


@corpus.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("corpus"), metavar="[FOLDER]")
@click.option("--part", type=click.Choice(PARTS), help="One part only; by default all three.")
@click.option("--json", "as_json", is_flag=True, help="Print the counts as one JSON line.")
def stats(folder: Path, part: str | None, as_json: bool) -> None:
    """Count what a corpus holds: reports, conflicts, claims by type, status, source and length of their chains."""
    counts = count(folder, part)
    if as_json:
        click.echo(json.dumps(counts.as_json()))
        return
    console = Console(highlight=False)
    console.print(
        f"{counts.reports} reports of {counts.conflicts} conflicts, {counts.first} to {counts.last}, {counts.words:,} words; "
        f"{counts.without_claims} have no claim\n"
        f"{counts.claims} claims; {counts.denied} denied, {counts.anonymous} by anonymous sources\n"
    )
    for title, counter in (
        ("event", counts.types),
        ("status", counts.statuses),
        ("innermost source", counts.sources),
        ("links, the outlet counted", counts.chains),
    ):
        _tell(console, title, counter, counts.claims)


def _tell(console: Console, title: str, counter: Counter[Any], whole: int) -> None:
    table = Table(title, "claims", "%", box=None, pad_edge=False)
    for key, number in counter.most_common():
        table.add_row(str(key), str(number), f"{100 * number / whole:.1f}")
    console.print(table)
    console.print()
