"""Fuzzes the formats' parsers: whatever the bytes, each must give parts or refuse with a line, never stumble.

Needs atheris, which is no dependency of the project:

    python tools/fuzz_formats.py CORPUS_FOLDER -max_total_time=600 -rss_limit_mb=2048

The first byte of an input chooses the kind; the corpus is filled with the tests' pages when it is empty. libFuzzer's options apply.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["reportedly.intake"]):
    from reportedly.errors import UnreadableReport
    from reportedly.intake.formats import archives, dates, documents, encoding, feeds, mail, pages, pdfs  # noqa: F401
    from reportedly.intake.formats.parts import Source
    from reportedly.intake.kinds import Kind, kind_of
    from reportedly.intake.parsing import parse

_KINDS: list[Kind] = ["page", "feed", "mail", "markdown", "text", "warc", "wacz", "docx", "pdf"]
_PAGES = Path(__file__).resolve().parent.parent / "tests" / "pages"


def one_input(data: bytes) -> None:
    """Parse once; any exception but a refusal is a finding."""
    if len(data) < 2:
        return
    kind, body = _KINDS[data[0] % len(_KINDS)], data[1:]
    kind_of(body, "", "generated")
    try:
        parse(kind, Source(body, "", "generated", "https://example.org/2024/05/06/x", None))
    except UnreadableReport as refusal:
        if not str(refusal).startswith("generated"):
            raise


def main() -> None:
    """Fill an empty corpus, then fuzz."""
    corpus = next((Path(a) for a in sys.argv[1:] if not a.startswith("-")), None)
    if corpus is not None:
        corpus.mkdir(exist_ok=True)
        if not any(corpus.iterdir()):
            for page in _PAGES.glob("*.html"):
                for number in range(5):
                    (corpus / f"{page.stem}{number}").write_bytes(bytes([number]) + page.read_bytes())
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
