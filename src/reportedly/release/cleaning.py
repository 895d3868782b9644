"""Text that does no harm to whoever opens it: no control characters, no changes of direction, no broken code points, no formulas, no end in sight."""

import json
import re
from typing import Any, Final

MOST: Final = 32_000
"""Characters of a cell: spreadsheets take 32,767 at most."""
_BROKEN: Final = re.compile("[\ud800-\udfff\ufffe\uffff\U0001fffe\U0001ffff]")
_UNSEEN: Final = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
"""Controls, changes of direction (as in "Trojan Source", CVE-2021-42574), and what is not seen at all."""
_SPACES: Final = re.compile(r"[\s\u0085\u2028\u2029]+")
_FORMULA: Final = re.compile(r"^[\s'\"]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]")
_TO_ESCAPE: Final = re.compile(f"{_UNSEEN.pattern}|[\u2028\u2029]")


def plain(text: str, most: int = MOST) -> str:
    """One line of text as anybody may see it; what is longer is cut, and ends in an ellipsis."""
    seen = _SPACES.sub(" ", _UNSEEN.sub("", _BROKEN.sub("\ufffd", text[: 4 * most]))).strip()
    return seen if len(seen) <= most else seen[: most - 1] + "…"


def cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection). Numbers stay numbers."""
    if not isinstance(value, str):
        return value
    safe = plain(value)
    return "'" + safe if len(safe) > 1 and _FORMULA.match(safe) else safe


def line(value: Any) -> str:
    """JSON on one line: whole, also what is not seen, but nothing of it raw; a broken code point is one replacement character."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _TO_ESCAPE.sub(_escaped, _BROKEN.sub("\ufffd", text))


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]
