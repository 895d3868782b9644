"""Entry point: the commands, and how errors are told."""

import os
import sys
from importlib import import_module
from typing import Final

import click

from reportedly._version import __version__
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


_COMMANDS: Final = {
    "read": "read", "init": "casebook", "add": "add", "watch": "watch", "reread": "add", "reports": "lists", "claims": "lists", "sources": "lists",
    "show": "show", "decide": "decide", "agreement": "decide", "weigh": "weigh", "incidents": "incidents",
    "incident": "incidents", "merge": "incidents", "split": "incidents", "copies": "incidents", "grade": "grade", "warnings": "warnings", "score": "warnings",
    "release": "release", "releases": "release", "export": "release", "persons": "release", "compare": "release", "verify": "casebook", "backup": "casebook", "restore": "casebook", "model-servers": "casebook",
    "serve": "serve", "accounts": "serve", "places": "places", "evaluate": "evaluate", "corpus": "corpus", "schema": "schema",
}  # fmt: skip
"""Each command and the file that it is in."""


class _Commands(click.Group):
    """Loads a command's file when it is asked for, so that a list does not wait for the reader's grammar."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = getattr(
            import_module(f"reportedly.cli.{_COMMANDS[cmd_name]}"), cmd_name.replace("-", "_")
        )
        return command


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="reportedly")
@click.pass_context
def cli(context: click.Context) -> None:
    """Reads reports of armed conflict and keeps what they claim: who says that who did what to whom, where, when, and
    how it is said."""
    if context.invoked_subcommand is None:
        click.echo(_WELCOME)


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
