"""The command line as a user meets it: formats, batches, and one clear line for whatever is wrong."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[bytes]]
EXAMPLE = ROOT / "examples" / "jilib-agreement.txt"


def test_reportedly_alone_says_what_to_do_next(run: Run) -> None:
    done = run()
    assert done.returncode == 0
    assert b"reportedly read" in done.stdout


@pytest.mark.parametrize("columns", [80, 100])
def test_the_table_fits(run: Run, columns: int) -> None:
    done = run("read", EXAMPLE, columns=columns)
    assert done.returncode == 0, done.stderr
    out = done.stdout.decode()
    assert max(len(line.rstrip()) for line in out.splitlines()) <= columns
    assert "…" not in out, "cut words"
    for word in ("anonymous", "predicted,", "likely", "denied", "Warnings", "1 outlet"):
        assert word in out


def test_json_has_the_sidecar_and_options_override_it(run: Run) -> None:
    data = json.loads(run("read", EXAMPLE, "--format", "json", "--outlet", "Other Wire").stdout)
    assert data["schema"] == 3
    assert data["report"]["outlet"] == "Other Wire"
    assert data["report"]["published"] == "2025-10-07"
    assert "layers" not in data


def test_layers_hold_what_every_component_found(run: Run) -> None:
    data = json.loads(run("read", EXAMPLE, "--format", "json", "--layers").stdout)
    assert set(data["layers"]) == {"attributions", "events", "participants", "places", "times", "wording", "statuses"}
    assert all(data["layers"].values())


def test_standard_input_gives_one_claim_a_line(run: Run) -> None:
    done = run("read", "-", "--format", "jsonl", stdin=b"Rebels attacked Gao. The army shelled Ber.")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["event"]["type"] for line in lines] == ["ASSAULT", "ASSAULT"]
    assert all(line["report"].startswith("sha256:") for line in lines)


def test_explain_goes_layer_by_layer(run: Run) -> None:
    out = run("read", EXAMPLE, "--explain", "6").stdout.decode()
    for words in ("Who says so", "How it is said", "What", "Where"):
        assert words in out
    assert run("read", EXAMPLE, "--explain", "99").returncode == 2


def test_a_batch_reads_the_good_lists_the_bad_and_resumes(run: Run, tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "claims"
    inbox.mkdir()
    for name, text in {
        "one": b"Rebels attacked Gao.",
        "two": b"The army shelled Ber.",
        "empty": b"",
        "binary": b"\x00\x01\x02" * 50,
    }.items():
        (inbox / f"{name}.txt").write_bytes(text)
    files = sorted(inbox.glob("*.txt"))
    done = run("read", *files, "--format", "json", "--out", out)
    assert done.returncode == 1
    errors = done.stderr.decode()
    assert "2 of 4 reports could not be read" in errors
    assert "empty.txt: is empty" in errors
    assert "binary.txt: is a binary file" in errors
    assert sorted(p.name for p in out.iterdir()) == ["one.json", "two.json"]
    before = (out / "one.json").stat().st_mtime_ns
    again = run("read", *files, "--format", "json", "--out", out)
    assert "2 there already" in again.stderr.decode()
    assert (out / "one.json").stat().st_mtime_ns == before


def test_processes_read_the_same(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    examples = sorted((ROOT / "examples").glob("*.txt"))
    assert run("read", *examples, "--format", "json", "--out", one).returncode == 0
    assert run("read", *examples, "--format", "json", "--out", two, "--jobs", "2").returncode == 0
    for path in one.iterdir():
        assert path.read_text() == (two / path.name).read_text()


BAD = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n \n", "holds no text"),
    "binary.txt": (b"\x89PNG\r\n\x1a\n\x00\x00", "is a binary file"),
    "latin.txt": ("Les rebelles ont attaqué Gao".encode("latin-1"), "is not UTF-8 text"),
    "french.txt": (
        "Des hommes armés ont attaqué mardi un village du nord du pays, selon des sources locales qui ont demandé l'anonymat.".encode(),
        "is in French; this reader reads English",
    ),
    "arabic.txt": ("قال الجيش إن مسلحين هاجموا قرية في شمال البلاد يوم الثلاثاء وخطفوا عددا من السكان قبل أن ينسحبوا منها. " * 2).encode(),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BAD))
def test_bad_input_is_one_line_and_status_2(run: Run, tmp_path: Path, name: str) -> None:
    content = BAD[name]
    data, words = content if isinstance(content, tuple) else (content, "Arabic")
    (tmp_path / name).write_bytes(data)
    done = run("read", tmp_path / name)
    assert_one_line(done, words)


def assert_one_line(done: subprocess.CompletedProcess[bytes], words: str) -> None:
    error = done.stderr.decode()
    assert done.returncode == 2, error
    assert done.stdout == b""
    assert error.startswith("reportedly: ")
    assert len(error.strip().splitlines()) == 1
    assert words in error


def test_other_mistakes_are_one_line_too(run: Run, tmp_path: Path) -> None:
    assert_one_line(run("read", tmp_path / "nowhere.txt"), "no such file")
    assert_one_line(run("read", tmp_path), "has no text files")
    assert_one_line(run("read", EXAMPLE, "--published", "2025-02-30"), "not a date")
    assert_one_line(run("read", EXAMPLE, "--format", "xml"), "xml")
    assert_one_line(run("read", EXAMPLE, EXAMPLE, "--format", "json"), "--out")
    assert_one_line(run("evaluate", tmp_path), "no coded reports")
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    assert_one_line(run("read", large), "50 MB")
    report = tmp_path / "report.txt"
    report.write_text("Rebels attacked Gao.")
    (tmp_path / "report.meta.json").write_text("{not json")
    assert_one_line(run("read", report), "no valid JSON")


def test_schema_is_json(run: Run) -> None:
    assert json.loads(run("schema").stdout)["$schema"].endswith("2020-12/schema")
