"""The claim record, schema 2: what a reader prints and every other room keeps, weighs, shows and releases."""

from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from reportedly.model.plover import VIOLENT, EventType

SCHEMA: Final = 3
"""2 added `confidence` to a claim, 3 `readers`, `disagreements` and `rendering`; a reading kept under an earlier one has none."""

SourceType = Literal[
    "outlet", "agency", "official", "military", "armed_group", "security", "witness", "local",
    "medical", "aid", "un", "expert", "document", "social", "party", "unspecified",
]  # fmt: skip
Kind = Literal["occurred", "planned", "predicted", "demanded", "conditional"]
Polarity = Literal["+", "-"]
Certainty = Literal["stated", "likely", "possible"]
PlacePrecision = Literal["place", "near", "admin2", "admin1", "country", "region", "water"]
TimePrecision = Literal["hour", "day", "week", "month", "year", "vague"]
Quote = Literal["direct", "indirect", "mixed"]
Alpha3 = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


_NOT_NOTED: Final[set[str]] = set()


class Record(BaseModel):
    """A part of the record: immutable, and nothing in it that the contract does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def lean(self) -> Self:
        """Itself, without pydantic's note of which fields were given: of a million claims it would fill gigabytes."""
        object.__setattr__(self, "__pydantic_fields_set__", _NOT_NOTED)
        for value in self.__dict__.values():
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Record):
                    part.lean()
        return self


class Span(Record):
    """Words of the report: Unicode code points [start, end) of its kept text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str


class Event(Record):
    type: EventType
    mode: str | None = None


class Participant(Record):
    """Who does it, or to whom: what the text says here, and whom that resolves to."""

    mention: Span
    name: str
    actor: str | None = None
    sector: str | None = None
    country: Alpha3 | None = None


class Range(Record):
    """A number of people as the text bounds it; "at least 12" is low 12, high null."""

    low: int | None
    high: int | None
    mention: Span


class Toll(Record):
    killed: Range | None = None
    injured: Range | None = None
    captured: Range | None = None
    displaced: Range | None = None


class Place(Record):
    """Where; precision after UCDP's where_prec, coordinates in degrees (WGS 84)."""

    mention: Span
    name: str
    geonames: int | None = None
    country: Alpha3 | None = None
    admin1: str | None = None
    pcode: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "place"


class Time(Record):
    """When: inclusive ISO 8601 dates, resolved against the dateline."""

    mention: Span | None
    start: str | None
    end: str | None
    precision: TimePrecision


class Status(Record):
    """How it is said."""

    kind: Kind = "occurred"
    polarity: Polarity = "+"
    certainty: Certainty = "stated"
    phrase: Span | None = None


class Source(Record):
    """Who says so; name is null for a source that the text does not name."""

    name: str | None
    mention: Span | None
    type: SourceType
    anonymous: bool
    actor: str | None = None


class Attribution(Record):
    """One link of the chain of sources."""

    source: Source
    cue: Span | None = None
    quote: Quote | None = None


class ReaderVersion(Record):
    """Who read: a built-in reader with its weights, or a language model with its prompt."""

    name: str
    version: str


class Rendering(Record):
    """A claim put into neutral English by a language model: its words, not the report's."""

    text: str
    by: ReaderVersion


class Disagreement(Record):
    """A field that another reader of the same report reads otherwise: the field's name, and what that reader has there."""

    field: str
    other: str | None


class Claim(Record):
    """One event, said by one innermost source, in one way."""

    id: str
    sentence: Span
    trigger: Span
    event: Event
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    means: tuple[Span, ...]
    targets: tuple[Span, ...]
    toll: Toll
    places: tuple[Place, ...]
    time: Time | None
    status: Status
    attribution: tuple[Attribution, ...] = Field(min_length=1)
    wording: tuple[Span, ...]
    notes: tuple[str, ...]
    confidence: float | None = Field(default=None, ge=0, le=1)
    """How sure a trained reader is that this is told here: the share of such claims that are right. None where nothing was measured."""
    readers: tuple[ReaderVersion, ...] = ()
    """Which readers made it, where a report was read by several; the first is the one whose values stand. Empty: the reading's own."""
    disagreements: tuple[Disagreement, ...] = ()
    """What the other reader has otherwise; a claim that only one of them made has none, but one entry in `readers`."""
    rendering: Rendering | None = None
    """The claim in English, in a language model's words."""

    @property
    def is_warning(self) -> bool:
        """Whether this is violence that somebody plans, expects or makes conditional, and does not deny."""
        ahead = self.status.kind in ("planned", "predicted", "conditional")
        return self.event.type in VIOLENT and ahead and self.status.polarity == "+"


class ReportHeader(Record):
    """Which report: its text's hash and what its sidecar tells."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    language: str
    characters: int


ReaderName = Literal["trained", "rules"]
"""The built-in readers, the first the one that reads where none is named."""
AnyReaderName = Literal["trained", "rules", "llm", "both"]
"""Those, a language model, and a language model beside the first of those."""


class Reading(Record):
    """Everything one reader found in one report."""

    schema_: Literal[1, 2, 3] = Field(default=SCHEMA, alias="schema")
    report: ReportHeader
    reader: ReaderVersion
    claims: tuple[Claim, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True)


class Report(Record):
    """A report as taken in: the kept text and what is known about it."""

    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    language: str = "en"
