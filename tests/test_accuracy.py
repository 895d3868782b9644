"""Accuracy floors: what the reader reaches on coded reports may rise, never fall; each floor is pinned to its corpus' hash."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from reportedly import InvalidGold
from reportedly.cli.evaluate import attribution_figures_of, figures_of, place_figures_of, time_figures_of
from reportedly.model.record import ReaderName
from reportedly.reading.evaluation import claims as evaluation
from reportedly.reading.evaluation.corpus import conflicts, load_corpus
from reportedly.reading.language_model.reader import ModelReader

from .conftest import ROOT

CODED = ROOT / "tests" / "coded"
OTHERS = next(iter(sorted(ROOT.parent.glob("*/gold/dev"))), ROOT.parent / "gold")
"""More coded reports, where somebody keeps them beside the checkout; they are not part of it."""


def corpus_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


FLOORS = {
    CODED: (
        "995b54ebcb069fc7",
        0.96,
        0.96,
        # One more claim is found than before, the place of which is not recognised: so places stand lower.
        {"actors": 0.99, "source": 0.99, "kind": 0.98, "places": 0.95, "time": 0.98},
    ),
    OTHERS: (
        "bc77fed31532f8e6",
        0.96,
        0.88,
        {"actors": 0.93, "source": 0.97, "kind": 0.98, "places": 0.92, "time": 0.94},
    ),
}


@pytest.mark.parametrize("folder", FLOORS, ids=["shipped reports", "other coded reports"])
def test_accuracy_does_not_fall(folder: Path) -> None:
    pinned, events, sourced, fields = FLOORS[folder]
    if folder is OTHERS and (not folder.is_dir() or corpus_hash(folder) != pinned):
        pytest.skip("these coded reports are not on this machine")
    assert corpus_hash(folder) == pinned, "the corpus has changed: measure anew and pin the new figures"
    check(figures_of(folder, "rules"), events, sourced, fields)


def check(figures: evaluation.Figures, events: float, sourced: float, fields: dict[str, float]) -> None:
    """Hold figures against their floors."""
    assert figures.events[2] >= events
    assert figures.sourced_claims[2] >= sourced
    below = {name: figures.fields[name] for name, floor in fields.items() if figures.fields[name] < floor}
    assert below == {}


TEST_PART = "52923d00ce7d8957"
CORPUS_FLOORS: dict[ReaderName, tuple[float, float, dict[str, float]]] = {
    "trained": (
        0.64,
        0.38,
        {
            "kind": 0.92,
            "polarity": 0.96,
            "chain": 0.86,
            "source": 0.81,
            "source_type": 0.80,
            "anonymous": 0.89,
            "actors": 0.81,
            "places": 0.80,
            "toll": 0.50,
            "time": 0.56,
        },
    ),
    "rules": (0.565, 0.345, {"kind": 0.93, "polarity": 0.97}),
}
"""What each reader reaches on the corpus' test part, which nothing was trained or tuned on, less what another processor's rounding may cost."""


@pytest.mark.parametrize("name", CORPUS_FLOORS)
def test_accuracy_on_conflicts_never_seen_does_not_fall(name: ReaderName) -> None:
    digest = hashlib.sha256()
    for folder in conflicts(ROOT / "corpus", "test"):
        for path in sorted(folder.glob("*.gold.json")):
            digest.update(
                path.name.encode()
                + b"\0"
                + path.read_bytes()
                + path.with_name(path.name.replace(".gold.json", ".txt")).read_bytes()
            )
    assert digest.hexdigest()[:16] == TEST_PART, "the corpus has changed: measure anew and pin the new figures"
    check(figures_of(ROOT / "corpus", name, "test"), *CORPUS_FLOORS[name])


TIMES = ROOT / "tests" / "time_expressions.txt"
ARTICLES = next(iter(sorted(ROOT.parent.glob("*/data/places/lgl.xml"))), ROOT.parent / "lgl.xml")
"""A public corpus of marked places, where somebody keeps it beside the checkout."""


def file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def test_times_are_found_and_dated() -> None:
    assert file_hash(TIMES) == "606968296bce88a9", "the texts have changed: measure anew and pin the new figures"
    figures = time_figures_of(TIMES)
    assert figures.marked >= 240
    assert figures.relaxed[2] >= 0.99
    assert figures.value >= 0.99
    assert figures.days is not None
    assert figures.days >= 0.985


def test_places_are_found_and_placed() -> None:
    if not ARTICLES.is_file() or file_hash(ARTICLES) != "d251018853e8d0f7":
        pytest.skip("these marked articles are not on this machine")
    figures = place_figures_of(ARTICLES)
    assert figures.strict[2] >= 0.80
    assert figures.near_of_marked >= 0.60


MARKED = next(iter(sorted(ROOT.parent.glob("*/data/attribution/dev"))), ROOT.parent / "attribution")
"""PolNeAR's development part, where somebody keeps it beside the checkout."""


def test_attributions_are_found_as_well_as_people_mark_them() -> None:
    digest = hashlib.sha256()
    for path in sorted(MARKED.rglob("*")):
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    if digest.hexdigest()[:16] != "4839db5cf441ac7c":
        pytest.skip("these marked articles are not on this machine")
    figures = attribution_figures_of(MARKED)
    reached = {part: figures.of(part)[2] for part in ("source", "cue", "content", "whole")}
    floors = {"source": 0.80, "cue": 0.73, "content": 0.69, "whole": 0.58}
    assert {part: value for part, value in reached.items() if value < floors[part]} == {}


def test_the_scorer_counts_each_claim_once(tmp_path: Path) -> None:
    for path in CODED.glob("waziristan.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (report,) = evaluation.load(tmp_path)
    figures = evaluation.Figures()
    evaluation.score(report, (), figures)
    assert (figures.gold, figures.predicted, figures.matched) == (len(report.claims), 0, 0)
    assert figures.events == (0.0, 0.0, 0.0)
    assert [m.what for m in figures.misses] == ["missed"] * len(report.claims)


def test_a_broken_corpus_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.gold.json").write_text("[")
    with pytest.raises(InvalidGold):
        evaluation.load(tmp_path)


RECORDED = ROOT / "tests" / "recorded"
RECORDED_FLOORS = {
    "corpus-dev": (ROOT / "corpus", "dev", "888f315ebcc4f89b", 0.84, 0.70),
    "gold-dev": (OTHERS, None, "0cc975c537414748", 0.96, 0.88),
}
"""Reports that a strong language model answered, its answers, and what comes of them when they are held to the text."""


class RecordedFor:
    """The answers to some reports, whatever is asked about them by now: what is scored is how answers are taken, not how requests are written."""

    url: str | None = None

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.by_title = json.loads((folder / "titles.json").read_text(encoding="utf-8"))

    def ask(self, request: Mapping[str, Any]) -> Any:
        title = json.loads(request["messages"][1]["content"].split("\n", 1)[0])["title"]
        return json.loads((self.folder / f"{self.by_title[title]}.answer.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", RECORDED_FLOORS)
def test_what_comes_of_a_strong_model_s_answers_does_not_fall(name: str) -> None:
    reports, part, pinned, events, sourced = RECORDED_FLOORS[name]
    assert corpus_hash(RECORDED / name) == pinned, "the answers have changed: measure anew and pin the new figures"
    if reports is OTHERS and (not reports.is_dir() or corpus_hash(reports) != FLOORS[OTHERS][0]):
        pytest.skip("these coded reports are not on this machine")
    answers = RecordedFor(RECORDED / name)
    reader = ModelReader(answers, "recorded")
    figures = evaluation.Figures()
    coded = load_corpus(reports, part) if part is not None else evaluation.load(reports)
    for report in coded:
        if report.title in answers.by_title:
            evaluation.score(report, reader.read(report.report).reading.claims, figures)
    assert figures.reports == len(answers.by_title)
    check(figures, events, sourced, {})
