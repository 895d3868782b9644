"""The pipeline: a report goes through the layers, one after another, and its claims come out."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from reportedly._version import __version__
from reportedly.knowledge.actors import ActorRow, with_own_actors
from reportedly.knowledge.languages import require_english
from reportedly.knowledge.own_actors import read_own_actors
from reportedly.model.record import ReaderVersion, Reading, Report, ReportHeader
from reportedly.reading.claims import Claims
from reportedly.reading.how_said import HowSaid
from reportedly.reading.layers import layers_as_json
from reportedly.reading.parser import parse
from reportedly.reading.syntax import Document
from reportedly.reading.what import What
from reportedly.reading.when import When
from reportedly.reading.where import Where
from reportedly.reading.who import Who
from reportedly.reading.who_says import WhoSays


class Component(Protocol):
    """A layer of reading: reads a document's words and earlier layers, adds its own under its name."""

    name: str

    def __call__(self, document: Document) -> None: ...


def default_components() -> tuple[Component, ...]:
    """The rule layers, in order."""
    return (WhoSays(), What(), Who(), Where(), When(), HowSaid(), Claims())


@dataclass(frozen=True, slots=True)
class Result:
    """A reading with what lies behind it."""

    reading: Reading
    document: Document

    @property
    def layers(self) -> dict[str, list[dict[str, Any]]]:
        """Everything each layer found, whether or not a claim used it, with spans; JSON-ready."""
        return layers_as_json(self.document)

    @property
    def why(self) -> dict[str, dict[str, list[str]]]:
        """Reasons by claim id, then by layer."""
        found: dict[str, dict[str, list[str]]] = self.document.layers["why"]
        return found


NAME: Final = "rules"


def version_with(own_actors: tuple[ActorRow, ...]) -> str:
    """The reader's version; with a user's own actors it names their digest, as they change what is read."""
    if not own_actors:
        return __version__
    return f"{__version__}+actors.{hashlib.sha256(repr(own_actors).encode()).hexdigest()[:8]}"


class Reader:
    """Reads reports by a sequence of components. Loading the grammar takes a second, once per process."""

    def __init__(self, components: Sequence[Component] | None = None, actors: Path | None = None) -> None:
        """Components stand in for the default layers; actors names a CSV file of a user's own (see read_own_actors)."""
        self.components: tuple[Component, ...] = tuple(components or default_components())
        self.own_actors = read_own_actors(actors) if actors is not None else ()
        self.version = ReaderVersion(name=NAME, version=version_with(self.own_actors))

    def read(self, report: Report) -> Result:
        """Read one report. Raises UnsupportedLanguage where it is not in English."""
        return next(self.pipe([report]))

    def pipe(self, reports: Iterable[Report]) -> Iterator[Result]:
        """Read many reports, batching the grammar's work. Results come in order."""

        def checked() -> Iterator[Report]:
            for report in reports:
                require_english(report.text)
                yield report

        documents = parse(checked())
        while True:
            with with_own_actors(self.own_actors):
                document = next(documents, None)
                if document is None:
                    return
                for component in self.components:
                    component(document)
                result = Result(self._reading(document), document)
            yield result

    def _reading(self, document: Document) -> Reading:
        report = document.report
        header = ReportHeader(
            id="sha256:" + hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest(),
            title=report.title,
            outlet=report.outlet,
            url=report.url,
            published=report.published,
            language=report.language,
            characters=len(report.text),
        )
        return Reading.model_construct(
            schema_=1, report=header, reader=self.version, claims=tuple(document.layers["claims"])
        )
