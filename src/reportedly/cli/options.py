"""Options that commands share: which casebook, and what a list is narrowed to."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar, get_args

import click

from reportedly.casebook.casebook import HERE
from reportedly.casebook.facets import Filter
from reportedly.model.plover import EVENT_TYPES
from reportedly.model.record import SourceType

Command = TypeVar("Command", bound=Callable[..., Any])

casebook_option = click.option(
    "--casebook", "where", default=HERE, show_default=True, envvar="REPORTEDLY_CASEBOOK", metavar="WHERE",
    help="The casebook: a folder, or postgresql://user@host/name. Or set REPORTEDLY_CASEBOOK.",
)  # fmt: skip
as_option = click.option(
    "--as", "by", metavar="NAME", help="Whom this is logged under; without it, you at this machine."
)

_STATUSES = ("occurred", "planned", "predicted", "demanded", "conditional", "denied", "warning")


class Day(click.ParamType[str]):
    """A day of the calendar, ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            self.fail(f"{value!r} is not a day of the calendar. Write it as 2024-01-31", param, ctx)


class EventType(click.ParamType[str]):
    """A PLOVER type, or type and mode."""

    name = "event"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        kind, slash, mode = str(value).partition("/")
        if kind.upper() not in EVENT_TYPES:
            self.fail(f"{kind}: no such event type. Types are {', '.join(EVENT_TYPES)}", param, ctx)
        return f"{kind.upper()}{slash}{mode}"


_FILTERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("place", {"metavar": "NAME", "help": "In this place, or in what lies in it; any spelling."}),
    ("actor", {"metavar": "NAME", "help": "With this actor on either side; any of its names."}),
    ("event", {"type": EventType(), "metavar": "TYPE", "help": "Of this PLOVER type: ASSAULT, ASSAULT/drone."}),
    ("status", {"type": click.Choice(_STATUSES), "help": "Said like this; warning: violence planned or expected."}),
    ("source", {"metavar": "NAME", "help": "Said by this source, at any link of the chain."}),
    ("source-type", {"type": click.Choice(get_args(SourceType)), "help": "Whose innermost source is of this type."}),
    ("outlet", {"metavar": "NAME", "help": "Published by this outlet."}),
    ("from", {"type": Day(), "metavar": "DATE", "help": "Happening on this day or later."}),
    ("to", {"type": Day(), "metavar": "DATE", "help": "Happening on this day or earlier."}),
    ("published-from", {"type": Day(), "metavar": "DATE", "help": "Published on this day or later."}),
    ("published-to", {"type": Day(), "metavar": "DATE", "help": "Published on this day or earlier."}),
    ("text", {"metavar": "WORDS", "help": 'With all these words; "quoted" ones together, beginning* for a beginning.'}),
    ("readers-differ", {"is_flag": True, "help": "Read by two readers that disagree on it, or that only one of them found."}),
    ("state", {"type": click.Choice(("counting", "undecided", "accepted", "edited", "rejected", "any")), "default": "counting", "show_default": True,
               "help": "As decided; counting: all but the rejected."}),
)  # fmt: skip


def filter_options(command: Command) -> Command:
    """Add the filters that all lists have."""
    for name, settings in reversed(_FILTERS):
        command = click.option(f"--{name}", f"filter_{name.replace('-', '_')}", **settings)(command)
    return command


def filter_from(given: dict[str, Any]) -> Filter:
    """The filter that a command's options ask for; they are taken out of the options."""
    values = {name: given.pop(f"filter_{name.replace('-', '_')}") for name, _ in _FILTERS}
    renamed = {"from": "start", "to": "end", "published-from": "published_start", "published-to": "published_end"}
    return Filter(**{renamed.get(name, name.replace("-", "_")): value for name, value in values.items()})
