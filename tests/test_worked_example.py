"""The worked example of docs/worked-example.md: an agency's forecast by unnamed sources, its echo, a denial, and what a wire told later."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import ROOT

Run = Callable[..., subprocess.CompletedProcess[bytes]]
EXAMPLE = ROOT / "docs" / "worked-example" / "reports"
UCDP = ROOT / "docs" / "worked-example" / "ucdp-yemen.csv"
REPORT = ROOT.parent / "shared" / "data" / "reports" / "khabar-alliance.txt"


def kept(run: Run, where: str, folder: Path, reader: str) -> None:
    run("init", "--casebook", where)
    assert run("add", folder, "--casebook", where, reader=reader).returncode == 0
    assert run("weigh", "--casebook", where).returncode == 0


def listed(run: Run, what: str, where: str, *asked: str) -> list[dict[str, Any]]:
    done = run(what, "--casebook", where, "--format", "json", *asked)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def pact(run: Run, where: str) -> dict[str, Any]:
    """The incident of the agreement that most reports carry, its claims with it."""
    found = max(listed(run, "incidents", where, "--event", "AGREE"), key=lambda i: int(i["reports"]))
    told: dict[str, Any] = json.loads(run("incident", str(found["number"]), "--casebook", where, "--json").stdout)
    return told


def asserting(incident: dict[str, Any]) -> list[dict[str, Any]]:
    said = {c["number"] for c in incident["told"] if c["status"]["polarity"] == "+"}
    return [o for o in incident["origins"] if said & set(o["claims"])]


@pytest.mark.parametrize("reader", ["rules", "trained"])
def test_a_forecast_is_followed_from_its_one_origin_to_what_became_of_it(run: Run, tmp_path: Path, reader: str) -> None:
    where = str(tmp_path / "book")
    kept(run, where, EXAMPLE, reader)
    found = pact(run, where)
    assert found["reports"] == 4
    assert len(asserting(found)) == 1
    assert [c["about"] for c in found["contradictions"]] == ["denial"]
    assert found["grade"]["reliability"] == "F"
    assert found["grade"]["credibility"] >= 3
    (warning,) = listed(run, "warnings", where, "--as-of", "2024-02-12", "--open")
    assert (warning["rule"]["start"], warning["rule"]["end"]) == ("2024-01-31", "2024-03-01")
    assert len(warning["rule"]["areas"]) == 5
    asked = ("--as-of", "2024-03-10", "--against", str(UCDP), "--partial")
    assert run("score", "--casebook", where, *asked).returncode == 0
    (scored,) = listed(run, "warnings", where, "--scored")
    outcomes = {o["area"]: o for o in scored["outcomes"]}
    assert {area for area, o in outcomes.items() if o["outcome"] == "hit"} == {"Abyan"}
    assert {o["outcome"] for area, o in outcomes.items() if area != "Abyan"} == {"unknown"}
    assert 0.2 < outcomes["Abyan"]["base_rate"] < 0.3


def test_the_report_that_the_project_began_with(run: Run, tmp_path: Path) -> None:
    if not REPORT.is_file():
        pytest.skip("the report is copyrighted and not in this repository")
    folder = tmp_path / "inbox"
    folder.mkdir()
    for path in (REPORT, REPORT.with_suffix(".meta.json")):
        shutil.copy(path, folder / path.name)
    for path in sorted(EXAMPLE.iterdir()):
        if not path.name.startswith("1-"):
            text = path.read_text(encoding="utf-8").replace("Khanfar Agency", "Khabar Agency")
            (folder / path.name).write_text(text, encoding="utf-8")
    where = str(tmp_path / "book")
    kept(run, where, folder, "trained")
    found = pact(run, where)
    assert found["reports"] >= 3
    assert len(asserting(found)) == 1
    assert found["grade"]["credibility"] >= 3
    five = next(w for w in listed(run, "warnings", where) if len(w["rule"]["areas"]) == 5)
    assert {a["admin1"] for a in five["rule"]["areas"]} == {"Abyan", "Aḑ Ḑāli‘", "Shabwah", "Tāʻizz", "‘Adan"}
    run("score", "--casebook", where, "--as-of", "2024-03-10", "--against", UCDP, "--partial")
    scored = next(w for w in listed(run, "warnings", where) if w["number"] == five["number"])
    assert {o["area"]: o["outcome"] for o in scored["outcomes"]}["Abyan"] == "hit"
    assert all(o["base_rate"] is not None for o in scored["outcomes"])
