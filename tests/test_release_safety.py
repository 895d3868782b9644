"""A release hurts nobody: what must not leave does not, in any file of any format, nor by laying two releases side by side."""

import csv
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import stix2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.casebook.casebook import Casebook
from reportedly.desk.weigh_casebook import weigh_casebook
from reportedly.knowledge.offices import is_body, is_in_office
from reportedly.knowledge.release_profiles import profile_named
from reportedly.knowledge.sensitive import categories_in
from reportedly.model.release import PLACE_LEVELS, TIME_LEVELS, KeptClaim, ReleasedEvent, ReleasedPlace
from reportedly.release import small_cells
from reportedly.release.cleaning import cell, line, plain
from reportedly.release.protecting import Guard, level_of, time_level_of
from reportedly.release.spool import Spool
from reportedly.release.writers import FORMATS
from tests.in_process import run_here
from tests.releases import TOWNS, claim, keep

FIELDS = (
    "actors__0__name", "recipients__0__name", "recipients__0__mention", "actors__0__mention", "actors__0__actor", "actors__0__sector",
    "event__mode", "targets__0", "means__0", "places__0__name", "places__0__mention", "places__0__admin1", "places__0__pcode", "time__mention",
    "status__phrase", "attribution__0__source__name", "attribution__1__source__name", "attribution__1__source__mention",
    "attribution__1__source__actor", "attribution__1__cue", "wording__0", "notes__0", "rendering__text", "disagreements__0__other",
    "toll__killed__mention", "sentence", "title", "outlet", "url", "location", "reason",
)  # fmt: skip
SPANS = {"recipients__0__mention", "actors__0__mention", "targets__0", "means__0", "places__0__mention", "time__mention", "status__phrase",
         "attribution__1__source__mention", "attribution__1__cue", "wording__0", "toll__killed__mention"}  # fmt: skip


def secret(number: int) -> str:
    """A private person, a telephone, a village, a clinic, a point."""
    return (
        f"Zarqanib Nuwel{number:03d}qadi", f"+223 76 {number:03d} 5519", f"Tinzawa{number:03d}ghen", f"Oumwelfi{number:03d} Clinic", f"16.2{number:03d}719",
    )[number % 5]  # fmt: skip


def told_with(
    number: int, hidden: str, path: str, town: tuple[str, str, str, float, float], day: str
) -> tuple[str, dict[str, Any]]:
    words = hidden if path == "sentence" or path in SPANS else ""
    sentence = f"Gunmen attacked soldiers in {town[0]} on round {number}{', ' if words else ''}{words}."
    changed: dict[str, Any] = {}
    span = (
        {"start": sentence.find(hidden), "end": sentence.find(hidden) + len(hidden), "text": hidden} if words else None
    )
    base = claim(sentence, town=town, day=day)
    quiet = {"start": 0, "end": 6, "text": "Gunmen"}
    base["recipients"] = [{"mention": quiet, "name": "soldiers", "sector": "MIL", "country": town[2]}]
    base["targets"], base["means"], base["wording"], base["notes"] = [quiet], [quiet], [quiet], ["note"]
    base["toll"] = {"killed": {"low": 2, "high": 2, "mention": quiet}}
    base["time"]["mention"], base["status"]["phrase"] = quiet, quiet
    source = {"name": "Tamzikelt", "mention": quiet, "type": "military", "anonymous": False, "actor": None}
    base["attribution"].append({"source": source, "cue": quiet})
    base["rendering"] = {"text": "Soldiers were attacked.", "by": {"name": "llm", "version": "1"}}
    base["disagreements"] = [{"field": "actors", "other": "x"}]
    base["places"][0]["lat"], base["places"][0]["lon"] = 16.0 + number / 1e5 + 0.271, 0.0 + number / 1e5 - 0.0447
    at: Any = base
    *parents, last = path.split("__")
    if path not in ("title", "outlet", "url", "location", "reason", "sentence"):
        for part in parents:
            at = at[int(part)] if part.isdecimal() else at[part]
        at[int(last) if last.isdecimal() else last] = span if path in SPANS else hidden
    return sentence, {**base, **changed}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A casebook with 200 secrets, one in a field each, among attacks that may be told."""
    folder, secrets = tmp_path_factory.mktemp("seeded") / "casebook", []
    with Casebook.create(folder, by="Zarqanib the keeper") as casebook:
        for number in range(200):
            hidden, path = secret(number), FIELDS[number % len(FIELDS)]
            secrets.append(hidden)
            town, day = TOWNS[number % 3], (date(2025, 1, 1) + timedelta(days=number % 90)).isoformat()
            sentence, made = told_with(number, hidden, path, town, day)
            told = {"outlet": "Reuters", "published": day, **({path: hidden} if path in ("title", "outlet") else {})}
            if path == "url":
                told["url"] = f"https://example.org/{hidden}"
            keep(casebook, [sentence], [made], hidden + ".txt" if path == "location" else f"{number}.txt", **told)
            if path == "reason":
                last = next(casebook.claims())
                casebook.decide(last.id, "accept", hidden)
                casebook.decide_on_person(hidden, True, hidden)
        weigh_casebook(casebook)
        incident = casebook.incidents()[0]
        casebook.grade_incident(incident.number, "B2", secrets[0])
    return folder, secrets


def everything_in(path: Path) -> str:
    """Whatever a file says, in any way that it can be read: raw, unpacked, its metadata, its escapes undone."""
    raw = path.read_bytes()
    said = [raw.decode("utf-8", "replace"), raw.decode("utf-16", "replace")]
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        said += [
            json.dumps(table.to_pylist(), default=str, ensure_ascii=False),
            str(table.schema.metadata),
            str(pq.read_metadata(path).to_dict()),
        ]
    joined = "\n".join(said)
    undone = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), joined)
    return f"{joined}\n{undone}".casefold()


def test_a_public_release_holds_none_of_two_hundred_secrets(
    seeded: tuple[Path, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, secrets = seeded
    done = run_here(
        monkeypatch, "release", tmp_path / "r", "--casebook", folder, "--profile", "public", "--date", "2025-09-01"
    )
    assert done.returncode == 0, done.stderr
    for form in FORMATS:
        done = run_here(
            monkeypatch,
            "export",
            "--casebook",
            folder,
            "--profile",
            "public",
            "--date",
            "2025-09-01",
            "--format",
            form,
            "--out",
            tmp_path / "r" / f"export.{form}",
        )
        assert done.returncode == 0, done.stderr
    assert len((tmp_path / "r" / "events.jsonl").read_text().splitlines()) > 50  # not by telling nothing
    numbers = [f"{16.0 + n / 1e5 + 0.271:.5f}" for n in range(200)]
    for path in (tmp_path / "r").iterdir():
        said = everything_in(path)
        found = [
            s
            for s in (*secrets, *numbers, "zarqanib", "tinzawa", "oumwelfi", "gunmen", "tamzikelt")
            if s.casefold() in said
        ]
        assert not found, path.name


def test_a_partners_release_names_no_private_person(
    seeded: tuple[Path, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, secrets = seeded
    done = run_here(
        monkeypatch, "release", tmp_path / "r", "--casebook", folder, "--profile", "partner", "--date", "2025-09-01"
    )
    assert done.returncode == 0, done.stderr
    decided = {s for n, s in enumerate(secrets) if FIELDS[n % len(FIELDS)] == "reason"}
    outlets = {s for n, s in enumerate(secrets) if FIELDS[n % len(FIELDS)] == "outlet"}
    for path in (tmp_path / "r").iterdir():
        said = everything_in(path)
        assert not [s for s in set(secrets) - decided - outlets if s.casefold() in said], path.name


# ── properties

PUBLIC = profile_named("public")
DAY = date(2025, 9, 1)
places = st.sampled_from([
    ReleasedPlace(name=name, admin1=admin1, country=country, lat=lat, lon=lon, precision=precision, admin2=name if precision == "admin2" else None)
    for name, admin1, country, lat, lon in (*TOWNS, ("Tinzawaghen", "Gao", "MLI", 16.111111, 0.222222), ("Hays", "Al Ḩudaydah", "YEM", 13.93, 43.48),
                                            ("Nowhere", "No Province", "ZZZ", 1.234567, 2.345678), ("Taiz", "Tāʻizz", "YEM", 13.57952, 44.02091))
    for precision in ("place", "near", "admin2", "admin1", "country")
] + [ReleasedPlace(), ReleasedPlace(name="Red Sea", precision="water", lat=20.123456, lon=38.654321), ReleasedPlace(name="Secret Bay", precision="water", lat=1.1, lon=2.2)])  # fmt: skip
days = st.dates(date(2024, 1, 1), date(2025, 8, 31))


@st.composite
def events(draw: st.DrawFn) -> ReleasedEvent:
    start = draw(st.none() | days)
    return ReleasedEvent(
        id=str(draw(st.uuids(version=4))), telling=draw(st.sampled_from(["happened", "ahead", "denied"])), type="ASSAULT", mode=None,
        start=start.isoformat() if start else None, end=(start + timedelta(days=draw(st.integers(0, 40)))).isoformat() if start else None,
        place=draw(places), actors=(), recipients=(), targets=("Oumwelfi Clinic",), killed=None, injured=None, captured=None, displaced=None,
        outlets=("Reuters",), source_scale=None, source_types=("witness",), reports=1, origins_low=1, origins_high=1, grade="F6", disputed=(),
        claims=(1,), reviewed=False,
    )  # fmt: skip


def told_on(many: list[ReleasedEvent], day: date) -> dict[str, ReleasedEvent]:
    guard = Guard(PUBLIC, day)
    kept = KeptClaim.model_validate({"number": 1, "report": 1, "state": "undecided", "claim": claim("Gunmen attacked a convoy in Gao."),
                                     "outlet": None, "published": "2024-01-01", "title": None, "url": None})  # fmt: skip
    spool: Spool[ReleasedEvent] = Spool(ReleasedEvent)
    for event in many:
        safe = guard.event(event, [kept])
        if safe is not None:
            spool.add(safe, safe.id.encode())
    found = {event.id: event for event in small_cells.told(spool, small_cells.merge(spool, guard), guard)}
    spool.close()
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(events(), max_size=30))
def test_no_coordinate_is_finer_than_the_profile_allows(many: list[ReleasedEvent]) -> None:
    raw = {
        (e.place.lat, e.place.lon)
        for e in many
        if e.place.precision in ("place", "near", "water") and e.place.lat is not None
    }
    for event in told_on(many, DAY).values():
        assert level_of(event.place) >= PLACE_LEVELS.index(PUBLIC.places.finest)
        assert event.place.precision not in ("place", "near")
        assert event.place.admin2 is not None or (event.place.lat, event.place.lon) not in raw
        assert not event.targets
        assert not event.claims
        assert event.end is None or date.fromisoformat(event.end) + timedelta(days=PUBLIC.times.withhold_days) <= DAY


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(events(), max_size=40), st.integers(0, 40), st.integers(0, 400))
def test_two_releases_tell_no_more_than_the_finer_of_them(many: list[ReleasedEvent], first: int, later: int) -> None:
    """Of any two forms of one event one is finer in every way, so that laying them side by side adds nothing (differencing)."""
    one, other = told_on(many[:first], DAY), told_on(many, DAY + timedelta(days=later))
    for uid in one.keys() & other.keys():
        a, b = one[uid], other[uid]
        by_place, by_time = level_of(a.place) - level_of(b.place), time_level_of(a) - time_level_of(b)
        assert by_place * by_time >= 0, (a, b)
        finer, coarser = (a, b) if (by_place, by_time) <= (0, 0) else (b, a)
        guard = Guard(PUBLIC, DAY)
        assert (
            guard.at_rung(finer, PLACE_LEVELS[level_of(coarser.place)], TIME_LEVELS[time_level_of(coarser)]).place
            == coarser.place
        )


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(events(), min_size=1, max_size=40))
def test_nothing_stands_almost_alone(many: list[ReleasedEvent]) -> None:
    told = list(told_on(many, DAY).values())
    for event in told:
        beside = [
            o for o in told if o.place.country == event.place.country and (o.start or "")[:4] == (event.start or "")[:4]
        ]
        assert len(beside) >= PUBLIC.small_cells.least


# ── hostile text

NASTY = ('=HYPERLINK("http://x")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\tcell", "\u202egnp.exe", "a\u001b[31m", "\ufeff=1+1", "＝1+1", "x" * 200_000, "line\u2028\u2029\r\nbreak", "\"';--")  # fmt: skip


def test_hostile_text_is_harmless_in_every_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Casebook.create(tmp_path / "c") as casebook:
        for number, nasty in enumerate(NASTY):
            sentence = f"Gunmen attacked {nasty} in Gao on round {number}."
            made = claim(sentence, actors__0__name=nasty, places__0__name=nasty, day=f"2025-03-{number + 1:02d}")
            keep(casebook, [sentence], [made], f"{number}.txt", title=nasty, outlet=nasty)
        weigh_casebook(casebook)
    done = run_here(monkeypatch, "release", tmp_path / "r", "--casebook", tmp_path / "c", "--profile", "internal")
    assert done.returncode == 0, done.stderr
    csv.field_size_limit(10**7)
    for path in (tmp_path / "r").iterdir():
        if path.suffix != ".parquet":
            text = path.read_bytes().decode()
            assert not set(text) & set("\u202e\u0000\u001b\ufeff\u2028\u2029"), path.name
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.reader(file):
                    assert all(
                        not value.startswith(("=", "@", "\t", "\r", "＝")) and len(value) <= 32_767 for value in row
                    )
    bundle = stix2.parse((tmp_path / "r" / "events.stix.json").read_text(encoding="utf-8"))
    assert len(bundle.objects) > len(NASTY)


@given(st.text(st.characters(), max_size=60))
def test_cleaned_text_shows_what_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert not set(plain(text)) & set("\u202e\u202d\u2066\u200b\u0000\u001b\n\r")
    plain(text).encode()
    assert json.loads(line({"x": text})) == {
        "x": "".join(
            "\ufffd"
            if "\ud800" <= c <= "\udfff"
            or c in "\ufffe\uffff"
            or (ord(c) & 0xFFFF >= 0xFFFE and 0x1FFFE <= ord(c) <= 0x1FFFF)
            else c
            for c in text
        )
    }
    assert len(cell(text)) < 2 or cell(text)[0] not in "=+-@"


# ── the words


@pytest.mark.parametrize(("text", "found"), [
    ("Shells hit two clinics in the town", {"medical"}), ("families hiding in a shelter", {"shelter"}), ("an aid worker was seized", {"aid"}),
    ("قصفت الطائرات المستشفى", {"medical"}), ("обстреляли больницу", {"medical"}), ("el hospital fue atacado", {"medical"}),
    ("troops shelled the ridge", set()),
])  # fmt: skip
def test_words_that_tell_where_people_are(text: str, found: set[str]) -> None:
    assert found <= categories_in([text])
    assert bool(categories_in([text])) == bool(found)


@pytest.mark.parametrize(("name", "sentence", "leaves"), [
    ("Omar Example", "President Omar Example said so.", True), ("President Omar Example", "President Omar Example said so.", True),
    ("Omar Example", "Omar Example, the prime minister, said so.", True), ("Omar Example", "Omar Example, Mali's interim president, left.", True),
    ("Omar Example", "They shot Omar Example, the governor said.", False), ("Omar Example", "They shot Omar Example, the governor of Kassala said.", False),
    ("Omar Example", "They shot Omar Example, the governor, Ali Hassan, said.", False),
    ("Omar Example", "The governor of South Darfur, Omar Example, was received.", True), ("Example", "Foreign Minister Omar Example flew home.", True),
    ("Omar Example", "The president said that Omar Example fled.", False), ("Omar Example", "Omar Example, a farmer, said so.", False),
    ("Omar Example", "The president's driver Omar Example was shot.", False), ("Omar Example", "The governor of Kassala received Omar Example.", False),
    ("Omar Example", "The governor received Omar Example.", False), ("Omar Example", "Omar Example, brother of the minister, was shot.", False),
    ("Omar Example", "Omar Example, driver of the president, was shot.", False), ("Mona Example", "President Omar, Mona Example and others left.", False),
    ("Mona Example", "President Omar's wife Mona Example left.", False), ("Omar Example", "Omar Example, whose uncle is governor, fled.", False),
    ("mayor of Oumwelfi", "The mayor of Oumwelfi said so.", False),
])  # fmt: skip
def test_only_those_in_office_are_named(name: str, sentence: str, leaves: bool) -> None:
    assert is_in_office(name, sentence) == leaves


@pytest.mark.parametrize(
    ("name", "leaves"),
    [
        ("Ministry of Water", True), ("local residents", True), ("Gunmen", True), ("the Lakeside Defence Force", True), ("Malian army", True),
        ("Mali's foreign ministry", True), ("a UN official in Gao", True), ("A spokesman for the coalition", True), ("the interim president", True),
        ("Radio Lakeside", True), ("Third Battalion", True), ("Omar Example", False), ("omar example", False), ("+223 76 12", False), ("محمد صالح", False), ("Omar", False),
        ("Sheikh Omar", False), ("forces loyal to Omar Example", False), ("Omar Example's militia", False), ("militia of Omar-Example", False),
        ("Colonel Example of the army", False), ("Omar Example, of the water committee", False), ("a driver of the agency in Oumwelfi", False),
        ("COLONEL OMAR, ARMY", False), ("the army's Captain Example", False), ("Ali's militia", False), ("OMAR", False), ("bishop of Djibo", False), ("elders of the Example council", False),
    ],
)  # fmt: skip
def test_only_bodies_in_which_no_person_or_village_is_named_keep_their_names(name: str, leaves: bool) -> None:
    assert is_body(name) == leaves


def test_in_a_text_without_capitals_a_rare_word_may_be_a_name() -> None:
    assert is_body("the revolutionary militia", "The revolutionary militia left Gao.")
    assert not is_body("omarek militia", "they say omarek militia left gao")
