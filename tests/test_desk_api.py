"""The HTTP interface: what the pages show, as JSON, a page at a time; and it never fails on what it describes itself."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter

from .desk import served

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def test_whatever_is_asked_nothing_fails_and_answers_are_as_described(copied: Path, tmp_path: Path) -> None:
    """Schemathesis makes requests from the interface's own description, valid and invalid ones; the same ones each time."""
    with served(copied) as desk:
        tried = subprocess.run(
            [
                sys.executable, "-m", "schemathesis.cli", "run", f"{desk}/api/openapi.json", "--checks", CHECKS, "--max-examples", "12", "--seed", "7",
                "--phases", "fuzzing", "--generation-deterministic", "--no-color", "--request-timeout", "60", "--warnings", "off",
            ],
            capture_output=True, text=True, check=False, cwd=tmp_path, timeout=600,
        )  # fmt: skip
    assert tried.returncode == 0, tried.stdout[-6000:]
    assert "No issues found" in tried.stdout


def test_lists_are_paged_to_their_end(desk: str, filled: Path) -> None:
    with Casebook.open(filled) as casebook:
        everything = [row.id for row in casebook.claims()]
    found: list[int] = []
    before: int | None = None
    with httpx.Client(base_url=desk) as client:
        while True:
            answer = client.get("/api/claims", params={"limit": 17, **({"before": before} if before else {})}).json()
            found += [row["id"] for row in answer["items"]]
            before = answer["next"]
            if before is None:
                break
    assert found == everything


@pytest.mark.parametrize("kind", ["claims", "reports", "incidents", "warnings"])
def test_each_row_of_a_list_can_be_asked_for(desk: str, kind: str) -> None:
    with httpx.Client(base_url=desk) as client:
        rows = client.get(f"/api/{kind}", params={"limit": 3}).json()["items"]
        assert rows
        for row in rows:
            number = row["warning"]["number"] if kind == "warnings" else row.get("number", row.get("id"))
            assert client.get(f"/api/{kind}/{number}").status_code == 200


def test_the_same_filters_give_the_same_claims_as_the_casebook(desk: str, filled: Path) -> None:
    asked = {"place": "Aleppo", "event": "ASSAULT", "origins": "2"}
    with Casebook.open(filled) as casebook:
        wanted = [row.id for row in casebook.claims(Filter(place="Aleppo", event="ASSAULT", origins=2))]
        for row in casebook.claims_by_number(wanted):
            incident = casebook.incident(casebook.incident_of([row.id])[row.id])
            assert incident.incident.low >= 2
    assert wanted
    answer = httpx.get(f"{desk}/api/claims", params={**asked, "limit": 500}).json()
    assert [row["id"] for row in answer["items"]] == wanted


def test_a_picture_counts_what_the_casebook_holds(desk: str, filled: Path) -> None:
    """Areas, and incidents without any, are all incidents of the casebook, each once."""
    with Casebook.open(filled) as casebook:
        incidents = casebook.incidents(limit=10_000)
    drawn = httpx.get(f"{desk}/api/map").json()
    assert sum(a["incidents"] for a in drawn["areas"]) + drawn["without_a_place"] == len(incidents)
    assert sum(a["disputed"] for a in drawn["areas"]) == sum(
        bool(r.incident.contradictions) for r in incidents if r.incident.country
    )
    days = httpx.get(f"{desk}/api/days").json()
    assert sum(day["incidents"] for day in days["days"]) == sum(r.incident.start is not None for r in incidents)
    windowed = httpx.get(f"{desk}/api/map", params={"from": "2025-10-01", "to": "2025-10-31"}).json()
    assert sum(a["incidents"] for a in windowed["areas"]) == sum(
        bool(
            r.incident.country
            and r.incident.start
            and r.incident.start <= "2025-10-31"
            and (r.incident.end or "") >= "2025-10-01"
        )
        for r in incidents
    )
