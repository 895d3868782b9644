"""Makes a release: incidents and claims in, files out; or one format of them alone."""

import hashlib
import os
import shutil
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

from reportedly._version import __version__
from reportedly.errors import InvalidRelease, ReleaseRefused
from reportedly.model.incident import Incident
from reportedly.model.release import KeptClaim, Profile, ReleasedClaim, ReleasedEvent, day_of
from reportedly.release import package, small_cells
from reportedly.release.changes import ClaimChanges, EventChanges
from reportedly.release.cleaning import line
from reportedly.release.codebook import codebook
from reportedly.release.columns import Column
from reportedly.release.describing import claim_of, event_of
from reportedly.release.formats.json_lines import as_event_object, as_object
from reportedly.release.formats.tables import Rows
from reportedly.release.formats.writing import About, Writer, name_of
from reportedly.release.identity import Ids, Uids, anchor_of
from reportedly.release.narrowing import Narrowing
from reportedly.release.protecting import Guard, Notes, Persons
from reportedly.release.reading_back import DESCRIPTOR, Release
from reportedly.release.spool import Spool
from reportedly.release.writers import CLAIM_WRITERS, EVENT_WRITERS

Progress = Callable[[str, int, int], None]
Told = tuple[Incident, str, Sequence[KeptClaim]]
"""An incident with the grade that counts and its claims."""


@dataclass(frozen=True, slots=True)
class Input:
    """What a casebook gives: all its incidents in the order of their numbers, and the claims that are asked for in the order of theirs."""

    secret: str
    known: Callable[[Sequence[int]], Mapping[int, str]]
    """The ids under which claims left last, by their anchors."""
    first_released: Callable[[str], str | None]
    """The day on which an event left first, by its id."""
    incidents: Callable[[], Iterable[Told]]
    claims: Callable[[], Iterable[KeptClaim]]
    how_many: tuple[int, int]
    """Incidents and claims."""
    persons: Persons = field(default_factory=Persons)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a release is to be."""

    profile: Profile
    day: str
    title: str
    publisher: str
    narrowing: Narrowing = field(default_factory=Narrowing)
    narrowed: str = ""
    """The same in words, for the notes."""


@dataclass(slots=True)
class Outcome:
    """What was made, or would be."""

    events: int = 0
    claims: int = 0
    notes: Notes = field(default_factory=Notes)
    changes: Counter[str] | None = None
    left_out: dict[str, int] = field(default_factory=dict)
    examples: list[ReleasedEvent] = field(default_factory=list)
    files: list[package.Written] = field(default_factory=list)
    anchors: "array[int]" = field(default_factory=lambda: array("q"))
    uids: Uids = field(default_factory=Uids)
    of_anchor: "array[int]" = field(default_factory=lambda: array("L"))
    """Under which of the ids each anchor left, where that is new."""

    def new_ids(self) -> Iterator[tuple[int, str]]:
        """Anchors and the ids under which they left, where that is new."""
        return zip(self.anchors, map(self.uids.__getitem__, self.of_anchor), strict=True)


_EXAMPLES: Final = 100
"""Events that are remembered, to be looked at."""
_EVERY: Final = 500


class Maker:
    """What leaves a casebook by what is asked: events first, which decides which ids claims may name, then claims."""

    def __init__(self, given: Input, asked: Asked, progress: Progress) -> None:
        self.asked = asked
        self.outcome = Outcome()
        self.about = About(asked.title, asked.day, asked.profile, __version__, asked.publisher, given.first_released)
        self._given = given
        self._progress = progress
        day = day_of(asked.day)
        assert day is not None
        self._guard = Guard(asked.profile, day, given.persons, self.outcome.notes)
        self._events = _EventOfClaim()

    def events(self) -> Iterator[ReleasedEvent]:
        """Every event that leaves, by its first day."""
        spool: Spool[ReleasedEvent] = Spool(ReleasedEvent)
        try:
            self._protect(spool)
            merged = small_cells.merge(spool, self._guard)
            done = 0
            for event in small_cells.told(spool, merged, self._guard):
                if not self.asked.narrowing.holds(event):
                    continue
                done += 1
                self.outcome.events += 1
                if len(self.outcome.examples) < _EXAMPLES:
                    self.outcome.examples.append(event)
                self._events.note(event)
                if done % _EVERY == 0:
                    self._progress("Writing events", done, len(spool))
                yield event
        finally:
            spool.close()

    def _protect(self, spool: Spool[ReleasedEvent]) -> None:
        ids = Ids(self._given.secret, self._given.known)
        total = self._given.how_many[0]
        for done, (incident, grade, claims) in enumerate(self._given.incidents(), start=1):
            event = self._guard.event(event_of("", incident, grade, claims), claims)
            if event is not None:
                uid, new = ids.of([anchor_of(kept.report, kept.claim) for kept in claims])
                number = self.outcome.uids.add(uid)
                self.outcome.anchors.extend(new)
                self.outcome.of_anchor.extend([number] * len(new))
                spool.add(event.model_copy(update={"id": uid}), f"{event.start or '~':10.10}{uid}".encode())
            if done % _EVERY == 0:
                self._progress("Events", done, total)

    def claims(self) -> Iterator[ReleasedClaim]:
        """Every claim that leaves, by its number; after the events."""
        if self.asked.profile.units != "claims":
            return
        for done, kept in enumerate(self._given.claims(), start=1):
            claim = self._guard.claim(claim_of(kept, self._events.of(kept.number)), kept)
            if claim is not None and (self.asked.profile.text.sentences or self.asked.narrowing.holds(claim)):
                self.outcome.claims += 1
                yield claim
            if done % _EVERY == 0:
                self._progress("Claims", done, self._given.how_many[1])


class _EventOfClaim:
    """The id of the event that each claim is of, by its number: eight bytes a claim, as there may be a million."""

    def __init__(self) -> None:
        self._uids = Uids()
        self._at = array("L")

    def note(self, event: ReleasedEvent) -> None:
        """Note the event of its claims."""
        if event.claims:
            at = self._uids.add(event.id) + 1
            self._at.extend(bytes(max(0, max(event.claims) + 1 - len(self._at))))
            for number in event.claims:
                self._at[number] = at

    def of(self, claim: int) -> str | None:
        """None where it is of no event that leaves."""
        at = self._at[claim] if claim < len(self._at) else 0
        return self._uids[at - 1] if at else None


def make(given: Input, asked: Asked, into: Path, since: Release | None, progress: Progress) -> Outcome:
    """Write a release to a folder that is not there yet; it appears under its name only when it is whole. Raises ReleaseRefused."""
    if since is not None and since.profile != asked.profile.name:
        raise ReleaseRefused(
            f"{since.folder}: is of the profile {since.profile}, and this one of {asked.profile.name}: their changes would tell nothing"
        )
    maker = Maker(given, asked, progress)
    with _appearing(into) as folder:
        kinds: list[tuple[str, type[Writer]]] = [("events", w) for w in EVENT_WRITERS.values()]
        if asked.profile.units == "claims":
            kinds += [("claims", w) for w in CLAIM_WRITERS.values()]
        with _opened(folder, kinds, maker.about) as writers:
            changes = _Changes(folder, since) if since is not None else None
            for event in maker.events():
                for writer in writers.values():
                    writer.event(event)
                if changes is not None:
                    changes.event(event)
            for claim in maker.claims():
                for writer in writers.values():
                    writer.claim(claim)
                if changes is not None:
                    changes.claim(claim)
            for name, writer in writers.items():
                writer.close()
                if writer.left_out:
                    maker.outcome.left_out[name] = writer.left_out
            if changes is not None:
                maker.outcome.changes = changes.close()
        _papers(folder, maker, {str(name_of(stem, kind)): kind.media_type for stem, kind in kinds})
    return maker.outcome


def look(given: Input, asked: Asked, progress: Progress, each: Callable[[str], None] | None = None) -> Outcome:
    """What would leave, without keeping anything; `each` is given every event and claim, as JSON."""
    maker = Maker(given, asked, progress)
    for item in chain(map(as_event_object, maker.events()), map(as_object, maker.claims())):
        if each is not None:
            each(line(item))
    return maker.outcome


def export(given: Input, asked: Asked, kind: str, of_claims: bool, file: BinaryIO, progress: Progress) -> Outcome:
    """Write one format to an open file."""
    maker = Maker(given, asked, progress)
    writer = (CLAIM_WRITERS if of_claims else EVENT_WRITERS)[kind](file, maker.about)
    for event in maker.events():
        writer.event(event)
    if of_claims or kind == "stix":
        for claim in maker.claims():
            writer.claim(claim)
    writer.close()
    return maker.outcome


def refuse_taken(into: Path) -> None:
    """Refuse a folder that holds something, so that a release is never written over.

    Raises:
        ReleaseRefused: It is a file, or a folder that is not empty.

    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise ReleaseRefused(f"{into}: is there already. A release is never written over: name another folder")


@contextmanager
def _appearing(into: Path) -> Iterator[Path]:
    """A folder that gets its name when all went well; and is gone when not."""
    refuse_taken(into)
    folder = into.with_name(f".{into.name}.{os.getpid()}.part")
    try:
        folder.mkdir(parents=True)
        yield folder
        with suppress(OSError):
            into.rmdir()  # an empty one
        folder.replace(into)
    except OSError as error:
        raise InvalidRelease(f"{into}: cannot be written ({error.strerror or error})") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _opened(folder: Path, kinds: Sequence[tuple[str, type[Writer]]], about: About) -> Iterator[dict[str, Writer]]:
    files: list[BinaryIO] = []
    try:
        writers = {}
        for stem, kind in kinds:
            name = str(name_of(stem, kind))
            files.append((folder / name).open("wb"))
            writers[name] = kind(files[-1], about)
        yield writers
    finally:
        for file in files:
            file.close()


_CHANGE_COLUMNS: Final[Sequence[Column[Any]]] = (
    Column("id", "string", "An event's id, or C and a claim's number.", str),
    Column("change", "string", "added, changed or withdrawn.", str),
)


class _Changes:
    """changes.csv, as items come."""

    def __init__(self, folder: Path, since: Release) -> None:
        self._file = (folder / "changes.csv").open("wb")
        self._rows: Rows[Any] = Rows(self._file, _CHANGE_COLUMNS)
        self._events = EventChanges(since.event_digests)
        self._claims = ClaimChanges(since.claim_digests())
        self._counted: Counter[str] = Counter()

    def event(self, event: ReleasedEvent) -> None:
        self._note(event.id, self._events.of(event.id, line(as_event_object(event)).encode()))

    def claim(self, claim: ReleasedClaim) -> None:
        for number, change in self._claims.of(claim.number, line(as_object(claim)).encode()):
            self._note(f"C{number}", change)

    def _note(self, uid: str, change: str | None) -> None:
        if change is not None:
            self._counted[change] += 1
            self._rows.row([uid, change])

    def close(self) -> Counter[str]:
        for number in self._claims.withdrawn():
            self._note(f"C{number}", "withdrawn")
        for uid in self._events.withdrawn():
            self._note(uid, "withdrawn")
        self._rows.close()
        self._file.close()
        return self._counted


def _papers(folder: Path, maker: Maker, media_types: Mapping[str, str]) -> None:
    outcome, about = maker.outcome, maker.about
    held = {"events": outcome.events, **({"claims": outcome.claims} if about.profile.units == "claims" else {})}
    counts = {
        **outcome.notes.counts,
        **{f"events that {name} has no place for": number for name, number in outcome.left_out.items()},
    }
    papers = {
        "README.md": package.notes(about, counts, held, outcome.changes, maker.asked.narrowed), "codebook.md": codebook(about.profile),
        "CITATION.cff": package.citation(about),
    }  # fmt: skip
    for name, text in papers.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    types = {
        **media_types,
        "README.md": "text/markdown",
        "codebook.md": "text/markdown",
        "CITATION.cff": "application/yaml",
        "changes.csv": "text/csv",
    }
    for path in sorted(folder.iterdir()):
        outcome.files.append(package.Written(path.name, types[path.name], path.stat().st_size, _sha256(path)))
    (folder / DESCRIPTOR).write_text(package.descriptor(about, outcome.files), encoding="utf-8", newline="\n")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
