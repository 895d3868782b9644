"""Weighing: who copied whom, which claims tell of one happening, how many origins it has, and what they disagree on."""

import json
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.actors import countries, registry
from reportedly.knowledge.outlets import Outlet, family_of, outlet_of, outlets, read_own_outlets, with_own_outlets
from reportedly.model.record import Report
from reportedly.reading.reader import Reader
from reportedly.weighing.copies import Text, copies_among
from reportedly.weighing.incidents import Decisions
from reportedly.weighing.telling import WeighedReport
from reportedly.weighing.weigh import Weighed, WeighedIncident, weigh

from .conftest import ROOT

STORIES = ROOT / "tests" / "stories"
READER = Reader(name="rules")


def read(key: str, text: str, outlet: str, published: str) -> WeighedReport:
    result = READER.read(Report(text=text, outlet=outlet, published=published))
    return WeighedReport(key, text, outlet, None, published, result.reading.claims)


def read_own_outlets_from(name: str, side: str) -> tuple[Outlet, ...]:
    """An outlet of one's own that is the paper of a side."""
    return (
        Outlet(id="own", name=name, aliases=(), domains=(), family="own", country=None, kind="party", sides=(side,)),
    )


def incident_with(weighed: Weighed, *reports: str) -> WeighedIncident:
    """The only incident that is told by these reports and no other."""
    found = [w for w in weighed.incidents if {t.report.key for t in w.incident.tellings} == set(reports)]
    assert len(found) == 1, [sorted({t.report.key for t in w.incident.tellings}) for w in weighed.incidents]
    return found[0]


# ── outlets


def test_every_outlet_has_a_family_and_speaks_for_sides_that_exist() -> None:
    assert len(outlets()) >= 300
    known = set(registry()) | set(countries())
    assert {side for outlet in outlets().values() for side in outlet.sides} <= known
    assert {outlet.country for outlet in outlets().values() if outlet.country} <= set(countries())


@pytest.mark.parametrize(
    ("name", "url", "family"),
    [
        (None, "https://www.rt.com/news/1", "rossiya-segodnya"),
        (None, "https://arabic.sputnikarabic.ae/x", "rossiya-segodnya"),
        ("the Al-Manar", None, "hezbollah-media"),
        ("Whatever it calls itself", "https://almasirah.net.ye/1", "houthi-media"),
        ("The Riverbend Courier", None, "outlet:riverbend courier"),
        (None, "https://www.nobody.example/1", "outlet:nobody.example"),
    ],
)
def test_an_outlet_belongs_to_its_family_and_an_unknown_one_to_its_own(
    name: str | None, url: str | None, family: str
) -> None:
    assert family_of(name, url) == family


def test_own_outlets_go_before_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text(
        "id,name,aliases,domains,family,country,kind,side\nours,Our Post,The Post;OP,rt.com,us,NOR,private,\n"
    )
    with with_own_outlets(read_own_outlets(path)):
        assert family_of(None, "https://rt.com/1") == "us"
        found = outlet_of("OP")
        assert found is not None
        assert found.id == "ours"
    assert family_of(None, "https://rt.com/1") == "rossiya-segodnya"


@pytest.mark.parametrize("row", ["x,,,,,,private,", "x,X,,,,,oracle,"])
def test_own_outlets_that_make_no_sense_are_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"id,name,aliases,domains,family,country,kind,side\n{row}\n")
    with pytest.raises(InvalidKnowledge, match=r"own\.csv:2"):
        read_own_outlets(path)


# ── copies

WIRE = (
    "Gunmen killed four millers in the village of Barsalogho on Sunday, a councillor said. The millers had gone back for "
    "their sacks. Two motorcycles and a donkey cart were taken toward the north, he added."
)
LIFTED = (
    "Trade along the northern road has come to a halt since the weekend. The millers had gone back for their sacks. "
    "Nobody in the ministry could be reached for a comment on what is to be done about it."
)
REWORDED = "A councillor said on Sunday that gunmen had killed four millers in the village of Barsalogho."
OTHER = "Prices of millet rose by a tenth in the markets of the capital, where traders expect the rains to be late this year."


def texts(*told: tuple[str, str, str | None]) -> list[Text]:
    return [Text(key, text, f"family-{key}", published) for key, text, published in told]


def test_a_copy_comes_from_the_earliest_and_an_undated_report_is_never_the_source() -> None:
    edges = copies_among(texts(("b", WIRE, "2024-05-02"), ("a", WIRE, "2024-05-01"), ("c", WIRE, None)))
    assert [(e.source, e.copy, e.extent, e.share) for e in edges] == [("a", "b", "copy", 1.0), ("a", "c", "copy", 1.0)]


def test_a_lifted_passage_is_told_from_a_copy_and_points_at_its_words() -> None:
    (edge,) = copies_among(texts(("wire", WIRE, "2024-05-01"), ("paper", LIFTED, "2024-05-02")))
    assert edge.extent == "passages"
    start, end = edge.passages[0].in_copy
    assert LIFTED[start:end] == "The millers had gone back for their sacks."
    start, end = edge.passages[0].in_source
    assert WIRE[start:end] == "The millers had gone back for their sacks."


def test_a_reworded_lead_is_found_and_reports_on_other_things_are_not_copies() -> None:
    edges = copies_among(texts(("wire", WIRE, "2024-05-01"), ("r", REWORDED, "2024-05-02"), ("o", OTHER, "2024-05-02")))
    assert [(e.source, e.copy) for e in edges] == [("wire", "r")]


def test_what_a_family_prints_under_everything_is_no_copy() -> None:
    foot = " Follow our channel on all platforms for the latest news from the region, day and night."
    told = [
        Text(f"r{day}", f"{body} {foot}", "one-family", f"2024-05-0{day}")
        for day, body in enumerate((WIRE, LIFTED.replace("millers", "weavers"), OTHER), start=1)
    ]
    assert [e for e in copies_among(told) if e.source == "r1" and e.copy == "r3"] == []


# ── incidents

ATTACK = "Gunmen killed {toll} soldiers in {place} on {day}, {source} said."


def attack(
    key: str, place: str, day: str, source: str = "a resident", toll: str = "four", published: str = "2024-05-10"
) -> WeighedReport:
    return read(key, ATTACK.format(toll=toll, place=place, day=day, source=source), f"Outlet {key}", published)


def test_tellings_of_one_day_and_town_are_one_incident_and_look_alikes_are_not() -> None:
    weighed = weigh(
        [
            attack("one", "Djibo", "8 May 2024"),
            attack("two", "Djibo", "8 May 2024", source="the governor"),
            attack("next-day", "Djibo", "9 May 2024"),
            attack("next-town", "Dori", "8 May 2024"),
        ]
    )
    assert len(weighed.incidents) == 3
    incident_with(weighed, "one", "two")


def test_the_background_of_an_older_event_goes_to_the_older_incident() -> None:
    old = attack("old", "Djibo", "3 March 2024", published="2024-03-04")
    new = read("new", "Gunmen killed two traders in Dori on 8 May 2024, a resident said. On 3 March 2024 gunmen killed four soldiers in Djibo.", "Outlet new", "2024-05-10")  # fmt: skip
    weighed = weigh([old, new])
    incident_with(weighed, "old", "new")
    incident_with(weighed, "new")


def test_what_people_decide_goes_before_what_is_alike() -> None:
    one, two, three = (
        attack("one", "Djibo", "8 May 2024"),
        attack("two", "Djibo", "8 May 2024"),
        attack("three", "Dori", "9 May 2024"),
    )
    keys = [r.tellings[0].key for r in (one, two, three)]
    apart = Decisions(apart=frozenset({frozenset(keys[:2])}))
    assert len(weigh([one, two], apart).incidents) == 2
    together = Decisions(together=frozenset({frozenset(keys[1:])}))
    incident_with(weigh([two, three], together), "two", "three")


def test_a_forecast_is_never_one_with_what_happened() -> None:
    told = [attack("one", "Djibo", "8 May 2024"), read("two", "Gunmen will attack soldiers in Djibo on 8 May 2024, a resident warned.", "B", "2024-05-07")]  # fmt: skip
    assert all(len({t.tense for t in w.incident.tellings}) == 1 for w in weigh(told).incidents)
    assert len(weigh(told).incidents) >= 2


@pytest.fixture(scope="module")
def told() -> list[WeighedReport]:
    return [
        attack("a", "Djibo", "8 May 2024"),
        attack("b", "Djibo", "8 May 2024", source="the governor", toll="six"),
        attack("c", "Djibo", "8 May 2024", source="the army", toll="three"),
        attack("d", "Dori", "8 May 2024"),
        read("e", WIRE, "Wire", "2024-05-06"),
        read("f", WIRE, "Copier", "2024-05-06"),
        read("g", REWORDED, "Rewriter", "2024-05-07"),
    ]


@given(order=st.permutations(range(7)))
@settings(max_examples=15, deadline=None)
def test_the_order_of_arrival_changes_nothing(told: list[WeighedReport], order: Sequence[int]) -> None:
    def plain(weighed: Weighed) -> object:
        return (
            weighed.copies,
            weighed.citations,
            [(w.incident.key, w.independence, w.contradictions) for w in weighed.incidents],
        )

    assert plain(weigh([told[i] for i in order])) == plain(weigh(told))


# ── origins


def test_copies_and_citations_are_no_origins_of_their_own() -> None:
    weighed = weigh(
        [
            read("wire", WIRE, "Long River Wire", "2024-05-06"),
            read("copy", WIRE, "Copier", "2024-05-06"),
            read(
                "cites",
                "Gunmen killed four millers in Barsalogho on Sunday, Long River Wire reported.",
                "Third",
                "2024-05-06",
            ),
        ]
    )
    found = incident_with(weighed, "wire", "copy", "cites").independence
    assert (found.low, found.high) == (1, 1)


def test_a_source_that_speaks_in_ten_outlets_is_one_origin() -> None:
    weighed = weigh([attack(f"r{n}", "Djibo", "8 May 2024", source="the Burkina Faso army", toll=toll) for n, toll in enumerate(("four", "five", "six"))])  # fmt: skip
    found = incident_with(weighed, "r0", "r1", "r2").independence
    assert (found.low, found.high) == (1, 1)
    assert found.origins[0].interested


def test_their_media_office_is_the_voice_of_whom_the_report_named_before() -> None:
    told = (
        "Fighters attacked an army post in Sittwe on 8 May 2024, the Arakan Army said. "
        "Their media office said that the fighters attacked the army post in Sittwe on 8 May 2024 at night."
    )
    weighed = weigh([read("a", told, "Narrows Herald", "2024-05-09")])
    assert {o.key for w in weighed.incidents for o in w.independence.origins} == {"source:arakan-army"}


def test_unnamed_sources_count_as_apart_at_most() -> None:
    reports = [
        attack("a", "Djibo", "8 May 2024", source="a security source"),
        attack("b", "Djibo", "8 May 2024", source="two residents"),
        attack("c", "Djibo", "8 May 2024", source="the Red Cross"),
    ]
    found = incident_with(weigh(reports), "a", "b", "c").independence
    assert (found.low, found.high) == (1, 3)
    assert [o.kind for o in found.origins] == ["named", "unnamed", "unnamed"]


# ── contradictions


def test_two_origins_that_cannot_both_be_right_contradict_one_another() -> None:
    reports = [
        attack("a", "Djibo", "8 May 2024", source="the Burkina Faso army", toll="four"),
        attack("b", "Djibo", "8 May 2024", source="the Red Cross", toll="nine"),
    ]
    (found,) = incident_with(weigh(reports), "a", "b").contradictions
    assert found.about == "killed"
    assert [side.value for side in found.sides] == ["4", "9"]


def test_a_toll_that_one_origin_raises_is_an_update() -> None:
    reports = [
        attack("a", "Djibo", "8 May 2024", source="the Red Cross", toll="four", published="2024-05-09"),
        attack("b", "Djibo", "8 May 2024", source="the Red Cross", toll="nine", published="2024-05-11"),
    ]
    assert incident_with(weigh(reports), "a", "b").contradictions == ()


def test_a_denial_contradicts_what_is_asserted() -> None:
    reports = [
        attack("a", "Djibo", "8 May 2024", source="the Red Cross"),
        read(
            "b",
            "The Burkina Faso army denied that gunmen killed four soldiers in Djibo on 8 May 2024.",
            "B",
            "2024-05-10",
        ),
    ]
    assert [c.about for c in incident_with(weigh(reports), "a", "b").contradictions] == ["denial"]


# ── stories


def test_the_stories_are_weighed_as_they_were_labelled(run: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    figures = json.loads(run("evaluate", "--layer", "weighing", STORIES, "--reader", "rules", "--json").stdout)
    assert figures["claims"] >= 100
    assert figures["copies_f1"] >= 0.95
    assert figures["incidents_b_cubed_f1"] >= 0.95
    assert figures["origin_ranges_right"] >= 0.91
    assert figures["contradictions_f1"] >= 0.79


def test_stories_that_are_malformed_are_refused(
    tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    (tmp_path / "x.story").write_text(
        "@@ a\noutlet: X\npublished: 2024-05-01\n---\nGunmen {killed|one} a man.\n", encoding="utf-8"
    )
    done = run("evaluate", "--layer", "weighing", tmp_path)
    assert done.returncode == 2
    assert b"x.story" in done.stderr


# ── who speaks, and what is disputed


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("the Burkina Faso army", "the Burkina Faso defence ministry", 1),
        ("the army", "the defence ministry", 1),
        ("a spokesman of the Red Cross", "the Red Cross", 1),
        ("the owner of the Sahel Star", "the owner of the Sahel Star", 1),
        ("the Burkina Faso army", "the United Nations", 2),
    ],
)
def test_one_voice_under_several_names_is_one_origin(one: str, other: str, apart: int) -> None:
    reports = [attack("a", "Djibo", "8 May 2024", source=one), attack("b", "Djibo", "8 May 2024", source=other)]
    found = incident_with(weigh(reports), "a", "b").independence
    assert (found.low, found.high) == (apart, apart)


def test_an_outlet_that_speaks_for_a_side_does_not_bear_out_its_own_unnamed_sources() -> None:
    reports = [
        attack("a", "Djibo", "8 May 2024", source="a security source"),
        read("b", "Gunmen killed four soldiers in Djibo on 8 May 2024.", "Outlet a", "2024-05-11"),
    ]
    own = read_own_outlets_from("Outlet a", side="jnim")
    with with_own_outlets(own):
        found = incident_with(weigh(reports), "a", "b").independence
    assert (found.low, found.high) == (1, 1)


def test_a_denial_without_place_or_day_answers_what_was_said_of_its_doer() -> None:
    said = read("a", "The Houthis reached an agreement with al-Shabaab, a security source said.", "A", "2024-05-09")
    denied = read("b", "The Houthis denied that they had reached an agreement with al-Shabaab.", "B", "2024-05-14")
    (found,) = [w for w in weigh([said, denied]).incidents if len(w.incident.tellings) > 1]
    assert [c.about for c in found.contradictions] == ["denial"]


def test_who_denies_a_number_does_not_deny_what_happened() -> None:
    said = read("a", "Gunmen killed 40 soldiers in Djibo on 8 May 2024, a doctor said.", "A", "2024-05-10")
    denied = read("b", "The army denied that more than ten soldiers were killed in Djibo on 8 May 2024.", "B", "2024-05-10")  # fmt: skip
    about = {c.about for w in weigh([said, denied]).incidents for c in w.contradictions}
    assert about == {"killed"}


def test_ten_killed_here_and_eighteen_there_are_two_happenings() -> None:
    text = "Ten soldiers were killed in Djibo on 8 May 2024, the army said. Eighteen rebels were killed in the pursuit, the army said."
    told = read("a", text, "A", "2024-05-10")
    assert all(len(w.incident.tellings) == 1 for w in weigh([told]).incidents)


def test_that_nobody_was_hurt_denies_no_attack() -> None:
    text = (
        "Gunmen attacked a bus in Djibo on 8 May 2024, the Red Cross said. No passenger was killed, the Red Cross said."
    )
    found = weigh([read("a", text, "A", "2024-05-10"), attack("b", "Djibo", "8 May 2024")]).incidents
    assert not [c for w in found for c in w.contradictions if c.about == "denial"]


def test_whom_some_only_describe_may_be_whom_others_name() -> None:
    texts = {
        "a": "The Gran Grif gang killed 20 people in Pont-Sonde on 3 October 2024, a lawyer said.",
        "b": "Armed men killed 20 people in Pont-Sonde on 3 October 2024, a nurse said.",
        "c": "The Haitian army killed 20 people in Pont-Sonde on 3 October 2024, a priest said.",
    }
    reports = {key: read(key, text, f"Outlet {key}", "2024-10-04") for key, text in texts.items()}
    assert incident_with(weigh([reports["a"], reports["b"]]), "a", "b").contradictions == ()
    disputed = incident_with(weigh([reports["a"], reports["c"]]), "a", "c").contradictions
    assert [c.about for c in disputed] == ["actor"]


# ── grades and records


def graded(*reports: WeighedReport) -> tuple[str, str]:
    found = incident_with(weigh(reports), *(r.key for r in reports)).grade
    return str(found), found.reasons[1]


def test_two_origins_of_which_one_is_no_side_confirm() -> None:
    grade, reason = graded(
        attack("a", "Djibo", "8 May 2024", source="the Red Cross"),
        attack("b", "Djibo", "8 May 2024", source="the United Nations"),
    )
    assert grade == "F1"
    assert reason.startswith("At least 2 independent origins")


def test_what_a_source_without_a_name_tells_is_possible_at_best() -> None:
    assert graded(attack("a", "Djibo", "8 May 2024", source="a security source"))[0] == "F3"


def test_copies_do_not_raise_a_grade() -> None:
    reports = [attack(f"r{n}", "Djibo", "8 May 2024", source="the Red Cross") for n in range(5)]
    assert graded(*reports)[0] == graded(reports[0])[0] == "F3"


def test_what_is_denied_is_doubtful_and_says_by_whom() -> None:
    denial = read(
        "b", "The Burkina Faso army denied that gunmen killed four soldiers in Djibo on 8 May 2024.", "B", "2024-05-10"
    )
    grade, reason = graded(attack("a", "Djibo", "8 May 2024", source="the Red Cross"), denial)
    assert grade == "F4"
    assert "Burkina Faso army" in reason
    assert graded(denial)[0] == "F6"


def test_a_source_gets_a_letter_only_when_others_have_spoken_often_enough() -> None:
    places = ("Djibo", "Dori", "Barsalogho", "Gaya", "Tillaberi", "Menaka")
    reports = [
        attack(f"{place}-{who}", place, f"{day} May 2024", source=source)
        for day, place in enumerate(places, start=1)
        for who, source in (("rc", "the Red Cross"), ("un", "the United Nations"))
    ]
    some, all_of_them = weigh(reports[:4]), weigh(reports)
    assert some.records["source:icrc"].reliability == "F"
    assert "too few" in some.records["source:icrc"].reason
    record = all_of_them.records["source:icrc"]
    assert (record.told, record.borne_out, record.contradicted) == (6, 6, 0)
    assert record.low < 1
    assert record.reliability in ("B", "C")
    assert all(str(w.grade).startswith(record.reliability) for w in all_of_them.incidents)
