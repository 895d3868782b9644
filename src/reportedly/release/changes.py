"""What a release adds, changes and withdraws against the one before, by ids and what each stood for."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Literal

from reportedly.release.identity import ByUid

Change = Literal["added", "changed", "withdrawn"]


def digest(line: bytes) -> int:
    """What a line of JSON stands for, in 64 bits."""
    return int.from_bytes(hashlib.blake2b(line.strip(), digest_size=8).digest(), "big")


class EventChanges:
    """Events, whose order may change from release to release. `before` gives their ids and digests, each time it is called."""

    def __init__(self, before: Callable[[], Iterator[tuple[str, int]]]) -> None:
        self._all = before
        self._before = ByUid(before())
        self._told = bytearray(len(self._before))

    def of(self, uid: str, line: bytes) -> Change | None:
        """What became of an event that is told now; None where it is told as before."""
        position = self._before.position(uid)
        if position is None:
            return "added"
        self._told[position] = 1
        return None if self._before.get(uid) == digest(line) else "changed"

    def withdrawn(self) -> Iterator[str]:
        """Ids of the events that were not told now, in the order in which they were."""
        for uid, _ in self._all():
            position = self._before.position(uid)
            if position is not None and not self._told[position]:
                yield uid


class ClaimChanges:
    """Claims, which stand in the order of their numbers in every release, so that a million of them need no memory."""

    def __init__(self, before: Iterator[tuple[int, int]]) -> None:
        self._before = before
        self._next = next(before, None)

    def of(self, number: int, line: bytes) -> Iterator[tuple[int, Change]]:
        """The claims that are withdrawn before this one, and what became of it."""
        while self._next is not None and self._next[0] < number:
            yield self._next[0], "withdrawn"
            self._next = next(self._before, None)
        if self._next is None or self._next[0] > number:
            yield number, "added"
        else:
            if self._next[1] != digest(line):
                yield number, "changed"
            self._next = next(self._before, None)

    def withdrawn(self) -> Iterator[int]:
        """The claims that are left: withdrawn."""
        while self._next is not None:
            yield self._next[0]
            self._next = next(self._before, None)
