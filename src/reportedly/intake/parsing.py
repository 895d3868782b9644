"""What is in an original: its kind's parser, run here or, for what others made, in a process of its own (`isolated`)."""

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from reportedly.intake.formats.parts import Part, Source
from reportedly.intake.kinds import Kind

_PARSERS: Final[dict[Kind, tuple[str, str]]] = {
    "page": ("pages", "read_page"),
    "pdf": ("pdfs", "read_pdf"),
    "docx": ("documents", "read_docx"),
    "markdown": ("documents", "read_markdown"),
    "text": ("documents", "read_text"),
    "mail": ("mail", "read_mail"),
    "feed": ("feeds", "read_feed"),
    "warc": ("archives", "read_warc"),
    "wacz": ("archives", "read_wacz"),
}
"""The file under `formats` and the function in it; loaded when needed, so that whoever hands parsing on does not load any."""


def parse(kind: Kind, source: Source) -> Sequence[Part]:
    """The parts of an original. Raises UnreadableReport with one line for the user."""
    file, function = _PARSERS[kind]
    parts: Sequence[Part] = getattr(import_module(f"reportedly.intake.formats.{file}"), function)(source)
    return parts
