"""Warnings that were kept, the rule by which each will be resolved, what resolves them, and what became of them."""

from datetime import date
from typing import Literal

from pydantic import Field

from reportedly.model.plover import EventType
from reportedly.model.record import Alpha3, Record

AreaLevel = Literal["point", "admin1", "country", "named"]
Outcome = Literal["open", "hit", "false alarm", "unknown", "void"]
"""open: its window, and the days of grace after it, are not over. unknown: too little was seen of the area to say that it did not come true."""


def _ordinal(day: str) -> int:
    return date.fromisoformat(day[:10]).toordinal()


class Area(Record):
    """Where something counts: around a point (degrees, WGS 84), in a first-level division, in a country, or in a sea or region of that name."""

    name: str
    level: AreaLevel
    country: Alpha3 | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    km: float | None = None
    """How far from the point; None for other levels."""

    @property
    def identity(self) -> tuple[str, str, str]:
        """The same for the same area under whatever name."""
        return self.level, self.country or "", (self.admin1 if self.level == "admin1" else None) or self.name


class Rule(Record):
    """What will count as a warning's coming true. It is written when the warning is kept, and never changed."""

    form: int
    counts: tuple[str, ...]
    """PLOVER types, with a mode where only that counts: "ASSAULT", "COERCE/seize"."""
    listed: bool
    """Whether lists of violent events, such as UCDP's, hold such events."""
    areas: tuple[Area, ...]
    start: str | None
    end: str | None
    """First and last day (ISO 8601); None where the report gives neither a time nor a day of its own."""
    window_told: bool
    """Whether the text gives the last day; if not, `end` is the usual horizon."""
    actors: tuple[str, ...]
    """Who must have done it, by registry id, country or words; empty: whoever did. An incident that names nobody counts too."""
    credibility: int = Field(ge=1, le=6)
    """The worst credibility that an incident may have to count."""
    grace_days: int
    """Days after the window during which reports on it still come in."""

    @property
    def window(self) -> tuple[int, int] | None:
        """The first and the last day as ordinals; None where either is not known."""
        return None if self.start is None or self.end is None else (_ordinal(self.start), _ordinal(self.end))


class Band(Record):
    """A range of likelihood in percent, after ICD 203, with the word that says it."""

    name: str
    low: int
    high: int
    word: str

    @property
    def probability(self) -> float:
        """The middle of the band, 0 to 1."""
        return (self.low + self.high) / 200


class IssuedWarning(Record):
    """Violence or a movement of forces that somebody plans or expects, as it stood when it was kept."""

    key: str
    """Made of who warns of what, where and when: the same warning told again has the same."""
    made: str | None
    """The day on which it was first published."""
    type: EventType
    mode: str | None
    kind: Literal["planned", "predicted"]
    who: tuple[str, ...]
    band: Band | None
    """None where no estimative word says how likely it is."""
    origin: str
    """The origin's key, as incidents have it."""
    origin_label: str
    claim: int
    report: int
    rule: Rule


class Happening(Record):
    """Something that happened, from incidents of the casebook or from a list of reference."""

    id: str
    counts_as: tuple[str, ...]
    """PLOVER types, and types with modes."""
    start: str
    end: str
    name: str
    country: Alpha3 | None
    admin1: str | None
    lat: float | None = None
    lon: float | None = None
    precise: bool
    """Whether the point is a town or finer, rather than the middle of an area."""
    actors: tuple[str, ...] = ()
    killed_low: int | None = None
    killed_high: int | None = None
    """How many died, at least and at most; None where it is not told."""
    origins: tuple[str, ...] = ()
    """Keys of the origins that tell it; empty for a list of reference."""
    credibility: int = Field(default=1, ge=1, le=6)
    """Of its incident; a list of reference is taken at its word."""

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day as ordinals."""
        return _ordinal(self.start), _ordinal(self.end)


class AreaOutcome(Record):
    """What became of a warning in one of its areas."""

    area: str
    outcome: Outcome
    by: tuple[str, ...] = ()
    """Happenings that made it true."""
    why: str
    base_rate: float | None = Field(default=None, ge=0, le=1)
    """In what share of such windows before it such things happened there anyway; None where too little is known."""


class Calibration(Record):
    """How often warnings of one band came true."""

    band: str
    probability: float
    warnings: int
    came_true: int


class Score(Record):
    """How a set of warnings did; each area of a warning counts by itself."""

    hits: int
    false_alarms: int
    unknown: int
    void: int
    open: int
    expected: float | None
    """Hits that chance would have given: the sum of the base rates of the resolved ones that have one."""
    judged: int
    """Resolved ones that have a base rate."""
    judged_hits: int
    forecasts: int
    """Resolved ones that say how likely it was."""
    brier: float | None
    reference: float | None
    """The Brier score of forecasting the base rates instead, over the same."""
    compared: int
    """Forecasts that have a base rate, over which skill is told."""
    skill: float | None
    """1 less the Brier score over the reference's, over `compared`: 0 is no better than the base rate, 1 perfect."""
    calibration: tuple[Calibration, ...]


class AreaWeeks(Record):
    """First-level divisions by week: warned or not, and whether such a thing happened. Only those of which enough was seen."""

    hits: int
    misses: int
    false_alarms: int
    quiet: int
    missed: tuple[str, ...]
    """Area, week and happening of each miss, the earliest first."""


class Scoring(Record):
    """One run of scoring: its clock, what it was scored against, and the figures."""

    as_of: str
    against: str | None
    partial: bool
    score: Score
    by_origin: dict[str, Score]
    weeks: AreaWeeks
