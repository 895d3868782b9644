"""Finds a model's quotations in the report: exactly, else in another spelling of the same words, else as a close match."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from rapidfuzz import fuzz

from reportedly.model.record import Span

How = Literal["exact", "normalised", "close"]

_CLOSE_ENOUGH: Final = 90.0
"""Least likeness (0..100, rapidfuzz's ratio) of a close match, over at least so many characters:"""
_LONG_ENOUGH: Final = 12
_MOST_PLACES: Final = 200
"""Places of one quotation that are looked at."""
_UNSPACED: Final = re.compile(
    r"[\u0600-\u06ff\u0590-\u05ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
"""Scripts that join small words to the next, or leave no space between words: a quotation may begin inside."""
_SAME: Final = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
        "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك",
    }
)  # fmt: skip
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation stands, and how it was found."""

    span: Span
    how: How


class Quotations:
    """Looks up quotations in one report's text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def find(self, quote: str, near: Span | None = None, only_near: bool = False) -> Found | None:
        """Where the words of a quotation stand: within `near` if they do, else the nearest before it, else the nearest after it.

        None where the report does not have them. A close match has the same figures as the quotation.
        """
        quote = quote.strip().strip("…").strip()
        if not quote:
            return None
        for how, spans in (("exact", self._exactly(quote)), ("normalised", self._normalised(quote))):
            best = _nearest(spans, near, only_near)
            if best is not None:
                return Found(self._span(*best), how)  # type: ignore[arg-type]
        best = self._closely(quote, near) if near is not None else None
        return Found(self._span(*best), "close") if best is not None else None

    def everywhere(self, quote: str) -> list[Found]:
        """Every place of a quotation, exact or normalised."""
        quote = quote.strip()
        exact = [Found(self._span(*p), "exact") for p in self._exactly(quote)] if quote else []
        return exact or [Found(self._span(*p), "normalised") for p in self._normalised(quote)]

    def _span(self, start: int, end: int) -> Span:
        return Span.model_construct(start=start, end=end, text=self.text[start:end])

    def _exactly(self, quote: str) -> list[tuple[int, int]]:
        return _places_of(quote, self.text)

    @cached_property
    def _plain(self) -> tuple[str, list[int]]:
        return _normal(self.text)

    def _normalised(self, quote: str) -> list[tuple[int, int]]:
        wanted, _ = _normal(quote)
        wanted = wanted.strip(" \"'.,;:")
        if not wanted:
            return []
        plain, offsets = self._plain
        return [(offsets[a], offsets[b - 1] + 1) for a, b in _places_of(wanted, plain)]

    def _closely(self, quote: str, near: Span) -> tuple[int, int] | None:
        wanted, _ = _normal(quote)
        if len(wanted) < _LONG_ENOUGH:
            return None
        plain, offsets = _normal(self.text[near.start : near.end])
        hit = fuzz.partial_ratio_alignment(wanted, plain, score_cutoff=_CLOSE_ENOUGH)
        if hit is None or hit.dest_end <= hit.dest_start or len(wanted) > len(plain):
            return None
        start, end = hit.dest_start, hit.dest_end
        while start > 0 and plain[start - 1].isalnum() and plain[start].isalnum():
            start -= 1
        while end < len(plain) and plain[end - 1].isalnum() and plain[end].isalnum():
            end += 1
        there = plain[start:end]
        if sorted(_DIGITS.findall(there)) != sorted(_DIGITS.findall(wanted)):
            return None
        if fuzz.ratio(wanted, there) < _CLOSE_ENOUGH or _small_words(wanted) != _small_words(there):
            return None
        return near.start + offsets[start], near.start + offsets[end - 1] + 1


def _small_words(text: str) -> set[str]:
    """Words that turn what is said round; a close match may not add or lose one."""
    return set(re.findall(r"\b(?:not?|never|nor|none|without|deny|denies|denied|un\w+|n't)\b", text))


def _normal(text: str) -> tuple[str, list[int]]:
    """A text in one case, without accents and with one kind of quotation mark, dash and space; and where each character came from."""
    out: list[str] = []
    offsets: list[int] = []
    for i, char in enumerate(text):
        if char.isspace():
            if out and out[-1] == " ":
                continue
            out.append(" ")
            offsets.append(i)
            continue
        for part in unicodedata.normalize("NFKD", char.translate(_SAME)):
            if unicodedata.combining(part) or part == "ـ" or unicodedata.category(part) == "Cf":
                continue
            for folded in part.translate(_SAME).casefold():
                out.append(folded)
                offsets.append(i)
    return "".join(out), offsets


def _places_of(quote: str, text: str) -> list[tuple[int, int]]:
    """Where a quotation stands as whole words."""
    found: list[tuple[int, int]] = []
    at = text.find(quote)
    while at >= 0 and len(found) < _MOST_PLACES:
        if _is_whole(text, at, at + len(quote)):
            found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def _is_whole(text: str, start: int, end: int) -> bool:
    def joined(left: int, right: int) -> bool:
        if left < 0 or right >= len(text) or not (text[left].isalnum() and text[right].isalnum()):
            return False
        return not _UNSPACED.match(text[right])

    return not joined(start - 1, start) and not joined(end - 1, end)


def _nearest(places: list[tuple[int, int]], near: Span | None, only_near: bool) -> tuple[int, int] | None:
    if near is None:
        return places[0] if places else None
    inside = [p for p in places if near.start <= p[0] and p[1] <= near.end]
    if inside or only_near:
        return inside[0] if inside else None
    before = [p for p in places if p[0] < near.start]
    return before[-1] if before else (places[0] if places else None)
