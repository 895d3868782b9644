"""`reportedly evaluate`."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

import click
from rich.console import Console
from rich.table import Table

from reportedly.cli.model_options import model_options, options_from, reader_of, replay_option
from reportedly.cli.prepare import prepare_places
from reportedly.errors import InvalidGold
from reportedly.knowledge.outlets import read_own_outlets, with_own_outlets
from reportedly.model.record import ReaderName, Report
from reportedly.reading.evaluation import (
    attributions,
    claims,
    corpus,
    factuality,
    places,
    roles,
    roots,
    times,
    two_readers,
)
from reportedly.reading.parser import parse
from reportedly.reading.reader import Reader, Reads, Result, rule_layers
from reportedly.reading.syntax import Document
from reportedly.reading.trained.attributions import relations
from reportedly.reading.trained.roots import root_cues, root_of
from reportedly.reading.where_and_when import settled_by_rules
from reportedly.weighing.evaluation import stories
from reportedly.weighing.evaluation.mentions import MentionFigures, score_mentions
from reportedly.weighing.weigh import weigh


class _Coded(Protocol):
    @property
    def report(self) -> Report: ...


_C = TypeVar("_C", bound=_Coded)


def _read(coded: Sequence[_C], name: ReaderName = "rules") -> Iterator[tuple[_C, Result]]:
    """Each coded text with its reading; places and times are found by the rules whichever reader reads."""
    return zip(coded, Reader(name=name).pipe(c.report for c in coded), strict=True)


def _found_by_rules(coded: Sequence[_C]) -> Iterator[tuple[_C, Document]]:
    """Each coded text with what the rule layers found in it, before any claim is put together."""
    for text, document in zip(coded, parse(c.report for c in coded), strict=True):
        for layer in rule_layers():
            layer(document)
        yield text, document


def _coded_reports(folder: Path, part: str | None) -> list[claims.CodedReport]:
    """The coded reports of a folder, or of a part of a corpus."""
    if not folder.is_dir():
        raise InvalidGold(f"{folder}: no such folder of coded reports")
    whole = part is not None or (folder / "splits.json").is_file()
    return list(corpus.load_corpus(folder, part)) if whole else claims.load(folder)


def figures_of(folder: Path, name: ReaderName = "trained", part: str | None = None) -> claims.Figures:
    """Read every coded report of a folder, or of a part of a corpus, and score the readings."""
    figures = claims.Figures()
    for report, result in _read(_coded_reports(folder, part), name):
        claims.score(report, result.reading.claims, figures)
    return figures


def model_figures_of(
    folder: Path, reader: Reads, part: str | None = None
) -> tuple[claims.Figures, dict[str, claims.Figures]]:
    """The same by a reader that asks a language model; and, of two readers, figures of what both found and of what one found alone."""
    figures = claims.Figures()
    read = [(report, reader.read(report.report).reading.claims) for report in _coded_reports(folder, part)]
    for report, found in read:
        claims.score(report, found, figures)
    return figures, two_readers.figures_by_kind(read) if reader.version.name == "both" else {}


def place_figures_of(path: Path) -> places.PlaceFigures:
    """Read every article of a file and score the places named in it."""
    articles = places.load_articles(path)
    figures = places.PlaceFigures()
    for article, result in _read(articles):
        places.score_places(article, result.document, figures)
    return figures


def time_figures_of(path: Path) -> times.TimeFigures:
    """Read every text of a corpus of coded times and score the times found in it."""
    coded = times.load_times(path)
    figures = times.TimeFigures()
    for text, result in _read(coded):
        times.score_times(text, result.document, figures)
    return figures


def role_figures_of(path: Path, name: ReaderName = "trained") -> roles.RoleFigures:
    """Read every document of a MUC-4 file and score the fillers of its roles."""
    documents = roles.load_documents(path)
    figures = roles.RoleFigures()
    for document, result in _read(documents, name):
        roles.score_roles(document, result.reading.claims, figures)
    return figures


def factuality_figures_of(path: Path) -> factuality.FactualityFigures:
    """Find how the judged words of a file are said and score it."""
    judged = factuality.load_judged(path)
    figures = factuality.FactualityFigures()
    for text, document in _found_by_rules(judged):
        factuality.score_factuality(text, document, figures)
    return figures


def weighing_figures_of(folder: Path, name: ReaderName = "trained") -> stories.StoryFigures:
    """Read and weigh all stories of a folder together, with its own `outlets.csv` where there is one, and score each."""
    loaded = stories.load_stories(folder)
    reports = [report for story in loaded for report in story.reports]
    own = read_own_outlets(folder / "outlets.csv") if (folder / "outlets.csv").is_file() else ()
    figures = stories.StoryFigures()
    with with_own_outlets(own):
        weighed = weigh([report.with_claims(result.reading.claims) for report, result in _read(reports, name)])
    for story in loaded:
        stories.score_story(story, weighed, figures)
    return figures


def root_figures_of(path: Path) -> roots.RootFigures:
    """Find the root between both participants of every sentence of a file and score it."""
    coded = roots.load_rooted(path)
    figures = roots.RootFigures()
    for sentence, document in _found_by_rules(coded):
        cues = root_cues(document, settled_by_rules(document), sentence.source, sentence.target)
        roots.score_root(sentence, root_of(cues)[0], figures)
    return figures


def attribution_figures_of(folder: Path) -> attributions.AttributionFigures:
    """Find the attributions of every marked text of a folder and score them."""
    marked = attributions.load_marked(folder)
    figures = attributions.AttributionFigures()
    for text, document in zip(marked, parse(m.report for m in marked), strict=True):
        found = [
            {"source": r.words_of(r.source), "cue": r.words_of(r.cue), "content": r.words_of(r.content)}
            for r in relations(document)
        ]
        attributions.score_attributions(text, document, found, figures)
    return figures


@click.command()
@click.argument("gold", type=click.Path(path_type=Path), metavar="GOLD")
@click.option(
    "--layer",
    type=click.Choice(["claims", "where", "when", "who", "who_says", "what", "how_said", "weighing", "mentions"]),
    default="claims",
    show_default=True,
    help="What to score: whole claims, or one layer alone.",
)
@click.option("--part", type=click.Choice(corpus.PARTS), help="Of a corpus: one part only.")
@model_options
@replay_option
@click.option(
    "--misses", type=int, default=20, show_default=True, metavar="N", help="Show the N worst misses; 0 for none."
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON line.")
def evaluate(
    gold: Path, layer: str, part: str | None, replay: Path | None, misses: int, as_json: bool, **given: Any
) -> None:
    """Score the reader against coded texts.

    GOLD is, for claims, a folder of coded reports (NAME.txt, NAME.meta.json, NAME.gold.json) or a corpus of them; for where, an XML file of
    articles with their toponyms marked, in the format of LGL or GeoVirus; for when, a TimeML file, a folder of them, or a
    text with its times marked; for who, a MUC-4 file of JSON lines; for who_says, a folder of brat files with sources, cues
    and contents; for what, tab-separated sentences with source, target and PLOVER root; for how_said, JSON lines with words judged from -3 to 3; for weighing, a folder of stories;
    for mentions, JSON as ECB+ has it. docs/layers.md and docs/weighing.md tell the formats.
    """
    reading_by = options_from(given, replay=replay)
    if reading_by.asks_a_model:
        if layer != "claims":
            raise click.UsageError("--reader llm and both are scored with --layer claims")
        prepare_places()
        with reader_of(reading_by) as reader:
            figures, by_kind = model_figures_of(gold, reader, part)
        _tell_claims(figures, misses, as_json)
        if by_kind and not as_json:
            _tell_two_readers(by_kind)
        return
    reader_name = cast(ReaderName, reading_by.name)
    prepare_places()
    if layer == "where":
        _tell_places(place_figures_of(gold), misses, as_json)
    elif layer == "who":
        _tell_roles(role_figures_of(gold, reader_name), misses, as_json)
    elif layer == "who_says":
        _tell_attributions(attribution_figures_of(gold), misses, as_json)
    elif layer == "what":
        _tell_roots(root_figures_of(gold), misses, as_json)
    elif layer == "weighing":
        _tell_weighing(weighing_figures_of(gold, reader_name), misses, as_json)
    elif layer == "mentions":
        _tell_mentions(score_mentions(gold), as_json)
    elif layer == "how_said":
        _tell_factuality(factuality_figures_of(gold), misses, as_json)
    elif layer == "when":
        _tell_times(time_figures_of(gold), misses, as_json)
    else:
        _tell_claims(figures_of(gold, reader_name, part), misses, as_json)


def _tell_two_readers(by_kind: dict[str, claims.Figures]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("found by", "claims", "event right", "sourced claim right"):
        table.add_column(name, justify="left" if name == "found by" else "right")
    for kind, figures in by_kind.items():
        table.add_row(kind, str(figures.predicted), f"{figures.events[0]:.2f}", f"{figures.sourced_claims[0]:.2f}")
    Console(highlight=False).print(table)


def _tell_places(figures: places.PlaceFigures, misses: int, as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps(
                {
                    "articles": figures.texts, "marked": figures.marked, "located": figures.located, "found": figures.found,
                    "recognition": figures.strict, "relaxed": figures.relaxed, "within_161_km_of_marked": figures.near_of_marked,
                    "within_161_km_of_located": figures.near_of_located, "median_km": figures.median_km,
                }
            )
        )  # fmt: skip
        return
    console = Console(highlight=False)
    console.print(
        f"{figures.texts} articles, {figures.marked} toponyms marked, {figures.located} of them located, {figures.found} found\n"
    )
    table = Table("", "P", "R", "F1", box=None, pad_edge=False)
    table.add_row("exact spans", *(f"{v:.3f}" for v in figures.strict))
    table.add_row("overlapping spans", *(f"{v:.3f}" for v in figures.relaxed))
    console.print(table)
    console.print(
        f"\nfound and within {places.NEAR_KM:.0f} km: {figures.near_of_marked:.3f} of all marked, "
        f"{figures.near_of_located:.3f} of those located; median error {figures.median_km} km"
    )
    _tell_common(console, figures.misses, misses)


def _tell_factuality(figures: factuality.FactualityFigures, misses: int, as_json: bool) -> None:
    if as_json:
        told = {"texts": figures.texts, "judged": len(figures.pairs), "mae": figures.error, "r": figures.correlation}
        click.echo(json.dumps(told))
        return
    console = Console(highlight=False)
    console.print(
        f"{figures.texts} texts, {len(figures.pairs)} words judged from -3 (certainly not) to 3 (certainly)\n"
    )
    console.print(f"mean absolute error {figures.error:.3f}, Pearson's r {figures.correlation:.3f}")
    _tell_common(console, figures.misses, misses)


def _tell_attributions(figures: attributions.AttributionFigures, misses: int, as_json: bool) -> None:
    parts = (*attributions.PARTS, "whole")
    if as_json:
        click.echo(json.dumps({"texts": figures.texts, **{part: figures.of(part) for part in parts}}))
        return
    console = Console(highlight=False)
    console.print(
        f"{figures.texts} texts, {figures.marked['whole']} attributions marked, {figures.found['whole']} found\n"
    )
    table = Table("", "P", "R", "F1", box=None, pad_edge=False)
    for part in parts:
        table.add_row("whole relations" if part == "whole" else part, *(f"{v:.3f}" for v in figures.of(part)))
    console.print(table)
    _tell_common(console, figures.misses, misses)


def _tell_mentions(figures: MentionFigures, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(asdict(figures)))
        return
    console = Console(highlight=False)
    console.print(f"{figures.reports} reports, {figures.mentions} mentions of events\n")
    table = Table("", "found", "baseline", box=None, pad_edge=False)
    table.add_row(
        "reports by story, adjusted Rand index",
        f"{figures.stories:.3f}",
        f"{figures.stories_by_words:.3f} by plain TF-IDF",
    )
    table.add_row(
        "mentions by event, CoNLL F1",
        f"{figures.events:.3f}",
        f"{figures.events_by_head:.3f} by the same head in a topic",
    )
    console.print(table)


def _tell_weighing(figures: stories.StoryFigures, misses: int, as_json: bool) -> None:
    told = {
        "copies_f1": figures.copies_f1, "incidents_b_cubed_f1": figures.b_cubed_f1, "origin_ranges_right": figures.ranges_right,
        "contradictions_f1": figures.contradictions_f1,
    }  # fmt: skip
    if as_json:
        click.echo(json.dumps({**told, "claims": len(figures.labels), "incidents": len(figures.ranges)}))
        return
    console = Console(highlight=False)
    console.print(f"{len(figures.labels)} labelled claims of {len(figures.ranges)} incidents\n")
    table = Table("", "", box=None, pad_edge=False)
    for name, value in told.items():
        table.add_row(name.replace("_", " ").replace("f1", "F1").replace("b cubed", "B-cubed"), f"{value:.3f}")
    console.print(table)
    _tell_common(console, figures.misses, misses)


def _tell_roots(figures: roots.RootFigures, misses: int, as_json: bool) -> None:
    if as_json:
        told = {"sentences": len(figures.pairs), "macro_f1": figures.macro_f1, "accuracy": figures.accuracy}
        click.echo(json.dumps({**told, "roots": figures.by_root}))
        return
    console = Console(highlight=False)
    console.print(f"{len(figures.pairs)} sentences, accuracy {figures.accuracy:.3f}, macro F1 {figures.macro_f1:.3f}\n")
    table = Table("root", "P", "R", "F1", box=None, pad_edge=False)
    for root, values in figures.by_root.items():
        table.add_row(root, *(f"{v:.3f}" for v in values))
    console.print(table)
    _tell_common(console, figures.misses, misses)


def _tell_times(figures: times.TimeFigures, misses: int, as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps(
                {
                    "texts": figures.texts, "coded": figures.marked, "found": figures.found, "relaxed": figures.relaxed,
                    "exact": figures.strict, "value": figures.value, "days": figures.days,
                }
            )
        )  # fmt: skip
        return
    console = Console(highlight=False)
    console.print(f"{figures.texts} texts, {figures.marked} time expressions coded, {figures.found} found\n")
    table = Table("", "P", "R", "F1", box=None, pad_edge=False)
    table.add_row("overlapping spans", *(f"{v:.3f}" for v in figures.relaxed))
    table.add_row("exact spans", *(f"{v:.3f}" for v in figures.strict))
    console.print(table)
    days = f"; first and last day right: {figures.days:.3f}" if figures.days is not None else ""
    console.print(f"\nof those found, value right: {figures.value:.3f}{days}")
    _tell_common(console, figures.misses, misses)


def _tell_roles(figures: roles.RoleFigures, misses: int, as_json: bool) -> None:
    if as_json:
        told = {
            role: {"asked": figures.asked[role], "recall": figures.recall(role), "precision": figures.precision(role)}
            for role in roles.ROLES
        }
        click.echo(json.dumps({"documents": figures.documents, **told}))
        return
    console = Console(highlight=False)
    console.print(f"{figures.documents} documents\n")
    table = Table("role", "fillers", "recall", "precision", box=None, pad_edge=False)
    for role in roles.ROLES:
        table.add_row(role, str(figures.asked[role]), f"{figures.recall(role):.3f}", f"{figures.precision(role):.3f}")
    console.print(table)
    _tell_common(console, figures.misses, misses)


def _tell_common(console: Console, found: list[str], most: int) -> None:
    common = Counter(found).most_common(most)
    if common:
        console.print(f"\nThe most common of {len(found)} misses:\n")
    for miss, count in common:
        console.print(f"{count:4}  {miss}", markup=False)


def _tell_claims(figures: claims.Figures, misses: int, as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps(
                {
                    "reports": figures.reports, "gold": figures.gold, "predicted": figures.predicted, "event": figures.events,
                    "sourced_claim": figures.sourced_claims, "fields": figures.fields, "reliability": figures.reliability,
                }
            )
        )  # fmt: skip
        return
    console = Console(highlight=False)
    console.print(
        f"{figures.reports} reports, {figures.gold} coded claims, {figures.predicted} read, {figures.matched} matched\n"
    )
    table = Table("", "P", "R", "F1", box=None, pad_edge=False)
    table.add_row("events", *(f"{v:.3f}" for v in figures.events))
    table.add_row("sourced claims", *(f"{v:.3f}" for v in figures.sourced_claims))
    console.print(table)
    console.print(
        "\nType, status, polarity, actors and source all right make a sourced claim. Of the matched claims:\n"
    )
    table = Table("field", "right", "of", box=None, pad_edge=False)
    for name, share in figures.fields.items():
        table.add_row(name, f"{share:.3f}", str(figures.asked[name]))
    console.print(table)
    if figures.reliability:
        console.print("\nOf the claims that the reader was as sure of, were there:\n")
        table = Table("sure", "there", "of", box=None, pad_edge=False)
        for sure, there, count in figures.reliability:
            table.add_row(f"{sure:.2f}", f"{there:.2f}", str(count))
        console.print(table)
    worst = sorted(figures.misses, key=_gravity)[:misses]
    if worst:
        console.print(f"\nThe worst of {len(figures.misses)} misses:\n")
    for miss in worst:
        said = " -> ".join(t for t in (miss.expected, miss.got) if t)
        console.print(f"{miss.what}  [{miss.report}]  {said}", markup=False)
        console.print(f"    {miss.sentence}", markup=False, style="dim")


def _gravity(miss: claims.Miss) -> tuple[int, str]:
    order = ["polarity", "kind", "source", "anonymous", "actors", "missed", "not there"]
    return (order.index(miss.what) if miss.what in order else len(order), miss.report)
