"""Keys under which reports and claims are looked up: numbers of 64 bits, the same on every machine, so that they can be kept."""

from datetime import date
from hashlib import blake2s
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

_Numbers = TypeVar("_Numbers", int, NDArray[np.int64])
_MINUTES: Final = 24 * 60
_FIRST_DAY: Final = date(1800, 1, 1).toordinal()
_RANK_BITS: Final = 35
_UNDATED: Final = (1 << 28) - 1
"""Minutes since 1800 of a report without a date: it comes last, since it cannot be shown to be the first."""
_LAST: Final = (1 << 63) - 1


def key_of(*parts: object) -> int:
    """A signed number of 64 bits for some values."""
    said = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2s(said, digest_size=8).digest(), signed=True)


def order_number(published: str | None, key: str) -> int:
    """Where a report stands among all, the earliest first: the minute of its publication, then chance that is the same in any casebook."""
    chance = int.from_bytes(blake2s(key.encode(), digest_size=8).digest()) >> (64 - _RANK_BITS)
    return _minute(published) << _RANK_BITS | chance


def day_of(order: _Numbers) -> _Numbers:
    """The day of publication that an order number holds (or each of an array); the same number for all without one."""
    return (order >> _RANK_BITS) // _MINUTES


def first_of_day(day: int) -> int:
    """The least order number of a day."""
    return min(day * _MINUTES << _RANK_BITS, _LAST)


def _minute(published: str | None) -> int:
    """Minutes from 1800 to a moment in ISO 8601, as its own clock tells it."""
    if not published:
        return _UNDATED
    try:
        day = date.fromisoformat(published[:10]).toordinal() - _FIRST_DAY
        hours, minutes = int(published[11:13] or 0), int(published[14:16] or 0)
    except ValueError:
        return _UNDATED
    return min(max(day, 0) * _MINUTES + hours * 60 + minutes, _UNDATED - 1)
