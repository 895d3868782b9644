"""What leaves a casebook: in formats that the field's readers take, the same twice, and nothing that could hurt anybody."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import hxl
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import stix2

from reportedly import Claim
from reportedly.casebook.casebook import Casebook
from reportedly.desk.weigh_casebook import weigh_casebook
from reportedly.intake.reference_list import read_reference_list
from reportedly.release.writers import FORMATS
from tests.in_process import run_here
from tests.releases import TOWNS, claim, keep, small_casebook

FILES = (
    "events.csv",
    "events.acled.csv",
    "events.ucdp.csv",
    "events.hxl.csv",
    "events.geojson",
    "events.stix.json",
    "events.parquet",
    "events.jsonl",
)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "casebook"
    small_casebook(folder)
    return folder


def released(
    monkeypatch: pytest.MonkeyPatch, casebook: Path | str, out: Path, *more: str | Path, profile: str = "public"
) -> str:
    done = run_here(
        monkeypatch, "release", out, "--casebook", casebook, "--profile", profile, "--date", "2025-06-01", *more
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_by_the_field(folder: Path, events: int) -> None:
    """Every file of a release is taken by the reader that its users have."""
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    assert len(pd.read_csv(folder / "events.csv")) == len(pd.read_parquet(folder / "events.parquet")) == events
    assert duckdb.sql(f"SELECT count(*) FROM '{folder}/events.parquet'").fetchall() == [(events,)]
    assert pyogrio.read_info(folder / "events.geojson", force_feature_count=True)["features"] == events
    with hxl.data(str(folder / "events.hxl.csv"), hxl.InputOptions(allow_local=True)) as source:
        assert {"#event", "#date", "#geo", "#adm1"} <= set(source.tags)
        assert len(list(source)) == events
    bundle = stix2.parse((folder / "events.stix.json").read_text(encoding="utf-8"))
    assert sum(item.type == "incident" for item in bundle.objects) == events


@pytest.mark.parametrize("profile", ["public", "partner", "internal"])
def test_every_file_is_read_by_the_fields_own_reader(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, profile: str
) -> None:
    released(monkeypatch, small, tmp_path / "r", profile=profile)
    assert {path.name for path in (tmp_path / "r").iterdir()} >= {
        *FILES,
        "datapackage.json",
        "README.md",
        "codebook.md",
        "CITATION.cff",
    }
    read_by_the_field(tmp_path / "r", 12)
    for name in ("events.acled.csv", "events.ucdp.csv"):
        listed = list(read_reference_list(tmp_path / "r" / name))
        assert len(listed) == 12
        assert {h.country for h in listed} == {"MLI", "SDN"}


def test_an_empty_casebook_gives_empty_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Casebook.create(tmp_path / "c").close()
    for profile in ("public", "internal"):
        released(monkeypatch, tmp_path / "c", tmp_path / profile, profile=profile)
        read_by_the_field(tmp_path / profile, 0)


def test_tolls_are_conservative_and_count_origins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Casebook.create(tmp_path / "c") as casebook:
        for outlet, low, high in (("Reuters", 3, 3), ("AFP", 5, None), ("TASS", 5, 8)):
            sentence = f"Gunmen attacked a convoy in Gao, {outlet} says."
            toll = {"killed": {"low": low, "high": high, "mention": {"start": 0, "end": 6, "text": "Gunmen"}}}
            keep(casebook, [sentence], [claim(sentence, toll=toll)], f"{outlet}.txt", outlet=outlet)
    released(monkeypatch, tmp_path / "c", tmp_path / "r", profile="internal")
    assert lines(tmp_path / "r" / "events.jsonl")[0]["killed"] == {"low": 3, "best": 5, "high": None}
    assert pd.read_csv(tmp_path / "r" / "events.acled.csv")["fatalities"].tolist() == [3]
    ucdp = pd.read_csv(tmp_path / "r" / "events.ucdp.csv")
    assert (ucdp["low"][0], ucdp["best"][0], ucdp["high"][0]) == (3, 5, 5)


def test_claims_come_back_whole(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    released(monkeypatch, small, tmp_path / "r", profile="internal")
    with Casebook.open(small) as casebook:
        kept = {row.id: row.claim for row in casebook.claims()}
    from_lines = {one["number"]: one for one in lines(tmp_path / "r" / "claims.jsonl")}
    from_parquet = {
        row["claim"]: json.loads(row["record"]) for row in pq.read_table(tmp_path / "r" / "claims.parquet").to_pylist()
    }
    assert from_lines == from_parquet
    about = {"number", "report", "state", "event_id", "outlet", "published", "title", "url", "paraphrase"}
    back = {
        number: Claim.model_validate({k: v for k, v in one.items() if k not in about})
        for number, one in from_lines.items()
    }
    assert back == kept


# ── a living data set


def test_ids_stay_and_changes_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_casebook(tmp_path / "c")
    released(monkeypatch, tmp_path / "c", tmp_path / "one", profile="partner")
    before = {e["id"]: e for e in lines(tmp_path / "one" / "events.jsonl")}
    with Casebook.open(tmp_path / "c") as casebook:
        gone = next(e for e in before.values() if e["start"] == "2025-03-01")
        for number in gone["claims"]:
            casebook.decide(number, "reject", "not an attack")
        sentence = "Gunmen attacked a convoy in Gao on another day, killing 40."
        keep(casebook, [sentence], [claim(sentence, day="2025-04-20")], "new.txt", published="2025-04-20")
    released(monkeypatch, tmp_path / "c", tmp_path / "two", "--since", tmp_path / "one", profile="partner")
    after = {e["id"]: e for e in lines(tmp_path / "two" / "events.jsonl")}
    changes = dict(pd.read_csv(tmp_path / "two" / "changes.csv").itertuples(index=False))
    assert changes[gone["id"]] == "withdrawn"
    assert {changes[uid] for uid in after.keys() - before.keys()} == {"added"}
    assert len(before.keys() & after.keys()) == 11
    assert sorted(c for key, c in changes.items() if key.startswith("C")) == ["added", "withdrawn", "withdrawn"]
    other = run_here(
        monkeypatch,
        "release",
        tmp_path / "x",
        "--casebook",
        tmp_path / "c",
        "--profile",
        "public",
        "--since",
        tmp_path / "one",
    )
    assert other.returncode == 2
    assert "profile" in other.stderr


def test_a_release_is_made_again_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_casebook(tmp_path / "c")
    for profile in ("public", "internal"):
        released(monkeypatch, tmp_path / "c", tmp_path / profile, profile=profile)
    with Casebook.open(tmp_path / "c") as casebook:
        casebook.decide(1, "reject", "changed my mind")
        sentence = "Gunmen attacked a convoy in Mopti."
        keep(casebook, [sentence], [claim(sentence, town=TOWNS[1])], "late.txt")
        weigh_casebook(casebook)
    for number, profile in ((1, "public"), (2, "internal")):
        done = run_here(
            monkeypatch, "release", tmp_path / f"again{number}", "--casebook", tmp_path / "c", "--again", str(number)
        )
        assert done.returncode == 0, done.stderr
        for path in (tmp_path / profile).iterdir():
            assert (tmp_path / f"again{number}" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_split_gives_the_smaller_part_an_id_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_casebook(tmp_path / "c")
    released(monkeypatch, tmp_path / "c", tmp_path / "one", profile="internal")
    first = lines(tmp_path / "one" / "events.jsonl")
    one, other = first[0]["claims"]
    with Casebook.open(tmp_path / "c") as casebook:
        incident = casebook.incident_of([one])[one]
    assert (
        run_here(
            monkeypatch, "split", f"I{incident}", f"C{other}", "--reason", "two attacks", "--casebook", tmp_path / "c"
        ).returncode
        == 0
    )
    released(monkeypatch, tmp_path / "c", tmp_path / "two", profile="internal")
    second = lines(tmp_path / "two" / "events.jsonl")
    assert len({e["id"] for e in second}) == len(second) == 13
    assert {e["id"] for e in first} < {e["id"] for e in second}


def test_a_team_in_postgresql_releases_too(where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_casebook(where)
    for profile in ("public", "internal"):
        released(monkeypatch, where, tmp_path / profile, profile=profile)
        read_by_the_field(tmp_path / profile, 12)
    with Casebook.open(where) as casebook:
        casebook.decide(1, "reject", "changed my mind")
    done = run_here(monkeypatch, "release", tmp_path / "again", "--casebook", where, "--again", "2")
    assert done.returncode == 0, done.stderr
    for path in (tmp_path / "internal").iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name


# ── refusals


def test_what_a_profile_leaves_out_cannot_narrow_a_release(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for option, value in (
        ("--text", "clinic"),
        ("--outlet", "Reuters"),
        ("--source", "residents"),
        ("--state", "accepted"),
    ):
        done = run_here(
            monkeypatch, "release", tmp_path / "r", "--casebook", small, "--profile", "public", option, value
        )
        assert done.returncode == 2
        assert option in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "r").exists()


def test_a_narrowed_release_tells_each_event_as_the_whole_one_does(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a narrow release beside a wide one would give away what small cells hide."""
    released(monkeypatch, small, tmp_path / "all")
    whole = {e["id"]: e for e in lines(tmp_path / "all" / "events.jsonl")}
    for number, narrowed in enumerate(
        (("--place", "Gao"), ("--from", "2025-03-05"), ("--event", "ASSAULT"), ("--place", "Sudan"))
    ):
        released(monkeypatch, small, tmp_path / str(number), *narrowed)
        part = {e["id"]: e for e in lines(tmp_path / str(number) / "events.jsonl")}
        assert part
        assert part.items() <= whole.items()


@pytest.mark.parametrize(("old", "new", "said"), [
    ('finest = "admin2" ', 'finest = "village" ', "places.finest"),
    ('place = "country", time = "month"', 'place = "admin2", time = "month"', "coarser than the one before"),
    ("sentences = false", "sentences = true", "text.sentences"),
    ('"medical", "shelter"', '"medicine", "shelter"', "no such category"),
    ('name = "public"', 'name = "public', "is no TOML"),
    ("least = 3", "least = -1", "small_cells.least"),
    ('title = "For publication"', 'titel = "For publication"', "title"),
])  # fmt: skip
def test_a_profile_that_is_not_safe_is_refused(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, said: str
) -> None:
    from reportedly.knowledge.release_profiles import profile_text

    text = (
        profile_text("public").replace('name = "public"', 'name = "mine"')
        if old != 'name = "public"'
        else profile_text("public")
    )
    assert old in text
    (tmp_path / "mine.toml").write_text(text.replace(old, new))
    done = run_here(monkeypatch, "release", tmp_path / "r", "--casebook", small, "--profile", tmp_path / "mine.toml")
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_refusals_are_one_line_and_leave_nothing(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "datapackage.json").write_text("{")
    before = run_here(monkeypatch, "releases", "--casebook", small).stdout
    for given in (
        (tmp_path / "r",), (tmp_path / "r", "--profile", "nobody"), (tmp_path / "full", "--profile", "public"), ("--profile", "public"),
        (tmp_path / "r", "--profile", "public", "--since", tmp_path / "broken"), (tmp_path / "r", "--again", "99"), (tmp_path / "r", "--approved", "99"),
    ):  # fmt: skip
        done = run_here(monkeypatch, "release", *given, "--casebook", small)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["mine.txt"]
    assert not (tmp_path / "r").exists()
    assert run_here(monkeypatch, "releases", "--casebook", small).stdout == before
    assert not list(tmp_path.glob(".*"))


def test_a_changed_release_is_not_believed(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    released(monkeypatch, small, tmp_path / "one")
    path = tmp_path / "one" / "events.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"low":1', b'"low":9', 1))
    done = run_here(
        monkeypatch,
        "release",
        tmp_path / "two",
        "--casebook",
        small,
        "--profile",
        "public",
        "--since",
        tmp_path / "one",
    )
    assert done.returncode == 2
    assert "is not what was written" in done.stderr


def test_in_a_team_a_second_person_approves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_casebook(tmp_path / "c")
    with Casebook.open(tmp_path / "c") as casebook, casebook.people(change=True) as people:
        people.put_account("ana", "editor", "four unrelated words here")
        people.put_account("ben", "editor", "other unrelated words here")
        people.put_account("col", "coder", "some unrelated words here")

    def run(*given: str | Path, stdin: str = "") -> tuple[int, str]:
        done = run_here(monkeypatch, *given, "--casebook", tmp_path / "c", stdin=stdin)
        return done.returncode, done.stdout + done.stderr

    assert run("release", tmp_path / "r", "--profile", "public", "--date", "2025-06-01", "--as", "ana")[0] == 0
    assert not (tmp_path / "r").exists()
    assert "nobody else has approved" in run("release", tmp_path / "r", "--approved", "1")[1]
    assert "cannot decide" in run("releases", "1", "--approve", "--as", "ana", stdin="four unrelated words here\n")[1]
    assert "only an editor" in run("releases", "1", "--approve", "--as", "col", stdin="some unrelated words here\n")[1]
    assert "name and password" in run("releases", "1", "--approve", "--as", "ben", stdin="a wrong password\n")[1]
    assert "12 events" in run("releases", "1")[1]
    assert run("releases", "1", "--approve", "--as", "ben", stdin="other unrelated words here\n")[0] == 0
    with Casebook.open(tmp_path / "c") as casebook:  # what comes after the approval is not in what was approved
        sentence = "Gunmen attacked a convoy in Gao on another day."
        keep(casebook, [sentence], [claim(sentence, day="2025-03-20")], "late.txt", published="2025-03-20")
    assert run("release", tmp_path / "r", "--approved", "1")[0] == 0
    assert len(lines(tmp_path / "r" / "events.jsonl")) == 12
    assert "all as kept" in run("verify")[1]


def test_a_dry_run_prints_all_that_a_release_holds(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("release", "--casebook", small, "--profile", "partner", "--date", "2025-06-01")
    with Casebook.open(small) as casebook:
        before = casebook.releases()
        done = run_here(monkeypatch, *asked, "--dry-run", "--json")
        assert done.returncode == 0, done.stderr
        assert casebook.releases() == before
    released(monkeypatch, small, tmp_path / "r", profile="partner")
    written = [*lines(tmp_path / "r" / "events.jsonl"), *lines(tmp_path / "r" / "claims.jsonl")]
    assert [json.loads(line) for line in done.stdout.splitlines()] == written
    assert "12 events" in done.stderr
    assert "goes with --dry-run" in run_here(monkeypatch, *asked, tmp_path / "n", "--json").stderr


# ── one format by itself


def test_each_format_is_exported_to_standard_output(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in FORMATS:
        out = tmp_path / f"export.{form}"
        done = run_here(monkeypatch, "export", "--casebook", small, "--format", form, "--out", out)
        assert done.returncode == 0, done.stderr
        assert out.stat().st_size > 100
        assert "not to be handed on" in done.stderr
    assert len(lines(tmp_path / "export.jsonl")) == 24
    with Casebook.open(small) as casebook:
        assert sum(entry["action"] == "exported" for entry in casebook.custody()) >= len(FORMATS)


def test_the_nearest_of_anothers_events_is_paired_first_and_none_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Casebook.create(tmp_path / "c") as casebook:
        for day, who in (("2025-03-01", "Gunmen"), ("2025-03-02", "Men on motorcycles")):
            sentence = f"{who} attacked a convoy in Gao on the {day} at the {who.lower()} market."
            keep(casebook, [sentence], [claim(sentence, day=day, actors__0__name=who)], f"{day}.txt", published=day)
        weigh_casebook(casebook)
    (tmp_path / "ged.csv").write_text(
        "id,date_start,date_end,country,adm_1,where_coordinates,latitude,longitude,where_prec,low,high\n"
        "7,2025-03-02,2025-03-02,Mali,Gao,Gao,16.27,-0.04,1,3,12.0\n8,2025-03-02,2025-03-02,Atlantis,,Somewhere,,,6,0,0\n"
    )
    done = run_here(monkeypatch, "compare", tmp_path / "ged.csv", "--casebook", tmp_path / "c", "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["ours_start"], row["theirs_id"], row["theirs_killed_high"]) for row in rows] == [
        ("2025-03-01", "", ""), ("2025-03-02", "7", "12"), ("", "8", "0"),
    ]  # fmt: skip


def test_a_list_of_others_is_laid_beside(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    released(monkeypatch, small, tmp_path / "r", profile="internal")
    (tmp_path / "acled.csv").write_text(
        "event_id_cnty,event_date,event_type,actor1,country,admin1,location,latitude,longitude,geo_precision\n"
        "MLI1,2025-03-01,Battles,Somebody,Mali,Gao,Gao,16.27,-0.04,1\nMLI2,2025-03-20,Battles,Somebody,Mali,Gao,Gao,16.27,-0.04,1\n"
    )
    for listed, both, there in ((tmp_path / "acled.csv", 1, 1), (tmp_path / "r", 12, 0)):
        done = run_here(monkeypatch, "compare", listed, "--casebook", small)
        assert done.returncode == 0, done.stderr
        assert f"{both} likely in both, {12 - both} only here, {there} only there" in done.stdout
    (tmp_path / "warned").mkdir()
    with Casebook.create(tmp_path / "warned") as casebook:
        sentence = "Gunmen will soon have attacked Gao, officials said."
        keep(casebook, [sentence], [claim(sentence, status__kind="predicted", day="2025-03-20")], "warning.txt")
        weigh_casebook(casebook)
    for listed, hits in ((tmp_path / "acled.csv", 1), (tmp_path / "r", 0)):
        done = run_here(
            monkeypatch,
            "score",
            "--against",
            listed,
            "--casebook",
            tmp_path / "warned",
            "--as-of",
            "2025-12-01",
            "--json",
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["score"]["hits"] == hits
