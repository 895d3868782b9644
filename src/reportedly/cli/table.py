"""A reading as a table that fits 100 columns: claims by who says so, then warnings, then the sourcing."""

from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reportedly.desk import words
from reportedly.model.record import Claim, Reading

_WIDEST = 100


def print_reading(console: Console, reading: Reading, heading: str | None = None) -> None:
    """Print a reading for an analyst's eye."""
    width = min(console.width, _WIDEST)
    header = reading.report
    title = " · ".join(t for t in (heading, header.title, header.outlet, header.published) if t)
    if title:
        console.print(Text(title, style="bold"), width=width)
    if not header.published:
        console.print(
            Text("No date of publication: relative times have no dates (give --published).", style="italic"),
            width=width,
        )
    if not reading.claims:
        console.print("No claims of events in this report.", width=width)
        return
    numbered = list(enumerate(reading.claims, start=1))
    order: dict[str, int] = {}
    for _, claim in numbered:
        order.setdefault(words.chain_in_words(claim), len(order))
    numbered.sort(key=lambda item: (order[words.chain_in_words(item[1])], item[0]))
    for chain, group in groupby(numbered, key=lambda item: words.chain_in_words(item[1])):
        console.print()
        console.print(Text(f"{chain}:", style="bold"), width=width)
        console.print(_claims_table(list(group)), width=width)
    _print_warnings(console, reading, width)
    _print_list(console, "In English, in a language model's words", _renderings(reading), width)
    _print_list(console, "Where two readers disagree", _disagreements(reading), width)
    console.print()
    console.print(sourcing_line(reading), width=width)


def _claims_table(claims: list[tuple[int, Claim]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=True, header_style="dim", expand=True)
    table.add_column("", justify="right", width=3, no_wrap=True)
    table.add_column("how", width=12)
    table.add_column("what", ratio=18, min_width=14)
    table.add_column("who → whom", ratio=34)
    table.add_column("where", ratio=17)
    table.add_column("when", width=11)
    for number, claim in claims:
        table.add_row(
            str(number),
            Text(words.status_in_words(claim.status), style=_STYLES.get(claim.status.kind, "")),
            Text.assemble(words.event_in_words(claim).replace("/", " "), (f" “{claim.trigger.text}”", "dim")),
            Text(words.participants_in_words(claim)),
            Text(words.places_in_words(claim)),
            Text(words.time_in_words(claim.time)),
        )
    return table


_STYLES = {"planned": "yellow", "predicted": "magenta", "demanded": "cyan", "conditional": "blue"}


def _print_warnings(console: Console, reading: Reading, width: int) -> None:
    warnings = [(n, c) for n, c in enumerate(reading.claims, start=1) if c.is_warning]
    if not warnings:
        return
    console.print()
    console.print(Text("Warnings: violence planned or expected", style="bold"), width=width)
    by_place: dict[tuple[str, str], list[tuple[int, Claim]]] = {}
    for number, claim in warnings:
        key = (words.places_in_words(claim) or "no place given", words.time_in_words(claim.time) or "no time given")
        by_place.setdefault(key, []).append((number, claim))
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=False, expand=True)
    table.add_column("where", ratio=30)
    table.add_column("when", ratio=24)
    table.add_column("what", ratio=46)
    for (place, window), claims in by_place.items():
        said = [
            f"{words.event_in_words(c)} by {', '.join(p.name for p in c.actors) or 'nobody named'}, {words.status_in_words(c.status)} ({n})"
            for n, c in claims
        ]
        table.add_row(Text(place), Text(window), Text("; ".join(said)))
    console.print(table, width=width)


def _renderings(reading: Reading) -> list[tuple[int, str]]:
    """What claims of a report in another language say; one in English speaks for itself."""
    if reading.report.language == "en":
        return []
    return [(n, c.rendering.text) for n, c in enumerate(reading.claims, start=1) if c.rendering is not None]


def _disagreements(reading: Reading) -> list[tuple[int, str]]:
    return [
        (n, "; ".join(words.readers_in_words(c)))
        for n, c in enumerate(reading.claims, start=1)
        if c.disagreements or len(c.readers) == 1
    ]


def _print_list(console: Console, title: str, entries: list[tuple[int, str]], width: int) -> None:
    if not entries:
        return
    console.print()
    console.print(Text(title, style="bold"), width=width)
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_header=False, expand=True)
    table.add_column("", justify="right", width=3, no_wrap=True)
    table.add_column("")
    for number, text in entries:
        table.add_row(str(number), Text(text))
    console.print(table, width=width)


def sourcing_line(reading: Reading) -> str:
    """ "27 claims, 1 outlet, 3 sources, all anonymous"."""
    sources: dict[str, bool] = {}
    outlet_voice = 0
    for claim in reading.claims:
        if len(claim.attribution) == 1:
            outlet_voice += 1
        for link in claim.attribution[1:]:
            source = link.source
            shown = source.name or (source.mention.text if source.mention else "somebody")
            sources.setdefault(shown.lower().removeprefix("the ").removeprefix("a "), source.anonymous)
    parts = [words.plural(len(reading.claims), "claim"), "1 outlet"]
    anonymous = sum(sources.values())
    if sources:
        parts.append(words.plural(len(sources), "source"))
        if anonymous == len(sources):
            parts.append("all anonymous" if anonymous > 1 else "anonymous")
        else:
            parts.append(f"{anonymous} of them anonymous" if anonymous else "all named")
    else:
        parts.append("no source named or quoted")
    if outlet_voice and sources:
        parts.append(f"{outlet_voice} in the outlet's own voice")
    return ", ".join(parts)
