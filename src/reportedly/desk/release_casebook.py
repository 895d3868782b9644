"""Releases a casebook: gives the rooms that make files what the casebook holds, and keeps what was released."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.casebook.listing import ClaimRow
from reportedly.casebook.releases import ReleaseRow
from reportedly.casebook.releasing import Releasing
from reportedly.desk.weigh_casebook import weigh_casebook
from reportedly.errors import ReleaseRefused
from reportedly.knowledge.outlets import Outlet
from reportedly.model.release import KeptClaim, Profile, ReleasedEvent
from reportedly.release.identity import ByUid
from reportedly.release.making import Asked, Input, Maker, Outcome, Progress, export, look, make
from reportedly.release.narrowing import Narrowing
from reportedly.release.protecting import Persons
from reportedly.release.reading_back import Release

_TOLD = {"place": "place", "actor": "actor", "event": "event", "start": "from", "end": "to"}
"""What a release can be narrowed by that does not show the reports' own words."""


def asked_for(profile: Profile, day: str, title: str, publisher: str, given: Filter) -> tuple[Asked, Filter]:
    """What a release is to be, and what of the casebook it is made of. Raises ReleaseRefused where a filter would tell what the release does not."""
    values = {name: value for name, value in asdict(given).items() if value != getattr(Filter(), name)}
    words = ", ".join(f"{_TOLD.get(name, name.replace('_', ' '))} {value}" for name, value in values.items())
    if profile.text.sentences:
        return Asked(profile, day, title, publisher, Narrowing(), words), given
    beyond = sorted(set(values) - set(_TOLD))
    if beyond:
        raise ReleaseRefused(
            f"--{beyond[0].replace('_', '-')}: what the profile {profile.name} leaves out cannot narrow a release: being in it would tell it. "
            f"Use {', '.join(f'--{name}' for name in _TOLD.values())}"
        )
    narrowing = Narrowing(**values)
    shown = ", ".join(_TOLD[name] for name in values) if profile.is_closed else words
    return Asked(profile, day, title, publisher, narrowing, shown), Filter()


def propose(casebook: Casebook, profile: Profile, day: str, title: str, publisher: str, given: Filter) -> int:
    """Note what is to leave; its number. Raises ReleaseRefused."""
    asked_for(profile, day, title, publisher, given)
    values = {name: value for name, value in asdict(given).items() if value != getattr(Filter(), name)}
    return casebook.propose_release(day, profile, {"title": title, "publisher": publisher, "filter": values})


def look_at(
    casebook: Casebook, asked: Asked, of: Filter, progress: Progress, each: Callable[[str], None] | None = None
) -> Outcome:
    """What would leave now, and each event and claim of it as JSON to whoever asks; nothing is written or kept."""
    with casebook.releasing() as source:
        return look(_input(source, of), asked, progress, each)


def events_of(casebook: Casebook, asked: Asked, of: Filter, progress: Progress) -> Iterator[ReleasedEvent]:
    """The events that would leave."""
    with casebook.releasing() as source:
        yield from Maker(_input(source, of), asked, progress).events()


def write(
    casebook: Casebook, number: int, into: Path, since: Release | None, own: tuple[Outlet, ...], progress: Progress
) -> Outcome:
    """Write a release that may be written. Where the casebook has gone on since it was proposed, it is made of what was kept by then."""
    found = casebook.require_writable(number)
    if found.state == "written" or casebook.has_moved_since(found):
        return _write_as_of(casebook, found, into, since, own, progress)
    asked, of = _asked_again(found)
    with casebook.releasing() as source:
        outcome = make(_input(source, of), asked, into, since, progress)
    _note(casebook, number, outcome)
    return outcome


def _write_as_of(
    casebook: Casebook,
    found: ReleaseRow,
    into: Path,
    since: Release | None,
    own: tuple[Outlet, ...],
    progress: Progress,
) -> Outcome:
    asked, of = _asked_again(found)
    until = found.number if found.state == "written" else found.marks.get("releases", found.number - 1)
    with tempfile.TemporaryDirectory(prefix="reportedly-") as folder:
        there = Path(folder) / "casebook"
        casebook.copy_as_of({**found.marks, **_all_releases(casebook)}, there, progress)
        with Casebook.open(there, casebook.by) as copy:
            weigh_casebook(copy, own, again=True, progress=progress)
            with copy.releasing(until) as source:
                outcome = make(_input(source, of), asked, into, since, progress)
    if found.state != "written":
        _note(casebook, found.number, outcome)
    return outcome


def _all_releases(casebook: Casebook) -> dict[str, int]:
    """Rows of releases themselves are all copied; which of them count is asked by the release's number."""
    with casebook.releasing() as source:
        return source.release_marks()


def export_to(
    casebook: Casebook, asked: Asked, of: Filter, kind: str, of_claims: bool, file: BinaryIO, progress: Progress
) -> Outcome:
    """Write one format to an open file, and log it."""
    with casebook.releasing() as source:
        outcome = export(_input(source, of), asked, kind, of_claims, file, progress)
    rows = outcome.claims if of_claims else outcome.events
    casebook.log_export(
        f"{kind} of {'claims' if of_claims else 'events'}, profile {asked.profile.name}", asked.narrowed, rows
    )
    return outcome


def _asked_again(found: ReleaseRow) -> tuple[Asked, Filter]:
    return asked_for(
        found.profile, found.day, found.asked["title"], found.asked["publisher"], Filter(**found.asked["filter"])
    )


def _note(casebook: Casebook, number: int, outcome: Outcome) -> None:
    detail: dict[str, Any] = {
        "events": outcome.events, "claims": outcome.claims, "counts": dict(outcome.notes.counts), "files": {f.name: f.sha256 for f in outcome.files},
    }  # fmt: skip
    casebook.note_written(number, detail, outcome.new_ids())


def _input(source: Releasing, of: Filter) -> Input:
    decided = source.persons()
    persons = Persons(
        frozenset(n for n, known in decided.items() if known), frozenset(n for n, known in decided.items() if not known)
    )
    first = ByUid((uid, date.fromisoformat(day).toordinal()) for uid, day in source.first_days())
    return Input(
        source.secret(), source.ids_of if len(first) else _none_known, lambda uid: _day(first.get(uid)),
        lambda: ((row.incident, row.grade, [_kept(c) for c in claims]) for row, claims in source.incidents(of)),
        lambda: map(_kept, source.claims(of)), source.how_many(), persons,
    )  # fmt: skip


def _day(ordinal: int | None) -> str | None:
    return None if ordinal is None else date.fromordinal(ordinal).isoformat()


def _none_known(_anchors: Sequence[int]) -> Mapping[int, str]:
    """Before anything was released."""
    return {}


def _kept(row: ClaimRow) -> KeptClaim:
    return KeptClaim(
        number=row.id,
        report=row.report,
        state=row.state,
        claim=row.claim,
        outlet=row.outlet,
        published=row.published,
        title=row.title,
        url=row.url,
    )
