"""What intake hands over: the untouched bytes of something that was taken in, and the report that they hold."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from reportedly.model.record import Report


def now() -> datetime:
    """The present moment, in UTC and whole seconds, as everything kept is stamped."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Response:
    """How a server answered: its status, its headers in order, and every address on the way to the last."""

    status: int
    headers: tuple[tuple[str, str], ...]
    redirects: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of that name, in any case."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass(frozen=True)
class Original:
    """Bytes as they came, and where from. `location` is what was asked for, `url` the address that answered."""

    data: bytes = field(repr=False)
    media_type: str
    location: str
    seen_at: datetime
    tool: str
    url: str | None = None
    response: Response | None = None
    parent: "Original | None" = field(default=None, repr=False)

    @cached_property
    def sha256(self) -> str:
        """Lower-case hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Extracted:
    """A report as its original gives it. `published_from` says what in the original gives the date."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    published_from: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Acquisition:
    """One report taken in once."""

    original: Original
    report: Report
    published_from: str | None = None
    notes: tuple[str, ...] = ()
    tool: str = ""
    """Programs and versions that fetched and parsed it."""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An address that answered that nothing has changed there since it was last asked."""

    location: str
    url: str
    seen_at: datetime
    response: Response
    tool: str
    parent: Original | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be taken in, and why, in one line for a person."""

    location: str
    reason: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A feed that was read, before its entries. `problem` tells where it was not as a feed should be."""

    original: Original
    entries: int
    problem: str | None = None


Outcome = Acquisition | Unchanged | Failure | FeedRead
