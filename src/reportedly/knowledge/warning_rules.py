"""What becomes a warning, what makes it come true, the figures for both, and the estimative words that say how likely it is."""

import re
from dataclasses import dataclass
from functools import cache

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.tables import table, words
from reportedly.model.plover import EVENT_TYPES
from reportedly.model.warning import Band


@dataclass(frozen=True, slots=True)
class WarningRule:
    """Of which acts warnings are kept, and which incidents make them true."""

    type: str
    mode: str | None
    counts: tuple[str, ...]
    listed: bool
    name: str


@cache
def warning_rules() -> tuple[WarningRule, ...]:
    """The rows in order. Raises InvalidKnowledge where one names a type that there is not."""
    found = []
    for row in table("warning_rules.tsv"):
        rule = WarningRule(
            row["type"], row["mode"] or None, tuple(words(row["counts"])), row["listed"] == "yes", row["name"]
        )
        for kind in (rule.type, *(c.partition("/")[0] for c in rule.counts)):
            if kind not in EVENT_TYPES:
                raise InvalidKnowledge(f"warning_rules.tsv: {kind} is no PLOVER type")
        found.append(rule)
    return tuple(found)


def rule_for(kind: str, mode: str | None) -> WarningRule | None:
    """The rule for an act; None where it is nothing to warn of."""
    return next((r for r in warning_rules() if r.type == kind and r.mode in (None, mode)), None)


@cache
def warning_terms() -> dict[str, int]:
    """Figures by term. Raises InvalidKnowledge where one is no whole number."""
    try:
        return {row["term"]: int(row["value"]) for row in table("warning_terms.tsv")}
    except ValueError as error:
        raise InvalidKnowledge(f"warning_terms.tsv: {error}") from None


@cache
def _estimative() -> tuple[tuple[str, Band], ...]:
    """Expressions, the longest first, with their bands."""
    found = [
        (expression, Band(name=row["name"], low=int(row["low"]), high=int(row["high"]), word=expression))
        for row in table("estimative_words.tsv")
        for expression in words(row["words"])
    ]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(r"\b(" + "|".join(re.escape(e) for e, _ in _estimative()) + r")\b", re.IGNORECASE)


def band_at(text: str, start: int, end: int) -> Band | None:
    """The band of the estimative words that touch characters [start, end) of a text; None where there are none."""
    bands = dict(_estimative())
    for match in _pattern().finditer(text, max(0, start - 40), min(len(text), end + 40)):
        if match.start() < end and start < match.end():
            return bands[match[1].lower()]
    return None
