"""Web archives: WARC (ISO 28500) and WACZ. Each page in them is an original with its address and the time it was captured."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from reportedly.errors import UnreadableReport
from reportedly.intake.formats.documents import require_sane_zip
from reportedly.intake.formats.parts import Embedded, Part, Skipped, Source
from reportedly.model.acquisition import Response

_READABLE: Final = ("text/html", "application/xhtml+xml", "application/pdf", "text/plain")
_MOST_RECORDS: Final = 20_000
_LARGEST_RECORD: Final = 20_000_000
_LARGEST_TOTAL: Final = 400_000_000


def read_warc(source: Source) -> list[Part]:
    """The pages of a WARC. Raises UnreadableReport where there are none."""
    return _required(list(_pages(source.data, source.name)), source)


def read_wacz(source: Source) -> list[Part]:
    """The pages of every WARC in a WACZ."""
    require_sane_zip(source.data, source.name)
    parts: list[Part] = []
    with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
        for item in packed.infolist():
            if item.filename.startswith("archive/") and item.filename.endswith((".warc", ".warc.gz")):
                parts += _pages(packed.read(item), f"{source.name}/{item.filename}")
    return _required(parts, source)


def _required(parts: list[Part], source: Source) -> list[Part]:
    if not parts:
        raise UnreadableReport(f"{source.name}: no page is in this web archive")
    return parts


def _pages(data: bytes, name: str) -> Iterator[Part]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    total = count = 0
    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            if record.rec_type not in ("response", "resource"):
                continue
            count += 1
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            media_type, status = _kind(record)
            if status != 200 or media_type not in _READABLE or not url.startswith(("http://", "https://")):
                continue
            body = record.content_stream().read(_LARGEST_RECORD + 1)
            total += len(body)
            if len(body) > _LARGEST_RECORD:
                yield Skipped(url, f"more than {_LARGEST_RECORD // 10**6} MB")
                continue
            if total > _LARGEST_TOTAL or count > _MOST_RECORDS:
                yield Skipped(name, "more than one archive may hold; the rest of it was left. Split it")
                return
            yield Embedded(body, media_type, url, url, record.rec_headers.get_header("WARC-Date"), _response(record))
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, UnicodeError) as error:
        if count == 0:
            raise UnreadableReport(f"{name}: is no web archive that can be read ({type(error).__name__})") from None
        yield Skipped(name, f"is broken after {count} records; what came before was taken in")


def _kind(record: Any) -> tuple[str, int]:
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("Content-Type") or "").split(";")[0].strip().lower(), 200
    headers = record.http_headers
    code = headers.get_statuscode() if headers else ""
    kind = str(headers.get_header("Content-Type") or "").split(";")[0].strip().lower() if headers else ""
    return kind, int(code) if code and code.isdecimal() else 0


def _response(record: Any) -> Response | None:
    headers = record.http_headers
    if record.rec_type != "response" or not headers:
        return None
    return Response(200, tuple((str(k), str(v)) for k, v in headers.headers))
