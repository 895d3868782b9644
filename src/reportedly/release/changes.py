"""What a release adds, changes and withdraws against the one before, by ids and what each stood for."""

import hashlib
from collections.abc import Iterator
from typing import Literal

Change = Literal["added", "changed", "withdrawn"]


def digest(line: bytes) -> bytes:
    """What a line of JSON stands for, in eight bytes."""
    return hashlib.blake2b(line.strip(), digest_size=8).digest()


class EventChanges:
    """Events, whose order may change from release to release. `before`: their digests by id."""

    def __init__(self, before: dict[str, bytes]) -> None:
        self._left = before

    def of(self, uid: str, line: bytes) -> Change | None:
        """What became of an event that is told now; None where it is told as before."""
        before = self._left.pop(uid, None)
        return "added" if before is None else None if before == digest(line) else "changed"

    def withdrawn(self) -> list[str]:
        """Ids of the events that were not told now."""
        return sorted(self._left)


class ClaimChanges:
    """Claims, which stand in the order of their numbers in every release, so that a million of them need no memory."""

    def __init__(self, before: Iterator[tuple[int, bytes]]) -> None:
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
