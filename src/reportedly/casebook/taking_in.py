"""Taking in: each outcome of a gathering is kept, and what is new is read, one after another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reportedly.casebook.casebook import Casebook, Reads
from reportedly.casebook.keeping import Kept
from reportedly.errors import UnreadableReport
from reportedly.model.acquisition import Acquisition, Failure, FeedRead, Outcome, Unchanged


@dataclass(frozen=True, slots=True)
class Taken:
    """A report that was kept, and read if there was a reader and it had not read it. `problem`: why it could not be read."""

    kept: Kept
    claims: int | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class NothingNew:
    """An address that is no report itself, such as a feed, and has not changed."""

    location: str


Step = Taken | Failure | FeedRead | NothingNew


def take_in(casebook: Casebook, outcomes: Iterable[Outcome], reader: Reads | None) -> Iterator[Step]:
    """Keep and read. What is yielded as taken is kept for good; whoever stops in between loses nothing of it."""
    for outcome in outcomes:
        if isinstance(outcome, Acquisition):
            try:
                kept = casebook.keep(outcome)
            except UnreadableReport as error:
                location = outcome.original.location
                yield Failure(location, f"{location}: {error}", outcome.original.seen_at)
                continue
            yield _read(casebook, kept, reader)
        elif isinstance(outcome, Unchanged):
            again = casebook.keep_unchanged(outcome)
            yield _read(casebook, again, reader) if again else NothingNew(outcome.location)
        else:
            yield outcome


def _read(casebook: Casebook, kept: Kept, reader: Reads | None) -> Taken:
    if reader is None or casebook.is_read(kept.version, reader.version):
        return Taken(kept)
    claims, problem = casebook.read(kept.version, reader)
    return Taken(kept, claims, problem)
