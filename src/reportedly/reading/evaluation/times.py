"""Scores the `when` layer against texts whose time expressions are coded: TimeML (TIMEX3), or a plain format of our own.

The field's two questions (TempEval-3): which expressions were found, an overlap being enough (relaxed) or not (exact); and how
many of those found have the right TIMEX3 value. A third of ours: how many have the right first and last day.

The plain format has one text a line, its expressions marked as [[words|value|first day..last day]] with a dash for none, and
lines "# dateline 2024-05-15" that hold for what follows.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportedly.errors import InvalidGold
from reportedly.model.record import Report
from reportedly.reading.evaluation.figures import SpanFigures
from reportedly.reading.syntax import Document
from reportedly.reading.when import TimeMention

_MARK: Final = re.compile(r"\[\[([^|\]]*)\|([^|\]]*)\|([^\]]*)\]\]")
_DATELINE: Final = re.compile(r"# dateline (\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True, slots=True)
class CodedTime:
    """An expression as coded: offsets [start, end), TIMEX3 value and days "first..last", each None where nothing is coded."""

    start: int
    end: int
    text: str
    value: str | None
    days: str | None


@dataclass(frozen=True, slots=True)
class CodedText:
    report: Report
    times: tuple[CodedTime, ...]


@dataclass(slots=True)
class TimeFigures(SpanFigures):
    """Adds which expressions got the right value and the right days."""

    values_asked: int = 0
    values_right: int = 0
    days_asked: int = 0
    days_right: int = 0

    @property
    def value(self) -> float:
        """Share of the found ones with the right TIMEX3 value."""
        return round(self.values_right / self.values_asked, 3) if self.values_asked else 0.0

    @property
    def days(self) -> float | None:
        """Share of the found ones with the right first and last day; None where days are not coded."""
        return round(self.days_right / self.days_asked, 3) if self.days_asked else None


def load_times(path: Path) -> list[CodedText]:
    """Read a TimeML file, a folder of them, or a file in the plain format. Raises InvalidGold where it is none of these."""
    if path.is_dir():
        files = sorted(path.rglob("*.tml"))
        if not files:
            raise InvalidGold(f"{path}: holds no .tml file")
        return [_timeml(file) for file in files]
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidGold(f"{path}: cannot be read ({error})") from None
    if path.suffix in (".tml", ".xml") or text.lstrip().startswith("<"):
        return [_timeml(path)]
    found = list(_plain(text))
    if not any(coded.times for coded in found):
        raise InvalidGold(
            f"{path}: no time is marked in it. Mark one as [[on Tuesday|2024-05-14|2024-05-14..2024-05-14]]"
        )
    return found


def _plain(text: str) -> Iterator[CodedText]:
    dateline: str | None = None
    for line in text.splitlines():
        if line.startswith("#"):
            match = _DATELINE.match(line)
            dateline = match.group(1) if match else dateline
        elif line.strip():
            plain, times, at = "", [], 0
            for mark in _MARK.finditer(line):
                plain += line[at : mark.start()]
                words, value, days = (part if part != "-" else None for part in mark.groups())
                times.append(CodedTime(len(plain), len(plain) + len(words or ""), words or "", value, days or "-"))
                plain += words or ""
                at = mark.end()
            yield CodedText(Report(text=plain + line[at:], published=dateline), tuple(times))


def _timeml(path: Path) -> CodedText:
    try:
        root = ET.parse(path).getroot()
    except (OSError, ET.ParseError) as error:
        raise InvalidGold(f"{path}: not TimeML ({error})") from None
    body = root.find("TEXT")
    if body is None:
        raise InvalidGold(f"{path}: not TimeML (it has no TEXT)")
    created = root.find("DCT/TIMEX3")
    published = created.get("value", "")[:10] if created is not None else None
    times: list[CodedTime] = []
    text = _walk(body, "", times)
    dated = published if published and re.fullmatch(r"\d{4}-\d{2}-\d{2}", published) else None
    return CodedText(Report(text=text, published=dated), tuple(times))


def _walk(element: ET.Element, text: str, times: list[CodedTime]) -> str:
    """The text below an element, collecting its TIMEX3 elements with their offsets."""
    start = len(text)
    text += element.text or ""
    for child in element:
        text = _walk(child, text, times)
        text += child.tail or ""
    if element.tag == "TIMEX3":
        times.append(CodedTime(start, len(text), text[start:], element.get("value"), None))
    return text


def score_times(coded: CodedText, document: Document, figures: TimeFigures) -> None:
    """Add one read text to the figures. An expression coded without value and days counts neither way."""
    mentions: Sequence[TimeMention] = document.layers["times"]
    spans = [(document.words[m.first].start, document.words[m.last].end, m) for m in mentions]
    asked = [t for t in coded.times if t.value is not None or t.days not in (None, "-")]
    ignored = [t for t in coded.times if t not in asked]
    figures.texts += 1
    figures.marked += len(asked)
    for start, end, mention in spans:
        if any(t.start < end and start < t.end for t in ignored):
            continue
        figures.found += 1
        if any(t.start < end and start < t.end for t in asked):
            figures.overlapping += 1
        else:
            figures.misses.append(f"not coded: {mention.text}")
    for time in asked:
        hit = next((m for start, end, m in spans if start < time.end and time.start < end), None)
        if hit is None:
            figures.misses.append(f"not found: {time.text}")
            continue
        figures.overlapped += 1
        figures.exact += any(start == time.start and end == time.end for start, end, _ in spans)
        value = hit.value
        figures.values_asked += time.value is not None
        if time.value is not None and value.value != time.value:
            figures.misses.append(f"value: {time.text} is {time.value}, read {value.value}")
        elif time.value is not None:
            figures.values_right += 1
        if time.days is not None:
            days = f"{value.start or ''}..{value.end or ''}"
            days = "-" if days == ".." else days
            figures.days_asked += 1
            figures.days_right += days == time.days
            if days != time.days:
                figures.misses.append(f"days: {time.text} is {time.days}, read {days}")
