"""Reports from text files and standard input, with the sidecar that tells where they come from."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from reportedly.errors import InvalidMetadata, UnreadableReport
from reportedly.intake.formats.encoding import is_binary
from reportedly.model.record import Report

LARGEST: Final = 10_000_000
"""Bytes; a report is text that people wrote, and none is longer."""
SIDECAR_FIELDS: Final = ("title", "outlet", "published", "url", "language")


def sidecar_path(path: Path) -> Path:
    """``NAME.meta.json`` beside ``NAME.txt``."""
    return path.with_name(f"{path.stem}.meta.json")


def read_file(path: Path, options: dict[str, str | None] | None = None, encoding: str | None = None) -> Report:
    """Take in one report file.

    Options override what the sidecar says. Raises UnreadableReport or InvalidMetadata with one line for the user.
    """
    if path.is_dir():
        raise UnreadableReport(f"{path}: is a directory. Name the files in it, as in {path}/*.txt")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnreadableReport(
                f"{path}: {size / 1e6:.0f} MB, more than the {LARGEST // 10**6} MB a report may have. Split it into reports"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise UnreadableReport(f"{path}: no such file") from None
    except OSError as error:
        raise UnreadableReport(f"{path}: cannot be read ({error.strerror})") from None
    meta = read_sidecar(sidecar_path(path))
    return report_from(decode(data, str(path), encoding), {**meta, **_given(options)}, str(path))


def read_bytes(
    data: bytes, name: str, options: dict[str, str | None] | None = None, encoding: str | None = None
) -> Report:
    """Take in one report from bytes, such as standard input."""
    if len(data) > LARGEST:
        raise UnreadableReport(
            f"{name}: {len(data) / 1e6:.0f} MB, more than the {LARGEST // 10**6} MB a report may have. Split it into reports"
        )
    return report_from(decode(data, name, encoding), _given(options), name)


def _given(options: dict[str, str | None] | None) -> dict[str, str]:
    return {key: value for key, value in (options or {}).items() if value is not None}


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """Bytes as text: the encoding named, or UTF-8 (UTF-16 with a byte order mark). Line ends are kept as they are."""
    if not data:
        raise UnreadableReport(f"{name}: is empty")
    chosen = encoding or ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    if not encoding and chosen != "utf-16" and b"\x00" in data[:4096]:
        raise UnreadableReport(f"{name}: is a binary file, not text. Save the report as plain text first")
    try:
        text = data.decode(chosen)
    except LookupError:
        raise UnreadableReport(
            f"{name}: no such encoding: {encoding}. Try utf-8, windows-1252 or windows-1256"
        ) from None
    except UnicodeDecodeError as error:
        raise UnreadableReport(
            f"{name}: is not {encoding or 'UTF-8'} text (byte {error.start}). Name its encoding, as in --encoding windows-1252"
        ) from None
    if not text.strip():
        raise UnreadableReport(f"{name}: holds no text")
    if is_binary(text):
        raise UnreadableReport(f"{name}: is a binary file, not text. Save the report as plain text first")
    return text


def read_sidecar(path: Path) -> dict[str, str]:
    """What a sidecar tells; nothing where there is none. Raises InvalidMetadata."""
    if not path.exists():
        return {}
    try:
        found: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidMetadata(f"{path}: is no valid JSON ({error})") from None
    if not isinstance(found, dict):
        raise InvalidMetadata(f'{path}: must be an object such as {{"outlet": "Name", "published": "2024-01-31"}}')
    for key in SIDECAR_FIELDS:
        if found.get(key) is not None and not isinstance(found[key], str):
            raise InvalidMetadata(f"{path}: {key} must be text or null")
    return {key: found[key] for key in SIDECAR_FIELDS if found.get(key)}


def checked_date(value: str, name: str) -> str:
    """An ISO 8601 date or date-time as given, if it is one. Raises InvalidMetadata."""
    try:
        date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    except ValueError:
        raise InvalidMetadata(f"{name}: {value!r} is not a date of the calendar. Write it as 2024-01-31") from None
    return value


def report_from(text: str, meta: dict[str, str], name: str) -> Report:
    """A report from its text and what is known about it."""
    published = meta.get("published")
    if published is not None:
        checked_date(published, name)
    return Report(
        text=text,
        title=meta.get("title"),
        outlet=meta.get("outlet"),
        url=meta.get("url"),
        published=published,
        language=meta.get("language", "en"),
    )
