"""What every format has in common: it is opened for a release, takes events and claims in order, and is closed."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar

from reportedly.model.release import Profile, ReleasedClaim, ReleasedEvent


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a release before its first event."""

    title: str
    day: str
    profile: Profile
    version: str
    """Of reportedly."""
    publisher: str
    first_released: Callable[[str], str | None]
    """The day on which an event was first released, by its id; None where it never was."""

    def created(self, event: str) -> str:
        """The day of an event's first release: this one's where there was none before."""
        return self.first_released(event) or self.day


class Writer(ABC):
    """A file in one format. `left_out` counts what the format has no place for."""

    suffix: ClassVar[str]
    """How the file's name ends, from the first full stop."""
    media_type: ClassVar[str]

    def __init__(self, file: BinaryIO, about: About) -> None:
        self.file = file
        self.about = about
        self.left_out = 0

    def text(self, text: str) -> None:
        """Write text in UTF-8."""
        self.file.write(text.encode())

    @abstractmethod
    def event(self, event: ReleasedEvent) -> None:
        """Add an event."""

    def claim(self, claim: ReleasedClaim) -> None:  # noqa: B027  most formats hold events alone
        """Add a claim; after all events, in the order of their numbers."""

    def close(self) -> None:  # noqa: B027
        """Write what stands at the end. The file itself stays open."""


def name_of(stem: str, writer: type[Writer]) -> Path:
    """The name of a file in a release."""
    return Path(f"{stem}{writer.suffix}")
