"""Where a claim's words stand in its report, so that a page can mark them."""

from itertools import pairwise
from typing import Final

from reportedly.model.record import Claim, Span

ROLES: Final = {
    "source": "who says so",
    "cue": "saying",
    "trigger": "what",
    "who": "who",
    "whom": "to whom",
    "means": "with what",
    "where": "where",
    "when": "when",
    "hedge": "how it is said",
}
"""Roles of words in a claim, in the order of the legend."""


def _marks(claim: Claim) -> list[tuple[str, Span]]:
    found: list[tuple[str, Span | None]] = [("trigger", claim.trigger), ("hedge", claim.status.phrase)]
    for link in claim.attribution:
        found += [("source", link.source.mention), ("cue", link.cue)]
    found += [("who", p.mention) for p in claim.actors]
    found += [("whom", p.mention) for p in claim.recipients] + [("whom", t) for t in claim.targets]
    found += [("means", m) for m in claim.means]
    found += [("where", p.mention) for p in claim.places]
    if claim.time is not None:
        found.append(("when", claim.time.mention))
    return [(role, span) for role, span in found if span is not None]


def segments(text: str, claims: tuple[Claim, ...], since: int = 0, until: int | None = None) -> list[dict[str, str]]:
    """The text cut at every mark's ends; each stretch with the roles it has in each claim, as "3:who 4:trigger"."""
    until = len(text) if until is None else until
    marks = [
        (max(span.start, since), min(span.end, until), f"{number}:{role}")
        for number, claim in enumerate(claims, 1)
        for role, span in _marks(claim)
        if span.start < until and span.end > since
    ]
    cuts = sorted({since, until, *(m[0] for m in marks), *(m[1] for m in marks)})
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for start, end, label in marks:
        opening.setdefault(start, []).append(label)
        closing.setdefault(end, []).append(label)
    active: list[str] = []
    found = []
    for start, end in pairwise(cuts):
        for label in closing.get(start, []):
            active.remove(label)
        active += opening.get(start, [])
        found.append({"text": text[start:end], "marks": " ".join(dict.fromkeys(active))})
    return found
