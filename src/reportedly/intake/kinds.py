"""What kind of thing some bytes are: by what they begin with, then by what a server or a name says of them."""

import io
import re
import zipfile
from typing import Final, Literal

Kind = Literal["page", "pdf", "docx", "markdown", "text", "mail", "feed", "warc", "wacz"]

_BY_TYPE: Final[dict[str, Kind]] = {
    "text/html": "page",
    "application/xhtml+xml": "page",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/markdown": "markdown",
    "text/plain": "text",
    "message/rfc822": "mail",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/warc": "warc",
    "application/wacz": "wacz",
}
_BY_SUFFIX: Final[dict[str, Kind]] = {
    "html": "page", "htm": "page", "xhtml": "page", "pdf": "pdf", "docx": "docx", "md": "markdown", "markdown": "markdown",
    "txt": "text", "text": "text", "eml": "mail", "rss": "feed", "atom": "feed", "warc": "warc", "wacz": "wacz",
}  # fmt: skip
_TYPES: Final[dict[Kind, str]] = {kind: media_type for media_type, kind in reversed(_BY_TYPE.items())}
SUFFIXES: Final = (*_BY_SUFFIX, "xml", "warc.gz")
"""What names of files in a folder end in, for the file to be taken for a report."""

_FEED: Final = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.I)
_PAGE: Final = re.compile(r"<(?:!doctype\s+html|html|head|body|article|main)[\s>]", re.I)
_HEADERS: Final = re.compile(
    r"(?:(?:From|To|Date|Subject|Received|Return-Path|MIME-Version|Message-ID|Delivered-To|X-[\w-]+):[^\n]*\n(?:[ \t][^\n]*\n)*){3}",
    re.I,
)


def kind_of(data: bytes, media_type: str = "", name: str = "") -> Kind:
    """The kind of an original. What is nothing else is text."""
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith((b"WARC/", b"\x1f\x8b")):
        return "warc"
    start = data[:4096].replace(b"\x00", b"").decode("latin-1").lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    markup = re.search(r"<(?!\?|!--|!doctype\s+(?!html))", start, re.I)
    if start.startswith("<") and markup:
        if _FEED.match(start, markup.start()):
            return "feed"
        if _PAGE.match(start, markup.start()):
            return "page"
    told = _BY_TYPE.get(media_type)
    suffix = name.split("?")[0].lower().rpartition(".")[2]
    if told and told != "text":
        return told
    if suffix in _BY_SUFFIX:
        return _BY_SUFFIX[suffix]
    if _HEADERS.match(start):
        return "mail"
    if start.startswith("<?xml") or suffix == "xml" or media_type.endswith("xml"):
        return "feed" if "<!ENTITY" in start or _FEED.search(start) else "page"
    return "page" if _PAGE.search(start[:1000]) else "text"


def media_type_of(kind: Kind) -> str:
    """The media type that a file of a kind is kept under."""
    return _TYPES[kind]


def _packed(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()[:1000]
    except (zipfile.BadZipFile, ValueError, OSError):
        return "docx"
    return "wacz" if any(n.startswith("archive/") for n in names) else "docx"
