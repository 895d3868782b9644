"""Originals: untouched bytes, named by their SHA-256. In a folder beside the SQLite file, or in the team's PostgreSQL."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import Connection, select

from reportedly.casebook.tables import original_bytes
from reportedly.errors import CasebookUnavailable

FOLDER: Final = "originals"
_PARTIAL: Final = ".partial"


class Originals(Protocol):
    """Where originals are kept. A kept one never changes."""

    def keep(self, connection: Connection, sha256: str, data: bytes) -> None:
        """Keep bytes; after this they are there even if the power fails, or the transaction has not ended well."""

    def load(self, connection: Connection, sha256: str) -> bytes | None:
        """The bytes; None where they are missing."""


class FolderOriginals:
    """One file per original: written under a temporary name, synced, renamed to its hash, the folder synced."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER

    def path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def keep(self, connection: Connection, sha256: str, data: bytes) -> None:  # noqa: ARG002  the protocol's
        path = self.path(sha256)
        try:
            if (
                path.exists()
                and path.stat().st_size == len(data)
                and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
            ):
                return
            temporary = self._folder / _PARTIAL / f"{sha256}.{os.getpid()}"
            temporary.parent.mkdir(parents=True, exist_ok=True)
            new_folder = not path.parent.exists()
            path.parent.mkdir(exist_ok=True)
            try:
                with temporary.open("wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                temporary.chmod(0o440)
                temporary.replace(path)
            finally:
                with suppress(OSError):
                    temporary.unlink(missing_ok=True)
            _sync(path.parent)
            if new_folder:
                _sync(self._folder)
        except OSError as error:
            raise CasebookUnavailable(
                f"{path}: cannot be written ({error.strerror}). Nothing of this report is kept; what was kept before is"
            ) from None

    def load(self, connection: Connection, sha256: str) -> bytes | None:  # noqa: ARG002  the protocol's
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise CasebookUnavailable(f"{self.path(sha256)}: cannot be read ({error.strerror})") from None

    def leftovers(self) -> Iterator[Path]:
        """What a killed process left half-written, or one at work is writing."""
        yield from sorted((self._folder / _PARTIAL).glob("*"))


class TableOriginals:
    """Rows of `original_bytes`: one backup and one set of rights for a team."""

    def keep(self, connection: Connection, sha256: str, data: bytes) -> None:
        there = connection.execute(select(original_bytes.c.sha256).where(original_bytes.c.sha256 == sha256)).first()
        if there is None:
            connection.execute(original_bytes.insert().values(sha256=sha256, data=data))

    def load(self, connection: Connection, sha256: str) -> bytes | None:
        found = connection.execute(select(original_bytes.c.data).where(original_bytes.c.sha256 == sha256)).scalar()
        return bytes(found) if found is not None else None


def _sync(folder: Path) -> None:
    """Make a rename in a folder last through a power failure, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
