"""Gathering: pages as news sites write them, feeds, documents, mail and archives become reports; what is hostile becomes a line."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from reportedly.errors import InvalidFeeds
from reportedly.intake.addresses import AddressRules
from reportedly.intake.feed_list import read_feed_list
from reportedly.intake.fetching import Fetcher, Limits
from reportedly.intake.formats.pdfs import in_reading_order, joined, unbroken
from reportedly.intake.gather import Gatherer, clean_url
from reportedly.intake.isolated import IsolatedParser
from reportedly.intake.kinds import kind_of
from reportedly.model.acquisition import Acquisition, Failure, FeedRead, Outcome

from .conftest import ROOT
from .web import Recorder, Request, Web, article, rss

PAGES = ROOT / "tests" / "pages"
INDEX: list[dict[str, Any]] = json.loads((PAGES / "index.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def parser() -> Iterator[IsolatedParser]:
    with IsolatedParser(seconds=20) as running:
        yield running


def gatherer_for(server: Web, parser: IsolatedParser, **settings: Any) -> Gatherer:
    limits = Limits(largest=12_000_000, tries=1, whole=20, one_step=5)
    fetcher = Fetcher(AddressRules(frozenset({server.host})), limits, pace=0, backend=Recorder())
    server.clients.append(fetcher)
    return Gatherer(fetcher, parser, **settings)


def taken(outcomes: list[Outcome]) -> list[Acquisition]:
    return [item for item in outcomes if isinstance(item, Acquisition)]


def failed(outcomes: list[Outcome]) -> list[str]:
    return [item.reason for item in outcomes if isinstance(item, Failure)]


def test_there_are_enough_pages() -> None:
    assert len(INDEX) >= 30


@pytest.mark.parametrize("page", INDEX, ids=[page["name"] for page in INDEX])
def test_pages_give_what_they_say_and_nothing_else(server: Web, parser: IsolatedParser, page: dict[str, Any]) -> None:
    data = (PAGES / f"{page['name']}.html").read_bytes()
    url = server.serve(
        page["path"], data, headers=tuple(page.get("headers", {"Content-Type": "text/html; charset=utf-8"}).items())
    )
    outcomes = list(gatherer_for(server, parser).gather([url]))
    if page.get("refused"):
        assert len(outcomes) == 1
        assert page["refused"] in failed(outcomes)[0]
        return
    (found,) = taken(outcomes)
    report = found.report
    assert found.original.data == data, "the untouched bytes"
    assert report.url == url
    for name in ("title", "outlet"):
        if name in page:
            assert getattr(report, name) == page[name]
    if "published" in page:
        assert (report.published or "")[:10] == (page["published"] or "")
        assert (found.published_from is None) == (page["published"] is None)
        if page["published"] is None:
            assert "the page gives no date of publication" in found.notes
    if "published_from" in page:
        assert found.published_from == page["published_from"]
    for words in page.get("holds", []):
        assert words in report.text
    for words in page.get("lacks", []):
        assert words not in report.text
    if "note" in page:
        assert any(page["note"] in note for note in found.notes)
    assert report.language == page["language"]


def test_what_the_user_says_stands_above_the_page(server: Web, parser: IsolatedParser) -> None:
    url = server.serve("/page", article("Gao"))
    gathering = gatherer_for(
        server, parser, options={"outlet": "Told Wire", "published": "2025-03-01", "title": None, "url": None}
    )
    (found,) = taken(list(gathering.gather([url])))
    assert (found.report.outlet, found.report.published, found.published_from) == (
        "Told Wire",
        "2025-03-01",
        "whoever added it",
    )


def test_a_feed_gives_its_entries_pages(server: Web, parser: IsolatedParser) -> None:
    places = ["Gao", "Ansongo", "Kidal"]
    links = [(f"News from {place}", f"/{place}?utm_source=rss") for place in places]
    for place in places:
        server.serve(f"/{place}", article(place, published=None))
    server.serve("/gone", b"", 404)
    feed = server.serve(
        "/feed", rss([*links, ("Gone", server.url("/gone"))]), headers=[("Content-Type", "application/rss+xml")]
    )
    outcomes = list(gatherer_for(server, parser).gather([feed]))
    assert isinstance(outcomes[0], FeedRead)
    assert outcomes[0].entries == 4
    found = taken(outcomes)
    assert [item.report.url for item in found] == [server.url(f"/{p}") for p in places]
    assert {item.report.outlet for item in found} == {"Example Wire"}
    assert {item.published_from for item in found} == {"the feed"}
    assert all(item.original.parent is outcomes[0].original for item in found)
    assert len(failed(outcomes)) == 1


def test_a_feed_in_full_is_enough_where_its_pages_cannot_be_had(server: Web, parser: IsolatedParser) -> None:
    words = (
        "Rebels shelled the market in Aweil on Monday and wounded nine traders, a doctor at the county hospital said. "
        * 4
    )
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Atom Wire</title>'
        f'<entry><title>Market shelled</title><link href="{server.url("/forbidden")}"/><published>2025-03-04T08:00:00Z</published>'
        f'<content type="html">&lt;p&gt;{words}&lt;/p&gt;</content></entry></feed>'
    )
    server.serve("/forbidden", b"", 403)
    outcomes = list(gatherer_for(server, parser).gather([server.serve("/feed", body)]))
    (found,) = taken(outcomes)
    assert found.report.text.startswith("Rebels shelled the market")
    assert any("does not allow" in note for note in found.notes)
    before = len(server.asked)
    (again,) = taken(list(gatherer_for(server, parser, feed_text=True).gather([server.url("/feed")])))
    assert again.report.url == server.url("/forbidden")
    assert "/forbidden" not in [path for path, _ in server.asked[before:]]


def test_a_broken_feed_gives_what_can_be_read_of_it(server: Web, parser: IsolatedParser) -> None:
    server.serve("/gao", article("Gao"))
    broken = rss([("News & more from Gao", server.url("/gao"))]).replace("</channel></rss>", "<item><title>cut")
    outcomes = list(gatherer_for(server, parser).gather([server.serve("/feed", broken)]))
    assert isinstance(outcomes[0], FeedRead)
    assert outcomes[0].problem == "the feed is not well-formed"
    assert len(taken(outcomes)) == 1


# ── what means harm

BILLION_LAUGHS = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">{}]><rss version="2.0"><channel><title>&z;</title></channel></rss>'.format(
    "".join(f'<!ENTITY {chr(c)} "{f"&{chr(c - 1)};" * 10}">' for c in range(ord("c"), ord("z") + 1))
)
QUADRATIC = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 100_000}">]><rss version="2.0"><channel><title>{"&a;" * 10_000}</title></channel></rss>'
EXTERNAL = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel><title>&x;</title><item><title>&x;</title></item></channel></rss>'


@pytest.mark.parametrize("bomb", [BILLION_LAUGHS, QUADRATIC, EXTERNAL], ids=["billion laughs", "quadratic", "external"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp037"])
def test_xml_bombs_are_refused(server: Web, parser: IsolatedParser, bomb: str, encoding: str) -> None:
    data = bomb.replace('version="1.0"?', f'version="1.0" encoding="{encoding}"?', 1).encode(encoding)
    server.serve("/good", article("Gao"))
    url = server.serve("/feed", data, headers=[("Content-Type", "application/rss+xml")])
    outcomes = list(gatherer_for(server, parser).gather([url, server.url("/good")]))
    assert len(failed(outcomes)) == 1
    assert re.search("entities|is no feed", failed(outcomes)[0])
    assert len(taken(outcomes)) == 1, "the rest is taken in"


def test_markup_ten_thousand_deep_ends(server: Web, parser: IsolatedParser) -> None:
    deep = "<html><body>" + "<div>" * 10_000 + "<p>Rebels attacked Gao.</p>" + "</div>" * 10_000
    urls = [server.serve("/deep", deep), server.serve("/good", article("Gao"))]
    urls.append(server.serve("/spans", "<html><body><p>" + "<b><i>" * 10_000 + article("Kidal")))
    outcomes = list(gatherer_for(server, parser).gather(urls))
    assert len(outcomes) == 3
    assert any("Gao" in (item.report.title or "") for item in taken(outcomes))


def test_nul_bytes_are_left_out_and_told(server: Web, parser: IsolatedParser) -> None:
    url = server.serve("/nul", article("Gao").replace("on Tuesday", "on\x00 Tues\x00day").encode())
    (found,) = taken(list(gatherer_for(server, parser).gather([url])))
    assert "\x00" not in found.report.text
    assert "on Tuesday" in found.report.text
    assert b"\x00" in found.original.data
    assert any("NUL" in note for note in found.notes)


def test_a_feed_of_fifty_thousand_items_is_cut(server: Web) -> None:
    feed = rss((f"Item {n}", f"http://127.0.0.1:1/{n}") for n in range(50_000))
    url = server.serve("/feed", feed)
    with (
        IsolatedParser() as patient
    ):  # as patient as it ships: it takes this many items ten seconds on a free core, and more on a busy one
        outcomes = list(gatherer_for(server, patient, seen=lambda _url: True).gather([url]))
    assert isinstance(outcomes[0], FeedRead)
    assert outcomes[0].problem == "50000 entries; the first 1000 were taken"


def test_a_parser_that_takes_too_long_or_too_much_is_ended_and_the_next_one_works(server: Web) -> None:
    huge = "<html><body>" + "<p><table><tr><td>" * 300_000
    urls = [server.serve("/huge", huge), server.serve("/good", article("Gao"))]
    with IsolatedParser(seconds=2) as quick:
        outcomes = list(gatherer_for(server, quick).gather(urls))
    assert len(outcomes) == 2
    assert len(taken(outcomes)) >= 1


def test_scripts_are_not_run_and_nothing_of_a_page_is_loaded(server: Web, parser: IsolatedParser) -> None:
    page = article("Gao").replace(
        "<article>",
        f'<script src="{server.url("/s.js")}"></script><img src="{server.url("/i.png")}"><iframe src="{server.url("/f")}"></iframe><link rel="stylesheet" href="{server.url("/c.css")}"><article>',
    )
    list(gatherer_for(server, parser).gather([server.serve("/page", page)]))
    assert server.paths() == ["/page"]


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("name", ["word/document.xml", "archive/data.warc"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    server: Web, parser: IsolatedParser, tmp_path: Path, name: str
) -> None:
    path = tmp_path / "bomb.docx"
    path.write_bytes(zipped({name: b"\0" * 250_000_000}))
    (reason,) = failed(list(gatherer_for(server, parser).gather([str(path)])))
    assert "unpacks to 250 MB" in reason


@pytest.mark.parametrize(
    ("media_type", "data"),
    [("image/png", b"pixels"), ("application/json", b'{"a": 1}'), ("text/css", b"p {}"), ("text/plain", b"{\\rtf1 x}")],
)
def test_what_is_no_report_is_not_taken_for_one(
    server: Web, parser: IsolatedParser, media_type: str, data: bytes
) -> None:
    url = server.serve("/thing", data, headers=[("Content-Type", media_type)])
    outcomes = list(gatherer_for(server, parser).gather([url]))
    assert len(failed(outcomes)) == 1
    assert not taken(outcomes)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.warc.gz", "a.wacz", "a.eml", "a.html", "a.rss", "a.txt"])
@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\ngarbage",
        b"PK\x03\x04garbage",
        b"\x1f\x8b\x08garbage",
        b"WARC/1.0\r\ngarbage",
        b"\x00\x01\x02" * 900,
        b" ",
    ],
)
def test_garbage_is_a_line(server: Web, parser: IsolatedParser, tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    outcomes = list(gatherer_for(server, parser).gather([str(path)]))
    assert len(outcomes) == 1
    assert len(failed(outcomes)) == 1
    assert str(path) in failed(outcomes)[0]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300),
    kind=st.sampled_from(["page", "pdf", "docx", "markdown", "text", "mail", "feed", "warc", "wacz"]),
)
def test_no_bytes_make_a_parser_do_anything_but_parse_or_refuse(parser: IsolatedParser, data: bytes, kind: Any) -> None:
    from reportedly.errors import UnreadableReport
    from reportedly.intake.formats.parts import Source

    starts = {
        "pdf": b"%PDF-1.4\n",
        "docx": b"PK\x03\x04",
        "warc": b"WARC/1.0\r\n",
        "feed": b"<rss><channel>",
        "page": b"<html>",
        "mail": b"From: a\n",
    }
    source = Source(starts.get(kind, b"") + data, "", "generated")
    refused = None
    try:
        parts = parser.parse(kind, source)
    except UnreadableReport as error:
        refused = str(error)
    assert parts if refused is None else refused.startswith("generated: ")
    assert "cannot be parsed" not in (refused or ""), "a parser stumbled over something that it did not expect"


@settings(max_examples=200, deadline=None)
@given(
    data=st.binary(max_size=400),
    media_type=st.sampled_from(["", "text/html", "text/plain", "application/xml"]),
    name=st.text(max_size=20),
)
def test_any_bytes_are_of_some_kind(data: bytes, media_type: str, name: str) -> None:
    assert kind_of(data, media_type, name)


# ── files


def test_a_word_document_gives_paragraphs_and_tables_in_order(
    server: Web, parser: IsolatedParser, tmp_path: Path
) -> None:
    import docx

    document = docx.Document()
    document.core_properties.title = "Weekly security note"
    document.add_heading("Weekly security note", 1)
    document.add_paragraph("Gunmen stopped two trucks near Dori on Monday.")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip(
        (c for row in table.rows for c in row.cells), ("Place", "Incidents", "Dori", "2"), strict=True
    ):
        cell.text = words
    document.add_paragraph("The road was open again on Tuesday.")
    path = tmp_path / "note.docx"
    document.save(str(path))
    (found,) = taken(list(gatherer_for(server, parser).gather([str(path)])))
    assert found.report.title == "Weekly security note"
    text = found.report.text
    assert text.index("two trucks") < text.index("Dori | 2") < text.index("open again")
    assert found.report.published is None


def test_markdown_loses_its_marks(server: Web, parser: IsolatedParser, tmp_path: Path) -> None:
    path = tmp_path / "note.md"
    path.write_text(
        "# Morning note\n\nRebels **attacked** [Gao](http://x.test) on\nMonday.\n\n- Two men were `hurt`.\n- One fled.\n",
        encoding="utf-8",
    )
    (found,) = taken(list(gatherer_for(server, parser).gather([str(path)])))
    assert found.report.title == "Morning note"
    assert found.report.text == "Morning note\n\nRebels attacked Gao on Monday.\n\nTwo men were hurt.\nOne fled."


def message(**extra: Any) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = '"Field Desk" <desk@example.org>', "me@example.org", "Daily sitrep"
    mail["Date"] = "Wed, 05 Mar 2025 18:30:00 +0300"
    mail.set_content(extra.get("text", "Rebels attacked the post at Kitgum on Tuesday, police said.\n"))
    return mail


def test_a_mail_is_a_report_and_so_are_its_attachments(server: Web, parser: IsolatedParser, tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment("Militiamen burned two shops in Torit.\n", filename="annex.txt")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="map.png")
    inner = message(text="Forwarded: soldiers arrested nine men in Bor.\n")
    mail.add_attachment(inner)
    path = tmp_path / "sitrep.eml"
    path.write_bytes(mail.as_bytes())
    found = taken(list(gatherer_for(server, parser).gather([str(path)])))
    assert [item.report.text.split()[0] for item in found] == ["Rebels", "Militiamen", "Forwarded:"]
    first, annex, _ = found
    assert (first.report.title, first.report.outlet, first.report.published) == (
        "Daily sitrep",
        "Field Desk",
        "2025-03-05T18:30:00+03:00",
    )
    assert first.published_from == "the mail's Date header"
    assert annex.original.parent is first.original
    assert annex.original.location == f"{path}/annex.txt"


def warc(pages: dict[str, bytes]) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, body in pages.items():
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(body),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2025-03-06T07:00:00Z"},
            )
        )
    return out.getvalue()


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # warcio's writer, which only the tests use
@pytest.mark.parametrize("suffix", ["warc.gz", "wacz"])
def test_an_archive_gives_its_pages_with_address_and_time_of_capture(
    server: Web, parser: IsolatedParser, tmp_path: Path, suffix: str
) -> None:
    data = warc({f"https://example.org/{p}": article(p).encode() for p in ("Gao", "Kidal")})
    path = tmp_path / f"crawl.{suffix}"
    path.write_bytes(data if suffix == "warc.gz" else zipped({"archive/data.warc.gz": data, "datapackage.json": b"{}"}))
    found = taken(list(gatherer_for(server, parser).gather([str(path)])))
    assert [item.report.url for item in found] == ["https://example.org/Gao", "https://example.org/Kidal"]
    assert {item.original.seen_at.isoformat() for item in found} == {"2025-03-06T07:00:00+00:00"}
    assert found[0].original.response is not None
    assert found[0].original.parent is not None
    assert found[0].original.parent.data == path.read_bytes()


def test_a_folder_gives_its_files_and_tells_of_the_bad_ones(
    server: Web, parser: IsolatedParser, tmp_path: Path
) -> None:
    (tmp_path / "in" / "deeper").mkdir(parents=True)
    (tmp_path / "in" / "a.txt").write_text("Rebels attacked Gao.", encoding="utf-8")
    (tmp_path / "in" / "a.meta.json").write_text('{"outlet": "Side Wire", "published": "2025-03-05"}', encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text("", encoding="utf-8")
    (tmp_path / "in" / "c.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "in" / "deeper" / "d.html").write_text(article("Kidal"), encoding="utf-8")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    outcomes = list(gatherer_for(server, parser).gather([str(tmp_path / "in"), str(tmp_path / "none")]))
    found = taken(outcomes)
    assert [Path(item.original.location).name for item in found] == ["a.txt", "d.html"]
    assert (found[0].report.outlet, found[0].report.published) == ("Side Wire", "2025-03-05")
    assert [re.sub(".*/", "", reason) for reason in failed(outcomes)] == [
        "b.txt: is empty",
        "none: no such file or folder",
    ]


PRINTED = {
    "columns": (
        '<h1>Weekly note</h1><div style="columns:2">'
        "<p>Left one: gunmen raided two shops on the road to Ansongo before dawn and left with three motorcycles, residents said.</p>"
        "<p>Left two: the governor denied that any soldier had been hurt in the exchange and promised patrols.</p>"
        "<p>Right one: in Kidal the market stayed shut for the third day as traders waited for the convoy from the south.</p>"
        "<p>Right two: an aid note put the number of displaced families at four hundred and asked for tents.</p></div>",
        ["Weekly note", "Left one: gunmen raided two shops on the road to Ansongo before dawn", "Left two", "Right one: in Kidal", "Right two"],
    ),
    "arabic": (
        '<div lang="ar" dir="rtl"><h1>بيان رقم 12</h1><p>قال المتحدث (باسم الجيش) إن مسلحين هاجموا سوقا في المدينة يوم الثلاثاء 4 مارس وقتلوا 12 شخصا.</p>'
        "<p>ونفت الجماعة ذلك في بيان قصير.</p></div>",
        ["بيان رقم 12", "قال المتحدث (باسم الجيش) إن مسلحين هاجموا سوقا", "4 مارس وقتلوا 12 شخصا", "ونفت الجماعة ذلك"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_page_is_read_in_the_order_a_person_reads_it(
    server: Web, parser: IsolatedParser, browser: Browser, tmp_path: Path, name: str
) -> None:
    markup, order = PRINTED[name]
    (tmp_path / "page.html").write_text(f'<html><meta charset="utf-8"><body>{markup}</body></html>', encoding="utf-8")
    path = tmp_path / f"{name}.pdf"
    window = browser.new_page()
    window.goto((tmp_path / "page.html").as_uri())
    window.pdf(path=path)
    window.close()
    (found,) = taken(list(gatherer_for(server, parser).gather([str(path)])))
    text = " ".join(found.report.text.split())
    places = [text.find(words) for words in order]
    assert -1 not in places, text
    assert places == sorted(places)
    assert "a PDF gives no date of publication" in found.notes


def test_lines_of_a_pdf_become_paragraphs_in_the_order_they_are_read() -> None:
    assert (
        joined("Rebels attacked the\npost near Gao.\n• One man\n• Two goats")
        == "Rebels attacked the post near Gao.\n• One man\n• Two goats"
    )
    assert (
        unbroken(["They fled south-", "a well-known road, the hospi- tal, the well- known"])[1]
        == "a well-known road, the hospital, the well-known"
    )
    assert in_reading_order("(ةيمسر) 12 مقر نايب") == "بيان رقم 12 (رسمية)"
    assert in_reading_order("plain words") == "plain words"


@given(st.text(alphabet="ابتثجحخدذرزسشصض ", min_size=1, max_size=40))
def test_turning_a_line_keeps_its_letters(line: str) -> None:
    assert sorted(in_reading_order(line)) == sorted(line)


def test_addresses_lose_what_only_tells_where_a_reader_came_from() -> None:
    assert clean_url("HTTPS://Example.org/a?id=3&utm_source=x&fbclid=9#top") == "https://example.org/a?id=3"
    assert clean_url("https://example.org/a?q=1%202") == "https://example.org/a?q=1%202"
    assert clean_url("https://example.org") == "https://example.org/"


@given(st.text(max_size=60) | st.text(alphabet="http:/[]@?#&=%.a1 ", max_size=60).map(lambda tail: "http://" + tail))
def test_no_address_breaks_cleaning(url: str) -> None:
    assert clean_url(clean_url(url)) == clean_url(url)


# ── lists of feeds


def test_a_list_of_feeds_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(
        'contact = "desk@example.org"\n[[feed]]\nurl = "https://example.org/rss"\nevery = "15 minutes"\nsilent_after = "2d"\n',
        encoding="utf-8",
    )
    listed = read_feed_list(path)
    assert listed.contact == "desk@example.org"
    assert (listed.feeds[0].every, listed.feeds[0].silent_after, listed.feeds[0].full_text) == (900, 172800, False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "names no feed"), ("[[feed]]", "has no url"), ('[[feed]]\nurl = "ftp://x"', "no web address"), ("[[feed", "no valid TOML"),
        ('[[feed]]\nurl = "https://a.example/"\nevery = "soon"', "no length of time"), ('[[feed]]\nurl = "https://a.example/"\nevry = "1 h"', "evry is not known"),
        ('[[feed]]\nurl = "https://a.example/"\n[[feed]]\nurl = "https://a.example/"', "named twice"), ('pace = "fast"\n[[feed]]\nurl = "https://a.example/"', "pace"),
    ],
)  # fmt: skip
def test_a_list_that_makes_no_sense_says_where(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFeeds, match=words):
        read_feed_list(path)


def test_an_endless_page_among_good_ones_stops_nothing(server: Web, parser: IsolatedParser) -> None:
    def endless(request: Request) -> None:
        request.send_response(200)
        request.end_headers()
        while not request.server.closing.is_set():
            request.wfile.write(b"<p>more</p>" * 10_000)

    server.routes["/endless"] = endless
    urls = [server.serve("/a", article("Gao")), server.url("/endless"), server.serve("/b", article("Kidal"))]
    outcomes = list(gatherer_for(server, parser).gather(urls))
    assert len(taken(outcomes)) == 2
    assert "more than 12 MB" in failed(outcomes)[0]
