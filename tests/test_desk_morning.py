"""An analyst's morning at the desk, in a real browser: reports come in, are weighed and reviewed, incidents are merged, warnings read, a view is taken out."""

import csv
import json
from pathlib import Path

from playwright.sync_api import expect

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter

from .desk import Tab, served
from .web import Web

REPORT = """<html><head><title>Shelling in Duma</title></head><body><article><h1>Shelling in Duma</h1>
<p>Government forces shelled a market in Duma on Monday, killing four people, the district health office said. Rebels denied that they
had fired mortars at the town. Residents said that two shells fell near the school in the afternoon and that nobody was hurt there.</p>
<p>The army will attack the rebels in Harasta in the coming days, a military officer told the agency, and villages were told to leave.</p>
</article></body></html>"""


def test_a_morning(copied: Path, tab: Tab, server: Web) -> None:
    page = tab.page
    address = server.serve("/duma", REPORT)
    with served(copied, "--allow-host", "127.0.0.1") as desk:
        page.goto(desk)  # what there is
        page.goto(f"{desk}/add")
        page.get_by_label("Addresses of pages").fill(address)
        page.get_by_label("Outlet").fill("Ghouta Post")
        page.get_by_label("Published").fill("2025-03-04")
        page.get_by_role("button", name="Add and read").click()
        expect(page.get_by_role("status")).to_contain_text("new: ")
        expect(page.get_by_role("status")).to_contain_text("What is new has been weighed.")

        page.goto(f"{desk}/review?near=Duma")  # what has to be looked at
        seen = []
        for _ in range(10):
            number = page.locator("#claim").get_attribute("data-number")
            assert number is not None
            seen.append(number)
            page.keyboard.press("a")
            expect(page.locator(f'#claim[data-number="{number}"]')).to_have_count(0)
        assert len(set(seen)) == 10
        expect(page.get_by_role("status")).to_contain_text("10 decided today by you")
        page.keyboard.press("u")
        expect(page.locator("#claim")).to_have_attribute("data-number", seen[-1])
        page.keyboard.press("r")
        page.keyboard.press("2")
        expect(page.get_by_role("status")).to_contain_text(f"C{seen[-1]}: rejected")

        with Casebook.open(copied) as casebook:  # two that are one
            assert casebook.claim(int(seen[-1])).state == "rejected"
            assert [casebook.claim(int(n)).state for n in seen[:-1]] == ["accepted"] * 9
            one, other = [
                row for row in casebook.incidents(limit=50) if not row.incident.ahead and row.incident.reports == 1
            ][:2]
        page.goto(f"{desk}/incidents/{one.number}")
        page.get_by_label("With incident").fill(f"I{other.number}")
        page.locator("form[action$=merge]").get_by_label("Why").fill("the same shell")
        page.get_by_role("button", name="They are one").click()
        page.wait_for_url("**/incidents/*")
        for claim in (one.incident.claims[0], other.incident.claims[0]):
            expect(page.get_by_role("link", name=f"C{claim}", exact=True)).to_be_visible()

        page.get_by_label(f"C{other.incident.claims[0]} is of another happening").check()  # or not
        page.locator("#split").get_by_label("Why").fill("another street")
        page.get_by_role("button", name="Split them off").click()
        page.wait_for_url("**/incidents/*")
        expect(page.get_by_role("link", name=f"C{other.incident.claims[0]}", exact=True)).to_have_count(0)

        page.goto(f"{desk}/warnings")  # whom to warn
        expect(page.locator(".board")).to_contain_text("Abyan")
        page.get_by_role("link", name="ASSAULT", exact=False).first.click()
        expect(page.get_by_role("heading", name="The rule, frozen on")).to_be_visible()

        page.goto(f"{desk}/claims?place=Aleppo&event=ASSAULT")  # what to hand on
        with page.expect_download() as download:
            page.get_by_role("link", name="Save as CSV").click()
        rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    with Casebook.open(copied) as casebook:
        asked = [row.id for row in casebook.claims(Filter(place="Aleppo", event="ASSAULT"))]
        assert [int(row["claim"]) for row in rows] == asked
        logged = casebook.custody(limit=3)
        assert any(e["action"] == "exported" and e["detail"]["rows"] == len(asked) for e in logged)
        assert casebook.verify().faults == []
    assert tab.problems == []
    assert tab.hosts() == {"localhost"}


def test_an_edit_keeps_the_machines_value_beside_the_persons(copied: Path, tab: Tab) -> None:
    with served(copied) as desk:
        tab.page.goto(f"{desk}/review?event=ASSAULT")
        number = int(tab.page.locator("#claim").get_attribute("data-number") or 0)
        tab.page.keyboard.press("e")
        tab.page.get_by_label("status.kind").select_option("conditional")
        tab.page.locator(".edit").get_by_label("Why").fill("it says will")
        tab.page.get_by_role("button", name="Keep the edit").click()
        expect(tab.page.get_by_role("status")).to_contain_text(f"C{number}: edited")
    with Casebook.open(copied) as casebook:
        found = casebook.claim(number)
        assert found.claim.status.kind == "conditional"
        assert found.machine.status.kind != "conditional"
        assert found.decisions[-1].changes == {"status.kind": "conditional"}
        assert found.decisions[-1].machine == {"status.kind": found.machine.status.kind}


def test_an_edit_that_makes_no_sense_is_refused_in_words_and_changes_nothing(copied: Path, tab: Tab) -> None:
    with served(copied) as desk:
        tab.page.goto(f"{desk}/review?event=ASSAULT")
        number = int(tab.page.locator("#claim").get_attribute("data-number") or 0)
        tab.page.keyboard.press("e")
        tab.page.get_by_label("event.mode").fill("telepathy")
        tab.page.get_by_role("button", name="Keep the edit").click()
        expect(tab.page.get_by_role("alert")).to_contain_text("ASSAULT has no mode telepathy")
    with Casebook.open(copied) as casebook:
        assert casebook.claim(number).state == "undecided"


def test_two_who_code_blind_see_the_same_claims_and_not_each_other(copied: Path, tab: Tab) -> None:
    """What one has coded comes first for the other, without what was decided; then the page tells how far they agree."""
    first: list[str] = []
    for coder in ("anna", "bela"):
        with served(copied, "--as", coder) as desk:
            tab.page.goto(f"{desk}/review?blind=1")
            for n in range(3):
                number = tab.page.locator("#claim").get_attribute("data-number") or ""
                if coder == "anna":
                    first.append(number)
                else:
                    assert number in first
                    assert "anna" not in tab.page.locator("main").inner_text()
                tab.page.keyboard.press("a")
                expect(tab.page.get_by_role("status")).to_contain_text(f"{n + 1} decided today by you")
            if coder == "bela":
                tab.page.reload()
                tab.page.get_by_text("Which claims, and how they are coded").click()
                expect(tab.page.get_by_role("region", name="Agreement")).to_contain_text("event.type")
    with Casebook.open(copied) as casebook:
        assert all(casebook.claim(int(n)).state == "undecided" for n in first)


def test_today_tells_what_came_in_since_the_visit_before(copied: Path, tab: Tab) -> None:
    """A visit that ended long ago is the one before; its marks are set back here, since a test cannot wait for hours."""
    import sqlite3

    with served(copied) as desk:
        tab.page.goto(desk)
        expect(tab.page.locator("h1")).to_contain_text("your first visit")
    with sqlite3.connect(copied / "casebook.sqlite") as database:
        marks = json.loads(database.execute("SELECT marks FROM visits").fetchone()[0])
        marks |= {"reports": marks["reports"] - 2, "at": "2025-01-01T00:00:00+00:00"}
        database.execute("UPDATE visits SET last_at = ?, marks = ?", ("2025-01-01T00:00:00+00:00", json.dumps(marks)))
    with served(copied) as desk:
        tab.page.goto(desk)
        expect(tab.page.locator("h1")).to_contain_text("since your visit of 2025-01-01")
        expect(tab.page.locator(".figures")).to_contain_text("2 reports")
