"""`reportedly watch`."""

import sched
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from reportedly.casebook.casebook import Casebook, Reads
from reportedly.casebook.feeds import check_feed, trouble
from reportedly.cli.add import Tally, reader_for
from reportedly.cli.model_options import model_options, options_from
from reportedly.cli.options import as_option, casebook_option
from reportedly.cli.shown import shown
from reportedly.desk.gathering import gatherer
from reportedly.errors import CasebookUnavailable, ModelError
from reportedly.intake.feed_list import FeedList, WatchedFeed, read_feed_list
from reportedly.intake.fetching import Validators
from reportedly.intake.gather import Gatherer
from reportedly.model.acquisition import now


class Watch:
    """Feeds on their schedules. The clock and the waiting can be injected."""

    def __init__(
        self, casebook: Casebook, gathering: Gatherer, feeds: FeedList, reader: Reads | None,
        clock: Callable[[], float] = time.monotonic, wait: Callable[[float], None] = time.sleep,
    ) -> None:  # fmt: skip
        self._casebook = casebook
        self._gathering = gathering
        self._feeds = feeds
        self._reader = reader
        self._schedule = sched.scheduler(clock, wait)

    def once(self) -> int:
        """Check every feed now; returns how many are in trouble."""
        return sum(self._check(feed) for feed in self._feeds.feeds)

    def for_ever(self) -> None:
        """Check every feed when it is due, the longest overdue first. Ends when it is stopped."""
        for feed in self._feeds.feeds:
            self._schedule.enter(self._due_in(feed), 0, self._check_and_go_on, (feed,))
        self._schedule.run()

    def _due_in(self, feed: WatchedFeed) -> float:
        state = self._casebook.feed(feed.url)
        if state is None:
            return 0.0
        return max(0.0, feed.every - (now() - datetime.fromisoformat(state.checked_at)).total_seconds())

    def _check_and_go_on(self, feed: WatchedFeed) -> None:
        try:
            self._check(feed)
        except (
            CasebookUnavailable,
            ModelError,
        ) as error:  # a server that restarts must not end the watch; reread makes up for it
            click.echo(f"{now():%Y-%m-%d %H:%M} UTC  {feed.url}  {error}", err=True)
        self._schedule.enter(feed.every, 0, self._check_and_go_on, (feed,))

    def _check(self, feed: WatchedFeed) -> bool:
        state = self._casebook.feed(feed.url)
        asked = Validators(state.etag, state.last_modified) if state and (state.etag or state.last_modified) else None
        pages = self._gathering.known

        def seen_lately(url: str) -> bool:
            last = self._casebook.last_seen(url)
            return last is not None and (now() - datetime.fromisoformat(last)).total_seconds() < feed.recheck

        gathering = replace(
            self._gathering, known=lambda url: asked if url == feed.url else pages(url), seen=seen_lately,
            options={**self._gathering.options, "outlet": feed.outlet}, feed_text=feed.full_text,
        )  # fmt: skip
        tally = Tally()
        for step in check_feed(self._casebook, feed.url, gathering.at_address(feed.url), self._reader):
            tally.tell(step)
        for line in tally.failures:
            click.echo(f"       not taken in: {line}", err=True)
        state = self._casebook.feed(feed.url)
        wrong = trouble(state, feed.silent_after) if state else None
        if wrong:
            click.echo(f"{now():%Y-%m-%d %H:%M} UTC  {feed.url}  {shown(wrong)}", err=True)
        else:
            click.echo(f"{now():%Y-%m-%d %H:%M} UTC  {feed.url}  {tally.summary()}")
        return wrong is not None


@click.command()
@click.argument("feeds", type=click.Path(path_type=Path), metavar="FEEDS.toml")
@casebook_option
@as_option
@click.option(
    "--once",
    is_flag=True,
    help="Check every feed now and end, for cron and systemd; exit status 1 where one is in trouble.",
)
@click.option("--actors", type=click.Path(path_type=Path), help="Your own actors, a CSV file.")
@model_options
@click.option("--no-read", is_flag=True, help="Keep only; read later with `reportedly reread`.")
def watch(
    feeds: Path, where: str, by: str | None, once: bool, actors: Path | None, no_read: bool, **given: Any
) -> None:
    """Take in what is new in every feed, each on its schedule, until stopped.

    FEEDS.toml holds for each feed [[feed]] and url = "https://…", and if you like outlet, every = "30 minutes", silent_after = "3 days",
    recheck = "1 day" (how long a page that is known is not asked for again) and full_text = true (take the feed's own text). At its top it
    can hold contact, allow_hosts and pace. Feeds that fail, or fall silent for longer than they should, are told on standard error.
    """
    listed = read_feed_list(feeds)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    reading_by = options_from(given, actors)
    with Casebook.open(where, by) as casebook, ExitStack() as stack:
        reader = None if no_read else stack.enter_context(reader_for(casebook, reading_by))
        with gatherer(casebook, {}, listed.allow_hosts, listed.contact, listed.pace) as gathering:
            watching = Watch(casebook, gathering, listed, reader)
            if once:
                if watching.once():
                    raise click.exceptions.Exit(1)
            else:
                watching.for_ever()
