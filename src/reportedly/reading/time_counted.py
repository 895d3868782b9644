"""What counted, relative, recurring and festive times mean: "two weeks ago", "the next day", "every night", "Ramadan"."""

import re
from dataclasses import replace
from datetime import date, timedelta

from reportedly.knowledge.time_windows import HIJRI_MONTHS, days_around, feast, hijri_month, hijri_year_of, windows
from reportedly.model.record import TimePrecision
from reportedly.reading.time_calendar import given_year, season_near, step_of, weekday_of
from reportedly.reading.time_expressions import DAYS, YEAR
from reportedly.reading.time_units import (
    CODES,
    DAYS_IN,
    Setting,
    TimeValue,
    bounded,
    count_of,
    day_value,
    duration_value,
    moved,
    part_of,
    quarter_value,
    season_value,
    this_unit,
    unit_of,
)


def rule_coming(text: str, setting: Setting) -> TimeValue:
    """ "In the coming hours" is the dateline and the next day (the claim record's rule); vague counts stay open."""
    unit = unit_of(text)
    number, exact = count_of(re.sub(r"\b(?:coming|next|following|upcoming)\b", " ", text))
    value = duration_value(re.sub(r"\b(?:the|in|within|over|during|for|coming|next|following|upcoming)\b", " ", text))
    day = setting.day
    if not re.search(r"(?:second|minute|hour|day|night|week|month|quarter|year|decade)s\b", text):
        number, exact, value = 1, True, f"P{'T' if unit in ('hour', 'minute', 'second') else ''}1{CODES[unit]}"
    if unit in ("second", "minute", "hour"):
        ahead = max(1, -(-int(number) // 24)) if exact and re.search(r"\d", text) else 1
        return TimeValue("DURATION", value, day, day + timedelta(days=ahead), "hour")
    if not number or not exact:
        end = days_around(f"coming {unit}s", day)[1] if f"coming {unit}s" in windows() else None
        return TimeValue("DURATION", value, day, end, "vague")
    precision: TimePrecision = (
        "day" if unit == "day" else "week" if unit in ("week", "fortnight") else "month" if unit == "month" else "year"
    )
    return TimeValue("DURATION", value, day, day + timedelta(days=round(number * DAYS_IN[unit])), precision)


def rule_past(text: str, setting: Setting) -> TimeValue:
    unit = unit_of(text)
    number, exact = count_of(re.sub(r"\b(?:past|last|previous|preceding|prior)\b", " ", text))
    value = duration_value(
        re.sub(r"\b(?:the|these|in|within|over|during|for|past|last|previous|preceding|prior)\b", " ", text)
    )
    day = setting.day
    if not re.search(r"(?:second|minute|hour|day|night|week|month|quarter|year|decade)s\b", text):
        number, exact, value = 1, True, f"P{'T' if unit in ('hour', 'minute', 'second') else ''}1{CODES[unit]}"
    if unit in ("second", "minute", "hour"):
        back = max(1, -(-int(number) // 24)) if exact and re.search(r"\d", text) else 1
        return TimeValue("DURATION", value, day - timedelta(days=back), day, "hour")
    if not number or not exact:
        if not number and f"recent {unit}s" in windows():
            start, end = days_around(f"recent {unit}s", day)
            return TimeValue("DURATION", value, start, end, "vague")
        back_days = round((number or 3) * DAYS_IN[unit])
        return TimeValue("DURATION", value, day - timedelta(days=back_days), day, "vague")
    precision: TimePrecision = (
        "day" if unit in ("day", "night") else "week" if unit in ("week", "fortnight") else "month"
    )
    return TimeValue("DURATION", value, day - timedelta(days=round(number * DAYS_IN[unit])), day, precision)


def rule_recent(text: str, setting: Setting) -> TimeValue:
    unit = "day" if "times" in text or text.endswith("past") else unit_of(text)
    name = f"recent {unit}s" if f"recent {unit}s" in windows() else "past hours"
    start, end = days_around(name, setting.day)
    return TimeValue("DATE", "PAST_REF", start, end, "vague")


def rule_ago(text: str, setting: Setting) -> TimeValue:
    number, exact = count_of(text)
    unit = unit_of(text)
    if not number or (
        not exact and "few" not in text and "several" not in text and "couple" not in text and number == 0
    ):
        return TimeValue("DATE", "PAST_REF")
    weekday = re.search(r"ago on (" + "|".join(DAYS) + ")", text)
    if weekday is not None:
        return day_value(
            weekday_of(
                weekday.group(1), replace(setting, day=setting.day - timedelta(days=round(number * 7)), future=False)
            )
        )
    value = moved(setting.day, -number, unit)
    if "ago today" in text:
        value = day_value(setting.day.replace(year=setting.day.year - int(number))) if unit == "year" else value
    if unit in ("hour", "minute", "second"):
        value = replace(value, type="TIME" if exact else "DATE", precision="hour")
        if number >= 24 and unit == "hour":
            value = day_value(setting.day - timedelta(days=int(number // 24)))
    if not exact and unit not in ("hour", "minute", "second"):
        value = replace(
            value, value="PAST_REF" if unit not in ("month", "year", "week", "day") else value.value, precision="vague"
        )
    return bounded(text, value, setting)


def rule_year_ago(text: str, setting: Setting) -> TimeValue:
    unit = unit_of(text)
    if "quarter" in text:
        index = setting.day.year * 4 + (setting.day.month - 1) // 3
        return quarter_value(index // 4 - 1, index % 4 + 1)
    return moved(setting.day, -1, unit)


def rule_from_now(text: str, setting: Setting) -> TimeValue:
    number, exact = count_of(text)
    unit = unit_of(text)
    if not re.search(r"from now|hence|time$|from today", text):
        if not setting.future and not text.startswith("within"):
            return TimeValue("DURATION", duration_value(text))
        length = round(number * DAYS_IN[unit])
        if text.startswith("within"):
            return TimeValue(
                "DURATION", duration_value(text), setting.day, setting.day + timedelta(days=max(length, 1)), "day"
            )
        return replace(moved(setting.day, number, unit), value=duration_value(text), type="DURATION")
    value = moved(setting.day, number, unit)
    return value if exact else replace(value, value="FUTURE_REF", precision="vague")


def rule_count_anaphor(text: str, setting: Setting) -> TimeValue:
    """ "Two days later", "a week earlier": from the day told of last."""
    number, exact = count_of(text)
    unit = unit_of(text)
    back = bool(re.search(r"earlier|before|previously|beforehand|prior", text))
    if unit in ("second", "minute", "hour"):
        return TimeValue("TIME", f"{setting.anchor}", setting.anchor, setting.anchor, "day")
    value = moved(setting.anchor, -number if back else number, unit)
    return value if exact else replace(value, precision="vague")


def rule_bare_anaphor(text: str, setting: Setting) -> TimeValue:
    unit = unit_of(text)
    if "ago" in text:
        return TimeValue("DATE", "PAST_REF")
    if unit in ("second", "minute", "hour"):
        return TimeValue("TIME", f"{setting.anchor}", setting.anchor, setting.anchor, "day")
    return TimeValue("DATE", "FUTURE_REF" if setting.future else "PAST_REF")


def rule_day_anaphor(text: str, setting: Setting) -> TimeValue:
    anchor = setting.anchor
    weekday = re.search("|".join(DAYS), text)
    if weekday is not None:
        ahead = not re.search("previous|preceding", text)
        moved = anchor + timedelta(days=1 if ahead else -1)
        return day_value(weekday_of(weekday.group(), replace(setting, day=moved, future=ahead)))
    back = bool(re.search(r"before|previous|preceding", text))
    step = 0 if "same" in text else -1 if back else 1
    part = re.search(r"\b(night|evening|morning|afternoon)\b", text)
    if part is not None:
        move = 0 if part.group() in ("evening", "afternoon") and step > 0 and "next" not in text else step
        return part_of(text, day_value(anchor + timedelta(days=move)))
    unit = unit_of(text)
    return this_unit(unit, step, anchor)


def rule_that(text: str, setting: Setting) -> TimeValue:
    season = re.search(r"spring|summer|autumn|fall|winter", text)
    if season is not None:
        return season_value(season.group(), setting.anchor.year)
    if re.search(r"night|evening|morning|afternoon", text):
        return part_of(text, day_value(setting.anchor))
    return this_unit(unit_of(text), 0, setting.anchor)


def rule_same_month_day(text: str, setting: Setting) -> TimeValue:
    number = int(re.findall(r"\d+", text)[0])
    base = setting.anchor if re.search(r"same|that|following|previous", text) else setting.day
    step = step_of(text)
    month = this_unit("month", step, base)
    if month.start is None:
        raise ValueError(text)
    return bounded(text, day_value(month.start.replace(day=number)), setting)


def rule_ordinal_day(text: str, setting: Setting) -> TimeValue:
    number = int(re.findall(r"\d+", text)[0])
    day = setting.day
    for step in (0, 1) if setting.future else (0, -1):
        month = this_unit("month", step, day)
        if month.start is None or month.end is None or number > month.end.day:
            continue
        found = month.start.replace(day=number)
        if (found >= day) if setting.future else (found <= day):
            return bounded(text, day_value(found), setting)
    raise ValueError(text)


def _nearest(options: list[tuple[date, date] | None], setting: Setting) -> tuple[date, date]:
    """The nearest of some windows in the direction that the tense looks."""
    known = [w for w in options if w is not None]
    fitting = [w for w in known if (w[1] >= setting.day if setting.future else w[0] <= setting.day)]
    return min(fitting or known, key=lambda w: abs((w[0] - setting.day).days))


def rule_feast(text: str, setting: Setting) -> TimeValue:
    year = given_year(text)
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


def rule_hijri_range(text: str, setting: Setting) -> TimeValue:
    start, end = _hijri_months(text, setting)
    if "first days" in text or "first week" in text:
        end = start + timedelta(days=6)
    elif "last days" in text or "last week" in text or "final" in text:
        start = end - timedelta(days=9)
    value = start.isoformat()[:7]
    return TimeValue("DATE", value, start, end, "month")


def rule_hijri_day(text: str, setting: Setting) -> TimeValue:
    number = int(re.findall(r"\d+", text)[0])
    start, end = _hijri_months(text, setting)
    found = start + timedelta(days=number - 1)
    if found > end:
        raise ValueError(text)
    return day_value(found)


def rule_set(text: str, setting: Setting) -> TimeValue:
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
    unit = unit_of(text)
    number, _ = (
        count_of(re.sub(r"\b(?:every|each|an?|per)\b", " ", text)) if re.search(r"every|each", text) else (1.0, True)
    )
    return TimeValue("SET", f"P{'T' if unit in ('hour', 'minute', 'second') else ''}{max(number, 1):g}{CODES[unit]}")


def rule_duration(text: str, setting: Setting) -> TimeValue:
    return TimeValue("DURATION", duration_value(text))


def rule_all(text: str, setting: Setting) -> TimeValue:
    inner = re.sub(
        r"^(?:all|throughout|during|over|for much of|for most of|for the rest of|the rest of|the remainder of)(?: of)? ",
        "",
        text,
    )
    season = re.search(r"spring|summer|autumn|winter", inner)
    if season is not None:
        return season_near(season.group(), step_of(inner), setting)
    unit = unit_of(inner)
    if unit in ("day", "night", "century", "decade") and "last" not in inner and "this" not in inner:
        return TimeValue("DURATION", f"P1{CODES[unit]}")
    return this_unit(unit, step_of(inner), setting.day)


def rule_reference(text: str, setting: Setting) -> TimeValue:
    if re.search(r"so far (?:this|last)|to date", text):
        return (
            this_unit(unit_of(text), step_of(text), setting.day)
            if "date" not in text
            else TimeValue("DATE", "PRESENT_REF")
        )
    if re.search(r"future|soon|shortly|imminent|momentarily", text):
        return TimeValue("DATE", "FUTURE_REF")
    if re.search(r"past|recent|lately|previous|former|the time|that|then", text):
        return TimeValue("DATE", "PAST_REF")
    if "term" in text or "meantime" in text:
        return TimeValue("DATE", "FUTURE_REF")
    return TimeValue("DATE", "PRESENT_REF")
