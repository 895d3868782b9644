"""Office documents, Markdown and plain text."""

import io
import zipfile
from typing import Final

from lxml.html import HtmlElement, document_fromstring

from reportedly.errors import UnreadableReport
from reportedly.intake.formats import encoding
from reportedly.intake.formats.parts import Source
from reportedly.model.acquisition import Extracted

_LARGEST_UNPACKED: Final = 200_000_000
_LARGEST_RATIO: Final = 200
_BREAKS: Final = {("start", "li"): "\n", ("end", "li"): "", ("start", "tr"): "\n", ("end", "tr"): "", ("start", "br"): "\n", ("end", "br"): "",
                  ("start", "td"): " ", ("start", "th"): " "}  # fmt: skip
_BLOCKS: Final = frozenset(
    "p h1 h2 h3 h4 h5 h6 li tr pre blockquote div table ul ol section article header hr dt dd".split()
)


def require_sane_zip(data: bytes, name: str) -> None:
    """Refuse a ZIP that unpacks to far more than it holds, before any of it is unpacked. Raises UnreadableReport."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(item.file_size for item in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UnreadableReport(f"{name}: is broken: what should be packed in it cannot be listed") from None
    if unpacked > _LARGEST_UNPACKED or unpacked > _LARGEST_RATIO * max(len(data), 10_000):
        raise UnreadableReport(f"{name}: unpacks to {unpacked / 1e6:.0f} MB, far more than a report may have")


def read_docx(source: Source) -> list[Extracted]:
    """A Word document: its paragraphs and tables in order. Its author and times are not what a reader was told, and are left."""
    import docx
    from docx.table import Table

    require_sane_zip(source.data, source.name)
    try:
        document = docx.Document(io.BytesIO(source.data))
        blocks = []
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                blocks += [" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows]
            else:
                blocks.append(block.text.strip())
        title = document.core_properties.title.strip() or None
    except Exception as error:  # noqa: BLE001  the parser raises whatever a broken file makes it stumble over
        raise UnreadableReport(
            f"{source.name}: is no Word document that can be read ({type(error).__name__})"
        ) from None
    text, notes = encoding.clean("\n\n".join(block for block in blocks if block))
    if not text.strip():
        raise UnreadableReport(f"{source.name}: holds no text")
    return [Extracted(text=text, title=title, notes=("a Word document gives no date of publication", *notes))]


def read_markdown(source: Source) -> list[Extracted]:
    """Markdown without its marks; the first heading of the first level is the title."""
    from markdown_it import MarkdownIt

    markup, notes = encoding.as_text(source.data, source.name, source.charset)
    if not markup.strip():
        raise UnreadableReport(f"{source.name}: holds no text")
    tree = document_fromstring(
        "<div>" + MarkdownIt("commonmark", {"html": False}).enable("table").render(markup) + "</div>"
    )
    heading = tree.find(".//h1")
    title = " ".join(heading.text_content().split()) if heading is not None else None
    return [Extracted(text=plain_text(tree), title=title or None, notes=notes)]


def read_text(source: Source) -> list[Extracted]:
    """Plain text, as it stands."""
    if source.data.startswith(b"{\\rtf"):
        raise UnreadableReport(f"{source.name}: is in the Rich Text Format, which is not read. Save it as DOCX or text")
    text, notes = encoding.as_text(source.data, source.name, source.charset)
    if not text.strip():
        raise UnreadableReport(f"{source.name}: holds no text")
    return [Extracted(text=text, notes=notes)]


def plain_text(tree: HtmlElement) -> str:
    """The text of simple markup: a blank line between blocks, items of a list line by line."""
    pieces: list[str] = []
    for event, element in _walk(tree):
        if event == "text":
            pieces.append(" ".join(element.split()) if element.strip() else " ")
            if element[:1].isspace() and not pieces[-1].startswith(" "):
                pieces[-1] = " " + pieces[-1]
            if element[-1:].isspace() and not pieces[-1].endswith(" "):
                pieces[-1] += " "
        else:
            pieces.append(_BREAKS.get((event, element), "\n\n" if element in _BLOCKS else ""))
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    text = "\n".join(lines)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip()


def _walk(tree: HtmlElement):  # type: ignore[no-untyped-def]
    """Texts, and where elements start and end, in order, without recursion: markup may be thousands deep."""
    from lxml import etree

    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if element.tail and not hidden:
                yield "text", element.tail
            continue
        skipped = element.tag in ("script", "style", "head", "template")
        if event == "start":
            hidden += skipped
            yield "start", element.tag
            if element.text and not hidden:
                yield "text", element.text
        else:
            hidden -= skipped
            yield "end", element.tag
            if element.tail and not hidden and element is not tree:
                yield "text", element.tail
