"""Speed of weighing as a casebook grows: seconds a report for a thousand reports, and for more of them as a ratio to that.

The reports are generated: two hundred a day, ten claims each, on towns of several wars; each town's news is carried by a few outlets, word for word or in part.
With --casebook the same in a casebook: reading from it and writing to it included, and then what one more report takes, of the day after the last
or of any day, as a ratio to weighing everything.

    python bench/weighing.py [REPORTS] [--casebook FOLDER]
"""

import argparse
import hashlib
import random
import resource
import statistics
import time
from datetime import date, timedelta
from pathlib import Path

from reportedly.casebook.casebook import Casebook
from reportedly.desk.weigh_casebook import weigh_casebook
from reportedly.knowledge.actors import registry
from reportedly.model.acquisition import Acquisition, Original, now
from reportedly.model.record import Claim, ReaderVersion, Reading, Report, ReportHeader
from reportedly.weighing.telling import WeighedReport
from reportedly.weighing.weigh import weigh

_TOWNS = [(f"Town {n}", country, f"Province {n % 8}", round(10 + (n % 60) * 0.4, 2), round(20 + (n // 60) * 0.5, 2)) for n in range(600) for country in [("MLI", "SDN", "YEM", "UKR", "COD")[n % 5]]]  # fmt: skip
_GROUPS = [
    f"{name} {kind}"
    for name in ("Northern", "Free", "Red", "River", "Eastern", "Hill")
    for kind in ("Front", "Army", "Guard")
]
_KNOWN = {a.name: a.id for a in list(registry().values())[:40]}
"""Actors of the registry, which are drawn as a network."""
_DEEDS = [
    ("ASSAULT", "attacked"),
    ("ASSAULT", "shelled"),
    ("ASSAULT", "will attack"),
    ("COERCE", "seized"),
    ("RETREAT", "left"),
    ("CONSULT", "visited"),
]
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
_WORDS = [a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES[:5]]
"""Two thousand words without meaning: what sentences on different things are made of, so that they share as little as real ones do."""
Deed = tuple[str, str, str, str, int, str, str, tuple[str, str, str, float, float], date]
_OUTLETS = [f"Outlet {n}" for n in range(80)]
_SOURCES = [
    ("residents", "local"),
    ("a security source", "security"),
    ("the river authority", "official"),
    ("a doctor", "medical"),
    ("the relief committee", "aid"),
    ("the defence ministry", "official"),
]
_NAMED = frozenset({"the river authority", "the relief committee", "the defence ministry"})
_FIRST = date(2014, 1, 1)
_A_DAY = 200
_CLAIMS = 10


def reports(count: int) -> list[WeighedReport]:
    """Reports on one town for every four; as many a day however many there are, so that more of them last longer."""
    return _made(random.Random(7), count, 0, max(1, count // _A_DAY))


def _made(rng: random.Random, count: int, first: int, days: int) -> list[WeighedReport]:
    """Reports on some days from a first on."""
    made: list[WeighedReport] = []
    while len(made) < count:
        day, town = _FIRST + timedelta(days=first + rng.randrange(days)), rng.choice(_TOWNS)
        deeds = [_deed(rng, town, day) for _ in range(_CLAIMS)]
        for outlet in rng.sample(_OUTLETS, rng.randint(2, 6)):
            told = [d if rng.random() < 0.6 else _deed(rng, town, day) for d in deeds]
            made.append(_report(outlet, day + timedelta(days=rng.randrange(3)), told, len(made)))
    return made[:count]


def _deed(rng: random.Random, town: tuple[str, str, str, float, float], day: date) -> Deed:
    kind, verb = rng.choice(_DEEDS)
    source, source_type = rng.choice(_SOURCES)
    about = " ".join(rng.sample(_WORDS, 8))
    group = rng.choice(_GROUPS if rng.random() < 0.7 else list(_KNOWN))
    return kind, verb, about, group, rng.randint(1, 40), source, source_type, town, day


def _report(
    outlet: str,
    published: date,
    told: list[Deed],
    number: int,
) -> WeighedReport:
    text, claims = "", []
    for kind, verb, about, group, toll, source, source_type, town, day in told:
        rival = list(_KNOWN)[toll % len(_KNOWN)]
        sentence = f"The {group} {verb} the {rival} at the {about} of {town[0]} on {day:%d %B %Y}, where {toll} died, {source} said."
        claims.append(_claim(sentence, len(text), kind, verb, group, toll, source, source_type, town, day, outlet))
        text += sentence + "\n"
    return WeighedReport(f"{number:06}", text, outlet, None, published.isoformat(), tuple(claims))


def _claim(
    sentence: str, start: int, kind: str, verb: str, group: str, toll: int, source: str, source_type: str,
    town: tuple[str, str, str, float, float], day: date, outlet: str,
) -> Claim:  # fmt: skip
    def span(words: str) -> dict[str, object]:
        at = sentence.index(words)
        return {"start": start + at, "end": start + at + len(words), "text": words}

    def party(called: str) -> dict[str, object]:
        return {"mention": span(called), "name": called, "actor": _KNOWN.get(called)}

    name, country, admin1, lat, lon = town
    rival = list(_KNOWN)[toll % len(_KNOWN)]
    return Claim.model_validate(
        {
            "id": hashlib.sha256(f"{outlet}{start}{sentence}".encode()).hexdigest()[:16], "sentence": span(sentence), "trigger": span(verb),
            "event": {"type": kind, "mode": None}, "actors": [party(group)], "recipients": [party(rival)], "means": [], "targets": [],
            "toll": {"killed": {"low": toll, "high": toll, "mention": span(f"{toll} died")}},
            "places": [{"mention": span(name), "name": name, "country": country, "admin1": admin1, "lat": lat, "lon": lon}],
            "time": {"mention": None, "start": day.isoformat(), "end": day.isoformat(), "precision": "day"},
            "status": {"kind": "planned" if verb == "will attack" else "occurred"}, "wording": [], "notes": [],
            "attribution": [
                {"source": {"name": outlet, "mention": None, "type": "outlet", "anonymous": False}},
                {"source": {"name": source if source in _NAMED else None, "mention": span(source), "type": source_type, "anonymous": source not in _NAMED}},
            ],
        }
    ).lean()  # fmt: skip


class GeneratedReader:
    """Gives the claims that a generated report was made with, as a reader would find them."""

    sends_to: str | None = None
    version = ReaderVersion(name="generated", version="1")

    def __init__(self, claims: tuple[Claim, ...]) -> None:
        self._claims = claims

    def read(self, report: Report) -> "GeneratedReader":
        header = ReportHeader(
            id="sha256:" + hashlib.sha256(report.text.encode()).hexdigest(), title=report.title, outlet=report.outlet, url=report.url,
            published=report.published, language="en", characters=len(report.text),
        )  # fmt: skip
        self.reading = Reading(schema=1, report=header, reader=self.version, claims=self._claims)
        return self


def take_in(casebook: Casebook, made: WeighedReport, address: str) -> None:
    """Add a report and its claims."""
    report = Report(text=made.text, title=None, outlet=made.outlet, url=address, published=made.published)
    kept = casebook.keep(
        Acquisition(Original(made.text.encode(), "text/plain", address, now(), "bench", address), report, None)
    )
    casebook.read(kept.version, GeneratedReader(made.claims))


def in_casebook(folder: Path, count: int) -> None:
    """Weigh a casebook whole, then one more report at a time. Goes on with the casebook that is there."""
    if not folder.exists():
        with Casebook.create(folder) as casebook:
            for number, made in enumerate(reports(count)):
                take_in(casebook, made, f"https://example.org/{number}")
    with Casebook.open(folder) as casebook:
        began = time.perf_counter()
        weighed = weigh_casebook(casebook, again=True)
        whole = time.perf_counter() - began
        assert weighed is not None
        size = (folder / "casebook.sqlite").stat().st_size / 1e6
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{weighed.reports:,} reports in a casebook: {whole:.0f} s; database {size:.0f} MB; {memory:.0f} MB",
            flush=True,
        )
        days, rng = max(1, count // _A_DAY), random.Random(time.time())
        for when, first, span in (("of the day after the last", days, 1), ("of any day", 0, days)):
            times = []
            for made in _made(rng, 50, first, span):
                take_in(casebook, made, f"https://example.org/{rng.random()}")
                began = time.perf_counter()
                weigh_casebook(casebook)
                times.append(time.perf_counter() - began)
            times.sort()
            print(
                f"one more {when}: median {1000 * statistics.median(times):.0f} ms (1/{whole / statistics.median(times):,.0f} of all), "
                f"p95 {1000 * times[47]:.0f} ms, worst {1000 * times[-1]:.0f} ms",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("reports", type=int, nargs="?", default=10_000)
    parser.add_argument("--casebook", type=Path, help="make a casebook here, or go on with the one there")
    given = parser.parse_args()
    most = given.reports
    if given.casebook is not None:
        in_casebook(given.casebook, most)
        return
    first = 0.0
    for count in [*(n for n in (1_000, 10_000, 100_000) if n < most), most]:
        made = reports(count)
        began = time.process_time()
        weighed = weigh(made)
        each = (time.process_time() - began) / count
        first = first or each
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{count:7,} reports: {1000 * each:.1f} ms a report, {each / first:.2f} of the first thousand; {len(weighed.incidents):,} incidents, "
            f"{len(weighed.copies):,} copies; {memory:.0f} MB",
            flush=True,
        )


if __name__ == "__main__":
    main()
