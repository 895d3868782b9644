"""The command line within the tests' own process: what a user sees, without a second of imports for each call."""

import contextlib
import io
import subprocess
import sys
from pathlib import Path

import pytest

from reportedly.cli.main import main


def run_here(
    monkeypatch: pytest.MonkeyPatch, *arguments: str | Path, stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `reportedly` with these arguments and variables; what it printed, and its exit status."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True) for _ in range(2))
    with monkeypatch.context() as patched:
        for name, value in {"NO_COLOR": "1", **environment}.items():
            patched.setenv(name, value)
        patched.setattr(sys, "argv", ["reportedly", *map(str, arguments)])
        patched.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
            main()
    printed = (stream.buffer.getvalue().decode() for stream in (out, err))
    return subprocess.CompletedProcess(sys.argv, int(ended.value.code or 0), *printed)
