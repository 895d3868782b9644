"""Scores the `where` layer against articles whose toponyms are marked and located (LGL, GeoVirus and files in their formats).

Two questions, as the field's benchmarks ask them: which names were found (precision, recall, F1 of exact spans, and of
overlapping ones), and which were found and placed within 161 km (100 miles) of where they are, as a share of all marked
ones and of those that the file locates.
"""

import statistics
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reportedly.errors import InvalidGold
from reportedly.knowledge.gazetteer import distance_km
from reportedly.model.record import Report
from reportedly.reading.evaluation.figures import SpanFigures
from reportedly.reading.place_mentions import PlaceMention
from reportedly.reading.syntax import Document

NEAR_KM: Final = 161.0
_SHIFT: Final = 8


@dataclass(frozen=True, slots=True)
class Marked:
    """A toponym as a corpus marks it: offsets [start, end), and where it is in degrees if the corpus says."""

    start: int
    end: int
    phrase: str
    lat: float | None
    lon: float | None
    geonames: int | None


@dataclass(frozen=True, slots=True)
class Article:
    report: Report
    marked: tuple[Marked, ...]


@dataclass(slots=True)
class PlaceFigures(SpanFigures):
    """Adds which toponyms were placed, and how far off."""

    located: int = 0
    near: int = 0
    errors_km: list[float] = field(default_factory=list)

    @property
    def near_of_marked(self) -> float:
        """Share of all marked toponyms that are found and placed within 161 km."""
        return round(self.near / self.marked, 3) if self.marked else 0.0

    @property
    def near_of_located(self) -> float:
        """The same of those that the corpus locates."""
        return round(self.near / self.located, 3) if self.located else 0.0

    @property
    def median_km(self) -> float | None:
        """Median error of those found that the corpus locates and the reader places."""
        return round(statistics.median(self.errors_km), 1) if self.errors_km else None


def load_articles(path: Path) -> list[Article]:
    """Read a file of articles. Raises InvalidGold where it is none, or its toponyms do not stand in the text."""
    try:
        root = ET.parse(path).getroot()
    except (OSError, ET.ParseError) as error:
        raise InvalidGold(f"{path}: not a file of marked articles ({error})") from None
    articles = [_article(path, number, element) for number, element in enumerate(root.iter("article"), start=1)]
    if not articles:
        raise InvalidGold(f"{path}: holds no <article>")
    return articles


def _article(path: Path, number: int, element: ET.Element) -> Article:
    text = element.findtext("text") or ""
    marked = []
    for toponym in (*element.iter("toponym"), *element.iter("location")):
        try:
            start, end = int(toponym.findtext("start") or ""), int(toponym.findtext("end") or "")
        except ValueError:
            raise InvalidGold(f"{path}: article {number} has a toponym without <start> and <end>") from None
        phrase = toponym.findtext("phrase") or toponym.findtext("name") or text[start:end]
        start, end = _aligned(text, start, end, phrase)
        tag = toponym.find("gaztag")
        where = tag if tag is not None else toponym
        lat, lon = _number(where.findtext("lat")), _number(where.findtext("lon"))
        code = (tag.get("geonameid") or "") if tag is not None else ""
        marked.append(Marked(start, end, phrase, lat, lon, int(code) if code.isdigit() else None))
    return Article(
        Report(text=text, title=element.findtext("title")), tuple(sorted(set(marked), key=lambda m: (m.start, m.end)))
    )


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _aligned(text: str, start: int, end: int, phrase: str) -> tuple[int, int]:
    """The offsets, moved by a few characters where a corpus counts them from elsewhere."""
    for shift in sorted(range(-_SHIFT, _SHIFT + 1), key=abs):
        if start + shift >= 0 and text[start + shift : end + shift] == phrase:
            return start + shift, end + shift
    return start, end


def score_places(article: Article, document: Document, figures: PlaceFigures) -> None:
    """Add one read article to the figures."""
    mentions: Sequence[PlaceMention] = document.layers["toponyms"]
    spans = {(document.words[m.first].start, document.words[m.last].end): m for m in mentions}
    figures.texts += 1
    figures.marked += len(article.marked)
    figures.found += len(spans)
    figures.overlapping += sum(_overlaps(span, ((m.start, m.end) for m in article.marked)) for span in spans)
    for marked in article.marked:
        figures.located += marked.lat is not None
        figures.overlapped += _overlaps((marked.start, marked.end), spans)
        mention = spans.get((marked.start, marked.end))
        if mention is None:
            figures.misses.append(f"not found: {marked.phrase}")
            continue
        figures.exact += 1
        place = mention.resolved
        if marked.lat is None or marked.lon is None:
            continue
        if place is None or place.lat is None or place.lon is None:
            figures.misses.append(f"not placed: {marked.phrase}")
            continue
        km = distance_km(marked.lat, marked.lon, place.lat, place.lon)
        figures.errors_km.append(km)
        if km <= NEAR_KM:
            figures.near += 1
        else:
            figures.misses.append(
                f"{km:.0f} km off: {marked.phrase} as {place.name}, {place.kind}, {place.admin1 or '-'}, {place.country or '-'}"
            )
    wanted = {(m.start, m.end) for m in article.marked}
    figures.misses += (f"not marked: {m.name} ({m.use})" for span, m in spans.items() if span not in wanted)


def _overlaps(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)
