"""The HTML page of one reading, in a real browser: it loads nothing, runs nothing of the report's, and lights up words."""

import re
from pathlib import Path

from reportedly import Reader, Report, read_file
from reportedly.desk.reading_page import reading_page

from .conftest import ROOT
from .desk import Tab

HOSTILE = (
    'Rebels <script>document.title="owned"</script> attacked Gao on Monday, an <img src=x onerror="document.title=1"> official said.\n\n'
    "قال متحدث Army spokesman said </span></article><style>*{display:none}</style> troops shelled Ber."
)


def page_of(reader: Reader, report: Report, folder: Path) -> str:
    path = folder / "page.html"
    path.write_text(reading_page(reader.read(report).reading, report.text), encoding="utf-8")
    return path.as_uri()


def test_it_names_no_other_address(reader: Reader) -> None:
    report = read_file(ROOT / "examples" / "jilib-agreement.txt")
    page = reading_page(reader.read(report).reading, report.text)
    assert re.findall(r"""(?:src|href)\s*=|url\(|@import|https?://""", page) == []


def test_hostile_markup_is_only_text(reader: Reader, tab: Tab, tmp_path: Path) -> None:
    tab.page.goto(page_of(reader, Report(text=HOSTILE, title="<b>x</b>", published="2025-03-05"), tmp_path))
    assert tab.page.title() == "<b>x</b> – claims"
    assert (tab.page.locator("#text").text_content() or "").strip() == HOSTILE
    assert tab.page.locator("article img, article script, article style").count() == 0


def test_choosing_a_claim_lights_up_its_words(reader: Reader, tab: Tab, tmp_path: Path) -> None:
    report = read_file(ROOT / "examples" / "jilib-agreement.txt")
    claims = reader.read(report).reading.claims
    tab.page.goto(page_of(reader, report, tmp_path))
    cards = tab.page.locator("#cards li[data-n]")
    assert cards.count() == len(claims)
    tab.page.keyboard.press("j")
    assert lit(tab, "trigger") == claims[0].trigger.text
    tab.page.keyboard.press("j")
    assert lit(tab, "trigger") == claims[1].trigger.text
    tab.page.keyboard.press("Escape")
    assert lit(tab, "trigger") == ""
    cards.last.click()
    assert lit(tab, "trigger") == claims[-1].trigger.text
    assert tab.problems == []


def lit(tab: Tab, role: str) -> str:
    return "".join(tab.page.locator(f"#text .on.{role}").all_inner_texts())
