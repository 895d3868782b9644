"""Checking a feed: what is new is taken in, and how the feed is doing is kept, so that one that breaks or falls silent is told of."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from reportedly.casebook.casebook import Casebook, Reads
from reportedly.casebook.feed_log import FeedState
from reportedly.casebook.taking_in import NothingNew, Step, Taken, take_in
from reportedly.model.acquisition import FeedRead, Outcome, now

SILENT_AFTER: Final = 3 * 86400.0
"""Seconds without anything new after which a feed is told of, as a list of feeds has it too where it says nothing else."""


def check_feed(casebook: Casebook, url: str, outcomes: Iterable[Outcome], reader: Reads | None) -> Iterator[Step]:
    """Take in what a feed gave, and log the check when all of it is in."""
    added = 0
    read: FeedRead | None = None
    unchanged = False
    failure: str | None = None
    failed_pages = 0
    for step in take_in(casebook, outcomes, reader):
        if isinstance(step, Taken):
            added += step.kept.news != "seen again"
        elif isinstance(step, FeedRead):
            read = step
        elif isinstance(step, NothingNew):
            unchanged = True
        elif step.location == url:
            failure = step.reason
        else:
            failed_pages += 1
        yield step
    if read is not None:
        response = read.original.response
        notes = [
            n for n in (read.problem, f"{failed_pages} pages could not be taken in" if failed_pages else None) if n
        ]
        # A feed some of whose pages failed is asked for again in full next time, so that they are tried again.
        again = response if not failed_pages else None
        casebook.log_feed(
            url, "ok", added, "; ".join(notes) or None,
            again.header("etag") if again else None, again.header("last-modified") if again else None,
        )  # fmt: skip
    elif unchanged:
        casebook.log_feed(url, "unchanged")
    else:
        casebook.log_feed(url, "failed", added, failure or "is no feed")


def trouble(feed: FeedState, silent_after: float) -> str | None:
    """What is wrong with a feed, in a line: it fails, or has brought nothing new for longer than it should (seconds). None if nothing is."""
    if feed.outcome == "failed":
        times = "once" if feed.failures == 1 else f"{feed.failures} times in a row"
        return f"fails ({times}): {feed.detail}"
    since = datetime.fromisoformat(feed.last_new) if feed.last_new else None
    if since is not None and (now() - since).total_seconds() > silent_after:
        return f"silent: nothing new since {feed.last_new[:16].replace('T', ' ') if feed.last_new else ''} UTC"
    return None


def in_trouble(casebook: Casebook) -> list[tuple[FeedState, str]]:
    """Feeds with which something is wrong, and what."""
    told = ((feed, trouble(feed, SILENT_AFTER)) for feed in casebook.feeds())
    return [(feed, wrong) for feed, wrong in told if wrong is not None]
