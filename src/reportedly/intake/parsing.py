"""What is in an original: its kind's parser, run here or, for what others made, in a process of its own (`isolated`)."""

from collections.abc import Callable, Sequence
from typing import Final

from reportedly.intake.formats.parts import Part, Source
from reportedly.intake.kinds import Kind


def _page(source: Source) -> Sequence[Part]:
    from reportedly.intake.formats.pages import read_page

    return read_page(source)


def _pdf(source: Source) -> Sequence[Part]:
    from reportedly.intake.formats.pdfs import read_pdf

    return read_pdf(source)


def _docx(source: Source) -> Sequence[Part]:
    from reportedly.intake.formats.documents import read_docx

    return read_docx(source)


def _markdown(source: Source) -> Sequence[Part]:
    from reportedly.intake.formats.documents import read_markdown

    return read_markdown(source)


def _text(source: Source) -> Sequence[Part]:
    from reportedly.intake.formats.documents import read_text

    return read_text(source)


def _mail(source: Source) -> Sequence[Part]:
    from reportedly.intake.formats.mail import read_mail

    return read_mail(source)


def _feed(source: Source) -> Sequence[Part]:
    from reportedly.intake.formats.feeds import read_feed

    return read_feed(source)


def _warc(source: Source) -> Sequence[Part]:
    from reportedly.intake.formats.archives import read_warc

    return read_warc(source)


def _wacz(source: Source) -> Sequence[Part]:
    from reportedly.intake.formats.archives import read_wacz

    return read_wacz(source)


_PARSERS: Final[dict[Kind, Callable[[Source], Sequence[Part]]]] = {
    "page": _page, "pdf": _pdf, "docx": _docx, "markdown": _markdown, "text": _text, "mail": _mail, "feed": _feed,
    "warc": _warc, "wacz": _wacz,
}  # fmt: skip


def parse(kind: Kind, source: Source) -> Sequence[Part]:
    """The parts of an original. Raises UnreadableReport with one line for the user."""
    return _PARSERS[kind](source)
