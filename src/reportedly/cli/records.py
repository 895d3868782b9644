"""The record of a source, as `reportedly sources NAME` shows it."""

import json
from typing import Any, Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.graded import Grading
from reportedly.cli.shown import shown
from reportedly.desk import words
from reportedly.model.incident import OriginKind, SourceRecord
from reportedly.model.warning import Score

_MOST = 5
"""Sources of one name whose records are shown."""
_INCIDENTS = 10
_VOICES: Final[dict[OriginKind, str]] = {
    "named": "", "own voice": ", its own voice and sources that it does not name", "unnamed": ", sources that it does not name",
}  # fmt: skip


def show_records(casebook: Casebook, name: str, form: str, limit: int | None) -> None:
    """Print the records of the sources of a name. Raises NotInCasebook."""
    if form == "csv":
        raise click.UsageError("a record is printed as a table or as JSON")
    found, grades, scoring = casebook.source_records(name), casebook.source_grades(), casebook.last_scoring()
    scores = scoring.by_origin if scoring is not None else {}
    if form == "json":
        for record in found:
            click.echo(json.dumps(_json(record, grades.get(record.key), scores.get(record.key)), ensure_ascii=False))
        return
    for record in found[:_MOST]:
        _show(casebook, record, grades.get(record.key), scores.get(record.key), limit or _INCIDENTS)
    if len(found) > _MOST:
        others = ", ".join(record.label for record in found[_MOST : _MOST + 8])
        click.echo(f"{len(found) - _MOST} more bear such a name: {shown(others)}")


def _json(record: SourceRecord, graded: Grading | None, score: Score | None) -> dict[str, Any]:
    return {
        **record.model_dump(mode="json"), "graded": None if graded is None else {"grade": graded.grade, "by": graded.by, "reason": graded.reason},
        "warnings": None if score is None else score.model_dump(mode="json"),
    }  # fmt: skip


def _show(casebook: Casebook, record: SourceRecord, graded: Grading | None, score: Score | None, limit: int) -> None:
    console = Console(highlight=False)
    console.print(Text(shown(f"{record.label}{_VOICES[record.kind]}"), style="bold"))
    if graded is not None:
        console.print(Text(shown(f"Graded {graded.grade} by {graded.by}: {graded.reason}")))
    console.print(Text(shown(f"By its record {record.reliability}. {record.reason}")))
    if record.borne_out + record.contradicted:
        console.print(
            f"Nine in ten: between {record.low:.0%} and {record.high:.0%} of what it tells would be borne out."
        )
    console.print(_warnings_in_words(score))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for title in ("incident", "what", "where, when", "grade", "others"):
        table.add_column(title)
    for row in casebook.incidents_told_by(record.key, limit):
        incident = row.incident
        became = next(origin.became for origin in incident.origins if origin.key == record.key)
        others = "ahead" if incident.ahead else became or "nobody else who can be told apart"
        where = ", ".join(part for part in (incident.place, incident.start) if part)
        table.add_row(f"I{row.number}", ", ".join(incident.types[:2]), Text(shown(where)), row.grade, others)
    console.print(table)


def _warnings_in_words(score: Score | None) -> str:
    if score is None:
        return "No warnings of it were scored."
    settled = score.hits + score.false_alarms
    told = f"Of its warnings {score.hits} of {settled} came true, {score.unknown} cannot be told, {score.open} {'is' if score.open == 1 else 'are'} open"
    few = " (too few to judge it by)" if 0 < settled < 5 else ""
    skill = "" if score.skill is None else f"; skill {score.skill:+.2f} over {words.plural(score.compared, 'forecast')}"
    return f"{told}{few}{skill}."
