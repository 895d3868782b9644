"""Entry point: the commands, and how errors are told."""

import os
import sys

import click

from reportedly._version import __version__
from reportedly.cli.add import add, reread
from reportedly.cli.casebook import backup, init, restore, verify
from reportedly.cli.decide import agreement, decide
from reportedly.cli.evaluate import evaluate
from reportedly.cli.lists import claims, reports, sources
from reportedly.cli.places import places
from reportedly.cli.read import read
from reportedly.cli.schema import schema
from reportedly.cli.show import show
from reportedly.cli.watch import watch
from reportedly.errors import ReportedlyError

_WELCOME = """reportedly reads reports of armed conflict and keeps what they claim.

Try one of these:

  reportedly read report.txt --outlet "Example Wire" --published 2024-01-31
  reportedly read report.txt --format html > report.html
  reportedly read inbox/*.txt --format json --out claims/
  reportedly init                                   a casebook, which keeps all of it
  reportedly add inbox/ https://example.org/page    take reports into it
  reportedly claims --status warning                what is planned or expected
  reportedly --help                                 all commands
"""


@click.group(
    invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="reportedly")
@click.pass_context
def cli(context: click.Context) -> None:
    """Reads reports of armed conflict and keeps what they claim: who says that who did what to whom, where, when, and
    how it is said."""
    if context.invoked_subcommand is None:
        click.echo(_WELCOME)


for _command in (
    read, init, add, watch, reread, reports, claims, sources, show, decide, agreement, verify, backup, restore, places, evaluate, schema,
):  # fmt: skip
    cli.add_command(_command)


def main() -> None:
    """Run the command line; whatever reportedly refuses is one line on standard error and exit status 2."""
    try:
        status = cli.main(standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.Abort:
        click.echo("reportedly: stopped. The same command goes on from here.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        click.echo(f"reportedly: {error.format_message()}", err=True)
        sys.exit(2)
    except ReportedlyError as error:
        click.echo(f"reportedly: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
