"""`reportedly add`, `reportedly reread`."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from reportedly.casebook.casebook import Casebook, Reads
from reportedly.casebook.model_servers import require
from reportedly.casebook.taking_in import NothingNew, Step, Taken, take_in
from reportedly.cli.model_options import ModelOptions, model_options, options_from, reader_of
from reportedly.cli.options import Day, as_option, casebook_option
from reportedly.cli.prepare import prepare_places
from reportedly.cli.progress import progress_bar
from reportedly.cli.shown import shown
from reportedly.desk.gathering import gatherer
from reportedly.desk.words import plural
from reportedly.errors import UnreadableReport
from reportedly.intake.files import checked_date
from reportedly.model.acquisition import Failure, FeedRead


@dataclass(slots=True)
class Tally:
    """What a run took in."""

    counts: dict[str, int] = field(default_factory=lambda: {"new": 0, "changed": 0, "seen again": 0})
    claims: int = 0
    unreadable: int = 0
    failures: list[str] = field(default_factory=list)
    """Listed by whoever ends the run."""

    def tell(self, step: Step) -> None:
        """Count a step and print its line; what is printed as taken in is kept."""
        if isinstance(step, Taken):
            self.counts[step.kept.news] += 1
            self.claims += step.claims or 0
            self.unreadable += step.problem is not None
            click.echo(_line(step))
        elif isinstance(step, FeedRead):
            problem = f"; {step.problem}" if step.problem else ""
            entries = "1 entry" if step.entries == 1 else f"{step.entries} entries"
            click.echo(f"feed   {entries}{problem}  {shown(step.original.location)}")
        elif isinstance(step, NothingNew):
            click.echo(f"feed   unchanged  {shown(step.location)}")
        elif isinstance(step, Failure):
            self.failures.append(shown(step.reason))

    def summary(self) -> str:
        """ "3 reports: 2 new, 1 seen again; 12 claims"."""
        parts = [f"{count} {news}" for news, count in self.counts.items() if count]
        text = plural(sum(self.counts.values()), "report") + (f": {', '.join(parts)}" if parts else "")
        text += f"; {plural(self.claims, 'claim')}"
        if self.unreadable:
            text += f"; {self.unreadable} kept that this reader cannot read"
        return text


def _line(step: Taken) -> str:
    kept = step.kept
    news = f"changed, version {kept.number}" if kept.news == "changed" else kept.news
    made = ""
    if step.problem is not None:
        made = f", kept but not read: {shown(step.problem)}"
    elif step.claims is not None:
        made = f", {plural(step.claims, 'claim')}"
    return f"R{kept.report:<5} {news}{made}  {shown(kept.location)}"


@contextmanager
def reader_for(casebook: Casebook, reading_by: ModelOptions) -> Iterator[Reads]:
    """A reader whom this casebook allows; its grammar is loaded here, not for whoever only keeps or looks."""
    prepare_places()
    if reading_by.server is not None and reading_by.asks_a_model:
        require(casebook.model_servers(), reading_by.server)  # before anybody is asked to agree
    with reader_of(reading_by) as reader:
        yield reader


@click.command()
@click.argument("what", nargs=-1, required=True, metavar="WHAT...")
@casebook_option
@as_option
@click.option("--outlet", help="Who published it, for all that is named.")
@click.option("--published", metavar="DATE", help="When: 2024-01-31 or 2024-01-31T12:00, for all that is named.")
@click.option("--title", help="Its headline.")
@click.option("--url", help="Its address, for a file.")
@click.option("--encoding", help="Encoding of text files that are not UTF-8.")
@click.option("--feed-text", is_flag=True, help="Take the text that a feed carries, and do not ask for its pages.")
@click.option(
    "--allow-host",
    "allow_hosts",
    multiple=True,
    metavar="HOST",
    help="Ask this host though it is inside a network; can be repeated.",
)
@click.option(
    "--pace",
    type=click.FloatRange(0, 3600),
    default=1.0,
    show_default=True,
    metavar="SECONDS",
    help="Between two requests to one host.",
)
@click.option("--contact", metavar="TEXT", help="How servers' operators can reach you; told to each.")
@click.option("--actors", type=click.Path(path_type=Path), help="Your own actors, a CSV file.")
@model_options
@click.option("--no-read", is_flag=True, help="Keep only; read later with `reportedly reread`.")
def add(
    what: tuple[str, ...],
    where: str,
    by: str | None,
    outlet: str | None,
    published: str | None,
    title: str | None,
    url: str | None,
    encoding: str | None,
    feed_text: bool,
    allow_hosts: tuple[str, ...],
    pace: float,
    contact: str | None,
    actors: Path | None,
    no_read: bool,
    **given: Any,
) -> None:
    """Take reports into the casebook, with their originals, and read them.

    WHAT is an address, a file (text, Markdown, HTML, PDF, DOCX, EML, WARC, WACZ, RSS, Atom), a folder of such files, or - for standard
    input. NAME.meta.json beside NAME.txt gives title, outlet, published and url.

    A report that is there already is seen again, not doubled; one that has changed is a new version. Stopped in between, run it again.
    """
    if published is not None:
        checked_date(published, "--published")
    options = {"outlet": outlet, "published": published, "title": title, "url": url}
    tally = Tally()
    reading_by = options_from(given, actors)
    with Casebook.open(where, by) as casebook, ExitStack() as stack:
        reader = None if no_read else stack.enter_context(reader_for(casebook, reading_by))
        with gatherer(casebook, options, allow_hosts, contact, pace, encoding, feed_text) as gathering:
            for step in take_in(casebook, gathering.gather(what), reader):
                tally.tell(step)
    if len(what) == len(tally.failures) == 1 and not any(tally.counts.values()):
        raise UnreadableReport(tally.failures[0])
    click.echo(tally.summary(), err=True)
    if tally.failures:
        click.echo(f"{len(tally.failures)} could not be taken in:", err=True)
        for line in tally.failures:
            click.echo(f"  {line}", err=True)
        raise click.exceptions.Exit(1)


@click.command()
@casebook_option
@as_option
@click.option("--since", type=Day(), metavar="DATE", help="Only reports last seen on this day or later.")
@click.option("--days", type=click.IntRange(1), metavar="N", help="Only reports last seen in the last N days.")
@click.option("--actors", type=click.Path(path_type=Path), help="Your own actors, a CSV file.")
@model_options
def reread(where: str, by: str | None, since: str | None, days: int | None, actors: Path | None, **given: Any) -> None:
    """Read what this reader has not read: all reports after it has become newer, and those that were only kept.

    Older readings stay, and so do decisions: they hold for the same claim in the new reading.
    """
    if days is not None:
        since = (datetime.now(UTC) - timedelta(days=days)).date().isoformat()
    count = claims = failed = 0
    reading_by = options_from(given, actors)
    with Casebook.open(where, by) as casebook, reader_for(casebook, reading_by) as reader:
        console = Console(stderr=True)
        with progress_bar(console) as progress:
            task = progress.add_task("Reading", total=casebook.count_unread(reader.version, since))
            for item in casebook.unread(reader.version, since):
                found, problem = casebook.read(item.version, reader)
                count, claims, failed = count + 1, claims + found, failed + (problem is not None)
                progress.advance(task)
    click.echo(
        f"{plural(count, 'report')} read by {reader.version.name} {reader.version.version}; {plural(claims, 'claim')}"
        + (f"; {failed} that this reader cannot read" if failed else "")
    )
