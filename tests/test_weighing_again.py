"""Weighing what is new gives what weighing everything gives, whatever comes in, is taken back or is decided, and in whatever order."""

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from reportedly import Claim, Report
from reportedly.casebook.casebook import Casebook
from reportedly.casebook.connection import engine_for
from reportedly.desk.weigh_casebook import weigh_casebook
from reportedly.model.acquisition import Acquisition, Original, now
from reportedly.model.record import ReaderVersion, Reading, ReportHeader
from tests.casebooks import Result

TOWNS = {
    "Alpha": ("MLI", "Gao", 16.0, 0.1),
    "Beta": ("MLI", "Gao", 16.1, 0.2),
    "Gamma": ("MLI", "Kidal", 18.4, 1.4),
    "Delta": ("NER", "Tahoua", 14.9, 5.2),
}
DEEDS = {"attacked": "ASSAULT", "seized": "COERCE", "visited": "CONSULT"}
GROUPS = ("Northern Front", "Red Guard", "Hill Army")
SOURCES = {
    "residents": "local",
    "the Hill Army": "armed_group",
    "a doctor": "medical",
    "Wire One": "agency",
    "Outlet 2": "local",
}
NAMED = frozenset({"the Hill Army", "Wire One", "Outlet 2"})
WORDS = "market road bridge convoy river school hill gate night dawn trucks grain wounded farmers cattle fuel water clinic border camp".split()
FURNITURE = (
    "Follow our channel on every platform for the latest news from all of the region day and night.",
    "Our standards and principles are those of a free press and may be read on our page.",
)
DERIVED = (
    "incident_claims", "incident_origins", "source_tallies", "source_names", "copies", "source_records", "weighed_claims", "weighed_reports", "passage_keys", "warning_claims",
    "warning_subjects", "warning_areas", "incident_relations",
)  # fmt: skip


class PatternReader:
    """Reads the one form of sentence that `sentence` writes, so that hundreds of reports are read in no time."""

    sends_to: str | None = None
    version = ReaderVersion(name="pattern", version="1")

    def read(self, report: Report) -> Result:
        claims, at = [], 0
        for line in report.text.split("\n"):
            if line.startswith("The "):
                claims.append(claim_in(line, at, report))
            at += len(line) + 1
        header = ReportHeader(
            id="sha256:" + hashlib.sha256(report.text.encode()).hexdigest(), title=None, outlet=report.outlet, url=report.url,
            published=report.published, language="en", characters=len(report.text),
        )  # fmt: skip
        return Result(Reading(schema=1, report=header, reader=self.version, claims=tuple(claims)))


def claim_in(line: str, start: int, report: Report) -> Claim:
    def span(words: str) -> dict[str, object]:
        at = start + line.index(words)
        return {"start": at, "end": at + len(words), "text": words}

    group, verb = next(g for g in GROUPS if g in line), next(v for v in DEEDS if v in line)
    town = next(t for t in TOWNS if f" of {t}" in line)
    source = next(s for s in SOURCES if line.endswith(f", {s} said."))
    toll, day = line.split("where ")[1].split()[0], line.split(" on day ")[1].split(",")[0]
    country, admin1, lat, lon = TOWNS[town]
    place = {"mention": span(town), "name": town, "country": country, "admin1": admin1, "lat": lat, "lon": lon}
    when = {"mention": None, "start": f"2024-05-{int(day):02}", "end": f"2024-05-{int(day):02}", "precision": "day"}
    return Claim.model_validate(
        {
            "id": hashlib.sha256(f"{report.text}{start}".encode()).hexdigest()[:16], "sentence": span(line), "trigger": span(verb),
            "event": {"type": DEEDS[verb], "mode": None}, "actors": [{"mention": span(group), "name": group}], "recipients": [], "means": [],
            "targets": [], "toll": {"killed": {"low": int(toll), "high": int(toll), "mention": span(f"{toll} died")}},
            "places": [] if "somewhere" in line else [place], "time": None if "lately" in line else when,
            "status": {"kind": "planned" if "will be" in line else "occurred", "polarity": "-" if "never" in line else "+"},
            "attribution": [
                {"source": {"name": report.outlet, "mention": None, "type": "outlet", "anonymous": False}},
                {"source": {"name": source if source in NAMED else None, "mention": span(source), "type": SOURCES[source], "anonymous": source not in NAMED}},
            ],
            "wording": [], "notes": [],
        }
    )  # fmt: skip


def sentence(rng: random.Random, group: str | None = None, town: str | None = None) -> str:
    how = rng.choice(["", "", "never ", "will be ", "lately ", "somewhere "])
    deed, words = rng.choice(list(DEEDS)), " ".join(rng.sample(WORDS, 5))
    return (
        f"The {group or rng.choice(GROUPS)} {how}{deed} the {words} of {town or rng.choice(list(TOWNS))} on day {rng.randint(1, 6)}, "
        f"where {rng.randint(1, 4)} died, {rng.choice(list(SOURCES))} said."
    )


def a_text(rng: random.Random, told: list[str]) -> str:
    """Sentences, half of them as others have told them, some a little reworded; and what a paper prints under everything."""
    lines: list[str] = []
    for _ in range(rng.randint(1, 4)):
        if told and rng.random() < 0.5:
            line = rng.choice(told)
            lines.append(line.replace("the ", "a ", 1) if rng.random() < 0.3 else line)
        else:
            told.append(sentence(rng))
            lines.append(told[-1])
    return "\n".join([*lines, rng.choice(FURNITURE)] if rng.random() < 0.4 else lines)


def keep(casebook: Casebook, url: str, text: str, outlet: str, published: str | None) -> None:
    report = Report(text=text, title=None, outlet=outlet, url=url, published=published)
    kept = casebook.keep(Acquisition(Original(text.encode(), "text/plain", url, now(), "tests", url), report, None))
    casebook.read(kept.version, PatternReader())


def take_in(casebook: Casebook, rng: random.Random, urls: list[str], told: list[str]) -> None:
    """A new report, or another version of one."""
    if not urls or rng.random() < 0.85:
        urls.append(f"https://example.org/{len(urls)}")
        url = urls[-1]
    else:
        url = rng.choice(urls)
    outlet = rng.choice(["Outlet 0", "Outlet 1", "Outlet 2", "Outlet 3", "Wire One", "Reuters"])
    days = [None, "2024-05-03T10:00", *(f"2024-05-{day:02}" for day in range(1, 9))]
    keep(casebook, url, a_text(rng, told), outlet, rng.choice(days))


def decide(casebook: Casebook, rng: random.Random) -> None:
    """What a person does: reject, accept, edit, merge or split."""
    claims = [row.id for row in casebook.claims()]
    if len(claims) < 2:
        return
    one, other = rng.sample(claims, 2)
    kind = rng.random()
    if kind < 0.4:
        casebook.decide(one, rng.choice(["reject", "accept", "withdraw"]), "because")
    elif kind < 0.6:
        casebook.decide(one, "edit", "because", {"status.polarity": rng.choice("+-")})
    else:
        casebook.group(one, other, rng.random() < 0.5, "because")


def derived(where: str | Path) -> dict[str, list[Any]]:
    """All that weighing has put into a casebook, with the numbers that incidents have."""
    engine = engine_for(str(where))
    with engine.connect() as database:
        found = {
            table: sorted((tuple(row) for row in database.execute(text(f"SELECT * FROM {table}"))), key=repr)
            for table in DERIVED
        }
    engine.dispose()
    with Casebook.open(where) as casebook:
        found["incidents"] = [
            (row.number, row.last_told, row.incident.model_dump()) for row in casebook.incidents(limit=10_000)
        ]
    return found


def assert_as_weighed_anew(casebook: Casebook, folder: str | Path) -> None:
    renewed = weigh_casebook(casebook)
    assert renewed is None or not renewed.anew
    found = derived(folder)
    weigh_casebook(casebook, again=True)
    assert found == derived(folder)


def work_on(casebook: Casebook, where: str | Path, rng: random.Random) -> None:
    """Some rounds of taking in and deciding, each weighed by itself and then with everything."""
    urls: list[str] = []
    told: list[str] = []
    weigh_casebook(casebook)
    for _ in range(rng.randint(2, 6)):
        for _ in range(rng.randint(1, 5)):
            if urls and rng.random() < 0.3:
                decide(casebook, rng)
            else:
                take_in(casebook, rng, urls, told)
        assert_as_weighed_anew(casebook, where)


@given(seed=st.integers(min_value=0, max_value=2**32))
@settings(max_examples=12, deadline=None)
def test_what_is_new_is_weighed_as_if_all_were(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("again") / "casebook"
    with Casebook.create(folder, "tests") as casebook:
        work_on(casebook, folder, random.Random(seed))


def test_it_is_so_on_either_database(casebook: Casebook, where: str) -> None:
    work_on(casebook, where, random.Random(11))


@pytest.fixture
def crowded(tmp_path: Path) -> Path:
    """A casebook of 395 claims in one country and week, all in one sentence of the same words but for names and numbers."""
    folder = tmp_path / "casebook"
    with Casebook.create(folder, "tests") as casebook:
        for number in range(395):
            day = 1 + number % 4
            text = f"The Red Guard attacked the {' '.join(WORDS[:5])} of Alpha on day {day}, where {number} died, residents said."
            keep(casebook, f"https://example.org/{number}", text, f"Outlet {number % 7}", f"2024-05-{day + 1:02}")
        weigh_casebook(casebook)
    return folder


def test_a_block_and_a_passage_that_become_crowded_are_weighed_as_if_all_were(crowded: Path) -> None:
    with Casebook.open(crowded) as casebook:
        for number in range(395, 405):  # more than 400 claims are no longer compared all with all
            text = f"The Red Guard attacked the {' '.join(WORDS[:5])} of Beta on day 2, where {number} died, a doctor said."
            keep(
                casebook, f"https://example.org/{number}", text, "Outlet 8", "2024-05-01"
            )  # earlier than what is there
        assert_as_weighed_anew(casebook, crowded)
        for claim in list(casebook.claims(limit=8)):
            casebook.decide(claim.id, "reject", "because")
        assert_as_weighed_anew(casebook, crowded)


def test_a_source_s_letter_changes_the_grades_of_its_incidents_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "casebook"
    with Casebook.create(folder, "tests") as casebook:
        keep(
            casebook,
            "https://example.org/1",
            sentence(random.Random(1), town="Alpha").replace("never ", ""),
            "Outlet 1",
            "2024-05-08",
        )
        weigh_casebook(casebook)
        (before,) = casebook.incidents()
        assert before.incident.grade.reliability == "F"
        casebook.grade_source(before.incident.origins[0].key, "B", "known for years")
        (after,) = casebook.incidents()
        assert after.incident.grade.reliability == "B"
        assert weigh_casebook(casebook) is None


def test_an_incident_s_number_is_never_given_to_another(tmp_path: Path) -> None:
    folder = tmp_path / "casebook"
    with Casebook.create(folder, "tests") as casebook:
        keep(casebook, "https://example.org/1", "The Red Guard attacked the old gate of Alpha on day 1, where 3 died, residents said.", "A", "2024-05-02")  # fmt: skip
        keep(casebook, "https://example.org/2", "The Hill Army visited the new camp of Delta on day 5, where 1 died, a doctor said.", "B", "2024-05-06")  # fmt: skip
        weigh_casebook(casebook)
        last = max(casebook.incidents(), key=lambda row: row.number)
        casebook.decide(last.incident.claims[0], "reject", "not told there")
        weigh_casebook(casebook)
        keep(casebook, "https://example.org/3", "The Hill Army seized the dry bridge of Gamma on day 3, where 2 died, a doctor said.", "C", "2024-05-04")  # fmt: skip
        weigh_casebook(casebook)
        assert max(row.number for row in casebook.incidents()) == last.number + 1


def test_nothing_new_is_told_so_and_a_second_sight_of_a_report_is_nothing_new(tmp_path: Path) -> None:
    folder = tmp_path / "casebook"
    with Casebook.create(folder, "tests") as casebook:
        line = sentence(random.Random(2))
        keep(casebook, "https://example.org/1", line, "Outlet 1", "2024-05-08")
        assert (first := weigh_casebook(casebook)) is not None
        assert first.anew
        keep(casebook, "https://example.org/1", line, "Outlet 1", "2024-05-08")
        assert weigh_casebook(casebook) is None
        casebook.rebuild()
        assert (again := weigh_casebook(casebook)) is not None
        assert again.anew
        assert json.dumps([i.key for i in again.incidents]) == json.dumps([i.key for i in first.incidents])
