"""Reading many files into a folder: with progress, resumable, in several processes, the bad ones listed at the end."""

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import click
from rich.console import Console

from reportedly.cli.model_options import ModelOptions, reader_of
from reportedly.cli.progress import progress_bar
from reportedly.errors import ModelAnswerMissing, ModelAnswerUnusable, ModelError, ReportedlyError, UnreadableReport
from reportedly.intake.files import read_file
from reportedly.knowledge.own_actors import read_own_actors
from reportedly.model.record import ReaderName, ReaderVersion
from reportedly.reading.reader import Reader, Reads, version_of

_CHUNK = 16


@dataclass(frozen=True, slots=True)
class Plan:
    """How a batch is read and written."""

    options: dict[str, str | None]
    encoding: str | None
    form: str
    layers: bool
    out: Path
    again: bool
    jobs: int
    reading_by: ModelOptions


def run(paths: list[Path], plan: Plan) -> int:
    """Read the files into the plan's folder; returns how many could not be read."""
    _check_names(paths)
    plan.out.mkdir(parents=True, exist_ok=True)
    console = Console(stderr=True)
    bad: list[str] = []
    done = kept = claims = 0
    with progress_bar(console) as progress:
        task = progress.add_task("Reading", total=len(paths))
        for name, outcome, count in _outcomes(paths, plan):
            progress.advance(task)
            if outcome == "read":
                done += 1
                claims += count
            elif outcome == "kept":
                kept += 1
            else:
                bad.append(outcome if outcome.startswith(name) else f"{name}: {outcome}")
    click.echo(
        f"{done} reports read, {claims} claims" + (f", {kept} there already" if kept else "") + f", in {plan.out}",
        err=True,
    )
    if bad:
        click.echo(f"{len(bad)} of {len(paths)} reports could not be read:", err=True)
        for line in bad:
            click.echo(f"  {line}", err=True)
    return len(bad)


def _check_names(paths: list[Path]) -> None:
    seen: dict[str, Path] = {}
    for path in paths:
        other = seen.setdefault(path.stem, path)
        if other != path:
            raise UnreadableReport(
                f"{other} and {path} would both be written as {path.stem}. Read them into two folders"
            )


def _outcomes(paths: list[Path], plan: Plan) -> Iterator[tuple[str, str, int]]:
    if plan.reading_by.asks_a_model:
        yield from _outcomes_of_model(paths, plan)
        return
    chunks = _chunks(paths, plan.jobs)
    if plan.jobs == 1:
        for chunk in chunks:
            yield from _read_chunk(chunk, plan)
        return
    with ProcessPoolExecutor(plan.jobs, mp_context=get_context("spawn")) as pool:
        try:
            for outcomes in pool.map(_read_chunk, chunks, [plan] * len(chunks)):
                yield from outcomes
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _outcomes_of_model(paths: list[Path], plan: Plan) -> Iterator[tuple[str, str, int]]:
    """Reports that a model is asked about, several at once; what would go wrong with every report ends the run."""
    with reader_of(plan.reading_by) as reader, ThreadPoolExecutor(plan.reading_by.concurrency) as pool:
        running = [pool.submit(_read_one, path, plan, reader) for path in paths]
        try:
            for future in running:
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def ends_everything(error: ReportedlyError) -> bool:
    """Whether what went wrong with one report would go wrong with each: no server, no budget."""
    return isinstance(error, ModelError) and not isinstance(error, ModelAnswerMissing | ModelAnswerUnusable)


def _chunks(paths: list[Path], jobs: int) -> list[list[Path]]:
    size = _CHUNK if jobs > 1 and len(paths) > jobs * _CHUNK else 1
    return [paths[i : i + size] for i in range(0, len(paths), size)]


@cache
def _reader(reading_by: ModelOptions) -> Reader:
    return Reader(actors=reading_by.actors, name=cast(ReaderName, reading_by.name))


def _read_chunk(paths: Iterable[Path], plan: Plan) -> list[tuple[str, str, int]]:
    return [_read_one(path, plan) for path in paths]


def _read_one(path: Path, plan: Plan, reader: Reads | None = None) -> tuple[str, str, int]:
    from reportedly.cli.read import render

    target = plan.out / f"{path.stem}.{plan.form}"
    try:
        report = read_file(path, plan.options, plan.encoding)
        if not plan.again and target.exists() and _is_current(target, path, plan, reader):
            return str(path), "kept", 0
        result = (reader or _reader(plan.reading_by)).read(report)
    except ReportedlyError as error:
        if ends_everything(error):
            raise
        return str(path), str(error), 0
    text = render(result, plan.form, plan.layers)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    temporary.write_text(text + "\n" if text else "", encoding="utf-8")
    temporary.replace(target)
    return str(path), "read", len(result.reading.claims)


def _is_current(target: Path, path: Path, plan: Plan, reader: Reads | None) -> bool:
    """Whether what stands there was read from this text by this reader; only JSON tells."""
    newer = target.stat().st_mtime >= path.stat().st_mtime
    if plan.form != "json":
        return newer
    try:
        data = json.loads(target.read_text(encoding="utf-8"))
        version = reader.version if reader is not None else _version(plan.reading_by)
        same_reader = data["reader"] == version.model_dump()
        return bool(newer and same_reader and ("layers" in data) == plan.layers)
    except (ValueError, KeyError, TypeError):
        return False


@cache
def _version(reading_by: ModelOptions) -> ReaderVersion:
    """The built-in reader's name and version as its readings bear them, without loading its grammar."""
    own = read_own_actors(reading_by.actors) if reading_by.actors is not None else ()
    return version_of(cast(ReaderName, reading_by.name), own)
