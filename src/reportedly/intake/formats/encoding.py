"""Bytes as text, whatever a server or a page says of them."""

import re
from typing import Final

from reportedly.errors import UnreadableReport

_META: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.I)
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def as_text(data: bytes, name: str, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text and notes on how it was found. UTF-8 that is valid is UTF-8 whatever is said of it, as nothing else ever is by chance.

    Raises UnreadableReport where it is no text at all.
    """
    text, notes = _decoded(data, charset)
    if is_binary(text):
        raise UnreadableReport(
            f"{name}: is a binary file of a kind that is not known. Save the report as plain text first"
        )
    kept, left_out = clean(text)
    return kept, (*notes, *left_out)


def is_binary(text: str) -> bool:
    """Whether decoded bytes are no text: too much at their beginning that nobody could print."""
    sample = text[:4096]
    return sum(not c.isprintable() and not c.isspace() for c in sample) > 0.1 * len(sample)


def _decoded(data: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), ()
    declared = [charset, *(m.decode("ascii", "replace") for m in _META.findall(data[:4096])[:1])]
    if (charset or "").lower().startswith("utf-16"):
        return data.decode("utf-16-le", "replace"), ()
    for encoding in ("utf-8", *declared):
        try:
            if encoding:
                return data.decode(encoding), ()
        except (UnicodeDecodeError, LookupError):
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_exclusion=["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_7"]).best()
    guess = best.encoding if best else "windows-1252"
    told = next((d for d in declared if d), None)
    why = f"it says {told}, which it is not" if told else "it does not say"
    return data.decode(guess, "replace"), (f"encoding taken to be {guess}: {why}",)


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Without what no store can hold: NUL characters and halves of surrogate pairs, replaced one by one."""
    bad = sum(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text)
    if not bad:
        return text, ()
    kept = "".join("" if c == "\x00" else "\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return kept, (f"{bad} characters that are none were left out (NUL or broken)",)
