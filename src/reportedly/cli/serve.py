"""`reportedly serve`, `reportedly accounts`."""

import errno
import ipaddress
import os
import socket
import sys
from contextlib import ExitStack
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.casebook.casebook import Casebook, Reads
from reportedly.casebook.people import ROLES
from reportedly.cli.add import reader_for
from reportedly.cli.model_options import model_options, options_from, reader_of
from reportedly.cli.options import as_option, casebook_option
from reportedly.cli.prepare import prepare_places
from reportedly.cli.shown import shown
from reportedly.desk.words import plural
from reportedly.errors import DeskRefused


@click.command()
@casebook_option
@as_option
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Where; 0 takes any free one."
)
@click.option(
    "--team", is_flag=True, help="For several people, who log in: make accounts first with `reportedly accounts`."
)
@click.option(
    "--bind",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="With --team: the address to listen at; 0.0.0.0 for all.",
)
@click.option(
    "--host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="With --team: a name under which browsers ask for it; can be repeated.",
)
@click.option(
    "--https", is_flag=True, help="With --team: a proxy before it speaks HTTPS, so cookies are for HTTPS alone."
)
@click.option("--proxy", multiple=True, metavar="ADDRESS", help="With --team: a proxy whose word on who asks is taken.")
@click.option(
    "--allow-host",
    "allow_hosts",
    multiple=True,
    metavar="HOST",
    help="Reports may be fetched from this host though it is inside a network.",
)
@click.option("--contact", metavar="TEXT", help="How servers' operators can reach you; told to each.")
@model_options
def serve(
    where: str, by: str | None, port: int, team: bool, bind: str, hosts: tuple[str, ...], https: bool, proxy: tuple[str, ...],
    allow_hosts: tuple[str, ...], contact: str | None, **given: Any,
) -> None:  # fmt: skip
    """Open the casebook in a browser: the desk, and the HTTP interface under /api.

    Without --team it is for you alone: it listens on this machine only and asks for no login. Stop it with Ctrl+C.
    """
    import uvicorn

    from reportedly.desk.application import Desk, application, opened
    from reportedly.desk.guard import LOOPBACK

    if not team and (hosts or https or proxy or bind != "127.0.0.1"):
        raise click.UsageError(
            "--bind, --host, --https and --proxy go with --team: without accounts the desk is for this machine alone"
        )
    _checked_address(bind)
    prepare_places()
    reading_by = options_from(given)
    with opened(where, by, team) as casebook, ExitStack() as stack:
        # Whoever starts the desk agrees that a model is asked, not whoever adds a report.
        asking = stack.enter_context(reader_for(casebook, reading_by)) if reading_by.asks_a_model else None

        def make_reader() -> Reads:
            return asking or stack.enter_context(reader_of(reading_by))

        desk = Desk(
            casebook,
            team=team,
            over_https=https,
            hosts={*LOOPBACK, *hosts},
            allow_hosts=allow_hosts,
            contact=contact,
            make_reader=make_reader,
        )
        config = uvicorn.Config(
            application(desk), host=bind, port=port, log_level="warning", access_log=False, server_header=False, proxy_headers=bool(proxy),
            forwarded_allow_ips=list(proxy), timeout_keep_alive=15, limit_concurrency=500, h11_max_incomplete_event_size=64 * 1024,
        )  # fmt: skip
        _run(uvicorn.Server(config), bind, port, where)


def _run(server: Any, bind: str, port: int, where: str) -> None:
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as listening:
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((bind, port))
        except OSError as error:
            why = (
                "is in use by another program"
                if error.errno == errno.EADDRINUSE
                else f"cannot be listened at ({error.strerror})"
            )
            raise DeskRefused(f"port {port} of {bind}: {why}. Name another: --port 0") from None
        listening.listen(256)  # so that whoever reads the line can ask at once
        name = "localhost" if bind == "127.0.0.1" else f"[{bind}]" if ":" in bind else bind
        click.echo(f"{shown(where)} is open at http://{name}:{listening.getsockname()[1]}/ - Ctrl+C closes it.")
        sys.stdout.flush()
        server.run(sockets=[listening])


def _checked_address(bind: str) -> None:
    try:
        ipaddress.ip_address(bind)
    except ValueError:
        raise click.UsageError(f"--bind {bind}: is no address, such as 127.0.0.1 or 0.0.0.0") from None


@click.group(invoke_without_command=True)
@casebook_option
@as_option
@click.pass_context
def accounts(context: click.Context, where: str, by: str | None) -> None:
    """Who may use a team's desk. Without a further word, list them."""
    context.obj = (where, by)
    if context.invoked_subcommand is not None:
        return
    with Casebook.open(where) as casebook, casebook.people() as people:
        found = people.accounts()
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("name", "role", "", "changed"):
        table.add_column(name)
    for account in found:
        table.add_row(
            Text(shown(account.name)),
            account.role,
            "closed" if account.closed else "",
            account.changed_at[:16].replace("T", " "),
        )
    Console(highlight=False).print(table if found else "No accounts: reportedly accounts add NAME --role admin")


@accounts.command("add")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    required=True,
    help="reader: looks. coder: decides. editor: adds, weighs, merges, grades. admin: sees the log.",
)
@click.option("--keep-password", is_flag=True, help="Change the role alone.")
@click.pass_obj
def add_account(context: tuple[str, str | None], name: str, role: Any, keep_password: bool) -> None:
    """Make an account, or change one: its role and password. The password is asked for, or read from REPORTEDLY_PASSWORD."""
    where, by = context
    password = (
        None
        if keep_password
        else os.environ.get("REPORTEDLY_PASSWORD")
        or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    )
    with Casebook.open(where, by) as casebook, casebook.people(change=True) as people:
        people.put_account(name, role, password)
    click.echo(f"{shown(name)}: {role}. Whoever was logged in by it has to log in again.")


@accounts.command("close")
@click.argument("name")
@click.pass_obj
def close_account(context: tuple[str, str | None], name: str) -> None:
    """Let nobody in by an account any longer. What it decided stays."""
    where, by = context
    with Casebook.open(where, by) as casebook, casebook.people(change=True) as people:
        people.close_account(name)
        left = sum(not account.closed for account in people.accounts())
    click.echo(f"{shown(name)}: closed. {plural(left, 'account')} open.")
