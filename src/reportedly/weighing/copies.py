"""Who copied whom: passages that one report has from another, and what share of it they make."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal, TypeVar

from rapidfuzz.distance import LCSseq

from reportedly.weighing.keys import day_of, key_of, order_number
from reportedly.weighing.passages import Passage, band_keys, passages_of

SAME: Final = 0.75
"""Share of the shorter passage's words that stand in the other in the same order, from which it is the same passage."""
REWORDED: Final = 0.5
"""The same where the words that carry the news are shared as well: a rewritten lead."""
_CARRIED: Final = 0.6
COPY: Final = 0.6
"""Share of a report's words from which it is a copy rather than a report with lifted passages."""
FURNITURE_DAYS: Final = 3
"""Days on which a family prints the same sentence, from which it is furniture ("follow us on ...")."""
CROWDED: Final = 200
"""Of a band that more passages share, only the earliest so many are looked at: everybody uses its words."""
COMMON: Final = 20
"""Of these the later ones must share a second band to be compared."""
_SURE: Final = 0.05
"""By how much a later holder of a passage must be more alike to be taken for its source rather than an earlier one."""
_STOPWORDS: Final = frozenset(
    "the a an of in on at to for by with from as and or but that which who whom whose it its is are was were be been has have had said say says "
    "he she they his her their this these those not no after before during while also were will would could may might about into over than "
    "according told added".split()
)

Extent = Literal["copy", "passages"]
_Member = TypeVar("_Member", bound=Hashable)


@dataclass(frozen=True)
class Text:
    """A report as text: what copying is judged by. `key` is the same for the same report in any casebook."""

    key: str
    text: str
    family: str
    published: str | None

    @cached_property
    def order(self) -> int:
        """Where it stands among all, the earliest first; reports without a date come last."""
        return order_number(self.published, self.key)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        return tuple(passages_of(self.text))


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
class Placed:
    """A passage where it stands."""

    text: Text
    passage: Passage

    @property
    def repeated_as(self) -> int:
        """The key that it shares with the same words in other reports of its family."""
        return key_of(self.text.family, *self.passage.words)


def copies_among(texts: Iterable[Text]) -> list[CopyEdge]:
    """Every copy and lifted passage among some reports, each from the earliest report that has it; the same whatever the order of arrival."""
    ordered = sorted(texts, key=order_of)
    placed = [Placed(text, passage) for text in ordered for passage in text.passages]
    furniture = _furniture(placed)
    placed = [p for p in placed if p.repeated_as not in furniture]
    found: dict[tuple[str, str], list[Reused]] = defaultdict(list)
    by_key = {text.key: text for text in ordered}
    for later, earlier in _candidates(placed):
        reused = first_holder(later, earlier)
        if reused is not None:
            holder, same = reused
            found[holder.text.key, later.text.key].append(same)
    return [copy_edge(source, by_key[copy], same) for (source, copy), same in sorted(found.items())]


def order_of(text: Text) -> tuple[int, str]:
    """The earliest first."""
    return text.order, text.key


def _furniture(placed: Sequence[Placed]) -> set[int]:
    """Keys of the sentences that a family prints under everything."""
    days: dict[int, set[int]] = defaultdict(set)
    for p in placed:
        days[p.repeated_as].add(day_of(p.text.order))
    return {key for key, seen in days.items() if len(seen) >= FURNITURE_DAYS}


def _candidates(placed: Sequence[Placed]) -> Iterable[tuple[Placed, list[Placed]]]:
    """Each passage with the passages of earlier reports that it is worth comparing with, the earliest first."""
    bands: dict[int, list[int]] = defaultdict(list)
    for number, here in enumerate(placed):
        keys = band_keys(here.passage)
        worth = worth_comparing(bands[key] for key in keys)
        if worth:
            yield here, [placed[n] for n in sorted(worth) if placed[n].text is not here.text]
        for key in keys:
            if len(bands[key]) < CROWDED:
                bands[key].append(number)


def worth_comparing(shared: Iterable[Sequence[_Member]]) -> set[_Member]:
    """Of the earlier members of each of a passage's bands, the earliest first, those that it is worth comparing with."""
    once: set[_Member] = set()
    worth: set[_Member] = set()
    for members in shared:
        worth.update(members[:COMMON])
        worth.update(once.intersection(members))
        once.update(members)
    return worth


def first_holder(later: Placed, earlier: Iterable[Placed]) -> tuple[Placed, Reused] | None:
    """Of the earlier passages that are the same as this, in their order, the most alike; of those alike, the earliest."""
    best: tuple[Placed, float] | None = None
    alike = Alike(later.passage.words)
    for other in earlier:
        likeness = alike.to(other.passage.words)
        if likeness and (best is None or likeness > best[1] + _SURE):
            best = (other, likeness)
            if likeness >= 1 - _SURE:
                break
    if best is None:
        return None
    holder, likeness = best
    places = (holder.passage.start, holder.passage.end), (later.passage.start, later.passage.end)
    return holder, Reused(*places, round(likeness, 3))


class Alike:
    """A passage's words, to which those of many others are compared."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._all = set(words)
        self._carrying = self._all - _STOPWORDS

    def to(self, other: Sequence[str]) -> float:
        """How far another passage is the same words, 0 where it is not the same passage.

        Words in the same order (longest common subsequence) over the shorter; for a reworded one also names, numbers and verbs over both.
        What is told sooner by the words without their order is told by these.
        """
        shorter = min(len(self._words), len(other))
        at_most = sum(map(self._all.__contains__, other)) / shorter
        if at_most < REWORDED or (at_most < SAME and not self._carries_the_same(other)):
            return 0.0
        common = LCSseq.similarity(self._words, other)
        share = common / shorter
        if share >= SAME and common >= 6:
            return share
        return share if share >= REWORDED and self._carries_the_same(other) else 0.0

    def _carries_the_same(self, other: Sequence[str]) -> bool:
        shared = len(self._carrying.intersection(other))
        if shared < 5:
            return False
        return shared >= _CARRIED * min(len(self._carrying), len(set(other) - _STOPWORDS))


def copy_edge(source: str, copy: Text, same: Iterable[Reused]) -> CopyEdge:
    """What a report has of an earlier one, from the passages that it has of it."""
    ordered = tuple(sorted(same, key=lambda s: s.in_copy))
    total = sum(len(p.words) for p in copy.passages)
    taken = {s.in_copy for s in ordered}
    words = sum(len(p.words) for p in copy.passages if (p.start, p.end) in taken)
    share = round(words / max(1, total), 3)
    return CopyEdge(source, copy.key, share, "copy" if share >= COPY else "passages", ordered)
