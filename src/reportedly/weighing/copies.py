"""Who copied whom: passages that one report has from another, and what share of it they make."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from rapidfuzz.distance import LCSseq

from reportedly.weighing.passages import Passage, band_keys, passages_of

SAME: Final = 0.75
"""Share of the shorter passage's words that stand in the other in the same order, from which it is the same passage."""
REWORDED: Final = 0.5
"""The same where the words that carry the news are shared as well: a rewritten lead."""
_CARRIED: Final = 0.6
COPY: Final = 0.6
"""Share of a report's words from which it is a copy rather than a report with lifted passages."""
_FURNITURE_DAYS: Final = 3
_CROWDED: Final = 200
"""Of a band that more passages share, only the earliest so many are looked at: everybody uses its words."""
_WORTH: Final = 40
"""Passages that one is compared with, those that share the most bands with it."""
_STOPWORDS: Final = frozenset(
    "the a an of in on at to for by with from as and or but that which who whom whose it its is are was were be been has have had said say says "
    "he she they his her their this these those not no after before during while also were will would could may might about into over than "
    "according told added".split()
)

Extent = Literal["copy", "passages"]


@dataclass(frozen=True, slots=True)
class Text:
    """A report as text: what copying is judged by. `key` is the same for the same report in any casebook."""

    key: str
    text: str
    family: str
    published: str | None


@dataclass(frozen=True, slots=True)
class Reused:
    """A passage that stands in two reports: characters [start, end) in each."""

    in_source: tuple[int, int]
    in_copy: tuple[int, int]
    likeness: float


@dataclass(frozen=True, slots=True)
class CopyEdge:
    """One report has passages of an earlier one."""

    source: str
    copy: str
    share: float
    """Of the copy's words, those in passages that the source has too."""
    extent: Extent
    passages: tuple[Reused, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A passage where it stands."""

    text: Text
    index: int
    passage: Passage


def copies_among(texts: Iterable[Text]) -> list[CopyEdge]:
    """Every copy and lifted passage among some reports, each from the earliest report that has it; the same whatever the order of arrival."""
    ordered = sorted(texts, key=order_of)
    passages = {text.key: passages_of(text.text) for text in ordered}
    placed = [_Placed(text, i, passage) for text in ordered for i, passage in enumerate(passages[text.key])]
    furniture = _furniture(placed)
    placed = [p for p in placed if p.passage.words not in furniture.get(p.text.family, ())]
    found: dict[tuple[str, str], list[Reused]] = defaultdict(list)
    rank = {text.key: k for k, text in enumerate(ordered)}
    for later, earlier in _candidates(placed, rank):
        reused = _first_holder(later, earlier)
        if reused is not None:
            holder, same = reused
            found[holder.text.key, later.text.key].append(same)
    return [_edge(source, copy, passages[copy], same) for (source, copy), same in sorted(found.items())]


def order_of(text: Text) -> tuple[str, str]:
    """Earliest first; reports without a date come last, since they cannot be shown to be the first."""
    return text.published or "9999", text.key


def _furniture(placed: Sequence[_Placed]) -> dict[str, set[tuple[str, ...]]]:
    """Sentences that a family prints under everything ("follow us on ..."): the same words on several days."""
    days: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for p in placed:
        days[p.text.family, p.passage.words].add((p.text.published or "")[:10])
    found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for (family, words), seen in days.items():
        if len(seen) >= _FURNITURE_DAYS:
            found[family].add(words)
    return found


def _candidates(placed: Sequence[_Placed], rank: dict[str, int]) -> Iterable[tuple[_Placed, list[_Placed]]]:
    """Each passage with the passages of earlier reports that share a band with it, the earliest first."""
    bands: dict[int, list[int]] = defaultdict(list)
    for number, keys in enumerate(band_keys(p.passage for p in placed)):
        here = placed[number]
        shared = Counter(other for key in keys for other in bands[key] if placed[other].text is not here.text)
        worth = sorted(shared, key=lambda n: (-shared[n], n))[:_WORTH]
        if worth:
            yield here, [placed[n] for n in sorted(worth, key=lambda n: (rank[placed[n].text.key], n))]
        for key in keys:
            if len(bands[key]) < _CROWDED:
                bands[key].append(number)


def _first_holder(later: _Placed, earlier: Sequence[_Placed]) -> tuple[_Placed, Reused] | None:
    """Of the earlier passages that are the same as this, the most alike; of those alike, the earliest."""
    best: tuple[_Placed, float] | None = None
    for other in earlier:
        alike = likeness(other.passage.words, later.passage.words)
        if alike and (best is None or alike > best[1] + 0.05):
            best = (other, alike)
    if best is None:
        return None
    holder, alike = best
    places = (holder.passage.start, holder.passage.end), (later.passage.start, later.passage.end)
    return holder, Reused(*places, round(alike, 3))


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """How far two passages are the same words, 0 where they are not the same passage.

    Words in the same order (longest common subsequence) over the shorter; for a reworded one also names, numbers and verbs over both.
    """
    common = LCSseq.similarity(one, other)
    share = common / min(len(one), len(other))
    if share >= SAME and common >= 6:
        return share
    if share < REWORDED:
        return 0.0
    ours, theirs = {w for w in one if w not in _STOPWORDS}, {w for w in other if w not in _STOPWORDS}
    carried = len(ours & theirs) / max(1, min(len(ours), len(theirs)))
    return share if carried >= _CARRIED and len(ours & theirs) >= 5 else 0.0


def _edge(source: str, copy: str, passages: Sequence[Passage], same: list[Reused]) -> CopyEdge:
    total = sum(len(p.words) for p in passages)
    taken = {s.in_copy for s in same}
    words = sum(len(p.words) for p in passages if (p.start, p.end) in taken)
    share = round(words / max(1, total), 3)
    ordered = tuple(sorted(same, key=lambda s: s.in_copy))
    return CopyEdge(source, copy, share, "copy" if share >= COPY else "passages", ordered)
