"""Apache Parquet: the columns of the CSV tables with their types, and with claims the whole record, so that they can be read back."""

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO, ClassVar, Final, Generic, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from reportedly.model.release import ReleasedClaim, ReleasedEvent, day_of
from reportedly.release.cleaning import line, plain
from reportedly.release.columns import CLAIM_COLUMNS, EVENT_COLUMNS, Column
from reportedly.release.formats.json_lines import as_event_object, as_object
from reportedly.release.formats.writing import About, Writer

_ROWS: Final = 1_000
"""In memory at a time: claims with their records are large."""
_TYPES: Final = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
_MOST: Final = 2**63 - 1
Item = TypeVar("Item")


class Columns(Generic[Item]):
    """Batches of items, written as they fill."""

    def __init__(self, file: BinaryIO, columns: Sequence[Column[Item]]) -> None:
        self._columns = columns
        self._schema = pa.schema([pa.field(c.name, _TYPES[c.kind]) for c in columns])
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd", store_schema=False)
        self._batch: list[Item] = []

    def item(self, item: Item) -> None:
        self._batch.append(item)
        if len(self._batch) == _ROWS:
            self._flush()

    def _flush(self) -> None:
        values = [
            pa.array([_value(c.value(item), c.kind) for item in self._batch], type=_TYPES[c.kind])
            for c in self._columns
        ]
        self._writer.write_table(pa.Table.from_arrays(values, schema=self._schema))
        self._batch = []

    def close(self) -> None:
        if self._batch:
            self._flush()
        self._writer.close()


def _value(value: Any, kind: str) -> Any:
    if kind == "date":
        found: date | None = day_of(value)
        return found
    if kind == "integer":
        return None if value is None else max(-_MOST, min(_MOST, value))
    return plain(value, 10**7) if isinstance(value, str) else value


_WHOLE: Final[Column[ReleasedEvent]] = Column(
    "record", "string", "The whole event as JSON, as in events.jsonl.", lambda e: line(as_event_object(e))
)
_WHOLE_CLAIM: Final[Column[ReleasedClaim]] = Column(
    "record", "string", "The whole claim as JSON, as in claims.jsonl.", lambda c: line(as_object(c))
)


class EventParquet(Writer):
    """Events."""

    suffix: ClassVar[str] = ".parquet"
    media_type: ClassVar[str] = "application/vnd.apache.parquet"

    def __init__(self, file: BinaryIO, about: About) -> None:
        super().__init__(file, about)
        self._columns = Columns(file, (*EVENT_COLUMNS, _WHOLE))

    def event(self, event: ReleasedEvent) -> None:
        self._columns.item(event)

    def close(self) -> None:
        self._columns.close()


class ClaimParquet(Writer):
    """Claims."""

    suffix: ClassVar[str] = ".parquet"
    media_type: ClassVar[str] = "application/vnd.apache.parquet"

    def __init__(self, file: BinaryIO, about: About) -> None:
        super().__init__(file, about)
        self._columns = Columns(file, (*CLAIM_COLUMNS, _WHOLE_CLAIM))

    def event(self, event: ReleasedEvent) -> None:
        pass

    def claim(self, claim: ReleasedClaim) -> None:
        self._columns.item(claim)

    def close(self) -> None:
        self._columns.close()
