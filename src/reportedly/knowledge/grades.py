"""How incidents are graded: how credible what is told is, by a table, and how reliable whoever tells it is, by their records."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.tables import table
from reportedly.model.incident import Reliability, SourceRecord

_COUNTS: Final = ("named", "origins", "disinterested")
_FLAGS: Final = ("denied", "disputed", "only_denied")
_ORDER: Final[tuple[Reliability, ...]] = ("A", "B", "C", "D", "E")
_COUNT: Final = re.compile(r"(\d+)([+-]?)")


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One row: a credibility from 1 to 6, the least and most of each count, the flags asked for, and the reason as a sentence."""

    credibility: int
    counts: dict[str, tuple[int, int | None]]
    flags: dict[str, bool]
    reason: str

    def holds(self, counts: dict[str, int], flags: dict[str, bool]) -> bool:
        """Whether an incident is as this row asks."""
        within = all(
            low <= counts[name] and (high is None or counts[name] <= high) for name, (low, high) in self.counts.items()
        )
        return within and all(flags[name] == asked for name, asked in self.flags.items())


@cache
def grade_rows() -> tuple[GradeRow, ...]:
    """The rows in order. Raises InvalidKnowledge where one makes no sense."""
    return tuple(_row(number, row) for number, row in enumerate(table("credibility.tsv"), start=1))


def _row(number: int, row: dict[str, str]) -> GradeRow:
    where = f"credibility.tsv, row {number}"
    if row["credibility"] not in ("1", "2", "3", "4", "5", "6"):
        raise InvalidKnowledge(f"{where}: {row['credibility']} is no credibility from 1 to 6")
    counts = {name: _range(row[name], where) for name in _COUNTS if row[name]}
    for name in _FLAGS:
        if row[name] not in ("", "yes", "no"):
            raise InvalidKnowledge(f"{where}: {name} is yes, no or blank")
    return GradeRow(
        int(row["credibility"]), counts, {name: row[name] == "yes" for name in _FLAGS if row[name]}, row["reason"]
    )


def _range(cell: str, where: str) -> tuple[int, int | None]:
    match = _COUNT.fullmatch(cell)
    if match is None:
        raise InvalidKnowledge(f"{where}: {cell!r} is no number such as 2, 2+ or 2-")
    number = int(match[1])
    return (number, None) if match[2] == "+" else (0, number) if match[2] == "-" else (number, number)


def reliability_of(
    asserting: Sequence[tuple[str, str]], records: Mapping[str, SourceRecord], given: Mapping[str, Reliability]
) -> tuple[Reliability, str]:
    """The letter of the most reliable of some origins, by their keys and labels, and why as a sentence.

    `given`: what people say of sources, by their keys; it goes before what their record suggests.
    """
    judged = [
        (given.get(key) or (records[key].reliability if key in records else "F"), key, label)
        for key, label in asserting
    ]
    known = [item for item in judged if item[0] != "F"]
    if not known:
        return "F", "None of its origins has a record that it could be judged by."
    letter, key, label = min(known, key=lambda item: (_ORDER.index(item[0]), item[1]))
    if key in given:
        return letter, f"{label}: graded {letter} by a person."
    reason = records[key].reason
    return letter, f"{label}: {reason[0].lower()}{reason[1:]}"
