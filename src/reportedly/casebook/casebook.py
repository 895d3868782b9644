"""The casebook: everything taken in, read and decided, in a folder (SQLite) or in a team's PostgreSQL."""

import getpass
import json
import shutil
import socket
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Engine, inspect, select

from reportedly.casebook import (
    agreement,
    backup,
    custody,
    desk_state,
    feed_log,
    graded,
    history,
    keeping,
    listing,
    model_servers,
    releases,
    review,
    seen,
    states,
    verifying,
    warned,
    weighed,
)
from reportedly.casebook.as_of import copy_as_of
from reportedly.casebook.connection import DATABASE, engine_for, is_postgres, looking, new_id, writing
from reportedly.casebook.desk_state import Marks, View
from reportedly.casebook.facets import Filter
from reportedly.casebook.feed_log import FeedState
from reportedly.casebook.form import make_folder, make_tables, require_present_form, shown
from reportedly.casebook.graded import Grading
from reportedly.casebook.history import ClaimHistory, ReportHistory
from reportedly.casebook.keeping import Kept
from reportedly.casebook.listing import ClaimRow, ReportRow, SourceRow, WordingRow
from reportedly.casebook.memory import WeighingMemory
from reportedly.casebook.model_servers import Allowed
from reportedly.casebook.originals import FolderOriginals, Originals, TableOriginals
from reportedly.casebook.people import People
from reportedly.casebook.pictures import Pictures
from reportedly.casebook.releases import ReleaseRow, Step
from reportedly.casebook.releasing import Releasing
from reportedly.casebook.review import Queued
from reportedly.casebook.seen import Unread
from reportedly.casebook.tables import casebook as identity
from reportedly.casebook.tables import decisions, versions
from reportedly.casebook.warned import WarningRow, WarningState
from reportedly.casebook.weighed import IncidentRow
from reportedly.errors import (
    CasebookUnavailable,
    InvalidDecision,
    ModelError,
    NoCasebook,
    NotInCasebook,
    UnreadableReport,
)
from reportedly.model.acquisition import Acquisition, Unchanged, now
from reportedly.model.decision import Verdict, edited, value_at
from reportedly.model.incident import Copy, Incident, SourceRecord
from reportedly.model.record import ReaderVersion, Reading, Report
from reportedly.model.release import Profile
from reportedly.model.warning import AreaOutcome, Scoring

HERE: Final = "casebook"
"""The folder where a casebook is looked for when none is named."""
_PAGE: Final = 200


class Reads(Protocol):
    """Whatever reads reports into claims: the built-in reader, or another behind the same face."""

    version: ReaderVersion
    sends_to: str | None
    """The server that reports are sent to for reading; None where nothing leaves the process."""

    def read(self, report: Report) -> Any:
        """An object with a `reading`. Raises UnreadableReport where it cannot read this report, ModelError where it cannot read any now."""


def whoami() -> str:
    """Who a change is logged under where nobody is named: the user at this machine."""
    try:
        return f"{getpass.getuser()}@{socket.gethostname()}"
    except (OSError, KeyError):
        return f"somebody@{socket.gethostname()}"


class Casebook:
    """An open casebook. Use it as a context manager, or close it."""

    def __init__(self, where: str, engine: Engine, store: Originals, by: str) -> None:
        self.where = where
        self.by = by
        self._engine = engine
        self._store = store

    # ── opening

    @classmethod
    def open(cls, where: str | Path = HERE, by: str | None = None) -> "Casebook":
        """Open a casebook: a folder, or postgresql://… Raises NoCasebook, CasebookUnavailable.

        `by` is whom changes are logged under; without it, the user at this machine.
        """
        name = str(where)
        if not is_postgres(name) and not (Path(name) / DATABASE).is_file():
            raise NoCasebook(f"{name}: no casebook there. Make one: reportedly init --casebook {name}")
        engine = engine_for(name)
        try:
            with looking(engine) as connection:
                if not inspect(connection).has_table("alembic_version"):
                    unfinished = " (one that was not finished; delete it first)" if not is_postgres(name) else ""
                    raise NoCasebook(
                        f"{shown(name)}: no casebook there{unfinished}. Make one: reportedly init --casebook {shown(name)}"
                    )
                require_present_form(connection, shown(name))
                kept_in = connection.execute(select(identity.c.originals)).scalar_one()
        except BaseException:
            engine.dispose()
            raise
        return cls(name, engine, _store(name, kept_in), by or whoami())

    @classmethod
    def create(cls, where: str | Path = HERE, by: str | None = None) -> "Casebook":
        """Make an empty casebook. Raises NoCasebook where there is one already, or something else."""
        return cls._created(str(where), by, str(uuid.uuid4()), now().isoformat())

    @classmethod
    def _created(
        cls,
        name: str,
        by: str | None,
        casebook_id: str,
        created_at: str,
        fill: Callable[[Connection, Originals], None] | None = None,
    ) -> "Casebook":
        in_folder = not is_postgres(name)
        if in_folder:
            make_folder(Path(name))
        engine = engine_for(name)
        store = _store(name, "folder" if in_folder else "table")
        try:
            with writing(engine) as connection:
                if inspect(connection).has_table("alembic_version"):
                    raise NoCasebook(f"{shown(name)}: there is a casebook already")
                make_tables(connection)
                connection.execute(
                    identity.insert().values(
                        id=casebook_id, created_at=created_at, originals="folder" if in_folder else "table"
                    )
                )
                if fill is None:
                    custody.log(connection, by or whoami(), "made the casebook", casebook=casebook_id)
                else:
                    fill(connection, store)
        except BaseException as error:
            engine.dispose()
            if in_folder and not isinstance(error, NoCasebook):  # another run has not made one meanwhile
                shutil.rmtree(name, ignore_errors=True)  # it was made above, or was empty
            raise
        return cls(name, engine, store, by or whoami())

    @classmethod
    def restore(
        cls,
        path: str | Path,
        where: str | Path = HERE,
        by: str | None = None,
        progress: verifying.Progress = verifying.no_progress,
    ) -> "Casebook":
        """Make a casebook from a backup. Raises InvalidBackup before anything is made, NoCasebook where one is there already."""
        kept = backup.Backup(Path(path))
        try:
            kept.check(progress)

            def fill(connection: Connection, store: Originals) -> None:
                backup.restore(connection, store, kept, progress)
                custody.log(connection, by or whoami(), "restored a backup", file=Path(path).name)

            return cls._created(str(where), by, kept.casebook, kept.created_at, fill)
        finally:
            kept.close()

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def __enter__(self) -> "Casebook":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ── taking in and reading

    def keep(self, acquired: Acquisition) -> Kept:
        """Keep one report with its original. When this returns, it lasts."""
        with writing(self._engine) as connection:
            return keeping.keep(connection, self._store, acquired, self.by)

    def keep_unchanged(self, unchanged: Unchanged) -> Kept | None:
        """Keep that an address showed what it showed last time; None where nothing is known of it."""
        with writing(self._engine) as connection:
            return keeping.keep_unchanged(connection, unchanged, self.by)

    def read(self, version: int, reader: Reads) -> tuple[int, str | None]:
        """Read a version and keep what was read: the number of claims, and why it could not be read if so.

        Raises ModelError, and keeps nothing, where a language model is not to be had or not allowed here.
        """
        self.require_allowed(reader)
        with looking(self._engine) as connection:
            row = connection.execute(select(versions).where(versions.c.id == version)).mappings().one()
        reading: Reading | None = None
        problem = None
        try:
            reading = reader.read(keeping.report_of(row)).reading
        except UnreadableReport as error:
            problem = str(error)
        except ModelError:
            raise
        except Exception as error:  # noqa: BLE001  one report that a reader fails on must not stop the others
            problem = f"the reader failed ({type(error).__name__}: {str(error)[:200]})"
        with writing(self._engine) as connection:
            count = keeping.keep_reading(connection, version, reader.version, reading, problem, self.by)
        return count or 0, problem

    def model_servers(self) -> Allowed:
        """Which servers of language models reports of this casebook may be sent to."""
        with looking(self._engine) as connection:
            return model_servers.allowed(connection)

    def allow_model_servers(self, which: Allowed) -> None:
        """Say which servers of language models reports of this casebook may be sent to."""
        with writing(self._engine) as connection:
            model_servers.allow(connection, which, self.by)

    def require_allowed(self, reader: Reads) -> None:
        """Raise ModelNotAllowed where this casebook's reports may not be sent to where a reader sends them."""
        if reader.sends_to is not None:
            model_servers.require(self.model_servers(), reader.sends_to)

    def is_read(self, version: int, reader: ReaderVersion) -> bool:
        """Whether this reader has read this version."""
        with looking(self._engine) as connection:
            return seen.is_read(connection, version, reader)

    def unread(self, reader: ReaderVersion, since: str | None = None) -> Iterator[Unread]:
        """Present versions that this reader in this version has not read, the oldest first; `since`: last seen on that day or later."""
        last = 0
        while True:
            with looking(self._engine) as connection:
                page = seen.unread_page(connection, reader, since, last, _PAGE)
            yield from page
            if len(page) < _PAGE:
                return
            last = page[-1].report

    def count_unread(self, reader: ReaderVersion, since: str | None = None) -> int:
        """How many versions `unread` gives."""
        with looking(self._engine) as connection:
            return seen.count_unread(connection, reader, since)

    def last_answer(self, location: str) -> dict[str, str]:
        """The headers with which an address last gave its content, by lower-case name; empty where it never did."""
        with looking(self._engine) as connection:
            return seen.last_answer(connection, location)

    def last_seen(self, url: str) -> str | None:
        """When the report at an address was last seen (ISO 8601, UTC); None where it never was."""
        with looking(self._engine) as connection:
            return seen.last_seen(connection, url)

    # ── feeds

    def log_feed(
        self,
        url: str,
        outcome: str,
        added: int = 0,
        detail: str | None = None,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        """Keep what a check of a feed gave: "ok", "unchanged" or "failed"."""
        with writing(self._engine) as connection:
            feed_log.log_check(connection, url, outcome, added, detail, etag, last_modified)

    def feed(self, url: str) -> FeedState | None:
        """How a feed has been doing; None where it was never checked."""
        with looking(self._engine) as connection:
            return feed_log.feed_state(connection, url)

    def feeds(self) -> list[FeedState]:
        """Every feed that was ever checked."""
        with looking(self._engine) as connection:
            return feed_log.feed_states(connection)

    # ── looking

    def claims(
        self, asked: Filter | None = None, before: int | None = None, limit: int | None = None
    ) -> Iterator[ClaimRow]:
        """Present claims as decided, the newest first; streamed, a page in memory at a time."""
        left = limit
        while left is None or left > 0:
            size = min(500, left) if left is not None else 500
            with looking(self._engine) as connection:
                page = listing.claims_page(connection, asked or Filter(), before, size)
            yield from page
            if len(page) < size:
                return
            before = page[-1].id
            left = left - size if left is not None else None

    def reports(
        self, asked: Filter | None = None, before: int | None = None, limit: int | None = None
    ) -> Iterator[ReportRow]:
        """Reports in their present version, the newest first; with a filter on claims, those that hold such claims."""
        left = limit
        given: set[int] = set()
        while left is None or left > 0:
            size = min(200, left) if left is not None else 200
            with looking(self._engine) as connection:
                page, following = listing.reports_page(connection, asked or Filter(), before, size)
            fresh = [row for row in page if row.id not in given]
            given.update(row.id for row in fresh)
            yield from fresh
            if following is None:
                return
            before = following
            left = left - len(fresh) if left is not None else None

    def sources(self, asked: Filter | None = None, offset: int = 0, limit: int = 100) -> list[SourceRow]:
        """Innermost sources and outlets, by how many claims they are behind."""
        with looking(self._engine) as connection:
            return listing.sources_page(connection, asked or Filter(), offset, limit)

    def wording(self, asked: Filter | None = None) -> list[WordingRow]:
        """Loaded words by outlet, over the newest claims that a filter asks for."""
        return listing.count_wording(self.claims(asked, limit=listing.COUNTED))

    def claim(self, number: int) -> ClaimHistory:
        """A claim with its words, its readings and every decision on it. Raises NotInCasebook."""
        with looking(self._engine) as connection:
            return history.claim_history(connection, number)

    def report(self, number: int) -> ReportHistory:
        """A report with its versions, sightings, readings and custody. Raises NotInCasebook."""
        with looking(self._engine) as connection:
            return history.report_history(connection, number)

    def original(self, sha256: str) -> bytes:
        """The untouched bytes of an original. Raises NotInCasebook where they are not there."""
        with looking(self._engine) as connection:
            data = self._store.load(connection, sha256)
        if data is None:
            raise NotInCasebook(f"original {sha256}: is not in {shown(self.where)}")
        return data

    # ── deciding

    def decide(
        self,
        claim: int,
        verdict: Verdict,
        reason: str,
        changes: dict[str, Any] | None = None,
        *,
        blind: bool = False,
        by: str | None = None,
    ) -> None:
        """Add a person's decision. An edit gives values by dotted path; the machine's stay beside them.

        Raises NotInCasebook, InvalidDecision.
        """
        who, values = (by or self.by).strip(), changes or {}
        if not reason.strip():
            raise InvalidDecision("a decision needs a reason: --reason 'why'")
        if bool(values) != (verdict == "edit"):
            raise InvalidDecision("an edit, and nothing else, gives values: --set status.kind=planned")
        known = self.claim(claim)
        edited(known.machine, values, known.text)
        before = known.machine.model_dump(mode="json")
        with writing(self._engine) as connection:
            row = {
                "claim_id": claim, "made_at": now().isoformat(), "made_by": who, "verdict": verdict, "reason": reason.strip(), "blind": blind,
                "changes": json.dumps(values, ensure_ascii=False),
                "machine": json.dumps({path: value_at(before, path) for path in values}, ensure_ascii=False),
            }  # fmt: skip
            number = new_id(connection.execute(decisions.insert().values(**row)))
            sealed = {f"decisions {number}": custody.digest_of(row)}
            custody.log(
                connection, who, "decided blind" if blind else "decided", known.report, claim=claim, sealed=sealed
            )
            states.refresh_claim(connection, claim)

    def agreement(self, everybody: bool = False) -> list[agreement.FieldAgreement]:
        """Krippendorff's alpha per field, over claims that two or more coders decided blind (or, with everybody, at all)."""
        with looking(self._engine) as connection:
            return agreement.agreement(connection, everybody)

    # ── weighing

    @contextmanager
    def weighing(self) -> Iterator[WeighingMemory]:
        """What is remembered of the last weighing, to bring up to date: all of it is kept together or nothing."""
        with writing(self._engine) as connection:
            yield WeighingMemory(connection, self.by)

    @contextmanager
    def remembering(self) -> Iterator[WeighingMemory]:
        """What is to be weighed, and what is remembered of the last weighing, at one moment; to look at only."""
        with looking(self._engine) as connection:
            yield WeighingMemory(connection, self.by)

    def was_weighed(self) -> bool:
        """Whether its claims were ever weighed, in its present form."""
        with looking(self._engine) as connection:
            return weighed.was_weighed(connection)

    def incidents(
        self, asked: Filter | None = None, least: int = 1, disputed: bool = False, ahead: bool | None = None, before: int | None = None, limit: int = 100
    ) -> list[IncidentRow]:  # fmt: skip
        """Incidents, the last told of first; with a filter, those that hold such a claim."""
        with looking(self._engine) as connection:
            holding = listing.in_incidents(connection, asked) if asked is not None and not asked.is_empty else None
            return weighed.incidents_page(connection, holding, least, disputed, ahead, before, limit)

    def incident(self, number: int) -> IncidentRow:
        """One incident. Raises NotInCasebook."""
        with looking(self._engine) as connection:
            return weighed.incident(connection, number)

    def claims_of(self, incident: Incident) -> list[ClaimRow]:
        """The claims that tell of an incident, in order."""
        with looking(self._engine) as connection:
            return sorted(listing.claims_by_number(connection, list(incident.claims)), key=lambda row: row.id)

    def copies(self, report: int) -> list[Copy]:
        """Whom a report copied from, and who copied from it."""
        with looking(self._engine) as connection:
            return weighed.copies_of(connection, report)

    def group(self, one: int, other: int, together: bool, reason: str) -> None:
        """Decide that two claims tell of one happening, or that they do not. Raises InvalidDecision, NotInCasebook."""
        with writing(self._engine) as connection:
            weighed.group(connection, one, other, together, reason, self.by)

    # ── warnings

    def warnings(self) -> list[WarningRow]:
        """Every warning, in the order in which they were kept."""
        with looking(self._engine) as connection:
            return warned.all_warnings(connection)

    def warnings_page(
        self,
        state: WarningState | None,
        day: str,
        areas: Collection[str] = (),
        before: int | None = None,
        limit: int = 100,
    ) -> list[WarningRow]:
        """Warnings in a state on a day, the last made first; about one of some areas, by their names in lower case."""
        with looking(self._engine) as connection:
            return warned.warnings_page(connection, state, day, areas, before, limit)

    def count_warnings(self, day: str) -> dict[WarningState, int]:
        """How many warnings are in each state on a day."""
        with looking(self._engine) as connection:
            return warned.count_states(connection, day)

    def warning(self, number: int) -> WarningRow:
        """One warning. Raises NotInCasebook."""
        with looking(self._engine) as connection:
            return warned.warning(connection, number)

    def keep_scored(self, outcomes: Mapping[int, Sequence[AreaOutcome]], scoring: Scoring) -> None:
        """Put a scoring, with the outcomes by warning, in the place of the one before."""
        with writing(self._engine) as connection:
            warned.keep_scored(connection, outcomes, scoring, self.by)

    def last_scoring(self) -> Scoring | None:
        """The figures of the last scoring; None where there was none."""
        with looking(self._engine) as connection:
            return warned.last_scoring(connection)

    # ── grades and records

    def grade_incident(self, number: int, grade: str, reason: str) -> None:
        """Grade an incident, "B2", or take a grade back, "". It stands beside the derived one and counts before it. Raises NotInCasebook, InvalidDecision."""
        with writing(self._engine) as connection:
            incident = weighed.incident(connection, number).incident
            graded.grade_incident(connection, incident, grade, reason, self.by)

    def grade_source(self, key: str, grade: str, reason: str) -> None:
        """Grade a source by its key, "B", or take a grade back, "". It counts at once in the grades of its incidents. Raises InvalidDecision."""
        with writing(self._engine) as connection:
            graded.grade_source(connection, key, grade, reason, self.by)

    def source_grades(self) -> dict[str, Grading]:
        """The grades that people gave sources, by their keys."""
        with looking(self._engine) as connection:
            return graded.of_sources(connection)

    def source_labels(self) -> dict[str, str]:
        """What each origin that told of something is called, by its key."""
        with looking(self._engine) as connection:
            return graded.labels(connection)

    def incidents_told_by(self, key: str, limit: int = 20) -> list[IncidentRow]:
        """Incidents that an origin tells of, by its key, the last told of first."""
        with looking(self._engine) as connection:
            return weighed.incidents_of_origin(connection, key, limit)

    def source_records(self, name: str) -> list[SourceRecord]:
        """Records of the sources of a name, those that told of most first. Raises NotInCasebook."""
        with looking(self._engine) as connection:
            return graded.records_named(connection, name)

    # ── releases

    @contextmanager
    def releasing(self, until: int | None = None) -> Iterator[Releasing]:
        """What a release is made of, at one moment; with ids as of a release, where one is made again."""
        with looking(self._engine) as connection:
            yield Releasing(connection, until)

    def needs_second_person(self) -> bool:
        """Whether somebody else has to approve a release: a team uses this casebook."""
        with looking(self._engine) as connection:
            return releases.needs_second_person(connection)

    def propose_release(self, day: str, profile: Profile, asked: Mapping[str, Any]) -> int:
        """Note what is to leave, as the casebook stands now; its number."""
        with writing(self._engine) as connection:
            return releases.propose(connection, day, profile, asked, self.by)

    def decide_on_release(self, number: int, step: Step, reason: str) -> None:
        """Approve or refuse what somebody else proposed. Raises NotInCasebook, ReleaseRefused."""
        with writing(self._engine) as connection:
            releases.add_step(connection, number, step, {"reason": reason.strip()}, self.by)

    def note_written(self, number: int, detail: Mapping[str, Any], ids: Iterable[tuple[int, str]]) -> None:
        """Keep that a release was written, and under which ids its events left, by the anchors of their claims."""
        with writing(self._engine) as connection:
            releases.note_ids(connection, number, ids)
            releases.add_step(connection, number, "written", detail, self.by)

    def release(self, number: int) -> ReleaseRow:
        """One release. Raises NotInCasebook."""
        with looking(self._engine) as connection:
            return releases.release(connection, number)

    def require_writable(self, number: int) -> ReleaseRow:
        """A release that may be written now. Raises NotInCasebook, ReleaseRefused."""
        with looking(self._engine) as connection:
            return releases.require_writable(connection, number)

    def releases(self) -> list[ReleaseRow]:
        """Every release, the latest first."""
        with looking(self._engine) as connection:
            return releases.all_releases(connection)

    def has_moved_since(self, found: ReleaseRow) -> bool:
        """Whether anything that could change a release was kept since it was proposed; exports, views and checks of feeds do not."""
        quiet = ("custody", "views", "feed_checks", "releases", "release_steps", "released_ids")
        with looking(self._engine) as connection:
            here = releases.marks(connection)
        return any(here[name] != found.marks.get(name, 0) for name in here if name not in quiet)

    def copy_as_of(
        self, marks: Mapping[str, int], folder: Path, progress: verifying.Progress = verifying.no_progress
    ) -> None:
        """Make a casebook of what this one had kept up to some rows; it has still to be weighed."""
        with looking(self._engine) as connection:
            copy_as_of(connection, marks, folder, progress)

    def decide_on_person(self, name: str, in_office: bool, reason: str) -> None:
        """Say whether the bearer of a name is a public figure in office, whose name may leave, or not. Raises ReleaseRefused."""
        with writing(self._engine) as connection:
            releases.decide_on_person(connection, name, in_office, reason, self.by)

    # ── for the desk

    def acting_as(self, by: str) -> "Casebook":
        """The same casebook with somebody else at work in it. It is closed with this one."""
        return Casebook(self.where, self._engine, self._store, by)

    @contextmanager
    def pictures(self) -> Iterator[Pictures]:
        """What is drawn of it, at one moment."""
        with looking(self._engine) as connection:
            yield Pictures(connection)

    @contextmanager
    def people(self, *, change: bool = False) -> Iterator[People]:
        """Accounts and sessions, to look at, or to change: all together or not at all."""
        with (writing if change else looking)(self._engine) as connection:
            yield People(connection, self.by)

    def review_queue(
        self, asked: Filter, near: str | None = None, blind: bool = False, offset: int = 0, limit: int = 20
    ) -> tuple[list[Queued], int]:
        """Claims that nobody has decided on (blind: that whoever acts has not coded) by what matters most, and how many there are."""
        with looking(self._engine) as connection:
            return review.queue(connection, asked, near, self.by if blind else None, offset, limit)

    def last_decision(self) -> int | None:
        """The claim that whoever acts decided on last, and has not taken back."""
        with looking(self._engine) as connection:
            return review.last_decision(connection, self.by)

    def decided_since(self, day: str) -> int:
        """On how many claims whoever acts has decided since a moment (ISO 8601)."""
        with looking(self._engine) as connection:
            return review.decided_since(connection, self.by, day)

    def incident_of(self, claims: Sequence[int]) -> dict[int, int]:
        """The incident of each of some claims that is in one."""
        with looking(self._engine) as connection:
            return weighed.incident_numbers(connection, claims)

    def claims_by_number(self, numbers: Sequence[int]) -> list[ClaimRow]:
        """Present claims by their numbers, in that order; without those that are none."""
        with looking(self._engine) as connection:
            found = {row.id: row for row in listing.claims_by_number(connection, list(numbers))}
        return [found[number] for number in numbers if number in found]

    def visit(self, visitor: str) -> Marks | None:
        """Note that somebody looks; how far the casebook had gone at the end of their visit before. None on a first one.

        Whoever looks does not wait for a long weighing to end: while it writes, nothing is noted.
        """
        with looking(self._engine) as connection:
            before, is_noted = desk_state.last_visit(connection, visitor)
        if not is_noted:
            with suppress(CasebookUnavailable), writing(self._engine, patience=0.5) as connection:
                return desk_state.visit(connection, visitor)
        return before

    def marks(self) -> Marks:
        """How far the casebook has gone."""
        with looking(self._engine) as connection:
            return desk_state.marks(connection)

    def views(self) -> list[View]:
        """Pages with filters that somebody named."""
        with looking(self._engine) as connection:
            return desk_state.all_views(connection)

    def keep_view(self, name: str, page: str, query: str, *, removed: bool = False) -> None:
        """Name a page with its filters, or remove it. Raises InvalidDecision."""
        with writing(self._engine) as connection:
            desk_state.keep_view(connection, name, page, query, self.by, removed=removed)

    def log_export(self, what: str, query: str, rows: int) -> None:
        """Note that somebody took rows out of the casebook."""
        with writing(self._engine) as connection:
            custody.log(connection, self.by, "exported", what=what, query=query, rows=rows)

    def custody(self, before: int | None = None, limit: int = 100) -> list[dict[str, Any]]:
        """Entries of the custody log, the latest first."""
        with looking(self._engine) as connection:
            return custody.entries(connection, before, limit)

    def source_record(self, key: str) -> SourceRecord | None:
        """The record of a source by its key; None where it told of nothing."""
        with looking(self._engine) as connection:
            return graded.record(connection, key)

    def top_records(self, limit: int) -> list[SourceRecord]:
        """Records of the sources that told of most."""
        with looking(self._engine) as connection:
            return graded.top_records(connection, limit)

    # ── keeping it whole

    def verify(self, progress: verifying.Progress = verifying.no_progress) -> verifying.Verified:
        """Look at every original, text, claim and entry of the custody log."""
        with looking(self._engine) as connection:
            return verifying.verify(connection, self._store, progress)

    def rebuild(self, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
        """Compute the present state anew from what is kept."""
        with writing(self._engine) as connection:
            states.rebuild(connection, progress)
            custody.log(connection, self.by, "computed the present state anew")

    def backup(self, path: str | Path, progress: verifying.Progress = verifying.no_progress) -> None:
        """Write everything kept to one file."""
        with looking(self._engine) as connection:
            backup.write_backup(connection, self._store, Path(path), progress)
        with suppress(CasebookUnavailable), writing(self._engine) as connection:
            custody.log(connection, self.by, "wrote a backup", file=Path(path).name)


def _store(name: str, kept_in: str) -> Originals:
    return FolderOriginals(Path(name)) if kept_in == "folder" else TableOriginals()
