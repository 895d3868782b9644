"""`reportedly places`."""

import json

import click
from rich.console import Console
from rich.table import Table

from reportedly.cli.prepare import prepare_places
from reportedly.errors import UnknownPlace
from reportedly.knowledge import actors
from reportedly.knowledge.gazetteer import Candidate
from reportedly.knowledge.gazetteer_index import CONSONANTS, OTHER, PLAIN, SOUND
from reportedly.reading import place_resolution

_FOUND_BY = {PLAIN: "its name", OTHER: "another name", SOUND: "its sound", CONSONANTS: "its consonants"}


@click.command()
@click.argument("name")
@click.option("--country", metavar="CODE", help="The country at hand: ISO alpha-3, such as YEM.")
@click.option(
    "--most", type=click.IntRange(1, 60), default=10, show_default=True, metavar="N", help="Show N candidates."
)
@click.option("--json", "as_json", is_flag=True, help="Print the candidates as JSON lines.")
def places(name: str, country: str | None, most: int, as_json: bool) -> None:
    """Show which places NAME may mean, the likeliest first, and why it is first.

    In a report the other places and the words beside a name count too; here it stands alone.
    """
    home = country.upper() if country else None
    if home is not None and home not in actors.countries():
        raise click.UsageError(
            f"--country {country}: no such country. Use its ISO 3166-1 alpha-3 code, such as YEM or UKR"
        )
    prepare_places()
    ranked = place_resolution.rank(" ".join(name.split()), home)
    if not ranked.candidates:
        hint = "" if home else " Try --country CODE: looser spellings are tried there"
        raise UnknownPlace(f"{name}: no place bears this name.{hint}")
    shown = ranked.candidates[:most]
    if as_json:
        for candidate, score in zip(shown, ranked.scores, strict=False):
            found_by = _FOUND_BY[candidate.how]
            click.echo(
                json.dumps(
                    {
                        **candidate._asdict(),
                        "how": found_by,
                        "capital": bool(candidate.capital),
                        "score": round(score, 2),
                    },
                    ensure_ascii=False,
                )
            )
        return
    console = Console(highlight=False)
    table = Table("", "place", "kind", "in", "people", "GeoNames", "P-code", "score", box=None, pad_edge=False)
    for column in table.columns[2:]:
        column.no_wrap = True
    for number, (candidate, score) in enumerate(zip(shown, ranked.scores, strict=False), start=1):
        table.add_row(
            str(number), candidate.name, candidate.kind, _lies_in(candidate), f"{candidate.population:,}" if candidate.population else "",
            str(candidate.geonames or ""), candidate.pcode or "", f"{score:.1f}",
        )  # fmt: skip
    console.print(table)
    if len(ranked.candidates) > most:
        console.print(f"and {len(ranked.candidates) - most} more", style="dim")
    reasons = place_resolution.reasons(ranked, shown[0], 6)
    first = shown[0]
    console.print(f"\n{first.name}, {first.kind}{_at(first)}, is found by {_FOUND_BY[first.how]}", markup=False)
    console.print(f"and first for: {'; '.join(reasons)}", markup=False)


def _lies_in(candidate: Candidate) -> str:
    division = candidate.admin1 if candidate.kind in ("place", "admin2") else None
    return ", ".join(part for part in (division, candidate.country) if part)


def _at(candidate: Candidate) -> str:
    return "" if candidate.lat is None else f" at {candidate.lat:.3f}, {candidate.lon:.3f}"
