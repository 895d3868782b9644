"""`reportedly schema`."""

import json

import click

import reportedly


@click.command()
def schema() -> None:
    """Print the JSON Schema of a reading, the public contract."""
    click.echo(json.dumps(reportedly.json_schema(), indent=2, ensure_ascii=False))
