"""What vague time words span, and the calendar of feasts: data for the `when` layer."""

from datetime import date, timedelta
from functools import cache
from typing import Final

from dateutil.easter import easter
from hijridate import Gregorian, Hijri

from reportedly.knowledge.tables import table

HIJRI_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        ("muharram", "safar", "rabi al-awwal|rabi' al-awwal|rabi i", "rabi al-thani|rabi' al-thani|rabi al-akhir|rabi ii",
         "jumada al-awwal|jumada al-ula|jumada i", "jumada al-thani|jumada al-akhira|jumada ii", "rajab", "shaaban|sha'ban|shaban|sha’ban",
         "ramadan|ramadhan", "shawwal", "dhu al-qadah|dhu al-qi'dah|dhul-qadah|dhu al-qaeda|zulqadah",
         "dhu al-hijjah|dhul-hijjah|dhu al-hijja|dhul hijja|zulhijja"), start=1)
    for name in names.split("|")
}  # fmt: skip
"""Months of the Hijri year by the names that reports give them."""


@cache
def windows() -> dict[str, tuple[float, float | None]]:
    """Name of a window -> from, to; None where it is open."""
    return {
        row["name"]: (float(row["from"]), float(row["to"]) if row["to"] else None) for row in table("time_windows.tsv")
    }


def days_around(name: str, day: date) -> tuple[date, date | None]:
    """The days that a window counted in days spans, seen from one."""
    start, end = windows()[name]
    return day + timedelta(days=int(start)), None if end is None else day + timedelta(days=int(end))


def hijri_month(month: int, hijri_year: int) -> tuple[date, date]:
    """First and last day of a Hijri month (Umm al-Qura). Raises ValueError or OverflowError outside 1343-1500 AH."""
    first = Hijri(hijri_year, month, 1)
    opening = first.to_gregorian()
    start = date(opening.year, opening.month, opening.day)
    return start, start + timedelta(days=first.month_length() - 1)


def hijri_year_of(day: date) -> int:
    """The Hijri year that a day falls in (Umm al-Qura)."""
    return Gregorian(day.year, day.month, day.day).to_hijri().year


def feast(name: str, year: int) -> tuple[date, date] | None:
    """When a feast is kept in a Gregorian year; None where it is not known, or not kept in that year."""
    fixed = {
        "christmas eve": (12, 24, 1), "christmas day": (12, 25, 1), "christmas": (12, 25, 1), "new year's eve": (12, 31, 1),
        "new year's day": (1, 1, 1), "new year": (1, 1, 1), "nowruz": (3, 20, 2), "newroz": (3, 20, 2), "valentine's day": (2, 14, 1),
        "halloween": (10, 31, 1), "may day": (5, 1, 1), "orthodox christmas": (1, 7, 1),
    }  # fmt: skip
    if name in fixed:
        month, day, length = fixed[name]
        start = date(year, month, day)
        return start, start + timedelta(days=length - 1)
    offset = {"good friday": -2, "palm sunday": -7, "easter sunday": 0, "easter monday": 1, "easter": 0}.get(name)
    if offset is not None:
        start = easter(year) + timedelta(days=offset)
        return start, start
    if name == "thanksgiving":
        first = date(year, 11, 1)
        start = first + timedelta(days=(3 - first.weekday()) % 7 + 21)
        return start, start
    month_of = {"eid al-fitr": (10, 1, 3), "eid al-adha": (12, 10, 4), "ashura": (1, 10, 1), "mawlid": (3, 12, 1)}.get(
        name
    )
    if month_of is not None:
        month, day, length = month_of
        for hijri in range(hijri_year_of(date(year, 1, 1)) - 1, hijri_year_of(date(year, 12, 31)) + 2):
            kept = Hijri(hijri, month, day).to_gregorian()
            if kept.year == year:
                start = date(kept.year, kept.month, kept.day)
                return start, start + timedelta(days=length - 1)
    return None
