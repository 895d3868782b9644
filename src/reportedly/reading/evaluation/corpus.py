"""Loads a corpus of coded reports: folders by conflict, with the parts that they are split into, and counts what it holds."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reportedly.errors import InvalidGold
from reportedly.reading.evaluation.claims import CodedReport, load

PARTS: Final = ("train", "dev", "test")


def conflicts(root: Path, part: str | None = None) -> list[Path]:
    """The conflict folders of a part, or of the whole corpus. Raises InvalidGold where there is no such corpus or part."""
    try:
        splits: dict[str, list[str]] = json.loads((root / "splits.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InvalidGold(f"{root}: no corpus of coded reports (its splits.json cannot be read: {error})") from None
    if part is not None and part not in splits:
        raise InvalidGold(f"{root}: no part {part!r}; it has {', '.join(splits)}")
    return [root / name for key, names in splits.items() if part in (None, key) for name in sorted(names)]


def load_corpus(root: Path, part: str | None = None) -> Iterator[CodedReport]:
    """Every coded report of a corpus, or of its "train", "dev" or "test" part; claims with the offsets of all that they name."""
    for folder in conflicts(root, part):
        yield from load(folder)


@dataclass(slots=True)
class CorpusCounts:
    """What a corpus holds."""

    reports: int = 0
    without_claims: int = 0
    words: int = 0
    claims: int = 0
    conflicts: int = 0
    first: str | None = None
    """First and last day of publication."""
    last: str | None = None
    types: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    chains: Counter[int] = field(default_factory=Counter)
    anonymous: int = 0
    denied: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "reports": self.reports, "without_claims": self.without_claims, "conflicts": self.conflicts, "words": self.words,
            "claims": self.claims, "first": self.first, "last": self.last, "denied": self.denied, "anonymous": self.anonymous,
            "types": dict(self.types.most_common()), "statuses": dict(self.statuses.most_common()),
            "sources": dict(self.sources.most_common()), "chains": {str(k): v for k, v in sorted(self.chains.items())},
        }  # fmt: skip


def count(root: Path, part: str | None = None) -> CorpusCounts:
    """Count a corpus, or one part of it."""
    counts = CorpusCounts(conflicts=len(conflicts(root, part)))
    for report in load_corpus(root, part):
        counts.reports += 1
        counts.words += len(report.text.split())
        counts.claims += len(report.claims)
        counts.without_claims += not report.claims
        day = report.published
        if day is not None:
            counts.first = min(counts.first or day, day)
            counts.last = max(counts.last or day, day)
        for claim in report.claims:
            counts.types[claim["event"]] += 1
            counts.statuses[claim["status"]] += 1
            counts.sources[claim["source_type"].partition("|")[0]] += 1
            counts.chains[claim["chain"]] += 1
            counts.anonymous += claim["anonymous"]
            counts.denied += claim["polarity"] == "-"
    return counts
