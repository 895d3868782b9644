"""A desk for the tests: a casebook with invented reports, served by the command as a user runs it, and windows of a real browser."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from reportedly import Reader, Report
from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.desk.release_casebook import propose
from reportedly.desk.weigh_casebook import weigh_casebook
from reportedly.knowledge.release_profiles import profile_named
from reportedly.model.acquisition import Acquisition, Original, now
from reportedly.weighing.evaluation.stories import load_stories

STORIES = Path(__file__).resolve().parent / "stories"
HOSTILE_TITLE = '<script>document.title="owned"</script>{{ 7 * 7 }}\x1b[31mred'
HOSTILE_TEXT = (
    'Rebels <script>document.title="owned"</script> attacked Gao on Monday, an <img src=x onerror="document.title=1"> official said. '
    '<svg onload="document.title=2"></svg><a href="javascript:document.title=3">here</a> <style>*{display:none}</style>\n\n'
    "The army shelled Ber on Monday, {{ 7 * 7 }} ${7*7} {% raw %} <%= 7*7 %> a spokesman said\x1b]0;owned\x07.\n\n"
    "قال متحدث باسم الجيش إن القوات قصفت المدينة. Rebels killed two soldiers in Gao on Monday, قناة النهر said.\n"
)
ARABIC = "وكالة أنباء النهر"


@dataclass
class Tab:
    """A window with what went wrong in it, and every address that it asked for."""

    page: Page
    problems: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def hosts(self) -> set[str]:
        """The hosts that it asked."""
        return {
            urlsplit(address).hostname or "" for address in self.asked if not address.startswith(("data:", "blob:"))
        }


@contextmanager
def new_tab(browser: Browser, scheme: str = "light", width: int = 1366, height: int = 768) -> Iterator[Tab]:
    """A window with its own cookies."""
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": height},
        accept_downloads=True,
    )
    tab = Tab(context.new_page())
    tab.page.on("request", lambda request: tab.asked.append(request.url))
    tab.page.on("pageerror", lambda error: tab.problems.append(f"script: {error}"))
    tab.page.on("console", lambda said: tab.problems.append(f"console: {said.text}") if said.type == "error" else None)
    yield tab
    context.close()


def keep(casebook: Casebook, reader: Reader, report: Report) -> int:
    """Add a report and read it; its number."""
    original = Original(
        report.text.encode(), "text/plain", f"inbox/{report.title or report.url}", now(), "tests", report.url
    )
    kept = casebook.keep(Acquisition(original, report, "whoever added it"))
    casebook.read(kept.version, reader)
    return kept.report


def fill(where: Path, reader: Reader) -> None:
    """A casebook with stories from several wars, a hostile report, one whose names are Arabic, and warnings; all of it weighed."""
    with Casebook.create(where, by="tester") as casebook:
        for story in load_stories(STORIES)[:6]:
            for told in story.reports:
                keep(casebook, reader, told.report)
        keep(casebook, reader, Report(text=HOSTILE_TEXT, title=HOSTILE_TITLE, outlet=ARABIC, published="2025-03-05"))
        warning = "Al-Qaeda will probably attack army posts in Abyan within ten days, security sources said."
        keep(
            casebook,
            reader,
            Report(text=warning, title="A warning", outlet="Khanfar Agency", published=now().date().isoformat()),
        )
        weigh_casebook(casebook)
        propose(casebook, profile_named("partner"), "2026-01-31", "January", "The desk", Filter())


@contextmanager
def served(where: Path | str, *options: str) -> Iterator[str]:
    """The desk of a casebook, on loopback; its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "reportedly.cli.main", "serve", "--casebook", str(where), "--port", "0", "--reader", "rules", *options],
        stdout=subprocess.PIPE, env={**os.environ, "NO_COLOR": "1"}, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        told = re.search(r"http://\S+:\d+", process.stdout.readline())
        assert told is not None, "the desk did not open"
        yield told[0]
    finally:
        process.terminate()
        process.communicate(timeout=30)
