"""Every knowledge table loads, says what it is, and holds what its readers need."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from reportedly.knowledge import actors, events, reporting, status_words
from reportedly.knowledge.classes import class_names, classes_of, weapon_mode
from reportedly.knowledge.gazetteer import candidates, place_key
from reportedly.knowledge.tables import rows
from reportedly.model.plover import EVENT_TYPES, MODES

TABLES = sorted(p.name for p in files("reportedly.knowledge").joinpath("data").iterdir())
_SECTORS = {
    "REB",
    "MIL",
    "GOV",
    "SPY",
    "COP",
    "OPP",
    "CRM",
    "IGO",
    "NGO",
    "MED",
    "JRN",
    "PTY",
    "CVL",
    "LEG",
    "BUS",
    "JUD",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_a_head_that_says_what_it_is(name: str) -> None:
    text = files("reportedly.knowledge").joinpath("data", name).read_text(encoding="utf-8")
    head = [line for line in text.splitlines() if line.startswith("#")]
    assert len(head) >= 2, "what it is, and where its facts come from"
    assert len(list(rows(name))) > 4 or name in ("cue_phrases.tsv", "wording.tsv")


def test_every_event_type_has_verbs_and_the_tables_are_broad() -> None:
    senses = events.verb_senses()
    assert {s.type for found in senses.values() for s in found} >= set(EVENT_TYPES)
    assert len(senses) > 300
    assert len(events.noun_senses()) > 150
    assert events.support_verbs()


def test_modes_of_weapons_exist() -> None:
    for row in rows("classes.tsv"):
        if row["mode"]:
            assert row["mode"] in MODES["ASSAULT"] | {"unspecified"}
    assert weapon_mode("missile") == "heavy-weapons"
    assert "weapon" in class_names()
    assert "person" in classes_of("farmer")


def test_actors_are_unique_and_have_known_sectors_and_countries() -> None:
    ids = [row["id"] for row in rows("actors.tsv")]
    assert len(ids) == len(set(ids))
    known = set(actors.countries())
    for row in rows("actors.tsv"):
        assert row["sector"] in _SECTORS, row["id"]
        assert not row["country"] or row["country"] in known, row["id"]
        assert not row["ucdp"] or row["ucdp"].isdigit(), row["id"]


@pytest.mark.parametrize("spelling", ["al-Qaeda", "Al Qaeda", "Al-Qaida", "al-Qa'ida"])
def test_spellings_of_a_name_are_one_actor(spelling: str) -> None:
    words = spelling.replace("-", " - ").split()
    assert [m.actors[0].id for m in actors.find_names([*words, "said"])] == ["al-qaeda"]


def test_acronyms_must_be_in_capitals() -> None:
    assert actors.find_names(["it", "is", "us"]) == []
    assert [m.actors[0].id for m in actors.find_names(["the", "IS", "cell"])] == ["islamic-state"]


def test_reporting_and_status_words_load() -> None:
    assert reporting.cues()["deny"].stance == "denies"
    assert reporting.source_types()["medical source"] == "medical"
    assert status_words.operators()[("adverb", "probably")].certainty == "likely"


def test_the_index_of_places_is_built_on_a_fresh_machine(tmp_path: Path) -> None:
    """It is built once per machine, so a machine that has it would hide that it can no longer be built."""
    environment = {**os.environ, "REPORTEDLY_CACHE": str(tmp_path)}
    subprocess.run([sys.executable, "-m", "reportedly.cli.prepare"], check=True, env=environment, timeout=300)
    (built,) = tmp_path.iterdir()
    with contextlib.closing(sqlite3.connect(built)) as connection:
        assert connection.execute("SELECT count(*) FROM places").fetchone()[0] > 250_000
        found = connection.execute(
            "SELECT p.name FROM names n JOIN places p ON p.id = n.place WHERE n.key = 'abyan'"
        ).fetchall()
    assert found


def test_places_are_found_in_their_spellings() -> None:
    assert place_key("Al-Ḩudaydah") == place_key("Hudaydah")
    assert any(c.country == "YEM" for c in candidates("Aden"))
    assert candidates("Qwxzzt") == ()
