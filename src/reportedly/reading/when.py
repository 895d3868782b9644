"""The `when` layer: time expressions, and their dates against the dateline and the tense of their clause."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from reportedly.model.record import TimePrecision
from reportedly.reading.syntax import Document, Word

Window = tuple[date | None, date | None, TimePrecision]

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SHORT_MONTHS: Final = {m[:3]: i + 1 for i, m in enumerate(_MONTHS)} | {"sept": 9}
_NUMBERS: Final = {
    w: i
    for i, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 3, "some": 3}

_DAY = "|".join(_DAYS)
_MONTH = "|".join([*_MONTHS, *(rf"{s}\.?" for s in _SHORT_MONTHS if s != "may")])
_PART = r"(?:morning|afternoon|evening|night|dawn|noon|midday|midnight)"
_UNIT = r"(?:hours?|days?|weeks?|months?|years?)"
_COUNT = r"(?:\d+|" + "|".join(_NUMBERS) + r")(?: few| of)?"
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:{_MONTH})|(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?"

_EXPRESSION: Final = re.compile(
    r"\b(?:"
    + "|".join(
        rf"(?P<{name}>{pattern})"
        for name, pattern in {
            "iso": r"\d{4}-\d{2}-\d{2}",
            "nights": rf"(?:the )?night (?:from|between|of) (?:{_DAY}) (?:to|and) (?:{_DAY})",
            "daterange": rf"(?:between |from )?\d{{1,2}}(?: and | to | ?[-–] ?|(?: and| or) )\d{{1,2}} (?:{_MONTH})(?: \d{{4}})?",
            "dateto": rf"(?:between |from ){_DATE} (?:and|to|until) {_DATE}",
            "weekof": rf"(?:the )?(?:first|second|third|fourth|last) week of (?:{_MONTH}|next month|this month)",
            "edgeof": rf"(?:(?:by|before|until|at|towards?|through) )?(?:the )?(?:end|beginning|start|middle) of (?:the |this |next |last )?(?:week|month|year|day|{_MONTH})(?: \d{{4}})?",
            "midmonth": rf"(?:(?:by|before|until|in|from) )?(?:mid|early|late)[- ](?:{_MONTH})(?: \d{{4}})?",
            "earlier": r"(?:earlier|later) (?:this|last|next) (?:week|month|year)",
            "inhours": rf"(?:in|within|over|during) the (?:coming|next|following) (?:few |{_COUNT} )?{_UNIT}",
            "pasthours": rf"(?:in|over|during|within|for) the (?:past|last|previous) (?:few |{_COUNT} )?{_UNIT}",
            "ago": rf"{_COUNT} {_UNIT} (?:ago|earlier)",
            "since": rf"since (?:last |early |late )?(?:{_DAY}|yesterday|{_DATE}|(?:{_MONTH})(?: \d{{4}})?|\d{{4}})",
            "by": rf"(?:by|before|until|till) (?:next |this )?(?:{_DAY}|tomorrow|{_DATE}|(?:{_MONTH})(?: \d{{4}})?)",
            "date": rf"{_DATE}",
            "monthyear": rf"(?:(?:in|last|next|this|since) )?(?:{'|'.join(_MONTHS)}) \d{{4}}",
            "month": rf"(?:in|last|next|this|during|of) (?:{'|'.join(_MONTHS)})(?! \d)",
            "weekday": rf"(?:(?:in the )?early (?:hours of |on )|late (?:on )?|before dawn on |at dawn on |on |last |next |this |the previous |the following )*(?:{_DAY})(?: {_PART})?(?: last week)?",
            "partofday": rf"(?:this|yesterday|tomorrow|last|at|before|around|after) {_PART}(?: (?:today|yesterday|tomorrow))?",
            "deictic": r"(?:early |late |earlier )?(?:today|yesterday|tomorrow|tonight|overnight)",
            "week": r"(?:last|this|next|the past|the coming|the previous|the following) (?:week|weekend|month|year|quarter)",
            "anaphor": r"(?:(?:on )?the (?:next|following|previous|same) (?:day|night|evening|morning)|the day (?:before|after)|(?:a few |several |two |three |some )?(?:hours|minutes) (?:later|after|earlier|before)|a (?:day|week|month|year) (?:later|earlier|before|after))",
            "year": r"(?:in|since|during|until|by) (?:19|20)\d{2}",
        }.items()
    )
    + r")\b",
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class TimeMention:
    """A time expression: words [first, last], its kind of wording and what it resolves to in each tense."""

    first: int
    last: int
    kind: str
    text: str
    past: Window
    future: Window
    relative: str | None = None
    """For "the next day": which way from the event told before."""

    def window(self, future: bool) -> Window:
        return self.future if future else self.past


class When:
    """Finds time expressions. Input: the text, the dateline. Output: layer "times"."""

    name = "when"

    def __call__(self, document: Document) -> None:
        found: list[TimeMention] = []
        dateline = dateline_of(document)
        for sentence in document.sentences:
            words = document.sentence_words(sentence)
            start, end = words[0].start, words[-1].end
            text = document.report.text[start:end].replace("\n", " ").replace("\xa0", " ")
            for match in _EXPRESSION.finditer(text):
                bounds = _words_at(words, start + match.start(), start + match.end())
                if bounds is None or match.lastgroup is None:
                    continue
                if match.lastgroup == "month" and match.group().lower().startswith("of "):
                    continue
                found.append(_resolve(match.lastgroup, match.group(), bounds, dateline))
        document.layers["times"] = found


def dateline_of(document: Document) -> date | None:
    """The report's date of publication."""
    published = document.report.published
    return date.fromisoformat(published[:10]) if published else None


def _words_at(words: list[Word], start: int, end: int) -> tuple[int, int] | None:
    inside = [w.i for w in words if w.start >= start and w.end <= end]
    return (inside[0], inside[-1]) if inside else None


def _resolve(kind: str, text: str, bounds: tuple[int, int], dateline: date | None) -> TimeMention:
    lower = text.lower()
    relative = lower if kind == "anaphor" else None
    nothing: Window = (None, None, "vague")
    if (
        dateline is None
        and kind not in ("iso", "monthyear", "year")
        and not (kind == "date" and re.search(r"\d{4}$", lower))
    ):
        return TimeMention(*bounds, kind, text, nothing, nothing, relative)
    day = dateline or date(2000, 1, 1)
    rule = _RULES.get(kind)
    try:
        past = rule(lower, day, False) if rule else nothing
        future = rule(lower, day, True) if rule else nothing
    except (ValueError, OverflowError):
        past = future = nothing
    return TimeMention(*bounds, kind, text, past, future, relative)


def shifted(relative: str, anchor: date) -> Window:
    """Date of "the next day" and its like, from the date of the event told before."""
    if re.search(r"hours?|minutes?|same", relative):
        return anchor, anchor, "day"
    back = re.search(r"before|previous|earlier", relative)
    unit = re.search(r"week|month|year", relative)
    step = timedelta(days={"week": 7, "month": 30, "year": 365}[unit.group()] if unit else 1)
    moved = anchor - step if back else anchor + step
    return moved, moved, "day"


# ---------------------------------------------------------------------------------------------- rules


def _weekday(name: str, day: date, future: bool) -> date:
    """The last such day up to the dateline; of the future, the next one."""
    index = _DAYS.index(name)
    if future:
        return day + timedelta(days=(index - day.weekday()) % 7)
    return day - timedelta(days=(day.weekday() - index) % 7)


def _find_day(text: str) -> str:
    found = re.search(_DAY, text)
    if found is None:
        raise ValueError(text)
    return found.group()


def _rule_weekday(text: str, day: date, future: bool) -> Window:
    name = _find_day(text)
    found = _weekday(name, day, future or text.startswith("next"))
    if "last week" in text:
        monday = day - timedelta(days=day.weekday() + 7)
        found = monday + timedelta(days=_DAYS.index(name))
    elif re.match(r"(?:on )?(?:last|the previous)", text) and found == day:
        found -= timedelta(days=7)
    elif text.startswith("next") and found == day:
        found += timedelta(days=7)
    return found, found, "day"


def _rule_nights(text: str, day: date, future: bool) -> Window:
    names = re.findall(_DAY, text)
    last = _weekday(names[-1], day, future)
    return last - timedelta(days=1), last, "day"


def _rule_deictic(text: str, day: date, future: bool) -> Window:
    if "yesterday" in text:
        found = day - timedelta(days=1)
    elif "tomorrow" in text:
        found = day + timedelta(days=1)
    elif "overnight" in text:
        return (day, day + timedelta(days=1), "day") if future else (day - timedelta(days=1), day, "day")
    else:
        found = day
    return found, found, "day"


def _rule_part(text: str, day: date, future: bool) -> Window:
    if "yesterday" in text or text.startswith("last"):
        found = day - timedelta(days=1)
        return (found, day, "day") if "night" in text and "yesterday" not in text else (found, found, "day")
    if "tomorrow" in text:
        found = day + timedelta(days=1)
        return found, found, "day"
    if text.startswith("this") or "today" in text:
        return day, day, "day"
    return (day, day, "hour") if re.match(r"(?:at|before) (?:dawn|noon)", text) else (None, None, "vague")


def _month_number(text: str) -> int:
    found = re.search(rf"\b({_MONTH})", text)
    if found is None:
        raise ValueError(text)
    return _SHORT_MONTHS[found.group()[:3]]


def _year_for(month: int, day_of_month: int, text: str, day: date, future: bool) -> int:
    given = re.search(r"\b((?:19|20)\d{2})\b", text)
    if given:
        return int(given.group())
    this = date(day.year, month, min(day_of_month, monthrange(day.year, month)[1]))
    if future:
        return day.year if this >= day - timedelta(days=31) else day.year + 1
    return day.year if this <= day else day.year - 1


def _rule_date(text: str, day: date, future: bool) -> Window:
    month = _month_number(text)
    number = re.search(r"\b(\d{1,2})(?!\d)", text)
    if number is None:
        raise ValueError(text)
    of_month = int(number.group(1))
    found = date(_year_for(month, of_month, text, day, future), month, of_month)
    return found, found, "day"


def _rule_daterange(text: str, day: date, future: bool) -> Window:
    month = _month_number(text)
    numbers = [int(n) for n in re.findall(r"\b(\d{1,2})(?!\d)", text)][:2]
    year = _year_for(month, numbers[-1], text, day, future)
    return date(year, month, numbers[0]), date(year, month, numbers[-1]), "day"


def _rule_dateto(text: str, day: date, future: bool) -> Window:
    dates = re.findall(_DATE, text)
    return _rule_date(dates[0], day, future)[0], _rule_date(dates[-1], day, future)[1], "day"


def _rule_iso(text: str, day: date, future: bool) -> Window:
    found = date.fromisoformat(text)
    return found, found, "day"


def _month_window(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _rule_month(text: str, day: date, future: bool) -> Window:
    month = _month_number(text)
    year = _year_for(month, 1, text, day, future or text.startswith("next"))
    first, last = _month_window(year, month)
    return first, (min(last, day) if "since" in text else last), "month"


def _rule_year(text: str, day: date, future: bool) -> Window:
    year = int(re.search(r"\d{4}", text).group())  # type: ignore[union-attr]
    first, last = date(year, 1, 1), date(year, 12, 31)
    if text.startswith("since"):
        return first, day, "year"
    return (day if text.startswith(("by", "until")) and day <= last else first), last, "year"


def _unit_window(unit: str, which: str, day: date) -> tuple[date, date]:
    """The week (Monday to Sunday), month or year that is last, this or next, seen from a day."""
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    if unit in ("week", "weekend"):
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
        return (
            (monday + timedelta(days=5), monday + timedelta(days=6))
            if unit == "weekend"
            else (monday, monday + timedelta(days=6))
        )
    if unit == "year":
        return date(day.year + step, 1, 1), date(day.year + step, 12, 31)
    if unit == "quarter":
        quarter = (day.month - 1) // 3 + step
        year = day.year + quarter // 4
        return date(year, quarter % 4 * 3 + 1, 1), _month_window(year, quarter % 4 * 3 + 3)[1]
    months = day.year * 12 + day.month - 1 + step
    return _month_window(months // 12, months % 12 + 1)


def _rule_week(text: str, day: date, future: bool) -> Window:
    which = re.search(r"last|this|next|past|coming|previous|following", text)
    unit = re.search(r"weekend|week|month|year|quarter", text)
    if unit is None or which is None:
        raise ValueError(text)
    if "the past" in text:
        return day - timedelta(days={"week": 7, "month": 30, "year": 365}.get(unit.group(), 7)), day, "week"
    if unit.group() == "weekend" and which.group() == "last":
        sunday = day - timedelta(days=(day.weekday() - 6) % 7 or 7)
        return sunday - timedelta(days=1), sunday, "day"
    first, last = _unit_window(unit.group(), which.group(), day)
    precision: TimePrecision = {"week": "week", "weekend": "day", "month": "month", "year": "year"}.get(
        unit.group(), "month"
    )  # type: ignore[assignment]
    return first, last, precision


def _rule_earlier(text: str, day: date, future: bool) -> Window:
    unit = text.rsplit(" ", 1)[-1]
    first, last = _unit_window(unit, text.split()[1], day)
    if "this" in text:
        return (first, day - timedelta(days=1), "vague") if text.startswith("earlier") else (day, last, "vague")
    return first, last, "vague"


def _amount(text: str) -> tuple[int, str]:
    unit = re.search(r"(hour|day|week|month|year)s?", text)
    count = re.search(rf"(\d+|{'|'.join(_NUMBERS)})(?= (?:few |of )?(?:hour|day|week|month|year))", text)
    if unit is None:
        raise ValueError(text)
    number = 1
    if count is not None:
        number = int(count.group()) if count.group().isdigit() else _NUMBERS[count.group()]
    elif unit.group().endswith("s"):
        number = 0
    return number, unit.group(1)


def _length(number: int, unit: str) -> timedelta:
    return timedelta(days=number * {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}[unit])


def _rule_inhours(text: str, day: date, future: bool) -> Window:
    number, unit = _amount(text)
    if unit == "hour":
        return day, day + timedelta(days=max(1, -(-number // 24) if re.search(r"\d", text) else 1)), "hour"
    if not number or "few" in text:
        return day, None, "vague"
    return day, day + _length(number, unit), "day" if unit == "day" else "week" if unit == "week" else "month"


def _rule_pasthours(text: str, day: date, future: bool) -> Window:
    number, unit = _amount(text)
    if unit == "hour":
        return day - timedelta(days=max(1, -(-number // 24) if re.search(r"\d", text) else 1)), day, "hour"
    if not number or "few" in text:
        return None, day, "vague"
    return day - _length(number, unit), day, "day" if unit == "day" else "week" if unit == "week" else "month"


def _rule_ago(text: str, day: date, future: bool) -> Window:
    number, unit = _amount(text)
    found = day - _length(number, unit)
    if unit == "month":
        months = day.year * 12 + day.month - 1 - number
        return *_month_window(months // 12, months % 12 + 1), "month"
    if unit == "year":
        return date(day.year - number, 1, 1), date(day.year - number, 12, 31), "year"
    if unit == "week":
        return *_unit_window("week", "this", found), "week"
    return found, found, "day" if unit == "day" else "hour"


def _point(text: str, day: date, future: bool) -> Window:
    """The day or stretch that "since ..." or "by ..." runs from or to."""
    if re.search(_DAY, text):
        return _rule_weekday(_find_day(text), day, future)
    if "yesterday" in text or "tomorrow" in text:
        return _rule_deictic(text, day, future)
    rest = text.split(" ", 1)[1]
    if re.fullmatch(r"\d{4}", rest):
        return date(int(rest), 1, 1), date(int(rest), 12, 31), "year"
    if re.search(r"\b\d{1,2}(?!\d)", rest):
        return _rule_date(rest, day, future)
    return _rule_month(rest, day, future)


def _rule_since(text: str, day: date, future: bool) -> Window:
    return _point(text, day, False)[0], day, "day"


def _rule_by(text: str, day: date, future: bool) -> Window:
    first, last, precision = _point(text, day, True)
    if (text.startswith(("before", "until", "till")) and precision in ("month", "year")) or text.startswith("before"):
        last = first - timedelta(days=1) if first else None
    return day, last, "vague"


def _rule_edgeof(text: str, day: date, future: bool) -> Window:
    unit = re.search(r"\b(week|month|year|day)\b", text)
    to_end = re.match(r"(?:by|before|until|towards?|through)", text)
    if unit is not None and unit.group() != "day":
        which = re.search(r"\b(next|last)\b", text)
        first, last = _unit_window(unit.group(), which.group() if which else "this", day)
    elif unit is not None:
        first = last = day
    else:
        month = _month_number(text)
        first, last = _month_window(_year_for(month, 28, text, day, future or bool(to_end)), month)
    if "end" in text:
        return (day, last, "vague") if to_end else (last - (last - first) // 4, last, "vague")
    if "middle" in text:
        middle = first + (last - first) / 2
        return middle - timedelta(days=3), middle + timedelta(days=3), "vague"
    if unit is not None and unit.group() == "week":
        # The working week starts on Sunday where most such reports come from; Sunday and Monday are its beginning.
        return first - timedelta(days=1), first, "vague"
    return first, first + (last - first) // 4, "vague"


def _rule_midmonth(text: str, day: date, future: bool) -> Window:
    month = _month_number(text)
    to_end = re.match(r"(?:by|before|until)", text)
    year = _year_for(month, 15, text, day, future or bool(to_end))
    first, last = _month_window(year, month)
    if "mid" in text:
        start, end = date(year, month, 11), date(year, month, 20)
        if to_end:
            end = date(year, month, 15)
    elif "early" in text:
        start, end = first, date(year, month, 10)
    else:
        start, end = date(year, month, 21), last
    return (day if to_end else start), end, "vague"


def _rule_weekof(text: str, day: date, future: bool) -> Window:
    if "month" in text:
        first, last = _unit_window("month", "next" if "next" in text else "this", day)
    else:
        month = _month_number(text)
        first, last = _month_window(_year_for(month, 7, text, day, future), month)
    order = re.search(r"first|second|third|fourth|last", text)
    if order is None or order.group() == "last":
        return last - timedelta(days=6), last, "week"
    start = first + timedelta(weeks=("first", "second", "third", "fourth").index(order.group()))
    return start, start + timedelta(days=6), "week"


_RULES: Final[dict[str, Callable[[str, date, bool], Window]]] = {
    "iso": _rule_iso, "nights": _rule_nights, "daterange": _rule_daterange, "dateto": _rule_dateto, "weekof": _rule_weekof,
    "edgeof": _rule_edgeof, "midmonth": _rule_midmonth, "earlier": _rule_earlier, "inhours": _rule_inhours,
    "pasthours": _rule_pasthours, "ago": _rule_ago, "since": _rule_since, "by": _rule_by, "date": _rule_date,
    "monthyear": _rule_month, "month": _rule_month, "weekday": _rule_weekday, "partofday": _rule_part,
    "deictic": _rule_deictic, "week": _rule_week, "year": _rule_year,
}  # fmt: skip
