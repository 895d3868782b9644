"""Weighing as a user meets it: from a casebook of reports to incidents, and back to the claims and copies that they are made of."""

import csv
import io
import json
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[bytes]]

WIRE = "Gunmen killed four millers in the village of Barsalogho on 5 May 2024, a councillor said. The millers had gone back for their sacks."
OFFICIAL = "Gunmen killed nine millers in Barsalogho on 5 May 2024, the Burkina Faso army said in a statement."
ELSEWHERE = "Gunmen killed two drivers in Gaya in Niger on 6 May 2024, a mayor said."
REPORTS = {
    "wire": ("Long River Wire", "2024-05-06", WIRE),
    "copier": ("The Copier", "2024-05-07", WIRE),
    "official": ("Official Gazette", "2024-05-07", OFFICIAL),
    "elsewhere": ("Long River Wire", "2024-05-07", ELSEWHERE),
}


def fill(folder: Path, names: tuple[str, ...] = tuple(REPORTS)) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        outlet, published, text = REPORTS[name]
        (folder / f"{name}.txt").write_text(text + "\n", encoding="utf-8")
        about = {"title": None, "outlet": outlet, "url": None, "published": published}
        (folder / f"{name}.meta.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def listed(run: Run, where: str, *asked: str) -> list[dict[str, Any]]:
    done = run("incidents", "--casebook", where, "--format", "json", *asked)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def filled(run_inside: Run, where: str, tmp_path: Path) -> str:
    """A casebook with four reports on two happenings, weighed."""
    run_inside("init", "--casebook", where)
    assert b"4 new" in run_inside("add", fill(tmp_path / "inbox"), "--casebook", where).stderr
    done = run_inside("weigh", "--casebook", where)
    assert done.returncode == 0, done.stderr
    assert b"4 reports" in done.stdout
    return where


def test_incidents_tell_how_many_origins_they_have_and_what_is_disputed(run_inside: Run, filled: str) -> None:
    first = next(
        i for i in listed(run_inside, filled, "--place", "Barsalogho") if "ASSAULT" in i["types"] and i["reports"] == 3
    )
    assert (first["low"], first["high"]) == (1, 2)
    assert [c["about"] for c in first["contradictions"]] == ["killed"]
    assert first["number"] in [i["number"] for i in listed(run_inside, filled, "--disputed")]
    assert listed(run_inside, filled, "--origins", "2") == []
    assert listed(run_inside, filled, "--ahead") == []
    table = run_inside("incidents", "--casebook", filled, columns=100).stdout.decode()
    assert f"I{first['number']}" in table
    assert "1 to 2" in table
    rows = list(
        csv.DictReader(io.StringIO(run_inside("incidents", "--casebook", filled, "--format", "csv").stdout.decode()))
    )
    assert {row["incident"] for row in rows} == {str(i["number"]) for i in listed(run_inside, filled)}


def test_an_incident_shows_its_claims_by_origin(run_inside: Run, filled: str) -> None:
    number = next(i["number"] for i in listed(run_inside, filled, "--disputed"))
    shown = run_inside("incident", f"I{number}", "--casebook", filled, columns=200).stdout.decode()
    assert "Long River Wire" in shown
    assert "killed: 4" in shown
    assert WIRE.split(". ")[0] in shown
    told = json.loads(run_inside("incident", str(number), "--casebook", filled, "--json").stdout)["told"]
    assert {claim["outlet"] for claim in told} == {"Long River Wire", "The Copier", "Official Gazette"}
    assert run_inside("incident", "I9999", "--casebook", filled).returncode == 2


def test_who_copied_whom_is_shown_passage_by_passage(run_inside: Run, filled: str) -> None:
    numbers = {row["outlet"]: row["report"] for row in csv.DictReader(io.StringIO(run_inside("reports", "--casebook", filled, "--format", "csv").stdout.decode())) if row["outlet"] == "The Copier"}  # fmt: skip
    shown = run_inside("copies", f"R{numbers['The Copier']}", "--casebook", filled, columns=200).stdout.decode()
    assert "copied from" in shown
    assert "100% of its words" in shown
    assert "The millers had gone back for their sacks." in shown
    edge = json.loads(run_inside("copies", numbers["The Copier"], "--casebook", filled, "--json").stdout)
    assert edge["extent"] == "copy"


def test_nothing_is_weighed_twice_and_numbers_stay(run_inside: Run, filled: str, tmp_path: Path) -> None:
    before = {i["key"]: i["number"] for i in listed(run_inside, filled)}
    assert run_inside("weigh", "--casebook", filled).stdout.startswith(b"Nothing new")
    run_inside("weigh", "--again", "--casebook", filled)
    assert {i["key"]: i["number"] for i in listed(run_inside, filled)} == before
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "late.txt").write_text("Gunmen killed two drivers in Gaya in Niger on 6 May 2024, a nurse said.\n", encoding="utf-8")  # fmt: skip
    run_inside(
        "add",
        tmp_path / "more" / "late.txt",
        "--outlet",
        "Late Post",
        "--published",
        "2024-05-08",
        "--casebook",
        filled,
    )
    run_inside("weigh", "--casebook", filled)
    grown = next(i for i in listed(run_inside, filled, "--place", "Gaya") if i["reports"] == 2)
    assert grown["number"] in before.values()
    assert grown["key"] not in before


def test_what_people_merge_and_split_later_runs_respect(run_inside: Run, filled: str) -> None:
    disputed = next(iter(listed(run_inside, filled, "--disputed")))
    other = next(i for i in listed(run_inside, filled, "--place", "Gaya"))
    assert run_inside("merge", f"I{disputed['number']}", f"I{other['number']}", "--casebook", filled).returncode == 2
    done = run_inside(
        "merge", f"I{disputed['number']}", f"I{other['number']}", "--reason", "one band", "--casebook", filled
    )
    assert done.returncode == 0, done.stderr
    run_inside("weigh", "--casebook", filled)
    merged = next(i for i in listed(run_inside, filled, "--place", "Gaya"))
    assert set(merged["claims"]) == set(disputed["claims"]) | set(other["claims"])
    out = [f"C{claim}" for claim in other["claims"]]
    done = run_inside("split", f"I{merged['number']}", *out, "--reason", "another country", "--casebook", filled)
    assert done.returncode == 0, done.stderr
    run_inside("weigh", "--casebook", filled)
    assert {tuple(i["claims"]) for i in listed(run_inside, filled)} >= {
        tuple(disputed["claims"]),
        tuple(other["claims"]),
    }
    assert run_inside("verify", "--casebook", filled).returncode == 0


def test_a_rejected_claim_no_longer_weighs(run_inside: Run, filled: str) -> None:
    disputed = next(iter(listed(run_inside, filled, "--disputed")))
    told = json.loads(run_inside("incident", str(disputed["number"]), "--casebook", filled, "--json").stdout)["told"]
    claim = next(c["number"] for c in told if c["outlet"] == "Official Gazette")
    run_inside("decide", f"C{claim}", "reject", "--reason", "not told there", "--casebook", filled)
    run_inside("weigh", "--casebook", filled)
    assert listed(run_inside, filled, "--disputed") == []


def test_a_casebook_of_the_first_form_is_brought_up_to_date(run_inside: Run, tmp_path: Path) -> None:
    where = str(tmp_path / "old")
    run_inside("init", "--casebook", where)
    run_inside("add", fill(tmp_path / "inbox"), "--casebook", where)
    with sqlite3.connect(tmp_path / "old" / "casebook.sqlite") as database:
        for table in (
            "scorings", "warning_outcomes", "source_records", "warning_claims", "warnings", "gradings",
            "groupings", "incidents", "incident_claims", "copies", "weighings", "incident_origins", "warning_subjects", "source_tallies", "source_names",
            "weighed_reports", "weighed_claims", "claim_keys", "passage_keys", "incident_relations", "warning_areas", "views", "sessions", "accounts",
            "failed_logins", "visits", "released_ids", "release_steps", "releases",
        ):  # fmt: skip
            database.execute(f"DROP TABLE {table}")
        database.execute("UPDATE alembic_version SET version_num = '0001'")
    refused = run_inside("weigh", "--casebook", where)
    assert refused.returncode == 2
    assert b"--upgrade" in refused.stderr
    assert run_inside("init", "--upgrade", "--casebook", where).returncode == 0
    assert b"reportedly weigh" in run_inside("incidents", "--casebook", where).stderr
    assert b"4 reports" in run_inside("weigh", "--casebook", where).stdout
