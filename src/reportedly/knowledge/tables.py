"""Reads the knowledge tables: tab-separated text with a commented head that an expert can read and mend."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from reportedly.errors import InvalidKnowledge


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table under ``knowledge/data`` as dicts by column name.

    Raises InvalidKnowledge where a row does not have the columns that the table's first row names.
    """
    text = files("reportedly.knowledge").joinpath("data", name).read_text(encoding="utf-8")
    columns: list[str] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if columns is None:
            columns = cells
        elif len(cells) > len(columns):
            raise InvalidKnowledge(f"{name}:{number}: {len(cells)} cells, the head names {len(columns)} columns")
        else:
            cells += [""] * (len(columns) - len(cells))
            yield dict(zip(columns, cells, strict=True))


def words(cell: str) -> list[str]:
    """Split a comma-separated cell."""
    return [part.strip() for part in cell.split(",") if part.strip()]


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a table, read once."""
    return tuple(rows(name))
