"""An incident field by field: which values are told, and by which of its origins."""

from collections.abc import Mapping
from dataclasses import dataclass

from reportedly.casebook.listing import ClaimRow
from reportedly.desk import words
from reportedly.model.incident import Incident
from reportedly.model.record import Claim


@dataclass(frozen=True, slots=True)
class Told:
    """A value and the origins that tell it, by their places in the incident's list, from 1."""

    value: str
    origins: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field with its values, the one that most origins tell first; agreed where all that tell it tell the same."""

    name: str
    values: tuple[Told, ...]

    @property
    def agreed(self) -> bool:
        return len(self.values) == 1


def field_by_field(incident: Incident, claims: Mapping[int, ClaimRow]) -> list[Field]:
    """The fields that any claim of the incident fills."""
    told: dict[str, dict[str, set[int]]] = {}
    for number, origin in enumerate(incident.origins, start=1):
        for claim in (claims[c].claim for c in origin.claims if c in claims):
            for name, value in _values(claim):
                told.setdefault(name, {}).setdefault(value, set()).add(number)
    return [
        Field(name, tuple(Told(v, tuple(sorted(o))) for v, o in sorted(values.items(), key=lambda item: (-len(item[1]), item[0]))))
        for name, values in told.items()
    ]  # fmt: skip


def _values(claim: Claim) -> list[tuple[str, str]]:
    found = [("what", words.event_in_words(claim)), ("how it is said", words.status_in_words(claim.status))]
    found += [("who", party.name) for party in claim.actors]
    found += [("to whom", party.name) for party in claim.recipients]
    found += [("where", place.name) for place in claim.places]
    found.append(("when", words.time_in_words(claim.time)))
    for kind in ("killed", "injured", "captured", "displaced"):
        told = getattr(claim.toll, kind)
        if told is not None:
            found.append((kind, words.range_in_words(told)))
    return [(name, value) for name, value in found if value]
