"""The casebook: everything taken in, read and decided, in a folder (SQLite) or in a team's PostgreSQL."""

import getpass
import json
import shutil
import socket
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import ColumnElement, Connection, Engine, func, inspect, select

from reportedly.casebook import agreement, backup, custody, keeping, listing, states, verifying
from reportedly.casebook.connection import DATABASE, engine_for, is_postgres, looking, new_id, writing
from reportedly.casebook.facets import Filter
from reportedly.casebook.keeping import Kept
from reportedly.casebook.listing import ClaimRow, ReportRow, SourceRow
from reportedly.casebook.originals import FOLDER, FolderOriginals, Originals, TableOriginals
from reportedly.casebook.tables import (
    casebook as identity,
)
from reportedly.casebook.tables import (
    claim_states,
    claims,
    decisions,
    feed_checks,
    readings,
    report_states,
    sightings,
    versions,
)
from reportedly.casebook.tables import custody as custody_table
from reportedly.errors import CasebookUnavailable, InvalidDecision, NoCasebook, NotInCasebook, UnreadableReport
from reportedly.model.acquisition import Acquisition, Unchanged, now
from reportedly.model.decision import Verdict, edited, value_at
from reportedly.model.record import Claim, ReaderVersion, Reading, Report

HERE: Final = "casebook"
"""The folder where a casebook is looked for when none is named."""


class Reads(Protocol):
    """Whatever reads reports into claims: the built-in reader, or another behind the same face."""

    version: ReaderVersion

    def read(self, report: Report) -> Any:
        """An object with a `reading`. Raises UnreadableReport where it cannot read this report."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A version that a reader has not read yet."""

    report: int
    version: int


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the last check of a feed told; `silent_since` is when an entry was last new."""

    url: str
    checked_at: str
    outcome: str
    detail: str | None
    failures: int
    last_new: str | None
    etag: str | None
    last_modified: str | None


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
                        f"{_shown(name)}: no casebook there{unfinished}. Make one: reportedly init --casebook {_shown(name)}"
                    )
                _require_present_form(connection, _shown(name))
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
            _make_folder(Path(name))
        engine = engine_for(name)
        store = _store(name, "folder" if in_folder else "table")
        try:
            with writing(engine) as connection:
                if inspect(connection).has_table("alembic_version"):
                    raise NoCasebook(f"{_shown(name)}: there is a casebook already")
                command.upgrade(_alembic(connection), "head")
                connection.execute(
                    identity.insert().values(
                        id=casebook_id, created_at=created_at, originals="folder" if in_folder else "table"
                    )
                )
                if fill is None:
                    custody.log(connection, by or whoami(), "made the casebook", casebook=casebook_id)
                else:
                    fill(connection, store)
        except BaseException:
            engine.dispose()
            if in_folder:
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
        """Read a version and keep what was read: the number of claims, and why it could not be read if so."""
        with looking(self._engine) as connection:
            row = connection.execute(select(versions).where(versions.c.id == version)).mappings().one()
        reading: Reading | None = None
        problem = None
        try:
            reading = reader.read(keeping.report_of(row)).reading
        except UnreadableReport as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001  one report that a reader fails on must not stop the others
            problem = f"the reader failed ({type(error).__name__}: {str(error)[:200]})"
        with writing(self._engine) as connection:
            count = keeping.keep_reading(connection, version, reader.version, reading, problem, self.by)
        return count or 0, problem

    def is_read(self, version: int, reader: ReaderVersion) -> bool:
        """Whether this reader has read this version."""
        with looking(self._engine) as connection:
            return connection.execute(
                select(readings.c.id).where(
                    readings.c.version_id == version, readings.c.reader == reader.name, readings.c.reader_version == reader.version
                )
            ).first() is not None  # fmt: skip

    def unread(self, reader: ReaderVersion, since: str | None = None) -> Iterator[Unread]:
        """Present versions that this reader in this version has not read, the oldest first; `since`: last seen on that day or later."""
        last = 0
        while True:
            with looking(self._engine) as connection:
                chosen = select(report_states.c.report_id, report_states.c.version_id).where(
                    report_states.c.report_id > last, *_unread(reader, since)
                )
                rows = connection.execute(chosen.order_by(report_states.c.report_id).limit(200)).all()
            for report_id, version_id in rows:
                yield Unread(int(report_id), int(version_id))
            if len(rows) < 200:
                return
            last = int(rows[-1][0])

    def count_unread(self, reader: ReaderVersion, since: str | None = None) -> int:
        """How many versions `unread` gives."""
        with looking(self._engine) as connection:
            return int(
                connection.execute(
                    select(func.count()).select_from(report_states).where(*_unread(reader, since))
                ).scalar_one()
            )

    def last_answer(self, location: str) -> dict[str, str]:
        """The headers with which an address last gave its content, by lower-case name; empty where it never did."""
        with looking(self._engine) as connection:
            found = connection.execute(
                select(sightings.c.headers)
                .where(sightings.c.location == location, sightings.c.status == 200)
                .order_by(sightings.c.id.desc())
                .limit(1)
            ).scalar()
        return {str(key).lower(): str(value) for key, value in json.loads(found)} if found else {}

    def last_seen(self, url: str) -> str | None:
        """When the report at an address was last seen (ISO 8601, UTC); None where it never was."""
        with looking(self._engine) as connection:
            return connection.execute(
                select(func.max(sightings.c.seen_at))
                .join(versions, versions.c.report_id == sightings.c.report_id)
                .where(versions.c.url == url)
            ).scalar()

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
            connection.execute(
                feed_checks.insert().values(
                    url=url,
                    checked_at=now().isoformat(),
                    outcome=outcome,
                    added=added,
                    detail=detail,
                    etag=etag,
                    last_modified=last_modified,
                )
            )

    def feed(self, url: str) -> FeedState | None:
        """How a feed has been doing; None where it was never checked."""
        with looking(self._engine) as connection:
            of_it = feed_checks.c.url == url
            last = (
                connection.execute(select(feed_checks).where(of_it).order_by(feed_checks.c.id.desc()).limit(1))
                .mappings()
                .first()
            )
            if last is None:
                return None
            good = connection.execute(
                select(feed_checks).where(of_it, feed_checks.c.outcome == "ok").order_by(feed_checks.c.id.desc()).limit(1)
            ).mappings().first()  # fmt: skip
            last_good = (
                connection.execute(
                    select(func.max(feed_checks.c.id)).where(of_it, feed_checks.c.outcome != "failed")
                ).scalar()
                or 0
            )
            failures = connection.execute(select(func.count()).where(of_it, feed_checks.c.id > last_good)).scalar_one()
            news = connection.execute(
                select(func.max(feed_checks.c.checked_at)).where(of_it, feed_checks.c.added > 0)
            ).scalar()
            first = connection.execute(select(func.min(feed_checks.c.checked_at)).where(of_it)).scalar()
        return FeedState(
            url, last["checked_at"], last["outcome"], last["detail"], int(failures), news or first,
            good["etag"] if good else None, good["last_modified"] if good else None,
        )  # fmt: skip

    def feeds(self) -> list[FeedState]:
        """Every feed that was ever checked."""
        with looking(self._engine) as connection:
            urls = connection.execute(select(feed_checks.c.url).distinct().order_by(feed_checks.c.url)).scalars().all()
        return [state for url in urls if (state := self.feed(url)) is not None]

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
        seen: set[int] = set()
        while left is None or left > 0:
            size = min(200, left) if left is not None else 200
            with looking(self._engine) as connection:
                page, following = listing.reports_page(connection, asked or Filter(), before, size)
            fresh = [row for row in page if row.id not in seen]
            seen.update(row.id for row in fresh)
            yield from fresh
            if following is None:
                return
            before = following
            left = left - len(fresh) if left is not None else None

    def sources(self, asked: Filter | None = None, offset: int = 0, limit: int = 100) -> list[SourceRow]:
        """Innermost sources and outlets, by how many claims they are behind."""
        with looking(self._engine) as connection:
            return listing.sources_page(connection, asked or Filter(), offset, limit)

    def claim(self, number: int) -> "ClaimHistory":
        """A claim with its words, its readings and every decision on it. Raises NotInCasebook."""
        with looking(self._engine) as connection:
            row = connection.execute(
                select(claims, readings.c.reader, readings.c.reader_version, readings.c.read_at, readings.c.version_id)
                .join(readings, readings.c.id == claims.c.reading_id)
                .where(claims.c.id == number)
            ).mappings().first()  # fmt: skip
            if row is None:
                raise NotInCasebook(f"C{number}: no such claim in {_shown(self.where)}. List them: reportedly claims")
            version = connection.execute(select(versions).where(versions.c.id == row["version_id"])).mappings().one()
            decided = (
                connection.execute(select(decisions).where(decisions.c.claim_id == number).order_by(decisions.c.id))
                .mappings()
                .all()
            )
            state = connection.execute(select(claim_states).where(claim_states.c.claim_id == number)).mappings().first()
        return ClaimHistory(
            number=number, report=int(row["report_id"]), version=int(version["number"]), text=version["text"],
            machine=Claim.model_validate_json(row["record"]),
            present=Claim.model_validate_json(state["record"]) if state and state["record"] else None,
            state=state["state"] if state else "superseded",
            reader=f"{row['reader']} {row['reader_version']}", read_at=row["read_at"],
            decisions=tuple(_decision(item) for item in decided),
        )  # fmt: skip

    def report(self, number: int) -> "ReportHistory":
        """A report with its versions, sightings, readings and custody. Raises NotInCasebook."""
        with looking(self._engine) as connection:
            found = (
                connection.execute(select(versions).where(versions.c.report_id == number).order_by(versions.c.number))
                .mappings()
                .all()
            )
            if not found:
                raise NotInCasebook(f"R{number}: no such report in {_shown(self.where)}. List them: reportedly reports")

            def all_of(table: Any) -> list[dict[str, Any]]:
                rows = connection.execute(
                    select(table).where(table.c.report_id == number).order_by(table.c.id)
                ).mappings()
                return [dict(row) for row in rows]

            present = (
                connection.execute(select(report_states).where(report_states.c.report_id == number)).mappings().one()
            )
            numbers = connection.execute(
                select(claim_states.c.claim_id).where(claim_states.c.report_id == number).order_by(claim_states.c.claim_id)
            ).scalars().all()  # fmt: skip
            return ReportHistory(
                number=number, present=next(int(v["number"]) for v in found if v["id"] == present["version_id"]),
                versions=[{**v, "notes": json.loads(v["notes"])} for v in found], sightings=all_of(sightings), readings=all_of(readings),
                custody=all_of(custody_table), claims=listing.claims_by_number(connection, list(numbers))[::-1],
            )  # fmt: skip

    def text_of(self, report: int) -> str:
        """The working text of a report's present version."""
        with looking(self._engine) as connection:
            found = connection.execute(
                select(versions.c.text)
                .join(report_states, report_states.c.version_id == versions.c.id)
                .where(report_states.c.report_id == report)
            ).scalar()  # fmt: skip
        if found is None:
            raise NotInCasebook(f"R{report}: no such report in {_shown(self.where)}")
        return str(found)

    def original(self, sha256: str) -> bytes:
        """The untouched bytes of an original. Raises NotInCasebook where they are not there."""
        with looking(self._engine) as connection:
            data = self._store.load(connection, sha256)
        if data is None:
            raise NotInCasebook(f"original {sha256}: is not in {_shown(self.where)}")
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
        history = self.claim(claim)
        edited(history.machine, values, history.text)
        before = history.machine.model_dump(mode="json")
        with writing(self._engine) as connection:
            row = {
                "claim_id": claim, "made_at": now().isoformat(), "made_by": who, "verdict": verdict, "reason": reason.strip(), "blind": blind,
                "changes": json.dumps(values, ensure_ascii=False),
                "machine": json.dumps({path: value_at(before, path) for path in values}, ensure_ascii=False),
            }  # fmt: skip
            number = new_id(connection.execute(decisions.insert().values(**row)))
            sealed = {f"decisions {number}": custody.digest_of(row)}
            custody.log(
                connection, who, "decided blind" if blind else "decided", history.report, claim=claim, sealed=sealed
            )
            states.refresh_claim(connection, claim)

    def agreement(self, everybody: bool = False) -> list[agreement.FieldAgreement]:
        """Krippendorff's alpha per field, over claims that two or more coders decided blind (or, with everybody, at all)."""
        with looking(self._engine) as connection:
            return agreement.agreement(connection, everybody)

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


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. `changes` and `machine` hold the person's and the machine's values by field."""

    id: int
    made_at: str
    made_by: str
    verdict: str
    changes: dict[str, Any]
    machine: dict[str, Any]
    reason: str
    blind: bool


@dataclass(frozen=True, slots=True)
class ClaimHistory:
    """A claim as the machine read it, as it stands now, and what was decided on the way."""

    number: int
    report: int
    version: int
    text: str
    machine: Claim
    present: Claim | None
    state: str
    reader: str
    read_at: str
    decisions: tuple[Decision, ...]

    @property
    def claim(self) -> Claim:
        """As it stands."""
        return self.present or self.machine

    def seen_by(self, coder: str | None) -> tuple[Decision, ...]:
        """The decisions that somebody may see: a coder at work, blind, sees only their own; others see blind ones when the claim is settled
        by an open one or two have coded it."""
        if coder is not None:
            return tuple(d for d in self.decisions if d.made_by == coder)
        coders = {d.made_by for d in self.decisions if d.blind}
        settled = any(not d.blind for d in self.decisions) or len(coders) > 1
        return tuple(d for d in self.decisions if not d.blind or settled)


@dataclass(frozen=True, slots=True)
class ReportHistory:
    """Everything kept of a report; `present` is the number of its present version."""

    number: int
    present: int
    versions: list[dict[str, Any]]
    sightings: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    custody: list[dict[str, Any]]
    claims: list[ClaimRow]


def _unread(reader: ReaderVersion, since: str | None) -> list[ColumnElement[bool]]:
    done = select(readings.c.id).where(
        readings.c.version_id == report_states.c.version_id, readings.c.reader == reader.name, readings.c.reader_version == reader.version
    )  # fmt: skip
    return [~done.exists(), *([report_states.c.last_seen >= since] if since else [])]


def _decision(row: Any) -> Decision:
    return Decision(
        int(row["id"]), row["made_at"], row["made_by"], row["verdict"], json.loads(row["changes"]), json.loads(row["machine"]), row["reason"],
        bool(row["blind"]),
    )  # fmt: skip


def _store(name: str, kept_in: str) -> Originals:
    return FolderOriginals(Path(name)) if kept_in == "folder" else TableOriginals()


def _make_folder(folder: Path) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            what = (
                "there is a casebook already" if (folder / DATABASE).exists() else "is there already and is not empty"
            )
            raise NoCasebook(f"{folder}: {what}. Name another: --casebook FOLDER")
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CasebookUnavailable(f"{folder}: cannot be made ({error.strerror})") from None


def _alembic(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _require_present_form(connection: Connection, shown: str) -> None:
    here = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(_alembic(connection))
    if here == scripts.get_current_head():
        return
    if here in {script.revision for script in scripts.walk_revisions()}:
        raise NoCasebook(
            f"{shown}: is of an older form. Back it up, then: reportedly init --upgrade --casebook {shown}"
        )
    raise NoCasebook(f"{shown}: was made by a newer reportedly ({here}). Use that one")


def upgrade(where: str | Path) -> None:
    """Bring a casebook of an older form to the present one."""
    name = str(where)
    if not is_postgres(name) and not (Path(name) / DATABASE).is_file():
        raise NoCasebook(f"{name}: no casebook there")
    engine = engine_for(name)
    try:
        with writing(engine) as connection:
            command.upgrade(_alembic(connection), "head")
    finally:
        engine.dispose()


def _shown(where: str) -> str:
    """A casebook's name without the password in it."""
    if not is_postgres(where) or "@" not in where:
        return where
    scheme, _, rest = where.partition("://")
    user, _, host = rest.rpartition("@")
    return f"{scheme}://{user.split(':')[0]}@{host}"


__all__ = [
    "HERE", "Casebook", "ClaimHistory", "ClaimRow", "Decision", "FeedState", "Filter", "Kept", "ReportHistory", "ReportRow",
    "SourceRow", "Unread", "upgrade", "whoami",
]  # fmt: skip
