"""Shared by all tests: one reader for the process, the examples, and the command line as a user runs it."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver

from reportedly import Claim, Reader, Report
from reportedly.casebook.casebook import Casebook
from reportedly.cli.prepare import prepare_places

from .servers import install, new_database, postgres_server

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


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """A real browser, headless."""
    if shutil.which("chromium") is None or shutil.which("chromedriver") is None:
        install("chromium", "chromium-driver", reason="a real browser")
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--window-size=1300,900", f"--user-data-dir={tmp_path_factory.mktemp('browser')}",
    ):  # fmt: skip
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


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
def casebook(where: str) -> Iterator[Casebook]:
    with Casebook.create(where, by="tester") as made:
        yield made
