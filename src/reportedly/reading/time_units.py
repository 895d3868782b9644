"""Units of time: what a day, a week, a quarter is as a TIMEX3 value and as a window of days; counts, parts of days, bounds."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from reportedly.knowledge.time_windows import windows
from reportedly.model.record import TimePrecision
from reportedly.reading.time_expressions import NUMBERS, VAGUE_COUNTS

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class TimeValue:
    """TIMEX3 type and value, and the days from start to end, both counted in; either is None where it is open or unknown."""

    type: TimeType
    value: str | None
    start: date | None = None
    end: date | None = None
    precision: TimePrecision = "vague"


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is read against: the dateline, the tense, the day told of last."""

    day: date
    future: bool
    anchor: date
    """The last day that the text named before; the dateline where it named none."""


def day_value(day: date) -> TimeValue:
    return TimeValue("DATE", day.isoformat(), day, day, "day")


def week_value(day: date) -> TimeValue:
    """The week from Monday to Sunday that a day falls in."""
    monday = day - timedelta(days=day.weekday())
    year, number, _ = day.isocalendar()
    return TimeValue("DATE", f"{year}-W{number:02}", monday, monday + timedelta(days=6), "week")


def weekend_value(day: date) -> TimeValue:
    """Saturday and Sunday of the week that a day falls in."""
    saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
    year, number, _ = day.isocalendar()
    return TimeValue("DATE", f"{year}-W{number:02}-WE", saturday, saturday + timedelta(days=1), "day")


def month_value(year: int, month: int) -> TimeValue:
    last = monthrange(year, month)[1]
    return TimeValue("DATE", f"{year}-{month:02}", date(year, month, 1), date(year, month, last), "month")


def quarter_value(year: int, quarter: int) -> TimeValue:
    end = month_value(year, quarter * 3).end
    return TimeValue("DATE", f"{year}-Q{quarter}", date(year, quarter * 3 - 2, 1), end, "month")


def half_value(year: int, half: int) -> TimeValue:
    start, end = (date(year, 1, 1), date(year, 6, 30)) if half == 1 else (date(year, 7, 1), date(year, 12, 31))
    return TimeValue("DATE", f"{year}-H{half}", start, end, "month")


def year_value(year: int) -> TimeValue:
    return TimeValue("DATE", f"{year:04}", date(year, 1, 1), date(year, 12, 31), "year")


def decade_value(year: int) -> TimeValue:
    first = year // 10 * 10
    return TimeValue("DATE", f"{first // 10}", date(first, 1, 1), date(first + 9, 12, 31), "year")


def season_value(name: str, year: int) -> TimeValue:
    name = "autumn" if name == "fall" else name
    first, last = windows()[name]
    start = date(year, int(first), 1)
    end = month_value(year + (int(last or 12) > 12), (int(last or 12) - 1) % 12 + 1).end
    code = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}[name]
    return TimeValue("DATE", f"{year}-{code}", start, end, "month")


DAYS_IN: Final = {
    "second": 0,
    "minute": 0,
    "hour": 0,
    "day": 1,
    "night": 1,
    "week": 7,
    "weekend": 7,
    "fortnight": 14,
    "month": 30,
    "quarter": 91,
    "year": 365,
    "decade": 3652,
    "century": 36524,
}
CODES: Final = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "night": "N",
    "week": "W",
    "weekend": "WE",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
}
PARTS: Final = {
    "morning": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "afternoon": "AF", "evening": "EV", "dusk": "EV", "sunset": "EV",
    "nightfall": "EV", "night": "NI", "noon": "MI", "midday": "MI", "midnight": "NI", "predawn": "MO", "pre-dawn": "MO",
}  # fmt: skip


def unit_of(text: str) -> str:
    found = re.search(
        r"\b(?:[\w-]*-)?(second|minute|hour|day|night|weekend|week|fortnight|month|quarter|year|decade|centur)(?:s|y|ies|'s)?\b",
        text,
    )
    if found is None:
        raise ValueError(text)
    return found.group(1).replace("centur", "century")


def count_of(text: str) -> tuple[float, bool]:
    """How many units, and whether the number is exact: "a few" is three at least."""
    half = 0.5 if "and a half" in text or "1/2" in text else 0.0
    digits = re.search(r"\d+(?:[.,]\d+)?", text)
    if digits is not None:
        return float(digits.group().replace(",", "")) + half, True
    for word, name in sorted(VAGUE_COUNTS.items(), key=lambda pair: -len(pair[0])):
        if re.search(rf"\b{word}\b", text):
            return windows()[name][0], name == "couple"
    if "dozens" in text or "hundreds" in text:
        return 0, False
    if "dozen" in text:
        return 12, True
    if "half" in text and not half:
        return 0.5, True
    for word in re.findall(r"[a-z]+-[a-z]+|[a-z]+", text):
        if word in NUMBERS:
            return NUMBERS[word] + half, True
        for part in word.split("-"):
            if part in NUMBERS and part not in ("a", "an"):
                return NUMBERS[part] + half, True
    return 1.0 + half if not re.search(
        r"(?:second|minute|hour|day|night|week|month|quarter|year|decade)s\b", text
    ) else 0.0, False


def duration_value(text: str) -> str:
    unit = unit_of(text)
    number, exact = count_of(text)
    if unit == "fortnight":
        unit, number = "week", number * 2
    if "half" in text and "and a half" not in text and unit in ("year", "hour", "day", "decade", "century"):
        number, unit = {
            "year": (6, "month"),
            "hour": (30, "minute"),
            "day": (12, "hour"),
            "decade": (5, "year"),
            "century": (50, "year"),
        }[unit]
    if unit == "quarter" and "century" in text:
        number, unit = 25, "year"
    amount = (
        "X"
        if not number
        or (
            not exact
            and number <= 3
            and not re.search(r"\d|\bone\b", text)
            and not re.search(r"\ban?\b(?! few| couple| dozen)", text)
        )
        else f"{number:g}"
    )
    return f"P{'T' if unit in ('second', 'minute', 'hour') else ''}{amount}{CODES[unit]}"


def moved(day: date, number: float, unit: str) -> TimeValue:
    """The unit of time that lies so many units from a day (negative: before), as coarse as it is counted."""
    if unit in ("month", "year", "decade", "century", "quarter"):
        months = round(number * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit])
        index = day.year * 12 + day.month - 1 + months
        if unit in ("month", "quarter") or number % 1:
            return month_value(index // 12, index % 12 + 1)
        return year_value(index // 12) if unit == "year" else decade_value(index // 12)
    moved = day + timedelta(days=round(number * DAYS_IN[unit]))
    return (
        week_value(moved)
        if unit in ("week", "fortnight")
        else weekend_value(moved)
        if unit == "weekend"
        else day_value(moved)
    )


def this_unit(unit: str, step: int, day: date) -> TimeValue:
    """The week, month, year ... that a day falls in, or the one so many steps away."""
    if unit in ("day", "hour", "minute", "second"):
        return day_value(day + timedelta(days=step))
    if unit == "week":
        return week_value(day + timedelta(weeks=step))
    if unit == "weekend":
        return weekend_value(day + timedelta(weeks=step))
    if unit == "quarter":
        index = day.year * 4 + (day.month - 1) // 3 + step
        return quarter_value(index // 4, index % 4 + 1)
    if unit == "decade":
        return decade_value(day.year + 10 * step)
    if unit == "century":
        first = (day.year - 1) // 100 + step
        return TimeValue("DATE", f"{first}", date(first * 100 + 1, 1, 1), date(first * 100 + 100, 12, 31), "year")
    return moved(day, step, unit)


def part_of(text: str, day: TimeValue) -> TimeValue:
    """A part of a day ("Friday evening"), where a word names one."""
    found = re.search(r"\b(" + "|".join(sorted(PARTS, key=len, reverse=True)) + r")\b", text)
    if found is None or day.start is None:
        return clock_of(text, day)
    exact = found.group(1) in ("noon", "midnight", "dawn")
    return replace(
        day, type="TIME", value=f"{day.value}T{PARTS[found.group(1)]}", precision="hour" if exact else day.precision
    )


def clock_of(text: str, day: TimeValue) -> TimeValue:
    clock = re.search(
        r"(\d{1,2}):(\d{2})(?::\d{2})? ?(a\.m|p\.m|am\b|pm\b)?|(\d{1,2}) ?(a\.m|p\.m|am\b|pm\b|o'clock)|\b([0-2]\d)([0-5]\d) (?:hours|hrs|gmt|utc|local)",
        text,
    )
    if clock is None:
        return day
    hour = int(clock.group(1) or clock.group(4) or clock.group(6))
    minute = int(clock.group(2) or clock.group(7) or 0)
    half = clock.group(3) or clock.group(5) or ""
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59:
        return day
    return replace(day, type="TIME", value=f"{day.value}T{hour:02}:{minute:02}", precision="hour")


def bounded(text: str, value: TimeValue, setting: Setting) -> TimeValue:
    """ "Since Sunday" runs to the dateline; "by 7 January", "before the end of" run from it (the claim record's rules)."""
    first = text.split(" ", 1)[0]
    if first == "since" or text.startswith(("as of", "from now")):
        return replace(value, end=max(setting.day, value.start or setting.day)) if value.start is not None else value
    if first in ("by", "until", "till", "before"):
        if value.end is None or value.start is None:
            return value
        end = value.end
        if first == "before" or (first in ("until", "till") and value.precision in ("month", "year")):
            end = value.start - timedelta(days=1)
        if end >= setting.day:
            return replace(value, start=setting.day, end=end, precision="vague")
        return replace(value, start=None, end=end, precision="vague")
    return value
