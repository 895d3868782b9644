"""The casebook's promises, over both databases: nothing is lost, doubled or overwritten, and what it says can be proven."""

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from reportedly import Reader, ReportedlyError
from reportedly.casebook.agreement import alpha, interval
from reportedly.casebook.casebook import Casebook
from reportedly.casebook.connection import engine_for
from reportedly.casebook.facets import Filter
from reportedly.casebook.feeds import check_feed, trouble
from reportedly.casebook.taking_in import Taken, take_in
from reportedly.errors import CasebookUnavailable, InvalidBackup, InvalidDecision, NoCasebook, NotInCasebook
from reportedly.model.acquisition import Failure, FeedRead, Original, Response, Unchanged, now

from .casebooks import PlainReader, acquisition, utc

GAO = "Rebels attacked Gao on Tuesday.\nThe market was shut."
KIDAL = "Gunmen attacked Kidal at dawn.\nBandits attacked Ber too."


def read_in(casebook: Casebook, *texts: str, reader: PlainReader | None = None, **told: str) -> list[int]:
    """Keep and read texts; gives the reports' numbers."""
    outcomes = [acquisition(t, f"inbox/{n}.txt", **told) for n, t in enumerate(texts)]
    return [
        step.kept.report for step in take_in(casebook, outcomes, reader or PlainReader()) if isinstance(step, Taken)
    ]


# ── taking in


def test_a_report_is_kept_with_its_original_and_read(casebook: Casebook) -> None:
    taken = acquisition(GAO, "https://example.org/gao")
    kept = casebook.keep(taken)
    assert (kept.report, kept.number, kept.news) == (1, 1, "new")
    assert casebook.read(kept.version, PlainReader()) == (1, None)
    assert casebook.original(taken.original.sha256) == GAO.encode()
    history = casebook.report(1)
    assert history.versions[0]["published_from"] == "whoever added it"
    assert json.loads(history.sightings[0]["headers"]) == [["ETag", f'"{len(GAO)}"']]
    assert [entry["action"] for entry in history.custody] == ["took in a report", "read a report"]
    (claim,) = casebook.claims()
    assert claim.claim.places[0].name == "Gao"


def test_the_same_report_again_is_a_sighting_not_a_report(casebook: Casebook) -> None:
    first = casebook.keep(acquisition(GAO, "https://example.org/gao", seen_at=utc(2025, 3, 5)))
    again = casebook.keep(acquisition(GAO, "https://example.org/gao", seen_at=utc(2025, 3, 6)))
    mirrored = casebook.keep(acquisition(GAO, "https://www.example.org/print/gao"))
    as_file = casebook.keep(acquisition(GAO, "inbox/saved.txt"))
    assert [kept.news for kept in (again, mirrored, as_file)] == ["seen again"] * 3
    assert {kept.report for kept in (first, again, mirrored, as_file)} == {1}
    assert next(iter(casebook.reports())).sightings == 4
    assert [s["seen_at"] for s in casebook.report(1).sightings[:2]] == [utc(2025, 3, 5), utc(2025, 3, 6)]


def test_a_copy_by_another_outlet_is_another_report(casebook: Casebook) -> None:
    casebook.keep(acquisition(GAO, "https://example.org/gao"))
    copy = casebook.keep(acquisition(GAO, "https://other.example/gao", outlet="Other Wire"))
    daily = casebook.keep(acquisition(GAO, "inbox/next-day.txt", published="2025-03-06"))
    assert (copy.report, daily.report) == (2, 3)


def test_a_changed_page_is_a_new_version_and_both_stay(casebook: Casebook) -> None:
    url = "https://example.org/page"
    read_in_one = [acquisition(GAO, url), acquisition(GAO + "\nBandits attacked Ber.", url), acquisition(GAO, url)]
    steps = [step for step in take_in(casebook, read_in_one, PlainReader()) if isinstance(step, Taken)]
    assert [(s.kept.news, s.kept.number) for s in steps] == [("new", 1), ("changed", 2), ("seen again", 1)]
    history = casebook.report(1)
    assert [v["text"] for v in history.versions] == [GAO, GAO + "\nBandits attacked Ber."]
    assert history.present == 1, "what was seen last counts"
    assert len(list(casebook.claims())) == 1
    assert [s.claims for s in steps] == [1, 2, None], "the first version has been read already"


def test_a_changed_headline_alone_is_a_new_version(casebook: Casebook) -> None:
    url = "https://example.org/page"
    casebook.keep(acquisition(GAO, url, title="Attack"))
    assert casebook.keep(acquisition(GAO, url, title="Clash")).news == "changed"


def test_what_was_known_of_a_report_is_not_lost_when_a_poorer_copy_is_seen(casebook: Casebook) -> None:
    casebook.keep(acquisition(GAO, "https://example.org/gao", title="Attack"))
    kept = casebook.keep(acquisition(GAO, "inbox/gao.txt", outlet=None, published=None))
    assert kept.news == "seen again"
    row = next(iter(casebook.reports()))
    assert (row.title, row.outlet, row.published, row.url) == (
        "Attack",
        "Example Wire",
        "2025-03-05",
        "https://example.org/gao",
    )


def test_an_answer_that_nothing_changed_is_a_sighting(casebook: Casebook) -> None:
    url = "https://example.org/gao"
    casebook.keep(acquisition(GAO, url))
    assert casebook.last_answer(url)["etag"] == f'"{len(GAO)}"'
    unchanged = Unchanged(url, url, now(), Response(304, ()), "tests")
    kept = casebook.keep_unchanged(unchanged)
    assert kept is not None
    assert kept.report == 1
    assert casebook.report(1).sightings[1]["original_sha256"] is None
    assert casebook.keep_unchanged(Unchanged("https://nowhere.example/", "", now(), Response(304, ()), "tests")) is None


def test_what_a_reader_cannot_read_is_kept_and_says_so(casebook: Casebook) -> None:
    read_in(casebook, "This is unreadable.")
    (row,) = casebook.reports()
    assert row.problem == "the report is in no language"
    assert row.claims == 0


def test_a_reader_that_breaks_does_not_stop_the_others(casebook: Casebook) -> None:
    class Breaking(PlainReader):
        def read(self, report):  # type: ignore[no-untyped-def]
            if "Kidal" in report.text:
                raise ZeroDivisionError("oops")
            return super().read(report)

    assert read_in(casebook, GAO, KIDAL, "Thieves attacked Ber.", reader=Breaking()) == [1, 2, 3]
    assert [row.problem for row in casebook.reports()] == [None, "the reader failed (ZeroDivisionError: oops)", None]


def test_names_that_are_no_text_are_kept_as_far_as_they_are(casebook: Casebook) -> None:
    odd = acquisition(GAO, "inbox/\udcff\x00.txt")
    assert casebook.keep(odd).location == "inbox/?\ufffd.txt"
    assert casebook.verify().faults == []


def test_a_report_that_no_database_can_hold_is_a_line_and_the_rest_is_kept(casebook: Casebook) -> None:
    broken = acquisition(GAO, "a.txt", title="half \udcff of a pair")
    steps = list(take_in(casebook, [broken, acquisition(KIDAL, "b.txt")], PlainReader()))
    assert [type(step) for step in steps] == [Failure, Taken]


# ── reading again


def test_a_newer_reader_reads_again_and_older_readings_stay(casebook: Casebook) -> None:
    read_in(casebook, GAO, KIDAL)
    newer = PlainReader("2")
    assert casebook.count_unread(newer.version) == 2
    for item in list(casebook.unread(newer.version)):
        casebook.read(item.version, newer)
    assert casebook.count_unread(newer.version) == 0
    assert casebook.read(1, newer) == (0, None), "the same reader adds nothing a second time"
    assert [r["reader_version"] for r in casebook.report(1).readings] == ["1", "2"]
    assert len(list(casebook.claims())) == 3, "only the last reading's claims count"
    assert casebook.verify().claims == 6, "all stay"


def test_decisions_hold_for_the_same_claim_of_a_newer_reading(casebook: Casebook) -> None:
    read_in(casebook, GAO, KIDAL)
    kidal = next(row.id for row in casebook.claims(Filter(place="Kidal")))
    gao = next(row.id for row in casebook.claims(Filter(text="gao tuesday")))
    casebook.decide(kidal, "edit", "it says so", {"status.certainty": "possible"}, by="Ann")
    casebook.decide(gao, "reject", "not in the report", by="Ann")
    for item in list(casebook.unread(PlainReader("2").version)):
        casebook.read(item.version, PlainReader("2"))
    assert [row.claim.status.certainty for row in casebook.claims(Filter(place="Kidal"))][-1] == "possible"
    assert [row.state for row in casebook.claims(Filter(state="any", text="gao tuesday"))] == ["rejected"]


def test_a_failed_reading_does_not_displace_a_good_one(casebook: Casebook) -> None:
    class Failing(PlainReader):
        def read(self, report):  # type: ignore[no-untyped-def]
            raise ValueError(report.title)

    read_in(casebook, GAO)
    casebook.read(1, Failing("3"))
    assert len(list(casebook.claims())) == 1


# ── lists


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Filter(), ["Ber", "Kidal", "Gao"]),
        (Filter(place="Kidal"), ["Kidal"]),
        (Filter(place="kídal"), ["Kidal"]),
        (Filter(place="Mali"), ["Ber", "Kidal", "Gao"]),
        (Filter(place="Gao"), ["Ber", "Kidal", "Gao"]),
        (Filter(place="Paris"), []),
        (Filter(actor="gunmen"), ["Kidal"]),
        (Filter(event="ASSAULT"), ["Ber", "Kidal", "Gao"]),
        (Filter(event="ASSAULT/drone"), []),
        (Filter(status="occurred"), ["Ber", "Kidal", "Gao"]),
        (Filter(status="denied"), []),
        (Filter(source="Bandits"), ["Ber"]),
        (Filter(source_type="local"), ["Ber", "Kidal", "Gao"]),
        (Filter(source_type="un"), []),
        (Filter(outlet="example wire"), ["Ber", "Kidal", "Gao"]),
        (Filter(outlet="Other"), []),
        (Filter(start="2025-03-04", end="2025-03-04"), ["Ber", "Kidal", "Gao"]),
        (Filter(start="2025-03-05"), []),
        (Filter(end="2025-03-03"), []),
        (Filter(start="1999-01-01", end="2025-12-31"), ["Ber", "Kidal", "Gao"]),
        (Filter(published_start="2025-03-05", published_end="2025-03-05"), ["Ber", "Kidal", "Gao"]),
        (Filter(published_start="2025-03-06"), []),
        (Filter(end="0198-03-13"), []),  # a window before all that is asked for by default is an empty one, and no error
        (Filter(published_start="2951-01-01"), []),
        (Filter(text="attacked dawn"), ["Kidal"]),
        (Filter(text='"attacked kidal"'), ["Kidal"]),
        (Filter(text='"kidal attacked"'), []),
        (Filter(text="tues*"), ["Gao"]),
        (Filter(text="OR AND NOT ( ' \" : *"), []),
        (Filter(place="Kidal", text="dawn", status="occurred", outlet="Example Wire"), ["Kidal"]),
        (Filter(state="accepted"), []),
    ],
)  # fmt: skip
def test_claims_are_found_by(casebook: Casebook, asked: Filter, expected: list[str]) -> None:
    read_in(casebook, GAO, KIDAL)
    assert [row.claim.places[0].name for row in casebook.claims(asked)] == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Filter(), [3, 2, 1]), (Filter(text="market"), [1]), (Filter(text="shut*"), [1]), (Filter(outlet="Example Wire"), [3, 2, 1]),
        (Filter(published_end="2025-03-01"), []), (Filter(place="Kidal"), [2]), (Filter(event="ASSAULT", text="dawn"), [2]),
        (Filter(event="ASSAULT"), [2, 1]), (Filter(text="nothing"), [3]), (Filter(place="Gao", text="market"), [1]), (Filter(source_type="un"), []),
    ],
)  # fmt: skip
def test_reports_are_found_by(casebook: Casebook, asked: Filter, expected: list[int]) -> None:
    read_in(casebook, GAO, KIDAL, "There is nothing in it.")
    assert [row.id for row in casebook.reports(asked)] == expected


def test_lists_go_on_where_a_page_ended(casebook: Casebook) -> None:
    read_in(casebook, *(f"Rebels attacked Gao.\nRebels attacked Village{n}." for n in range(30)))
    everything = [row.id for row in casebook.claims()]
    assert everything == sorted(everything, reverse=True)
    first = list(casebook.claims(limit=25))
    rest = list(casebook.claims(before=first[-1].id))
    assert [row.id for row in first + rest] == everything
    assert [row.id for row in casebook.reports(limit=7)] == [30, 29, 28, 27, 26, 25, 24]
    assert len(list(casebook.reports(Filter(place="Gao", event="ASSAULT")))) == 30


def test_sources_are_counted(casebook: Casebook) -> None:
    read_in(casebook, GAO, KIDAL, "Rebels attacked Menaka.")
    found = {(row.outlet, row.name): row.claims for row in casebook.sources()}
    assert found == {("Example Wire", "Rebels"): 2, ("Example Wire", "Gunmen"): 1, ("Example Wire", "Bandits"): 1}
    assert [row.name for row in casebook.sources(Filter(place="Kidal"))] == ["Gunmen"]


def test_the_rules_readings_are_found_by_places_and_actors_in_other_spellings(
    casebook: Casebook, reader: Reader
) -> None:
    casebook.keep(acquisition("Houthi fighters shelled a village near Hodeidah on Monday, residents said."))
    casebook.read(1, reader)
    for asked in (
        Filter(place="al-Hudaydah"),
        Filter(actor="Ansar Allah"),
        Filter(place="Yemen", actor="Houthis", event="ASSAULT"),
    ):
        assert len(list(casebook.claims(asked))) == 1, asked


# ── decisions


def test_an_edit_stands_beside_the_machines_value(casebook: Casebook) -> None:
    read_in(casebook, GAO)
    casebook.decide(
        1, "edit", "a plan, says the text", {"status.kind": "planned", "actors.0.name": "Example Front"}, by="Ann"
    )
    history = casebook.claim(1)
    assert (history.machine.status.kind, history.claim.status.kind, history.state) == ("occurred", "planned", "edited")
    (decision,) = history.decisions
    assert decision.machine == {"status.kind": "occurred", "actors.0.name": "Rebels"}
    assert decision.changes == {"status.kind": "planned", "actors.0.name": "Example Front"}
    assert (decision.made_by, decision.reason) == ("Ann", "a plan, says the text")
    assert [row.id for row in casebook.claims(Filter(status="warning", actor="Example Front"))] == [1]
    assert list(casebook.claims(Filter(actor="Rebels"))) == []
    assert next(iter(casebook.reports())).warnings == 1


def test_the_last_open_decision_counts_and_can_be_withdrawn(casebook: Casebook) -> None:
    read_in(casebook, GAO)
    casebook.decide(1, "edit", "first", {"status.certainty": "likely"}, by="Ann")
    casebook.decide(1, "reject", "second", by="Ben")
    assert list(casebook.claims()) == []
    assert [row.state for row in casebook.claims(Filter(state="rejected"))] == ["rejected"]
    casebook.decide(1, "withdraw", "I was wrong", by="Ben")
    assert [(row.state, row.claim.status.certainty) for row in casebook.claims()] == [("edited", "likely")]
    casebook.decide(1, "withdraw", "so was I", by="Ann")
    assert [(row.state, row.claim.status.certainty) for row in casebook.claims()] == [("undecided", "stated")]
    assert len(casebook.claim(1).decisions) == 4, "all stay"


def test_blind_decisions_are_hidden_and_change_nothing_until_they_are_settled(casebook: Casebook) -> None:
    read_in(casebook, GAO)
    casebook.decide(1, "reject", "no", by="Ann", blind=True)
    assert [row.state for row in casebook.claims()] == ["undecided"]
    assert casebook.claim(1).seen_by(None) == ()
    assert casebook.claim(1).seen_by("Ben") == ()
    assert len(casebook.claim(1).seen_by("Ann")) == 1
    casebook.decide(1, "accept", "yes", by="Ben", blind=True)
    assert casebook.claim(1).seen_by("Ben")[0].made_by == "Ben"
    assert len(casebook.claim(1).seen_by(None)) == 2
    casebook.decide(1, "accept", "Ben is right", by="Cleo")
    assert [row.state for row in casebook.claims()] == ["accepted"]


@pytest.mark.parametrize(
    ("verdict", "reason", "changes", "words"),
    [
        ("edit", "why", {}, "gives values"), ("accept", "why", {"status.kind": "planned"}, "gives values"), ("accept", " ", {}, "needs a reason"),
        ("edit", "why", {"id": "x"}, "cannot be edited"), ("edit", "why", {"status.mood": "x"}, "no such field"), ("edit", "why", {"status.kind": "maybe"}, "status.kind"),
        ("edit", "why", {"actors.5.name": "x"}, "numbered from 0"), ("edit", "why", {"event.mode": "tickle"}, "has no mode"),
        ("edit", "why", {"places.0.mention": {"start": 0, "end": 3, "text": "Gao"}}, "do not stand"), ("edit", "why", {"attribution": []}, "attribution"),
    ],
)  # fmt: skip
def test_a_decision_that_makes_no_sense_is_refused(
    casebook: Casebook, verdict: str, reason: str, changes: dict[str, object], words: str
) -> None:
    read_in(casebook, GAO)
    with pytest.raises(InvalidDecision, match=words):
        casebook.decide(1, verdict, reason, changes, by="Ann")  # type: ignore[arg-type]
    assert casebook.claim(1).decisions == ()


def test_a_claim_or_report_that_is_not_there_is_a_line(casebook: Casebook) -> None:
    with pytest.raises(NotInCasebook, match="C7"):
        casebook.decide(7, "accept", "why")
    with pytest.raises(NotInCasebook, match="R7"):
        casebook.report(7)


# ── agreement


def test_alpha_is_krippendorffs() -> None:
    """The worked example of Krippendorff (2011): four observers, twelve units, missing values."""
    a = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
    b = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
    c = [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None]
    d = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]
    units = [[value for value in unit if value is not None] for unit in zip(a, b, c, d, strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=0.001)
    assert alpha(units, interval) == pytest.approx(0.849, abs=0.001)


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=2, max_size=4), min_size=1, max_size=30))
def test_alpha_is_at_most_one_and_one_only_for_full_agreement(units: list[list[str]]) -> None:
    value = alpha(units)
    if value is not None:
        assert value <= 1
        assert (value == 1) == all(len(set(unit)) == 1 for unit in units)


def test_agreement_is_told_per_field(casebook: Casebook) -> None:
    read_in(casebook, GAO, KIDAL)
    for claim, ann, ben in (
        (1, {}, {}),
        (2, {"status.kind": "planned"}, {"status.kind": "planned"}),
        (3, {"status.kind": "planned"}, {}),
    ):
        for who, changes in (("Ann", ann), ("Ben", ben)):
            casebook.decide(claim, "edit" if changes else "accept", "coded", changes, by=who, blind=True)
    found = {row.field: row for row in casebook.agreement()}
    assert (found["status.kind"].claims, found["status.kind"].alike) == (3, 2)
    assert found["status.kind"].alpha == pytest.approx(1 - 5 * (1 / 1) / (3 * 3), abs=0.2)
    assert found["event.type"].alpha is None, "all values are the same"
    assert found["verdict"].claims == 3


# ── proof


def test_all_is_as_kept(casebook: Casebook) -> None:
    read_in(casebook, GAO, KIDAL)
    casebook.decide(1, "accept", "yes", by="Ann")
    found = casebook.verify()
    assert found.faults == []
    assert (found.originals, found.versions, found.claims, found.entries) == (2, 2, 3, 6)
    assert len(found.seal) == 64


@pytest.mark.parametrize(
    "table", ["originals", "reports", "versions", "sightings", "readings", "claims", "decisions", "custody"]
)
@pytest.mark.parametrize("change", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_the_database_itself_refuses_to_change_what_is_kept(
    casebook: Casebook, where: str, table: str, change: str
) -> None:
    read_in(casebook, GAO)
    casebook.decide(1, "accept", "yes", by="Ann")
    engine = engine_for(where)
    column = "sha256" if table == "originals" else "id"
    with engine.connect() as connection, pytest.raises(DBAPIError, match="only ever added to"):
        connection.execute(text(change.format(table, column)))
    engine.dispose()


TAMPERING = {
    "text": ("UPDATE versions SET text = 'Nobody attacked Gao.' WHERE id = 1", "its text is not what was kept"),
    "claim": ("UPDATE claims SET record = replace(record, 'Rebels', 'Police') WHERE id = 1", "points at words that are not in its report"),
    "claim gone": ("DELETE FROM claims WHERE id = 3", "holds 1 claims, not the 2"),
    "custody": ("UPDATE custody SET by = 'nobody' WHERE id = 2", "entry 2: does not follow"),
    "custody gone": ("DELETE FROM custody WHERE id = 3", "entry 4: does not follow"),
    "title": ("UPDATE versions SET title = 'Other' WHERE id = 1", "versions 1: is not as it was"),
    "sighting": ("UPDATE sightings SET seen_at = '2020-01-01' WHERE id = 2", "sightings 2: is not as it was"),
    "claim's type": ("UPDATE claims SET record = replace(record, 'ASSAULT', 'PROTEST') WHERE id = 1", "readings 1: is not as it was"),
    "decision": ("UPDATE decisions SET made_by = 'Ben'", "decisions 1: is not as it was"),
    "decision gone": ("DELETE FROM decisions", "decisions 1: is in the custody log, but gone"),
    "slipped in": ("INSERT INTO sightings SELECT 99, report_id, version_id, seen_at, location, url, status, headers, redirects, tool, original_sha256,"
                   " parent_sha256, parent_location, added_at FROM sightings WHERE id = 1", "sightings 99: is not in the custody log"),
    "original": ("original", "its bytes have changed"),
    "original gone": ("original gone", "is missing"),
    "state gone": ("DELETE FROM claim_states", "no present state"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERING)
def test_what_was_tampered_with_is_found(tmp_path: Path, what: str) -> None:
    """Behind the back of the database's own guards, as whoever owns the file could."""
    change, fault = TAMPERING[what]
    with Casebook.create(tmp_path / "casebook") as casebook:
        read_in(casebook, GAO, KIDAL)
        casebook.decide(1, "accept", "yes", by="Ann")
        if what.startswith("original"):
            path = next(p for p in sorted((tmp_path / "casebook" / "originals").glob("??/*")))
            path.unlink()
            if what == "original":
                path.write_bytes(b"something else")
        else:
            with sqlite3.connect(tmp_path / "casebook" / "casebook.sqlite") as raw:
                for (name,) in raw.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'"
                ).fetchall():
                    raw.execute(f"DROP TRIGGER {name}")
                raw.execute(change)
            raw.close()
        faults = casebook.verify().faults
        assert any(fault in line for line in faults), faults


def test_what_is_derived_can_be_computed_again(casebook: Casebook) -> None:
    read_in(casebook, GAO, KIDAL)
    casebook.decide(1, "edit", "so", {"status.kind": "planned"}, by="Ann")
    before = list(casebook.claims()), list(casebook.reports()), casebook.sources()
    casebook.rebuild()
    assert (list(casebook.claims()), list(casebook.reports()), casebook.sources()) == before
    assert casebook.verify().faults == []


# ── backup


def test_a_backup_of_either_database_fills_either(casebook: Casebook, tmp_path: Path, postgres: str) -> None:
    from .servers import new_database

    read_in(casebook, GAO, KIDAL)
    casebook.decide(2, "edit", "so", {"status.kind": "planned"}, by="Ann")
    casebook.backup(tmp_path / "casebook.zip")
    for target in (str(tmp_path / "restored"), new_database(postgres, f"restored_{tmp_path.name}"[-50:].lower())):
        with Casebook.restore(tmp_path / "casebook.zip", target) as restored:
            assert restored.verify().faults == []
            assert list(restored.claims()) == list(casebook.claims())
            assert list(restored.reports(Filter(text="market"))) == list(casebook.reports(Filter(text="market")))
            assert restored.claim(2).decisions == casebook.claim(2).decisions
            assert restored.report(1).sightings == casebook.report(1).sightings
            assert restored.keep(acquisition("Thieves attacked Ber.", "inbox/new.txt")).report == 3


def test_a_damaged_backup_makes_nothing(tmp_path: Path) -> None:
    with Casebook.create(tmp_path / "casebook") as casebook:
        read_in(casebook, GAO, KIDAL)
        casebook.backup(tmp_path / "good.zip")
    data = (tmp_path / "good.zip").read_bytes()
    for name, broken in (
        ("cut.zip", data[: len(data) // 2]),
        ("flipped.zip", data[:300] + bytes([data[300] ^ 0xFF]) + data[301:]),
        ("text.zip", b"hello"),
    ):
        (tmp_path / name).write_bytes(broken)
        with pytest.raises(InvalidBackup):
            Casebook.restore(tmp_path / name, tmp_path / "restored")
        assert not (tmp_path / "restored").exists()


def test_a_casebook_is_not_restored_over_another(casebook: Casebook, where: str, tmp_path: Path) -> None:
    read_in(casebook, GAO)
    casebook.backup(tmp_path / "casebook.zip")
    with pytest.raises(NoCasebook, match="already"):
        Casebook.restore(tmp_path / "casebook.zip", where)
    assert len(list(casebook.claims())) == 1


# ── opening


def test_opening_what_is_no_casebook_is_a_line(tmp_path: Path, postgres: str) -> None:
    from .servers import new_database

    with pytest.raises(NoCasebook, match="reportedly init"):
        Casebook.open(tmp_path / "none")
    with pytest.raises(NoCasebook, match="reportedly init"):
        Casebook.open(new_database(postgres, "nothing_in_it"))
    with pytest.raises(CasebookUnavailable, match="no such database"):
        Casebook.open(f"{postgres}/no_such_database")
    with pytest.raises(CasebookUnavailable, match="does not answer"):
        Casebook.open("postgresql://nobody:secret@127.0.0.1:1/none")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "casebook.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(ReportedlyError, match="damaged or no casebook"):
        Casebook.open(tmp_path / "broken")


def test_a_casebook_is_not_made_over_something_else(tmp_path: Path, where: str) -> None:
    Casebook.create(where).close()
    with pytest.raises(NoCasebook, match="already"):
        Casebook.create(where)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(NoCasebook, match="not empty"):
        Casebook.create(tmp_path / "full")


def test_a_casebook_of_a_newer_form_is_left_alone(tmp_path: Path) -> None:
    Casebook.create(tmp_path / "casebook").close()
    engine = create_engine(f"sqlite:///{tmp_path}/casebook/casebook.sqlite")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NoCasebook, match="newer reportedly"):
        Casebook.open(tmp_path / "casebook")


def test_the_tables_are_what_the_migrations_make(where: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from reportedly.casebook.tables import metadata

    Casebook.create(where).close()
    engine = engine_for(where)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or "search" not in name}
        )
        differences = [
            d
            for d in compare_metadata(context, metadata)
            if "search" not in str(d) and "claim_states_facets" not in str(d) and "claim_states_words" not in str(d)
        ]
    engine.dispose()
    assert differences == []


# ── feeds


def test_feeds_that_break_or_fall_silent_are_told_of(casebook: Casebook) -> None:
    url = "https://example.org/rss"
    feed = Original(b"<rss/>", "application/rss+xml", url, now(), "tests", url, Response(200, (("ETag", '"f1"'),)))
    list(check_feed(casebook, url, [FeedRead(feed, 1), acquisition(GAO, "https://example.org/gao")], PlainReader()))
    state = casebook.feed(url)
    assert state is not None
    assert (state.outcome, state.etag, trouble(state, 3600)) == ("ok", '"f1"', None)
    assert trouble(state, -1) is not None
    assert "silent" in str(trouble(state, -1))
    for _ in range(2):
        list(check_feed(casebook, url, [Failure(url, f"{url}: the server answers 500", now())], None))
    state = casebook.feed(url)
    assert state is not None
    assert state.failures == 2
    assert "fails (2 times in a row)" in str(trouble(state, 10**9))
    list(check_feed(casebook, url, [Unchanged(url, url, now(), Response(304, ()), "tests")], None))
    assert [s.outcome for s in casebook.feeds()] == ["unchanged"]


def test_a_feed_some_of_whose_pages_failed_is_asked_for_in_full_again(casebook: Casebook) -> None:
    url = "https://example.org/rss"
    feed = Original(b"<rss/>", "application/rss+xml", url, now(), "tests", url, Response(200, (("ETag", '"f1"'),)))
    list(check_feed(casebook, url, [FeedRead(feed, 1), Failure("https://example.org/x", "x: no", now())], None))
    state = casebook.feed(url)
    assert state is not None
    assert state.etag is None
