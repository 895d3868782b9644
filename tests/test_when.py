"""When: expressions against dateline and tense, times that carry, and the corpora that the layer is scored on."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import Claim, InvalidGold
from reportedly.cli.evaluate import time_figures_of
from reportedly.reading.evaluation.times import load_times
from reportedly.reading.time_expressions import expressions
from reportedly.reading.time_units import Setting
from reportedly.reading.time_values import value_of

Claims = Callable[..., tuple[Claim, ...]]

DATES = st.dates(min_value=date(1950, 1, 1), max_value=date(2070, 12, 31))
EXPRESSIONS = [
    "on Monday", "last Friday", "next Sunday", "yesterday", "the day after tomorrow", "overnight", "last night", "this morning",
    "in the coming hours", "in the past 48 hours", "last week", "next month", "this year", "over the weekend", "two weeks ago", "a year ago",
    "in March", "since October", "by the end of the year", "at the beginning of this week", "in mid-June", "in early 2014", "on 31 January",
    "between 3 and 7 May", "from Monday to Thursday", "the next day", "three days later", "in the first quarter", "during Ramadan", "at Christmas",
    "on the 20th of the same month", "earlier this month", "in the 1990s", "within ten days", "on Thursday night", "at dawn on Saturday",
]  # fmt: skip


def values(text: str, day: date, future: bool) -> list[tuple[date | None, date | None]]:
    found = [value_of(e.kind, e.text, Setting(day, future, day)) for e in expressions(text)]
    return [(v.start, v.end) for v in found]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(EXPRESSIONS), DATES, st.booleans())
def test_every_window_begins_before_it_ends(text: str, day: date, future: bool) -> None:
    ((start, end),) = values(f"They left {text}.", day, future)
    assert start is not None or end is not None
    assert start is None or end is None or start <= end


@given(DATES, st.sampled_from(["Monday", "Wednesday", "Sunday"]))
def test_a_weekday_is_the_nearest_in_its_direction(day: date, name: str) -> None:
    ((past, _),) = values(f"on {name}", day, False)
    ((ahead, _),) = values(f"on {name}", day, True)
    assert past is not None
    assert ahead is not None
    assert past.strftime("%A") == ahead.strftime("%A") == name
    assert timedelta(0) <= day - past < timedelta(7)
    assert timedelta(0) <= ahead - day < timedelta(7)


@given(st.text(max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    for expression in expressions(text):
        assert text[expression.start : expression.end] == expression.text
        value_of(expression.kind, expression.text, Setting(date(2024, 2, 29), False, date(2024, 2, 29)))


@pytest.mark.parametrize(
    "text",
    [
        "They may march on.",
        "The Sunday Times said so.",
        "About 2000 people fled.",
        "Mrs May spoke.",
        "He is 25 years old.",
    ],
)
def test_what_only_looks_like_time_is_none(text: str) -> None:
    assert list(expressions(text)) == []


class TestClaims:
    """The dateline is Wednesday 5 March 2025."""

    @pytest.mark.parametrize(
        ("text", "start", "end"),
        [
            ("Rebels attacked a post in Gao on Friday.", "2025-02-28", "2025-02-28"),
            ("Rebels will attack a post in Gao on Friday, the army said.", "2025-03-07", "2025-03-07"),
            ("The rebels will attack Gao in the coming hours, two security sources said.", "2025-03-05", "2025-03-06"),
            ("Rebels attacked a post in Gao overnight into Tuesday.", "2025-03-03", "2025-03-04"),
            ("Rebels attacked a post in Gao in the past 24 hours.", "2025-03-04", "2025-03-05"),
            ("Rebels killed a farmer near Gao in a raid on Saturday.", "2025-03-01", "2025-03-01"),
            ("Rebels will attack posts near Gao from 15 July, the army said.", "2025-07-15", None),
            ("Rebels will attack Gao by July, the army said.", "2025-03-05", "2025-07-01"),
            ("Rebels attacked nine posts near Gao this month.", "2025-03-01", "2025-03-05"),
            ("Rebels will attack a post near Gao this month, the army said.", "2025-03-05", "2025-03-31"),
        ],
    )
    def test_a_time_is_read_against_dateline_and_tense(
        self, claims_of: Claims, text: str, start: str, end: str | None
    ) -> None:
        time = next(c.time for c in claims_of(text) if c.event.type == "ASSAULT")
        assert time is not None
        assert (time.start, time.end) == (start, end)

    def test_a_part_of_a_day_is_of_the_day_told_of_just_before(self, claims_of: Claims) -> None:
        claims = claims_of("Soldiers shelled Gao on Tuesday. In the afternoon rebels attacked a post near Gao.")
        assert {(c.time.start, c.time.end) for c in claims if c.time} == {("2025-03-04", "2025-03-04")}
        (alone,) = claims_of("In the afternoon rebels attacked a post near Gao.")
        assert alone.time is not None
        assert alone.time.start is None

    def test_a_duration_is_no_time_of_an_event(self, claims_of: Claims) -> None:
        (claim,) = claims_of("Rebels shelled a post near Gao for three hours.")
        assert claim.time is None

    def test_a_time_carries_to_what_goes_on_about_the_same(self, claims_of: Claims) -> None:
        claims = claims_of(
            "A bomb killed four traders at a market in Gao on Monday. Two nurses said a child died in the blast."
        )
        assert {c.time.start for c in claims if c.time and c.event.type == "ASSAULT"} == {"2025-03-03"}
        assert all(c.time is not None for c in claims if c.event.type == "ASSAULT")

    def test_a_time_does_not_carry_to_what_is_new(self, claims_of: Claims) -> None:
        claims = claims_of("A bomb killed four traders in Gao on Monday. In Lagos, police killed a student.")
        assert claims[-1].time is None

    def test_a_claim_of_responsibility_does_not_move_the_deed(self, claims_of: Claims) -> None:
        claims = claims_of("Gunmen attacked a convoy near Gao on Sunday. JNIM claimed the attack on Tuesday.")
        assert [c.time.start for c in claims if c.time] == ["2025-03-02", "2025-03-02"]


TIMEML = """<TimeML><DOCID>x</DOCID><DCT><TIMEX3 tid="t0" type="DATE" value="2013-03-22" functionInDocument="CREATION_TIME">March 22</TIMEX3></DCT>
<TEXT>Rebels left the town on <TIMEX3 tid="t1" type="DATE" value="2013-03-21">Thursday</TIMEX3> after <TIMEX3 tid="t2" type="DURATION" value="P2D">two
days</TIMEX3> of <EVENT>clashes</EVENT>.</TEXT></TimeML>"""


def test_timeml_is_scored(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TIMEML)
    for path in (tmp_path, tmp_path / "a.tml"):
        figures = time_figures_of(path)
        assert (figures.marked, figures.relaxed, figures.value) == (2, (1.0, 1.0, 1.0), 1.0)


@pytest.mark.parametrize("text", ["<TimeML>", "<TimeML/>", "nothing is marked here"])
def test_a_file_without_coded_times_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.tml" if text.startswith("<") else tmp_path / "a.txt").write_text(text)
    with pytest.raises(InvalidGold):
        load_times(next(tmp_path.iterdir()))
