"""Every page of the desk in a real browser: it draws, breaks no rule of its own policy, asks nobody else, and can be used by everybody."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from reportedly import Reader
from reportedly.casebook.casebook import Casebook
from reportedly.model.warning import AreaWeeks, Calibration, Score, Scoring

from .desk import ARABIC, HOSTILE_TEXT, HOSTILE_TITLE, Tab, new_tab, served

WIDE = "?from=2023-01-01&to=2027-12-31"
PAGES = {
    "today": "/", "claims": "/claims", "incidents": "/incidents?disputed=1", "map": f"/map{WIDE}", "timeline": f"/timeline{WIDE}",
    "network": f"/network{WIDE}", "warnings": "/warnings?state=all", "warning": "/warnings/1", "record": "/warnings/record", "sources": "/sources",
    "review": "/review", "reports": "/reports", "report": "/reports/1", "incident": "/incidents/1", "claim": "/claims/1", "add": "/add",
    "audit": "/audit", "releases": "/releases", "release": "/releases/1", "api": "/api",
}  # fmt: skip
DRAWN = {
    "map": "#map[data-drawn]",
    "timeline": "#timeline[data-drawn]",
    "network": "#network[data-drawn]",
    "api": "#api .opblock",
}


def opened(tab: Tab, desk: str, name: str) -> None:
    """A page, when it has drawn what it draws."""
    answer = tab.page.goto(desk + PAGES[name])
    assert answer is not None
    assert answer.ok
    if name in DRAWN:
        tab.page.wait_for_selector(DRAWN[name])
    tab.page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_draws_breaks_nothing_and_asks_nobody_else(desk: str, tab: Tab, name: str) -> None:
    opened(tab, desk, name)
    assert tab.problems == []
    assert tab.hosts() == {"localhost"}
    expect(tab.page.locator("main > h1")).to_have_count(1)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1366), ("dark", 1366), ("light", 390)])
def test_everybody_can_use_every_page(desk: str, browser: Browser, scheme: str, width: int) -> None:
    """No violation of WCAG that axe-core can find, but in the vendored page of the HTTP interface, which is not ours."""
    found = {}
    with new_tab(browser, scheme, width) as tab:
        for name in PAGES.keys() - {"api"}:
            opened(tab, desk, name)
            violations = Axe().run(tab.page).response["violations"]
            if violations:
                found[name] = [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in violations]
    assert found == {}


@pytest.mark.parametrize("width", [1366, 390])
def test_no_page_is_wider_than_the_screen(desk: str, browser: Browser, width: int) -> None:
    with new_tab(browser, width=width) as tab:
        for name in PAGES.keys() - {"api"}:
            opened(tab, desk, name)
            wide = tab.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, name


def test_pages_are_light(desk: str, tab: Tab) -> None:
    """Under 300 KB on the wire for a first visit, before the map, whose outlines are of the countries that are told of."""
    for name in ("today", "claims", "incident", "report", "review", "warnings", "sources"):
        client = tab.page.context.new_cdp_session(tab.page)
        client.send("Network.enable")
        client.send("Network.clearBrowserCache")
        sizes: list[float] = []
        client.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
        opened(tab, desk, name)
        assert 0 < sum(sizes) < 300_000, name
        client.detach()


def test_what_a_report_says_is_only_text(desk: str, tab: Tab, filled: Path) -> None:
    with Casebook.open(filled) as casebook:
        number = next(row.id for row in casebook.reports() if row.title == HOSTILE_TITLE)
        claims = [row.id for row in casebook.report(number).claims]
        incidents = casebook.incident_of(claims)
    tab.page.goto(f"{desk}/reports/{number}")
    assert (tab.page.locator("#text").text_content() or "").strip() == HOSTILE_TEXT.strip()
    assert "{{ 7 * 7 }}" in tab.page.locator("h1").inner_text()
    addresses = [
        f"/claims/{claims[0]}",
        f"/incidents/{incidents[claims[0]]}",
        "/claims?text=Gao",
        "/reports",
        "/review?place=Gao",
        "/",
        f"/reports/{number}",
    ]
    for address in addresses:
        tab.page.goto(desk + address)
        assert tab.page.locator("main script, main img, main style, main a[href^=javascript]").count() == 0, address
        assert "owned" not in tab.page.title() or "<script>" in tab.page.title()
        assert tab.page.evaluate("getComputedStyle(document.querySelector('main')).display") != "none"
    assert tab.problems == []


def test_names_in_arabic_stand_by_themselves(desk: str, tab: Tab) -> None:
    tab.page.goto(f"{desk}/claims?outlet={ARABIC}")
    rows = tab.page.locator("tbody tr")
    assert rows.count() > 0
    assert rows.filter(has=tab.page.locator("bdi", has_text=ARABIC)).count() == rows.count()


def test_every_state_of_a_list_is_an_address(desk: str, tab: Tab) -> None:
    tab.page.goto(f"{desk}/claims")
    everything = tab.page.locator("tbody tr").count()
    tab.page.get_by_label("Event").select_option("ASSAULT")
    tab.page.get_by_label("Place").fill("Aleppo")
    tab.page.get_by_role("button", name="Show").click()
    assert tab.page.url == f"{desk}/claims?place=Aleppo&event=ASSAULT"
    assert 0 < tab.page.locator("tbody tr").count() < everything
    assert tab.page.get_by_label("Place").input_value() == "Aleppo"


def test_one_page_leads_to_the_next_by_address(desk: str, tab: Tab) -> None:
    tab.page.goto(f"{desk}/claims")
    first = tab.page.locator("tbody th a:first-child").first.inner_text()
    tab.page.get_by_role("link", name="Further back").click()
    assert "before=" in tab.page.url
    assert first not in tab.page.locator("tbody").inner_text()


def test_a_view_is_kept_under_a_name_and_removed(copied: Path, tab: Tab) -> None:
    with served(copied) as desk:
        tab.page.goto(f"{desk}/claims?place=Aleppo")
        tab.page.get_by_text("Keep this view").click()
        tab.page.get_by_label("Name").fill("Aleppo today")
        tab.page.get_by_role("button", name="Keep").click()
        tab.page.goto(f"{desk}/claims")
        tab.page.get_by_role("link", name="Aleppo today").click()
        assert tab.page.url == f"{desk}/claims?place=Aleppo"
        tab.page.get_by_text("Keep this view").click()
        tab.page.get_by_role("button", name="Remove").click()
        expect(tab.page.get_by_role("link", name="Aleppo today")).to_have_count(0)


def test_the_map_shades_areas_and_draws_towns_only_where_a_town_is_told(desk: str, tab: Tab) -> None:
    opened(tab, desk, "map")
    areas = tab.page.locator("#areas tbody tr")
    assert areas.count() > 3
    tab.page.get_by_label("Shade by").select_option("warnings")
    expect(areas.first).to_contain_text("Abyan")
    assert "shade=warnings" in tab.page.url
    points = tab.page.request.get(f"{desk}/api/map{WIDE}").json()["points"]
    assert points
    assert all(point["lat"] is not None for point in points)


def test_the_network_holds_only_actors_of_the_registry(desk: str, tab: Tab) -> None:
    opened(tab, desk, "network")
    names = {
        edge[side] for edge in tab.page.request.get(f"{desk}/api/network{WIDE}").json() for side in ("one", "other")
    }
    assert names
    from reportedly.knowledge.actors import countries, registry

    assert names <= {a.name for a in registry().values()} | {c.name for c in countries().values()}
    before = tab.page.locator("#edges tbody tr").count()
    tab.page.get_by_label("fights").uncheck()
    expect(tab.page.locator("#edges tbody tr")).not_to_have_count(before)


def test_an_incident_is_shown_field_by_field_with_what_is_disputed(desk: str, tab: Tab, filled: Path) -> None:
    with Casebook.open(filled) as casebook:
        row = next(
            r for r in casebook.incidents(disputed=True) if any(c.about == "killed" for c in r.incident.contradictions)
        )
        told = {
            str(claim.claim.toll.killed.low) for claim in casebook.claims_of(row.incident) if claim.claim.toll.killed
        }
    tab.page.goto(f"{desk}/incidents/{row.number}")
    fields = tab.page.get_by_role("region", name="Values told")
    killed = fields.get_by_role("row", name="killed").inner_text()
    assert len(told) > 1
    assert all(number in killed for number in told)
    expect(tab.page.get_by_role("region", name="Disputes").locator("tbody tr")).to_have_count(
        len(row.incident.contradictions)
    )
    expect(tab.page.locator("svg .origin")).to_have_count(len(row.incident.origins))


def test_the_record_shows_how_often_warnings_came_true(copied: Path, tab: Tab) -> None:
    with Casebook.open(copied) as casebook:
        number = casebook.warnings()[0]
        bands = (
            Calibration(band="likely", probability=0.7, warnings=10, came_true=6),
            Calibration(band="unlikely", probability=0.3, warnings=4, came_true=1),
        )
        score = Score(
            hits=7, false_alarms=7, unknown=1, void=0, open=2, expected=3.0, judged=12, judged_hits=6, forecasts=14, brier=0.2, reference=0.25,
            compared=12, skill=0.2, calibration=bands,
        )  # fmt: skip
        weeks = AreaWeeks(hits=5, misses=1, false_alarms=4, quiet=30, missed=("Abyan, 2025-W10: I1",))
        scoring = Scoring(
            as_of="2025-06-01",
            against=None,
            partial=False,
            score=score,
            by_origin={number.warning.origin: score},
            weeks=weeks,
        )
        casebook.keep_scored({}, scoring)
    with served(copied) as desk:
        tab.page.goto(f"{desk}/warnings/record")
        tab.page.wait_for_selector("#calibration canvas")
        assert tab.page.locator("tbody").first.locator("tr").first.inner_text().split() == [
            "everybody",
            "7",
            "7",
            "1",
            "0",
            "2",
            "0.200",
            "+0.20",
        ]
    assert tab.problems == []


def test_an_empty_casebook_says_what_to_do(reader: Reader, tmp_path: Path, tab: Tab) -> None:  # noqa: ARG001
    Casebook.create(tmp_path / "empty").close()
    with served(tmp_path / "empty") as desk:
        for name in PAGES:
            if "/1" not in PAGES[name]:
                answer = tab.page.goto(desk + PAGES[name])
                assert answer is not None
                assert answer.ok, name
        tab.page.goto(desk)
        expect(tab.page.get_by_role("link", name="Add a report")).to_be_visible()
        tab.page.get_by_role("button", name="Weigh now").click()
        tab.page.wait_for_url(desk + "/")
    assert tab.problems == []
