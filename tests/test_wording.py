"""Loaded words: marked on the claim with what neutral people say, never part of anybody's name."""

from collections.abc import Callable

import pytest

from reportedly import Claim, Reader, Report
from reportedly.knowledge.wording import KINDS, loaded_phrases


def marked(reader: Reader, text: str) -> dict[str, tuple[str, str | None]]:
    layer = reader.read(Report(text=text, outlet="Test Wire", published="2025-03-05")).layers["wording"]
    return {w["words"]["text"].lower(): (w["kind"], w["neutral"]) for w in layer}


@pytest.mark.parametrize(
    ("text", "words", "kind", "neutral"),
    [
        ("The Houthi militia shelled Taiz, officials said.", "houthi militia", "label", "Houthis"),
        ("The coalition of aggression bombed Saada on Monday.", "coalition of aggression", "label", "coalition forces"),
        ("Two of the heroes were martyred near Marib.", "martyred", "martyrdom", None),
        ("The so-called governor fled to Aden.", "so-called", "doubt", None),
        ("Soldiers killed four terrorists near Gao.", "terrorists", "terror", None),
        ("The army called them “lawless elements” on Monday.", "lawless elements", "scare quotes", None),
        ("Troops neutralised nine fighters in Idlib.", "neutralised", "deed", None),
    ],
)
def test_both_sides_words_are_marked(reader: Reader, text: str, words: str, kind: str, neutral: str | None) -> None:
    assert marked(reader, text)[words] == (kind, neutral)


def test_a_name_is_no_label(reader: Reader) -> None:
    assert marked(reader, "The National Liberation Army attacked a pipeline in Arauca on Monday.") == {}


def test_what_is_said_by_somebody_is_no_scare_quote(reader: Reader) -> None:
    assert marked(reader, "“We will come back to this village tomorrow morning,” the commander said.") == {}


def test_a_claim_keeps_the_words_of_its_sentence_and_names_nobody_by_them(
    claims_of: Callable[..., tuple[Claim, ...]],
) -> None:
    (claim,) = claims_of("The terrorist Houthi militia shelled a market in Taiz on Monday, officials said.")
    assert "Houthi militia" in {span.text for span in claim.wording}
    assert [p.name for p in claim.actors] == ["Houthis"]


def test_every_kind_of_the_table_is_one_we_know() -> None:
    assert {loaded.kind for loaded in loaded_phrases().values()} == KINDS
