"""Seconds and memory of releases as a casebook grows: each profile, in a process of its own, and each as a ratio to reading the claims alone.

    python bench/release.py CASEBOOK

The casebook has to be weighed; bench/weighing.py makes one of any size.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.desk.release_casebook import propose, write
from reportedly.knowledge.release_profiles import profile_named


def _one(what: str, where: str) -> None:
    began = time.perf_counter()
    if what == "reading the claims":
        with Casebook.open(where) as casebook:
            told = f"{sum(1 for _ in casebook.claims(Filter())):,} claims"
    else:
        with tempfile.TemporaryDirectory() as folder, Casebook.open(where) as casebook:
            number = propose(casebook, profile_named(what), "2026-11-24", "Bench", "Bench", Filter())
            outcome = write(casebook, number, Path(folder) / "release", None, (), lambda *_: None)
            size = sum(file.size for file in outcome.files) / 1e6
            told = f"{outcome.events:,} events, {outcome.claims:,} claims, {size:,.0f} MB"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - began:.1f}\t{what}: {told}; {memory:.0f} MB of memory at most")


def main() -> None:
    where, *only = sys.argv[1:]
    if only:
        _one(only[0], where)
        return
    base = 0.0
    for what in ("reading the claims", "public", "partner", "internal"):
        done = subprocess.run([sys.executable, __file__, where, what], check=True, capture_output=True, text=True)
        seconds, _, told = done.stdout.strip().partition("\t")
        base = base or float(seconds)
        print(f"{told}; {float(seconds):.0f} s, {float(seconds) / base:.1f} times reading the claims", flush=True)


if __name__ == "__main__":
    main()
