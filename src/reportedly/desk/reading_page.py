"""One reading as one HTML page that loads nothing: the text with every claim's words marked, a card per claim."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from itertools import pairwise

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from reportedly.desk import words
from reportedly.model.record import Claim, Reading, Span

ROLES = {
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


def _segments(text: str, claims: tuple[Claim, ...]) -> list[dict[str, str]]:
    """The text cut at every mark's ends; each stretch with the roles it has in each claim, as "3:who 4:trigger"."""
    marks = [
        (span.start, span.end, f"{number}:{role}")
        for number, claim in enumerate(claims, 1)
        for role, span in _marks(claim)
    ]
    cuts = sorted({0, len(text), *(m[0] for m in marks), *(m[1] for m in marks)})
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for start, end, label in marks:
        opening.setdefault(start, []).append(label)
        closing.setdefault(end, []).append(label)
    active: list[str] = []
    segments = []
    for start, end in pairwise(cuts):
        for label in closing.get(start, []):
            active.remove(label)
        active += opening.get(start, [])
        segments.append({"text": text[start:end], "marks": " ".join(dict.fromkeys(active))})
    return segments


@cache
def _part(name: str) -> str:
    return files("reportedly.desk").joinpath("templates", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def reading_page(reading: Reading, text: str) -> str:
    """The page as text. Report text and metadata are escaped; the page's policy lets nothing else run or load."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    style, script = _part("reading.css"), _part("reading.js")
    cards = [
        {
            "number": number,
            "event": words.event_in_words(claim),
            "trigger": claim.trigger.text,
            "status": words.status_in_words(claim.status),
            "kind": claim.status.kind,
            "source": words.chain_in_words(claim),
            "anonymous": claim.attribution[-1].source.anonymous,
            "who": words.participants_in_words(claim),
            "where": words.places_in_words(claim),
            "when": words.time_in_words(claim.time),
            "wording": ", ".join(dict.fromkeys(w.text for w in claim.wording)),
            "sure": words.confidence_in_words(claim),
            "warning": claim.is_warning,
        }
        for number, claim in enumerate(reading.claims, 1)
    ]
    return environment.from_string(_part("reading.html")).render(
        header=reading.report,
        segments=_segments(text, reading.claims),
        cards=cards,
        roles=ROLES,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        reader=f"{reading.reader.name} {reading.reader.version}",
    )
