"""What leaves a casebook: by which rules, and the events and claims as they stand once these rules have been applied."""

from datetime import date
from itertools import pairwise
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from reportedly.model.incident import Telling
from reportedly.model.plover import EventType
from reportedly.model.record import Alpha3, Certainty, Claim, Kind, PlacePrecision, Polarity, Record, SourceType

PlaceLevel = Literal["place", "admin2", "admin1", "country", "none"]
"""How fine a place is told, the finest first."""
TimeLevel = Literal["day", "month", "year", "none"]
Window = Literal["month", "year", "ever"]
Names = Literal["all", "in office", "registry"]
"""Whose names stay: everybody's; those of bodies and of people who speak or act in office; those that the shipped tables hold, alone."""
Ladder = tuple["Rung", ...]

PLACE_LEVELS: Final[tuple[PlaceLevel, ...]] = ("place", "admin2", "admin1", "country", "none")
TIME_LEVELS: Final[tuple[TimeLevel, ...]] = ("day", "month", "year", "none")
TOLLS: Final = ("killed", "injured", "captured", "displaced")
WINDOWS: Final[tuple[Window, ...]] = ("month", "year", "ever")


# ── rules


class PlaceRule(Record):
    """No finer than `finest`; coarser where fewer people are known to live in the division than these."""

    finest: PlaceLevel
    least_people_admin2: int = Field(ge=0)
    least_people_admin1: int = Field(ge=0)


class TimeRule(Record):
    """Nothing that happened, or was first told, less than so many days before the release."""

    finest: TimeLevel
    withhold_days: int = Field(ge=0)


class NameRule(Record):
    """Whose names stay."""

    parties: Names
    sources: Names
    outlets: Literal["all", "registry"]
    hidden_source_types: tuple[SourceType, ...]
    """Types of sources that are told as "other"."""


class TextRule(Record):
    """What is told in words."""

    sentences: bool
    """The report's own words: sentences, triggers, targets, means, titles and links."""
    paraphrase: bool


class SensitiveRule(Record):
    """What becomes of whatever tells where people are who could be harmed for it: categories of sensitive.tsv."""

    categories: tuple[str, ...]
    action: Literal["withhold", "coarsen", "keep"]
    """coarsen: no finer than the first level, and nobody's name."""


class AheadRule(Record):
    """What becomes of what is planned or expected: while it may still come, and after."""

    open: Literal["withhold", "coarsen", "keep"]
    closed: Literal["withhold", "coarsen", "keep"]


class Rung(Record):
    """How an event is told, and within what window at least so many must be told of the same place like that."""

    place: PlaceLevel
    time: TimeLevel
    within: Window


class SmallCellRule(Record):
    """An event goes down the ladder until at least so many stand beside it, and is withheld where they never do; 0: not at all."""

    least: int = Field(ge=0)
    ladder: Ladder


class Licence(Record):
    name: str
    title: str
    path: str | None = None
    """An address of the licence's text."""


class Profile(Record):
    """By which rules something leaves. Its file is meant to be read and changed by whoever answers for the data."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,40}$")]
    title: str
    units: Literal["incidents", "claims"]
    """claims: the claims as well as the incidents."""
    places: PlaceRule
    times: TimeRule
    names: NameRule
    text: TextRule
    sensitive: SensitiveRule
    ahead: AheadRule
    small_cells: SmallCellRule
    counts: Literal["exact", "magnitude"]
    """How the notes tell what was withheld: exactly, or as "fewer than 10"."""
    licence: Licence

    @model_validator(mode="after")
    def _is_safe_to_repeat(self) -> Self:
        """Each rung must be as coarse as the one before in every way: else two releases could tell together what neither tells alone."""
        steps = [
            (PLACE_LEVELS.index(r.place), TIME_LEVELS.index(r.time), WINDOWS.index(r.within))
            for r in self.small_cells.ladder
        ]
        for before, after in pairwise(steps):
            if any(a < b for b, a in zip(before, after, strict=True)) or before == after:
                raise ValueError(
                    "small_cells.ladder: each step must be coarser than the one before, and in no way finer"
                )
        if self.small_cells.least and not steps:
            raise ValueError("small_cells.ladder: is empty, though small cells are to be merged")
        finest = PLACE_LEVELS.index(self.places.finest), TIME_LEVELS.index(self.times.finest)
        if steps and (steps[0][0] < finest[0] or steps[0][1] < finest[1]):
            raise ValueError("small_cells.ladder: begins finer than places.finest or times.finest")
        if self.text.sentences and (self.names.parties != "all" or self.sensitive.action != "keep"):
            raise ValueError(
                "text.sentences: the reports' own words hold every name and place; they go with names = all and sensitive = keep alone"
            )
        if self.is_closed and self.units == "claims":
            raise ValueError("names.parties = registry: goes with units = incidents alone")
        return self

    @property
    def is_closed(self) -> bool:
        """Whether nothing leaves but what stands in the shipped tables, numbers and days."""
        return self.names.parties == "registry"


# ── what is told


class Party(Record):
    """Who does it, or to whom: a name where it may be told, else what they are ("Civilians (Yemen)")."""

    name: str
    actor: str | None = None
    """Id in the registry."""
    sector: str | None = None
    country: Alpha3 | None = None


class Count(Record):
    """A number of people: the least and the most that any origin tells, and what most origins tell; the most is null where one says "at least"."""

    low: int
    best: int
    high: int | None


class ReleasedPlace(Record):
    """Where, as fine as it may be told; coordinates in degrees (WGS 84), of the place or of the middle of the area told."""

    name: str | None = None
    """Of a place, a sea or a region; null for divisions, which have their own."""
    admin2: str | None = None
    admin1: str | None = None
    country: Alpha3 | None = None
    pcode: str | None = None
    geonames: int | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None


class ReleasedEvent(Record):
    """One incident as it leaves."""

    id: str
    """A UUID that stays with it from release to release, and tells nothing of it."""
    telling: Telling
    type: EventType
    mode: str | None
    start: str | None
    end: str | None
    """First and last day (ISO 8601)."""
    place: ReleasedPlace
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    targets: tuple[str, ...]
    killed: Count | None
    injured: Count | None
    captured: Count | None
    displaced: Count | None
    outlets: tuple[str, ...]
    source_scale: str | None
    source_types: tuple[SourceType | Literal["other"], ...]
    reports: int
    origins_low: int
    origins_high: int
    grade: str
    disputed: tuple[str, ...]
    """What origins contradict one another about."""
    claims: tuple[int, ...]
    """Numbers of its claims, where claims leave too."""
    reviewed: bool
    """Whether a person has looked at any of its claims."""

    @property
    def credibility(self) -> int:
        return int(self.grade[1])


class ReleasedClaim(Record):
    """One claim as it leaves; `record` and what else is the report's own only where the profile says so."""

    number: int
    event: str | None
    """Id of its event; null where weighing puts it in none, or where the event does not leave."""
    type: EventType
    mode: str | None
    kind: Kind
    polarity: Polarity
    certainty: Certainty
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    captured_low: int | None
    captured_high: int | None
    displaced_low: int | None
    displaced_high: int | None
    place: ReleasedPlace
    start: str | None
    end: str | None
    source: str | None
    source_type: str
    anonymous: bool
    chain: tuple[str, ...]
    """Types of the sources that it went through, the outlet's first."""
    outlet: str | None
    published: str | None
    report: int
    state: str
    confidence: float | None
    paraphrase: str | None
    title: str | None = None
    url: str | None = None
    record: Claim | None = None


class KeptClaim(Record):
    """A claim of the casebook, as decided, with what is known of its report."""

    number: int
    report: int
    state: str
    claim: Claim
    outlet: str | None
    published: str | None
    title: str | None
    url: str | None


def day_of(moment: str | None) -> date | None:
    """The day of an ISO 8601 date or moment; None where it is none."""
    try:
        return None if moment is None else date.fromisoformat(moment[:10])
    except ValueError:
        return None
