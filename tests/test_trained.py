"""The trained layers: what holds for every reading, whatever the weights; how well they read is told in test_accuracy."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import InvalidModel, Reader, Report
from reportedly.model.plover import EVENT_TYPES, MODES
from reportedly.reading.parser import parse
from reportedly.reading.trained.attributions import relations
from reportedly.reading.trained.networks import run as run_network

from .conftest import ROOT

BRIEF = (
    "BEIRA, May 3 - Gunmen on motorcycles attacked a police post in Dondo on Tuesday, killing two constables, the governor said.\n\n"
    "A resident told Radio Pungwe that the attackers had taken a nurse with them. The army denied that a nurse was missing.\n\n"
    "Reinforcements will be sent from Chimoio within days, a military source said, and further raids are likely."
)  # fmt: skip


def test_every_value_points_at_its_words(trained: Reader) -> None:
    report = Report(text=BRIEF, outlet="Zambezi Sentinel", published="2021-05-05")
    claims = trained.read(report).reading.claims
    assert claims
    for claim in claims:
        for span in (claim.sentence, claim.trigger, *claim.means, *claim.targets, *(p.mention for p in claim.actors)):
            assert report.text[span.start : span.end] == span.text
        assert claim.sentence.start <= claim.trigger.start < claim.sentence.end
        assert claim.confidence is not None
        assert 0 <= claim.confidence <= 1
        modes = (claim.event.mode or "").split("|")
        assert set(filter(None, modes)) <= MODES[claim.event.type]


def test_rules_are_never_sure_and_can_still_be_asked_for(reader: Reader, trained: Reader) -> None:
    report = Report(text=BRIEF, outlet="Zambezi Sentinel", published="2021-05-05")
    reading = reader.read(report).reading
    assert {claim.confidence for claim in reading.claims} == {None}
    assert reading.reader.name == "rules"
    assert trained.version.name == "trained"
    assert "weights." in trained.version.version


def test_the_same_text_is_read_the_same_way_alone_and_among_others(trained: Reader) -> None:
    reports = [
        Report(text=BRIEF, outlet="A"),
        Report(text="Markets were quiet.", outlet="B"),
        Report(text=BRIEF, outlet="A"),
    ]
    first, quiet, again = (result.reading.claims for result in trained.pipe(reports))
    assert first == again
    assert quiet == ()


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400))
def test_no_text_breaks_the_layers(text: str) -> None:
    # Below the check of language: whatever the parser yields must pass through.
    for document in parse([Report(text=text)]):
        for relation in relations(document):
            assert all(
                0 <= a <= b < len(document.words) for a, b in (*relation.source, *relation.cue, *relation.content)
            )


def test_a_sentence_longer_than_a_window_is_read_as_far_as_it_goes(trained: Reader) -> None:
    endless = "Police said that " + ", ".join(f"group {i} attacked village {i}" for i in range(200)) + "."
    assert trained.read(Report(text=endless)).reading.claims


def test_who_says_is_found_with_its_words() -> None:
    (document,) = parse(
        [Report(text="The mayor of Dondo said that two bridges had been burned. Nobody was hurt, a nurse added.")]
    )
    found = relations(document)
    told = [" ".join(document.words[i].text for i in sorted(r.words_of(r.source))) for r in found]
    assert any("mayor" in source for source in told)
    assert any("nurse" in source for source in told)


def test_a_network_that_is_not_there_is_told_in_one_line() -> None:
    with pytest.raises(InvalidModel, match="--reader rules"):
        run_network("no_such_network", {})


MARKED = "The mayor said the bridge had burned.\n"
MARKS = "T1\tSource 0 9\tThe mayor\nT2\tCue 10 14\tsaid\nT3\tContent 15 36\tthe bridge had burned\nT4\tAttribution 10 14\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"


def test_attributions_can_be_scored_against_brat_files(
    tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    (tmp_path / "a.txt").write_text(MARKED, encoding="utf-8")
    (tmp_path / "a.ann").write_text(MARKS, encoding="utf-8")
    done = run("evaluate", "--layer", "who_says", "--json", str(tmp_path), reader="trained")
    figures = json.loads(done.stdout)
    assert figures["texts"] == 1
    assert set(figures) == {"texts", "source", "cue", "content", "whole"}
    shown = run("evaluate", "--layer", "who_says", str(tmp_path)).stdout.decode()
    assert "whole relations" in shown


def test_a_folder_without_marked_texts_is_refused(
    tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    done = run("evaluate", "--layer", "who_says", str(tmp_path))
    assert done.returncode == 2
    assert b"no marked texts" in done.stderr


def test_event_types_of_the_networks_are_those_of_the_record() -> None:
    # The networks' outputs are counted off in this order.
    assert EVENT_TYPES[0] == "AGREE"
    assert len(EVENT_TYPES) == 16
    assert (ROOT / "src" / "reportedly" / "reading" / "trained" / "weights" / "encoder.onnx").is_file()


def test_it_is_the_reader_that_reads_where_none_is_named(
    tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    (tmp_path / "a.txt").write_text(BRIEF, encoding="utf-8")
    data = json.loads(run("read", tmp_path / "a.txt", "--format", "json", reader="").stdout)
    assert data["schema"] == 3
    assert data["reader"]["name"] == "trained"
    by_rules = json.loads(run("read", tmp_path / "a.txt", "--format", "json", "--reader", "rules", reader="").stdout)
    assert by_rules["reader"]["name"] == "rules"


def test_layers_hold_what_the_trained_ones_found(
    tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    (tmp_path / "a.txt").write_text(BRIEF, encoding="utf-8")
    layers = json.loads(run("read", tmp_path / "a.txt", "--format", "json", "--layers", reader="").stdout)["layers"]
    assert layers["told"]
    assert all(BRIEF[t["trigger"]["start"] : t["trigger"]["end"]] == t["trigger"]["text"] for t in layers["told"])
    assert {"source", "cue", "content", "score"} == set(layers["who_says"][0])


JUDGED = [
    {"text": "Gunmen attacked the village .", "targets": [{"span1": [1, 2], "label": 3.0}]},
    {"text": "The army denied that its men had shelled the camp .", "targets": [{"span1": [7, 8], "label": -2.5}]},
    {"text": "The rebels may attack the town .", "targets": [{"span1": [3, 4], "label": 0.5}]},
]


def test_how_it_is_said_can_be_scored_against_judged_words(
    tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    path = tmp_path / "judged.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in JUDGED), encoding="utf-8")
    figures = json.loads(run("evaluate", "--layer", "how_said", path, "--json").stdout)
    assert figures["judged"] == 3
    assert figures["mae"] < 1.5
    assert figures["r"] > 0.9
    assert b"Pearson" in run("evaluate", "--layer", "how_said", path).stdout
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    assert run("evaluate", "--layer", "how_said", tmp_path / "empty.jsonl").returncode == 2


ROOTED = [
    ("The minister condemned the raid of the rebels.", "The minister", "the rebels", "ACCUSE"),
    ("The president met the envoy of the rebels in the capital.", "The president", "the envoy", "CONSULT"),
    ("Rebels killed four soldiers near the bridge.", "Rebels", "four soldiers", "ASSAULT"),
    ("The army freed twelve prisoners on Monday.", "The army", "twelve prisoners", "YIELD"),
    ("Police arrested the leader of the strikers.", "Police", "the leader", "COERCE"),
]


def test_what_one_participant_does_to_another_can_be_scored(
    tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    path = tmp_path / "roots.tsv"
    lines = ["sentence\tsource\ttarget\tgold_root", *("\t".join(row) for row in ROOTED)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    figures = json.loads(run("evaluate", "--layer", "what", path, "--json").stdout)
    assert figures["sentences"] == len(ROOTED)
    assert figures["macro_f1"] == 1.0
    assert set(figures["roots"]) == {row[3] for row in ROOTED}
    assert b"macro F1 1.000" in run("evaluate", "--layer", "what", path).stdout
    path.write_text("sentence\troot\nx\ty\n", encoding="utf-8")
    refused = run("evaluate", "--layer", "what", path)
    assert refused.returncode == 2
    assert b"gold_root" in refused.stderr
