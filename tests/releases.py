"""Casebooks to be released: invented reports whose claims say in every field what must never leave."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly import Claim, Report
from reportedly.casebook.casebook import Casebook
from reportedly.desk.weigh_casebook import weigh_casebook
from reportedly.model.record import ReaderVersion, Reading, ReportHeader
from tests.casebooks import acquisition

TOWNS = (
    ("Gao", "Gao", "MLI", 16.27167, -0.04472),
    ("Mopti", "Mopti", "MLI", 14.4843, -4.18296),
    ("Kassala", "Kassala", "SDN", 15.45099, 36.39998),
)


@dataclass(frozen=True)
class Told:
    reading: Reading


class GivenReader:
    """Gives the claims that a test made."""

    sends_to: str | None = None
    version = ReaderVersion(name="given", version="1")

    def __init__(self, claims: list[dict[str, Any]]) -> None:
        self._claims = claims

    def read(self, report: Report) -> Told:
        header = ReportHeader(
            id="sha256:" + hashlib.sha256(report.text.encode()).hexdigest(), title=report.title, outlet=report.outlet, url=report.url,
            published=report.published, language=report.language, characters=len(report.text),
        )  # fmt: skip
        claims = tuple(Claim.model_validate(claim) for claim in self._claims)
        return Told(Reading(schema=1, report=header, reader=self.version, claims=claims))


def claim(sentence: str, start: int = 0, **changed: Any) -> dict[str, Any]:
    """An attack by an unnamed armed group in Gao on 4 March 2025; `changed` puts other values in."""

    def span(text: str) -> dict[str, Any]:
        at = sentence.find(text)
        at, text = (at, text) if at >= 0 else (0, sentence)
        return {"start": start + at, "end": start + at + len(text), "text": text}

    town = changed.pop("town", TOWNS[0])
    name, admin1, country, lat, lon = town
    day = changed.pop("day", "2025-03-04")
    base: dict[str, Any] = {
        "id": hashlib.sha256(f"{start}{sentence}".encode()).hexdigest()[:16], "sentence": span(sentence), "trigger": span("attacked"),
        "event": {"type": "ASSAULT", "mode": None}, "actors": [{"mention": span("Gunmen"), "name": "gunmen", "sector": "REB"}], "recipients": [],
        "means": [], "targets": [], "toll": {},
        "places": [{"mention": span(name), "name": name, "country": country, "admin1": admin1, "lat": lat, "lon": lon, "geonames": 2457163}],
        "time": {"mention": None, "start": day, "end": day, "precision": "day"}, "status": {},
        "attribution": [{"source": {"name": "Example Wire", "mention": None, "type": "outlet", "anonymous": False}}], "wording": [], "notes": [],
    }  # fmt: skip
    for path, value in changed.items():
        at: Any = base
        *parents, last = path.split("__")
        for part in parents:
            at = at[int(part)] if part.isdecimal() else at[part]
        at[int(last) if last.isdecimal() else last] = (
            span(value) if isinstance(value, str) and last == "mention" else value
        )
    return base


def keep(casebook: Casebook, sentences: list[str], claims: list[dict[str, Any]], location: str, **told: str) -> None:
    """Keep a report of these sentences with these claims."""
    kept = casebook.keep(acquisition("\n".join(sentences), location, **told))
    casebook.read(kept.version, GivenReader(claims))


def small_casebook(folder: Path | str) -> None:
    """Twelve attacks in three towns, each told by two outlets."""
    with Casebook.create(folder) as casebook:
        for number in range(12):
            town, day = TOWNS[number % 3], f"2025-03-{number + 1:02d}"
            for outlet in ("Reuters", "Example Wire"):
                sentence = (
                    f"Gunmen attacked a convoy in {town[0]} on day {number}, killing {number + 1}, {outlet} says."
                )
                toll = {
                    "killed": {
                        "low": number + 1,
                        "high": number + 1,
                        "mention": {"start": 0, "end": 6, "text": "Gunmen"},
                    }
                }
                keep(
                    casebook,
                    [sentence],
                    [claim(sentence, town=town, day=day, toll=toll)],
                    f"{outlet}-{number}.txt",
                    outlet=outlet,
                    published=day,
                )
        weigh_casebook(casebook)
