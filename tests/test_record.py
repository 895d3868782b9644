"""The record and the public face: what the contract says holds for every reading."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportedly
from reportedly import Reader, Report, UnsupportedLanguage

from .conftest import ROOT

FACE = {
    "Attribution", "Casebook", "CasebookError", "Claim", "Component", "Event", "FetchFailed", "Filter", "InvalidGold", "InvalidKnowledge", "InvalidMetadata", "InvalidModel", "Participant", "Place",
    "Range", "Reader", "Reading", "Report", "ReportedlyError", "Result", "Source", "Span", "Status", "Time", "Toll",
    "UnreadableReport", "UnsupportedLanguage", "__version__", "json_schema", "read", "read_file", "read_many",
}  # fmt: skip


def spans(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if set(value) == {"start", "end", "text"}:
            yield value
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from spans(inner)


def check_spans(reader: Reader, text: str) -> None:
    result = reader.read(Report(text=text, published="2025-03-05"))
    for part in (result.reading.model_dump(mode="json", by_alias=True)["claims"], result.layers):
        for span in spans(part):
            assert text[span["start"] : span["end"]] == span["text"]
    for claim in result.reading.claims:
        assert claim.attribution
        assert claim.sentence.start <= claim.trigger.start
        assert claim.trigger.end <= claim.sentence.end


def test_the_public_face_is_what_it_says() -> None:
    assert set(reportedly.__all__) == FACE
    assert all(hasattr(reportedly, name) for name in FACE)


def test_reading_validates_against_its_own_model(reader: Reader) -> None:
    report = reportedly.read_file(ROOT / "examples" / "jilib-agreement.txt")
    reading = reader.read(report).reading
    again = reportedly.Reading.model_validate_json(reading.model_dump_json(by_alias=True))
    assert again == reading
    assert len(reading.claims) > 8


def test_the_schema_names_the_contract() -> None:
    schema = reportedly.json_schema()
    assert schema["properties"]["schema"]["enum"] == [1, 2, 3]
    assert set(schema["properties"]) == {"schema", "report", "reader", "claims"}
    json.dumps(schema)


def test_ids_are_stable_and_distinct(reader: Reader) -> None:
    report = reportedly.read_file(ROOT / "examples" / "cauca-statements.txt")
    first, second = (reader.read(report).reading for _ in range(2))
    ids = [c.id for c in first.claims]
    assert ids == [c.id for c in second.claims]
    assert len(set(ids)) == len(ids)


def test_claims_come_in_the_order_of_their_triggers(reader: Reader) -> None:
    for path in sorted((ROOT / "examples").glob("*.txt")):
        starts = [c.trigger.start for c in reader.read(reportedly.read_file(path)).reading.claims]
        assert starts == sorted(starts)


def test_another_language_is_refused_by_name(reader: Reader) -> None:
    text = "Le ministère a annoncé mardi que des hommes armés avaient attaqué un village et enlevé plusieurs habitants pendant la nuit."
    with pytest.raises(UnsupportedLanguage, match="French"):
        reader.read(Report(text=text))


_PIECES = st.sampled_from(
    [
        "Rebels attacked the town", " ", "\n", "\r\n", "\n\n", "\u200f", "\u202e", "“", "”", '"', "- ", "1. ", ", the army said", ". ", "!",
        "on Monday", " killing 12 people", "قال الجيش", "Киев", "🚒", "\u0000", "A:", "(RSF)", " – ", "\t", "'s", "He added that", " if ", "\u2028",
        "the second point states", "in Aden, Abyan and Taiz", "e\u0301", "\ufeff", "said said said", "between 3 and", "Mr. ", "...",
    ]
)  # fmt: skip


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(pieces=st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=25))
def test_every_span_stands_in_the_text_whatever_the_text(reader: Reader, pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        check_spans(reader, text)
    except UnsupportedLanguage:
        return


def test_a_megabyte_in_one_line(reader: Reader) -> None:
    sentence = "Rebels attacked the town of Gao on Monday, killing two people, a resident said, and prices rose. "
    text = sentence * (1_000_000 // len(sentence))
    result = reader.read(Report(text=text, published="2025-03-05"))
    assert len(result.reading.claims) > 1000
    for claim in result.reading.claims[::500]:
        assert text[claim.trigger.start : claim.trigger.end] == claim.trigger.text


def test_line_ends_do_not_change_what_is_read(reader: Reader) -> None:
    text = reportedly.read_file(ROOT / "examples" / "cauca-statements.txt").text
    plain = reader.read(Report(text=text, published="2025-09-16")).reading.claims
    windows = reader.read(Report(text=text.replace("\n", "\r\n"), published="2025-09-16")).reading.claims
    assert [(c.trigger.text, c.event, c.status.kind) for c in plain] == [
        (c.trigger.text, c.event, c.status.kind) for c in windows
    ]
