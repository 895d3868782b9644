"""Reads reports of armed conflict and keeps what they claim, with the words each value comes from.

import reportedly

reading = reportedly.read("The army said rebels attacked a clinic.", outlet="Example Wire", published="2024-01-31")
for claim in reading.claims:
    print(claim.event.type, claim.trigger.text, claim.attribution[-1].source.name)
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from reportedly._version import __version__
from reportedly.errors import (
    CasebookError,
    FetchFailed,
    InvalidGold,
    InvalidKnowledge,
    InvalidMetadata,
    InvalidModel,
    ReportedlyError,
    UnreadableReport,
    UnsupportedLanguage,
)
from reportedly.intake.files import checked_date, read_file
from reportedly.model.record import (
    Attribution,
    Claim,
    Event,
    Participant,
    Place,
    Range,
    Reading,
    Report,
    Source,
    Span,
    Status,
    Time,
    Toll,
)

if TYPE_CHECKING:
    from reportedly.casebook.casebook import Casebook
    from reportedly.casebook.facets import Filter
    from reportedly.reading.reader import Component, Reader, Result

__all__ = [
    "Attribution",
    "Casebook",
    "CasebookError",
    "Claim",
    "Component",
    "Event",
    "FetchFailed",
    "Filter",
    "InvalidGold",
    "InvalidKnowledge",
    "InvalidMetadata",
    "InvalidModel",
    "Participant",
    "Place",
    "Range",
    "Reader",
    "Reading",
    "Report",
    "ReportedlyError",
    "Result",
    "Source",
    "Span",
    "Status",
    "Time",
    "Toll",
    "UnreadableReport",
    "UnsupportedLanguage",
    "__version__",
    "json_schema",
    "read",
    "read_file",
    "read_many",
]


_LOADED_WHEN_ASKED_FOR = {
    "Component": "reportedly.reading.reader",
    "Reader": "reportedly.reading.reader",
    "Result": "reportedly.reading.reader",
    "Casebook": "reportedly.casebook.casebook",
    "Filter": "reportedly.casebook.facets",
}


def __getattr__(name: str) -> Any:
    """The reader brings its grammar's library with it and the casebook its database's: nobody waits for what they do not use."""
    if name in _LOADED_WHEN_ASKED_FOR:
        return getattr(import_module(_LOADED_WHEN_ASKED_FOR[name]), name)
    raise AttributeError(f"module 'reportedly' has no attribute {name!r}")


@cache
def _reader() -> "Reader":
    return import_module("reportedly.reading.reader").Reader()  # type: ignore[no-any-return]


def read(
    text: str,
    *,
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read one report in English into its claims. The pipeline is loaded on the first call, once per process.

    `published` is an ISO 8601 date or date-time, the dateline that times are resolved from; without it, relative times
    keep their words and have no dates. Raises InvalidMetadata for an impossible date, UnsupportedLanguage for a report
    in another language.
    """
    if published is not None:
        checked_date(published, "published")
    return _reader().read(Report(text=text, outlet=outlet, published=published, title=title, url=url)).reading


def read_many(reports: Iterable[Report]) -> Iterator[Reading]:
    """Read many reports; faster than one by one, in the same order. Nothing is kept between them."""
    for result in _reader().pipe(reports):
        yield result.reading


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a reading, generated from the code: the public contract."""
    schema = Reading.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:reportedly:reading:1", **schema}
