"""`reportedly evaluate`."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from reportedly.cli.read import prepare_places
from reportedly.errors import InvalidGold
from reportedly.model.record import Report
from reportedly.reading import evaluation
from reportedly.reading.reader import Reader


def figures_of(folder: Path) -> evaluation.Figures:
    """Read every coded report of a folder and score the readings."""
    if not folder.is_dir():
        raise InvalidGold(f"{folder}: no such folder of coded reports")
    coded = evaluation.load(folder)
    figures = evaluation.Figures()
    results = Reader().pipe(Report(text=r.text, title=r.title, outlet=r.outlet, published=r.published) for r in coded)
    for report, result in zip(coded, results, strict=True):
        evaluation.score(report, result.reading.claims, figures)
    return figures


@click.command()
@click.argument("gold", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option(
    "--misses", type=int, default=20, show_default=True, metavar="N", help="Show the N worst misses; 0 for none."
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON line.")
def evaluate(gold: Path, misses: int, as_json: bool) -> None:
    """Score the reader against a FOLDER of coded reports (NAME.txt, NAME.meta.json, NAME.gold.json)."""
    prepare_places()
    figures = figures_of(gold)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "reports": figures.reports, "gold": figures.gold, "predicted": figures.predicted, "event": figures.events,
                    "sourced_claim": figures.sourced_claims, "fields": figures.fields,
                }
            )
        )  # fmt: skip
        return
    console = Console(highlight=False)
    console.print(
        f"{figures.reports} reports, {figures.gold} coded claims, {figures.predicted} read, {figures.matched} matched\n"
    )
    table = Table("", "P", "R", "F1", box=None, pad_edge=False)
    table.add_row("events", *(f"{v:.3f}" for v in figures.events))
    table.add_row("sourced claims", *(f"{v:.3f}" for v in figures.sourced_claims))
    console.print(table)
    console.print(
        "\nType, status, polarity, actors and source all right make a sourced claim. Of the matched claims:\n"
    )
    table = Table("field", "right", "of", box=None, pad_edge=False)
    for name, share in figures.fields.items():
        table.add_row(name, f"{share:.3f}", str(figures.asked[name]))
    console.print(table)
    worst = sorted(figures.misses, key=_gravity)[:misses]
    if worst:
        console.print(f"\nThe worst of {len(figures.misses)} misses:\n")
    for miss in worst:
        said = " -> ".join(t for t in (miss.expected, miss.got) if t)
        console.print(f"{miss.what}  [{miss.report}]  {said}", markup=False)
        console.print(f"    {miss.sentence}", markup=False, style="dim")


def _gravity(miss: evaluation.Miss) -> tuple[int, str]:
    order = ["polarity", "kind", "source", "anonymous", "actors", "missed", "not there"]
    return (order.index(miss.what) if miss.what in order else len(order), miss.report)
