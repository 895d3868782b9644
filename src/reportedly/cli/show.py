"""`reportedly show`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.history import ClaimHistory, ReportHistory
from reportedly.cli.options import casebook_option
from reportedly.cli.shown import shown
from reportedly.desk import words
from reportedly.errors import CasebookUnavailable, NotInCasebook
from reportedly.model.record import Claim


@click.command()
@click.argument("number", metavar="NUMBER")
@casebook_option
@click.option("--blind", is_flag=True, help="For a coder at work: with --as, show no one else's decisions.")
@click.option("--as", "by", metavar="NAME", help="Who is looking, with --blind.")
@click.option("--text", "as_text", is_flag=True, help="Print the report's working text alone.")
@click.option(
    "--original",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the report's untouched original to this file.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def show(
    number: str, where: str, blind: bool, by: str | None, as_text: bool, original: Path | None, as_json: bool
) -> None:
    """Show one claim (4711 or C4711) or report (R12): its words, readings, decisions and custody."""
    letter, digits = (number[0].upper(), number[1:]) if number[:1].isalpha() else ("", number)
    if letter not in ("", "C", "R") or not digits.isdecimal() or not 0 < int(digits) < 2**31:
        raise click.UsageError(f"{number}: is neither a claim, such as C4711, nor a report, such as R12")
    if blind and not by:
        raise click.UsageError("--blind needs --as NAME: who is looking")
    with Casebook.open(where) as casebook:
        found = _found(casebook, letter, int(digits))
        report = casebook.report(found.report) if isinstance(found, ClaimHistory) else found
        present = next(v for v in report.versions if v["number"] == report.present)
        if original is not None:
            _write(original, casebook.original(present["original_sha256"]))
        elif as_text:
            click.echo(present["text"])
        elif as_json:
            click.echo(
                json.dumps(
                    _claim_json(found, by if blind else None)
                    if isinstance(found, ClaimHistory)
                    else _report_json(found),
                    ensure_ascii=False,
                    indent=2,
                )
            )
        elif isinstance(found, ClaimHistory):
            _show_claim(found, report, by if blind else None)
        else:
            _show_report(found)


def _found(casebook: Casebook, letter: str, number: int) -> ClaimHistory | ReportHistory:
    if letter == "R":
        return casebook.report(number)
    try:
        return casebook.claim(number)
    except NotInCasebook:
        if letter == "C":
            raise
        return casebook.report(number)


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CasebookUnavailable(f"{path}: cannot be written ({error.strerror})") from None


def _claim_json(found: ClaimHistory, coder: str | None) -> dict[str, Any]:
    return {
        "number": found.number, "report": found.report, "version": found.version, "state": found.state, "reader": found.reader, "read_at": found.read_at,
        "machine": found.machine.model_dump(mode="json"), "present": found.claim.model_dump(mode="json"),
        "decisions": [asdict(d) for d in found.seen_by(coder)],
    }  # fmt: skip


def _report_json(found: ReportHistory) -> dict[str, Any]:
    return {
        "number": found.number, "present": found.present, "versions": found.versions, "sightings": found.sightings, "readings": found.readings,
        "custody": found.custody, "claims": [{"number": row.id, "state": row.state, **row.claim.model_dump(mode="json")} for row in found.claims],
    }  # fmt: skip


def _grid() -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    return table


def _show_claim(found: ClaimHistory, report: ReportHistory, coder: str | None) -> None:
    console = Console(highlight=False)
    claim = found.claim
    version = report.versions[found.version - 1]
    console.print(Text(f"C{found.number}, {found.state}", style="bold"))
    console.print(_marked(found))
    console.print()
    grid = _grid()
    for name, value in _fields(claim):
        grid.add_row(name, Text(shown(value)))
    told = ", ".join(
        part
        for part in (version["outlet"], version["title"], (version["published"] or "")[:10] or "no date of publication")
        if part
    )
    grid.add_row("report", Text(shown(f"R{found.report}, version {found.version}: {told}")))
    grid.add_row("read by", f"{found.reader}, {found.read_at}")
    for note in claim.notes:
        grid.add_row("note", Text(shown(note)))
    console.print(grid)
    _show_decisions(console, found, coder)
    if coder is None:
        _show_custody(console, _custody_of(found.number, report))


def _marked(found: ClaimHistory) -> Text:
    """The claim's sentence with its trigger marked."""
    sentence, trigger = found.machine.sentence, found.machine.trigger
    text = Text(shown(sentence.text))
    text.stylize("bold underline", trigger.start - sentence.start, trigger.end - sentence.start)
    return text


def _fields(claim: Claim) -> list[tuple[str, str]]:
    fields = [
        ("what", f"{words.event_in_words(claim)} “{claim.trigger.text}”"),
        (
            "how",
            words.status_in_words(claim.status) + (f" “{claim.status.phrase.text}”" if claim.status.phrase else ""),
        ),
        ("who → whom", words.participants_in_words(claim)),
        ("where", "; ".join(_place(p) for p in claim.places)),
        (
            "when",
            words.time_in_words(claim.time)
            + (f" “{claim.time.mention.text}”" if claim.time and claim.time.mention else ""),
        ),
        ("who says so", words.chain_in_words(claim)),
        ("loaded words", ", ".join(span.text for span in claim.wording)),
        ("how sure", words.confidence_in_words(claim)),
        ("readers", "; ".join(words.readers_in_words(claim))),
        ("in English", f"{claim.rendering.text} (by {claim.rendering.by.name})" if claim.rendering else ""),
    ]
    return [(name, value) for name, value in fields if value]


def _place(place: Any) -> str:
    known = ", ".join(part for part in (place.admin1 if place.admin1 != place.name else None, place.country) if part)
    return f"{place.name} ({known}; {place.precision})" if known else f"{place.name} ({place.precision})"


def _show_decisions(console: Console, found: ClaimHistory, coder: str | None) -> None:
    visible = found.seen_by(coder)
    hidden = len(found.decisions) - len(visible)
    if not found.decisions:
        console.print("\nNobody has decided on it.")
        return
    if visible:
        console.print("\nDecisions", style="bold")
    for decision in visible:
        blind = ", blind" if decision.blind else ""
        console.print(
            Text(shown(f"{decision.made_at}  {decision.made_by}: {decision.verdict}{blind}: {decision.reason}"))
        )
        for path, value in decision.changes.items():
            machine = json.dumps(decision.machine.get(path), ensure_ascii=False)
            console.print(Text(shown(f"    {path}: {json.dumps(value, ensure_ascii=False)}; the machine's: {machine}")))
    if hidden:
        console.print(f"\n{words.plural(hidden, 'decision')} not shown: made blind, and not settled yet", style="dim")


def _show_report(found: ReportHistory) -> None:
    console = Console(highlight=False)
    present = next(v for v in found.versions if v["number"] == found.present)
    console.print(Text(shown(f"R{found.number}  {present['title'] or '(no title)'}"), style="bold"))
    grid = _grid()
    date = f"{present['published']}, from {present['published_from']}" if present["published"] else "not given"
    for name, value in (
        ("outlet", present["outlet"] or "not known"), ("address", present["url"]), ("published", date), ("language", present["language"]),
        ("text", f"{len(present['text'])} characters, sha256 {present['text_sha256']}"), ("original", f"sha256 {present['original_sha256']}"),
        ("taken in by", present["tool"]),
    ):  # fmt: skip
        if value:
            grid.add_row(name, Text(shown(value)))
    for note in present["notes"]:
        grid.add_row("note", Text(shown(note)))
    console.print(grid)
    console.print("\nVersions and sightings", style="bold")
    numbers = {v["id"]: v["number"] for v in found.versions}
    for seen in found.sightings:
        how = f" through {' → '.join(json.loads(seen['redirects']))}" if seen["redirects"] else ""
        parent = f" in {seen['parent_location']}" if seen["parent_location"] else ""
        unchanged = "" if seen["original_sha256"] else ", not changed since"
        console.print(
            Text(
                shown(
                    f"{seen['seen_at']}  version {numbers[seen['version_id']]}{unchanged}  {seen['location']}{how}{parent}"
                )
            )
        )
    console.print("\nReadings", style="bold")
    for reading in found.readings:
        made = reading["problem"] or words.plural(reading["claims"], "claim")
        console.print(
            Text(
                shown(
                    f"{reading['read_at']}  version {numbers[reading['version_id']]}  {reading['reader']} {reading['reader_version']}: {made}"
                )
            )
        )
    if not found.readings:
        console.print("none yet: reportedly reread")
    if found.claims:
        console.print("\nClaims that stand", style="bold")
        for row in found.claims:
            line = f"C{row.id:<6} {row.state:<10} {words.status_in_words(row.claim.status):<22} {words.event_in_words(row.claim):<24} {words.participants_in_words(row.claim)}"
            console.print(Text(shown(line)), overflow="ellipsis", no_wrap=True)
    _show_custody(console, found.custody)


def _custody_of(number: int, report: ReportHistory) -> list[dict[str, Any]]:
    """The log's entries on a claim: those on its report, without decisions on other claims."""
    return [entry for entry in report.custody if json.loads(entry["detail"]).get("claim", number) == number]


def _show_custody(console: Console, entries: list[dict[str, Any]]) -> None:
    console.print("\nCustody", style="bold")
    for entry in entries:
        told = json.loads(entry["detail"])
        detail = ", ".join(
            f"{key} {str(value)[:16]}" for key, value in told.items() if key not in ("location", "sealed")
        )
        line = f"{entry['at']}  {entry['by']}: {entry['action']} ({detail})"
        console.print(Text(shown(line)), overflow="ellipsis", no_wrap=True)
