"""Shared by all tests: one reader for the process, the examples, and the command line as a user runs it."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from reportedly import Claim, Reader, Report
from reportedly.casebook.casebook import Casebook
from reportedly.cli.prepare import prepare_places

from .desk import Tab, fill, new_tab, served
from .in_process import run_here
from .servers import install, new_database, postgres_server
from .web import Web, web

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The rules: what they promise of a sentence holds exactly. What the trained layers reach is told by floors."""
    prepare_places()
    return Reader(name="rules")


@pytest.fixture(scope="session")
def trained() -> Reader:
    prepare_places()
    return Reader()


@pytest.fixture(scope="session")
def claims_of(reader: Reader) -> Callable[..., tuple[Claim, ...]]:
    """Claims of an invented text, in the outlet "Test Wire" of Wednesday 5 March 2025."""

    def claims(text: str, published: str | None = "2025-03-05", title: str | None = None) -> tuple[Claim, ...]:
        return reader.read(Report(text=text, outlet="Test Wire", published=published, title=title)).reading.claims

    return claims


@pytest.fixture(scope="session")
def run() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run `reportedly` in a process of its own; by the rules, whose readings stay the same when the trained layers learn."""

    def call(
        *arguments: str | Path, stdin: bytes = b"", columns: int = 100, reader: str = "rules"
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "reportedly.cli.main", *map(str, arguments)],
            input=stdin, capture_output=True, check=False, timeout=300,
            env={**os.environ, "COLUMNS": str(columns), "NO_COLOR": "1", "REPORTEDLY_READER": reader},
        )  # fmt: skip

    return call


@pytest.fixture
def run_inside(monkeypatch: pytest.MonkeyPatch) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """As `run`, within the tests' own process: for tests of many commands, which need not start Python and the parser for each."""

    def call(*arguments: str | Path, columns: int = 100) -> subprocess.CompletedProcess[bytes]:
        done = run_here(monkeypatch, *arguments, COLUMNS=str(columns), REPORTEDLY_READER="rules")
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.encode(), done.stderr.encode())

    return call


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser, Debian's Chromium, headless."""
    if shutil.which("chromium") is None:
        install("chromium", reason="a real browser")
    with sync_playwright() as playwright:
        flags = [
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ]
        launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        yield launched
        launched.close()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """A window of its own, which notes what goes wrong in it and what it asks for."""
    with new_tab(browser) as opened:
        yield opened


@pytest.fixture(scope="session")
def filled(reader: Reader, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A casebook with something of everything, to look at only."""
    where = tmp_path_factory.mktemp("desk") / "casebook"
    fill(where, reader)
    return where


@pytest.fixture(scope="session")
def desk(filled: Path) -> Iterator[str]:
    """The desk of that casebook for one person; its address."""
    with served(filled) as address:
        yield address


@pytest.fixture
def copied(filled: Path, tmp_path: Path) -> Path:
    """A copy of that casebook, to change."""
    shutil.copytree(filled, tmp_path / "casebook")
    return tmp_path / "casebook"


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of the tests' own."""
    with postgres_server() as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty casebook may be made, on each database in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "casebook")
    return new_database(request.getfixturevalue("postgres"), f"casebook_{uuid.uuid4().hex[:12]}")


@pytest.fixture
def server() -> Iterator[Web]:
    """A web of the test's own."""
    with web() as running:
        yield running


@pytest.fixture
def casebook(where: str) -> Iterator[Casebook]:
    with Casebook.create(where, by="tester") as made:
        yield made
