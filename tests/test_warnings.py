"""Warnings: kept with a rule that does not change, held against what happened, and scored over how often such things happen there anyway."""

import csv
import json
import subprocess
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import InvalidReferenceList
from reportedly.intake.reference_list import read_reference_list
from reportedly.knowledge.warning_rules import band_at
from reportedly.model.warning import Area, Band, Happening, IssuedWarning, Rule
from reportedly.weighing.happenings import Coverage
from reportedly.weighing.resolving import Reference, Seen, base_rate, resolve
from reportedly.weighing.scoring import score, scoring

Run = Callable[..., subprocess.CompletedProcess[bytes]]

ABYAN = Area(name="Abyan", level="admin1", country="YEM", admin1="Abyan")
ADEN = Area(name="Aden", level="admin1", country="YEM", admin1="Aden")
LIKELY = Band(name="likely", low=55, high=80, word="likely")
SURE = Band(name="very likely", low=80, high=95, word="very likely")


def warned(*areas: Area, start: str = "2024-02-01", end: str = "2024-02-10", band: Band | None = None, actors: tuple[str, ...] = ()) -> IssuedWarning:  # fmt: skip
    rule = Rule(form=1, counts=("ASSAULT",), listed=True, areas=areas, start=start, end=end, window_told=True, actors=actors, credibility=3, grace_days=3)  # fmt: skip
    return IssuedWarning(
        key="k", made=start, type="ASSAULT", mode=None, kind="predicted", who=(), band=band, origin="family:khanfar", origin_label="sources", claim=1, report=1, rule=rule
    )  # fmt: skip


def happened(day: str, area: Area = ABYAN, number: int = 1, **more: Any) -> Happening:
    return Happening(**{"id": f"I{number}", "counts_as": ("ASSAULT",), "start": day, "end": day, "name": area.name, "country": area.country, "admin1": area.admin1, "precise": False, "origins": ("source:wire",), "credibility": 3, **more})  # fmt: skip


def seen(*happenings: Happening, reports: int = 0, reference: Reference | None = None) -> Seen:
    """What happened, and so many reports from two families on each area on 5 February 2024."""
    coverage = Coverage()
    for k in range(reports):
        coverage.add(k, "2024-02-05", f"family {k % 2}", (_place(ABYAN), _place(ADEN)))
    return Seen(happenings, coverage, reference)


def _place(area: Area) -> Any:
    return area.model_copy()


def outcome(warning: IssuedWarning, known: Seen, as_of: str = "2024-03-01", standing: bool = True) -> list[str]:
    return [o.outcome for o in resolve(warning, standing, known, date.fromisoformat(as_of))]


# ── resolving


def test_each_area_is_resolved_by_itself() -> None:
    known = seen(happened("2024-02-06"), reports=4)
    assert outcome(warned(ABYAN, ADEN), known) == ["hit", "false alarm"]


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"counts_as": ("MOBILIZE",)}, "another kind"),
        ({"day": "2024-02-11"}, "a day too late"),
        ({"day": "2024-01-31"}, "a day too early"),
        ({"end": "2024-02-20"}, "it may have been after the window"),
        ({"area": ADEN}, "another area"),
        ({"admin1": None}, "known to the country alone"),
        ({"credibility": 4}, "doubtful"),
        ({"actors": ("islamic-state",)}, "by somebody else"),
        ({"origins": ("family:khanfar",)}, "told by nobody but whoever warned"),
    ],
)
def test_what_the_rule_does_not_name_makes_no_warning_true(what: dict[str, Any], why: str) -> None:
    day = what.pop("day", "2024-02-06")
    warning = warned(ABYAN, actors=("houthis",))
    assert outcome(warning, seen(happened("2024-02-06"), reports=4)) == ["hit"]
    assert outcome(warning, seen(happened(day, **what), reports=4)) == ["false alarm"], why


def test_a_town_is_warned_of_with_what_lies_around_it() -> None:
    lawdar = Area(name="Lawdar", level="point", country="YEM", admin1="Abyan", lat=13.88, lon=45.87, km=25)
    near = happened("2024-02-06", name="Mudiyah", lat=13.93, lon=46.08, precise=True)
    assert outcome(warned(lawdar), seen(near, reports=4)) == ["hit"]
    far = happened("2024-02-06", name="Zinjibar", lat=13.13, lon=45.38, precise=True)
    coarse = happened("2024-02-06", lat=13.9, lon=45.9)
    assert outcome(warned(lawdar), seen(far, coarse, reports=4)) == ["false alarm"]


def test_where_too_little_was_seen_nobody_says_that_nothing_happened() -> None:
    assert outcome(warned(ABYAN), seen(reports=2)) == ["unknown"]
    assert outcome(warned(ABYAN), seen(reports=3)) == ["false alarm"]


def test_a_list_tells_that_nothing_happened_only_where_it_is_whole_and_covers_the_window() -> None:
    events = (happened("2023-01-01", number=1), happened("2024-12-31", ADEN, number=2))
    assert outcome(warned(ABYAN), seen(reference=Reference("list", events, partial=False))) == ["false alarm"]
    assert outcome(warned(ABYAN), seen(reference=Reference("list", events, partial=True))) == ["unknown"]
    assert outcome(warned(ABYAN), seen(reference=Reference("list", events[:1], partial=False))) == ["unknown"]


def test_a_window_is_open_until_reports_on_its_last_day_have_come_in() -> None:
    assert outcome(warned(ABYAN), seen(reports=4), "2024-02-13") == ["open"]
    assert outcome(warned(ABYAN), seen(reports=4), "2024-02-14") == ["false alarm"]
    assert outcome(warned(ABYAN), seen(happened("2024-02-02"), reports=4), "2024-02-03") == ["hit"]


def test_what_cannot_be_resolved_is_void() -> None:
    assert outcome(warned(), seen(reports=4)) == ["void"]
    assert outcome(warned(ABYAN), seen(happened("2024-02-06"), reports=4), standing=False) == ["void"]


_days = st.integers(0, 60).map(lambda d: (date(2024, 1, 10) + timedelta(days=d)).isoformat())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_days, st.sampled_from([ABYAN, ADEN]), st.integers(1, 6)), max_size=8), st.data())
def test_the_order_in_which_things_happen_to_be_known_changes_nothing(found: list[tuple[str, Area, int]], data: Any) -> None:  # fmt: skip
    happenings = [happened(day, area, k, credibility=c) for k, (day, area, c) in enumerate(found)]
    mixed = data.draw(st.permutations(happenings))
    warning = warned(ABYAN, ADEN)
    whole = resolve(warning, True, seen(*happenings, reports=4), date(2024, 3, 1))
    assert whole == resolve(warning, True, seen(*mixed, reports=4), date(2024, 3, 1))
    fewer = resolve(warning, True, seen(*happenings[1:], reports=4), date(2024, 3, 1))
    for with_one_more, without in zip(whole, fewer, strict=True):  # knowing of more never undoes a hit
        assert without.outcome != "hit" or with_one_more.outcome == "hit"


# ── base rates and scores


def test_the_base_rate_is_the_share_of_windows_before_in_which_it_happened() -> None:
    events = (happened("2023-01-01", ADEN, 9), *(happened(f"2023-{m:02}-15", ABYAN, m) for m in range(1, 11)))
    known = seen(reference=Reference("list", (*events, happened("2024-12-31", ADEN, 99)), partial=False))
    warning = warned(ABYAN)
    there = known.near(ABYAN)
    rate = base_rate(warning, ABYAN, known, there, date(2024, 2, 1).toordinal(), date(2024, 2, 10).toordinal())
    windows = (date(2024, 1, 31) - date(2023, 1, 1)).days + 1 - 9
    assert rate == round(10 * 10 / windows, 4)
    late = happened("2024-02-06", ABYAN, 50)
    again = seen(late, reference=Reference("list", (*events, happened("2024-12-31", ADEN, 99)), partial=False))
    assert rate == base_rate(warning, ABYAN, again, again.near(ABYAN), date(2024, 2, 1).toordinal(), date(2024, 2, 10).toordinal())  # fmt: skip


def test_without_a_history_there_is_no_base_rate() -> None:
    (found,) = resolve(warned(ABYAN), True, seen(happened("2024-02-06"), reports=4), date(2024, 3, 1))
    assert found.base_rate is None


def _resolved(*told: tuple[Band | None, bool, float | None]) -> list[Any]:
    found = resolve(warned(ABYAN), True, seen(happened("2024-02-06")), date(2024, 3, 1))[0]
    return [
        (warned(ABYAN, band=band), (found.model_copy(update={"outcome": "hit" if came else "false alarm", "base_rate": rate}),)) for band, came, rate in told
    ]  # fmt: skip


def test_brier_and_skill_are_as_worked_out_by_hand() -> None:
    figures = score(_resolved((LIKELY, True, 0.5), (SURE, False, 0.5), (None, True, 0.25)))
    assert figures.brier == round((0.325**2 + 0.875**2) / 2, 4)
    assert figures.reference == 0.25
    assert figures.skill == round(1 - figures.brier / 0.25, 4)
    assert (figures.forecasts, figures.hits, figures.false_alarms, figures.expected) == (2, 2, 1, 1.25)
    assert [(c.band, c.warnings, c.came_true) for c in figures.calibration] == [("likely", 1, 1), ("very likely", 1, 0)]


def test_without_an_estimative_word_there_is_no_brier_score() -> None:
    figures = score(_resolved((None, True, 0.5)))
    assert figures.brier is None
    assert figures.skill is None
    assert figures.hits == 1


def test_whoever_forecasts_the_base_rate_has_no_skill() -> None:
    assert score(_resolved((LIKELY, True, 0.675), (LIKELY, False, 0.675))).skill == 0


def test_violence_of_which_nobody_warned_is_a_miss_of_its_area_and_week() -> None:
    known = seen(happened("2024-02-06"), happened("2024-02-07", ADEN, 2), reports=4)
    warning = warned(ABYAN)
    found = scoring([(warning, resolve(warning, True, known, date(2024, 3, 1)))], known, date(2024, 3, 1)).weeks
    assert (found.hits, found.misses) == (1, 1)
    assert found.missed == ("Aden, 2024-W06: I2",)


@pytest.mark.parametrize(
    ("text", "word", "band"),
    [
        ("an attack is very likely this week", "likely", "very likely"),
        ("an attack is unlikely", "unlikely", "unlikely"),
        ("there is a roughly even chance of an attack", "chance", "roughly even chance"),
        ("an attack is almost certain", "certain", "almost certain"),
        ("an attack may follow; rain is likely", "may", None),
    ],
)
def test_a_band_comes_from_the_estimative_words_and_from_no_other(text: str, word: str, band: str | None) -> None:
    at = text.index(word)
    found = band_at(text, at, at + len(word))
    assert (found.name if found else None) == band


# ── lists of reference


def _write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_lists_with_ucdp_s_and_acled_s_columns_are_read_alike(tmp_path: Path) -> None:
    ucdp = {"id": "7", "side_a": "Government of Yemen (North Yemen)", "side_b": "AQAP", "where_prec": "1", "where_coordinates": "Mudiyah town", "adm_1": "Abyan governorate",
            "latitude": "13.93", "longitude": "46.08", "country": "Yemen (North Yemen)", "date_start": "2024-02-06 00:00:00.000", "date_end": "2024-02-07 00:00:00.000"}  # fmt: skip
    acled = {"event_id_cnty": "YEM7", "event_date": "06 February 2024", "event_type": "Explosions/Remote violence", "actor1": "AQAP", "actor2": "", "country": "Yemen",
             "admin1": "Abyan", "location": "Mudiyah", "latitude": "13.93", "longitude": "46.08", "geo_precision": "1"}  # fmt: skip
    (one,) = read_reference_list(_write(tmp_path / "ucdp.csv", [ucdp]))
    found = read_reference_list(_write(tmp_path / "acled.csv", [acled, {**acled, "event_type": "Protests"}]))
    assert len(found) == 1
    assert (one.country, one.admin1, one.start, one.end) == ("YEM", "Abyan", "2024-02-06", "2024-02-07")
    assert set(one.actors) == {"YEM", "aqap"}
    assert (found[0].country, found[0].admin1, found[0].start, found[0].actors) == ("YEM", "Abyan", "2024-02-06", ("aqap",))  # fmt: skip


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a,b\n1,2\n", "no column date_start"),
        (b"date_start,country\n2024-13-01,Yemen\n", "line 2: '2024-13-01' is no day"),
        (b"date_start,date_end,country\n2024-02-02,2024-02-01,Yemen\n", "before it begins"),
        (b"date_start,country,latitude\n2024-02-02,Yemen,95\n", "no coordinate"),
        (b"date_start,country\n", "holds no event"),
        (b"\xff\xfe\x00", "no text in UTF-8"),
        (b"\x1f\x8bnot packed", "cannot be read"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused_with_its_line(content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    with pytest.raises(InvalidReferenceList, match=says):
        read_reference_list(tmp_path / "list.csv")


# ── in a casebook

REPORTS = {
    "forecast": ("Khanfar Agency", "2025-03-03", "Security sources told Khanfar Agency that al-Qaeda is likely to attack army posts in Abyan and Shabwah before 20 March.\n"),
    "mirror": ("Mirror Post", "2025-03-04", "Security sources told Khanfar Agency that al-Qaeda is likely to attack army posts in Abyan and Shabwah before 20 March.\n"),
    "wire": ("Globe Press", "2025-03-11", "A roadside bomb killed three soldiers in Mudiyah in Abyan on Monday, a military official said.\n"),
    "calm": ("Globe Press", "2025-03-12", "Tribesmen released two teachers in Ataq in Shabwah on Tuesday, the governor said.\n"),
    "calm2": ("River Wire", "2025-03-14", "Police arrested a smuggler in Ataq in Shabwah on Thursday, an officer said.\n"),
    "calm3": ("Harbour News", "2025-03-15", "The governor met elders in Ataq in Shabwah on Friday, his office said.\n"),
}  # fmt: skip


def add(run: Run, where: str, folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        outlet, published, text = REPORTS[name]
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        done = run("add", folder / f"{name}.txt", "--outlet", outlet, "--published", published, "--casebook", where)
        assert done.returncode == 0, done.stderr
    done = run("weigh", "--casebook", where)
    assert done.returncode == 0, done.stderr


def listed(run: Run, where: str, *asked: str) -> list[dict[str, Any]]:
    done = run("warnings", "--casebook", where, "--format", "json", *asked)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_forecast_is_one_warning_however_many_pages_carry_it_and_is_scored_per_area(run_inside: Run, where: str, tmp_path: Path) -> None:  # fmt: skip
    run_inside("init", "--casebook", where)
    assert run_inside("score", "--casebook", where).returncode == 2
    add(run_inside, where, tmp_path, "forecast", "mirror")
    (kept,) = listed(run_inside, where, "--open", "--as-of", "2025-03-05")
    assert (kept["rule"]["start"], kept["rule"]["end"], kept["band"]["name"]) == ("2025-03-03", "2025-03-19", "likely")
    assert [a["admin1"] for a in kept["rule"]["areas"]] == ["Abyan", "Shabwah"]
    assert len(kept["claims"]) == 2
    assert listed(run_inside, where, "--due", "--as-of", "2025-03-21") == [{**kept, "state": "due"}]
    add(run_inside, where, tmp_path, "wire", "calm", "calm2", "calm3")
    (again,) = listed(run_inside, where)
    assert again["rule"] == kept["rule"]
    figures = json.loads(run_inside("score", "--casebook", where, "--as-of", "2025-04-01", "--json").stdout)
    assert (figures["score"]["hits"], figures["score"]["false_alarms"], figures["score"]["brier"]) == (1, 1, 0.2806)
    (scored,) = listed(run_inside, where, "--scored")
    assert [(o["area"], o["outcome"]) for o in scored["outcomes"]] == [("Abyan", "hit"), ("Shabwah", "false alarm")]
    table = run_inside("score", "--casebook", where, "--as-of", "2025-04-01").stdout.decode()
    assert "likely (68%): 1 of 2 came true" in table
    shown = run_inside("warnings", f"W{kept['number']}", "--casebook", where).stdout.decode()
    assert "which does not change" in shown
    record = run_inside("sources", "Khanfar", "--casebook", where, columns=200).stdout.decode()
    assert "Of its warnings 1 of 2 came true" in record
    assert run_inside("verify", "--casebook", where).returncode == 0


def test_a_warning_whose_claim_was_rejected_is_void(run_inside: Run, where: str, tmp_path: Path) -> None:
    run_inside("init", "--casebook", where)
    add(run_inside, where, tmp_path, "forecast")
    (kept,) = listed(run_inside, where)
    run_inside("decide", f"C{kept['claim']}", "reject", "--reason", "said of another year", "--casebook", where)
    run_inside("weigh", "--casebook", where)
    (void,) = listed(run_inside, where)
    assert void["state"] == "void"
    assert (
        json.loads(run_inside("score", "--casebook", where, "--as-of", "2025-04-01", "--json").stdout)["score"]["void"]
        == 2
    )


def test_a_person_s_grade_stands_beside_the_derived_one_and_wins(run_inside: Run, where: str, tmp_path: Path) -> None:
    run_inside("init", "--casebook", where)
    add(run_inside, where, tmp_path, "forecast", "wire")
    bomb = next(
        json.loads(line)
        for line in run_inside(
            "incidents", "--casebook", where, "--place", "Mudiyah", "--format", "json"
        ).stdout.splitlines()
    )
    number = f"I{bomb['number']}"
    assert run_inside("grade", number, "B9", "--reason", "x", "--casebook", where).returncode == 2
    assert (
        b"B2"
        in run_inside("grade", number, "b2", "--reason", "seen on film", "--casebook", where, "--as", "Amal").stdout
    )
    shown = run_inside("incident", number, "--casebook", where).stdout.decode()
    assert "Graded B2 by Amal: seen on film" in shown
    assert "Derived grade F" in shown
    rows = list(
        csv.DictReader(run_inside("incidents", "--casebook", where, "--format", "csv").stdout.decode().splitlines())
    )
    assert {row["grade"] for row in rows if row["incident"] == str(bomb["number"])} == {"B2"}
    assert b"as derived" in run_inside("grade", number, "none", "--reason", "a mistake", "--casebook", where).stdout
    run_inside("grade", number, "A6", "--reason", "cannot be judged", "--casebook", where)
    figures = json.loads(run_inside("score", "--casebook", where, "--as-of", "2025-04-01", "--json").stdout)
    assert figures["score"]["hits"] == 0
    run_inside("grade", "Globe Press", "C", "--reason", "years of it", "--casebook", where)
    run_inside("weigh", "--casebook", where)
    derived = json.loads(run_inside("incident", number, "--casebook", where, "--json").stdout)["grade"]
    assert derived["reliability"] == "C"
    assert any("by a person" in reason for reason in derived["reasons"])
