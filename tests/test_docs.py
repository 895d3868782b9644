"""Every example in the documentation runs and prints what the documentation says; links lead somewhere."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from .conftest import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = [
    (path, match.group(1), match.group(2))
    for path in PAGES
    for match in re.finditer(r"```python\n(.*?)```\n\n```text\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
]


def test_there_are_examples() -> None:
    assert EXAMPLES


@pytest.mark.parametrize(("path", "code", "printed"), EXAMPLES, ids=[p.name for p, _, _ in EXAMPLES])
def test_python_examples(path: Path, code: str, printed: str) -> None:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, str(path), "exec"), {})
    assert out.getvalue() == printed


@pytest.mark.parametrize("path", PAGES, ids=[p.name for p in PAGES])
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
