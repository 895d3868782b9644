"""`reportedly init`, `verify`, `backup`, `restore`."""

from pathlib import Path
from typing import Final, get_args

import click

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.form import upgrade
from reportedly.casebook.model_servers import Allowed
from reportedly.cli.options import as_option, casebook_option
from reportedly.cli.progress import progress_by_kind
from reportedly.cli.shown import shown
from reportedly.desk.words import plural
from reportedly.errors import CasebookUnavailable


@click.command()
@casebook_option
@as_option
@click.option(
    "--upgrade", "older", is_flag=True, help="Bring a casebook that an older reportedly made to the present form."
)
def init(where: str, by: str | None, older: bool) -> None:
    """Make an empty casebook: a folder with a database and the originals, or all of it in PostgreSQL."""
    if older:
        upgrade(where)
        click.echo("The casebook is of the present form.")
        return
    Casebook.create(where, by).close()
    click.echo("An empty casebook is ready. Next: reportedly add report.txt, or an address, a folder, a feed")


@click.command()
@casebook_option
@as_option
@click.option(
    "--rebuild", is_flag=True, help="First compute anew what is derived: which versions, readings and decisions count."
)
def verify(where: str, by: str | None, rebuild: bool) -> None:
    """Look at everything kept: originals against their hashes, claims against their texts, the custody log against itself.

    Exit status 1 where something is wrong. The seal at the end stands for the whole log: note it elsewhere, and it proves later that
    nothing before it was changed.
    """
    with Casebook.open(where, by) as casebook, progress_by_kind() as progress:
        if rebuild:
            casebook.rebuild(lambda done, total: progress("Present state", done, total))
        found = casebook.verify(progress)
    for fault in found.faults:
        click.echo(shown(fault), err=True)
    for path in found.leftovers:
        click.echo(f"{path}: half-written, by a run at work or one that was ended; then it can be deleted", err=True)
    looked = f"{plural(found.originals, 'original')}, {plural(found.versions, 'text')}, {plural(found.claims, 'claim')}, {found.entries} entries of the custody log"
    click.echo(f"{looked}: {plural(len(found.faults), 'fault') if found.faults else 'all as kept'}")
    click.echo(f"seal {found.seal}")
    if found.faults:
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@casebook_option
@as_option
def backup(file: Path, where: str, by: str | None) -> None:
    """Write everything kept to FILE, a ZIP that either database can be restored from. It appears only when it is whole."""
    if file.exists():
        raise CasebookUnavailable(f"{file}: is there already. Name another file")
    with Casebook.open(where, by) as casebook, progress_by_kind() as progress:
        casebook.backup(file, progress)
    click.echo(f"{file}: {file.stat().st_size / 1e6:.1f} MB")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@casebook_option
@as_option
def restore(file: Path, where: str, by: str | None) -> None:
    """Make a casebook from a backup. Every part of it is checked first; nothing is made where one is damaged."""
    with progress_by_kind() as progress:
        Casebook.restore(file, where, by, progress).close()
    click.echo("Restored. Look at it: reportedly verify")


@click.command(name="model-servers")
@click.argument("which", type=click.Choice(get_args(Allowed)), required=False)
@casebook_option
@as_option
def model_servers(which: Allowed | None, where: str, by: str | None) -> None:
    """Say which servers of language models this casebook's reports may be sent to: anywhere, only here, on this machine, or none.

    Without a word it tells what holds. Whoever reads through a server that is not on this machine is asked once besides.
    """
    with Casebook.open(where, by) as casebook:
        if which is not None:
            casebook.allow_model_servers(which)
        click.echo(_MODEL_SERVERS[casebook.model_servers()])


_MODEL_SERVERS: Final[dict[Allowed, str]] = {
    "anywhere": "Reports of this casebook may be sent to any model server that somebody agrees to.",
    "here": "Reports of this casebook are sent to model servers on this machine alone.",
    "none": "Reports of this casebook are sent to no model server.",
}
