"""The custody log: who changed what and when, each entry sealed with the one before it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select

from reportedly.casebook.tables import custody
from reportedly.model.acquisition import now

FIRST: Final = "0" * 64
"""What the first entry's digest covers in place of one before it."""


def log(connection: Connection, by: str, action: str, report_id: int | None = None, **detail: Any) -> None:
    """Add an entry, within the transaction that makes the change."""
    last = connection.execute(select(custody.c.digest).order_by(custody.c.id.desc()).limit(1)).scalar()
    entry = {
        "at": now().isoformat(),
        "by": by,
        "action": action,
        "report_id": report_id,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
    }
    connection.execute(custody.insert().values(**entry, digest=sealed(last or FIRST, entry)))


def digest_of(row: Mapping[str, Any] | RowMapping, *more: Any) -> str:
    """SHA-256 over a row's columns but its number, in the order of their names; the log holds it, so that a change of the row is found."""
    content = [sorted((key, value) for key, value in row.items() if key != "id"), *more]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def sealed(before: str, entry: dict[str, Any] | RowMapping) -> str:
    """The digest of an entry after the one whose digest is given: SHA-256 over both."""
    content = [before, entry["at"], entry["by"], entry["action"], entry["report_id"], entry["detail"]]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def breaks(entries: Iterator[RowMapping]) -> Iterator[int]:
    """Numbers of entries that do not follow from the one before: changed, or something before them left out."""
    before = FIRST
    for entry in entries:
        if sealed(before, entry) != entry["digest"]:
            yield int(entry["id"])
        before = entry["digest"]


def entries(connection: Connection, before: int | None, limit: int) -> list[dict[str, Any]]:
    """Entries as they stand, the latest first, those before a number."""
    chosen = select(custody).order_by(custody.c.id.desc()).limit(limit)
    if before is not None:
        chosen = chosen.where(custody.c.id < before)
    return [{**row, "detail": json.loads(row["detail"])} for row in connection.execute(chosen).mappings()]
