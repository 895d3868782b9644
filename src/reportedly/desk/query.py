"""A page's address and what it asks for: every state of a list is an address, the same for pages and for the HTTP interface."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal, Self, get_args
from urllib.parse import urlencode

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from reportedly.casebook.facets import Filter
from reportedly.casebook.pictures import Asked
from reportedly.errors import ReportedlyError
from reportedly.model.incident import Telling
from reportedly.model.plover import EVENT_TYPES
from reportedly.model.record import SourceType

Said = Literal["occurred", "planned", "predicted", "demanded", "conditional", "denied", "warning"]
State = Literal["counting", "undecided", "accepted", "edited", "rejected", "any"]
_HIGHEST: Final = 2**31 - 1


class InvalidQuery(ReportedlyError):
    """An address that asks for what makes no sense."""


def _none_where_blank(value: object) -> object:
    return (value.strip() or None) if isinstance(value, str) else value


def _day(value: object) -> object:
    """Days alone: pydantic would take numbers for seconds since 1970."""
    blank = _none_where_blank(value)
    if isinstance(blank, str):
        try:
            return date.fromisoformat(blank)
        except ValueError:
            raise ValueError("is no day of the calendar; write it as 2024-01-31") from None
    return blank


_Blank = BeforeValidator(_none_where_blank)
Words = Annotated[Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] | None, _Blank]
Day = Annotated[date | None, BeforeValidator(_day)]
RowNumber = Annotated[Annotated[int, Field(ge=1, le=_HIGHEST)] | None, _Blank]


RowPath = Annotated[int, Path(ge=1, le=_HIGHEST)]
"""A row's number in a path."""


class _Query(BaseModel):
    model_config = ConfigDict(populate_by_name=True, extra="ignore")

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """What an address asks for. Raises InvalidQuery."""
        try:
            return cls.model_validate(dict(query))
        except ValidationError as error:
            first = error.errors()[0]
            name = ".".join(map(str, first["loc"]))
            raise InvalidQuery(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None


class FilterQuery(_Query):
    """What a list of claims, or of what holds them, is narrowed to."""

    place: Words = Field(None, description="In this place, or in what lies in it; any spelling.")
    actor: Words = Field(None, description="With this actor on either side; any of its names.")
    event: Words = Field(None, description="Of this PLOVER type, or type and mode: ASSAULT, ASSAULT/drone.")
    status: Annotated[Said | None, _Blank] = Field(
        None, description="Said like this; warning: violence planned or expected."
    )
    source: Words = Field(None, description="Said by this source, at any link of the chain.")
    source_type: Annotated[SourceType | None, _Blank] = Field(
        None, alias="source-type", description="Whose innermost source is of this type."
    )
    outlet: Words = Field(None, description="Published by this outlet.")
    start: Day = Field(None, alias="from", description="Happening on this day or later.")
    end: Day = Field(None, alias="to", description="Happening on this day or earlier.")
    published_start: Day = Field(None, alias="published-from", description="Published on this day or later.")
    published_end: Day = Field(None, alias="published-to", description="Published on this day or earlier.")
    text: Words = Field(None, description='With all these words; "quoted" ones together, beginning* for a beginning.')
    state: Annotated[State | None, _Blank] = Field(None, description="As decided; without it, all but the rejected.")
    origins: Annotated[Annotated[int, Field(ge=1, le=1000)] | None, _Blank] = Field(
        None, description="Told by at least so many independent origins."
    )
    credibility: Annotated[Annotated[int, Field(ge=1, le=6)] | None, _Blank] = Field(
        None, description="Of this credibility or better; 1 is best."
    )
    readers_differ: Annotated[bool | None, _Blank] = Field(
        None, alias="readers-differ", description="Read by two readers that disagree on it, or that only one found."
    )
    disputed: Annotated[bool | None, _Blank] = Field(
        None, description="Of an incident on which origins contradict one another."
    )

    @field_validator("event")
    @classmethod
    def _is_an_event(cls, value: str | None) -> str | None:
        if value is None:
            return None
        kind, slash, mode = value.partition("/")
        if kind.upper() not in EVENT_TYPES:
            raise ValueError(f"{kind[:40]} is no event type. Types are {', '.join(EVENT_TYPES)}")
        return f"{kind.upper()}{slash}{mode}"

    def filter(self) -> Filter:
        """The filter that it asks for."""
        given: dict[str, Any] = {
            name: value.isoformat() if isinstance(value, date) else value for name, value in self if value is not None
        }
        return Filter(**given)


class PictureQuery(_Query):
    """Which incidents a picture shows."""

    start: Day = Field(None, alias="from", description="On this day or later.")
    end: Day = Field(None, alias="to", description="On this day or earlier.")
    country: Annotated[Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None, _Blank] = Field(
        None, description="ISO 3166-1 alpha-3."
    )
    admin1: Words = Field(None, description="First-level division, as the gazetteer calls it.")
    telling: Annotated[Telling | None, _Blank] = Field(None, description="As it is told over all.")
    credibility: Annotated[Annotated[int, Field(ge=1, le=6)] | None, _Blank] = Field(
        None, description="Of this credibility or better."
    )
    origins: Annotated[Annotated[int, Field(ge=1, le=1000)] | None, _Blank] = Field(
        None, description="With at least so many independent origins."
    )
    disputed: Annotated[bool | None, _Blank] = Field(
        None, description="Only those on which origins contradict one another."
    )

    def asked(self) -> Asked:
        """The same as the casebook takes it."""
        return Asked(
            start=self.start.isoformat() if self.start else None,
            end=self.end.isoformat() if self.end else None,
            country=self.country,
            admin1=self.admin1,
            telling=self.telling,
            worst=self.credibility or 6,
            least=self.origins or 1,
            disputed=bool(self.disputed),
        )


class PageQuery(_Query):
    """Where in a list a page begins."""

    before: RowNumber = Field(None, description="Before this row: `next` of the page before.")
    limit: Annotated[int, Field(ge=1, le=500)] = Field(50, description="Rows of a page.")


class SkipQuery(_Query):
    """How many rows of a ranked list are passed over."""

    skip: Annotated[int, BeforeValidator(lambda v: v or 0), Field(ge=0, le=100_000)] = 0


def filter_of(query: Mapping[str, str]) -> Filter:
    """The filter that an address asks for. Raises InvalidQuery."""
    return FilterQuery.of(query).filter()


def number(name: str, value: str) -> int:
    """The number of a row. Raises InvalidQuery."""
    digits = value.strip().upper().lstrip("CRIW")
    if not digits.isascii() or not digits.isdecimal() or len(digits) > 10 or not 0 < int(digits) <= _HIGHEST:
        raise InvalidQuery(f"{name}: {value[:40]!r} is no number")
    return int(digits)


def address(page: str, query: Mapping[str, str], **changed: object) -> str:
    """A page's address with some parts of its query changed, or (None) left out; blank parts are left out."""
    values: dict[str, Any] = {**query, **{name.replace("_", "-"): value for name, value in changed.items()}}
    kept = [(n, str(v)) for n, v in values.items() if v not in (None, "") and (n, v) != ("state", "counting")]
    return f"{page}?{urlencode(kept)}" if kept else page


STATUSES: Final[tuple[str, ...]] = get_args(Said)
STATES: Final[tuple[str, ...]] = get_args(State)
SOURCE_TYPES: Final[tuple[str, ...]] = get_args(SourceType)
TELLINGS: Final[tuple[str, ...]] = get_args(Telling)
