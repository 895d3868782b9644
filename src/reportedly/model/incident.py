"""What weighing makes of many reports: copies, and incidents with their origins and disputes. Claims and reports by their numbers in a casebook."""

from typing import Literal

from pydantic import Field

from reportedly.model.plover import EventType
from reportedly.model.record import Alpha3, PlacePrecision, Record

OriginKind = Literal["named", "unnamed", "own voice"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Became = Literal["borne out", "contradicted"]
Telling = Literal["happened", "ahead", "denied"]
RelationKind = Literal["fights", "presses", "supplies", "meets", "agrees"]
Disputed = Literal["denial", "killed", "injured", "captured", "displaced", "day", "place", "actor"]


class Origin(Record):
    """Where some tellings of an incident come from: a source that can be told apart, one that is not named, or an outlet's own voice."""

    key: str
    """The same for the same origin in every incident."""
    label: str
    kind: OriginKind
    claims: tuple[int, ...]
    families: tuple[str, ...]
    """Publishers' families of the outlets that carry it."""
    outlets: tuple[str, ...]
    """Names of these outlets, as far as known."""
    asserts: bool
    """Whether it says that it happened, rather than only that it did not."""
    interested: bool
    """Whether it is a side to what it tells."""
    became: Became | None
    """What others say to it who can be told apart and are no side to it; None where none of them spoke."""


class Side(Record):
    """One side of a dispute: what is said, by which origins (by their place in the incident's list) in which claims."""

    value: str
    origins: tuple[int, ...]
    claims: tuple[int, ...]


class Contradiction(Record):
    """Two sides that cannot both be right."""

    about: Disputed
    sides: tuple[Side, Side]


class Grade(Record):
    """An Admiralty grade: how reliable the source is, A to E and F for unknown, and how credible what it tells, 1 to 5 and 6 for unknown."""

    reliability: Reliability
    credibility: int = Field(ge=1, le=6)
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"


class Told(Record):
    """In how many incidents an origin tells in some way, and has the same said to it by others."""

    kind: OriginKind
    ahead: bool
    became: Became | None
    incidents: int


def names_of(label: str, outlets: tuple[str, ...]) -> list[tuple[bool, str]]:
    """What an origin is called in one incident: by its outlets, and (true) by its own name."""
    return [*((False, outlet) for outlet in outlets), (True, label)]


class SourceRecord(Record):
    """What became of what a source told. An incident on which nobody else spoke counts for neither."""

    key: str
    label: str
    kind: OriginKind
    """Whether this is a source that can be told apart, or an outlet with what it tells in its own voice and by sources that it does not name."""
    told: int
    """Incidents that it told of."""
    borne_out: int
    contradicted: int
    low: float
    high: float
    """Nine in ten chances that the share of what it tells that is borne out lies between the two (beta-binomial, uniform prior)."""
    reliability: Reliability
    reason: str


class Relation(Record):
    """What one actor of the registry, or a state, does to or with another in an incident."""

    kind: RelationKind
    one: str
    """Who does it; of what both do, the first by name."""
    other: str


class Incident(Record):
    """One happening, as claims tell of it."""

    key: str
    """Made of its claims: the same claims are the same incident anywhere."""
    ahead: bool
    """Whether it is told as planned, expected, demanded or conditional, rather than as having happened or not."""
    types: tuple[EventType, ...]
    """As which it is told, the most frequent first."""
    start: str | None
    end: str | None
    place: str | None
    admin1: str | None
    country: Alpha3 | None
    lat: float | None
    """Of the place (degrees, WGS 84): the middle of the area where `precision` says that only the area is known."""
    lon: float | None
    precision: PlacePrecision | None
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    relations: tuple[Relation, ...]
    claims: tuple[int, ...]
    reports: int
    low: int = Field(ge=1)
    """Independent origins, at least and at most."""
    high: int = Field(ge=1)
    origins: tuple[Origin, ...]
    contradictions: tuple[Contradiction, ...]
    grade: Grade
    """Of the most reliable origin that asserts it, and of what is told. Unknown is never averaged with known."""

    @property
    def telling(self) -> Telling:
        """How it is told over all: as still ahead, as having happened, or only denied."""
        if self.ahead:
            return "ahead"
        return "happened" if any(origin.asserts for origin in self.origins) else "denied"


class CopiedPassage(Record):
    """Characters [start, end) of a passage in the source and in the copy, and how alike they are."""

    in_source: tuple[int, int]
    in_copy: tuple[int, int]
    likeness: float


class Copy(Record):
    """A report that has passages of an earlier one."""

    source: int
    copy_: int = Field(alias="copy")
    share: float
    extent: Literal["copy", "passages"]
    passages: tuple[CopiedPassage, ...]
