"""The form that a casebook has on disk or in a database, and how it is made and brought up to date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from reportedly.casebook.connection import DATABASE, engine_for, is_postgres, writing
from reportedly.casebook.originals import FOLDER
from reportedly.errors import CasebookUnavailable, NoCasebook


def make_folder(folder: Path) -> None:
    """An empty folder for a casebook. Raises NoCasebook where there is something, CasebookUnavailable where it cannot be made."""
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


def make_tables(connection: Connection) -> None:
    """Bring a database to the present form, whatever it is."""
    command.upgrade(_alembic(connection), "head")


def require_present_form(connection: Connection, shown: str) -> None:
    """Raise NoCasebook where a casebook is of another form."""
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
            make_tables(connection)
    finally:
        engine.dispose()


def shown(where: str) -> str:
    """A casebook's name without the password in it."""
    if not is_postgres(where) or "@" not in where:
        return where
    scheme, _, rest = where.partition("://")
    user, _, host = rest.rpartition("@")
    return f"{scheme}://{user.split(':')[0]}@{host}"
