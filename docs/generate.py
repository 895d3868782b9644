"""Writes the generated parts of the documentation: every command's help, the picture of the real output.

`--check` writes nothing and fails where a part is not what the code would generate.
"""

import io
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ["COLUMNS"] = "100"

import click
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.cli.lists import claims_table
from reportedly.cli.main import cli
from reportedly.cli.prepare import prepare_places
from reportedly.cli.table import print_reading
from reportedly.intake.files import read_file
from reportedly.model.acquisition import Acquisition, Original, now
from reportedly.reading.reader import Reader

ROOT = Path(__file__).resolve().parent.parent
_THEME = TerminalTheme(
    (255, 255, 255),
    (30, 30, 30),
    [(0, 0, 0), (170, 40, 30), (30, 120, 60), (150, 100, 0), (0, 80, 160), (140, 40, 120), (0, 110, 130), (80, 80, 80)],
)
_SVG = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>{lines}</defs>
<rect width="100%" height="100%" rx="6" fill="#ffffff" stroke="#d0d0d0"/>
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""


def commands() -> str:
    """Help of every command as Markdown."""
    parts = ["# Commands\n\nGenerated from the code; do not edit.\n"]

    def add(command: click.Command, path: str) -> None:
        context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
        parts.append(f"## {path}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                assert inner is not None
                add(inner, f"{path} {name}")

    add(cli, "reportedly")
    return "\n".join(parts)


def picture() -> str:
    """The table of the example report, as an image of the real output."""
    prepare_places()
    report = read_file(ROOT / "examples" / "jilib-agreement.txt")
    console = Console(record=True, width=100, file=io.StringIO(), highlight=False, force_terminal=True)
    print_reading(console, Reader().read(report).reading)
    return console.export_svg(title="", theme=_THEME, code_format=_SVG, unique_id="reportedly")


def claims_picture() -> str:
    """The list of claims of a casebook with the examples in it."""
    prepare_places()
    console = Console(record=True, width=100, file=io.StringIO(), highlight=False, force_terminal=True)
    with TemporaryDirectory() as folder, Casebook.create(f"{folder}/casebook") as casebook:
        reader = Reader()
        for path in sorted((ROOT / "examples").glob("*.txt")):
            original = Original(path.read_bytes(), "text/plain", path.name, now(), "documentation")
            casebook.read(casebook.keep(Acquisition(original, read_file(path))).version, reader)
        console.print("$ reportedly claims --place Somalia --limit 6", style="bold", markup=False)
        console.print(claims_table(list(casebook.claims(Filter(place="Somalia"), limit=6))))
    return console.export_svg(title="", theme=_THEME, code_format=_SVG, unique_id="claims")


def main() -> int:
    """Write or check; returns the exit status."""
    wanted = {
        "docs/commands.md": commands(),
        "docs/images/table.svg": picture(),
        "docs/images/claims.svg": claims_picture(),
    }
    stale = [
        name
        for name, text in wanted.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv:
        for name in stale:
            print(f"{name} is not what the code generates; run: make docs", file=sys.stderr)
        return 1 if stale else 0
    for name in stale:
        (ROOT / name).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / name).write_text(wanted[name], encoding="utf-8")
        print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
