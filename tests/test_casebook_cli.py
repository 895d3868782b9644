"""The casebook's commands as a user meets them, from an empty folder to a proof."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import ROOT
from .web import Web, article, rss, web

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="module")
def filled(run: Run, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A casebook with the examples in it."""
    where = str(tmp_path_factory.mktemp("filled") / "casebook")
    assert run("init", "--casebook", where).returncode == 0
    done = run("add", ROOT / "examples", "--casebook", where)
    assert done.returncode == 0, done.stderr
    assert b"2 reports: 2 new; 22 claims" in done.stderr
    return where


@pytest.fixture
def server() -> Iterator[Web]:
    with web() as running:
        yield running


def lines(done: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_adding_again_doubles_nothing(run_inside: Run, filled: str) -> None:
    done = run_inside("add", ROOT / "examples", "--casebook", filled)
    assert b"2 reports: 2 seen again; 0 claims" in done.stderr
    assert len(lines(run_inside("claims", "--casebook", filled, "--format", "json"))) == 22


def test_lists_in_every_format_tell_the_same(run_inside: Run, filled: str) -> None:
    asked = ("claims", "--casebook", filled, "--place", "Jilib")
    as_json = lines(run_inside(*asked, "--format", "json"))
    as_csv = list(csv.DictReader(io.StringIO(run_inside(*asked, "--format", "csv").stdout.decode())))
    as_table = run_inside(*asked, columns=120).stdout.decode()
    assert as_json
    assert [str(row["number"]) for row in as_json] == [row["claim"] for row in as_csv]
    for row in as_csv:
        assert f"C{row['claim']}" in as_table


@pytest.mark.parametrize("command", ["claims", "reports", "sources"])
@pytest.mark.parametrize("columns", [80, 120])
def test_tables_fit(run: Run, filled: str, command: str, columns: int) -> None:
    out = run(command, "--casebook", filled, columns=columns).stdout.decode()
    assert max(len(line.rstrip()) for line in out.splitlines()) <= columns
    assert "…" not in out, "cut words"


def test_pages_of_a_table_go_on(run_inside: Run, filled: str) -> None:
    first = run_inside("claims", "--casebook", filled, "--limit", "5").stdout.decode()
    before = first.splitlines()[-1].removeprefix("More: --before ")
    second = run_inside("claims", "--casebook", filled, "--limit", "5", "--before", before).stdout.decode()
    assert f"{before} " not in second
    assert f"C{int(before[1:]) - 1} " in second


def test_showing_a_report_gives_its_original_back(run_inside: Run, filled: str, tmp_path: Path) -> None:
    assert run_inside("show", "R1", "--casebook", filled, "--original", tmp_path / "back.txt").returncode == 0
    example = min((ROOT / "examples").glob("*.txt"))
    assert (tmp_path / "back.txt").read_bytes() == example.read_bytes()
    assert (
        run_inside("show", "R1", "--casebook", filled, "--text").stdout.decode()
        == example.read_text(encoding="utf-8") + "\n"
    )
    shown = run_inside("show", "R1", "--casebook", filled).stdout.decode()
    for words in ("Versions and sightings", "Readings", "Claims that stand", "Custody", "took in a report"):
        assert words in shown


def test_deciding_keeps_both_values(run_inside: Run, tmp_path: Path) -> None:
    where = str(tmp_path / "casebook")
    run_inside("init", "--casebook", where)
    run_inside("add", "-", "--casebook", where)
    done = subprocess.run(
        [sys.executable, "-m", "reportedly.cli.main", "add", "-", "--casebook", where, "--published", "2025-03-05"],
        input=b"Rebels attacked Gao on Monday, residents said.", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    done = run_inside(
        "decide",
        "C1",
        "edit",
        "--set",
        "status.certainty=possible",
        "--reason",
        "hearsay",
        "--as",
        "Ann",
        "--casebook",
        where,
    )
    assert done.stdout == b"C1: edited\n"
    shown = run_inside("show", "1", "--casebook", where).stdout.decode()
    assert 'status.certainty: "possible"; the machine\'s: "stated"' in shown
    assert "Ann: edit: hearsay" in shown
    done = run_inside("decide", "C1", "edit", "--set", "status.kind=maybe", "--reason", "x", "--casebook", where)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1


def test_blind_coding_and_agreement(run_inside: Run, tmp_path: Path) -> None:
    where = str(tmp_path / "casebook")
    run_inside("init", "--casebook", where)
    run_inside("add", ROOT / "examples", "--casebook", where)
    for claim, coder, verdict in (
        ("1", "Ann", "accept"),
        ("1", "Ben", "accept"),
        ("2", "Ann", "reject"),
        ("2", "Ben", "accept"),
    ):
        assert (
            run_inside(
                "decide", claim, verdict, "--blind", "--as", coder, "--reason", "coded", "--casebook", where
            ).returncode
            == 0
        )
    found = {row["field"]: row for row in lines(run_inside("agreement", "--json", "--casebook", where))}
    assert found["verdict"]["claims"] == 2
    assert found["verdict"]["alpha"] == pytest.approx(0.0)
    assert run_inside("decide", "1", "accept", "--blind", "--reason", "x", "--casebook", where).returncode == 2, (
        "blind needs a name"
    )


def test_proof_backup_and_restore(run_inside: Run, filled: str, tmp_path: Path) -> None:
    done = run_inside("verify", "--casebook", filled)
    assert done.returncode == 0, done.stderr
    assert b"all as kept" in done.stdout
    assert run_inside("backup", tmp_path / "b.zip", "--casebook", filled).returncode == 0
    assert run_inside("backup", tmp_path / "b.zip", "--casebook", filled).returncode == 2, "nothing is overwritten"
    assert run_inside("restore", tmp_path / "b.zip", "--casebook", tmp_path / "restored").returncode == 0
    assert run_inside("verify", "--casebook", tmp_path / "restored").returncode == 0
    original = next((tmp_path / "restored" / "originals").glob("??/*"))
    original.chmod(0o640)
    original.write_bytes(b"changed")
    done = run_inside("verify", "--casebook", tmp_path / "restored")
    assert done.returncode == 1
    assert b"its bytes have changed" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("claims",), ("add", "x.txt"), ("verify",), ("show", "1"), ("watch", "feeds.toml"), ("restore", "none.zip"), ("reread",), ("backup", "b.zip"),
        ("claims", "--from", "yesterday"), ("claims", "--event", "BOMB"), ("show", "X9"), ("decide", "C1", "maybe", "--reason", "x"),
        ("claims", "--casebook", "postgresql://nobody:secret@127.0.0.1:1/none"),
    ],
)  # fmt: skip
def test_whatever_is_wrong_is_one_line_and_status_2(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTEDLY_CASEBOOK", str(tmp_path / "none"))
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(b"reportedly: ")
    assert done.stderr.count(b"\n") == 1, done.stderr
    assert b"secret" not in done.stderr


def test_one_bad_thing_among_good_ones_is_listed_and_the_rest_is_in(
    run_inside: Run, tmp_path: Path, server: Web
) -> None:
    where = str(tmp_path / "casebook")
    run_inside("init", "--casebook", where)
    good = server.serve("/good", article("Gao"))
    done = run_inside("add", good, server.url("/missing"), "http://169.254.169.254/latest/", tmp_path / "none.txt", "--casebook", where,
               "--allow-host", server.host, "--pace", "0")  # fmt: skip
    assert done.returncode == 1
    assert b"1 report: 1 new" in done.stderr
    assert b"3 could not be taken in" in done.stderr
    assert b"169.254.169.254" in done.stderr
    assert lines(run_inside("reports", "--casebook", where, "--format", "json"))[0]["published"] == "2025-03-05"


def test_one_thing_alone_that_cannot_be_taken_in_is_a_line_and_status_2(run_inside: Run, tmp_path: Path) -> None:
    where = str(tmp_path / "casebook")
    run_inside("init", "--casebook", where)
    for name in (str(tmp_path / "none.txt"), "http://10.0.0.1/", "http://[broken"):
        done = run_inside("add", name, "--casebook", where)
        assert done.returncode == 2
        assert done.stderr.startswith(b"reportedly: ")
        assert done.stderr.count(b"\n") == 1


def test_words_of_others_do_not_steer_the_terminal(run: Run, tmp_path: Path, server: Web) -> None:
    where = str(tmp_path / "casebook")
    run("init", "--casebook", where)
    page = article("Gao", title="Evil \x1b[31mred\x1b]0;owned\x07 \u202etitle")
    run("add", server.serve("/p", page), "--casebook", where, "--allow-host", server.host, "--pace", "0")
    for arguments in (("reports",), ("show", "R1"), ("show", "C1"), ("claims",)):
        out = run(*arguments, "--casebook", where).stdout
        assert b"\x1b" not in out
        assert "\u202e" not in out.decode()


def test_spreadsheets_get_no_formulas(run_inside: Run, tmp_path: Path) -> None:
    where = str(tmp_path / "casebook")
    run_inside("init", "--casebook", where)
    (tmp_path / "r.txt").write_text("Rebels attacked Gao on Monday, residents said.", encoding="utf-8")
    run_inside("add", tmp_path / "r.txt", "--title", "=HYPERLINK(1)", "--outlet", "@SUM(A1)", "--casebook", where)
    (row,) = csv.DictReader(io.StringIO(run_inside("claims", "--format", "csv", "--casebook", where).stdout.decode()))
    assert (row["title"], row["outlet"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")


# ── watching


def feeds_file(folder: Path, server: Web, *urls: str, **settings: str) -> Path:
    path = folder / "feeds.toml"
    entries = "".join(
        f'[[feed]]\nurl = "{url}"\n' + "".join(f'{k} = "{v}"\n' for k, v in settings.items()) for url in urls
    )
    path.write_text(f'allow_hosts = ["{server.host}"]\npace = 0\n{entries}', encoding="utf-8")
    return path


def test_watching_once_takes_in_what_is_new_and_tells_of_trouble(run_inside: Run, tmp_path: Path, server: Web) -> None:
    where = str(tmp_path / "casebook")
    run_inside("init", "--casebook", where)
    pages = {
        place: server.serve(f"/{place}", article(place), headers=[("ETag", f'"{place}"')]) for place in ("Gao", "Kidal")
    }
    good = server.serve("/good", rss([("Gao", pages["Gao"])]), headers=[("ETag", '"one"')])
    bad = server.serve("/bad", b"", 500)
    feeds = feeds_file(tmp_path, server, good, bad)
    done = run_inside("watch", feeds, "--once", "--casebook", where)
    assert done.returncode == 1
    assert b"1 report: 1 new" in done.stdout
    assert b"/bad  fails (once)" in done.stderr
    server.serve("/good", rss([("Gao", pages["Gao"]), ("Kidal", pages["Kidal"])]), headers=[("ETag", '"two"')])
    server.serve("/bad", rss([]))
    done = run_inside("watch", feeds, "--once", "--casebook", where)
    assert done.returncode == 0, done.stderr
    assert len(lines(run_inside("reports", "--casebook", where, "--format", "json"))) == 2
    assert server.paths().count("/Gao") == 1, "a page that is known is not asked for again so soon"
    conditional = [headers.get("If-None-Match") for path, headers in server.asked if path == "/good"]
    assert conditional == [None, '"one"']
    listed = lines(run_inside("sources", "--feeds", "--casebook", where, "--format", "json"))
    assert {row["outcome"] for row in listed} == {"ok"}


def test_watching_goes_on_until_it_is_stopped(tmp_path: Path, run: Run, server: Web) -> None:
    where = str(tmp_path / "casebook")
    run("init", "--casebook", where)
    feed = server.serve("/feed", rss([("Gao", server.serve("/Gao", article("Gao")))]))
    path = feeds_file(tmp_path, server, feed, every="1 second", recheck="1 second")
    process = subprocess.Popen(
        [sys.executable, "-m", "reportedly.cli.main", "watch", str(path), "--no-read", "--casebook", where],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdout is not None
    rounds = 0
    for line in process.stdout:
        rounds += "1 report" in line
        if rounds == 3:
            break
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "stopped" in errors
    assert run("verify", "--casebook", where).returncode == 0


def test_what_was_only_kept_is_read_later(run_inside: Run, where: str) -> None:
    run_inside("init", "--casebook", where)
    assert b"2 new; 0 claims" in run_inside("add", ROOT / "examples", "--no-read", "--casebook", where).stderr
    assert run_inside("reread", "--since", "2100-01-01", "--casebook", where).stdout.startswith(b"0 reports read")
    assert run_inside("reread", "--casebook", where).stdout.startswith(b"2 reports read by rules")
    assert run_inside("reread", "--casebook", where).stdout.startswith(b"0 reports read")
    assert len(lines(run_inside("claims", "--casebook", where, "--format", "json"))) == 22


def test_loaded_words_are_counted_by_outlet(run_inside: Run, tmp_path: Path) -> None:
    where = str(tmp_path / "casebook")
    run_inside("init", "--casebook", where)
    for name, outlet in (("a", "Coast Wire"), ("b", "Hill Gazette")):
        text = (
            "The terrorist Houthi militia shelled Taiz on Monday and burned a mill.\n\nThe militia fired at Mocha."
            if name == "a"
            else "The Houthis shelled Taiz on Monday."
        )
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        assert run_inside("add", tmp_path / f"{name}.txt", "--outlet", outlet, "--casebook", where).returncode == 0
    rows = lines(run_inside("sources", "--wording", "--format", "json", "--casebook", where))
    assert {(r["outlet"], r["words"]): r["times"] for r in rows} == {
        ("Coast Wire", "terrorist"): 1, ("Coast Wire", "houthi militia"): 1, ("Coast Wire", "militia"): 1,
    }  # fmt: skip
    assert "houthi militia" in run_inside("sources", "--wording", "--casebook", where).stdout.decode()
