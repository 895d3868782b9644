"""Reads a release: the one before, or another casebook's. Nothing of it is believed before its checksums are."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from reportedly.errors import InvalidRelease
from reportedly.model.release import ReleasedEvent
from reportedly.model.warning import Happening
from reportedly.release.changes import digest

DESCRIPTOR: Final = "datapackage.json"
_CHUNK: Final = 1 << 20
Value = TypeVar("Value")


class Release:
    """A release in a folder. Raises InvalidRelease where it is none, or where a file is not what was written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            described = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
            self.profile = str(described["reportedly"]["profile"])
            self.title = str(described["title"])
            self.day = str(described["created"])[:10]
            self._resources: dict[str, dict[str, Any]] = {str(r["path"]): r for r in described["resources"]}
        except FileNotFoundError:
            raise InvalidRelease(f"{folder}: is no release: it has no {DESCRIPTOR}") from None
        except OSError as error:
            raise InvalidRelease(f"{folder}: cannot be read ({error.strerror})") from None
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InvalidRelease(f"{folder}: its {DESCRIPTOR} is not one that reportedly wrote") from None
        for name in self._resources:
            if Path(name).name != name:
                raise InvalidRelease(f"{folder}: its {DESCRIPTOR} names a file elsewhere: {name}")
        self._check("events.jsonl")
        if self.has_claims:
            self._check("claims.jsonl")

    @property
    def has_claims(self) -> bool:
        return "claims.jsonl" in self._resources

    def _check(self, name: str) -> None:
        if name not in self._resources:
            raise InvalidRelease(f"{self.folder}: holds no {name}")
        found = hashlib.sha256()
        try:
            with (self.folder / name).open("rb") as file:
                while block := file.read(_CHUNK):
                    found.update(block)
        except OSError as error:
            raise InvalidRelease(f"{self.folder / name}: cannot be read ({error.strerror})") from None
        if f"sha256:{found.hexdigest()}" != self._resources[name].get("hash"):
            raise InvalidRelease(f"{self.folder / name}: is not what was written; ask for the release again")

    def events(self) -> Iterator[ReleasedEvent]:
        """Its events. Raises InvalidRelease at one that makes no sense."""
        for number, line in enumerate(self._lines("events.jsonl"), start=1):
            try:
                yield ReleasedEvent.model_validate_json(line)
            except ValidationError as error:
                said = error.errors()[0]
                raise InvalidRelease(
                    f"{self.folder / 'events.jsonl'}:{number}: {'.'.join(map(str, said['loc']))}: {said['msg']}"
                ) from None

    def happenings(self) -> Iterator[Happening]:
        """What it tells to have happened, as a list of reference: to hold warnings against, or to lay beside one's own."""
        for event in self.events():
            if event.telling == "happened" and event.start and event.end:
                kinds = (event.type, *((f"{event.type}/{event.mode}",) if event.mode else ()))
                place = event.place
                yield Happening(
                    id=event.id, counts_as=kinds, start=event.start, end=event.end, name=place.name or place.admin2 or place.admin1 or place.country or "",
                    country=place.country, admin1=place.admin1, lat=place.lat, lon=place.lon, precise=place.precision == "place",
                    actors=tuple(p.actor for p in event.actors if p.actor), credibility=event.credibility,
                    killed_low=event.killed.low if event.killed else None, killed_high=event.killed.high if event.killed else None,
                )  # fmt: skip

    def event_digests(self) -> Iterator[tuple[str, int]]:
        """What each event stood for, with its id."""
        for value, line in self._values("events.jsonl", "id", str):
            yield value, digest(line)

    def claim_digests(self) -> Iterator[tuple[int, int]]:
        """What each claim stood for, with its number, in their order."""
        if self.has_claims:
            for value, line in self._values("claims.jsonl", "number", int):
                yield value, digest(line)

    def _values(self, name: str, key: str, kind: type[Value]) -> Iterator[tuple[Value, bytes]]:
        """One value of each line, with the line."""
        for number, line in enumerate(self._lines(name), start=1):
            try:
                value = json.loads(line)[key]
            except (ValueError, KeyError, TypeError):
                value = None
            if not isinstance(value, kind):
                raise InvalidRelease(f"{self.folder / name}:{number}: has no {key}")
            yield value, line

    def _lines(self, name: str) -> Iterator[bytes]:
        with (self.folder / name).open("rb") as file:
            yield from file
