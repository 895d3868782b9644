"""`reportedly release`, `releases`, `export`, `persons`, `compare`."""

import getpass
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.casebook.people import refused as login_refused
from reportedly.casebook.people import verified
from reportedly.casebook.releases import ReleaseRow
from reportedly.cli.listed import listed_events
from reportedly.cli.options import Day, as_option, casebook_option, filter_from, filter_options
from reportedly.cli.progress import progress_by_kind
from reportedly.cli.shown import shown
from reportedly.cli.weigh import outlets_option
from reportedly.desk.release_casebook import asked_for, events_of, export_to, look_at, propose, write
from reportedly.desk.weigh_casebook import weigh_casebook
from reportedly.desk.words import plural
from reportedly.errors import LoginRefused
from reportedly.knowledge.outlets import read_own_outlets
from reportedly.knowledge.release_profiles import SHIPPED, profile_named
from reportedly.model.acquisition import now
from reportedly.model.release import Profile, ReleasedEvent
from reportedly.model.warning import Happening
from reportedly.release.columns import where as where_of
from reportedly.release.comparing import PAIR_COLUMNS, Pair
from reportedly.release.comparing import compare as compare_events
from reportedly.release.formats.tables import Rows
from reportedly.release.making import Outcome, refuse_taken
from reportedly.release.reading_back import Release
from reportedly.release.writers import CLAIM_WRITERS, FORMATS

_NAMES = ", ".join(SHIPPED)
_FIRST: Final = 5
"""Events of what would leave that are printed."""
_PAIRS: Final = 100
"""Rows of a comparison that are printed."""
profile_option = click.option("--profile", "profile_name", metavar="NAME", help=f"By which rules it leaves: {_NAMES}, or a file of your own (.toml).")  # fmt: skip
day_option = click.option("--date", "day", type=Day(), metavar="DATE", help="The day of the release; without it, today (UTC).")  # fmt: skip
title_option = click.option("--title", default="Events of armed conflict as reports tell them", show_default=True, help="What the release is called.")  # fmt: skip
publisher_option = click.option("--publisher", default="The keeper of this casebook", show_default=True, help="Who releases it.")  # fmt: skip


@click.command()
@click.argument("out", required=False, type=click.Path(path_type=Path))
@casebook_option
@as_option
@profile_option
@click.option(
    "--since",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="RELEASE",
    help="The folder of the release before: changes.csv lists what was added, changed and withdrawn since.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would leave, and write nothing.")
@click.option(
    "--json", "as_json", is_flag=True, help="With --dry-run: print all that would leave, an event or a claim a line."
)
@click.option(
    "--approved",
    "number",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="Write a release that was proposed and approved.",
)
@click.option(
    "--again",
    type=click.IntRange(1),
    metavar="NUMBER",
    help="Write an earlier release again, as the casebook stood then.",
)
@day_option
@title_option
@publisher_option
@outlets_option
@filter_options
def release(
    out: Path | None, where: str, by: str | None, profile_name: str | None, since: Path | None, dry_run: bool, as_json: bool, number: int | None,
    again: int | None, day: str | None, title: str, publisher: str, outlets: Path | None, **given: Any,
) -> None:  # fmt: skip
    """Write what may leave to the folder OUT: every format, with codebook, checksums, and notes of what was coarsened and withheld.

    A profile says what may leave. Where a team uses the casebook, a release is only proposed, and written once somebody else has approved it.
    """
    if as_json and not dry_run:
        raise click.UsageError("--json: goes with --dry-run; a release writes all its formats")
    own = read_own_outlets(outlets) if outlets is not None else ()
    before = Release(since) if since is not None else None
    if out is not None and not dry_run:
        refuse_taken(out)  # before a release is proposed that could not be written
    with Casebook.open(where, by) as casebook, progress_by_kind() as progress:
        if number is None and again is None:
            profile, asked_day = _profile(profile_name), day or now().date().isoformat()
            narrowed = filter_from(given)
            weigh_casebook(casebook, own, False, progress)
            if dry_run:
                asked, of = asked_for(profile, asked_day, title, publisher, narrowed)
                outcome = look_at(casebook, asked, of, progress, click.echo if as_json else None)
                _tell_what_would_leave(outcome, profile, on_error=as_json)
                return
            if out is None:
                raise click.UsageError("name the folder to write to: reportedly release OUT --profile NAME")
            number = propose(casebook, profile, asked_day, title, publisher, narrowed)
            if casebook.needs_second_person():
                click.echo(
                    f"Release {number} is proposed. Somebody else looks at it and approves it: reportedly releases {number} --approve --as NAME, or at the desk"
                )
                click.echo(f"Then: reportedly release {out} --approved {number}")
                return
        if out is None or dry_run:
            raise click.UsageError("name the folder to write to: reportedly release OUT --approved NUMBER")
        wanted = number or again
        assert wanted is not None
        outcome = write(casebook, wanted, out, before, own, progress)
        profile = casebook.release(wanted).profile
    click.echo(f"Release {wanted}: {_held(outcome, profile)} in {out}")
    _tell_counts(outcome)


@click.command()
@click.argument("number", required=False, type=click.IntRange(1))
@casebook_option
@as_option
@click.option("--approve", "step", flag_value="approved", help="Approve a release that somebody else proposed.")
@click.option("--refuse", "step", flag_value="refused", help="Refuse it.")
@click.option("--reason", default="", help="Why.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print all that a release which is not written yet would tell, an event or a claim a line.",
)
def releases(number: int | None, where: str, by: str | None, step: str | None, reason: str, as_json: bool) -> None:
    """List releases, show what one would tell, approve it or refuse it. Deciding asks for your password at the desk."""
    with Casebook.open(where, by) as casebook:
        if number is None:
            Console(highlight=False).print(_table(casebook.releases()))
            return
        found = casebook.release(number)
        if step is None:
            _show(casebook, found, as_json)
            return
        if by is None:
            raise click.UsageError(
                "--as NAME: whoever decides on a release says who they are, by their account at the desk"
            )
        _log_in(casebook, by)
        casebook.decide_on_release(number, "approved" if step == "approved" else "refused", reason)
    click.echo(f"Release {number}: {step} by {by}")


def _log_in(casebook: Casebook, name: str) -> None:
    """Ask for an account's password. Raises LoginRefused."""
    given = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    with casebook.people() as people:
        refused, hashed = people.refusal(name, "command line"), people.password_of(name)
    if refused is not None:
        raise LoginRefused(refused)
    if not verified(given, hashed):
        with casebook.people(change=True) as people:
            people.note_failure(name, "command line")
        raise login_refused()


@click.command()
@casebook_option
@as_option
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="What to write.")
@click.option(
    "--of",
    "of_what",
    type=click.Choice(("events", "claims")),
    help="Rows of what; without it claims as jsonl and parquet, where the profile lets claims leave, else events.",
)
@click.option(
    "--profile",
    "profile_name",
    default="internal",
    show_default=True,
    metavar="NAME",
    help=f"By which rules it leaves: {_NAMES}, or a file of your own (.toml).",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write; without it, standard output.",
)
@day_option
@title_option
@publisher_option
@outlets_option
@filter_options
def export(
    where: str, by: str | None, form: str, of_what: str | None, profile_name: str, out: Path | None, day: str | None, title: str, publisher: str,
    outlets: Path | None, **given: Any,
) -> None:  # fmt: skip
    """Write one format to standard output, for work with what is yours: under the profile internal it is everything. To hand data on, use release."""
    own = read_own_outlets(outlets) if outlets is not None else ()
    profile = _profile(profile_name)
    of_claims = (
        of_what or ("claims" if form in ("jsonl", "parquet") and profile.units == "claims" else "events")
    ) == "claims"
    if of_claims and (profile.units != "claims" or form not in CLAIM_WRITERS):
        raise click.UsageError(
            "--of claims: goes with csv, parquet and jsonl, and with a profile that lets claims leave"
        )
    if out is None and form == "parquet" and sys.stdout.isatty():
        raise click.UsageError("parquet is not for a terminal: --out FILE, or > FILE")
    with Casebook.open(where, by) as casebook, progress_by_kind() as progress:
        asked, of = asked_for(profile, day or now().date().isoformat(), title, publisher, filter_from(given))
        weigh_casebook(casebook, own, False, progress)
        if out is None:
            outcome = export_to(casebook, asked, of, form, of_claims, sys.stdout.buffer, progress)
        else:
            with out.open("wb") as file:
                outcome = export_to(casebook, asked, of, form, of_claims, file, progress)
    hint = (
        " Everything is in it: not to be handed on. For that: reportedly release" if profile.name == "internal" else ""
    )
    click.echo(
        f"{plural(outcome.claims, 'claim') if of_claims else plural(outcome.events, 'event')}, profile {profile.name}.{hint}",
        err=True,
    )


@click.command()
@click.argument("name", required=False)
@casebook_option
@as_option
@click.option("--in-office", "decision", flag_value="office", help="A public figure in office: the name may leave.")
@click.option("--private", "decision", flag_value="private", help="A private person: the name stays.")
@click.option("--reason", default="", help="Why.")
@click.option(
    "--profile", "profile_name", default="partner", show_default=True, metavar="NAME", help="Whose rule is looked at."
)
def persons(name: str | None, where: str, by: str | None, decision: str | None, reason: str, profile_name: str) -> None:
    """List the names of people that would leave or stay by a profile's rule, or decide on a NAME, which goes before the rule."""
    with Casebook.open(where, by) as casebook, progress_by_kind() as progress:
        if decision is not None:
            if name is None:
                raise click.UsageError("name the person: reportedly persons NAME --private --reason 'why'")
            casebook.decide_on_person(name, decision == "office", reason)
            click.echo(f"{shown(name)}: {'may leave' if decision == 'office' else 'stays'}")
            return
        weigh_casebook(casebook, (), False, progress)
        asked, of = asked_for(_profile(profile_name), now().date().isoformat(), "", "", Filter())
        found = look_at(casebook, asked, of, progress).notes.persons
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("name")
    table.add_column("by the rule, or as decided")
    for person, leaves in sorted(found.items()):
        if name is None or name.casefold() in person.casefold():
            table.add_row(Text(shown(person)), "leaves" if leaves else "stays")
    Console(highlight=False).print(table)


@click.command()
@click.argument("listed", type=click.Path(path_type=Path, exists=True))
@casebook_option
@as_option
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "csv", "json")),
    default="table",
    show_default=True,
    help="What to print; json: one object a line.",
)
@filter_options
def compare(listed: Path, where: str, by: str | None, form: str, **given: Any) -> None:
    """Lay what is told to have happened beside LISTED: a CSV of ACLED's or UCDP's, or the folder of another casebook's release.

    Events of one country, of one type, at most a day and 30 km apart (or in one first-level division, where either is told no finer) are likely the same.
    """
    theirs = listed_events(listed)
    with Casebook.open(where, by) as casebook, progress_by_kind() as progress:
        asked, of = asked_for(profile_named("internal"), now().date().isoformat(), "", "", filter_from(given))
        weigh_casebook(casebook, (), False, progress)
        ours = (event for event in events_of(casebook, asked, of, progress) if event.telling == "happened")
        pairs = compare_events(ours, theirs)
        if form == "csv":
            rows = Rows(sys.stdout.buffer, PAIR_COLUMNS)
            for pair in pairs:
                rows.item(pair)
            rows.close()
        elif form == "json":
            for pair in pairs:
                sides = {"ours": pair.ours, "theirs": pair.theirs}
                click.echo(
                    json.dumps(
                        {name: side and side.model_dump(mode="json") for name, side in sides.items()},
                        ensure_ascii=False,
                    )
                )
        else:
            _print_pairs(pairs)


def _print_pairs(pairs: Iterable[Pair]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("here: what", "when", "where", "killed", "there: when", "where", "killed", "who"):
        table.add_column(title)
    both = here = there = 0
    for pair in pairs:
        both += pair.ours is not None and pair.theirs is not None
        here += pair.theirs is None
        there += pair.ours is None
        if both + here + there <= _PAIRS:
            table.add_row(*(Text(shown(value)) for value in (*_ours(pair.ours), *_theirs(pair.theirs))))
    click.echo(f"{both} likely in both, {here} only here, {there} only there")
    Console(highlight=False).print(table)
    if both + here + there > _PAIRS:
        click.echo(f"{both + here + there - _PAIRS:,} more: --format csv, or json")


def _ours(event: ReleasedEvent | None) -> tuple[str, str, str, str]:
    if event is None:
        return "", "", "", ""
    killed = event.killed
    return event.type, event.start or "", where_of(event) or "", _toll(killed.low, killed.high) if killed else ""


def _theirs(other: Happening | None) -> tuple[str, str, str, str]:
    if other is None:
        return "", "", "", ""
    return other.start, other.name, _toll(other.killed_low, other.killed_high), ", ".join(other.actors)


def _toll(low: int | None, high: int | None) -> str:
    if low is None:
        return ""
    return str(low) if high == low else f"{low} or more" if high is None else f"{low} to {high}"


def _profile(name: str | None) -> Profile:
    if name is None:
        raise click.UsageError(f"say by which rules it leaves: --profile {_NAMES}, or a file of your own")
    return profile_named(name)


def _held(outcome: Outcome, profile: Profile) -> str:
    return plural(outcome.events, "event") + (
        f" and {plural(outcome.claims, 'claim')}" if profile.units == "claims" else ""
    )


def _tell_counts(outcome: Outcome, on_error: bool = False) -> None:
    for reason, count in sorted(outcome.notes.counts.items()):
        click.echo(f"  {reason}: {count:,}", err=on_error)
    if outcome.changes is not None:
        click.echo(
            "  since the release before: "
            + ", ".join(f"{outcome.changes[what]:,} {what}" for what in ("added", "changed", "withdrawn"))
        )


def _tell_what_would_leave(outcome: Outcome, profile: Profile, on_error: bool = False) -> None:
    """What, how much and the first of it; on standard error without the first, where all of it is on standard output."""
    click.echo(f"Would leave, as “{profile.title}”: {_held(outcome, profile)}", err=on_error)
    _tell_counts(outcome, on_error)
    if outcome.examples and not on_error:
        click.echo("The first of them (all: --json):" if outcome.events > _FIRST else "Namely:")
        Console(highlight=False).print(_events(outcome.examples[:_FIRST]))


def _events(events: list[ReleasedEvent]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 2), header_style="dim")
    for title in ("what", "when", "where", "who", "to whom", "grade"):
        table.add_column(title)
    for event in events:
        when = event.start or "" if event.start == event.end else f"{event.start} to {event.end}"
        where = ", ".join(
            p for p in (event.place.name, event.place.admin2, event.place.admin1, event.place.country) if p
        )
        row = (
            f"{event.type}/{event.mode}" if event.mode else event.type,
            when,
            where,
            *("; ".join(p.name for p in s) for s in (event.actors, event.recipients)),
            event.grade,
        )
        table.add_row(*(Text(shown(value)) for value in row))
    return table


def _table(rows: list[ReleaseRow]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("release", "day", "profile", "title", "proposed by", "state", "approved by"):
        table.add_column(title)
    for row in rows:
        table.add_row(
            str(row.number),
            row.day,
            row.profile.name,
            *(Text(shown(v)) for v in (row.asked["title"], row.made_by, row.state, row.approved_by or "")),
        )
    return table


def _show(casebook: Casebook, found: ReleaseRow, as_json: bool) -> None:
    Console(highlight=False, stderr=as_json).print(_table([found]))
    for step in found.steps:
        told = f"{step.at[:16]} {step.step} by {step.by} {step.detail.get('reason', '')}".rstrip()
        click.echo(shown(told), err=as_json)
    if found.state in ("proposed", "approved"):
        if casebook.has_moved_since(found):
            click.echo(
                "The casebook has gone on since. What is written is what stood then; this is what stands now:",
                err=as_json,
            )
        given = Filter(**found.asked["filter"])
        asked, of = asked_for(found.profile, found.day, found.asked["title"], found.asked["publisher"], given)
        with progress_by_kind() as progress:
            outcome = look_at(casebook, asked, of, progress, click.echo if as_json else None)
        _tell_what_would_leave(outcome, found.profile, on_error=as_json)
