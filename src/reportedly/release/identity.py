"""Ids that stay with an event from release to release, and tell nothing of it to whoever does not have the casebook."""

import hashlib
import hmac
import uuid
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from reportedly.model.record import Claim


def anchor_of(report: int, claim: Claim) -> int:
    """What stays the same of a claim when its report is read again: the report, the sentence and the place of the word in it (63 bits)."""
    told = f"{report}\x1f{claim.sentence.text}\x1f{claim.trigger.start - claim.sentence.start}"
    return int.from_bytes(hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


class Uids:
    """Ids by the number under which they were added: sixteen bytes each, as there may be hundreds of thousands."""

    _EACH: Final = 16

    def __init__(self) -> None:
        self._bytes = bytearray()

    def __len__(self) -> int:
        return len(self._bytes) // self._EACH

    def add(self, uid: str) -> int:
        """Add an id; its number."""
        self._bytes += uuid.UUID(uid).bytes
        return len(self) - 1

    def __getitem__(self, number: int) -> str:
        start = number * self._EACH
        return str(uuid.UUID(bytes=bytes(self._bytes[start : start + self._EACH])))


class ByUid:
    """A number (64 bits, unsigned) for each of many ids, in sixteen bytes each. Of an id that comes twice one number is kept."""

    def __init__(self, items: Iterable[tuple[str, int]]) -> None:
        keys, values = array("Q"), array("Q")
        for uid, value in items:
            keys.append(_key(uid))
            values.append(value)
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self._keys = array("Q", (keys[n] for n in order))
        self._values = array("Q", (values[n] for n in order))

    def position(self, uid: str) -> int | None:
        """Where an id stands among them all; None where it does not."""
        key = _key(uid)
        found = bisect_left(self._keys, key)
        return found if found < len(self._keys) and self._keys[found] == key else None

    def get(self, uid: str) -> int | None:
        """The number of an id."""
        found = self.position(uid)
        return None if found is None else self._values[found]

    def __len__(self) -> int:
        return len(self._keys)


def _key(uid: str) -> int:
    return int.from_bytes(hashlib.blake2b(uid.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


class Ids:
    """Gives each event of one release its id: the one that most of its claims left under before, or a new one that nobody can guess.

    `secret` is the casebook's; `known` gives the ids that anchors left under last.
    """

    def __init__(self, secret: str, known: Callable[[Sequence[int]], Mapping[int, str]]) -> None:
        self._secret = secret.encode()
        self._known = known
        self._taken: set[int] = set()

    def of(self, anchors: Sequence[int]) -> tuple[str, list[int]]:
        """The id of an event with these anchors, and those of them that are to be noted under it."""
        known = self._known(anchors)
        counted = Counter(known[a] for a in anchors if a in known)
        best = (
            uid
            for uid, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
            if _key(uid) not in self._taken
        )
        uid = next(best, None) or self._new(min(anchors))
        self._taken.add(_key(uid))
        return uid, [anchor for anchor in dict.fromkeys(anchors) if known.get(anchor) != uid]

    def _new(self, anchor: int) -> str:
        turn = 0
        while True:
            made = hmac.digest(self._secret, f"event {anchor} {turn}".encode(), "sha256")[:16]
            uid = str(uuid.UUID(bytes=made, version=4))
            if _key(uid) not in self._taken:
                return uid
            turn += 1
