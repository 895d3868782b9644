"""`reportedly weigh`."""

from pathlib import Path

import click

from reportedly.casebook.casebook import Casebook
from reportedly.cli.options import as_option, casebook_option
from reportedly.cli.progress import progress_by_kind
from reportedly.desk import words
from reportedly.desk.weigh_casebook import Outcome, weigh_casebook
from reportedly.knowledge.outlets import read_own_outlets

outlets_option = click.option(
    "--outlets",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="REPORTEDLY_OUTLETS",
    metavar="CSV",
    help="Your own outlets and their families: docs/weighing.md tells the columns.",
)


@click.command()
@casebook_option
@as_option
@outlets_option
@click.option("--again", is_flag=True, help="Weigh everything, also where nothing has changed.")
def weigh(where: str, by: str | None, outlets: Path | None, again: bool) -> None:
    """Derive copies, incidents, origins and contradictions from what was read and decided; safe to repeat.

    Nothing is weighed twice: of a few new reports or decisions only what they touch, and where nothing is new it is
    done at once. The result is that of weighing everything.
    """
    own = read_own_outlets(outlets) if outlets is not None else ()
    with Casebook.open(where, by) as casebook, progress_by_kind() as progress:
        outcome = weigh_casebook(casebook, own, again, progress)
    click.echo("Nothing new to weigh." if outcome is None else _told(outcome))


def _told(outcome: Outcome) -> str:
    reports, incidents = words.plural(outcome.reports, "report"), words.plural(len(outcome.incidents), "incident")
    disputed = sum(bool(i.contradictions) for i in outcome.incidents)
    several = sum(i.low > 1 for i in outcome.incidents)
    if outcome.anew:
        begun = f"{reports} and {words.plural(outcome.claims, 'claim')} tell of {incidents}"
    elif outcome.reports == 0:
        begun = f"What was decided is weighed: {incidents} new or changed"
    else:
        begun = f"{reports} weighed that {'is' if outcome.reports == 1 else 'are'} new or changed: {incidents} new or changed"
    copies = f"{outcome.copies} {'copy' if outcome.copies == 1 else 'copies'}"
    return f"{begun}: {several} with two origins or more, {disputed} disputed; {copies}; {words.plural(outcome.new_warnings, 'new warning')}."
