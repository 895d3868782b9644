"""Real servers for the tests: a PostgreSQL of their own, installed from Debian where it is missing, on loopback and in a temporary folder."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest


def install(*packages: str, reason: str) -> None:
    """Install Debian packages, or skip the test where that cannot be done."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        pytest.skip(f"needs Debian's {', '.join(packages)}, and cannot install them here: {reason}")
    quiet = {"stdout": subprocess.DEVNULL, "check": True}
    subprocess.run(["apt-get", "update", "-q"], **quiet)  # type: ignore[call-overload]
    subprocess.run(["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages], **quiet)  # type: ignore[call-overload]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server; gives the address of its first database, without the database's name."""
    programs = _programs()
    if programs is None:
        install("postgresql", reason="the team's database")
        programs = _programs()
    assert programs is not None
    user = "postgres" if os.geteuid() == 0 else None
    with TemporaryDirectory(prefix="reportedly-postgres-") as name:
        folder, port = Path(name), free_port()
        if user:
            shutil.chown(folder, user)
        run = {"user": user, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True, "cwd": folder}
        subprocess.run(
            [programs / "initdb", "-D", folder / "data", "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale", "C"],
            **run,
        )  # type: ignore[call-overload]
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c max_connections=50"
        subprocess.run(
            [programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log", "-o", settings, "start"],
            **run,  # type: ignore[call-overload]
        )
        try:
            yield f"postgresql://tester@127.0.0.1:{port}"
        finally:
            subprocess.run([programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]


def new_database(server: str, name: str) -> str:
    """An empty database; gives its address."""
    import pg8000.dbapi

    host, _, port = server.rpartition("@")[2].partition(":")
    connection = pg8000.dbapi.connect("tester", host=host, port=int(port), database="postgres")
    connection.autocommit = True
    connection.cursor().execute(f'CREATE DATABASE "{name}"')
    connection.close()
    return f"{server}/{name}"
