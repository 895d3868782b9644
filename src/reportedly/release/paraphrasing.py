"""A claim in plain words, made of what else may leave, so that it tells no more than its columns do."""

from collections.abc import Sequence
from typing import Final

from reportedly.knowledge.divisions import country_name
from reportedly.model.plover import EventType
from reportedly.model.release import TOLLS, Party, ReleasedClaim, ReleasedPlace

_NOUNS: Final[dict[EventType, str]] = {
    "AGREE": "an agreement", "CONSULT": "talks", "SUPPORT": "support", "CONCEDE": "a concession", "COOPERATE": "cooperation", "AID": "aid",
    "RETREAT": "a withdrawal or release", "REQUEST": "a request", "ACCUSE": "an accusation", "REJECT": "a refusal", "THREATEN": "a threat",
    "PROTEST": "a protest", "SANCTION": "a sanction", "MOBILIZE": "a movement of forces", "COERCE": "coercion", "ASSAULT": "an attack",
}  # fmt: skip
_HOW: Final = {
    "occurred": "", "planned": " as planned", "predicted": " as expected", "demanded": " as demanded", "conditional": " as conditional on something else",
}  # fmt: skip


def paraphrase(claim: ReleasedClaim) -> str:
    """ "A security source, not named, told of an attack (aerial) as expected: by X, on Y, in Abyan (Yemen), 2024-01-28; killed 2 to 4." """
    source = claim.source or claim.source_type.replace("_", " ") + " source"
    anonymous = ", not named," if claim.anonymous else ""
    verb = "denied" if claim.polarity == "-" else "told of"
    noun = _NOUNS[claim.type] + (f" ({claim.mode})" if claim.mode else "")
    parts = [
        f"by {_named(claim.actors)}" if claim.actors else "",
        f"on or with {_named(claim.recipients)}" if claim.recipients else "",
    ]
    parts += [_where(claim.place), _when(claim.start, claim.end), _tolls(claim)]
    unsure = "" if claim.certainty == "stated" else f", {claim.certainty}"
    told = "; ".join(part for part in parts if part)
    return f"{source}{anonymous} {verb} {noun}{_HOW[claim.kind]}{unsure}{': ' + told if told else ''}."


def _named(parties: Sequence[Party]) -> str:
    return ", ".join(party.name for party in parties)


def _where(place: ReleasedPlace) -> str:
    names = (place.name, place.admin2, place.admin1, country_name(place.country) if place.country else None)
    found = list(dict.fromkeys(name for name in names if name))
    return f"in {', '.join(found)}" if found else ""


def _when(start: str | None, end: str | None) -> str:
    if start is None and end is None:
        return ""
    if start == end:
        return f"on {start}"
    return f"from {start or 'an unknown day'} to {end or 'an unknown day'}"


def _tolls(claim: ReleasedClaim) -> str:
    found = []
    for name in TOLLS:
        low, high = getattr(claim, f"{name}_low"), getattr(claim, f"{name}_high")
        if low is not None or high is not None:
            number = (
                str(low)
                if low == high
                else f"at least {low}"
                if high is None
                else f"up to {high}"
                if low is None
                else f"{low} to {high}"
            )
            found.append(f"{name} {number}")
    return ", ".join(found)
