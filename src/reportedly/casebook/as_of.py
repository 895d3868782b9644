"""A casebook as it stood: a copy of what was kept by then, in a folder of its own, without the originals' bytes."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, select

from reportedly.casebook import states
from reportedly.casebook.connection import engine_for, writing
from reportedly.casebook.form import make_folder, make_tables
from reportedly.casebook.keeping import make_findable, report_of
from reportedly.casebook.releases import MARKED, rows_until
from reportedly.casebook.tables import casebook as identity
from reportedly.casebook.tables import originals, versions
from reportedly.casebook.verifying import pages


def copy_as_of(
    connection: Connection, marks: Mapping[str, int], folder: Path, progress: Callable[[str, int, int], None]
) -> None:
    """Make a casebook in a folder of what another had kept up to these rows, and derive its present state. It has still to be weighed."""
    make_folder(folder)
    engine = engine_for(str(folder))
    try:
        with writing(engine) as copy:
            make_tables(copy)
            made = connection.execute(select(identity)).mappings().one()
            copy.execute(identity.insert().values(**{**made, "originals": "folder"}))
            for row in pages(connection, originals, "sha256"):
                copy.execute(originals.insert().values(**row))
            for done, table in enumerate(MARKED, start=1):
                for rows in rows_until(connection, table, marks.get(table.name, 0)):
                    copy.execute(table.insert(), rows)
                progress("Copying", done, len(MARKED))
            for row in pages(copy, versions, chunk=100):
                make_findable(copy, int(row["id"]), report_of(row))
            states.rebuild(copy, lambda done, total: progress("Present state", done, total))
    finally:
        engine.dispose()
