"""What was reported as kept is kept: processes killed at any point, several at once, a full disk, a folder that can only be read."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reportedly.casebook.casebook import Casebook
from reportedly.errors import CasebookUnavailable

from .casebooks import PlainReader, acquisition
from .conftest import ROOT

REPORTS, KILLS = 500, 50


def worker(*arguments: str | Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "tests.casebook_worker", *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def inbox(folder: Path, count: int, name: str = "report") -> Path:
    folder.mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"{name}{n:04d}.txt").write_text(
            f"Rebels attacked Village{n} of the {name} valley.\nBandits attacked Ber.\n", encoding="utf-8"
        )
    return folder


def test_killed_at_any_point_nothing_is_lost_half_kept_or_doubled(where: str, tmp_path: Path) -> None:
    folder, rng = inbox(tmp_path / "inbox", REPORTS), random.Random(4711)
    Casebook.create(where).close()
    promised: dict[str, int] = {}
    for _ in range(KILLS):
        # From anywhere in the folder on, so that what is new comes early; killed after a random number of lines, or between two.
        process = worker("add", where, folder, str(rng.randrange(REPORTS)))
        assert process.stdout is not None
        for _ in range(rng.randrange(25)):
            line = process.stdout.readline()
            report, _, location = line.strip().partition(" ")[0], *line.strip().partition(" ")[2].split(" ", 1)
            promised[location] = int(report)
        if rng.random() < 0.5:
            process.stdout.read(rng.randrange(1, 8))
        process.kill()
        process.wait()
        process.stdout.close()
        assert process.stderr is not None
        process.stderr.close()
    with Casebook.open(where) as casebook:
        found = casebook.verify()
        assert found.faults == []
        kept = {
            sighting["location"]: row.id for row in casebook.reports() for sighting in casebook.report(row.id).sightings
        }
        assert len({*kept.values()}) < REPORTS, "the kills came too late to show anything"
        assert {location: kept.get(location) for location in promised} == promised
    last = worker("add", where, folder)
    _, errors = last.communicate(timeout=300)
    assert last.returncode == 0, errors
    with Casebook.open(where) as casebook:
        rows = list(casebook.reports())
        assert len(rows) == REPORTS
        assert {row.claims for row in rows} == {2}
        assert len({row.version for row in rows}) == 1
        assert casebook.verify().faults == []


def test_several_at_once_lose_nothing_and_wait_for_one_another(where: str, tmp_path: Path) -> None:
    """Two add, their folders half the same; one decides on what appears."""
    shared = inbox(tmp_path / "first", 60, "shared")
    inbox(shared, 60, "first")
    second = inbox(tmp_path / "second", 60, "shared")
    inbox(second, 60, "second")
    Casebook.create(where).close()
    processes = [worker("add", where, shared), worker("add", where, second), worker("decide", where, "360")]
    for process in processes:
        _, errors = process.communicate(timeout=300)
        assert process.returncode == 0, errors
    with Casebook.open(where) as casebook:
        rows = list(casebook.reports())
        assert len(rows) == 180
        assert sum(row.sightings for row in rows) == 240
        claims = list(casebook.claims())
        assert len(claims) == 360
        assert {row.state for row in claims} == {"accepted"}
        assert casebook.verify().faults == []


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of its own, so that it can be filled."""
    folder.mkdir()
    mounted = (
        os.geteuid() == 0
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], capture_output=True, check=False
        ).returncode
        == 0
    )
    if not mounted:
        pytest.skip("needs to mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("letters", [20_000, 400])
def test_a_full_disk_is_a_line_and_harms_nothing(tmp_path: Path, letters: int) -> None:
    """Full while an original is written, or, with small ones, while the database grows."""
    with small_disk(tmp_path / "disk", "3m") as disk:
        kept: list[int] = []

        def fill(casebook: Casebook) -> None:
            for n in range(5_000):
                done = casebook.keep(acquisition(f"Rebels attacked Village{n}. " + "x" * letters, f"inbox/{n}.txt"))
                kept.append(done.report)
                casebook.read(done.version, PlainReader())

        with Casebook.create(disk / "casebook") as casebook, pytest.raises(CasebookUnavailable) as caught:
            fill(casebook)
        assert "disk" in str(caught.value) or "No space left" in str(caught.value)
        for name in ("casebook.sqlite", "casebook.sqlite-wal", "originals"):
            source = disk / "casebook" / name
            target = tmp_path / "elsewhere" / name
            target.parent.mkdir(exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            elif source.exists():
                shutil.copy(source, target)
    with Casebook.open(tmp_path / "elsewhere") as casebook:
        assert casebook.verify().faults == []
        assert {row.id for row in casebook.reports()} >= set(kept)
        assert casebook.keep(acquisition("Rebels attacked Gao.", "inbox/after.txt")).news == "new"


def test_a_folder_that_can_only_be_read_is_a_line(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "3m") as disk:
        with Casebook.create(disk / "casebook") as casebook:
            casebook.keep(acquisition("Rebels attacked Gao.", "inbox/a.txt"))
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        with pytest.raises(CasebookUnavailable, match="cannot be made"):
            Casebook.create(disk / "other")
        with Casebook.open(disk / "casebook") as casebook:
            assert len(list(casebook.reports())) == 1, "it can still be looked at"
            with pytest.raises(CasebookUnavailable, match=r"only be read|cannot be written"):
                casebook.keep(acquisition("Rebels attacked Kidal.", "inbox/b.txt"))
            with pytest.raises(CasebookUnavailable, match="cannot be written"):
                casebook.backup(disk / "backup.zip")
        subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
        with Casebook.open(disk / "casebook") as casebook:
            assert casebook.verify().faults == []
