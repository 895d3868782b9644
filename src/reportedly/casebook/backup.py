"""A backup: one ZIP that holds everything kept, the same from either database and for either. What is derived is computed again.

Members: `tables/NAME-00001.jsonl` (rows as JSON lines), `originals/SHA256`, and last `manifest.json` with the hash of every member, so
that a backup cut short or changed is known as such.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, text

from reportedly._version import __version__
from reportedly.casebook import states
from reportedly.casebook.keeping import make_findable, report_of
from reportedly.casebook.originals import Originals
from reportedly.casebook.tables import KEPT, casebook, original_bytes, originals, versions
from reportedly.casebook.verifying import Progress, count, no_progress, pages
from reportedly.errors import CasebookUnavailable, InvalidBackup
from reportedly.model.acquisition import now

FORM: Final = 1
_TABLES: Final = tuple(table for table in KEPT if table is not original_bytes)
_ROWS: Final = 5_000
"""Rows of a member: as many as are in memory at a time."""


def write_backup(connection: Connection, store: Originals, path: Path, progress: Progress = no_progress) -> None:
    """Write everything kept to a file. It appears under its name only when it is whole."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    manifest: dict[str, str] = {}
    try:
        with zipfile.ZipFile(temporary, "x", zipfile.ZIP_DEFLATED, compresslevel=5) as packed:

            def add(name: str, data: bytes) -> None:
                manifest[name] = hashlib.sha256(data).hexdigest()
                packed.writestr(name, data)

            for table in _TABLES:
                for name, rows in _members(connection, table, progress):
                    add(
                        name,
                        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode(
                            "utf-8", "surrogatepass"
                        ),
                    )
            total = count(connection, originals)
            for done, row in enumerate(pages(connection, originals, "sha256"), start=1):
                progress("Originals", done, total)
                data = store.load(connection, row["sha256"])
                if data is None or hashlib.sha256(data).hexdigest() != row["sha256"]:
                    raise CasebookUnavailable(
                        f"original {row['sha256']} is missing or damaged, so no backup was written. See reportedly verify"
                    )
                add(f"originals/{row['sha256']}", data)
            identity = connection.execute(casebook.select()).mappings().one()
            about = {"form": FORM, "casebook": identity["id"], "created_at": identity["created_at"], "written_at": now().isoformat(),
                     "written_by": f"reportedly {__version__}", "members": manifest}  # fmt: skip
            packed.writestr("manifest.json", json.dumps(about, indent=1))
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except FileExistsError:
        raise CasebookUnavailable(f"{temporary}: is in the way. Delete it") from None
    except OSError as error:
        raise CasebookUnavailable(f"{path}: cannot be written ({error.strerror}). The casebook is unharmed") from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _members(connection: Connection, table: Table, progress: Progress) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    key = "sha256" if table is originals else "id"
    total, number = count(connection, table), 0
    rows: list[dict[str, Any]] = []
    for done, row in enumerate(pages(connection, table, key), start=1):
        rows.append(dict(row))
        if len(rows) == _ROWS or done == total:
            number += 1
            progress(table.name.capitalize(), done, total)
            yield f"tables/{table.name}-{number:05d}.jsonl", rows
            rows = []


class Backup:
    """A backup opened for reading. Raises InvalidBackup where it is none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._packed = zipfile.ZipFile(path)
            self._about = json.loads(self._packed.read("manifest.json"))
            self.members: dict[str, str] = self._about["members"]
            self.casebook = str(self._about["casebook"])
            self.created_at = str(self._about["created_at"])
            form = self._about["form"]
        except FileNotFoundError:
            raise InvalidBackup(f"{path}: no such file") from None
        except OSError as error:
            raise InvalidBackup(f"{path}: cannot be read ({error.strerror})") from None
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError):
            raise InvalidBackup(f"{path}: is no backup of a casebook, or is cut short") from None
        if form != FORM:
            raise InvalidBackup(
                f"{path}: is of form {form}, made by another version of reportedly. This one reads form {FORM}"
            )

    def close(self) -> None:
        self._packed.close()

    def data(self, name: str) -> bytes:
        """A member's bytes, checked. Raises InvalidBackup where they are not what was written."""
        try:
            data = self._packed.read(name)
        except (KeyError, OSError, zipfile.BadZipFile, ValueError, EOFError):
            raise InvalidBackup(f"{self._path}: {name} is missing or damaged") from None
        except Exception as error:  # noqa: BLE001  zlib.error and the like
            raise InvalidBackup(f"{self._path}: {name} is damaged ({type(error).__name__})") from None
        if hashlib.sha256(data).hexdigest() != self.members[name]:
            raise InvalidBackup(f"{self._path}: {name} is not what was written")
        return data

    def check(self, progress: Progress = no_progress) -> None:
        """Look at every member before any of them is used."""
        for done, name in enumerate(self.members, start=1):
            self.data(name)
            progress("Checking", done, len(self.members))

    def rows(self, table: Table) -> Iterator[list[dict[str, Any]]]:
        """A table's rows, a member at a time."""
        for name in sorted(self.members):
            if name.startswith(f"tables/{table.name}-"):
                yield [json.loads(line) for line in self.data(name).decode("utf-8", "surrogatepass").splitlines()]

    def originals(self) -> Iterator[tuple[str, bytes]]:
        for name in self.members:
            if name.startswith("originals/"):
                yield name.removeprefix("originals/"), self.data(name)


def restore(connection: Connection, store: Originals, backup: Backup, progress: Progress = no_progress) -> None:
    """Fill an empty casebook from a backup, numbers and moments as they were, and derive its present state."""
    for table in _TABLES:
        for rows in backup.rows(table):
            connection.execute(table.insert(), rows)
        if table is originals:
            wanted = sum(name.startswith("originals/") for name in backup.members)
            for done, (sha256, data) in enumerate(backup.originals(), start=1):
                store.keep(connection, sha256, data)
                progress("Originals", done, wanted)
    _make_findable(connection)
    if connection.dialect.name == "postgresql":
        for table in _TABLES:
            if "id" in table.c:
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
                    )
                )
    states.rebuild(connection, _named(progress, "Present state"))


def _named(progress: Progress, what: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(what, done, total)


def _make_findable(connection: Connection) -> None:
    for row in pages(connection, versions, chunk=100):
        make_findable(connection, int(row["id"]), report_of(row))
