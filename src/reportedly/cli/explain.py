"""`reportedly read REPORT --explain N`: why a claim says what it says, layer by layer."""

import click
from rich.console import Console

from reportedly.desk import words
from reportedly.reading.reader import Readable

_LAYERS = {
    "who_says": "Who says so",
    "what": "What",
    "who": "Who",
    "where": "Where",
    "when": "When",
    "how_said": "How it is said",
}


def explain_claim(console: Console, result: Readable, number: int) -> None:
    """Print one claim (counted from 1, as the table counts) with the reasons of each layer."""
    claims = result.reading.claims
    if not 1 <= number <= len(claims):
        raise click.UsageError(
            f"--explain {number}: this report has {words.plural(len(claims), 'claim')}, counted from 1"
        )
    claim = claims[number - 1]
    console.print(f"Claim {number}: {words.event_in_words(claim)}, {words.status_in_words(claim.status)}", style="bold")
    console.print(f"  {words.participants_in_words(claim)}", markup=False)
    console.print(f"  says {words.chain_in_words(claim)}\n", markup=False)
    console.print(f"  “{claim.sentence.text}”\n", markup=False)
    why = result.why[claim.id]
    for layer, name in _LAYERS.items():
        console.print(name, style="bold")
        for reason in why.get(layer) or [_NOTHING.get(layer, "nothing in the text")]:
            console.print(f"  {reason}", markup=False)
    place_time = [t for t in (words.places_in_words(claim), words.time_in_words(claim.time)) if t]
    if place_time:
        console.print(f"\n{'; '.join(place_time)}", markup=False)


_NOTHING = {
    "how_said": "told plainly, as having happened",
    "who_says": "in the outlet's own voice",
    "when": "no time stands with it",
    "where": "no place stands with it",
}
