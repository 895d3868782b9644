"""What a format can hold besides one report: other originals, or a feed's entries."""

from dataclasses import dataclass, field

from reportedly.model.acquisition import Extracted, Response


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of an original with what is known of them."""

    data: bytes = field(repr=False)
    media_type: str
    name: str
    url: str | None = None
    charset: str | None = None


@dataclass(frozen=True, slots=True)
class Embedded:
    """An original inside another: an attachment, a page in a web archive. `seen_at` is ISO 8601 where the container tells."""

    data: bytes = field(repr=False)
    media_type: str
    name: str
    url: str | None = None
    seen_at: str | None = None
    response: Response | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed. `text` is what the feed itself carries of it, `full` whether as its content, not a summary."""

    url: str | None
    title: str | None
    published: str | None
    text: str
    full: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its outlet's name, and its entries in its own order. `problem` tells where it was not well-formed."""

    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of a container that could not be taken in, and why."""

    name: str
    reason: str


Part = Extracted | Embedded | Feed | Skipped
