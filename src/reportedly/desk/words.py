"""Claims in the words of an analyst: how it is said, who to whom, where, when, who says so."""

from reportedly.knowledge.actors import countries, registry
from reportedly.model.incident import Incident
from reportedly.model.record import Attribution, Claim, Range, Status, Time


def status_in_words(status: Status) -> str:
    """ "planned", "predicted, likely", "denied"."""
    word: str = status.kind
    if status.polarity == "-":
        denying = status.phrase is not None and status.phrase.text.lower() in (
            "denied",
            "denies",
            "deny",
            "denying",
            "dismissed",
            "refuted",
            "rejected",
        )
        word = ("denied" if denying else "did not occur") if status.kind == "occurred" else f"not {status.kind}"
    return word if status.certainty == "stated" else f"{word}, {status.certainty}"


def event_in_words(claim: Claim) -> str:
    """ "ASSAULT/drone"."""
    return f"{claim.event.type}/{claim.event.mode}" if claim.event.mode else claim.event.type


def origins_in_words(incident: Incident) -> str:
    """ "1", "2 to 4"."""
    return str(incident.low) if incident.low == incident.high else f"{incident.low} to {incident.high}"


def parties_in_words(keys: str) -> str:
    """Keys of parties, as disputes and rules have them, by their names: "SYR, sdf" is "Syria, Syrian Democratic Forces"."""
    named = []
    for key in keys.split(", "):
        country, actor = countries().get(key), registry().get(key)
        named.append(country.name if country is not None else actor.name if actor is not None else key)
    return ", ".join(named)


def _names(items: list[str]) -> str:
    return ", ".join(dict.fromkeys(items))


def participants_in_words(claim: Claim) -> str:
    """ "Houthis -> Saudi-led coalition; drones; killed 2"."""
    who = _names([p.name for p in claim.actors]) or "(nobody named)"
    to = _names([p.name for p in claim.recipients] + [t.text for t in claim.targets])
    parts = [f"{who} → {to}" if to else who]
    if claim.means:
        parts.append("with " + _names([m.text for m in claim.means]))
    toll = toll_in_words(claim)
    return "; ".join([*parts, toll] if toll else parts)


def range_in_words(value: Range) -> str:
    """ "12", "at least 12", "4 to 6"."""
    if value.low == value.high:
        return str(value.low)
    if value.high is None:
        return f"at least {value.low}"
    return f"up to {value.high}" if value.low is None else f"{value.low} to {value.high}"


def toll_in_words(claim: Claim) -> str:
    """ "killed 2, injured at least 5"."""
    found = [(kind, getattr(claim.toll, kind)) for kind in ("killed", "injured", "captured", "displaced")]
    return ", ".join(f"{kind} {range_in_words(value)}" for kind, value in found if value is not None)


def places_in_words(claim: Claim) -> str:
    """ "near Hays, Taiz"."""
    return _names([("near " if p.precision == "near" else "") + p.name for p in claim.places])


def time_in_words(time: Time | None) -> str:
    """ "2024-01-28 to 2024-01-29"; the report's own words where no date is known."""
    if time is None:
        return ""
    if time.start is None and time.end is None:
        return f"“{time.mention.text}”" if time.mention else ""
    if time.start == time.end:
        return str(time.start)
    if time.end is None:
        return f"from {time.start}"
    return f"{time.start} to {_rest_of(time.start, time.end)}" if time.start else f"until {time.end}"


def _rest_of(start: str, end: str) -> str:
    """The later date without what it shares with the earlier: "2025-10-05 to 06"."""
    if start[:8] == end[:8]:
        return end[8:]
    return end[5:] if start[:5] == end[:5] else end


def source_in_words(link: Attribution) -> str:
    """ "security sources (anonymous, security)"."""
    source = link.source
    if source.type == "outlet":
        return source.name or "the report itself"
    shown = source.name or (source.mention.text if source.mention else "somebody")
    return f"{shown} ({'anonymous, ' if source.anonymous else ''}{source.type.replace('_', ' ')})"


def chain_in_words(claim: Claim) -> str:
    """The innermost source first, then through whom it reached the outlet."""
    links = list(claim.attribution)
    inner = source_in_words(links[-1])
    if len(links) == 1:
        return f"{inner}, in its own voice"
    via = [source_in_words(link) for link in reversed(links[1:-1])]
    return inner + (f", through {', '.join(via)}" if via else "")


def readers_in_words(claim: Claim) -> list[str]:
    """What two readers disagree on: "llm and trained agree", "trained reads status.kind as planned", "only llm found it"; nothing of one reader."""
    if not claim.readers:
        return []
    if len(claim.readers) == 1:
        return [f"only {claim.readers[0].name} found it"]
    first, other = claim.readers[0].name, claim.readers[1].name
    if not claim.disagreements:
        return [f"{first} and {other} agree"]
    return [f"{other} reads {d.field} as {d.other or 'nothing'}" for d in claim.disagreements]


def plural(count: int, noun: str) -> str:
    """ "1 claim", "2 claims"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def confidence_in_words(claim: Claim) -> str:
    """ "the reader is right in 83 % of such claims"; nothing where nobody has measured."""
    return "" if claim.confidence is None else f"the reader is right in {100 * claim.confidence:.0f} % of such claims"
