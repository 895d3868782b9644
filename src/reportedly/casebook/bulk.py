"""Many rows at once: added, or asked for by many numbers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, delete
from sqlalchemy.dialects import postgresql, sqlite

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


def change_counts(connection: Connection, table: Table, count: Column[Any], rows: Iterable[Sequence[Any]]) -> None:
    """Add to a count that may not be there yet, or take from it; rows hold the key and then the change. What comes to nothing is dropped."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    names = [column.name for column in table.columns]
    added = insert(table)
    order = added.on_conflict_do_update(
        index_elements=list(table.primary_key.columns), set_={count.name: count + added.excluded[count.name]}
    )
    changes = [dict(zip(names, row, strict=True)) for row in rows]
    if changes:
        connection.execute(order, changes)
        connection.execute(delete(table).where(count == 0))


def portions(values: Collection[Any]) -> Iterator[list[Any]]:
    """Values in portions that one question can name, in order."""
    yield from _batches(sorted(values), _NUMBERS)


def _batches(values: Iterable[Any], size: int) -> Iterator[list[Any]]:
    left = iter(values)
    while batch := list(islice(left, size)):
        yield batch
