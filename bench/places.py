"""Look-ups of places: how long the index takes to open, how much memory, how many look-ups a second.

The ratio is to the fastest thing that SQLite can do in the same run: fetching a row by its number.
"""

import random
import resource
import sqlite3
import sys
import time

from reportedly.cli.prepare import prepare_places
from reportedly.knowledge import gazetteer, gazetteer_index


def main() -> int:
    prepare_places()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    start = time.perf_counter()
    gazetteer.candidates("Aden")
    opened = time.perf_counter() - start
    connection = sqlite3.connect(f"file:{gazetteer_index.index_path()}?mode=ro", uri=True)
    rows = connection.execute("SELECT name FROM places").fetchall()
    names = [name for (name,) in random.Random(7).sample(rows, 40_000)]
    start = time.process_time()
    for name in names:
        gazetteer.candidates(name)
    by_name = len(names) / (time.process_time() - start)
    start = time.process_time()
    for name in names[:10_000]:
        gazetteer.loose_candidates(name)
    by_sound = 10_000 / (time.process_time() - start)
    numbers = random.Random(9).sample(range(len(rows)), 40_000)
    start = time.process_time()
    for number in numbers:
        connection.execute("SELECT * FROM places WHERE id = ?", (number,)).fetchone()
    by_number = len(numbers) / (time.process_time() - start)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"opened in {opened:.3f} s (at most 0.5); memory {memory:.0f} MB, {memory - before:.0f} of it for places (at most 200)"
    )
    print(f"{by_name:,.0f} look-ups by name a second (at least 20,000), {by_sound:,.0f} by sound")
    print(f"ratio to fetching a row by its number: {by_number / by_name:.1f} times the work")
    return 0 if opened <= 0.5 and by_name >= 20_000 else 1


if __name__ == "__main__":
    sys.exit(main())
