"""`reportedly decide`, `reportedly agreement`."""

import json
from dataclasses import asdict
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from reportedly.casebook.casebook import Casebook
from reportedly.cli.options import as_option, casebook_option
from reportedly.errors import InvalidDecision


@click.command()
@click.argument("claim", metavar="CLAIM")
@click.argument("verdict", type=click.Choice(("accept", "reject", "edit", "withdraw")))
@casebook_option
@as_option
@click.option("--reason", required=True, metavar="WHY", help="Why; kept with the decision.")
@click.option(
    "--set",
    "values",
    multiple=True,
    metavar="FIELD=VALUE",
    help="With edit: a field by its path in the record, and its value as JSON or plain text; can be repeated.",
)
@click.option(
    "--blind",
    is_flag=True,
    help="For coding apart: it counts for agreement, and for nothing else until somebody decides openly.",
)
def decide(
    claim: str, verdict: Any, where: str, by: str | None, reason: str, values: tuple[str, ...], blind: bool
) -> None:
    """Add a decision on a claim: accept, reject, edit, or withdraw what you decided before.

    Nothing is overwritten: the machine's value and yours stand side by side, with who, when and why. For example:

    reportedly decide C4711 edit --set status.kind=planned --set actors.0.name="Example Front" --reason "the text says so"
    """
    digits = claim.upper().removeprefix("C")
    if not digits.isdecimal() or not 0 < int(digits) < 2**31:
        raise click.UsageError(f"{claim}: is no claim's number, such as C4711")
    if blind and not by:
        raise click.UsageError("--blind needs --as NAME, so that two coders can be told apart")
    with Casebook.open(where, by) as casebook:
        casebook.decide(int(digits), verdict, reason, dict(_value(item) for item in values), blind=blind)
        state = casebook.claim(int(digits)).state
    click.echo(f"C{digits}: {'kept; it counts once somebody decides openly' if blind else state}")


def _value(item: str) -> tuple[str, Any]:
    field, equals, value = item.partition("=")
    if not equals:
        raise InvalidDecision(f"--set {item}: write FIELD=VALUE, as in --set status.kind=planned")
    try:
        return field.strip(), json.loads(value)
    except ValueError:
        return field.strip(), value


@click.command()
@casebook_option
@click.option("--everybody", is_flag=True, help="Count open decisions too, not only blind ones.")
@click.option("--json", "as_json", is_flag=True, help="Print one object a field.")
def agreement(where: str, everybody: bool, as_json: bool) -> None:
    """How far coders agree: Krippendorff's alpha per field, over the claims that two or more of them decided blind.

    1 is full agreement, 0 what chance would give. A dash: too little to tell, or all values the same.
    """
    with Casebook.open(where) as casebook:
        found = casebook.agreement(everybody)
    if as_json:
        for row in found:
            click.echo(json.dumps(asdict(row)))
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("field", "alpha", "claims coded twice", "coded alike"):
        table.add_column(name, justify="left" if name == "field" else "right")
    for row in found:
        table.add_row(row.field, "–" if row.alpha is None else f"{row.alpha:.3f}", str(row.claims), str(row.alike))
    Console(highlight=False).print(table)
