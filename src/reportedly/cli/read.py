"""`reportedly read`."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from reportedly.cli import batch
from reportedly.cli.batch import ends_everything
from reportedly.cli.explain import explain_claim
from reportedly.cli.model_options import ModelOptions, model_options, options_from, reader_of, replay_option
from reportedly.cli.prepare import prepare_places
from reportedly.cli.table import print_reading
from reportedly.desk.reading_page import reading_page
from reportedly.desk.words import plural
from reportedly.errors import ReportedlyError, UnreadableReport
from reportedly.intake.files import read_bytes, read_file
from reportedly.knowledge.own_actors import read_own_actors
from reportedly.model.record import Report
from reportedly.reading.reader import Readable

FORMATS = ("table", "json", "jsonl", "html")


def json_lines(result: Readable) -> list[str]:
    """One line per claim, each with its report's id."""
    data = result.reading.model_dump(mode="json", by_alias=True)
    return [json.dumps({"report": data["report"]["id"], **claim}, ensure_ascii=False) for claim in data["claims"]]


def json_document(result: Readable, layers: bool) -> str:
    """The reading as indented JSON, with every layer where asked."""
    data: dict[str, Any] = result.reading.model_dump(mode="json", by_alias=True)
    if layers:
        data["layers"] = result.layers
    return json.dumps(data, indent=2, ensure_ascii=False)


def render(result: Readable, form: str, layers: bool) -> str:
    """A result as text in one of the formats but the table."""
    if form == "json":
        return json_document(result, layers)
    if form == "jsonl":
        return "\n".join(json_lines(result))
    return reading_page(result.reading, result.text)


def _take_in(name: str, options: dict[str, str | None], encoding: str | None) -> Report:
    if name == "-":
        return read_bytes(sys.stdin.buffer.read(), "standard input", options, encoding)
    return read_file(Path(name), options, encoding)


@click.command()
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@click.option("--outlet", help="Who published it.")
@click.option("--published", metavar="DATE", help="When: 2024-01-31 or 2024-01-31T12:00. Times are resolved from it.")
@click.option("--title", help="Its headline.")
@click.option("--url", help="Its address.")
@click.option("--encoding", help="Encoding of the file, if it is not UTF-8.")
@click.option(
    "--actors",
    type=click.Path(path_type=Path),
    help="Your own actors, a CSV file: adds to the shipped registry and overrides it.",
)
@model_options
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="What to print.")
@click.option("--layers", is_flag=True, help="With json: add everything each layer found.")
@click.option("--explain", type=int, metavar="N", help="Say why claim N says what it says, layer by layer.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write one file per report into this folder; what is there already is not read again.",
)
@click.option("--again", is_flag=True, help="With --out: read also what is there already.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="With --out: processes.")
@click.option(
    "--concurrency",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="With --out and a language model: reports that are asked about at once.",
)
@click.option(
    "--record",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write what a language model would be asked into this folder, and ask nothing.",
)
@replay_option
def read(
    reports: tuple[str, ...],
    outlet: str | None,
    published: str | None,
    title: str | None,
    url: str | None,
    encoding: str | None,
    actors: Path | None,
    form: str,
    layers: bool,
    explain: int | None,
    out: Path | None,
    again: bool,
    jobs: int,
    concurrency: int,
    record: Path | None,
    replay: Path | None,
    **given: Any,
) -> None:
    """Read reports into their claims. REPORT is a text file, a folder of such files, or - for standard input.

    NAME.meta.json beside NAME.txt gives title, outlet, published and url; the options override it.
    """
    options = {"outlet": outlet, "published": published, "title": title, "url": url}
    reading_by = options_from(given, actors, concurrency=concurrency, replay=replay)
    if (record or replay) and not reading_by.asks_a_model:
        raise click.UsageError("--record and --replay go with --reader llm or both")
    if record is not None and out is not None:
        raise click.UsageError("--record asks nothing, so there is nothing to write with --out")
    reports = tuple(_files(reports))
    if layers and form != "json":
        raise click.UsageError("--layers goes with --format json")
    if explain is not None and (len(reports) > 1 or out is not None):
        raise click.UsageError("--explain takes one report, and no --out")
    if out is not None:
        if form == "table":
            raise click.UsageError("--out goes with --format json, jsonl or html")
        if out.exists() and not out.is_dir():
            raise click.UsageError(f"{out}: is a file. --out names a folder")
        plan = batch.Plan(options, encoding, form, layers, out, again, jobs, reading_by)
        if actors is not None:
            read_own_actors(actors)
        prepare_places()
        failed = batch.run([Path(r) for r in reports], plan)
        if failed:
            raise click.exceptions.Exit(1)
        return
    if record is not None:
        prepare_places()
        _record(reports, options, encoding, reading_by, record)
        return
    if len(reports) > 1 and form in ("json", "html"):
        raise click.UsageError(f"several reports in {form} need --out FOLDER; for one stream use --format jsonl")
    prepare_places()
    bad: list[str] = []
    with reader_of(reading_by) as reader:
        for name in reports:
            try:
                result = reader.read(_take_in(name, options, encoding))
            except ReportedlyError as error:
                if len(reports) == 1 or ends_everything(error):
                    raise _named(error, name) from None
                bad.append(str(_named(error, name)))
                continue
            _print(result, form, layers, explain, name if len(reports) > 1 else None)
    if bad:
        click.echo(f"{len(bad)} of {len(reports)} reports could not be read:", err=True)
        for line in bad:
            click.echo(f"  {line}", err=True)
        raise click.exceptions.Exit(1)


def _files(names: tuple[str, ...]) -> Iterator[str]:
    """The reports that are named: a folder stands for the text files in it."""
    for name in names:
        if name != "-" and Path(name).is_dir():
            inside = sorted(str(path) for path in Path(name).glob("*.txt"))
            if not inside:
                raise UnreadableReport(f"{name}: has no text files (NAME.txt)")
            yield from inside
        else:
            yield name


def _record(
    reports: tuple[str, ...],
    options: dict[str, str | None],
    encoding: str | None,
    reading_by: ModelOptions,
    folder: Path,
) -> None:
    """Write the requests of some reports."""
    from reportedly.reading.language_model.exchanges import Exchanges
    from reportedly.reading.language_model.reader import ModelReader, Replay
    from reportedly.reading.language_model.spending import estimated_tokens

    exchanges = Exchanges(folder)
    reader = ModelReader(
        Replay(folder), reading_by.model, reading_by.prompt, reading_by.actors, reading_by.answer_tokens
    )
    count = tokens = 0
    for name in reports:
        for request in reader.requests(_take_in(name, options, encoding)):
            exchanges.write_request(request)
            count, tokens = count + 1, tokens + estimated_tokens("".join(m["content"] for m in request["messages"]))
    click.echo(
        f"{plural(count, 'request')} (about {tokens:,} tokens) written to {folder}; put each answer beside it as KEY.answer.json, then read with --replay {folder}",
        err=True,
    )


def _named(error: ReportedlyError, name: str) -> ReportedlyError:
    """The error with its report's name in front, once."""
    shown = "standard input" if name == "-" else name
    return error if str(error).startswith(shown) else type(error)(f"{shown}: {error}")


def _print(result: Readable, form: str, layers: bool, explain: int | None, heading: str | None) -> None:
    console = Console(highlight=False, soft_wrap=False)
    if explain is not None:
        explain_claim(console, result, explain)
    elif form == "table":
        print_reading(console, result.reading, heading)
        if dropped := result.layers.get("dropped"):
            told = ", ".join(f"{entry['reason']}: {entry['count']}" for entry in dropped)
            click.echo(f"not kept of the model's answer: {told}", err=True)
    else:
        text = render(result, form, layers)
        if text:
            click.echo(text)
