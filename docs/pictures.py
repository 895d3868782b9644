"""Draws the pictures of the desk anew: a casebook with the invented reports of the examples and of the tests' stories, seen in a browser.

    python docs/pictures.py

Needs Chromium. The pictures are not compared with the code; look at them when a page has changed.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.cli.prepare import prepare_places
from reportedly.desk.release_casebook import propose
from reportedly.desk.weigh_casebook import weigh_casebook
from reportedly.intake.files import read_file
from reportedly.knowledge.release_profiles import profile_named
from reportedly.model.acquisition import Acquisition, Original, now
from reportedly.model.record import Report
from reportedly.reading.reader import Reader
from reportedly.weighing.evaluation.stories import load_stories

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
YEAR = "?from=2024-01-01&to=2025-12-31"
PICTURES = {
    "desk-today": "/", "desk-review": "/review", "desk-map": f"/map{YEAR}", "desk-network": f"/network{YEAR}", "desk-claims": "/claims?event=ASSAULT",
    "desk-incident": None, "desk-report": None, "desk-warnings": "/warnings?state=all", "desk-timeline": f"/timeline{YEAR}",
    "desk-release": "/releases/1",
}  # fmt: skip


def fill(where: Path) -> None:
    """A casebook with all of it, weighed."""
    prepare_places()
    reader = Reader()
    reports = [
        read_file(p)
        for folder in ("examples", "docs/worked-example/reports")
        for p in sorted((ROOT / folder).glob("*.txt"))
    ]
    reports += [told.report for story in load_stories(ROOT / "tests" / "stories") for told in story.reports]
    soon = Report(
        text="Al-Qaeda will probably attack army posts in Abyan and Shabwa within ten days, security sources said.",
        title="Security sources expect attacks in the south", outlet="Khanfar Agency", published=now().date().isoformat(),
    )  # fmt: skip
    with Casebook.create(where, by="an analyst") as casebook:
        for report in [*reports, soon]:
            original = Original(
                report.text.encode(), "text/plain", report.url or "inbox", now(), "documentation", report.url
            )
            casebook.read(casebook.keep(Acquisition(original, report, "whoever added it")).version, reader)
        weigh_casebook(casebook)
        propose(
            casebook, profile_named("partner"), now().date().isoformat(), "Events of the year", "Example Aid", Filter()
        )


def draw(page: Page, desk: str) -> None:
    """Every picture."""
    most = json.loads(page.request.get(f"{desk}/api/incidents?disputed=true&limit=1&origins=3").body())["items"][0]
    claim = json.loads(page.request.get(f"{desk}/api/incidents/{most['number']}").body())["claims"][0]
    led = {"desk-incident": f"/incidents/{most['number']}", "desk-report": f"/reports/{claim['report']}#C{claim['id']}"}
    for name, path in PICTURES.items():
        page.goto(desk + (path or led[name]))
        if name in ("desk-map", "desk-network", "desk-timeline"):
            page.wait_for_selector("[data-drawn]")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=IMAGES / f"{name}.png")


def main() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("Chromium is needed to draw the pictures")
    with TemporaryDirectory() as folder:
        where = Path(folder) / "casebook"
        fill(where)
        command = [sys.executable, "-m", "reportedly.cli.main", "serve", "--casebook", str(where), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:
            try:
                assert server.stdout is not None
                desk = server.stdout.readline().split(" at ")[1].split("/ ")[0]
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                draw(browser.new_page(viewport={"width": 1280, "height": 800}), desk)
                browser.close()
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
