"""The HTML page of one reading, in a real browser: it loads nothing, runs nothing of the report's, and lights up words."""

import re
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from reportedly import Reader, Report, read_file
from reportedly.desk.reading_page import reading_page

from .conftest import ROOT

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


def test_hostile_markup_is_only_text(reader: Reader, browser: webdriver.Chrome, tmp_path: Path) -> None:
    browser.get(page_of(reader, Report(text=HOSTILE, title="<b>x</b>", published="2025-03-05"), tmp_path))
    assert browser.title == "<b>x</b> – claims"
    assert str(browser.find_element(By.ID, "text").get_property("textContent")).strip() == HOSTILE
    assert browser.find_elements(By.CSS_SELECTOR, "article img, article script, article style") == []


def test_choosing_a_claim_lights_up_its_words(reader: Reader, browser: webdriver.Chrome, tmp_path: Path) -> None:
    report = read_file(ROOT / "examples" / "jilib-agreement.txt")
    claims = reader.read(report).reading.claims
    browser.get(page_of(reader, report, tmp_path))
    cards = browser.find_elements(By.CSS_SELECTOR, "#cards li[data-n]")
    assert len(cards) == len(claims)
    body = browser.find_element(By.TAG_NAME, "body")
    body.send_keys("j")
    assert lit(browser, "trigger") == claims[0].trigger.text
    body.send_keys("j")
    assert lit(browser, "trigger") == claims[1].trigger.text
    body.send_keys(Keys.ESCAPE)
    assert lit(browser, "trigger") == ""
    cards[-1].click()
    assert lit(browser, "trigger") == claims[-1].trigger.text
    log = browser.get_log("browser")  # type: ignore[no-untyped-call]
    errors = [entry for entry in log if entry["level"] == "SEVERE"]
    assert errors == []


def lit(browser: webdriver.Chrome, role: str) -> str:
    pieces = browser.find_elements(By.CSS_SELECTOR, f"#text .on.{role}")
    return "".join(piece.text for piece in pieces)
