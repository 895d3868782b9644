"""Bytes as text, whatever a server or a page says of them."""

import re
from typing import Final

_META: Final = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,40})""", re.I)
_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def as_text(data: bytes, charset: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text and notes on how it was found. UTF-8 that is valid is UTF-8 whatever is said of it, as nothing else ever is by chance."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return clean(data.decode(encoding, "replace"))
    declared = [charset, *(m.decode("ascii", "replace") for m in _META.findall(data[:4096])[:1])]
    if (charset or "").lower().startswith("utf-16"):
        return clean(data.decode("utf-16-le", "replace"))
    for encoding in ("utf-8", *declared):
        try:
            if encoding:
                return clean(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    guess = best.encoding if best else "windows-1252"
    text, notes = clean(data.decode(guess, "replace"))
    told = next((d for d in declared if d), None)
    why = f"it says {told}, which it is not" if told else "it does not say"
    return text, (*notes, f"encoding taken to be {guess}: {why}")


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """Without what no store can hold: NUL characters and halves of surrogate pairs, replaced one by one."""
    bad = sum(c == "\x00" or "\ud800" <= c <= "\udfff" for c in text)
    if not bad:
        return text, ()
    kept = "".join("" if c == "\x00" else "\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    return kept, (f"{bad} characters that are none were left out (NUL or broken)",)
