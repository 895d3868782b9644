"""The pipeline: a report goes through the layers, one after another, and its claims come out."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from reportedly._version import __version__
from reportedly.knowledge.actors import ActorRow, with_own_actors
from reportedly.knowledge.languages import require_english
from reportedly.knowledge.own_actors import read_own_actors
from reportedly.model.record import SCHEMA, Claim, ReaderName, ReaderVersion, Reading, Report, ReportHeader
from reportedly.reading.claims import Claims
from reportedly.reading.how_said import HowSaid
from reportedly.reading.identity import text_digest
from reportedly.reading.layers import layers_as_json
from reportedly.reading.parser import parse
from reportedly.reading.syntax import Document
from reportedly.reading.trained.claiming import Tell
from reportedly.reading.trained.networks import weights_digest
from reportedly.reading.what import What
from reportedly.reading.when import When
from reportedly.reading.where import Where
from reportedly.reading.who import Who
from reportedly.reading.who_says import WhoSays
from reportedly.reading.wording import Wording


class Component(Protocol):
    """A layer of reading: reads a document's words and earlier layers, adds its own under its name."""

    name: str

    def __call__(self, document: Document) -> None: ...


class Reads(Protocol):
    """Whatever reads reports into claims: a built-in reader, a language model, or both."""

    version: ReaderVersion
    sends_to: str | None
    """The server that reports are sent to; None where nothing leaves the process."""

    def read(self, report: Report) -> "Readable":
        """Read one report. Raises UnreadableReport where it cannot read this one."""
        ...


class Readable(Protocol):
    """A reading with what lies behind it."""

    @property
    def reading(self) -> Reading: ...

    @property
    def text(self) -> str:
        """The report's text."""
        ...

    @property
    def layers(self) -> dict[str, list[dict[str, Any]]]:
        """What the reader found besides, with spans; JSON-ready."""
        ...

    @property
    def why(self) -> dict[str, dict[str, list[str]]]:
        """Reasons by claim id, then by layer."""
        ...


def rule_layers() -> tuple[Component, ...]:
    """The rule layers, in order, up to where their findings are put together."""
    return (WhoSays(), What(), Who(), Where(), When(), HowSaid(), Wording())


def rule_reader() -> tuple[Component, ...]:
    """The rule layers and what puts their findings together."""
    return (*rule_layers(), Claims())


def trained_reader() -> tuple[Component, ...]:
    """The rule layers, the trained ones that learned how far to trust them, and what puts their findings together."""
    return (*rule_layers(), Tell(), Claims())


@dataclass(frozen=True, slots=True)
class Result:
    """A reading with what lies behind it."""

    reading: Reading
    document: Document

    @property
    def text(self) -> str:
        """The report's text."""
        return self.document.report.text

    @property
    def layers(self) -> dict[str, list[dict[str, Any]]]:
        """Everything each layer found, whether or not a claim used it, with spans; JSON-ready."""
        return layers_as_json(self.document)

    @property
    def why(self) -> dict[str, dict[str, list[str]]]:
        """Reasons by claim id, then by layer."""
        found: dict[str, dict[str, list[str]]] = self.document.layers["why"]
        return found


READERS: Final[dict[ReaderName, Callable[[], tuple[Component, ...]]]] = {
    "trained": trained_reader,
    "rules": rule_reader,
}


def version_of(name: ReaderName, own_actors: tuple[ActorRow, ...]) -> ReaderVersion:
    """A reader's version: the program's, what its trained weights are, and the digest of a user's own actors, as both change what is read."""
    parts = []
    if name == "trained":
        parts.append(f"weights.{weights_digest()}")
    if own_actors:
        parts.append(f"actors.{hashlib.sha256(repr(own_actors).encode()).hexdigest()[:8]}")
    return ReaderVersion(name=name, version=f"{__version__}+{'.'.join(parts)}" if parts else __version__)


class Reader:
    """Reads reports by a sequence of components. Loading the grammar takes a second, once per process."""

    sends_to: str | None = None

    def __init__(
        self, components: Sequence[Component] | None = None, actors: Path | None = None, name: ReaderName = "trained"
    ) -> None:
        """Name says which built-in reader; components stand in for its layers; actors is a CSV file of a user's own (see read_own_actors)."""
        self.components: tuple[Component, ...] = tuple(components or READERS[name]())
        self.own_actors = read_own_actors(actors) if actors is not None else ()
        self.version = version_of(name, self.own_actors)

    def read(self, report: Report) -> Result:
        """Read one report. Raises UnsupportedLanguage where it is not in English."""
        return next(self.pipe([report]))

    def pipe(self, reports: Iterable[Report]) -> Iterator[Result]:
        """Read many reports, batching the grammar's work. Results come in order."""

        def checked() -> Iterator[Report]:
            for report in reports:
                require_english(report.text)
                yield report

        for document in self._documents(checked()):
            claims: list[Claim] = document.layers["claims"]
            yield Result(reading_of(document.report, self.version, tuple(claims)), document)

    def document(self, report: Report) -> Document:
        """A report after the components have gone over it, whatever its language."""
        return next(self._documents([report]))

    def _documents(self, reports: Iterable[Report]) -> Iterator[Document]:
        documents = parse(reports)
        while True:
            with with_own_actors(self.own_actors):
                document = next(documents, None)
                if document is None:
                    return
                for component in self.components:
                    component(document)
            yield document


def reading_of(
    report: Report, reader: ReaderVersion, claims: tuple[Claim, ...], language: str | None = None
) -> Reading:
    """The record of what a reader found in a report."""
    header = ReportHeader(
        id="sha256:" + text_digest(report.text),
        title=report.title,
        outlet=report.outlet,
        url=report.url,
        published=report.published,
        language=language or report.language,
        characters=len(report.text),
    )
    return Reading.model_construct(schema_=SCHEMA, report=header, reader=reader, claims=claims)
