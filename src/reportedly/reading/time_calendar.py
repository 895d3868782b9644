"""What dates, days of the week, months, years and their parts mean, against the dateline and the tense."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

from reportedly.knowledge.time_windows import days_around, windows
from reportedly.reading.time_expressions import DATE, DAYS, MONTH, ORDINALS, SHORT_MONTHS, YEAR
from reportedly.reading.time_units import (
    CODES,
    DAYS_IN,
    PARTS,
    Setting,
    TimeValue,
    bounded,
    clock_of,
    day_value,
    decade_value,
    half_value,
    month_value,
    part_of,
    quarter_value,
    season_value,
    this_unit,
    unit_of,
    week_value,
    weekend_value,
    year_value,
)


def month_number(text: str) -> int:
    found = re.search(rf"\b({MONTH})", text)
    if found is None:
        raise ValueError(text)
    return SHORT_MONTHS[found.group()[:3]]


def given_year(text: str) -> int | None:
    found = re.search(rf"\b({YEAR})", text)
    return int(found.group(1)) if found else None


def year_for(month: int, day_of_month: int, text: str, setting: Setting) -> int:
    """The year of a month that none is given for: the nearest in the direction that the tense looks."""
    given = given_year(text)
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


def date_value(text: str, setting: Setting) -> TimeValue:
    month = month_number(text)
    number = re.search(
        r"\b(\d{1,2})(?:st|nd|rd|th)?\b(?!:)", re.sub(rf"{YEAR}|\d{{1,2}}:\d\d|\d{{1,2}} ?[ap]\.?m", " ", text)
    )
    if number is None:
        raise ValueError(text)
    day = int(number.group(1))
    return day_value(date(year_for(month, day, text, setting), month, day))


def rule_date(text: str, setting: Setting) -> TimeValue:
    found = re.search(DATE, text)
    value = date_value(found.group() if found else text, setting)
    rest = text.replace(found.group(), " ") if found else ""
    if re.match(r"(?:since|by|until|till|before|as of)\b", text):
        return bounded(text, value, setting)
    return part_of(rest, value)


def rule_weekday_date(text: str, setting: Setting) -> TimeValue:
    return bounded(text, date_value(re.sub(r"\b(?:" + "|".join(DAYS) + r")\b,?", "", text), setting), setting)


def rule_iso(text: str, setting: Setting) -> TimeValue:
    value = day_value(date.fromisoformat(text[:10]))
    return (
        value if len(text) < 16 else replace(value, type="TIME", value=f"{text[:10]}T{text[11:16]}", precision="hour")
    )


def rule_dtg(text: str, setting: Setting) -> TimeValue:
    """A military date-time group: 221430Z MAR 13."""
    digits = re.match(r"(\d\d)(\d\d)(\d\d)z? ?([a-z]{3}) ?(\d\d)", text)
    if digits is None:
        raise ValueError(text)
    day, hour, minute, month, year = digits.groups()
    value = day_value(date(2000 + int(year), SHORT_MONTHS[month], int(day)))
    return replace(value, type="TIME", value=f"{value.value}T{hour}:{minute}", precision="hour")


def rule_numeric(text: str, setting: Setting) -> TimeValue:
    """Day and month in the order that gives a date; where both do, the one nearer to the dateline."""
    first, second, year = (int(n) for n in re.split(r"[/.]", text))
    year += 2000 if year < 70 else 1900 if year < 100 else 0
    options = []
    for day, month in ((first, second), (second, first)):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
            options.append(date(year, month, day))
    return day_value(min(options, key=lambda d: (abs((d - setting.day).days) > 62, options.index(d))))


def span_value(first: TimeValue, last: TimeValue) -> TimeValue:
    return TimeValue("DATE", f"{first.value}/{last.value}", first.start, last.end, first.precision)


def rule_day_range(text: str, setting: Setting) -> TimeValue:
    month = month_number(text)
    numbers = [int(n) for n in re.findall(r"\b(\d{1,2})(?!\d)", re.sub(YEAR, " ", text))][:2]
    year = year_for(month, numbers[-1], text, setting)
    return span_value(day_value(date(year, month, numbers[0])), day_value(date(year, month, numbers[-1])))


def rule_date_range(text: str, setting: Setting) -> TimeValue:
    dates = re.findall(DATE, text)
    last = date_value(dates[-1], setting)
    first = date_value(dates[0], setting)
    if last.start is not None and given_year(dates[0]) is None:
        first = date_value(f"{dates[0]} {last.start.year}", setting)
    return span_value(first, last)


def rule_year_range(text: str, setting: Setting) -> TimeValue:
    numbers = re.findall(r"\d+", text)
    first, last = int(numbers[0]), int(numbers[1])
    return span_value(year_value(first), year_value(last if last > 99 else first // 100 * 100 + last))


def rule_nine_eleven(text: str, setting: Setting) -> TimeValue:
    return day_value(date(2001, 9, 11))


def weekday_of(text: str, setting: Setting) -> date:
    """The last such day up to the dateline; of the future, the next one."""
    found = re.search(r"\b(mon|tue|wed|thu|fri|sat|sun)", text)
    if found is None:
        raise ValueError(text)
    index = [d[:3] for d in DAYS].index(found.group(1))
    day = setting.day
    if setting.future:
        return day + timedelta(days=(index - day.weekday()) % 7)
    return day - timedelta(days=(day.weekday() - index) % 7)


def rule_weekday(text: str, setting: Setting) -> TimeValue:
    ahead = re.search(r"\b(?:next|this coming|the following)\b|a week from", text)
    found = weekday_of(text, replace(setting, future=setting.future or bool(ahead) or text.startswith("by ")))
    week = setting.day - timedelta(days=setting.day.weekday())
    if "last week" in text or "next week" in text or "this week" in text:
        step = -7 if "last week" in text else 7 if "next week" in text else 0
        found = week + timedelta(days=step + found.weekday())
    elif "a week ago" in text:
        found = weekday_of(text, replace(setting, future=False)) - timedelta(days=7)
    elif re.search(r"\b(?:last|the previous|this past)\b", text):
        found = weekday_of(text, replace(setting, future=False))
        found -= timedelta(days=7 if found == setting.day else 0)
    elif ahead and found == setting.day:
        found += timedelta(days=7)
    value = day_value(found)
    if re.match(r"(?:since|until|till|by|before (?!dawn|noon|midnight|dusk))", text):
        return bounded(text, value, setting)
    return part_of(text, value)


def rule_weekday_range(text: str, setting: Setting) -> TimeValue:
    first, last = re.findall(r"\b(?:" + "|".join(DAYS) + ")", text)[:2]
    end = weekday_of(last, setting)
    start = weekday_of(first, replace(setting, day=end, future=False))
    if setting.future:
        start = weekday_of(first, setting)
        end = weekday_of(last, replace(setting, day=start))
    return span_value(day_value(start), day_value(end))


def rule_nights(text: str, setting: Setting) -> TimeValue:
    names = re.findall("|".join(DAYS), text)
    last = weekday_of(names[-1], setting)
    return TimeValue("TIME", f"{last - timedelta(days=1)}TNI", last - timedelta(days=1), last, "day")


def rule_night_into(text: str, setting: Setting) -> TimeValue:
    """ "Overnight into Friday" ends on Friday, "overnight on Friday" begins then."""
    named = weekday_of(text, setting)
    start = named - timedelta(days=1) if re.search(r"\b(?:into|to)\b", text) else named
    return TimeValue("TIME", f"{start}TNI", start, start + timedelta(days=1), "day")


def rule_part_weekday(text: str, setting: Setting) -> TimeValue:
    value = date_value(text, setting) if re.search(DATE, text) else day_value(weekday_of(text, setting))
    return part_of(text, value)


def rule_deictic(text: str, setting: Setting) -> TimeValue:
    day = setting.day
    if "overnight" in text:
        start, end = days_around("overnight ahead" if setting.future else "overnight", day)
        return TimeValue("TIME", f"{start}TNI", start, end, "day")
    if "last night" in text:
        return TimeValue("TIME", f"{day - timedelta(days=1)}TNI", day - timedelta(days=1), day, "day")
    if "tonight" in text:
        return TimeValue("TIME", f"{day}TNI", day, day, "day")
    step = -1 if "yesterday" in text else 1 if "tomorrow" in text else 0
    value = day_value(day + timedelta(days=step))
    if re.match(r"(?:since|until|till|by|before (?!dawn|noon|dusk))", text):
        return bounded(text, value, setting)
    return part_of(text, value)


def rule_yesterday_plus(text: str, setting: Setting) -> TimeValue:
    return day_value(setting.day + timedelta(days=-2 if "before" in text else 2))


def rule_part(text: str, setting: Setting) -> TimeValue:
    """ "At dawn", "in the evening": of the day named last, or of the dateline; which day is not said."""
    if re.search(r"today|yesterday|tomorrow", text):
        return rule_deictic(text, setting)
    if re.search(DATE, text):
        return part_of(text, date_value(text, setting))
    if re.search("|".join(DAYS), text):
        return part_of(text, day_value(weekday_of(text, setting)))
    value = part_of(text, day_value(setting.anchor))
    if (
        re.match(r"(?:at|before|around) (?:dawn|noon|midday|dusk|daybreak|sunrise|sunset|midnight)", text)
        and setting.anchor == setting.day
    ):
        return value
    if setting.anchor != setting.day:
        return value
    return replace(value, start=None, end=None, precision="vague")


def rule_predawn(text: str, setting: Setting) -> TimeValue:
    if re.search(r"today|yesterday|tomorrow", text):
        return replace(rule_deictic(text, setting), type="TIME")
    if re.search(DATE, text):
        value = date_value(text, setting)
    elif re.search("|".join(DAYS), text):
        value = day_value(weekday_of(text, setting))
    else:
        value = day_value(setting.anchor)
    if "night" in text:
        return replace(value, type="TIME", value=f"{value.value}TNI")
    if "in the day" in text:
        return value
    return replace(value, type="TIME", value=f"{value.value}TMO")


def rule_clock(text: str, setting: Setting) -> TimeValue:
    if re.search("|".join(DAYS), text):
        value = day_value(weekday_of(text, setting))
    elif "yesterday" in text or "tomorrow" in text:
        value = day_value(setting.day + timedelta(days=-1 if "yesterday" in text else 1))
    elif re.search(DATE, text):
        value = date_value(text, setting)
    else:
        value = day_value(setting.anchor)
    return clock_of(text, value)


def step_of(text: str) -> int:
    if re.search(r"\b(?:last|previous|past|preceding)\b", text):
        return -1
    return 1 if re.search(r"\b(?:next|coming|following|upcoming)\b", text) else 0


def rule_week(text: str, setting: Setting) -> TimeValue:
    step = step_of(text)
    part = re.search(r"\b(" + "|".join(PARTS) + r")\b", text)
    base = setting.anchor if re.search(r"\b(?:that|same|previous|following)\b", text) else setting.day
    if part is not None:
        return part_of(text, day_value(base + timedelta(days=step)))
    season = re.search(r"spring|summer|autumn|fall|winter", text)
    if season is not None:
        return bounded(text, season_near(season.group(), step, setting), setting)
    unit = "year" if re.search(r"fiscal|financial", text) else unit_of(text)
    if (
        "the past" in text
        or ("the last" in text and unit in ("week", "month", "year", "decade", "century", "hour"))
        or ("this past" in text and unit != "weekend")
    ):
        length = DAYS_IN[unit]
        return TimeValue(
            "DURATION",
            f"P{'T' if unit in ('hour', 'minute') else ''}1{CODES[unit]}",
            setting.day - timedelta(days=length),
            setting.day,
            "week",
        )
    if unit == "weekend" and step == -1:
        return bounded(text, weekend_value(setting.day - timedelta(days=7)), setting)
    if unit == "weekend" and step == 0 and not setting.future and setting.day.weekday() < 5:
        return bounded(
            text,
            weekend_value(setting.day - timedelta(days=7)) if "this" not in text else weekend_value(setting.day),
            setting,
        )
    return bounded(text, this_unit(unit, step, base), setting)


def season_near(name: str, step: int, setting: Setting) -> TimeValue:
    this = season_value(name, setting.day.year)
    if step < 0:
        return this if this.end is not None and this.end < setting.day else season_value(name, setting.day.year - 1)
    if step > 0:
        return this if this.start is not None and this.start > setting.day else season_value(name, setting.day.year + 1)
    if not setting.future and this.start is not None and this.start > setting.day + timedelta(days=120):
        return season_value(name, setting.day.year - 1)
    return this


def rule_season(text: str, setting: Setting) -> TimeValue:
    name = re.search(r"spring|summer|autumn|fall|winter", text)
    if name is None:
        raise ValueError(text)
    year = given_year(text)
    value = season_value(name.group(), year) if year else season_near(name.group(), step_of(text), setting)
    return bounded(text, value, setting)


def rule_the_unit(text: str, setting: Setting) -> TimeValue:
    return this_unit(unit_of(text), 0, setting.day)


def rule_the_weekend(text: str, setting: Setting) -> TimeValue:
    past = not setting.future and not text.startswith(("until", "by"))
    day = setting.day - timedelta(days=7) if past and setting.day.weekday() < 5 else setting.day
    return bounded(text, weekend_value(day), setting)


def rule_earlier(text: str, setting: Setting) -> TimeValue:
    """ "Earlier this week" is Monday to the day before the dateline (the claim record's rule)."""
    value = rule_week(re.sub(r"^(?:much )?(?:earlier|later|early|late) (?:in )?(?:the )?", "", text), setting)
    if value.start is None or value.end is None or value.type == "TIME":
        return value
    if value.start <= setting.day <= value.end:
        if "later" in text:
            return replace(value, start=setting.day, precision="vague")
        if "earlier" in text:
            return replace(value, end=max(value.start, setting.day - timedelta(days=1)), precision="vague")
    return replace(value, precision="vague")


def rule_month(text: str, setting: Setting) -> TimeValue:
    month = month_number(text)
    future = setting.future or bool(re.search(r"\b(?:next|by)\b", text))
    if "every" in text:
        return TimeValue("SET", f"XXXX-{month:02}")
    year = year_for(month, 1, text, replace(setting, future=future and "last" not in text and "since" not in text))
    if re.match(r"last\b", text) and (year, month) == (setting.day.year, setting.day.month):
        year -= 1
    if re.match(r"next\b", text) and (year, month) <= (setting.day.year, setting.day.month):
        year += 1
    return bounded(text, month_value(year, month), setting)


def rule_month_year(text: str, setting: Setting) -> TimeValue:
    season = re.search(r"spring|summer|autumn|fall|winter", text)
    year = given_year(text)
    if season is not None and year is not None:
        return bounded(text, season_value(season.group(), year), setting)
    return rule_month(text, setting)


def rule_month_range(text: str, setting: Setting) -> TimeValue:
    names = re.findall(MONTH, text)
    last = rule_month(f"{names[-1]} {given_year(text) or ''}", setting)
    year = last.start.year if last.start is not None else setting.day.year
    first = SHORT_MONTHS[names[0][:3]]
    second = SHORT_MONTHS[names[-1][:3]]
    return span_value(month_value(year if first <= second else year - 1, first), last)


def rule_year(text: str, setting: Setting) -> TimeValue:
    year = given_year(text)
    if year is None:
        raise ValueError(text)
    return bounded(text, year_value(year), setting)


def rule_quarter(text: str, setting: Setting) -> TimeValue:
    year = given_year(text) or setting.day.year + (-1 if "last year" in text else 1 if "next year" in text else 0)
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
        return half_value(year, number)
    value = quarter_value(year, number)
    if (
        given_year(text) is None
        and "year" not in text
        and not setting.future
        and value.start is not None
        and value.start > setting.day
    ):
        return quarter_value(year - 1, number)
    return value


def rule_fiscal(text: str, setting: Setting) -> TimeValue:
    number = int(re.findall(r"\d+", text)[-1])
    return year_value(number if number > 99 else 2000 + number)


def rule_decade(text: str, setting: Setting) -> TimeValue:
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
    return bounded(text, decade_value(year), setting)


def rule_century(text: str, setting: Setting) -> TimeValue:
    words = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
    digits = re.search(r"\d+", text)
    number = int(digits.group()) if digits else next(n for word, n in words.items() if word in text)
    return TimeValue("DATE", f"{number - 1}", date((number - 1) * 100 + 1, 1, 1), date(number * 100, 12, 31), "year")


def _cut(value: TimeValue, name: str) -> tuple[date, date]:
    """The days of a part ("end of") of a unit."""
    if value.start is None or value.end is None:
        raise ValueError(name)
    first, last = windows()[name]
    length = (value.end - value.start).days + 1
    start = value.start + timedelta(days=round(length * first))
    return start, value.start + timedelta(days=max(round(length * (last or 1)) - 1, (start - value.start).days))


def rule_edge(text: str, setting: Setting) -> TimeValue:
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
        whole = season_near(season.group(), step_of(inner), ahead)
    elif given_year(inner) and not re.search(MONTH, inner):
        whole = rule_year(inner, ahead)
    elif re.search(rf"\b{MONTH}", inner):
        whole = month_value(year_for(month_number(inner), 28, inner, ahead), month_number(inner))
    else:
        unit = unit_of(inner)
        whole = day_value(setting.day) if unit == "day" else this_unit(unit, step_of(inner), setting.day)
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


def rule_modified_month(text: str, setting: Setting) -> TimeValue:
    month = month_number(text)
    to_end = re.match(r"(?:by|before|until|till)\b", text)
    year = year_for(month, 15, text, replace(setting, future=setting.future or bool(to_end)))
    whole = month_value(year, month)
    part = "mid" if "mid" in text else "early" if "early" in text or "earlier" in text else "late"
    first, last = windows()[part]
    end_of_month = monthrange(year, month)[1]
    start, end = date(year, month, int(first)), date(year, month, min(int(last or 31), end_of_month))
    if to_end:
        middle = date(year, month, 15) if part == "mid" else end
        return replace(whole, start=setting.day, end=middle, precision="vague")
    return replace(whole, start=start, end=setting.day if text.startswith("since") else end, precision="vague")


def rule_modified_year(text: str, setting: Setting) -> TimeValue:
    year = given_year(text)
    if year is None:
        raise ValueError(text)
    part = "mid year" if "mid" in text else "early year" if "early" in text or "earlier" in text else "late year"
    first, last = windows()[part]
    value = replace(
        year_value(year), start=date(year, int(first), 1), end=month_value(year, int(last or 12)).end, precision="vague"
    )
    return bounded(text, value, setting)


def rule_week_of(text: str, setting: Setting) -> TimeValue:
    if re.search(rf"week of (?:the )?{DATE}", text) and not re.match(
        r"(?:the )?(?:first|second|third|fourth|last|final)", text
    ):
        found = date_value(text, setting)
        return week_value(found.start or setting.day)
    if "month" in text:
        whole = this_unit("month", step_of(text), setting.day)
    else:
        month = month_number(text)
        whole = month_value(year_for(month, 7, text, setting), month)
    if whole.start is None or whole.end is None:
        raise ValueError(text)
    order = re.search(r"first|second|third|fourth|last|final", text)
    if order is None:
        return whole
    if order.group() in ("last", "final"):
        return TimeValue("DATE", week_value(whole.end).value, whole.end - timedelta(days=6), whole.end, "week")
    start = whole.start + timedelta(weeks=ORDINALS[order.group()] - 1)
    return TimeValue("DATE", week_value(start + timedelta(days=3)).value, start, start + timedelta(days=6), "week")
