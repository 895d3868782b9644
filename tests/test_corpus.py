"""The corpus of coded reports: that it is what its coding says, as large and as various as it claims, and split by conflict."""

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from reportedly.model.plover import EVENT_TYPES, MODES
from reportedly.reading.evaluation.corpus import conflicts, load_corpus

from .conftest import ROOT

CORPUS = ROOT / "corpus"


def test_what_is_kept_is_what_was_coded() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools" / "compile_corpus.py", "--check", CORPUS], capture_output=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()


def test_it_is_as_large_as_its_card_says(run: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    counts = json.loads(run("corpus", "stats", str(CORPUS), "--json").stdout)
    assert counts["reports"] >= 240
    assert counts["claims"] >= 3000
    assert counts["conflicts"] >= 40
    assert counts["without_claims"] >= counts["reports"] / 10
    assert set(counts["types"]) == set(EVENT_TYPES)
    shown = run("corpus", "stats", str(CORPUS), "--part", "test").stdout.decode()
    assert "ASSAULT" in shown


def test_no_conflict_is_in_two_parts() -> None:
    parts = [{path.name for path in conflicts(CORPUS, part)} for part in ("train", "dev", "test")]
    assert sum(map(len, parts)) == len(set.union(*parts)) == len([p for p in CORPUS.iterdir() if p.is_dir()])


def _spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= value.keys():
            yield value
        for inner in value.values():
            yield from _spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _spans(inner)


def test_every_offset_holds() -> None:
    for report in load_corpus(CORPUS):
        for claim in report.claims:
            assert claim["event"] in EVENT_TYPES
            assert set(filter(None, (claim["mode"] or "").split("|"))) <= MODES[claim["event"]]
            for span in _spans(claim["spans"]):
                assert report.text[span["start"] : span["end"]] == span["text"], report.name


def test_no_two_reports_are_of_one_mould() -> None:
    seen: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for report in load_corpus(CORPUS):
        words = re.findall(r"\w+", report.text.lower())
        for i in range(len(words) - 7):
            seen[tuple(words[i : i + 8])].add(report.name)
    assert {" ".join(words): names for words, names in seen.items() if len(names) > 1} == {}


def test_a_folder_that_is_no_corpus_is_refused(run: Callable[..., subprocess.CompletedProcess[bytes]]) -> None:
    done = run("corpus", "stats", str(ROOT / "tests" / "coded"))
    assert done.returncode == 2
    assert b"no corpus" in done.stderr
