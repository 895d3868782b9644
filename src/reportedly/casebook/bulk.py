"""Many rows at once: added, or asked for by many numbers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Table

_ROWS: Final = 20_000
_NUMBERS: Final = 500
"""Values that one question names: each database has its limit."""


def add_rows(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Add rows given as values in the order of the table's columns; a row whose key is there already changes nothing."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    into = f"{table.name} ({names})"
    if connection.dialect.name == "postgresql":
        # one statement a row would take a round trip each
        kinds = ", ".join(f"%s::{column.type.compile(connection.dialect)}[]" for column in table.columns)
        order = f"INSERT INTO {into} SELECT * FROM unnest({kinds}) ON CONFLICT DO NOTHING"
        for batch in _batches(rows, _ROWS):
            connection.exec_driver_sql(order, tuple(list(values) for values in zip(*batch, strict=True)))
        return
    order = f"INSERT OR IGNORE INTO {into} VALUES ({', '.join('?' * len(table.columns))})"
    for batch in _batches(rows, _ROWS):
        connection.exec_driver_sql(order, [tuple(row) for row in batch])


def portions(values: Collection[Any]) -> Iterator[list[Any]]:
    """Values in portions that one question can name, in order."""
    yield from _batches(sorted(values), _NUMBERS)


def _batches(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch
