"""Speed of a casebook as it grows: adding, and the first page of filtered lists, from the first thousand reports to the last.

Adding is given as a ratio of the last thousand to the first; lists in milliseconds, each the median of several runs. The reports and their
claims are generated: ten claims each, over places, actors, types, sources and days as a year of reports on some wars would have them.

    python bench/casebook.py [REPORTS] [--keep FOLDER] [--plot FILE.svg]
"""

import argparse
import hashlib
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.model.acquisition import Acquisition, Original, now
from reportedly.model.plover import MODES
from reportedly.model.record import Claim, ReaderVersion, Reading, Report, ReportHeader

CLAIMS = 10
_PLACES: list[tuple[str, str, str, int | None]] = [
    ("Gao", "Gao", "MLI", 2457161), ("Kidal", "Kidal", "MLI", 2455290), ("Goma", "Nord-Kivu", "COD", 216281), ("Bukavu", "Sud-Kivu", "COD", 217831),
    ("El Fasher", "North Darfur", "SDN", 379062), ("Sanaa", "Sanaa City", "YEM", 71137), ("Marib", "Marib", "YEM", 72969), ("Idlib", "Idlib", "SYR", 169389),
    ("Bakhmut", "Donetsk Oblast", "UKR", 712160), ("Sittwe", "Rakhine", "MMR", 1295765),
]  # fmt: skip
_VILLAGES: list[tuple[str, str, str, int | None]] = [
    (f"Village {n}", _PLACES[n % 10][1], _PLACES[n % 10][2], None) for n in range(3000)
]
_GROUPS = [f"{name} {kind}" for name in ("Northern", "Free", "People's", "Red", "River", "Eastern", "New", "Hill") for kind in ("Front", "Army", "Brigade", "Guard", "Council")]  # fmt: skip
_SOURCES = [("residents", "local"), ("a military spokesman", "military"), ("security sources", "security"), ("the health ministry", "official"), ("UN experts", "un"), ("a doctor", "medical")]  # fmt: skip
_VERBS = {"ASSAULT": "attacked", "COERCE": "raided", "MOBILIZE": "reinforced", "RETREAT": "left", "CONSULT": "visited", "AGREE": "accepted", "AID": "supplied"}  # fmt: skip
_TYPES = ["ASSAULT"] * 6 + ["COERCE"] * 3 + ["MOBILIZE", "RETREAT", "CONSULT", "AGREE", "AID"]
_KINDS = ["occurred"] * 8 + ["planned", "predicted", "demanded", "conditional"]
_WORDS = "market road bridge convoy river school hill checkpoint night dawn trucks grain wounded farmers cattle fuel water clinic border camp".split()
_FIRST_DAY = date(2024, 1, 1)


class GeneratedReader:
    """Gives the claims that a generated report was made with, as a reader would find them."""

    sends_to: str | None = None
    version = ReaderVersion(name="generated", version="1")

    def read(self, report: Report) -> "GeneratedReader":
        rng = random.Random(report.title)
        claims, at = [], 0
        for number, sentence in enumerate(report.text.split("\n")):
            claims.append(_claim(sentence, at, number, report, rng))
            at += len(sentence) + 1
        header = ReportHeader(
            id="sha256:" + hashlib.sha256(report.text.encode()).hexdigest(), title=report.title, outlet=report.outlet, url=report.url,
            published=report.published, language="en", characters=len(report.text),
        )  # fmt: skip
        self.reading = Reading(schema=1, report=header, reader=self.version, claims=tuple(claims))
        return self


@dataclass(frozen=True)
class _Made:
    """What a generated sentence says."""

    text: str
    kind: str
    place: tuple[str, str, str, int | None]
    who: str
    source: str
    source_type: str


def _made(rng: random.Random) -> _Made:
    kind = rng.choice(_TYPES)
    place = rng.choice(_PLACES if rng.random() < 0.6 else _VILLAGES)
    who, (source, source_type) = rng.choice(_GROUPS), rng.choice(_SOURCES)
    words = " ".join(rng.choices(_WORDS, k=6))
    text = f"{who} {_VERBS[kind]} {place[0]} {words} number {rng.randrange(100_000)}, {source} said."
    return _Made(text, kind, place, who, source, source_type)


def _claim(sentence: str, at: int, number: int, report: Report, rng: random.Random) -> Claim:
    made = _made(rng)
    kind = made.kind

    def span(words: str) -> dict[str, object]:
        start = at + sentence.index(words)
        return {"start": start, "end": start + len(words), "text": words}

    name, admin1, country, geonames = made.place
    modes = sorted(MODES[kind])
    day = (date.fromisoformat(str(report.published)) - timedelta(days=number % 5)).isoformat()
    return Claim.model_validate(
        {
            "id": hashlib.blake2s(f"{report.title}{number}".encode(), digest_size=8).hexdigest(),
            "sentence": {"start": at, "end": at + len(sentence), "text": sentence}, "trigger": span(_VERBS[kind]),
            "event": {"type": kind, "mode": modes[number % len(modes)] if modes else None},
            "actors": [{"mention": span(made.who), "name": made.who, "sector": "REB", "country": country}], "recipients": [], "means": [], "targets": [],
            "toll": {}, "places": [{"mention": span(name), "name": name, "geonames": geonames, "country": country, "admin1": admin1}],
            "time": {"mention": None, "start": day, "end": day, "precision": "day"}, "status": {"kind": _KINDS[(number * 7 + len(sentence)) % len(_KINDS)]},
            "attribution": [
                {"source": {"name": report.outlet, "mention": None, "type": "outlet", "anonymous": False}},
                {"source": {"name": None, "mention": span(made.source), "type": made.source_type, "anonymous": True}},
            ],
            "wording": [], "notes": [],
        }
    )  # fmt: skip


def reports(count: int) -> Iterator[Acquisition]:
    """Generated reports, in the order of their publication."""
    for number in range(count):
        title = f"Report {number}"
        rng = random.Random(title)
        text = "\n".join(_made(rng).text for _ in range(CLAIMS))
        url = f"https://outlet{number % 60}.example/{number}"
        published = (_FIRST_DAY + timedelta(days=number * 700 // max(count, 1))).isoformat()
        report = Report(text=text, title=title, outlet=f"Outlet {number % 60}", url=url, published=published)
        yield Acquisition(Original(text.encode(), "text/plain", url, now(), "bench", url), report, "the feed")


LISTS: dict[str, Callable[[Casebook], object]] = {
    "claims": lambda c: list(c.claims(limit=30)),
    "claims, place": lambda c: list(c.claims(Filter(place="Gao"), limit=30)),
    "claims, small place": lambda c: list(c.claims(Filter(place="Village 77"), limit=30)),
    "claims, country": lambda c: list(c.claims(Filter(place="Mali"), limit=30)),
    "claims, actor": lambda c: list(c.claims(Filter(actor="Red Brigade"), limit=30)),
    "claims, event": lambda c: list(c.claims(Filter(event="ASSAULT"), limit=30)),
    "claims, warnings": lambda c: list(c.claims(Filter(status="warning"), limit=30)),
    "claims, source type": lambda c: list(c.claims(Filter(source_type="un"), limit=30)),
    "claims, outlet": lambda c: list(c.claims(Filter(outlet="Outlet 7"), limit=30)),
    "claims, early days": lambda c: list(c.claims(Filter(start="2024-01-03", end="2024-01-05"), limit=30)),
    "claims, long ago, all else common": lambda c: list(c.claims(Filter(place="Mali", event="ASSAULT", status="occurred", start="2024-01-03", end="2024-02-20"), limit=30)),
    "claims, common marks never together": lambda c: list(c.claims(Filter(place="Mali", actor="nobody at all", event="ASSAULT"), limit=30)),
    "claims, text": lambda c: list(c.claims(Filter(text="convoy clinic"), limit=30)),
    "claims, phrase": lambda c: list(c.claims(Filter(text='"cattle fuel water"'), limit=30)),
    "claims, text and filters": lambda c: list(c.claims(Filter(text="bridge night", place="Goma", event="COERCE", source_type="medical"), limit=30)),
    "claims, rare word": lambda c: list(c.claims(Filter(text="77777"), limit=30)),
    "claims, rejected": lambda c: list(c.claims(Filter(state="rejected"), limit=30)),
    "reports": lambda c: list(c.reports(limit=30)),
    "reports, text": lambda c: list(c.reports(Filter(text="convoy clinic"), limit=30)),
    "reports, rare words": lambda c: list(c.reports(Filter(text="77777 cattle"), limit=30)),
    "reports, outlet": lambda c: list(c.reports(Filter(outlet="Outlet 7"), limit=30)),
    "reports, published early": lambda c: list(c.reports(Filter(published_end="2024-01-10"), limit=30)),
    "reports, with claims": lambda c: list(c.reports(Filter(place="Gao", event="ASSAULT", status="predicted"), limit=30)),
    "sources": lambda c: c.sources(limit=30),
    "sources, filtered": lambda c: c.sources(Filter(place="Gao", event="ASSAULT"), limit=30),
}  # fmt: skip


def main() -> None:
    """Fill, measure, print; optionally draw the growth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="?", type=int, default=2_000)
    parser.add_argument("--keep", type=Path, help="leave the casebook here, or go on with the one there")
    parser.add_argument("--plot", type=Path, help="draw seconds per thousand reports as SVG")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp()) / "casebook"
    if not folder.exists():
        per_thousand = fill(folder, given.reports)
        step = min(1000, given.reports)
        print(f"adding {given.reports} reports with {given.reports * CLAIMS} claims: first {step} {per_thousand[0]:.1f} s, last {step} {per_thousand[-1]:.1f} s, "
              f"ratio {per_thousand[-1] / per_thousand[0]:.2f}, median of the last ten to that of the first ten {statistics.median(per_thousand[-10:]) / statistics.median(per_thousand[:10]):.2f}")  # fmt: skip
        if given.plot:
            given.plot.write_text(plot(per_thousand), encoding="utf-8")
    size = (folder / "casebook.sqlite").stat().st_size
    print(f"database {size / 1e6:.0f} MB")
    with Casebook.open(folder) as casebook:
        for name, ask in LISTS.items():
            times = []
            for _ in range(5):
                started = time.perf_counter()
                ask(casebook)
                times.append(1000 * (time.perf_counter() - started))
            print(f"{name:<40} {statistics.median(times):7.1f} ms, worst {max(times):7.1f} ms")
    if not given.keep:
        shutil.rmtree(folder.parent)


def fill(folder: Path, count: int) -> list[float]:
    """Add and read; seconds for each thousand."""
    reader, per_thousand = GeneratedReader(), []
    with Casebook.create(folder) as casebook:
        started = time.perf_counter()
        for number, acquired in enumerate(reports(count), start=1):
            casebook.read(casebook.keep(acquired).version, reader)
            if number % 1000 == 0 or number == count:
                per_thousand.append(time.perf_counter() - started)
                started = time.perf_counter()
    return per_thousand


def plot(seconds: list[float]) -> str:
    """A line of seconds per thousand reports."""
    width, height, top = 640, 240, max(seconds) * 1.15
    points = " ".join(
        f"{40 + i * (width - 60) / max(len(seconds) - 1, 1):.1f},{height - 30 - s / top * (height - 50):.1f}"
        for i, s in enumerate(seconds)
    )
    labels = "".join(
        f'<text x="34" y="{height - 26 - v / top * (height - 50):.1f}" text-anchor="end">{v:.0f}</text>'
        for v in (0, top / 2, top)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="11">'
        f'<rect width="{width}" height="{height}" fill="#fff"/>{labels}<polyline points="{points}" fill="none" stroke="#0050a0" stroke-width="1.5"/>'
        f'<text x="40" y="14">seconds for each further thousand reports (ten claims each)</text>'
        f'<text x="{width - 20}" y="{height - 8}" text-anchor="end">{len(seconds)} thousand</text></svg>\n'
    )


if __name__ == "__main__":
    main()
