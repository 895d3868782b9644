"""Where: names in their uses, namesakes told apart, what points back, and the command that shows candidates."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly import Claim, InvalidGold, Place, Reader, Report
from reportedly.cli.evaluate import place_figures_of
from reportedly.reading.evaluation.places import load_articles

Claims = Callable[..., tuple[Claim, ...]]
Run = Callable[..., subprocess.CompletedProcess[bytes]]


def places(claims: tuple[Claim, ...]) -> list[Place]:
    return list(claims[0].places)


def uses(reader: Reader, text: str) -> dict[str, str]:
    found = reader.read(Report(text=text, published="2025-03-05")).layers["places"]
    return {p["name"]: p["use"] for p in found}


class TestUses:
    def test_a_capital_that_speaks_is_its_government(self, reader: Reader) -> None:
        assert uses(reader, "Ankara said that its troops had left the town of Manbij in Syria.")["Ankara"] == "metonym"

    def test_a_nationality_is_a_demonym(self, reader: Reader) -> None:
        assert uses(reader, "A Turkish convoy was shelled near Manbij in Syria on Sunday.")["Turkish"] == "demonym"

    def test_a_place_in_the_name_of_a_body_happens_nowhere(self, claims_of: Claims) -> None:
        claims = claims_of("The Kharkiv Human Rights Group said shells had killed two women in Izium, Ukraine.")
        assert [p.name for p in places(claims)] == ["Izium"]

    def test_where_something_happens_is_literal(self, reader: Reader) -> None:
        assert uses(reader, "Gunmen attacked a market in Maiduguri, Nigeria.")["Maiduguri"] == "literal"


class TestNamesakes:
    def test_a_bare_name_is_the_governorate_where_people_speak_so(self, claims_of: Claims) -> None:
        (place,) = places(claims_of("Houthi shelling killed two farmers in Taiz on Monday."))
        assert (place.precision, place.country, place.pcode) == ("admin1", "YEM", "YE15")

    @pytest.mark.parametrize("where", ["in the city of Taiz", "in Taiz city"])
    def test_a_word_for_a_town_makes_it_the_town(self, claims_of: Claims, where: str) -> None:
        (place,) = places(claims_of(f"Houthi shelling killed two farmers {where} on Monday."))
        assert (place.precision, place.country, place.geonames) == ("place", "YEM", 70225)

    def test_elsewhere_the_bare_name_is_the_town(self, claims_of: Claims) -> None:
        (place,) = places(claims_of("Russian shelling killed two drivers in Kherson on Monday."))
        assert (place.precision, place.country) == ("place", "UKR")

    def test_what_stands_beside_decides(self, claims_of: Claims) -> None:
        (tripoli,) = places(claims_of("Gunmen opened fire on soldiers in Tripoli, Lebanon, on Sunday."))
        assert tripoli.country == "LBN"
        (other,) = places(claims_of("Gunmen opened fire on soldiers in Tripoli, Libya, on Sunday."))
        assert other.country == "LBY"

    def test_the_country_at_hand_decides(self, claims_of: Claims) -> None:
        text = (
            "Two Sudanese army officers said the RSF had shelled the market. The RSF also attacked a clinic in Kutum."
        )
        kutum = [p for c in claims_of(text) for p in c.places if p.name == "Kutum"]
        assert kutum
        assert kutum[0].country == "SDN"

    def test_a_looser_spelling_is_found_in_the_country_at_hand(self, claims_of: Claims) -> None:
        (place,) = places(claims_of("Houthi gunmen killed two soldiers in Modiyah district in Abyan."))
        assert (place.country, place.admin1, place.precision, place.pcode) == ("YEM", "Abyan", "admin2", "YE1202")

    def test_an_unknown_village_has_no_point_rather_than_a_wrong_one(self, claims_of: Claims) -> None:
        text = "Houthi gunmen killed two soldiers in the village of Qarn Zubayla. Houthi shells also hit Marib."
        village = next(p for c in claims_of(text) for p in c.places if "Zubayla" in p.name)
        assert (village.lat, village.geonames) == (None, None)


class TestWhatPointsBack:
    def test_beside_a_place_is_near_it(self, claims_of: Claims) -> None:
        (place,) = places(claims_of("Houthi fighters attacked army positions east of Marib on Monday."))
        assert (place.name, place.precision) == ("Marib", "near")

    def test_between_two_places_is_near_both(self, claims_of: Claims) -> None:
        found = places(claims_of("Clashes broke out between Lawdar and Mudia on Tuesday, two residents said."))
        assert {(p.name, p.precision) for p in found} == {("Lawdar", "near"), ("Mudia", "near")}

    def test_a_border_is_near_its_country(self, claims_of: Claims) -> None:
        (place,) = places(claims_of("The army shelled two villages along the border with Saudi Arabia."))
        assert (place.name, place.precision, place.country) == ("Saudi Arabia", "near", "SAU")

    def test_the_mentioned_provinces_are_those_listed_before(self, claims_of: Claims) -> None:
        text = (
            "Al-Qaeda attacked posts in Aden, Abyan and Shabwa. It will carry out bombings in the mentioned provinces."
        )
        bombings = next(c for c in claims_of(text) if c.trigger.text == "bombings")
        assert {(p.name, p.precision) for p in bombings.places} == {
            ("Aden", "admin1"), ("Abyan", "admin1"), ("Shabwa", "admin1"),
        }  # fmt: skip

    def test_where_a_journey_began_is_not_where_it_ended(self, claims_of: Claims) -> None:
        claims = claims_of("The convoy was returning from Gao when dozens of gunmen attacked it.")
        assert places(claims) == []


def test_places_shows_the_candidates_and_why(run: Run) -> None:
    done = run("places", "al-Dhale'e")
    assert done.returncode == 0, done.stderr
    out = done.stdout.decode()
    assert "YE30" in out
    assert "and first for:" in out
    lines = [json.loads(line) for line in run("places", "Mareb", "--country", "yem", "--json").stdout.splitlines()]
    assert (lines[0]["country"], lines[0]["geonames"]) == ("YEM", 72966)
    assert lines[0]["score"] >= lines[-1]["score"]


@pytest.mark.parametrize("arguments", [("Qwxzzt",), ("Aden", "--country", "Yemen"), ("",)])
def test_places_says_in_one_line_what_it_cannot_do(run: Run, arguments: tuple[str, ...]) -> None:
    done = run("places", *arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert len(done.stderr.splitlines()) == 1


ARTICLES = """<articles><article docid="1"><title>T</title><text><![CDATA[Gunmen attacked a market in Maiduguri on Sunday. Nigerian police said so.]]></text>
<toponyms><toponym><start>28</start><end>37</end><phrase>Maiduguri</phrase><gaztag geonameid="2331447"><lat>11.85</lat><lon>13.16</lon></gaztag></toponym>
<toponym><start>49</start><end>57</end><phrase>Nigerian</phrase></toponym></toponyms></article></articles>"""


def test_marked_articles_are_scored(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.xml").write_text(ARTICLES)
    figures = place_figures_of(tmp_path / "a.xml")
    assert (figures.marked, figures.located, figures.exact, figures.near) == (2, 1, 2, 1)
    data = json.loads(run("evaluate", "--layer", "where", tmp_path / "a.xml", "--json").stdout)
    assert data["recognition"] == [1.0, 1.0, 1.0]
    assert data["within_161_km_of_marked"] == 0.5


def test_offsets_that_a_corpus_counts_from_elsewhere_are_moved(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(
        ARTICLES.replace("<start>28</start><end>37</end>", "<start>25</start><end>34</end>")
    )
    (article,) = load_articles(tmp_path / "a.xml")
    assert (article.marked[0].start, article.marked[0].phrase) == (28, "Maiduguri")


@pytest.mark.parametrize("text", ["<articles>", "<articles/>", "no xml", ARTICLES.replace("<start>28</start>", "")])
def test_a_file_without_marked_articles_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.xml").write_text(text)
    with pytest.raises(InvalidGold):
        load_articles(tmp_path / "a.xml")
