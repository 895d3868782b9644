"""What a time expression means: a TIMEX3 value (ISO 8601 as TimeML uses it) and a window of days, from dateline and tense."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from reportedly.knowledge.time_windows import HIJRI_MONTHS, days_around, feast, hijri_month, hijri_year_of, windows
from reportedly.model.record import TimePrecision
from reportedly.reading.time_expressions import DATE, DAYS, MONTH, NUMBERS, ORDINALS, SHORT_MONTHS, VAGUE_COUNTS, YEAR

TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
_EARLIEST: Final = date(1, 1, 1)


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


def value_of(kind: str, text: str, setting: Setting) -> TimeValue:
    """The value of an expression. What cannot be dated (the 31st of June) has a null value and an open window."""
    lower = " ".join(text.lower().replace("’", "'").split())
    try:
        return _RULES[kind](lower, setting)
    except (ValueError, OverflowError, KeyError, IndexError):
        return TimeValue("DATE", None)


# ---------------------------------------------------------------------------------------------- units


def _day(day: date) -> TimeValue:
    return TimeValue("DATE", day.isoformat(), day, day, "day")


def _week(day: date) -> TimeValue:
    """The week from Monday to Sunday that a day falls in."""
    monday = day - timedelta(days=day.weekday())
    year, number, _ = day.isocalendar()
    return TimeValue("DATE", f"{year}-W{number:02}", monday, monday + timedelta(days=6), "week")


def _weekend(day: date) -> TimeValue:
    """Saturday and Sunday of the week that a day falls in."""
    saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
    year, number, _ = day.isocalendar()
    return TimeValue("DATE", f"{year}-W{number:02}-WE", saturday, saturday + timedelta(days=1), "day")


def _month(year: int, month: int) -> TimeValue:
    last = monthrange(year, month)[1]
    return TimeValue("DATE", f"{year}-{month:02}", date(year, month, 1), date(year, month, last), "month")


def _quarter(year: int, quarter: int) -> TimeValue:
    end = _month(year, quarter * 3).end
    return TimeValue("DATE", f"{year}-Q{quarter}", date(year, quarter * 3 - 2, 1), end, "month")


def _half(year: int, half: int) -> TimeValue:
    start, end = (date(year, 1, 1), date(year, 6, 30)) if half == 1 else (date(year, 7, 1), date(year, 12, 31))
    return TimeValue("DATE", f"{year}-H{half}", start, end, "month")


def _year(year: int) -> TimeValue:
    return TimeValue("DATE", f"{year:04}", date(year, 1, 1), date(year, 12, 31), "year")


def _decade(year: int) -> TimeValue:
    first = year // 10 * 10
    return TimeValue("DATE", f"{first // 10}", date(first, 1, 1), date(first + 9, 12, 31), "year")


def _season(name: str, year: int) -> TimeValue:
    name = "autumn" if name == "fall" else name
    first, last = windows()[name]
    start = date(year, int(first), 1)
    end = _month(year + (int(last or 12) > 12), (int(last or 12) - 1) % 12 + 1).end
    code = {"spring": "SP", "summer": "SU", "autumn": "FA", "winter": "WI"}[name]
    return TimeValue("DATE", f"{year}-{code}", start, end, "month")


_UNITS: Final = "second minute hour day night week weekend fortnight month quarter year decade century".split()
_DAYS_IN: Final = {
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
_CODES: Final = {
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
_PARTS: Final = {
    "morning": "MO", "dawn": "MO", "daybreak": "MO", "sunrise": "MO", "afternoon": "AF", "evening": "EV", "dusk": "EV", "sunset": "EV",
    "nightfall": "EV", "night": "NI", "noon": "MI", "midday": "MI", "midnight": "NI", "predawn": "MO", "pre-dawn": "MO",
}  # fmt: skip


def _unit(text: str) -> str:
    found = re.search(
        r"\b(?:[\w-]*-)?(second|minute|hour|day|night|weekend|week|fortnight|month|quarter|year|decade|centur)(?:s|y|ies|'s)?\b",
        text,
    )
    if found is None:
        raise ValueError(text)
    return found.group(1).replace("centur", "century")


def _count(text: str) -> tuple[float, bool]:
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


def _duration_value(text: str) -> str:
    unit = _unit(text)
    number, exact = _count(text)
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
    return f"P{'T' if unit in ('second', 'minute', 'hour') else ''}{amount}{_CODES[unit]}"


def _moved(day: date, number: float, unit: str) -> TimeValue:
    """The unit of time that lies so many units from a day (negative: before), as coarse as it is counted."""
    if unit in ("month", "year", "decade", "century", "quarter"):
        months = round(number * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit])
        index = day.year * 12 + day.month - 1 + months
        if unit in ("month", "quarter") or number % 1:
            return _month(index // 12, index % 12 + 1)
        return _year(index // 12) if unit == "year" else _decade(index // 12)
    moved = day + timedelta(days=round(number * _DAYS_IN[unit]))
    return _week(moved) if unit in ("week", "fortnight") else _weekend(moved) if unit == "weekend" else _day(moved)


def _this(unit: str, step: int, day: date) -> TimeValue:
    """The week, month, year ... that a day falls in, or the one so many steps away."""
    if unit in ("day", "hour", "minute", "second"):
        return _day(day + timedelta(days=step))
    if unit == "week":
        return _week(day + timedelta(weeks=step))
    if unit == "weekend":
        return _weekend(day + timedelta(weeks=step))
    if unit == "quarter":
        index = day.year * 4 + (day.month - 1) // 3 + step
        return _quarter(index // 4, index % 4 + 1)
    if unit == "decade":
        return _decade(day.year + 10 * step)
    if unit == "century":
        first = (day.year - 1) // 100 + step
        return TimeValue("DATE", f"{first}", date(first * 100 + 1, 1, 1), date(first * 100 + 100, 12, 31), "year")
    return _moved(day, step, unit)


def _part_of(text: str, day: TimeValue) -> TimeValue:
    """A part of a day ("Friday evening"), where a word names one."""
    found = re.search(r"\b(" + "|".join(sorted(_PARTS, key=len, reverse=True)) + r")\b", text)
    if found is None or day.start is None:
        return _clock_of(text, day)
    exact = found.group(1) in ("noon", "midnight", "dawn")
    return replace(
        day, type="TIME", value=f"{day.value}T{_PARTS[found.group(1)]}", precision="hour" if exact else day.precision
    )


def _clock_of(text: str, day: TimeValue) -> TimeValue:
    found = re.search(
        r"\b(\d{1,2})(?::(\d{2}))?(?::\d{2})? ?(a\.m|p\.m|am\b|pm\b|o'clock)?",
        text[text.find(":") - 2 if ":" in text else 0 :],
    )
    clock = re.search(
        r"(\d{1,2}):(\d{2})(?::\d{2})? ?(a\.m|p\.m|am\b|pm\b)?|(\d{1,2}) ?(a\.m|p\.m|am\b|pm\b|o'clock)|\b([0-2]\d)([0-5]\d) (?:hours|hrs|gmt|utc|local)",
        text,
    )
    if found is None or clock is None:
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


# ---------------------------------------------------------------------------------------------- since, by, until


def _bounded(text: str, value: TimeValue, setting: Setting) -> TimeValue:
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


# ---------------------------------------------------------------------------------------------- dates


def _month_number(text: str) -> int:
    found = re.search(rf"\b({MONTH})", text)
    if found is None:
        raise ValueError(text)
    return SHORT_MONTHS[found.group()[:3]]


def _given_year(text: str) -> int | None:
    found = re.search(rf"\b({YEAR})", text)
    return int(found.group(1)) if found else None


def _year_for(month: int, day_of_month: int, text: str, setting: Setting) -> int:
    """The year of a month that none is given for: the nearest in the direction that the tense looks."""
    given = _given_year(text)
    if given is not None:
        return given
    day = setting.day
    if "last year" in text:
        return day.year - 1
    if "next year" in text:
        return day.year + 1
    this = date(day.year, month, min(day_of_month, monthrange(day.year, month)[1]))
    if setting.future:
        return day.year if this >= day - timedelta(days=31) else day.year + 1
    return day.year if this <= day + timedelta(days=3) else day.year - 1


def _date(text: str, setting: Setting) -> TimeValue:
    month = _month_number(text)
    number = re.search(
        r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!:)", re.sub(rf"{YEAR}|\d{{1,2}}:\d\d|\d{{1,2}} ?[ap]\.?m", " ", text)
    )
    if number is None:
        raise ValueError(text)
    day = int(number.group(1))
    return _day(date(_year_for(month, day, text, setting), month, day))


def _rule_date(text: str, setting: Setting) -> TimeValue:
    found = re.search(DATE, text)
    value = _date(found.group() if found else text, setting)
    rest = text.replace(found.group(), " ") if found else ""
    if re.match(r"(?:since|by|until|till|before|as of)\b", text):
        return _bounded(text, value, setting)
    return _part_of(rest, value)


def _rule_weekday_date(text: str, setting: Setting) -> TimeValue:
    return _bounded(text, _date(re.sub(r"\b(?:" + "|".join(DAYS) + r")\b,?", "", text), setting), setting)


def _rule_iso(text: str, setting: Setting) -> TimeValue:
    value = _day(date.fromisoformat(text[:10]))
    return (
        value if len(text) < 16 else replace(value, type="TIME", value=f"{text[:10]}T{text[11:16]}", precision="hour")
    )


def _rule_dtg(text: str, setting: Setting) -> TimeValue:
    """A military date-time group: 221430Z MAR 13."""
    digits = re.match(r"(\d\d)(\d\d)(\d\d)z? ?([a-z]{3}) ?(\d\d)", text)
    if digits is None:
        raise ValueError(text)
    day, hour, minute, month, year = digits.groups()
    value = _day(date(2000 + int(year), SHORT_MONTHS[month], int(day)))
    return replace(value, type="TIME", value=f"{value.value}T{hour}:{minute}", precision="hour")


def _rule_numeric(text: str, setting: Setting) -> TimeValue:
    """Day and month in the order that gives a date; where both do, the one nearer to the dateline."""
    first, second, year = (int(n) for n in re.split(r"[/.]", text))
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    options = []
    for day, month in ((first, second), (second, first)):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            options.append(date(year, month, day))
    return _day(min(options, key=lambda d: (abs((d - setting.day).days) > 62, options.index(d))))


def _span(first: TimeValue, last: TimeValue) -> TimeValue:
    return TimeValue("DATE", f"{first.value}/{last.value}", first.start, last.end, first.precision)


def _rule_day_range(text: str, setting: Setting) -> TimeValue:
    month = _month_number(text)
    numbers = [int(n) for n in re.findall(r"\b(\d{1,2})(?!\d)", re.sub(YEAR, " ", text))][:2]
    year = _year_for(month, numbers[-1], text, setting)
    return _span(_day(date(year, month, numbers[0])), _day(date(year, month, numbers[-1])))


def _rule_date_range(text: str, setting: Setting) -> TimeValue:
    dates = re.findall(DATE, text)
    last = _date(dates[-1], setting)
    first = _date(dates[0], setting)
    if last.start is not None and _given_year(dates[0]) is None:
        first = _date(f"{dates[0]} {last.start.year}", setting)
    return _span(first, last)


def _rule_year_range(text: str, setting: Setting) -> TimeValue:
    numbers = re.findall(r"\d+", text)
    first, last = int(numbers[0]), int(numbers[1])
    return _span(_year(first), _year(last if last > 99 else first // 100 * 100 + last))


def _rule_nine_eleven(text: str, setting: Setting) -> TimeValue:
    return _day(date(2001, 9, 11))


# ---------------------------------------------------------------------------------------------- days of the week


def _weekday(text: str, setting: Setting) -> date:
    """The last such day up to the dateline; of the future, the next one."""
    found = re.search(r"\b(mon|tue|wed|thu|fri|sat|sun)", text)
    if found is None:
        raise ValueError(text)
    index = [d[:3] for d in DAYS].index(found.group(1))
    day = setting.day
    if setting.future:
        return day + timedelta(days=(index - day.weekday()) % 7)
    return day - timedelta(days=(day.weekday() - index) % 7)


def _rule_weekday(text: str, setting: Setting) -> TimeValue:
    ahead = re.search(r"\b(?:next|this coming|the following)\b|a week from", text)
    found = _weekday(text, replace(setting, future=setting.future or bool(ahead) or text.startswith("by ")))
    week = setting.day - timedelta(days=setting.day.weekday())
    if "last week" in text or "next week" in text or "this week" in text:
        step = -7 if "last week" in text else 7 if "next week" in text else 0
        found = week + timedelta(days=step + found.weekday())
    elif "a week ago" in text:
        found = _weekday(text, replace(setting, future=False)) - timedelta(days=7)
    elif re.search(r"\b(?:last|the previous|this past)\b", text):
        found = _weekday(text, replace(setting, future=False))
        found -= timedelta(days=7 if found == setting.day else 0)
    elif ahead and found == setting.day:
        found += timedelta(days=7)
    value = _day(found)
    if re.match(r"(?:since|until|till|by|before (?!dawn|noon|midnight|dusk))", text):
        return _bounded(text, value, setting)
    return _part_of(text, value)


def _rule_weekday_range(text: str, setting: Setting) -> TimeValue:
    first, last = re.findall(r"\b(?:" + "|".join(DAYS) + ")", text)[:2]
    end = _weekday(last, setting)
    start = _weekday(first, replace(setting, day=end, future=False))
    if setting.future:
        start = _weekday(first, setting)
        end = _weekday(last, replace(setting, day=start))
    return _span(_day(start), _day(end))


def _rule_nights(text: str, setting: Setting) -> TimeValue:
    names = re.findall("|".join(DAYS), text)
    last = _weekday(names[-1], setting)
    return TimeValue("TIME", f"{last - timedelta(days=1)}TNI", last - timedelta(days=1), last, "day")


def _rule_night_into(text: str, setting: Setting) -> TimeValue:
    """ "Overnight into Friday" ends on Friday, "overnight on Friday" begins then."""
    named = _weekday(text, setting)
    start = named - timedelta(days=1) if re.search(r"\b(?:into|to)\b", text) else named
    return TimeValue("TIME", f"{start}TNI", start, start + timedelta(days=1), "day")


def _rule_part_weekday(text: str, setting: Setting) -> TimeValue:
    value = _date(text, setting) if re.search(DATE, text) else _day(_weekday(text, setting))
    return _part_of(text, value)


# ---------------------------------------------------------------------------------------------- today and its parts


def _rule_deictic(text: str, setting: Setting) -> TimeValue:
    day = setting.day
    if "overnight" in text:
        start, end = days_around("overnight ahead" if setting.future else "overnight", day)
        return TimeValue("TIME", f"{start}TNI", start, end, "day")
    if "last night" in text:
        return TimeValue("TIME", f"{day - timedelta(days=1)}TNI", day - timedelta(days=1), day, "day")
    if "tonight" in text:
        return TimeValue("TIME", f"{day}TNI", day, day, "day")
    step = -1 if "yesterday" in text else 1 if "tomorrow" in text else 0
    value = _day(day + timedelta(days=step))
    if re.match(r"(?:since|until|till|by|before (?!dawn|noon|dusk))", text):
        return _bounded(text, value, setting)
    return _part_of(text, value)


def _rule_yesterday_plus(text: str, setting: Setting) -> TimeValue:
    return _day(setting.day + timedelta(days=-2 if "before" in text else 2))


def _rule_part(text: str, setting: Setting) -> TimeValue:
    """ "At dawn", "in the evening": of the day named last, or of the dateline; which day is not said."""
    if re.search(r"today|yesterday|tomorrow", text):
        return _rule_deictic(text, setting)
    if re.search("|".join(DAYS), text):
        return _part_of(text, _day(_weekday(text, setting)))
    value = _part_of(text, _day(setting.anchor))
    if (
        re.match(r"(?:at|before|around) (?:dawn|noon|midday|dusk|daybreak|sunrise|sunset|midnight)", text)
        and setting.anchor == setting.day
    ):
        return value
    if setting.anchor != setting.day:
        return value
    return replace(value, start=None, end=None, precision="vague")


def _rule_predawn(text: str, setting: Setting) -> TimeValue:
    if re.search(r"today|yesterday|tomorrow", text):
        return replace(_rule_deictic(text, setting), type="TIME")
    if re.search(DATE, text):
        value = _date(text, setting)
    elif re.search("|".join(DAYS), text):
        value = _day(_weekday(text, setting))
    else:
        value = _day(setting.anchor)
    if "night" in text:
        return replace(value, type="TIME", value=f"{value.value}TNI")
    if "in the day" in text:
        return value
    return replace(value, type="TIME", value=f"{value.value}TMO")


def _rule_clock(text: str, setting: Setting) -> TimeValue:
    if re.search("|".join(DAYS), text):
        value = _day(_weekday(text, setting))
    elif "yesterday" in text or "tomorrow" in text:
        value = _day(setting.day + timedelta(days=-1 if "yesterday" in text else 1))
    elif re.search(DATE, text):
        value = _date(text, setting)
    else:
        value = _day(setting.anchor)
    return _clock_of(text, value)


# ---------------------------------------------------------------------------------------------- weeks, months, years


def _step(text: str) -> int:
    if re.search(r"\b(?:last|previous|past|preceding)\b", text):
        return -1
    return 1 if re.search(r"\b(?:next|coming|following|upcoming)\b", text) else 0


def _rule_week(text: str, setting: Setting) -> TimeValue:
    step = _step(text)
    part = re.search(r"\b(" + "|".join(_PARTS) + r")\b", text)
    base = setting.anchor if re.search(r"\b(?:that|same|previous|following)\b", text) else setting.day
    if part is not None:
        return _part_of(text, _day(base + timedelta(days=step)))
    season = re.search(r"spring|summer|autumn|fall|winter", text)
    if season is not None:
        return _bounded(text, _season_near(season.group(), step, setting), setting)
    unit = "year" if re.search(r"fiscal|financial", text) else _unit(text)
    if (
        "the past" in text
        or ("the last" in text and unit in ("week", "month", "year", "decade", "century", "hour"))
        or ("this past" in text and unit != "weekend")
    ):
        length = _DAYS_IN[unit]
        return TimeValue(
            "DURATION",
            f"P{'T' if unit in ('hour', 'minute') else ''}1{_CODES[unit]}",
            setting.day - timedelta(days=length),
            setting.day,
            "week",
        )
    if unit == "weekend" and step == -1:
        return _bounded(text, _weekend(setting.day - timedelta(days=7)), setting)
    if unit == "weekend" and step == 0 and not setting.future and setting.day.weekday() < 5:
        return _bounded(
            text, _weekend(setting.day - timedelta(days=7)) if "this" not in text else _weekend(setting.day), setting
        )
    return _bounded(text, _this(unit, step, base), setting)


def _season_near(name: str, step: int, setting: Setting) -> TimeValue:
    this = _season(name, setting.day.year)
    if step < 0:
        return this if this.end is not None and this.end < setting.day else _season(name, setting.day.year - 1)
    if step > 0:
        return this if this.start is not None and this.start > setting.day else _season(name, setting.day.year + 1)
    if not setting.future and this.start is not None and this.start > setting.day + timedelta(days=120):
        return _season(name, setting.day.year - 1)
    return this


def _rule_season(text: str, setting: Setting) -> TimeValue:
    name = re.search(r"spring|summer|autumn|fall|winter", text)
    if name is None:
        raise ValueError(text)
    year = _given_year(text)
    value = _season(name.group(), year) if year else _season_near(name.group(), _step(text), setting)
    return _bounded(text, value, setting)


def _rule_the_unit(text: str, setting: Setting) -> TimeValue:
    return _this(_unit(text), 0, setting.day)


def _rule_the_weekend(text: str, setting: Setting) -> TimeValue:
    past = not setting.future and not text.startswith(("until", "by"))
    day = setting.day - timedelta(days=7) if past and setting.day.weekday() < 5 else setting.day
    return _bounded(text, _weekend(day), setting)


def _rule_earlier(text: str, setting: Setting) -> TimeValue:
    """ "Earlier this week" is Monday to the day before the dateline (the claim record's rule)."""
    value = _rule_week(re.sub(r"^(?:much )?(?:earlier|later|early|late) (?:in )?(?:the )?", "", text), setting)
    if value.start is None or value.end is None or value.type == "TIME":
        return value
    if value.start <= setting.day <= value.end:
        if "later" in text:
            return replace(value, start=setting.day, precision="vague")
        if "earlier" in text:
            return replace(value, end=max(value.start, setting.day - timedelta(days=1)), precision="vague")
    return replace(value, precision="vague")


def _rule_month(text: str, setting: Setting) -> TimeValue:
    month = _month_number(text)
    future = setting.future or bool(re.search(r"\b(?:next|by)\b", text))
    if "every" in text:
        return TimeValue("SET", f"XXXX-{month:02}")
    year = _year_for(month, 1, text, replace(setting, future=future and "last" not in text and "since" not in text))
    if re.match(r"last\b", text) and (year, month) == (setting.day.year, setting.day.month):
        year -= 1
    if re.match(r"next\b", text) and (year, month) <= (setting.day.year, setting.day.month):
        year += 1
    return _bounded(text, _month(year, month), setting)


def _rule_month_year(text: str, setting: Setting) -> TimeValue:
    season = re.search(r"spring|summer|autumn|fall|winter", text)
    year = _given_year(text)
    if season is not None and year is not None:
        return _bounded(text, _season(season.group(), year), setting)
    return _rule_month(text, setting)


def _rule_month_range(text: str, setting: Setting) -> TimeValue:
    names = re.findall(MONTH, text)
    last = _rule_month(f"{names[-1]} {_given_year(text) or ''}", setting)
    year = last.start.year if last.start is not None else setting.day.year
    first = SHORT_MONTHS[names[0][:3]]
    second = SHORT_MONTHS[names[-1][:3]]
    return _span(_month(year if first <= second else year - 1, first), last)


def _rule_year(text: str, setting: Setting) -> TimeValue:
    year = _given_year(text)
    if year is None:
        raise ValueError(text)
    return _bounded(text, _year(year), setting)


def _rule_quarter(text: str, setting: Setting) -> TimeValue:
    year = _given_year(text) or setting.day.year + (-1 if "last year" in text else 1 if "next year" in text else 0)
    order = re.search(r"first|second|third|fourth|final|1st|2nd|3rd|4th|q[1-4]", text)
    if order is None:
        raise ValueError(text)
    number = (
        4
        if order.group() == "final"
        else int(order.group()[1])
        if order.group().startswith("q")
        else ORDINALS[order.group()]
    )
    if "half" in text:
        return _half(year, number)
    value = _quarter(year, number)
    if (
        _given_year(text) is None
        and "year" not in text
        and not setting.future
        and value.start is not None
        and value.start > setting.day
    ):
        return _quarter(year - 1, number)
    return value


def _rule_fiscal(text: str, setting: Setting) -> TimeValue:
    number = int(re.findall(r"\d+", text)[-1])
    return _year(number if number > 99 else 2000 + number)


def _rule_decade(text: str, setting: Setting) -> TimeValue:
    digits = re.search(r"(\d{2,4})s", text)
    words = {
        "twenties": 20,
        "thirties": 30,
        "forties": 40,
        "fifties": 50,
        "sixties": 60,
        "seventies": 70,
        "eighties": 80,
        "nineties": 90,
    }
    if digits is not None:
        year = int(digits.group(1))
        year += 1900 if year < 100 else 0
    else:
        year = 1900 + next(number for word, number in words.items() if word in text)
    return _bounded(text, _decade(year), setting)


def _rule_century(text: str, setting: Setting) -> TimeValue:
    words = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
    digits = re.search(r"\d+", text)
    number = int(digits.group()) if digits else next(n for word, n in words.items() if word in text)
    return TimeValue("DATE", f"{number - 1}", date((number - 1) * 100 + 1, 1, 1), date(number * 100, 12, 31), "year")


# ---------------------------------------------------------------------------------------------- parts of units


def _cut(value: TimeValue, name: str) -> tuple[date, date]:
    """The days of a part ("end of") of a unit."""
    if value.start is None or value.end is None:
        raise ValueError(name)
    first, last = windows()[name]
    length = (value.end - value.start).days + 1
    start = value.start + timedelta(days=round(length * first))
    return start, value.start + timedelta(days=max(round(length * (last or 1)) - 1, (start - value.start).days))


def _rule_edge(text: str, setting: Setting) -> TimeValue:
    to_end = re.match(r"(?:by|before|until|till|towards?|through)\b", text)
    name = (
        "end of"
        if re.search(r"\b(?:end|close|last days|final days|eve)\b", text)
        else "middle of"
        if "middle" in text
        else "beginning of"
    )
    inner = re.split(r"\bof (?:the )?", text, maxsplit=1)[1]
    ahead = replace(setting, future=setting.future or bool(to_end))
    season = re.search(r"spring|summer|autumn|fall|winter", inner)
    if season is not None:
        whole = _season_near(season.group(), _step(inner), ahead)
    elif _given_year(inner) and not re.search(MONTH, inner):
        whole = _rule_year(inner, ahead)
    elif re.search(rf"\b{MONTH}", inner):
        whole = _month(_year_for(_month_number(inner), 28, inner, ahead), _month_number(inner))
    else:
        unit = _unit(inner)
        whole = _day(setting.day) if unit == "day" else _this(unit, _step(inner), setting.day)
    if whole.start is None or whole.end is None:
        raise ValueError(text)
    if name == "end of" and to_end:
        if whole.end < setting.day:
            return replace(whole, start=None, precision="vague")
        return replace(whole, start=setting.day, precision="vague")
    if name == "beginning of" and whole.precision == "week":
        start, end = days_around("beginning of week", whole.start)
        return replace(whole, start=start, end=end, precision="vague")
    if whole.precision == "day":
        return whole
    start, end = _cut(whole, name)
    if re.match("since", text):
        end = setting.day
    return replace(whole, start=start, end=end, precision="vague")


def _rule_modified_month(text: str, setting: Setting) -> TimeValue:
    month = _month_number(text)
    to_end = re.match(r"(?:by|before|until|till)\b", text)
    year = _year_for(month, 15, text, replace(setting, future=setting.future or bool(to_end)))
    whole = _month(year, month)
    part = "mid" if "mid" in text else "early" if "early" in text or "earlier" in text else "late"
    first, last = windows()[part]
    end_of_month = monthrange(year, month)[1]
    start, end = date(year, month, int(first)), date(year, month, min(int(last or 31), end_of_month))
    if to_end:
        middle = date(year, month, 15) if part == "mid" else end
        return replace(whole, start=setting.day, end=middle, precision="vague")
    return replace(whole, start=start, end=setting.day if text.startswith("since") else end, precision="vague")


def _rule_modified_year(text: str, setting: Setting) -> TimeValue:
    year = _given_year(text)
    if year is None:
        raise ValueError(text)
    part = "mid year" if "mid" in text else "early year" if "early" in text or "earlier" in text else "late year"
    first, last = windows()[part]
    value = replace(
        _year(year), start=date(year, int(first), 1), end=_month(year, int(last or 12)).end, precision="vague"
    )
    return _bounded(text, value, setting)


def _rule_week_of(text: str, setting: Setting) -> TimeValue:
    if re.search(rf"week of (?:the )?{DATE}", text) and not re.match(
        r"(?:the )?(?:first|second|third|fourth|last|final)", text
    ):
        found = _date(text, setting)
        return _week(found.start or setting.day)
    if "month" in text:
        whole = _this("month", _step(text), setting.day)
    else:
        month = _month_number(text)
        whole = _month(_year_for(month, 7, text, setting), month)
    if whole.start is None or whole.end is None:
        raise ValueError(text)
    order = re.search(r"first|second|third|fourth|last|final", text)
    if order is None:
        return whole
    if order.group() in ("last", "final"):
        return TimeValue("DATE", _week(whole.end).value, whole.end - timedelta(days=6), whole.end, "week")
    start = whole.start + timedelta(weeks=ORDINALS[order.group()] - 1)
    return TimeValue("DATE", _week(start + timedelta(days=3)).value, start, start + timedelta(days=6), "week")


# ---------------------------------------------------------------------------------------------- so many units


def _rule_coming(text: str, setting: Setting) -> TimeValue:
    """ "In the coming hours" is the dateline and the next day (the claim record's rule); vague counts stay open."""
    unit = _unit(text)
    number, exact = _count(re.sub(r"\b(?:coming|next|following|upcoming)\b", " ", text))
    value = _duration_value(re.sub(r"\b(?:the|in|within|over|during|for|coming|next|following|upcoming)\b", " ", text))
    day = setting.day
    if not re.search(r"(?:second|minute|hour|day|night|week|month|quarter|year|decade)s\b", text):
        number, exact, value = 1, True, f"P{'T' if unit in ('hour', 'minute', 'second') else ''}1{_CODES[unit]}"
    if unit in ("second", "minute", "hour"):
        ahead = max(1, -(-int(number) // 24)) if exact and re.search(r"\d", text) else 1
        return TimeValue("DURATION", value, day, day + timedelta(days=ahead), "hour")
    if not number or not exact:
        end = days_around(f"coming {unit}s", day)[1] if f"coming {unit}s" in windows() else None
        return TimeValue("DURATION", value, day, end, "vague")
    precision: TimePrecision = (
        "day" if unit == "day" else "week" if unit in ("week", "fortnight") else "month" if unit == "month" else "year"
    )
    return TimeValue("DURATION", value, day, day + timedelta(days=round(number * _DAYS_IN[unit])), precision)


def _rule_past(text: str, setting: Setting) -> TimeValue:
    unit = _unit(text)
    number, exact = _count(re.sub(r"\b(?:past|last|previous|preceding|prior)\b", " ", text))
    value = _duration_value(
        re.sub(r"\b(?:the|these|in|within|over|during|for|past|last|previous|preceding|prior)\b", " ", text)
    )
    day = setting.day
    if not re.search(r"(?:second|minute|hour|day|night|week|month|quarter|year|decade)s\b", text):
        number, exact, value = 1, True, f"P{'T' if unit in ('hour', 'minute', 'second') else ''}1{_CODES[unit]}"
    if unit in ("second", "minute", "hour"):
        back = max(1, -(-int(number) // 24)) if exact and re.search(r"\d", text) else 1
        return TimeValue("DURATION", value, day - timedelta(days=back), day, "hour")
    if not number or not exact:
        if not number and f"recent {unit}s" in windows():
            start, end = days_around(f"recent {unit}s", day)
            return TimeValue("DURATION", value, start, end, "vague")
        back_days = round((number or 3) * _DAYS_IN[unit])
        return TimeValue("DURATION", value, day - timedelta(days=back_days), day, "vague")
    precision: TimePrecision = (
        "day" if unit in ("day", "night") else "week" if unit in ("week", "fortnight") else "month"
    )
    return TimeValue("DURATION", value, day - timedelta(days=round(number * _DAYS_IN[unit])), day, precision)


def _rule_recent(text: str, setting: Setting) -> TimeValue:
    unit = "day" if "times" in text or text.endswith("past") else _unit(text)
    name = f"recent {unit}s" if f"recent {unit}s" in windows() else "past hours"
    start, end = days_around(name, setting.day)
    return TimeValue("DATE", "PAST_REF", start, end, "vague")


def _rule_ago(text: str, setting: Setting) -> TimeValue:
    number, exact = _count(text)
    unit = _unit(text)
    if not number or (
        not exact and "few" not in text and "several" not in text and "couple" not in text and number == 0
    ):
        return TimeValue("DATE", "PAST_REF")
    weekday = re.search(r"ago on (" + "|".join(DAYS) + ")", text)
    if weekday is not None:
        return _day(
            _weekday(
                weekday.group(1), replace(setting, day=setting.day - timedelta(days=round(number * 7)), future=False)
            )
        )
    value = _moved(setting.day, -number, unit)
    if "ago today" in text:
        value = _day(setting.day.replace(year=setting.day.year - int(number))) if unit == "year" else value
    if unit in ("hour", "minute", "second"):
        value = replace(value, type="TIME" if exact else "DATE", precision="hour")
        if number >= 24 and unit == "hour":
            value = _day(setting.day - timedelta(days=int(number // 24)))
    if not exact and unit not in ("hour", "minute", "second"):
        value = replace(
            value, value="PAST_REF" if unit not in ("month", "year", "week", "day") else value.value, precision="vague"
        )
    return _bounded(text, value, setting)


def _rule_year_ago(text: str, setting: Setting) -> TimeValue:
    unit = _unit(text)
    if "quarter" in text:
        index = setting.day.year * 4 + (setting.day.month - 1) // 3
        return _quarter(index // 4 - 1, index % 4 + 1)
    return _moved(setting.day, -1, unit)


def _rule_from_now(text: str, setting: Setting) -> TimeValue:
    number, exact = _count(text)
    unit = _unit(text)
    if not re.search(r"from now|hence|time$|from today", text):
        if not setting.future and not text.startswith("within"):
            return TimeValue("DURATION", _duration_value(text))
        length = round(number * _DAYS_IN[unit])
        if text.startswith("within"):
            return TimeValue(
                "DURATION", _duration_value(text), setting.day, setting.day + timedelta(days=max(length, 1)), "day"
            )
        return replace(_moved(setting.day, number, unit), value=_duration_value(text), type="DURATION")
    value = _moved(setting.day, number, unit)
    return value if exact else replace(value, value="FUTURE_REF", precision="vague")


def _rule_count_anaphor(text: str, setting: Setting) -> TimeValue:
    """ "Two days later", "a week earlier": from the day told of last."""
    number, exact = _count(text)
    unit = _unit(text)
    back = bool(re.search(r"earlier|before|previously|beforehand|prior", text))
    if unit in ("second", "minute", "hour"):
        return TimeValue("TIME", f"{setting.anchor}", setting.anchor, setting.anchor, "day")
    value = _moved(setting.anchor, -number if back else number, unit)
    return value if exact else replace(value, precision="vague")


def _rule_bare_anaphor(text: str, setting: Setting) -> TimeValue:
    unit = _unit(text)
    if "ago" in text:
        return TimeValue("DATE", "PAST_REF")
    if unit in ("second", "minute", "hour"):
        return TimeValue("TIME", f"{setting.anchor}", setting.anchor, setting.anchor, "day")
    return TimeValue("DATE", "FUTURE_REF" if setting.future else "PAST_REF")


def _rule_day_anaphor(text: str, setting: Setting) -> TimeValue:
    anchor = setting.anchor
    weekday = re.search("|".join(DAYS), text)
    if weekday is not None:
        ahead = not re.search("previous|preceding", text)
        moved = anchor + timedelta(days=1 if ahead else -1)
        return _day(_weekday(weekday.group(), replace(setting, day=moved, future=ahead)))
    back = bool(re.search(r"before|previous|preceding", text))
    step = 0 if "same" in text else -1 if back else 1
    part = re.search(r"\b(night|evening|morning|afternoon)\b", text)
    if part is not None:
        move = 0 if part.group() in ("evening", "afternoon") and step > 0 and "next" not in text else step
        return _part_of(text, _day(anchor + timedelta(days=move)))
    unit = _unit(text)
    return _this(unit, step, anchor)


def _rule_that(text: str, setting: Setting) -> TimeValue:
    season = re.search(r"spring|summer|autumn|fall|winter", text)
    if season is not None:
        return _season(season.group(), setting.anchor.year)
    if re.search(r"night|evening|morning|afternoon", text):
        return _part_of(text, _day(setting.anchor))
    return _this(_unit(text), 0, setting.anchor)


def _rule_same_month_day(text: str, setting: Setting) -> TimeValue:
    number = int(re.findall(r"\d+", text)[0])
    base = setting.anchor if re.search(r"same|that|following|previous", text) else setting.day
    step = _step(text)
    month = _this("month", step, base)
    if month.start is None:
        raise ValueError(text)
    return _bounded(text, _day(month.start.replace(day=number)), setting)


def _rule_ordinal_day(text: str, setting: Setting) -> TimeValue:
    number = int(re.findall(r"\d+", text)[0])
    day = setting.day
    for step in (0, 1) if setting.future else (0, -1):
        month = _this("month", step, day)
        if month.start is None or month.end is None or number > month.end.day:
            continue
        found = month.start.replace(day=number)
        if (found >= day) if setting.future else (found <= day):
            return _bounded(text, _day(found), setting)
    raise ValueError(text)


# ---------------------------------------------------------------------------------------------- feasts, Hijri


def _nearest(options: list[tuple[date, date] | None], setting: Setting) -> tuple[date, date]:
    """The nearest of some windows in the direction that the tense looks."""
    known = [w for w in options if w is not None]
    fitting = [w for w in known if (w[1] >= setting.day if setting.future else w[0] <= setting.day)]
    return min(fitting or known, key=lambda w: abs((w[0] - setting.day).days))


def _rule_feast(text: str, setting: Setting) -> TimeValue:
    year = _given_year(text)
    name = re.sub(rf"\s*{YEAR}", "", text).strip()
    years = [year] if year else [setting.day.year - 1, setting.day.year, setting.day.year + 1]
    start, end = _nearest([feast(name, y) for y in years], setting)
    return TimeValue("DATE", start.isoformat(), start, end, "day")


def _hijri(text: str) -> tuple[int, int | None]:
    name = next(m for m in sorted(HIJRI_MONTHS, key=len, reverse=True) if m in text.replace("-", " ") or m in text)
    year = re.search(r"\b(1[34]\d{2}|15\d{2})\b", text)
    return HIJRI_MONTHS[name], int(year.group(1)) if year else None


def _hijri_months(text: str, setting: Setting) -> tuple[date, date]:
    month, year = _hijri(text)
    if year is not None:
        return hijri_month(month, year)
    around = hijri_year_of(setting.day)
    return _nearest([hijri_month(month, y) for y in (around - 1, around, around + 1)], setting)


def _rule_hijri_range(text: str, setting: Setting) -> TimeValue:
    start, end = _hijri_months(text, setting)
    if "first days" in text or "first week" in text:
        end = start + timedelta(days=6)
    elif "last days" in text or "last week" in text or "final" in text:
        start = end - timedelta(days=9)
    value = start.isoformat()[:7]
    return TimeValue("DATE", value, start, end, "month")


def _rule_hijri_day(text: str, setting: Setting) -> TimeValue:
    number = int(re.findall(r"\d+", text)[0])
    start, end = _hijri_months(text, setting)
    found = start + timedelta(days=number - 1)
    if found > end:
        raise ValueError(text)
    return _day(found)


# ---------------------------------------------------------------------------------------------- no one time


def _rule_set(text: str, setting: Setting) -> TimeValue:
    weekday = re.search(r"(mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)days?", text)
    if weekday is not None and re.search(r"every|each|days\b", text) and weekday.group() != "days":
        index = [d[:3] for d in DAYS].index(weekday.group(1)[:3]) + 1
        return TimeValue("SET", f"XXXX-WXX-{index}")
    if "weekends" in text:
        return TimeValue("SET", "P1WE")
    if re.search(r"spring|summer|autumn|fall|winter", text):
        return TimeValue("SET", "P1Y")
    for word, value in {
        "hourly": "PT1H",
        "daily": "P1D",
        "nightly": "P1D",
        "weekly": "P1W",
        "monthly": "P1M",
        "quarterly": "P1Q",
        "yearly": "P1Y",
        "annual": "P1Y",
    }.items():
        if word in text:
            return TimeValue("SET", value)
    unit = _unit(text)
    number, _ = (
        _count(re.sub(r"\b(?:every|each|an?|per)\b", " ", text)) if re.search(r"every|each", text) else (1.0, True)
    )
    return TimeValue("SET", f"P{'T' if unit in ('hour', 'minute', 'second') else ''}{max(number, 1):g}{_CODES[unit]}")


def _rule_duration(text: str, setting: Setting) -> TimeValue:
    return TimeValue("DURATION", _duration_value(text))


def _rule_all(text: str, setting: Setting) -> TimeValue:
    inner = re.sub(
        r"^(?:all|throughout|during|over|for much of|for most of|for the rest of|the rest of|the remainder of)(?: of)? ",
        "",
        text,
    )
    season = re.search(r"spring|summer|autumn|winter", inner)
    if season is not None:
        return _season_near(season.group(), _step(inner), setting)
    unit = _unit(inner)
    if unit in ("day", "night", "century", "decade") and "last" not in inner and "this" not in inner:
        return TimeValue("DURATION", f"P1{_CODES[unit]}")
    return _this(unit, _step(inner), setting.day)


def _rule_reference(text: str, setting: Setting) -> TimeValue:
    if re.search(r"so far (?:this|last)|to date", text):
        return _this(_unit(text), _step(text), setting.day) if "date" not in text else TimeValue("DATE", "PRESENT_REF")
    if re.search(r"future|soon|shortly|imminent|momentarily", text):
        return TimeValue("DATE", "FUTURE_REF")
    if re.search(r"past|recent|lately|previous|former|the time|that|then", text):
        return TimeValue("DATE", "PAST_REF")
    if "term" in text or "meantime" in text:
        return TimeValue("DATE", "FUTURE_REF")
    return TimeValue("DATE", "PRESENT_REF")


_RULES: Final[dict[str, Callable[[str, Setting], TimeValue]]] = {
    "iso": _rule_iso, "dtg": _rule_dtg, "numeric": _rule_numeric, "nine eleven": _rule_nine_eleven, "nights": _rule_nights, "night into": _rule_night_into,
    "hijri range": _rule_hijri_range, "hijri day": _rule_hijri_day, "feast": _rule_feast, "day range": _rule_day_range,
    "date range": _rule_date_range, "weekday range": _rule_weekday_range, "year range": _rule_year_range,
    "weekday date": _rule_weekday_date, "week of": _rule_week_of, "edge": _rule_edge, "modified month": _rule_modified_month,
    "modified year": _rule_modified_year, "modified decade": _rule_decade, "century": _rule_century, "earlier": _rule_earlier,
    "coming units": _rule_coming, "coming one": _rule_coming, "past units": _rule_past, "past one": _rule_past,
    "recent units": _rule_recent, "ago": _rule_ago, "year-ago": _rule_year_ago, "from now": _rule_from_now,
    "count anaphor": _rule_count_anaphor, "bare anaphor": _rule_bare_anaphor, "day anaphor": _rule_day_anaphor,
    "that unit": _rule_that, "same month day": _rule_same_month_day, "ordinal day": _rule_ordinal_day,
    "yesterday plus": _rule_yesterday_plus, "deictic": _rule_deictic, "part of day": _rule_part, "predawn": _rule_predawn,
    "weekday": _rule_weekday, "part weekday": _rule_part_weekday, "week unit": _rule_week, "all unit": _rule_all,
    "the weekend": _rule_the_weekend, "the unit": _rule_the_unit, "month year": _rule_month_year, "month range": _rule_month_range, "month": _rule_month,
    "date": _rule_date, "quarter": _rule_quarter, "fiscal": _rule_fiscal, "season": _rule_season, "year": _rule_year,
    "clock": _rule_clock, "set": _rule_set, "duration": _rule_duration, "adjective duration": _rule_duration,
    "bare duration": _rule_duration, "plain duration": _rule_duration, "reference": _rule_reference,
}  # fmt: skip

NO_DATELINE_NEEDED: Final = frozenset(
    {"iso", "dtg", "numeric", "year", "year range", "month year", "modified year", "modified decade", "century", "fiscal", "nine eleven", "set",
     "duration", "adjective duration", "bare duration", "plain duration", "reference"}
)  # fmt: skip
"""Kinds that say all themselves."""
RELATIVE: Final = frozenset({"count anaphor", "bare anaphor", "day anaphor", "that unit"})
"""Kinds that are counted from a time told of before."""
