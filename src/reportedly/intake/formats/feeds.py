"""RSS and Atom, well-formed or not."""

import calendar
import io
import re
from datetime import UTC, datetime
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import parse as checked_parse

from reportedly.errors import UnreadableReport
from reportedly.intake.formats.documents import plain_text
from reportedly.intake.formats.parts import Entry, Feed, Source

MOST_ENTRIES: Final = 1_000
"""Entries of one feed that are taken at a time, the first ones; feeds give the newest first."""
_ODD_ENCODING: Final = re.compile(rb"encoding\s*=\s*[\"'](?:utf-?7|imap)", re.I)
_DECLARES: Final = re.compile(rb"<!\s*ENTITY", re.I)


def read_feed(source: Source) -> list[Feed]:
    """The entries of a feed. Raises UnreadableReport where it is none, or declares entities (XML bombs do)."""
    import feedparser

    _require_no_entities(source)
    headers = {"content-location": source.url} if source.url else {}
    if source.charset:
        headers["content-type"] = f"{source.media_type}; charset={source.charset}"
    try:
        found = feedparser.parse(io.BytesIO(source.data), response_headers=headers, sanitize_html=True)
    except Exception as error:  # noqa: BLE001  such as an impossible encoding, which it hands to the codec as it is
        raise UnreadableReport(f"{source.name}: is no feed that can be read ({type(error).__name__})") from None
    entries = found.entries
    if not entries and not found.version:
        raise UnreadableReport(f"{source.name}: is no feed")
    problem = None
    if found.bozo and not isinstance(found.get("bozo_exception"), feedparser.CharacterEncodingOverride):
        problem = "the feed is not well-formed"
    if len(entries) > MOST_ENTRIES:
        problem = f"{len(entries)} entries; the first {MOST_ENTRIES} were taken"
    return [
        Feed(
            title=_words(found.feed.get("title")),
            language=str(found.feed.get("language") or "").split("-")[0].lower() or None,
            entries=tuple(_entry(entry) for entry in entries[:MOST_ENTRIES]),
            problem=problem,
        )
    ]


def _require_no_entities(source: Source) -> None:
    plain = source.data.replace(b"\x00", b"")
    if b"<" not in plain[:400] or _ODD_ENCODING.search(plain[:400]):
        raise UnreadableReport(f"{source.name}: is no feed, or in an encoding that hides what it declares")
    if _DECLARES.search(plain) or _parser_meets_one(source.data):
        raise UnreadableReport(
            f"{source.name}: declares XML entities, which no feed needs and bombs are made of; it is not read"
        )


def _parser_meets_one(data: bytes) -> bool:
    """Whether an XML parser would meet a declaration of an entity, in whatever encoding it is written."""
    try:
        checked_parse(io.BytesIO(data), ContentHandler(), forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        return True
    except (SAXException, ValueError, LookupError, OSError):
        return False
    return False


def _entry(entry: Any) -> Entry:
    contents = [part.get("value", "") for part in entry.get("content", [])]
    markup = max(contents, key=len, default="") or entry.get("summary", "")
    link = entry.get("link")
    return Entry(
        url=link if link and link.startswith(("http://", "https://")) else None,
        title=_words(entry.get("title")),
        published=_moment(entry.get("published_parsed")),
        text=_text(markup),
        full=bool(contents),
    )


def _moment(parsed: Any) -> str | None:
    """An entry's time of publication in UTC; its time of update is not one."""
    if not parsed:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def _words(value: Any) -> str | None:
    return _text(str(value)).replace("\n", " ") or None if value else None


def _text(markup: str) -> str:
    from lxml import etree
    from lxml.html import fragment_fromstring

    try:
        return plain_text(fragment_fromstring(markup, create_parent="div")) if markup.strip() else ""
    except (etree.ParserError, ValueError):
        return ""
