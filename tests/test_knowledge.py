"""Every knowledge table loads, says what it is, and holds what its readers need."""

import contextlib
import os
import re
import sqlite3
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.knowledge import actors, events, other_languages, reporting, status_words
from reportedly.knowledge.classes import class_names, classes_of, weapon_mode
from reportedly.knowledge.event_hints import hinted_types
from reportedly.knowledge.gazetteer import Candidate, candidates
from reportedly.knowledge.grades import grade_rows
from reportedly.knowledge.spelling import plain_key, skeleton, sound_key
from reportedly.knowledge.tables import rows
from reportedly.model.plover import EVENT_TYPES, MODES
from reportedly.reading.place_resolution import rank

from .conftest import ROOT

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
    assert len(list(rows(name))) > 3 or name in ("cue_phrases.tsv", "wording.tsv")


def test_every_event_type_has_verbs_and_the_tables_are_broad() -> None:
    senses = events.verb_senses()
    assert {s.type for found in senses.values() for s in found} >= set(EVENT_TYPES)
    assert len(senses) > 300
    assert len(events.noun_senses()) > 150
    assert events.support_verbs()


def test_words_that_may_tell_of_an_event_are_listed_for_every_type() -> None:
    assert {row["type"] for row in rows("event_hints.tsv")} == set(EVENT_TYPES)
    assert hinted_types("hand over") == ("RETREAT", "CONCEDE")
    assert hinted_types("umbrella") == ()


@given(
    st.fixed_dictionaries({"named": st.integers(0, 4), "unnamed": st.integers(0, 4), "interested": st.integers(0, 8)}),
    st.fixed_dictionaries({"denied": st.booleans(), "disputed": st.booleans()}),
)
def test_every_incident_fits_a_row_of_the_table_of_grades(origins: dict[str, int], flags: dict[str, bool]) -> None:
    total = origins["named"] + origins["unnamed"]
    counts = {"named": origins["named"], "origins": total, "disinterested": max(0, total - origins["interested"])}
    assert any(row.holds(counts, {**flags, "only_denied": total == 0}) for row in grade_rows())


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


def test_words_of_other_languages_name_whom_the_registry_knows_and_numbers_that_are_some() -> None:
    for row in rows("other_languages.tsv"):
        assert row["kind"] in other_languages.KINDS
        if row["kind"] == "name":
            assert row["value"] in actors.registry(), row
        elif row["kind"] in ("number", "dozens", "weekday", "day"):
            assert int(row["value"]) is not None
        else:
            assert row["value"] == ""
    assert all(other_languages.is_known(language) for language in ("ar", "fr", "es", "ru", "uk"))


@pytest.mark.parametrize(
    ("language", "text", "ids"),
    [
        ("ar", "وقالت قوات الدعم السريع إن الجيش السوداني قصف", ["rsf", "saf"]),
        ("ar", "للحوثيين وبالجيش الإسرائيلي", ["houthis", "idf"]),
        ("fr", "l'armée congolaise et le M23 à Goma", ["fardc"]),
        ("ru", "хуситами и ВСУ", ["houthis", "ukr-armed"]),
        ("uk", "ЗСУ та російські війська", ["ukr-armed", "rus-armed"]),
        ("es", "el Clan del Golfo y el ELN", ["agc", "eln"]),
    ],
)
def test_names_are_found_in_other_languages(language: str, text: str, ids: list[str]) -> None:
    found = other_languages.names_among(re.findall(r"[\w'’]+", text), language)
    assert [n.actor.id for n in found] == ids


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
            "SELECT p.name FROM found f JOIN places p ON p.id = f.place WHERE f.key = 'abyan'"
        ).fetchall()
    assert found


def test_spellings_of_one_name_share_a_key() -> None:
    assert plain_key("Al-Ḩudaydah") == plain_key("Hudaydah")
    assert plain_key("الحديدة") == plain_key("حديدة")
    assert sound_key("Hodeidah") == sound_key("Al Hudaydah")
    assert skeleton("Zunjubar") == skeleton("Zinjibar")
    assert skeleton("Ibb") == ""


@given(st.text(max_size=40))
def test_a_key_of_a_key_is_itself(name: str) -> None:
    key = plain_key(name)
    assert plain_key(key) == key or not key


@pytest.mark.parametrize("name", ["Aden", "عدن", "Аден", "עדן"])
def test_a_place_is_found_in_four_scripts(name: str) -> None:
    assert 415189 in {c.geonames for c in candidates(name)}


def test_a_division_has_its_codes_and_a_point() -> None:
    (abyan,) = (c for c in candidates("Abyan") if c.kind == "admin1")
    assert (abyan.country, abyan.iso, abyan.pcode) == ("YEM", "YE-AB", "YE12")
    assert abyan.lat == pytest.approx(13.8, abs=0.3)
    assert abyan.lon == pytest.approx(46.2, abs=0.3)


def test_seas_straits_and_regions_are_places() -> None:
    for name, kind in {
        "Red Sea": "water",
        "Bab al-Mandab": "water",
        "Strait of Hormuz": "water",
        "Sahel": "region",
        "Donbas": "region",
        "Gaza Strip": "region",
        "West Bank": "region",
        "Darfur": "region",
        "Kurdistan Region": "region",
    }.items():
        assert kind in {c.kind for c in candidates(name)}, name


def test_a_name_that_nothing_bears_finds_nothing() -> None:
    assert candidates("Qwxzzt") == ()
    assert candidates("") == ()


def test_names_of_places_are_found_in_the_spellings_of_reports() -> None:
    """At least nine in ten of the listed spellings lead to the place, in the country at hand."""
    missed = []
    asked = 0
    for line in (ROOT / "tests" / "place_variants.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "country")):
            continue
        country, known, variants = line.split("\t")
        meant = [c for c in candidates(known) if c.country == country]
        assert meant, known
        for variant in variants.split(", "):
            asked += 1
            best = rank(variant, country).best
            if best is None or not any(_same_spot(best, c) for c in meant):
                missed.append(f"{country} {variant}")
    assert asked >= 300
    assert 1 - len(missed) / asked >= 0.965, missed


def _same_spot(one: Candidate, other: Candidate) -> bool:
    """A town, or the division of that name around it."""
    km = one.km_to(other)
    return one.geonames == other.geonames or (one.country == other.country and km is not None and km < 60)
