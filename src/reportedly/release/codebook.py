"""The codebook of a release, made of the columns that its files are written by and of the profile's rules."""

from collections.abc import Iterator, Sequence
from typing import Any

from reportedly.knowledge.tables import table
from reportedly.model.plover import EVENT_TYPES, MODES
from reportedly.model.release import Profile
from reportedly.release.columns import CLAIM_COLUMNS, EVENT_COLUMNS, Column
from reportedly.release.formats import acled, ucdp


def codebook(profile: Profile) -> str:
    """The codebook as Markdown."""
    return "\n".join(_lines(profile)) + "\n"


def _lines(profile: Profile) -> Iterator[str]:
    yield from (
        "# Codebook",
        "",
        "One event is one happening, as one or more reports tell it; what a report says is never taken for what happened.",
        "",
    )
    yield from _columns("events.csv, events.hxl.csv, events.parquet, events.geojson", EVENT_COLUMNS)
    if profile.units == "claims":
        yield from _columns("claims.csv, claims.parquet", CLAIM_COLUMNS)
    yield from _columns("events.acled.csv: what ACLED would code", acled.COLUMNS)
    yield from _columns("events.ucdp.csv: attacks in which somebody died by some telling", ucdp.COLUMNS)
    yield from (
        "## Event types (PLOVER)",
        "",
        *(f"- {kind}: {', '.join(sorted(MODES[kind])) or 'no modes'}" for kind in EVENT_TYPES),
        "",
    )
    yield from ("## PLOVER to ACLED: the first row that fits counts", "")
    yield from _table(("type", "mode", "actor", "recipient", "event_type", "sub_event_type"), table("acled_types.tsv"))
    yield from ("## Credibility (Admiralty) to STIX confidence", "")
    yield from _table(("credibility", "confidence"), table("admiralty_confidence.tsv"))
    yield from (f"## Rules of the profile “{profile.name}”", "")
    yield from (f"- {name}: {_shown(value)}" for name, value in _rules(profile.model_dump(mode="json")))


def _columns(title: str, columns: Sequence[Column[Any]]) -> Iterator[str]:
    yield from (f"## {title}", "", "| column | type | HXL | what it holds |", "|---|---|---|---|")
    for column in columns:
        yield f"| {column.name} | {column.kind} | {column.tag} | {column.about} |"
    yield ""


def _table(names: Sequence[str], rows: Sequence[dict[str, str]]) -> Iterator[str]:
    yield from (f"| {' | '.join(names)} |", "|" + "---|" * len(names))
    yield from (f"| {' | '.join(row[name] for name in names)} |" for row in rows)
    yield ""


def _rules(rules: dict[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in rules.items():
        if isinstance(value, dict):
            yield from _rules(value, f"{before}{name}.")
        else:
            yield before + name, value


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_shown(item) for item in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{name} {item}" for name, item in value.items())
    return "none" if value is None else str(value)
