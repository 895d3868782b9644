"""Which claims tell of one happening: pairs that may be the same, compared, and joined under hard limits.

Claims are compared only within blocks (kind, country and week; or a copied sentence). Pairs above the threshold make components; within
each, groups are joined from the surest pair on, by the mean over all their pairs, never where any pair is forbidden, never against what a person has
decided. What comes out depends on the claims alone and not on the order in which they came.
"""

from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2s
from itertools import product
from typing import Final

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from reportedly.knowledge.incident_weights import incident_weights
from reportedly.model.incident import Reliability
from reportedly.weighing.comparing import compared, kinds_of, same_kind
from reportedly.weighing.copies import CopyEdge
from reportedly.weighing.keys import key_of
from reportedly.weighing.telling import AHEAD, Telling

_WEEK: Final = 7
_VAGUE_DAYS: Final = 31
"""Windows longer than this do not tell in which week to look."""
CROWDED: Final = 400
"""Of a block with more claims than this, only those are compared that share a place or a party as well."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What people decided: pairs of claims that are one happening, pairs that are not, and how reliable sources are, by their keys."""

    together: frozenset[frozenset[str]] = frozenset()
    apart: frozenset[frozenset[str]] = frozenset()
    reliabilities: Mapping[str, Reliability] = field(default_factory=dict)


NO_DECISIONS: Final = Decisions()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims that may be of one happening, by their keys in order, with the sum of what speaks for it."""

    one: str
    other: str
    score: float


@dataclass(frozen=True)
class Incident:
    """Claims of one happening. `key` is made of its claims, so that the same claims are the same incident anywhere."""

    key: str
    tellings: tuple[Telling, ...]


@dataclass(slots=True)
class _Group:
    members: list[str]
    forbidden: set[str] = field(default_factory=set)


def copied_sentences(tellings: Sequence[Telling], edges: Iterable[CopyEdge]) -> set[frozenset[str]]:
    """Pairs of claims whose sentences are one passage that was copied."""
    by_report: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_report[telling.report.key].append(telling)
    found: set[frozenset[str]] = set()
    for edge in edges:
        for passage in edge.passages:
            ours = [t for t in by_report.get(edge.source, ()) if _inside(t, passage.in_source)]
            theirs = [t for t in by_report.get(edge.copy, ()) if _inside(t, passage.in_copy)]
            found.update(frozenset((a.key, b.key)) for a in ours for b in theirs if same_kind(a, b))
    return found


def _inside(telling: Telling, span: tuple[int, int]) -> bool:
    return span[0] <= telling.claim.trigger.start < span[1]


def blocks_of(telling: Telling) -> list[tuple[str, ...]]:
    """Where a claim is looked for others of the same happening: kind, country or doer, and week, with the weeks on either side of its own.

    A claim that leaves place and day to what was told before it is looked for there as well, and where nobody names a place.
    """
    kinds = sorted(kinds_of(telling.claim.event.type))
    weeks = _weeks(telling)
    places = telling.places or (telling.where_from.places if telling.where_from is not None else ())
    where = {p.country for p in places if p.country} | {
        f"={p.name.lower()}" for p in places if p.precision != "country"
    }
    if not telling.countries:
        where.add("?")
    return [(kind, telling.tense, place, week) for kind in kinds for place in sorted(where) for week in weeks]


def _weeks(telling: Telling) -> list[str]:
    days = telling.days or (telling.when_from.days if telling.when_from is not None else None)
    if days is None or days[1] - days[0] > _VAGUE_DAYS:
        told = telling.told_on
        if told is None:
            return ["?"]
        days = (told, told) if telling.tense == AHEAD else (told - _WEEK, told)
    return [str(week) for week in range((days[0] - 1) // _WEEK, (days[1] + 1) // _WEEK + 1)]


def pairs_among(
    tellings: Sequence[Telling], copied: set[frozenset[str]], crowded: Container[int] | None = None
) -> Iterator[Pair]:
    """Every two claims that are worth comparing and come out as the same, each pair once.

    `crowded`: keys of the blocks that are, where these are not all the claims there are.
    """
    worth = _Blocks(tellings, copied, crowded)
    for here, one in enumerate(tellings):
        for there in worth.after(here):
            pair = pair_of(one, tellings[there], copied)
            if pair is not None:
                yield pair


def pair_of(one: Telling, other: Telling, copied: set[frozenset[str]]) -> Pair | None:
    """Two claims that come out as the same; None for others."""
    if one.report is other.report and one.claim.sentence == other.claim.sentence:
        return None
    first, second = (one, other) if one.key < other.key else (other, one)
    comparison = compared(first, second, bool(copied) and frozenset((first.key, second.key)) in copied)
    return Pair(first.key, second.key, comparison.score) if comparison.same else None


class _Blocks:
    """Where claims are looked for: those of a block all with all, those of a crowded one only where they share a mark, and copied ones."""

    def __init__(
        self, tellings: Sequence[Telling], copied: set[frozenset[str]], crowded: Container[int] | None
    ) -> None:
        numbers: dict[tuple[str, ...], int] = {}
        self._of = [tuple(numbers.setdefault(block, len(numbers)) for block in blocks_of(t)) for t in tellings]
        self._members: list[list[int]] = [[] for _ in numbers]
        for k, blocks in enumerate(self._of):
            for block in blocks:
                self._members[block].append(k)
        self._crowded = {
            number
            for block, number in numbers.items()
            if (len(self._members[number]) > CROWDED if crowded is None else block_key(block) in crowded)
        }
        self._marked: dict[tuple[int, str], list[int]] = defaultdict(list)
        self._marks: dict[int, set[str]] = {}
        for k, blocks in enumerate(self._of):
            full = self._crowded.intersection(blocks)
            if full:
                self._marks[k] = marks_of(tellings[k])
            for block in full:
                for mark in self._marks[k]:
                    self._marked[block, mark].append(k)
        place = {t.key: k for k, t in enumerate(tellings)} if copied else {}
        self._copied: dict[int, list[int]] = defaultdict(list)
        for pair in copied:
            first, second = sorted(place[key] for key in pair)
            self._copied[first].append(second)

    def after(self, here: int) -> list[int]:
        """The claims after one that it is worth comparing with, in order."""
        found = set(self._copied.get(here, ()))
        for block in self._of[here]:
            if block not in self._crowded:
                found.update(self._members[block])
            else:
                for mark in self._marks[here]:
                    found.update(self._marked[block, mark])
        return sorted(k for k in found if k > here)


def block_key(block: tuple[str, ...]) -> int:
    """The number under which the members of a block are kept."""
    return key_of("block", *block)


def mark_key(block: int, mark: str) -> int:
    """The number under which those members of a crowded block are kept that have a mark in common."""
    return key_of("mark", block, mark)


def marks_of(telling: Telling) -> set[str]:
    """What claims of one happening mostly have one of in common, where a block is too full to compare all with all."""
    day = telling.day or telling.told_on or 0
    places = {f"{p.geonames or p.name}" for p in telling.points}
    return {f"{place}|{d}" for place in places for d in (day - 1, day, day + 1)} | {
        f"{toll}|{place}" for toll in telling.toll.values() for place in places
    }


@dataclass(frozen=True, slots=True)
class Grouped:
    """Claims joined into incidents; and the components within which that was done, so that a part can be done again."""

    incidents: list[Incident]
    components: list[list[str]]


def grouped(
    tellings: Sequence[Telling], pairs: Iterable[Pair], copied: set[frozenset[str]], decisions: Decisions = NO_DECISIONS
) -> Grouped:
    """Join claims into incidents."""
    by_key = {t.key: t for t in tellings}
    components: list[list[str]] = []
    groups: list[list[str]] = []
    for component, links in _components(sorted(by_key), pairs):
        components.append(component)
        groups += _joined(component, by_key, links, copied, decisions)
    found = [incident_of(by_key[key] for key in members) for members in _decided(groups, decisions)]
    return Grouped(sorted(found, key=lambda i: i.key), components)


def _decided(groups: Sequence[list[str]], decisions: Decisions) -> list[list[str]]:
    """Groups of which people say that they are one happening, joined whole, but never where they say of two of their claims that they are not."""
    joined = {i: list(members) for i, members in enumerate(groups)}
    where = {key: i for i, members in joined.items() for key in members}
    for one, other in sorted(sorted(pair) for pair in decisions.together):
        a, b = where.get(one), where.get(other)
        if a is None or b is None or a == b:
            continue
        if any(frozenset((x, y)) in decisions.apart for x in joined[a] for y in joined[b]):
            continue
        joined[a] += joined.pop(b)
        where.update(dict.fromkeys(joined[a], a))
    return list(joined.values())


def incident_of(tellings: Iterable[Telling]) -> Incident:
    """Claims of one happening as an incident, the earliest told first."""
    ordered = sorted(tellings, key=lambda t: (t.report.published or "9999", t.key))
    return Incident(incident_key(t.key for t in ordered), tuple(ordered))


def incident_key(members: Iterable[str]) -> str:
    """A short key made of an incident's claims."""
    return blake2s("\n".join(sorted(members)).encode(), digest_size=8).hexdigest()


def _components(keys: Sequence[str], pairs: Iterable[Pair]) -> Iterator[tuple[list[str], dict[str, dict[str, float]]]]:
    """Claims that hang together, in order, each time with the pairs among them; of a million claims no more is held than three numbers a pair."""
    place = {key: k for k, key in enumerate(keys)}
    ones, others, scores = array("l"), array("l"), array("d")
    for pair in pairs:
        ones.append(place[pair.one])
        others.append(place[pair.other])
        scores.append(pair.score)
    shape = (len(keys), len(keys))
    links = coo_array((np.ones(len(ones), np.int8), (np.asarray(ones), np.asarray(others))), shape=shape)
    _, labels = connected_components(links, directed=False)
    members: dict[int, list[str]] = defaultdict(list)
    for key, label in zip(keys, labels.tolist(), strict=True):
        members[label].append(key)
    pairs_of: dict[int, array[int]] = {}
    for k, one in enumerate(ones):
        pairs_of.setdefault(int(labels[one]), array("l")).append(k)
    for label, component in members.items():
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for k in pairs_of.get(label, ()):
            first, second = keys[ones[k]], keys[others[k]]
            found[first][second] = found[second][first] = scores[k]
        yield component, found


def _joined(
    component: Sequence[str],
    by_key: Mapping[str, Telling],
    links: Mapping[str, Mapping[str, float]],
    copied: set[frozenset[str]],
    decisions: Decisions,
) -> list[list[str]]:
    """Average-link joining from the surest pair on; pairs that were never worth linking count with what they come to."""
    groups: dict[int, list[str]] = {i: [key] for i, key in enumerate(component)}
    where = {key: i for i, key in enumerate(component)}
    kept: dict[tuple[str, str], float | None] = {}

    def score(one: str, other: str) -> float | None:
        """What speaks for a pair, None where it is forbidden."""
        pair = (one, other) if one < other else (other, one)
        if pair not in kept:
            kept[pair] = _score(
                by_key[pair[0]], by_key[pair[1]], links.get(pair[0], {}).get(pair[1]), copied, decisions
            )
        return kept[pair]

    order = sorted(
        ((links[a][b], a, b) for a in component for b in links.get(a, ()) if a < b),
        key=lambda item: (-item[0], item[1], item[2]),
    )
    threshold = incident_weights()["threshold"]
    barred: dict[int, set[int]] = defaultdict(set)  # groups of which two claims can never be one happening
    for _, one, other in order:
        a, b = where[one], where[other]
        if a == b or b in barred[a]:
            continue
        between: list[float] = []
        telling: list[float] = []
        for x, y in product(groups[a], groups[b]):
            found = score(x, y)
            if found is None:
                barred[a].add(b)
                barred[b].add(a)
                break
            between.append(found)
            if not by_key[x].is_bare and not by_key[y].is_bare:
                telling.append(found)
        else:
            votes = telling or between
            if sum(votes) / len(votes) >= threshold * 0.75:
                groups[a] += groups.pop(b)
                where.update(dict.fromkeys(groups[a], a))
                for apart in barred.pop(b, ()):
                    barred[apart].discard(b)
                    barred[apart].add(a)
                    barred[a].add(apart)
    return list(groups.values())


def _score(
    one: Telling, other: Telling, linked: float | None, copied: set[frozenset[str]], decisions: Decisions
) -> float | None:
    pair = frozenset((one.key, other.key))
    if pair in decisions.apart:
        return None
    if linked is not None:
        return linked
    comparison = compared(one, other, pair in copied)
    return None if comparison.forbidden is not None else comparison.score
