"""What a claim or a report can be found by, as short marks, and the marks that a user's filter asks for.

Each mark is a letter for its kind and a hash of its value, so that any name in any script is one plain word for both databases.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from reportedly.knowledge import actors
from reportedly.knowledge.gazetteer import candidates, loose_candidates
from reportedly.knowledge.spelling import fold, plain_key
from reportedly.model.acquisition import now
from reportedly.model.record import Claim, Place, Report

State = Literal["undecided", "accepted", "edited", "rejected"]
_MOST_DAYS: Final = 31
_MOST_MONTHS: Final = 24


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list is narrowed to. Dates are ISO 8601 days, inclusive; a place holds what lies in it where the record says so."""

    place: str | None = None
    actor: str | None = None
    event: str | None = None
    """A PLOVER type, or type and mode: "ASSAULT", "ASSAULT/drone"."""
    status: str | None = None
    """occurred, planned, predicted, demanded, conditional, denied, or warning."""
    source: str | None = None
    source_type: str | None = None
    outlet: str | None = None
    start: str | None = None
    end: str | None = None
    published_start: str | None = None
    published_end: str | None = None
    text: str | None = None
    state: State | Literal["counting", "any"] = "counting"
    origins: int | None = None
    """Told by at least so many independent origins, as last weighed."""
    credibility: int | None = None
    """Of an incident whose derived credibility, 1 to 6, is this or better."""
    readers_differ: bool = False
    """Read by two readers that disagree on it, or that only one of them found."""
    disputed: bool = False
    """Of an incident on which origins contradict one another."""

    @property
    def about_incidents(self) -> bool:
        """Whether it asks for what weighing found."""
        return self.origins is not None or self.credibility is not None or self.disputed

    @property
    def about_claims(self) -> bool:
        """Whether it asks for more than a report by itself tells."""
        asked = ("place", "actor", "event", "status", "source", "source_type", "start", "end", "readers_differ")
        return any(getattr(self, name) for name in asked) or self.state != "counting" or self.about_incidents

    @property
    def is_empty(self) -> bool:
        return all(getattr(self, f.name) == f.default for f in fields(self))


@lru_cache(maxsize=50_000)
def mark(kind: str, value: str) -> str:
    """The mark of one value of a kind."""
    return kind + hashlib.blake2s(value.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


_READERS_DIFFER: Final = mark("v", "readers differ")


def of_claim(claim: Claim, outlet: str | None, published: str | None, state: State) -> str:
    """A claim's marks."""
    return " ".join(dict.fromkeys(_claim_marks(claim, outlet, published, state)))


def _claim_marks(claim: Claim, outlet: str | None, published: str | None, state: State) -> Iterator[str]:
    yield mark("e", claim.event.type)
    if claim.event.mode:
        yield mark("e", f"{claim.event.type}/{claim.event.mode}")
    yield mark("s", "denied" if claim.status.polarity == "-" else claim.status.kind)
    if claim.disagreements or len(claim.readers) == 1:
        yield _READERS_DIFFER
    if claim.is_warning:
        yield mark("s", "warning")
    for place in claim.places:
        yield from _place_marks(place)
    for person in (*claim.actors, *claim.recipients):
        yield mark("a", person.actor or plain_key(person.name))
        yield mark("a", plain_key(person.name))
    source = claim.attribution[-1].source
    yield mark("t", source.type)
    for link in claim.attribution[1:]:
        shown = link.source.name or (link.source.mention.text if link.source.mention else "")
        yield mark("n", plain_key(shown))
        if link.source.actor:
            yield mark("n", link.source.actor)
    if claim.time is not None:
        yield from (mark("d", moment) for moment in _moments(claim.time.start, claim.time.end))
    yield from of_publication(outlet, published)
    yield mark("v", state)
    if state != "rejected":
        yield mark("v", "counting")


def _place_marks(place: Place) -> Iterator[str]:
    yield mark("p", plain_key(place.name))
    if place.geonames:
        yield mark("p", f"geonames {place.geonames}")
    if place.admin1:
        yield mark("p", plain_key(place.admin1))
    if place.country:
        yield mark("p", f"country {place.country}")


def of_publication(outlet: str | None, published: str | None) -> Iterator[str]:
    """What both a report and its claims are found by."""
    if outlet:
        yield mark("o", plain_key(outlet))
    if published:
        yield from (mark("r", moment) for moment in _moments(published[:10], published[:10]))


def of_report(report: Report) -> str:
    """A report's marks."""
    return " ".join(of_publication(report.outlet, report.published))


def wanted(asked: Filter) -> list[list[str]]:
    """The marks that a filter asks for: one of each inner list."""
    groups: list[list[str]] = []
    if asked.place:
        groups.append(_wanted_places(asked.place))
    if asked.actor:
        groups.append(_wanted_names("a", asked.actor))
    if asked.event:
        kind, _, mode = asked.event.partition("/")
        groups.append([mark("e", f"{kind.upper()}/{mode.lower()}" if mode else kind.upper())])
    if asked.status:
        groups.append([mark("s", asked.status)])
    if asked.source:
        groups.append(_wanted_names("n", asked.source))
    if asked.source_type:
        groups.append([mark("t", asked.source_type)])
    if asked.start or asked.end:
        groups.append([mark("d", moment) for moment in _asked_moments(asked.start, asked.end)])
    if asked.readers_differ:
        groups.append([_READERS_DIFFER])
    if asked.state != "any":
        groups.append([mark("v", asked.state)])
    return groups + wanted_of_publication(asked)


def wanted_of_publication(asked: Filter) -> list[list[str]]:
    """Those of them that a report by itself has."""
    groups = []
    if asked.outlet:
        groups.append([mark("o", plain_key(asked.outlet))])
    if asked.published_start or asked.published_end:
        groups.append([mark("r", moment) for moment in _asked_moments(asked.published_start, asked.published_end)])
    return groups


def _wanted_places(name: str) -> list[str]:
    """The name as written, and every place that the gazetteer knows by it."""
    found = [mark("p", plain_key(name)), mark("p", f"country {name.upper()}")]
    for candidate in (candidates(name) or loose_candidates(name))[:30]:
        if candidate.geonames:
            found.append(mark("p", f"geonames {candidate.geonames}"))
        if candidate.kind in ("country", "admin1"):
            found.append(
                mark("p", f"country {candidate.country}" if candidate.kind == "country" else plain_key(candidate.name))
            )
    return list(dict.fromkeys(found))


def _wanted_names(kind: str, name: str) -> list[str]:
    """The name as written, and the actor that the registry knows by it."""
    known = [actor.id for match in actors.find_names(name.split()) for actor in match.actors]
    return list(dict.fromkeys([mark(kind, plain_key(name)), *(mark(kind, value) for value in (name, *known))]))


def _moments(start: str | None, end: str | None) -> Iterator[str]:
    """The years of a window, its months, and its days; a long one is "wide" in its years, or its months, in place of what it has not.

    An open side is as long as the day on the other.
    """
    first, last = start or end, end or start
    if not first or not last or last < first:
        return
    yield from (str(year) for year in range(int(first[:4]), min(int(last[:4]), int(first[:4]) + 60) + 1))
    if _month_number(last) - _month_number(first) > _MOST_MONTHS:
        yield from (f"wide {year}" for year in range(int(first[:4]), min(int(last[:4]), int(first[:4]) + 60) + 1))
        return
    months = [_month_name(number) for number in range(_month_number(first), _month_number(last) + 1)]
    yield from months
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    if days >= _MOST_DAYS:
        yield from (f"wide {month}" for month in months)
    else:
        yield from ((date.fromisoformat(first) + timedelta(days=n)).isoformat() for n in range(days + 1))


def _asked_moments(start: str | None, end: str | None) -> list[str]:
    """What a window that overlaps the one asked for has at least one of: whole years and months by name, at the edges days."""
    latest = date(now().year + 60, 12, 31)
    first = max(date.fromisoformat(start or "1945-01-01"), date(1800, 1, 1))
    last = min(date.fromisoformat(end or f"{now().year + 10}-12-31"), latest)
    if first > last:
        return ["never"]
    found: list[str] = []
    at = first
    while at <= last:
        year_end, month_end = (
            date(at.year, 12, 31),
            (at.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1),
        )
        if at.day == 1 and at.month == 1 and year_end <= last:
            found.append(str(at.year))
            at = year_end + timedelta(days=1)
        elif at.day == 1 and month_end <= last:
            found += [f"{at:%Y-%m}", f"wide {at.year}"]
            at = month_end + timedelta(days=1)
        else:
            found += [at.isoformat(), f"wide {at:%Y-%m}", f"wide {at.year}"]
            at += timedelta(days=1)
    return list(dict.fromkeys(found))


def _month_number(day: str) -> int:
    return int(day[:4]) * 12 + int(day[5:7]) - 1


def _month_name(number: int) -> str:
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def searchable(text: str) -> str:
    """Text as it is searched: folded, so that accents, case and variants of Arabic letters do not matter."""
    return " ".join(fold(word) for word in re.findall(r"[^\W_]+", text))


def sought(text: str) -> list[list[str]]:
    """What a user looks for: phrases of words, each of which must be there. Quotes keep words together, * ends a beginning."""
    found = []
    for quoted, word in re.findall(r'"([^"]+)"|(\S+)', text):
        words = searchable(quoted or word).split()
        if words:
            found.append([*words[:-1], words[-1] + "*"] if word.endswith("*") else words)
    return found
