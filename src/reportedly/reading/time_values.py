"""What a time expression means: a TIMEX3 value (ISO 8601 as TimeML uses it) and a window of days, from dateline and tense."""

from collections.abc import Callable
from typing import Final

from reportedly.reading import time_calendar as calendar
from reportedly.reading import time_counted as counted
from reportedly.reading.time_units import Setting, TimeValue


def value_of(kind: str, text: str, setting: Setting) -> TimeValue:
    """The value of an expression. What cannot be dated (the 31st of June) has a null value and an open window."""
    lower = " ".join(text.lower().replace("’", "'").split())
    try:
        return _RULES[kind](lower, setting)
    except (ValueError, OverflowError, KeyError, IndexError):
        return TimeValue("DATE", None)


_RULES: Final[dict[str, Callable[[str, Setting], TimeValue]]] = {
    "iso": calendar.rule_iso, "dtg": calendar.rule_dtg, "numeric": calendar.rule_numeric, "nine eleven": calendar.rule_nine_eleven, "nights": calendar.rule_nights, "night into": calendar.rule_night_into,
    "hijri range": counted.rule_hijri_range, "hijri day": counted.rule_hijri_day, "feast": counted.rule_feast, "day range": calendar.rule_day_range,
    "date range": calendar.rule_date_range, "weekday range": calendar.rule_weekday_range, "year range": calendar.rule_year_range,
    "weekday date": calendar.rule_weekday_date, "week of": calendar.rule_week_of, "edge": calendar.rule_edge, "modified month": calendar.rule_modified_month,
    "modified year": calendar.rule_modified_year, "modified decade": calendar.rule_decade, "century": calendar.rule_century, "earlier": calendar.rule_earlier,
    "coming units": counted.rule_coming, "coming one": counted.rule_coming, "past units": counted.rule_past, "past one": counted.rule_past,
    "recent units": counted.rule_recent, "ago": counted.rule_ago, "year-ago": counted.rule_year_ago, "from now": counted.rule_from_now,
    "count anaphor": counted.rule_count_anaphor, "bare anaphor": counted.rule_bare_anaphor, "day anaphor": counted.rule_day_anaphor,
    "that unit": counted.rule_that, "same month day": counted.rule_same_month_day, "ordinal day": counted.rule_ordinal_day,
    "yesterday plus": calendar.rule_yesterday_plus, "deictic": calendar.rule_deictic, "part of day": calendar.rule_part, "noon": calendar.rule_part, "predawn": calendar.rule_predawn,
    "weekday": calendar.rule_weekday, "part weekday": calendar.rule_part_weekday, "week unit": calendar.rule_week, "all unit": counted.rule_all,
    "the weekend": calendar.rule_the_weekend, "the unit": calendar.rule_the_unit, "month year": calendar.rule_month_year, "month range": calendar.rule_month_range, "month": calendar.rule_month,
    "date": calendar.rule_date, "quarter": calendar.rule_quarter, "fiscal": calendar.rule_fiscal, "season": calendar.rule_season, "year": calendar.rule_year,
    "clock": calendar.rule_clock, "set": counted.rule_set, "duration": counted.rule_duration, "adjective duration": counted.rule_duration,
    "bare duration": counted.rule_duration, "plain duration": counted.rule_duration, "reference": counted.rule_reference,
}  # fmt: skip

NO_DATELINE_NEEDED: Final = frozenset(
    {"iso", "dtg", "numeric", "year", "year range", "month year", "modified year", "modified decade", "century", "fiscal", "nine eleven", "set",
     "duration", "adjective duration", "bare duration", "plain duration", "reference"}
)  # fmt: skip
"""Kinds that say all themselves."""
RELATIVE: Final = frozenset({"count anaphor", "bare anaphor", "day anaphor", "that unit"})
"""Kinds that are counted from a time told of before."""
