"""Who: names, descriptions and offices to the registry, a user's own actors, people as people, tolls, text without case."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly import Claim, InvalidKnowledge, Reader, Report
from reportedly.cli.evaluate import role_figures_of
from reportedly.knowledge import actors
from reportedly.knowledge.actors import registry
from reportedly.knowledge.own_actors import read_own_actors
from reportedly.knowledge.tables import rows

Claims = Callable[..., tuple[Claim, ...]]
Run = Callable[..., subprocess.CompletedProcess[bytes]]


def doers(claims: tuple[Claim, ...]) -> list[tuple[str, str | None]]:
    return [(p.name, p.actor) for c in claims[:1] for p in c.actors]


def test_descriptions_and_branches_name_known_actors() -> None:
    known = registry()
    assert all(row["actor"] in known for row in rows("descriptions.tsv"))
    assert all(row["actor"] in known and row["branch"] in known for row in rows("branches.tsv"))


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Sanaa-based authorities released nine prisoners on Sunday.", "houthis"),
        ("Houthi gunmen killed a judge in Ibb.", "houthis"),
        ("Al-Qaeda operatives killed a judge in Abyan, Yemen.", "aqap"),
        ("Al-Qaeda operatives killed a judge in Karachi, Pakistan.", "al-qaeda"),
        ("President Ana Pardo of Chile ordered an attack on the port of Arica.", "CHL"),
        ("Ukrainian drones struck a depot in Kursk, Russia.", None),
    ],
)
def test_a_name_or_description_is_its_side(claims_of: Claims, text: str, actor: str | None) -> None:
    found = doers(claims_of(text))
    assert found
    if actor is not None:
        assert found[0][1] == actor


def test_a_groups_description_points_to_the_country_at_hand(claims_of: Claims) -> None:
    claims = claims_of("Yemen's army said it had lost two men. The Iran-aligned group fired a missile at a ship.")
    assert [p.actor for p in claims[-1].actors] == ["houthis"]


def test_the_two_sides_are_those_that_fought(claims_of: Claims) -> None:
    text = "The Sudanese army and allied militias fought the RSF near Bara. The envoy urged both sides to stop the fighting."
    request = next(c for c in claims_of(text) if c.event.type == "REQUEST")
    assert {p.country for p in request.recipients} == {"SDN"}
    assert "rsf" in {p.actor for p in request.recipients}


def test_nobody_claiming_it_is_no_claim(claims_of: Claims) -> None:
    assert claims_of("No group has claimed responsibility for the killing.") == ()


def test_some_of_a_nation_are_not_their_state(claims_of: Claims) -> None:
    (claim,) = claims_of("Gunmen kidnapped two Italians near Agadez in Niger.")
    assert [(p.name, p.actor, p.country) for p in claim.recipients] == [("two Italians", None, "ITA")]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        (
            "Nine people were killed and between 40 and 50 wounded when a missile hit a block of flats.",
            (9, 9),
            (40, 50),
        ),
        ("At least 14 people, including three children, were killed in the shelling of Izium.", (14, None), None),
        ("The blast killed a soldier and two civilians.", (3, 3), None),
        ("Gunmen killed between eight and ten farmers.", (8, 10), None),
        ("Shells killed one woman and wounded dozens of patients.", (1, 1), (24, None)),
        ("Raiders stabbed three herders to death at their camp.", (3, 3), None),
        ("At least eleven pupils died when a shell landed on a school.", (11, None), None),
        ("The bandits killed a registrar and a miller.", (2, 2), None),
        ("A bomb left four people dead and 20 hurt, police said.", (4, 4), (20, 20)),
    ],
)
def test_tolls(
    claims_of: Claims, text: str, killed: tuple[int, int | None], injured: tuple[int, int | None] | None
) -> None:
    toll = next(c.toll for c in claims_of(text) if c.toll.killed)
    assert toll.killed is not None
    assert (toll.killed.low, toll.killed.high) == killed
    assert (toll.injured and (toll.injured.low, toll.injured.high)) == injured


@pytest.mark.parametrize(
    ("text", "injured"),
    [
        ("The hospital received 17 wounded after the attack, a doctor said.", (17, 17)),
        ("The nurse reported two drivers hurt.", (2, 2)),
        ("The radio speaks of a barber and a girl wounded.", (2, 2)),
        ("Six policemen and a number of students were hurt, the mayor said.", (6, 6)),
        ("Rangers were ambushed near Gao; both were wounded.", (2, 2)),
        ("Soldiers beat three students at a checkpoint.", (3, 3)),
    ],
)
def test_tolls_of_the_injured(claims_of: Claims, text: str, injured: tuple[int, int]) -> None:
    (toll,) = (c.toll.injured for c in claims_of(text) if c.toll.injured)
    assert (toll.low, toll.high) == injured


def test_animals_are_no_toll(claims_of: Claims) -> None:
    assert all(c.toll.killed is None for c in claims_of("The blast killed a mule and four cows."))


class TestOwnActors:
    ROWS = "id,name,sector,country,aliases\nwadi-guard,Wadi Guard,REB,YEM,Guards of the Wadi;WG\nhouthis,Ansar Allah,REB,YEM,\n"

    def test_they_add_to_the_registry_and_override_it(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.csv"
        path.write_text(self.ROWS)
        text = "Guards of the Wadi attacked a Houthi post near Marib on Monday."
        mine = Reader(actors=path).read(Report(text=text)).reading
        plain = Reader().read(Report(text=text)).reading
        assert [p.actor for p in mine.claims[0].actors] == ["wadi-guard"]
        assert "Ansar Allah" in {p.name for p in mine.claims[0].recipients}
        assert "Houthis" in {p.name for p in plain.claims[0].recipients}, "another reader does not know them"
        assert mine.reader.version != plain.reader.version

    @pytest.mark.parametrize(
        "text", ["name\nx\n", "id,name,sector\na,A,XYZ\n", "id,name,country\na,A,Yemen\n", "id,name\n,A\n"]
    )
    def test_a_row_that_makes_no_sense_is_told(self, tmp_path: Path, run: Run, text: str) -> None:
        path = tmp_path / "mine.csv"
        path.write_text(text)
        with pytest.raises(InvalidKnowledge):
            read_own_actors(path)
        done = run("read", "-", "--actors", path, stdin=b"Rebels attacked a post near Gao on Monday, the army said.")
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1

    def test_a_context_ends(self, tmp_path: Path) -> None:
        path = tmp_path / "mine.csv"
        path.write_text(self.ROWS)
        with actors.with_own_actors(read_own_actors(path)):
            assert "wadi-guard" in registry()
        assert "wadi-guard" not in registry()


class TestCase:
    TEXT = "Rebels of the National Liberation Army attacked a post near Arauca in Colombia on Monday, Colonel Juan Ortega said."

    @pytest.mark.parametrize("change", [str.lower, str.upper])
    def test_text_without_case_is_read_as_if_it_had_one(self, claims_of: Claims, change: Callable[[str], str]) -> None:
        text = change(self.TEXT)
        (claim,) = claims_of(text)
        (usual,) = claims_of(self.TEXT)
        assert claim.event.type == usual.event.type
        assert [p.actor for p in claim.actors] == [p.actor for p in usual.actors] == ["eln"]
        assert [p.country for p in claim.places] == ["COL"]
        assert claim.trigger.text == change("attacked"), "spans keep the letters of the text"
        assert text[claim.trigger.start : claim.trigger.end] == claim.trigger.text


def test_role_fillers_are_scored(tmp_path: Path) -> None:
    document = {
        "docid": "1",
        "doctext": "guerrillas of the eln killed two farmers with rifles near arauca, colombia, a local official said on 5 february.",
        "extracts": {"PerpInd": [[["guerrillas", 0]]], "PerpOrg": [[["eln", 18]]], "Target": [], "Victim": [[["two farmers", 29]]], "Weapon": [[["rifles", 46]]]},
    }  # fmt: skip
    (tmp_path / "a.json").write_text(json.dumps(document) + "\n")
    figures = role_figures_of(tmp_path / "a.json")
    assert {role: figures.recall(role) for role in ("PerpOrg", "Victim", "Weapon")} == {
        "PerpOrg": 1.0,
        "Victim": 1.0,
        "Weapon": 1.0,
    }
