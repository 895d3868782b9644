"""PDF: the text in reading order, columns apart, Arabic and Hebrew in the order they are read.

pdfminer's layout analysis groups lines into blocks, so that columns stay whole. What a PDF holds of right-to-left script is the order
in which its glyphs stand on the page; it is turned back here, and glyph forms become letters.
"""

import io
import logging
import re
import unicodedata
from typing import Final

from reportedly.errors import UnreadableReport
from reportedly.intake.formats.encoding import clean
from reportedly.intake.formats.parts import Source
from reportedly.model.acquisition import Extracted

_MOST_PAGES: Final = 500
_NO_TITLE: Final = re.compile(
    r"^(?:microsoft (?:word|powerpoint)\b.*|untitled.*|document\d*|.*\.(?:docx?|odt|rtf|indd|pptx?|pdf|html?|qxd))$",
    re.I,
)
_RIGHT_TO_LEFT: Final = ("R", "AL")
_FORMS: Final = re.compile("[\ufb1d-\ufdff\ufe70-\ufeff]+")


def read_pdf(source: Source) -> list[Extracted]:
    """The report of a PDF. Raises UnreadableReport where it is locked, broken, or pictures alone."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextContainer
    from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
    from pdfminer.pdfparser import PDFParser

    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    blocks: list[str] = []
    notes: list[str] = []
    try:
        info = PDFDocument(PDFParser(io.BytesIO(source.data))).info
        pages = extract_pages(io.BytesIO(source.data), maxpages=_MOST_PAGES + 1, laparams=LAParams())
        for number, page in enumerate(pages, start=1):
            if number > _MOST_PAGES:
                notes.append(f"only its first {_MOST_PAGES} pages were read")
                break
            found = [box for box in page if isinstance(box, LTTextContainer)]
            if sum(_is_right_to_left(box.get_text()) for box in found) > len(found) / 2:
                found.sort(key=lambda box: (-round(box.y1), -box.x1))
            blocks += [joined(box.get_text()) for box in found]
    except PDFPasswordIncorrect:
        raise UnreadableReport(f"{source.name}: is locked with a password. Save it without one first") from None
    except PDFTextExtractionNotAllowed:
        raise UnreadableReport(f"{source.name}: does not allow its text to be taken out") from None
    except Exception as error:  # noqa: BLE001  the parser raises whatever a broken file makes it stumble over
        raise UnreadableReport(f"{source.name}: is no PDF that can be read ({type(error).__name__})") from None
    text, unclean = clean("\n\n".join(block for block in unbroken(blocks) if block))
    if not text.strip():
        raise UnreadableReport(f"{source.name}: holds no text, only pictures. Run text recognition (OCR) on it first")
    notes.append("a PDF gives no date of publication")
    return [Extracted(text=text, title=_title(info), notes=(*notes, *unclean))]


def _title(info: list[dict[str, object]]) -> str | None:
    from pdfminer.utils import decode_text

    for entry in info:
        value = entry.get("Title")
        if isinstance(value, bytes):
            title = " ".join(clean(decode_text(value))[0].split())
            if title and not _NO_TITLE.match(title):
                return title
    return None


def joined(block: str) -> str:
    """A block's lines as one paragraph, each line in the order it is read; lines of a list stay apart."""
    lines = [in_reading_order(line.strip()) for line in block.splitlines() if line.strip()]
    text = ""
    for line in lines:
        starts_item = re.match(r"(?:[•▪●◦‣*–-]|\(?\d{1,2}[.)])\s", line)
        text += (("\n" if starts_item else " ") if text else "") + line
    return text


def unbroken(blocks: list[str]) -> list[str]:
    """Words divided at the end of a line in one piece again: with the hyphen where the document writes them so elsewhere."""
    whole = " ".join(blocks)
    known = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", whole))

    def mended(match: re.Match[str]) -> str:
        first, second = match.groups()
        return f"{first}-{second}" if f"{first}-{second}" in known and first + second not in known else first + second

    return [re.sub(r"([^\W\d_]{2,})-\s([a-z]{2,})", mended, block) for block in blocks]


def _is_right_to_left(text: str) -> bool:
    strong = [unicodedata.bidirectional(c) for c in text if c.isalpha()]
    return sum(kind in _RIGHT_TO_LEFT for kind in strong) > len(strong) / 2


def in_reading_order(line: str) -> str:
    """A line as it is read, from a line in the order of its glyphs from left to right."""
    if not any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in line):
        return line
    letters = _FORMS.sub(lambda m: unicodedata.normalize("NFKC", m.group()[::-1])[::-1], line)
    if _is_right_to_left(line):
        turned = "".join(_MIRRORED.get(c, c) for c in reversed(letters))
        return re.sub(
            r"[0-9A-Za-z\u00c0-\u024f](?:[0-9A-Za-z\u00c0-\u024f.,:/%@_+ -]*[0-9A-Za-z\u00c0-\u024f%])?",
            lambda m: m.group()[::-1],
            turned,
        )
    return re.sub(r"[\u0590-\u08ff](?:[\u0590-\u08ff ]*[\u0590-\u08ff])?", lambda m: m.group()[::-1], letters)


_MIRRORED: Final = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))
