"""Grouping by words alone: scores as worked out by hand, and a small set of invented mentions."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.errors import InvalidGold
from reportedly.weighing.evaluation.grouping_scores import adjusted_rand, b_cubed, ceaf_e, conll, muc
from reportedly.weighing.evaluation.mentions import load_mentions, score_mentions

Run = Callable[..., subprocess.CompletedProcess[bytes]]
_labels = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12)


@given(_labels)
def test_scores_lie_between_nothing_and_one_and_are_one_for_the_same_groups(pairs: list[tuple[int, int]]) -> None:
    true, found = [t for t, _ in pairs], [f for _, f in pairs]
    for measure in (b_cubed, muc, ceaf_e, conll):
        assert 0 <= measure(true, found) <= 1
    assert b_cubed(true, true) == pytest.approx(1)
    assert ceaf_e(true, true) == pytest.approx(1)
    assert adjusted_rand(true, true) == 1
    renamed = [{0: "d", 1: "c", 2: "b", 3: "a"}[f] for f in found]
    assert adjusted_rand(true, renamed) == adjusted_rand(true, found)


def test_scores_are_as_worked_out_by_hand() -> None:
    true, found = ["a", "a", "a", "b", "b"], [1, 1, 2, 2, 2]
    assert muc(true, found) == pytest.approx(2 / 3)
    assert b_cubed(true, found) == pytest.approx(11 / 15)
    assert ceaf_e(true, found) == pytest.approx(0.8)
    assert adjusted_rand(true, found) == pytest.approx(0.1667, abs=1e-4)


SENTENCES = {
    "1_1one": ("quake", "A strong quake shook Alder Bay on Monday and killed nine fishermen in the harbour ."),
    "1_2one": ("earthquake", "Nine fishermen died when an earthquake shook Alder Bay on Monday , the harbour master said ."),
    "1_1two": ("quake", "A small quake rattled windows in Stone Valley in March , and miners left the pits of Grimm ."),
    "1_2two": ("quake", "Miners of Grimm returned to Stone Valley after the quake of March rattled windows ."),
}  # fmt: skip


def rows() -> list[dict[str, Any]]:
    found = []
    for doc, (_, sentence) in SENTENCES.items():
        words = sentence.split()
        for head in ("quake", "earthquake", "shook", "rattled"):
            if head in words:
                at = words.index(head)
                lemma = {"shook": "shake", "rattled": "rattle"}.get(head, head)
                event = f"{doc[3:]} {'shaking' if head in ('shook', 'rattled') else 'quake'}"
                found.append({"doc_id": doc, "topic_id": doc[3:], "coref_chain": event, "mention_context": words, "tokens_number": [at], "mention_head_lemma": lemma})  # fmt: skip
    return found


def test_two_stories_of_one_kind_are_told_apart_better_than_by_heads(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mentions.json"
    path.write_text(json.dumps(rows()), encoding="utf-8")
    figures = score_mentions(path)
    assert figures.stories == 1
    assert figures.events > figures.events_by_head
    printed = json.loads(run("evaluate", "--layer", "mentions", path, "--json").stdout)
    assert printed["events"] == figures.events
    assert b"same head" in run("evaluate", "--layer", "mentions", path).stdout


@pytest.mark.parametrize("content", [b"{}", b"[]", b"not json", b'[{"doc_id": "1_1x"}]', b"\x1f\x8b"])
def test_a_file_that_holds_no_mentions_is_refused_in_one_line(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_bytes(content)
    with pytest.raises(InvalidGold):
        load_mentions(tmp_path / "m.json")
