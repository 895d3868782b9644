"""Whatever a user names - addresses, files, folders, feeds, archives, standard input - as reports, one by one, with their originals.

Nothing that goes wrong with one of them stops the rest: it comes out as a Failure among the others, in the same order.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from reportedly._version import __version__
from reportedly.errors import ReportedlyError, UnreadableReport
from reportedly.intake.fetching import Fetcher, Validators
from reportedly.intake.files import LARGEST, read_sidecar, sidecar_path
from reportedly.intake.formats.parts import Embedded, Entry, Feed, Part, Skipped, Source
from reportedly.intake.isolated import IsolatedParser
from reportedly.intake.kinds import SUFFIXES, Kind, kind_of, media_type_of
from reportedly.knowledge.languages import language_of
from reportedly.model.acquisition import Acquisition, Extracted, Failure, FeedRead, Original, Outcome, Unchanged, now
from reportedly.model.record import Report

_MOST: Final = 1_000_000_000
_LARGEST: Final[dict[Kind, int]] = {
    "warc": _MOST,
    "wacz": _MOST,
    "pdf": 100_000_000,
    "mail": 50_000_000,
}
"""Bytes of a file, where its kind may hold more than one report; otherwise what a report may have."""
_PARSED_BY: Final[dict[Kind, str]] = {
    "page": "trafilatura",
    "pdf": "pdfminer.six",
    "docx": "python-docx",
    "markdown": "markdown-it-py",
    "feed": "feedparser",
}
_TRACKING: Final = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref_src|cmpid|ocid|ns_\w+|yclid|_hs\w+)$", re.I
)
_NO_REPORT: Final = re.compile(r"(?:image|audio|video|font)/|.*(?:json|javascript|css|wasm)$")
"""Media types in which no report comes."""
_LEAST_FULL: Final = 200
"""Characters of an entry's own text under which it is a teaser and no report."""
_DEEPEST: Final = 4
"""Originals inside originals: an archive in a mail in a mail."""


def no_validators(_: str) -> Validators | None:
    """For whoever keeps nothing of what was fetched before."""
    return None


def nothing_known(_: str) -> bool:
    """For whoever keeps nothing of what was fetched before."""
    return False


@dataclass
class Gatherer:
    """How things are taken in. `known`: what an address said last time; `seen`: whether a feed's entry at an address is there already."""

    fetcher: Fetcher
    parser: IsolatedParser
    known: Callable[[str], Validators | None] = no_validators
    seen: Callable[[str], bool] = nothing_known
    options: dict[str, str | None] = field(default_factory=dict)
    encoding: str | None = None
    feed_text: bool = False
    """Take the text that a feed carries, without asking for its pages."""

    def gather(self, names: Iterable[str]) -> Iterator[Outcome]:
        """Everything in what is named, in order."""
        for name in names:
            if name == "-":
                yield from self._standard_input()
            elif re.match(r"https?://", name, re.I):
                yield from self.at_address(name)
            else:
                yield from self._on_disk(Path(name))

    def at_address(self, url: str, parent: Original | None = None, entry: Entry | None = None) -> Iterator[Outcome]:
        """The report at an address, or the reports of the feed or archive there."""
        try:
            found = self.fetcher.get(url, self.known(url), parent)
        except ReportedlyError as error:
            yield self._teaser(entry, parent, str(error)) or Failure(url, str(error), now())
            return
        if isinstance(found, Unchanged):
            yield found
            return
        yield from self.inside(found, {}, entry)

    def _teaser(self, entry: Entry | None, feed: Original | None, reason: str) -> Acquisition | None:
        """An entry as its feed carries it, where its page cannot be had and the feed holds the report itself."""
        if entry is None or feed is None or not entry.full or len(entry.text) < _LEAST_FULL:
            return None
        return self._from_feed(entry, feed, f"taken from the feed, as the page could not be had: {reason}")

    def _from_feed(self, entry: Entry, feed: Original, note: str) -> Acquisition:
        found = Extracted(
            entry.text, entry.title, None, entry.url, entry.published,
            "the feed" if entry.published else None,
            None, (note,) if entry.published else (note, "the feed gives no date of publication"),
        )  # fmt: skip
        carried = Original(feed.data, feed.media_type, entry.url or feed.location, feed.seen_at, feed.tool, parent=feed)
        return self._acquired(carried, found, {}, None)

    def _standard_input(self) -> Iterator[Outcome]:
        data = sys.stdin.buffer.read(_MOST + 1)
        yield from self._bytes(data, "standard input", {})

    def _on_disk(self, path: Path) -> Iterator[Outcome]:
        if path.is_dir():
            yield from self._folder(path)
            return
        try:
            if not path.is_file() and path.exists():
                raise UnreadableReport(f"{path}: is neither a file nor a folder")
            with path.open("rb") as file:
                data = file.read(_MOST + 1)
            meta = read_sidecar(sidecar_path(path))
        except FileNotFoundError:
            yield Failure(str(path), f"{path}: no such file or folder", now())
        except OSError as error:
            yield Failure(str(path), f"{path}: cannot be read ({error.strerror})", now())
        except ReportedlyError as error:
            yield Failure(str(path), str(error), now())
        else:
            yield from self._bytes(data, str(path), meta)

    def _folder(self, folder: Path) -> Iterator[Outcome]:
        """Files of known kinds, in name order, folders in it too; links to folders are not followed."""
        try:
            items = sorted(folder.iterdir())
        except OSError as error:
            yield Failure(str(folder), f"{folder}: cannot be read ({error.strerror})", now())
            return
        for item in items:
            if item.name.startswith(".") or item.name.endswith(".meta.json"):
                continue
            if item.is_dir():
                if not item.is_symlink():
                    yield from self._folder(item)
            elif item.name.lower().endswith(tuple(f".{suffix}" for suffix in SUFFIXES)):
                yield from self._on_disk(item)

    def _bytes(self, data: bytes, name: str, meta: dict[str, str]) -> Iterator[Outcome]:
        if not data:
            yield Failure(name, f"{name}: is empty", now())
            return
        kind = kind_of(data, name=name)
        largest = _LARGEST.get(kind, LARGEST)
        if len(data) > largest:
            yield Failure(
                name,
                f"{name}: {len(data) / 1e6:.0f} MB, more than the {largest // 10**6} MB it may have. Split it",
                now(),
            )
            return
        original = Original(data, media_type_of(kind), name, now(), f"reportedly {__version__}")
        yield from self.inside(original, meta)

    def inside(
        self, original: Original, meta: dict[str, str], entry: Entry | None = None, depth: int = 0
    ) -> Iterator[Outcome]:
        """The reports in an original."""
        kind = kind_of(original.data, original.media_type, original.location)
        try:
            if kind == "text" and _NO_REPORT.match(original.media_type):
                raise UnreadableReport(f"{original.location}: is {original.media_type}, which holds no report")
            parts = self.parser.parse(kind, self._source(original))
        except ReportedlyError as error:
            yield self._teaser(entry, original.parent, str(error)) or Failure(original.location, str(error), now())
            return
        for part in parts:
            yield from self._part(part, original, meta, kind, entry, depth)

    def _part(
        self, part: Part, original: Original, meta: dict[str, str], kind: Kind, entry: Entry | None, depth: int
    ) -> Iterator[Outcome]:
        if isinstance(part, Skipped):
            yield Failure(part.name, f"{part.name}: {part.reason}", now())
        elif isinstance(part, Extracted):
            yield self._acquired(original, part, meta, entry, kind)
        elif isinstance(part, Feed):
            if entry is not None:
                yield Failure(
                    original.location, f"{original.location}: is a feed inside a feed, which is not followed", now()
                )
            else:
                yield from self._entries(part, original)
        elif depth < _DEEPEST:
            yield from self.inside(_embedded(part, original), {}, None, depth + 1)
        else:
            yield Failure(part.name, f"{part.name}: lies too deep inside {original.location}", now())

    def _entries(self, feed: Feed, original: Original) -> Iterator[Outcome]:
        yield FeedRead(original, len(feed.entries), feed.problem)
        for entry in feed.entries:
            if entry.url is None or self.feed_text:
                if entry.text.strip():
                    named = replace(entry, url=clean_url(entry.url) if entry.url else None)
                    acquired = self._from_feed(named, original, "taken from the feed, its page was not asked for")
                    yield _outlet_of(acquired, feed.title)
                else:
                    yield Failure(
                        original.location,
                        f"{original.location}: an entry has no address and no text ({entry.title or 'no title'})",
                        now(),
                    )
            elif not self.seen(clean_url(entry.url)):
                for outcome in self.at_address(entry.url, original, entry):
                    yield _outlet_of(outcome, feed.title) if isinstance(outcome, Acquisition) else outcome

    def _source(self, original: Original) -> Source:
        told = original.response.header("content-type") if original.response else None
        charset = re.search(r"charset\s*=\s*[\"']?([\w-]+)", told or "", re.I)
        return Source(
            original.data, original.media_type, original.location, original.url,
            self.encoding or (charset.group(1) if charset else None),
        )  # fmt: skip

    def _acquired(
        self, original: Original, found: Extracted, meta: dict[str, str], entry: Entry | None, kind: Kind | None = None
    ) -> Acquisition:
        """What the user says of a report stands above what its original says, and that above what the feed says."""
        given = {**meta, **{key: value for key, value in self.options.items() if value is not None}}
        told, told_from = given.get("published"), "whoever added it" if given.get("published") else None
        notes = found.notes
        published, published_from = (told, told_from) if told else (found.published, found.published_from)
        if published is None and entry is not None and entry.published:
            published, published_from = entry.published, "the feed"
        if published is not None:
            notes = tuple(note for note in notes if "no date of publication" not in note)
        url = given.get("url") or found.url or original.url
        report = Report(
            text=found.text,
            title=given.get("title") or found.title or (entry.title if entry else None),
            outlet=given.get("outlet") or found.outlet,
            url=clean_url(url) if url else None,
            published=published,
            language=given.get("language") or language_of(found.text) or found.language or "en",
        )
        parsed_by = _PARSED_BY.get(kind) if kind else None
        tool = f"{original.tool}, {parsed_by} {version(parsed_by)}" if parsed_by else original.tool
        return Acquisition(original, report, published_from, notes, tool)


def _embedded(part: Embedded, parent: Original) -> Original:
    seen_at = parent.seen_at
    if part.seen_at:
        with suppress(ValueError):
            seen_at = datetime.fromisoformat(part.seen_at)
    return Original(
        part.data, part.media_type, part.url or f"{parent.location}/{part.name}", seen_at, parent.tool, part.url, part.response, parent
    )  # fmt: skip


def _outlet_of(acquired: Acquisition, outlet: str | None) -> Acquisition:
    """The outlet of a feed's entry whose page names none is the feed's."""
    if acquired.report.outlet or not outlet:
        return acquired
    return replace(acquired, report=acquired.report.model_copy(update={"outlet": outlet}))


def clean_url(url: str) -> str:
    """An address without its fragment, and without what only tells how a reader came there; what is no address stays as it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return url
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(key)]
    query = parts.query if len(kept) == parts.query.count("&") + 1 else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))
