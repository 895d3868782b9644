"""When a page was published, where the page says so. Nothing is guessed from its text, from when it was changed, or from today."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, Final

from lxml.html import HtmlElement

from reportedly.model.acquisition import now

_DECLARED: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "article.published", "datepublished", "date.published",
    "publish-date", "publish_date", "published_date", "pubdate", "publication_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date", "dc.date.created", "dcterms.date", "citation_publication_date", "citation_online_date", "parsely-pub-date", "sailthru.date",
    "article_date_original", "article:post_date", "originalpublicationdate", "date", "rnews:datepublished", "cxenseparse:recs:publishtime",
)  # fmt: skip
"""Names under which pages declare their first publication (Open Graph, schema.org, Dublin Core, publishers' own), lower-cased."""

_ELSEWHERE: Final = (
    "//aside|//nav|//footer|//script|//style|//*[contains(@class,'related') or contains(@class,'sidebar') or contains(@class,'comment')"
    " or contains(@class,'recommend') or contains(@class,'footer') or contains(@id,'comment') or contains(@id,'sidebar')"
    " or contains(@class,'most-read') or contains(@class,'teaser')]"
)
_MODIFIED: Final = re.compile(r"modif|updat|edited|last|تحديث|تعديل", re.I)
_MARKED: Final = (
    "//*[contains(@class,'date') or contains(@class,'publish') or contains(@class,'posted') or contains(@class,'submitted') or contains(@class,'timestamp')"
    " or contains(@class,'dateline') or contains(@id,'date') or contains(@class,'byline') or contains(@class,'meta')]"
)
_IN_ADDRESS: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([/-])(\d{1,2})\2(\d{1,2})(?!\d)|(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"
)
_ARABIC_MONTHS: Final = dict(
    zip(
        "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول|جانفي|فيفري|أفريل|ماي|جوان|جويلية|أوت".split(
            "|"
        ),
        "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|يناير|فبراير|أبريل|مايو|يونيو|يوليو|أغسطس".split(
            "|"
        ),
        strict=True,
    )
)
"""Names of the months in the Levant, Iraq and the Maghreb by those in Egypt, which dateparser knows."""
_MONTHS: Final = re.compile(rf"\b(?:{'|'.join(sorted(_ARABIC_MONTHS, key=len, reverse=True))})\b")
_EARLIEST: Final = date(1995, 1, 1)


def plausible(value: str) -> str | None:
    """A date or date-time in ISO 8601 if it is one, is not in the future and not older than the web; None otherwise."""
    found = value.strip().replace(" ", "T", 1) if re.match(r"\d{4}-\d\d-\d\d \d\d:", value.strip()) else value.strip()
    found = re.sub(r"([+-]\d\d)(\d\d)$", r"\1:\2", re.sub(r"\.\d+", "", found))
    try:
        if len(found) <= 10:
            day = date.fromisoformat(found)
            shown = day.isoformat()
        else:
            moment = datetime.fromisoformat(found)
            day = moment.date()
            shown = moment.isoformat()
    except ValueError:
        return None
    return shown if _EARLIEST <= day <= now().date() + timedelta(days=1) else None


def published_date(tree: HtmlElement, url: str | None) -> tuple[str, str] | None:
    """The date of first publication and what in the page gives it, the surest first; None where the page has none."""
    for name, value in _declared(tree):
        found = plausible(value) or _in_words(value)
        if found:
            return found, f"the page's metadata ({name})"
    shown = _shown(tree)
    if shown:
        return shown, "the date shown on the page"
    addressed = _from_address(url)
    if addressed:
        return addressed, "the page's address"
    return None


def _declared(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for block in tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from (("JSON-LD datePublished", value) for value in _json_values(block, "datePublished"))
    found: dict[str, str] = {}
    for meta in tree.xpath("//meta[@content]"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        found.setdefault(name, meta.get("content"))
    for name in _DECLARED:
        if found.get(name):
            yield name, found[name]
    for element in tree.xpath("//*[@itemprop='datePublished']"):
        yield "itemprop datePublished", element.get("datetime") or element.get("content") or element.text_content()


def _json_values(block: str, key: str) -> Iterator[str]:
    """Every text under a key of the article that a block of JSON-LD describes; a broken block gives none."""
    try:
        waiting: list[Any] = [json.loads(block)]
    except (ValueError, RecursionError):
        return
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            if isinstance(item.get(key), str):
                yield item[key]
            waiting.extend(item.get("@graph", []) if isinstance(item.get("@graph"), list) else [])


def _shown(tree: HtmlElement) -> str | None:
    """The one day that the article's own head shows, in `<time>` or in an element marked as its date."""
    elsewhere = {inner for outer in tree.xpath(_ELSEWHERE) for inner in outer.iter()}
    days: list[str] = []
    for element in tree.xpath("//time"):
        if element in elsewhere or _is_of_change(element):
            continue
        found = plausible(element.get("datetime") or "") or _in_words(element.text_content())
        if found:
            days.append(found)
    if days:
        return days[0]
    for element in tree.xpath(_MARKED):
        if element in elsewhere or _is_of_change(element) or element.tag in ("body", "html"):
            continue
        found = _in_words(element.text_content())
        if found:
            return found
    return None


def _is_of_change(element: HtmlElement) -> bool:
    """Whether an element tells when the page was changed, not when it was published."""
    near = element.getparent()
    words = " ".join(
        filter(
            None,
            (
                element.get("class"),
                element.get("itemprop"),
                element.get("id"),
                (near.text if near is not None else "") or "",
            ),
        )
    )
    before = element.getprevious()
    tail = before.tail if before is not None else ""
    return bool(_MODIFIED.search(words) or _MODIFIED.search(tail or "") or _MODIFIED.search((element.text or "")[:20]))


def _in_words(text: str) -> str | None:
    """A full date written out in any language that dateparser knows: day, month and year, or nothing."""
    words = " ".join(text.split())
    if not 6 <= len(words) <= 60 or not re.search(r"\d", words):
        return None
    import dateparser

    settings = {
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "DMY",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    if re.search(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}", words) and not _is_certain_order(words):
        return None
    bare = re.sub(
        r"^(?:published|posted|by|on|date|dateline|نشر|نشرت|بتاريخ|في|publié le|publicado el)\b[:\s]*",
        "",
        words,
        flags=re.I,
    )
    bare = re.split(r"\s[|•·–-]\s|,\s*\d{1,2}:\d\d|\s\d{1,2}:\d\d", bare)[0]
    bare = _MONTHS.sub(lambda match: _ARABIC_MONTHS[match.group()], bare)
    found = dateparser.parse(bare, settings=settings)
    return plausible(found.date().isoformat()) if found else None


def _is_certain_order(words: str) -> bool:
    """Whether 13/02/2025 can only be read one way."""
    numbers = [int(n) for n in re.findall(r"\d+", words)[:2]]
    return len(numbers) == 2 and (max(numbers) > 12 or numbers[0] == numbers[1])


def _from_address(url: str | None) -> str | None:
    match = _IN_ADDRESS.search(url or "")
    if not match:
        return None
    year, _, month, day, y, m, d = match.groups()
    return plausible(f"{year}-{int(month):02d}-{int(day):02d}" if year else f"{y}-{m}-{d}")
