"""A process of its own that works on a casebook, for tests that kill it or run several at once.

add WHERE FOLDER [START]      takes in the folder's files, from file number START on and round; prints a line when a report is kept
decide WHERE COUNT            accepts every claim as it appears, until COUNT are decided
"""

import sys
import time
from pathlib import Path

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.taking_in import Taken, take_in
from reportedly.intake.fetching import Fetcher
from reportedly.intake.gather import Gatherer
from reportedly.intake.isolated import IsolatedParser
from tests.casebooks import PlainReader


def add(where: str, folder: str, start: str = "0") -> None:
    files = sorted(map(str, Path(folder).glob("*.txt")))
    turned = files[int(start) :] + files[: int(start)]
    with Casebook.open(where, by="adder") as casebook, Fetcher() as fetcher, IsolatedParser() as parser:
        for step in take_in(casebook, Gatherer(fetcher, parser).gather(turned), PlainReader()):
            assert isinstance(step, Taken), step
            print(f"{step.kept.report} {step.kept.news.replace(' ', '-')} {step.kept.location}", flush=True)


def decide(where: str, count: str) -> None:
    decided = 0
    until = time.monotonic() + 240
    with Casebook.open(where, by="decider") as casebook:
        while decided < int(count) and time.monotonic() < until:
            for row in reversed(list(casebook.claims())):
                if row.id > decided:
                    casebook.decide(row.id, "accept", "seen", by="decider")
                    decided = row.id
                    print(row.id, flush=True)


if __name__ == "__main__":
    work = add if sys.argv[1] == "add" else decide
    work(*sys.argv[2:])
