"""Connections to the database of a casebook: SQLite in a folder, or PostgreSQL."""

import os
import sqlite3
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from sqlalchemy import Connection, CursorResult, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, DBAPIError

from reportedly.errors import CasebookUnavailable

DATABASE: Final = "casebook.sqlite"
_PATIENCE: Final = 120
"""Seconds that a writer waits for another one; transactions take milliseconds."""
_WRITERS: Final = 0x7265706F
"""PostgreSQL's advisory lock that writers take one after another, as the custody log is a chain."""


def is_postgres(where: str) -> bool:
    """Whether a casebook is named by a PostgreSQL address."""
    return where.startswith(("postgresql://", "postgres://"))


def engine_for(where: str) -> Engine:
    """The engine of a casebook: a folder's path, or postgresql://user@host/name (sslmode as libpq knows it)."""
    return _postgres(where) if is_postgres(where) else _sqlite(Path(where) / DATABASE)


def _sqlite(path: Path) -> Engine:
    only_read = path.exists() and not os.access(path.parent, os.W_OK)
    address = f"sqlite:///{path}"
    if only_read and not _unfinished(path):
        address = f"sqlite:///file:{quote(str(path.resolve()))}?immutable=1&mode=ro&uri=true"
    engine = create_engine(address, connect_args={"timeout": _PATIENCE})

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below, with the lock that they need
        if only_read:
            return
        for pragma in (
            f"busy_timeout={_PATIENCE * 1000}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "cache_size=-65536",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not only_read:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={round(1000 * options.get('patience', _PATIENCE))}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")

    return engine


def _postgres(where: str) -> Engine:
    parts = urlsplit(where)
    query = dict(parse_qsl(parts.query))
    mode = query.pop("sslmode", "prefer" if parts.hostname else "disable")
    arguments: dict[str, Any] = {"timeout": 30}
    if mode in ("require", "verify-ca", "verify-full"):
        context = ssl.create_default_context(cafile=query.pop("sslrootcert", None))
        context.check_hostname = mode == "verify-full"
        if mode == "require":
            context.verify_mode = ssl.CERT_NONE
        arguments["ssl_context"] = context
    address = urlunsplit(("postgresql+pg8000", parts.netloc, parts.path, urlencode(query), ""))
    return create_engine(address, connect_args=arguments, pool_pre_ping=True, isolation_level="READ COMMITTED")


def _unfinished(path: Path) -> bool:
    """Whether the last program that wrote left changes beside the database, which only a writer can bring in."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


@contextmanager
def writing(engine: Engine, patience: float = _PATIENCE) -> Iterator[Connection]:
    """A transaction that adds. One writer at a time, on either database; all of it is kept or nothing.

    `patience`: seconds to wait for another writer, after which it raises CasebookUnavailable.
    """
    options = {"writes": True, "patience": patience}
    with told_plainly(), engine.connect().execution_options(**options) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            if patience != _PATIENCE:
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = {round(1000 * patience)}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
        yield connection


@contextmanager
def looking(engine: Engine) -> Iterator[Connection]:
    """A transaction that only looks, at one moment's state."""
    with told_plainly(), engine.connect() as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield connection


def new_id(added: CursorResult[Any]) -> int:
    """The number that a row was just given."""
    key = added.inserted_primary_key
    assert key is not None
    return int(key[0])


@contextmanager
def told_plainly() -> Iterator[None]:
    """Whatever the database cannot do now, as one line. Nothing kept is harmed: transactions are whole or not at all."""
    try:
        yield
    except DBAPIError as error:
        raise CasebookUnavailable(_in_words(error)) from error


_KNOWN: Final = (
    ("disk is full", "the disk is full. Make room and run the same command again; what was kept is kept"),
    ("could not extend file", "the database's disk is full. Make room and run the same command again; what was kept is kept"),
    ("readonly", "it can only be read: check who owns the folder and whether the disk is mounted for writing"),
    ("read-only", "it can only be read: check who owns the folder and whether the disk is mounted for writing"),
    ("unable to open", "its file cannot be opened: check who owns the folder"),
    ("permission denied", "this user may not do that in it"),
    ("locked", "another program holds it for minutes; end that one and run the same command again"),
    ("malformed", "its file is damaged. Restore a backup: reportedly restore FILE"),
    ("not a database", "its file is damaged or no casebook. Restore a backup: reportedly restore FILE"),
    ("disk i/o error", "the disk fails to read or write. Check the disk; what was kept is kept"),
    ("password authentication failed", "the server does not accept this name and password"),
    ("does not exist", "the server has no such database or no casebook in it. Make one: reportedly init"),
    ("can't create a connection", "the server does not answer: is it running, and is its address right?"),
    ("connection refused", "the server does not answer: is it running, and is its address right?"),
)  # fmt: skip


def _in_words(error: DatabaseError | DBAPIError) -> str:
    said = str(error.orig)
    plain = said.lower()
    for sign, words in _KNOWN:
        if sign in plain:
            return f"casebook: {words}"
    return f"casebook: the database says: {' '.join(said.split())[:200]}"
