"""One reading as one HTML page that loads nothing: the text with every claim's words marked, a card per claim."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from reportedly.desk import words
from reportedly.desk.marks import ROLES, segments
from reportedly.model.record import Reading


@cache
def _part(name: str) -> str:
    return files("reportedly.desk").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def reading_page(reading: Reading, text: str) -> str:
    """The page as text. Report text and metadata are escaped; the page's policy lets nothing else run or load."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    style, script = _part("static/css/reading.css") + _part("static/css/marks.css"), _part("static/js/reading.js")
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
            "english": claim.rendering.text if claim.rendering else "",
            "readers": words.readers_in_words(claim),
            "warning": claim.is_warning,
        }
        for number, claim in enumerate(reading.claims, 1)
    ]
    return environment.from_string(_part("templates/reading.html")).render(
        header=reading.report,
        segments=segments(text, reading.claims),
        cards=cards,
        roles=ROLES,
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        reader=f"{reading.reader.name} {reading.reader.version}",
    )
