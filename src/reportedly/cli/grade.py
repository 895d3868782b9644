"""`reportedly grade`."""

import re

import click

from reportedly.casebook.casebook import Casebook
from reportedly.cli.options import as_option, casebook_option

_INCIDENT = re.compile(r"[Ii]\d+")


@click.command()
@click.argument("subject", metavar="INCIDENT|SOURCE")
@click.argument("letter", metavar="GRADE")
@casebook_option
@as_option
@click.option("--reason", required=True, metavar="WHY", help="Why; kept with the grade.")
def grade(subject: str, letter: str, where: str, by: str | None, reason: str) -> None:
    """Give an incident an Admiralty grade (I17 B2), or a source its letter ("SABA" C); "none" takes yours back.

    It stands beside the derived grade and counts before it. A source's letter counts from the next weighing on.
    """
    value = "" if letter.lower() == "none" else letter.upper()
    with Casebook.open(where, by) as casebook:
        if _INCIDENT.fullmatch(subject):
            casebook.grade_incident(int(subject[1:]), value, reason)
            told = casebook.incident(int(subject[1:]))
            click.echo(f"I{told.number}: {told.grade}{'' if told.graded else ', as derived'}")
            return
        found = casebook.source_records(subject)
        if len(found) > 1:
            names = ", ".join(record.label for record in found[:8])
            raise click.UsageError(f"{subject}: may be {names}. Write one of them whole")
        casebook.grade_source(found[0].key, value, reason)
        click.echo(f"{found[0].label}: {value or 'by its record'} from the next weighing on")
