"""Web pages: the article's text, title, outlet and date, without the furniture around it. Nothing in a page is run or loaded."""

import re
from typing import Final
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from reportedly.errors import UnreadableReport
from reportedly.intake.formats import dates, encoding
from reportedly.intake.formats.parts import Source
from reportedly.model.acquisition import Extracted

_NOT_FREE: Final = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.I)
_UNSEEN: Final = "//template|//noscript|//*[@hidden]|//*[contains(translate(@style,' ',''),'display:none')]"
"""What a reader of the page does not see."""
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_REFERENCE: Final = re.compile(r"&#(x[0-9a-f]{1,8}|\d{1,8})(?![0-9a-z]);?", re.I)
"""Characters that no tree of markup can hold; and references, which can name them too."""
_STUB: Final = 400
"""Characters under which a page that says it is not free is only its beginning."""


def read_page(source: Source) -> list[Extracted]:
    """The one article of a page. Raises UnreadableReport where there is none."""
    markup, notes = encoding.as_text(source.data, source.name, source.charset)
    tree = parsed(markup, source.name)
    found = dates.published_date(tree, source.url)
    address = _address(tree, source.url)
    for unseen in tree.xpath(_UNSEEN):
        unseen.tag = "unseen"
    etree.strip_elements(tree, "unseen", with_tail=False)
    links = {" ".join(link.text_content().split()) for link in tree.iter("a")}
    document = _article(tree, address)
    if document is None or not (document.text or "").strip() or _is_links(document.text, links):
        raise UnreadableReport(f"{source.name}: no article is in this page, only links or nothing")
    text = document.text.strip()
    more = list(notes)
    if found is None:
        more.append("the page gives no date of publication")
    if _NOT_FREE.search(markup):
        more.append(
            "the page says that it is not free: this may be only its beginning"
            if len(text) < _STUB
            else "the page says that it is not free"
        )
    return [
        Extracted(
            text=text,
            title=_title(document.title),
            outlet=_outlet(document.sitename, address),
            url=address,
            published=found[0] if found else None,
            published_from=found[1] if found else None,
            language=_language(tree),
            notes=tuple(more),
        )
    ]


def parsed(markup: str, name: str) -> HtmlElement:
    """The tree of a page; libxml2's own limits on depth stand."""
    fit = _CONTROL.sub("", _REFERENCE.sub(_unless_control, markup))
    try:
        return document_fromstring(
            re.sub(r"^\s*<\?xml[^>]*\?>", "", fit), parser=HTMLParser(no_network=True, huge_tree=False)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise UnreadableReport(f"{name}: is no page that can be parsed") from None


def _unless_control(reference: re.Match[str]) -> str:
    digits = reference.group(1).lower()
    code = int(digits[1:], 16) if digits[0] == "x" else int(digits)
    return "" if code < 0x110000 and _CONTROL.match(chr(code)) else reference.group()


def _article(tree: HtmlElement, url: str | None):  # type: ignore[no-untyped-def]
    from trafilatura import bare_extraction

    return bare_extraction(
        tree,
        favor_recall=True, url=url, with_metadata=True, include_comments=False, include_tables=True, deduplicate=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )  # fmt: skip


def _address(tree: HtmlElement, url: str | None) -> str | None:
    """Where the page was, or says it is where it was not fetched."""
    if url is not None:
        return url
    for value in tree.xpath("//link[@rel='canonical']/@href|//meta[@property='og:url']/@content"):
        if str(value).startswith(("https://", "http://")):
            return str(value)
    return None


def _is_links(text: str, links: set[str]) -> bool:
    """Whether what is left of a page is a list of links to others."""
    lines = [" ".join(line.strip(" -•|").split()) for line in text.splitlines() if line.strip()]
    return sum(line in links for line in lines) > 0.7 * len(lines)


def _title(title: str | None) -> str | None:
    """A title without markup that a page forgot to close it before."""
    return " ".join(re.sub(r"<[^>]*>", " ", title or "").split()) or None


def _outlet(name: str | None, url: str | None) -> str | None:
    """The outlet as the page names it; trafilatura's fallback on the host's name is not the page's word."""
    host = urlsplit(url or "").netloc.lower()
    return (
        name
        if name and name.lower().removeprefix("www.") not in (host.removeprefix("www."), host.split(":")[0])
        else None
    )


def _language(tree: HtmlElement) -> str | None:
    value = next(iter(tree.xpath("/html/@lang")), "")
    return str(value).split("-")[0].lower() or None
