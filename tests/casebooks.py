"""Casebooks for the tests: empty ones on either database, invented reports, and a reader that needs no grammar."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from reportedly import Claim, Report, UnreadableReport
from reportedly.model.acquisition import Acquisition, Original, Response, now
from reportedly.model.record import ReaderVersion, Reading, ReportHeader


def acquisition(text: str, location: str = "inbox/report.txt", **told: str | None) -> Acquisition:
    """A report as intake would hand it over."""
    data = text.encode()
    response = Response(200, (("ETag", f'"{len(data)}"'),)) if location.startswith("http") else None
    seen_at = datetime.fromisoformat(told.pop("seen_at") or "") if "seen_at" in told else now()
    url = told.get("url") or (location if location.startswith("http") else None)
    original = Original(data, "text/plain", location, seen_at, "tests", url, response)
    report = Report(text=text, **{"outlet": "Example Wire", "published": "2025-03-05", **told, "url": url})  # type: ignore[arg-type]
    return Acquisition(original, report, "whoever added it" if report.published else None)


@dataclass(frozen=True)
class Result:
    """What a reader gives: a reading."""

    reading: Reading


class PlainReader:
    """Reads one claim from every sentence that says "attacked NAME". Fast, so that hundreds of reports are."""

    sends_to: str | None = None

    def __init__(self, version: str = "1") -> None:
        self.version = ReaderVersion(name="plain", version=version)

    def read(self, report: Report) -> Result:
        if "unreadable" in report.text:
            raise UnreadableReport("the report is in no language")
        claims, at = [], 0
        for sentence in report.text.split("\n"):
            position = sentence.find("attacked ")
            if position >= 0:
                claims.append(plain_claim(sentence, at, at + position, report.outlet, self.version.version))
            at += len(sentence) + 1
        header = ReportHeader(
            id="sha256:" + hashlib.sha256(report.text.encode()).hexdigest(), title=report.title, outlet=report.outlet, url=report.url,
            published=report.published, language=report.language, characters=len(report.text),
        )  # fmt: skip
        return Result(Reading(schema=1, report=header, reader=self.version, claims=tuple(claims)))


def plain_claim(sentence: str, start: int, trigger: int, outlet: str | None, version: str = "1") -> Claim:
    """A claim that somebody attacked a place on 4 March 2025, said by residents."""

    def span(begin: int, end: int) -> dict[str, object]:
        return {"start": begin, "end": end, "text": sentence[begin - start : end - start]}

    who, place = sentence[: trigger - start].strip(), sentence[trigger - start + 9 :].split()[0].strip(".,")
    at = start + sentence.index(place, trigger - start)
    return Claim.model_validate(
        {
            "id": hashlib.sha256(f"{version}{start}{sentence}".encode()).hexdigest()[:16],
            "sentence": span(start, start + len(sentence)), "trigger": span(trigger, trigger + 8), "event": {"type": "ASSAULT", "mode": None},
            "actors": [{"mention": span(start, start + len(who)), "name": who, "sector": "REB"}], "recipients": [], "means": [], "targets": [],
            "toll": {}, "places": [{"mention": span(at, at + len(place)), "name": place, "country": "MLI", "admin1": "Gao"}],
            "time": {"mention": None, "start": "2025-03-04", "end": "2025-03-04", "precision": "day"}, "status": {},
            "attribution": [
                {"source": {"name": outlet, "mention": None, "type": "outlet", "anonymous": False}},
                {"source": {"name": None, "mention": span(start, start + len(who)), "type": "local", "anonymous": True}},
            ],
            "wording": [], "notes": [],
        }
    )  # fmt: skip


def utc(year: int, month: int, day: int) -> str:
    return datetime(year, month, day, tzinfo=UTC).isoformat()
