"""Which claims tell of one happening: pairs that may be the same, compared, and joined under hard limits.

Claims are compared only within blocks (kind, country and week; or a copied sentence). Pairs above the threshold make components; within
each, groups are joined from the surest pair on, by the mean over all their pairs, never where any pair is forbidden, never against what a person has
decided. What comes out depends on the claims alone and not on the order in which they came.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2s
from itertools import combinations
from typing import Final

from reportedly.knowledge.incident_weights import incident_weights
from reportedly.model.incident import Reliability
from reportedly.weighing.comparing import compared, same_kind
from reportedly.weighing.copies import CopyEdge
from reportedly.weighing.telling import AHEAD, Telling

_WEEK: Final = 7
_VAGUE_DAYS: Final = 31
"""Windows longer than this do not tell in which week to look."""
_CROWDED: Final = 400
"""Of a block with more claims than this, only those are compared that share a place or a party as well."""
_KINDS: Final = {
    "ASSAULT": "force", "COERCE": "force", "PROTEST": "force", "CONSULT": "talk", "AGREE": "talk", "COOPERATE": "talk", "AID": "help",
    "SUPPORT": "help", "MOBILIZE": "help", "RETREAT": "yield", "CONCEDE": "yield", "ACCUSE": "word", "REJECT": "word", "THREATEN": "word",
    "REQUEST": "ask", "SANCTION": "punish",
}  # fmt: skip
_ALSO: Final = {"COOPERATE": "help", "AGREE": "yield"}


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
    """Where a claim is looked for others of the same happening: kind, country and week, with the weeks on either side of its own."""
    kinds = {_KINDS[telling.claim.event.type], _ALSO.get(telling.claim.event.type, _KINDS[telling.claim.event.type])}
    weeks = _weeks(telling)
    countries = (telling.countries or {"?"}) | {
        f"={p.name.lower()}" for p in telling.places if p.precision != "country"
    }
    return [
        (kind, telling.tense, country, week)
        for kind in sorted(kinds)
        for country in sorted(countries)
        for week in weeks
    ]


def _weeks(telling: Telling) -> list[str]:
    days = telling.days
    if days is None or days[1] - days[0] > _VAGUE_DAYS:
        told = telling.told_on
        if told is None:
            return ["?"]
        days = (told, told) if telling.tense == AHEAD else (told - _WEEK, told)
    return [str(week) for week in range((days[0] - 1) // _WEEK, (days[1] + 1) // _WEEK + 1)]


def pairs_among(tellings: Sequence[Telling], copied: set[frozenset[str]]) -> Iterator[Pair]:
    """Every two claims that are worth comparing and come out as the same, each pair once."""
    by_key = {t.key: t for t in tellings}
    seen: set[tuple[str, str]] = set()
    for one, other in _worth_comparing(tellings, copied):
        pair = (one, other) if one < other else (other, one)
        if pair in seen or (
            by_key[one].report is by_key[other].report and by_key[one].claim.sentence == by_key[other].claim.sentence
        ):
            continue
        seen.add(pair)
        comparison = compared(by_key[pair[0]], by_key[pair[1]], frozenset(pair) in copied)
        if comparison.same:
            yield Pair(*pair, comparison.score)


def _worth_comparing(tellings: Sequence[Telling], copied: set[frozenset[str]]) -> Iterator[tuple[str, str]]:
    blocks: dict[tuple[str, ...], list[Telling]] = defaultdict(list)
    for telling in tellings:
        for block in blocks_of(telling):
            blocks[block].append(telling)
    for members in blocks.values():
        if len(members) <= _CROWDED:
            yield from ((a.key, b.key) for a, b in combinations(members, 2))
        else:
            yield from _within_crowd(members)
    for pair in copied:
        one, other = sorted(pair)
        yield one, other


def _within_crowd(members: Sequence[Telling]) -> Iterator[tuple[str, str]]:
    by_mark: dict[str, list[str]] = defaultdict(list)
    for telling in members:
        for mark in marks_of(telling):
            by_mark[mark].append(telling.key)
    for keys in by_mark.values():
        yield from combinations(keys, 2)


def marks_of(telling: Telling) -> set[str]:
    """What claims of one happening mostly have one of in common, where a block is too full to compare all with all."""
    day = telling.day or telling.told_on or 0
    places = {f"{p.geonames or p.name}" for p in telling.points}
    return {f"{place}|{d}" for place in places for d in (day - 1, day, day + 1)} | {
        f"{toll}|{place}" for toll in telling.toll.values() for place in places
    }


def grouped(
    tellings: Sequence[Telling], pairs: Iterable[Pair], copied: set[frozenset[str]], decisions: Decisions = NO_DECISIONS
) -> list[Incident]:
    """Join claims into incidents."""
    by_key = {t.key: t for t in tellings}
    links: dict[str, dict[str, float]] = defaultdict(dict)
    for pair in pairs:
        links[pair.one][pair.other] = links[pair.other][pair.one] = pair.score
    groups = [
        members
        for component in _components(sorted(by_key), links)
        for members in _joined(component, by_key, links, copied, decisions)
    ]
    found: list[Incident] = []
    for members in _decided(groups, decisions):
        ordered = sorted(members, key=lambda k: (by_key[k].report.published or "9999", k))
        found.append(Incident(incident_key(members), tuple(by_key[k] for k in ordered)))
    return sorted(found, key=lambda i: i.key)


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


def incident_key(members: Iterable[str]) -> str:
    """A short key made of an incident's claims."""
    return blake2s("\n".join(sorted(members)).encode(), digest_size=8).hexdigest()


def _components(keys: Sequence[str], links: Mapping[str, Mapping[str, float]]) -> Iterator[list[str]]:
    left = set(keys)
    for key in keys:
        if key not in left:
            continue
        component, stack = [], [key]
        left.discard(key)
        while stack:
            at = stack.pop()
            component.append(at)
            for other in links.get(at, ()):
                if other in left:
                    left.discard(other)
                    stack.append(other)
        yield sorted(component)


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
    for _, one, other in order:
        a, b = where[one], where[other]
        if a == b:
            continue
        between = [score(x, y) for x in groups[a] for y in groups[b]]
        if any(s is None for s in between):
            continue
        if sum(s for s in between if s is not None) / len(between) >= threshold * 0.75:
            groups[a] += groups.pop(b)
            where.update(dict.fromkeys(groups[a], a))
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
