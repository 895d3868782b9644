"""The keys under which a weighing keeps passages and claims, so that the next one finds what a change touches."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reportedly.knowledge.outlets import outlet_key
from reportedly.weighing.citations import names_cited
from reportedly.weighing.copies import FURNITURE_DAYS, Placed, Text
from reportedly.weighing.incidents import CROWDED, block_key, blocks_of, mark_key, marks_of
from reportedly.weighing.keys import day_of, key_of
from reportedly.weighing.passages import BANDS, band_keys, passages_of
from reportedly.weighing.telling import Telling, WeighedReport

_ROWS_AT_ONCE: Final = 100_000


def passage_rows(texts: Mapping[int, Text]) -> NDArray[np.int64]:
    """Every passage of some reports under its keys, in order: [rows, 4] of key, order number, report, first character. What is furniture among
    them has no bands. An array, since a million passages give seventeen million rows."""
    said, bands, where = array("q"), array("q"), array("q")
    for number, text in texts.items():
        for passage in passages_of(text.text):
            said.append(Placed(text, passage).repeated_as)
            bands.extend(band_keys(passage))
            where.extend((text.order, number, passage.start))
    repeated, places = np.asarray(said), np.asarray(where).reshape(-1, 3)
    by_band = np.asarray(bands).reshape(-1, BANDS)
    days = np.unique(np.column_stack([repeated, day_of(places[:, 0])]), axis=0)
    keys, times = np.unique(days[:, 0], return_counts=True)
    kept = ~np.isin(repeated, keys[times >= FURNITURE_DAYS])
    rows = np.column_stack(
        [
            np.concatenate([repeated, by_band[kept].ravel()]),
            np.concatenate([places, np.repeat(places[kept], BANDS, axis=0)]),
        ]
    )
    sorted_rows: NDArray[np.int64] = rows[np.lexsort(rows.T[::-1])]
    return sorted_rows


def one_by_one(rows: NDArray[np.int64]) -> Iterator[list[int]]:
    """The rows of an array as lists, without making them all at once."""
    for first in range(0, len(rows), _ROWS_AT_ONCE):
        yield from rows[first : first + _ROWS_AT_ONCE].tolist()


def claim_rows(tellings: Mapping[int, Telling]) -> NDArray[np.int64]:
    """All the claims that are weighed, each under its keys, in order: [rows, 2] of key and claim."""
    sizes: dict[int, int] = defaultdict(int)
    for telling in tellings.values():
        for key in block_keys(telling):
            sizes[key] += 1
    found = array("q")
    for number, telling in tellings.items():
        blocks = block_keys(telling)
        marked = marked_keys(telling, [b for b in blocks if sizes[b] > CROWDED])
        for key in {*blocks, *cited_keys(telling), *marked}:
            found.extend((key, number))
    rows = np.asarray(found).reshape(-1, 2)
    sorted_rows: NDArray[np.int64] = rows[np.lexsort(rows.T[::-1])]
    return sorted_rows


def component_rows(components: Iterable[Iterable[str]], claim_numbers: Mapping[str, int]) -> dict[int, int]:
    """The component of each claim, by its least member."""
    found: dict[int, int] = {}
    for component in components:
        numbers = [claim_numbers[key] for key in component]
        found.update(dict.fromkeys(numbers, min(numbers)))
    return found


def outlet_row(number: int, report: WeighedReport) -> tuple[int, str, str | None, str]:
    """A report as it is kept: number, digest, outlet's key, family."""
    return number, report.key.rpartition(":")[0], outlet_key(report.outlet) if report.outlet else None, report.family


def block_keys(telling: Telling) -> list[int]:
    return [block_key(block) for block in blocks_of(telling)]


def cited_keys(telling: Telling) -> list[int]:
    return [cited_key(name) for name in names_cited(telling.claim)]


def cited_key(outlet: str) -> int:
    return key_of("cites", outlet)


def marked_keys(telling: Telling, crowded: Iterable[int]) -> list[int]:
    blocks = list(crowded)
    return [mark_key(block, mark) for mark in marks_of(telling) for block in blocks] if blocks else []
