"""Pages from templates. Whatever comes from a report is escaped; a template that asks for what is not there fails."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from reportedly._version import __version__
from reportedly.desk import words
from reportedly.desk.query import address
from reportedly.desk.seat import Seat
from reportedly.model.acquisition import now

PAGES: Final = (
    ("/", "Today"), ("/review", "Review"), ("/claims", "Claims"), ("/incidents", "Incidents"), ("/map", "Map"), ("/timeline", "Timeline"),
    ("/network", "Network"), ("/warnings", "Warnings"), ("/sources", "Sources"), ("/reports", "Reports"),
)  # fmt: skip
"""What the bar at the top leads to."""
_REASONS: Final = {
    "A": "reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability unknown",
}
_CREDIBLE: Final = {
    1: "confirmed",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""The words of NATO's AJP-2.1 for an Admiralty grade."""


class _Query(dict[str, str]):
    """What a page's address asks for; a part that it has not is blank."""

    def __missing__(self, name: str) -> str:
        return ""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reportedly.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        event=words.event_in_words, status=words.status_in_words, participants=words.participants_in_words, places=words.places_in_words,
        time=words.time_in_words, chain=words.chain_in_words, link=words.source_in_words, sure=words.confidence_in_words, readers=words.readers_in_words,
        origins=words.origins_in_words, parties=words.parties_in_words, minute=_minute, day=_day, thousands=_thousands,
    )  # fmt: skip
    environment.globals.update(
        plural=words.plural,
        address=address,
        pages=PAGES,
        grade_in_words=_grade_in_words,
        program_version=__version__,
        assets=assets_version(),
    )
    return environment


def page(request: Request, template: str, seat: Seat | None, status: int = 200, **context: Any) -> HTMLResponse:
    """A page for somebody at the desk. `here` in a template is the page's path, `query` what its address asks for."""
    shown = (
        _environment()
        .get_template(template)
        .render(
            seat=seat,
            here=request.url.path,
            query=_Query(request.query_params),
            team=request.app.state.desk.team,
            **context,
        )
    )
    return HTMLResponse(shown, status)


@cache
def assets_version() -> str:
    """Changes with what the package serves, so that a browser can keep it for good."""
    digest = hashlib.sha256(__version__.encode())
    for folder in ("js", "css"):
        for file in sorted(files("reportedly.desk").joinpath("static", folder).iterdir(), key=lambda f: f.name):
            digest.update(file.read_bytes())
    digest.update(files("reportedly.desk").joinpath("static", "vendor", "manifest.json").read_bytes())
    return digest.hexdigest()[:10]


def _minute(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else ""


def _day(moment: str | None) -> str:
    return moment[:10] if moment else "no date"


def _thousands(number: int) -> str:
    return f"{number:,}"


def _grade_in_words(grade: str) -> str:
    """ "B2: usually reliable, probably true"."""
    return f"{_REASONS[grade[0]]}, {_CREDIBLE[int(grade[1])]}"


def today() -> str:
    """The day it is (UTC)."""
    return now().date().isoformat()
