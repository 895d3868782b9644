"""Records on disk while their order and what becomes of them is found, so that a million of them need little memory."""

import tempfile
from array import array
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from pydantic import BaseModel

Item = TypeVar("Item", bound=BaseModel)


class Spool(Generic[Item]):
    """Records in the order in which they came, and a key each, all of one length, to give them out by. It is a temporary file without a name."""

    def __init__(self, kind: type[Item]) -> None:
        self._kind = kind
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        self._starts = array("Q")
        self._keys = bytearray()

    def __len__(self) -> int:
        return len(self._starts)

    def add(self, item: Item, key: bytes) -> None:
        """Add a record."""
        self._starts.append(self._file.tell())
        self._keys += key
        self._file.write(item.model_dump_json().encode("utf-8", "surrogatepass") + b"\n")

    def some(self, positions: Iterable[int]) -> Iterator[Item]:
        """The records at some positions."""
        for position in positions:
            self._file.seek(self._starts[position])
            yield self._kind.model_validate_json(self._file.readline())

    def ordered(self) -> Iterator[tuple[int, Item]]:
        """Every record with its position, by their keys."""
        each = len(self._keys) // max(1, len(self))
        order = array("L", sorted(range(len(self)), key=lambda n: bytes(self._keys[n * each : (n + 1) * each])))
        yield from zip(order, self.some(order), strict=True)

    def close(self) -> None:
        self._file.close()
