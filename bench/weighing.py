"""Speed of weighing as a casebook grows: seconds a report for a thousand reports, and for more of them as a ratio to that.

The reports are generated: two hundred a day, ten claims each, on towns of several wars; each town's news is carried by a few outlets, word for word or in part.

    python bench/weighing.py [REPORTS]
"""

import argparse
import hashlib
import random
import resource
import time
from datetime import date, timedelta

from reportedly.model.record import Claim
from reportedly.weighing.telling import WeighedReport
from reportedly.weighing.weigh import weigh

_TOWNS = [(f"Town {n}", country, f"Province {n % 8}", round(10 + (n % 60) * 0.4, 2), round(20 + (n // 60) * 0.5, 2)) for n in range(600) for country in [("MLI", "SDN", "YEM", "UKR", "COD")[n % 5]]]  # fmt: skip
_GROUPS = [
    f"{name} {kind}"
    for name in ("Northern", "Free", "Red", "River", "Eastern", "Hill")
    for kind in ("Front", "Army", "Guard")
]
_DEEDS = [
    ("ASSAULT", "attacked"),
    ("ASSAULT", "shelled"),
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
]
_FIRST = date(2014, 1, 1)
_A_DAY = 200
_CLAIMS = 10


def reports(count: int) -> list[WeighedReport]:
    """Reports on one town for every four; as many a day however many there are, so that more of them last longer."""
    rng = random.Random(7)
    made: list[WeighedReport] = []
    days = max(1, count // _A_DAY)
    while len(made) < count:
        day, town = _FIRST + timedelta(days=rng.randrange(days)), rng.choice(_TOWNS)
        deeds = [_deed(rng, town, day) for _ in range(_CLAIMS)]
        for outlet in rng.sample(_OUTLETS, rng.randint(2, 6)):
            told = [d if rng.random() < 0.6 else _deed(rng, town, day) for d in deeds]
            made.append(_report(outlet, day + timedelta(days=rng.randrange(3)), told, len(made)))
    return made[:count]


def _deed(rng: random.Random, town: tuple[str, str, str, float, float], day: date) -> Deed:
    kind, verb = rng.choice(_DEEDS)
    source, source_type = rng.choice(_SOURCES)
    about = " ".join(rng.sample(_WORDS, 8))
    return kind, verb, about, rng.choice(_GROUPS), rng.randint(1, 40), source, source_type, town, day


def _report(
    outlet: str,
    published: date,
    told: list[Deed],
    number: int,
) -> WeighedReport:
    text, claims = "", []
    for kind, verb, about, group, toll, source, source_type, town, day in told:
        sentence = f"The {group} {verb} the {about} of {town[0]} on {day:%d %B %Y}, where {toll} died, {source} said."
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

    name, country, admin1, lat, lon = town
    return Claim.model_validate(
        {
            "id": hashlib.sha256(f"{outlet}{start}{sentence}".encode()).hexdigest()[:16], "sentence": span(sentence), "trigger": span(verb),
            "event": {"type": kind, "mode": None}, "actors": [{"mention": span(group), "name": group}], "recipients": [], "means": [], "targets": [],
            "toll": {"killed": {"low": toll, "high": toll, "mention": span(f"{toll} died")}},
            "places": [{"mention": span(name), "name": name, "country": country, "admin1": admin1, "lat": lat, "lon": lon}],
            "time": {"mention": None, "start": day.isoformat(), "end": day.isoformat(), "precision": "day"}, "status": {}, "wording": [], "notes": [],
            "attribution": [
                {"source": {"name": outlet, "mention": None, "type": "outlet", "anonymous": False}},
                {"source": {"name": None, "mention": span(source), "type": source_type, "anonymous": True}},
            ],
        }
    ).lean()  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("reports", type=int, nargs="?", default=10_000)
    most = parser.parse_args().reports
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
