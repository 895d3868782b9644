"""STIX 2.1 bundle (OASIS Standard, 2021): incidents with who, where and how far they can be trusted; claims as notes, reports as reports.

Objects are written as they come, so that a bundle of any size needs little memory; each id is made of what it is of, so that the same
object has the same id in every release.
"""

import uuid
from collections.abc import Iterator
from itertools import chain
from typing import Any, BinaryIO, ClassVar, Final

from reportedly.knowledge.actors import registry
from reportedly.knowledge.exchange import alpha2, confidences
from reportedly.knowledge.sectors import sectors
from reportedly.model.incident import Disputed
from reportedly.model.release import TOLLS, Count, Party, ReleasedClaim, ReleasedEvent
from reportedly.release.cleaning import line, plain
from reportedly.release.columns import where
from reportedly.release.formats.writing import About, Writer

_SPACE: Final = uuid.UUID("6f1d9c52-5a58-4b0e-9a39-0d9f4f0b6a35")
"""The namespace of reportedly's own ids (RFC 9562, version 5)."""
EXTENSION: Final = "extension-definition--5f0b8f63-9d24-5c3e-8a8e-3a0f7d1b7c11"
_MADE: Final = "2026-11-24T00:00:00.000Z"
"""When this use of STIX was laid down."""
_SCHEMA: Final = (
    "Properties of an incident, each absent where it is not told. plover_type, plover_mode (string): the event and how it was done, in the words of "
    "the PLOVER codebook. telling (string): happened, ahead (planned, predicted, demanded, threatened) or denied. date_start, date_end (string): first "
    "and last day, ISO 8601. place_precision (string): how fine the place is told. killed_low, killed_best, killed_high (integer), and likewise "
    "injured, captured, displaced: the least that is told, what most independent origins tell, the most. grade (string): Admiralty grade, reliability "
    "A to F and credibility 1 to 6. origins_low, origins_high (integer): how many independent origins tell it, at least and at most. source_types, "
    "outlets (list of string): what kind of sources tell it, and where."
)
"""What the extension's properties mean: STIX 2.1, 7.3, takes plain text for it."""
_ABOUT_DISPUTES: Final[dict[Disputed, str]] = {
    "denial": "whether it happened", "killed": "how many were killed", "injured": "how many were injured", "captured": "how many were captured",
    "displaced": "how many were displaced", "day": "when it happened", "place": "where it happened", "actor": "who did it",
}  # fmt: skip
_NAMES: Final = {"happened": "told as having happened", "ahead": "told as ahead", "denied": "only denied"}


class StixBundle(Writer):
    """A bundle. Confidence is that of the Admiralty credibility scale, and absent where truth cannot be judged."""

    suffix: ClassVar[str] = ".stix.json"
    media_type: ClassVar[str] = "application/stix+json;version=2.1"

    def __init__(self, file: BinaryIO, about: About) -> None:
        super().__init__(file, about)
        self._now = _moment(about.day)
        self._written: set[uuid.UUID] = set()
        self._report: tuple[int, dict[str, Any]] | None = None
        self.text(
            f'{{"type":"bundle","id":"bundle--{_id("bundle", about.title, about.day, about.profile.name)}","objects":[\n'
        )
        self._publisher = f"identity--{_id('identity', about.publisher)}"
        self._first = True
        self._put(_identity(self._publisher, about.publisher, "organization", {}))
        self._put(_extension(self._publisher))

    def event(self, event: ReleasedEvent) -> None:
        incident = f"incident--{event.id}"
        created = _moment(self.about.created(event.id))
        confidence = confidences().get(event.credibility)
        known: dict[str, Any] = {"confidence": confidence} if confidence is not None else {}
        self._put({
            **self._common("incident", event.id), "created": created, "created_by_ref": self._publisher, **known,
            "name": plain(_name(event)), "description": plain(_description(event)),
            "extensions": {EXTENSION: {"extension_type": "property-extension", **_fields(event)}},
        })  # fmt: skip
        location = self._location(event)
        if location is not None:
            self._relate(incident, "located-at", location, event.id)
        for party in event.actors:
            self._relate(incident, "attributed-to", self._party(party), event.id)
        for party in event.recipients:
            self._relate(incident, "impacts", self._party(party), event.id)
        if event.disputed:
            said = ", ".join(_ABOUT_DISPUTES.get(about, about) for about in event.disputed)  # type: ignore[call-overload]
            self._put({
                **self._common("opinion", str(_id("opinion", event.id))), "created": created, "created_by_ref": self._publisher,
                "opinion": "disagree", "explanation": f"Independent origins contradict one another about {said}.", "object_refs": [incident],
            })  # fmt: skip

    def claim(self, claim: ReleasedClaim) -> None:
        self._begin_report(claim)
        note = f"note--{_id('note', self._publisher, str(claim.number))}"
        content = plain(claim.paraphrase or f"{claim.type} {claim.mode or ''}".strip())
        self._put({
            **self._common("note", note.removeprefix("note--")), "created_by_ref": self._publisher, "abstract": f"Claim C{claim.number}", "content": content,
            "object_refs": [f"incident--{claim.event}"] if claim.event is not None else [self._publisher],
        })  # fmt: skip
        assert self._report is not None
        self._report[1]["object_refs"].append(note)

    def close(self) -> None:
        self._end_report()
        self.text("\n]}\n")

    def _begin_report(self, claim: ReleasedClaim) -> None:
        if self._report is not None and self._report[0] == claim.report:
            return
        self._end_report()
        published = (claim.published or self.about.day)[:10]
        title = claim.title or " ".join(("Report of", claim.outlet or "an unknown outlet", claim.published or ""))
        self._report = (claim.report, {
            **self._common("report", str(_id("report", self._publisher, str(claim.report)))), "created_by_ref": self._publisher, "name": plain(title) or "Report",
            "report_types": ["observed-data"], "published": _moment(published), "object_refs": [],
            **({"external_references": [{"source_name": plain(claim.outlet or "outlet"), "url": plain(claim.url)}]} if claim.url else {}),
        })  # fmt: skip

    def _end_report(self) -> None:
        if self._report is not None:
            self._put(self._report[1])
            self._report = None

    def _common(self, kind: str, uid: str) -> dict[str, Any]:
        return {
            "type": kind,
            "spec_version": "2.1",
            "id": f"{kind}--{uid}",
            "created": self._now,
            "modified": self._now,
        }

    def _put(self, item: dict[str, Any]) -> None:
        self.text(("" if self._first else ",\n") + line(item))
        self._first = False

    def _once(self, item: dict[str, Any]) -> str:
        uid = uuid.UUID(item["id"].partition("--")[2])
        if uid not in self._written:
            self._written.add(uid)
            self._put(item)
        return str(item["id"])

    def _relate(self, source: str, kind: str, target: str, event: str) -> None:
        uid = str(_id("relationship", source, kind, target))
        created = _moment(self.about.created(event))
        self._put({
            **self._common("relationship", uid), "created": created, "created_by_ref": self._publisher, "relationship_type": kind,
            "source_ref": source, "target_ref": target,
        })  # fmt: skip

    def _party(self, party: Party) -> str:
        """An armed group as a threat actor, anybody else as an identity; the same one for the same name."""
        name, sector = plain(party.name) or "Not named", sectors().get(party.sector or "")
        if party.actor in registry() and sector is not None and sector.group == "armed":
            uid = str(_id("threat-actor", name))
            return self._once({
                "type": "threat-actor", "spec_version": "2.1", "id": f"threat-actor--{uid}", "created": _MADE, "modified": _MADE, "name": name,
                "threat_actor_types": ["unknown"],
            })  # fmt: skip
        kind = "class" if party.actor is None else "organization"
        more = {"sectors": ["government"]} if sector is not None and sector.code == "GOV" else {}
        return self._once(
            _identity(f"identity--{_id('identity', name, party.sector or '', party.country or '')}", name, kind, more)
        )

    def _location(self, event: ReleasedEvent) -> str | None:
        place, name = event.place, where(event)
        country = alpha2().get(place.country or "")
        known = place.lat is not None and place.lon is not None and abs(place.lat) <= 90 and abs(place.lon) <= 180
        if name is None or not (country or known):
            return None
        said = f"{name} {place.admin1} {place.country} {place.lat} {place.lon}"
        found = {
            "type": "location", "spec_version": "2.1", "id": f"location--{_id('location', said)}", "created": _MADE, "modified": _MADE, "name": plain(name),
            **({"country": country} if country else {}),
            **({"administrative_area": plain(place.admin1)} if place.admin1 else {}),
            **({"latitude": place.lat, "longitude": place.lon} if known else {}),
        }  # fmt: skip
        return self._once(found)


def _moment(day: str) -> str:
    return f"{day}T00:00:00.000Z"


def _id(*parts: str) -> uuid.UUID:
    return uuid.uuid5(_SPACE, "\x1f".join(plain(part) for part in parts))


def _identity(uid: str, name: str, kind: str, more: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "identity",
        "spec_version": "2.1",
        "id": uid,
        "created": _MADE,
        "modified": _MADE,
        "name": plain(name),
        "identity_class": kind,
        **more,
    }


def _extension(publisher: str) -> dict[str, Any]:
    return {
        "type": "extension-definition", "spec_version": "2.1", "id": EXTENSION, "created": _MADE, "modified": _MADE, "created_by_ref": publisher,
        "name": "Events of armed conflict as reports tell them", "description": "Type (PLOVER), days, toll, grade and independent origins of an incident.",
        "schema": _SCHEMA, "version": "1.0.0", "extension_types": ["property-extension"],
    }  # fmt: skip


def _name(event: ReleasedEvent) -> str:
    what = f"{event.type}/{event.mode}" if event.mode else event.type
    return ", ".join(part for part in (what, where(event), event.start) if part)


def _description(event: ReleasedEvent) -> str:
    return "; ".join(_told(event)) + "."


def _told(event: ReleasedEvent) -> Iterator[str]:
    yield _NAMES[event.telling].capitalize()
    for words, parties in (("by", event.actors), ("to or with", event.recipients)):
        if parties:
            yield f"{words} {', '.join(p.name for p in parties)}"
    for name, count in _tolls(event):
        yield f"{name} {count.low}" + (f" to {count.high}" if count.high not in (None, count.low) else "")
    origins = (
        str(event.origins_low)
        if event.origins_low == event.origins_high
        else f"{event.origins_low} to {event.origins_high}"
    )
    yield f"independent origins {origins}; Admiralty grade {event.grade}"


def _tolls(event: ReleasedEvent) -> list[tuple[str, Count]]:
    return [(name, count) for name in TOLLS if (count := getattr(event, name)) is not None]


def _fields(event: ReleasedEvent) -> dict[str, Any]:
    found: dict[str, Any] = {
        "plover_type": event.type, "plover_mode": event.mode, "telling": event.telling, "date_start": event.start, "date_end": event.end,
        "place_precision": event.place.precision, "grade": event.grade, "origins_low": event.origins_low, "origins_high": event.origins_high,
        "source_types": list(event.source_types) or None, "outlets": [plain(name) for name in event.outlets] or None,
    }  # fmt: skip
    ends = chain.from_iterable(
        ((f"{name}_{end}", getattr(count, end)) for end in ("low", "best", "high")) for name, count in _tolls(event)
    )
    return {name: value for name, value in chain(found.items(), ends) if value is not None}
