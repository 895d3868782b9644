"""CSV (RFC 4180, UTF-8): one row an event, or a claim."""

import csv
import io
from collections.abc import Sequence
from typing import Any, BinaryIO, ClassVar, Generic, TypeVar

from reportedly.model.release import ReleasedClaim, ReleasedEvent
from reportedly.release.cleaning import cell
from reportedly.release.columns import CLAIM_COLUMNS, EVENT_COLUMNS, Column
from reportedly.release.formats.writing import About, Writer

Item = TypeVar("Item")


class Rows(Generic[Item]):
    """Rows of items in columns."""

    def __init__(self, file: BinaryIO, columns: Sequence[Column[Item]]) -> None:
        self._out = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        self._writer = csv.writer(self._out, lineterminator="\r\n")
        self._columns = columns
        self.row([column.name for column in columns])

    def row(self, values: Sequence[Any]) -> None:
        """Any row, such as one of hashtags."""
        self._writer.writerow(values)

    def item(self, item: Item) -> None:
        self._writer.writerow([_shown(column.value(item)) for column in self._columns])

    def close(self) -> None:
        self._out.detach()


def _shown(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else cell(value)


class EventTable(Writer):
    """Events in reportedly's own columns."""

    suffix: ClassVar[str] = ".csv"
    media_type: ClassVar[str] = "text/csv"
    columns: ClassVar[Sequence[Column[ReleasedEvent]]] = EVENT_COLUMNS

    def __init__(self, file: BinaryIO, about: About) -> None:
        super().__init__(file, about)
        self.rows = Rows(file, self.columns)

    def event(self, event: ReleasedEvent) -> None:
        self.rows.item(event)

    def close(self) -> None:
        self.rows.close()


class ClaimTable(Writer):
    """Claims in reportedly's own columns."""

    suffix: ClassVar[str] = ".csv"
    media_type: ClassVar[str] = "text/csv"

    def __init__(self, file: BinaryIO, about: About) -> None:
        super().__init__(file, about)
        self._rows = Rows(file, CLAIM_COLUMNS)

    def event(self, event: ReleasedEvent) -> None:
        pass

    def claim(self, claim: ReleasedClaim) -> None:
        self._rows.item(claim)

    def close(self) -> None:
        self._rows.close()
