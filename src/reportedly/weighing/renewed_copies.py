"""Who copied whom, where only some reports are new: looked for among the passages that share a band with theirs."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from reportedly.model.incident import Copy
from reportedly.weighing.copies import (
    COMMON,
    CROWDED,
    FURNITURE_DAYS,
    Alike,
    Placed,
    Reused,
    Text,
    copy_edge,
    first_holder,
    worth_comparing,
)
from reportedly.weighing.keys import day_of, first_of_day
from reportedly.weighing.memory import Kept, Loaded, Memory, Posting, text_of, weighed_report
from reportedly.weighing.passages import band_keys
from reportedly.weighing.results import copy_record


def renewed_copies(
    memory: Memory, known: Loaded, changed: Collection[int], former: Mapping[int, Kept]
) -> tuple[dict[int, list[Copy]], set[int]]:
    """What reports copied, where that is other than before; and their claims in passages of which that is so."""
    numbers = [n for n in changed if n not in former or former[n].digest != known.reports[n].key.rpartition(":")[0]]
    come = {n: known.text(n) for n in numbers}
    gone = {n: text_of(weighed_report(former[n])) for n in numbers if n in former}
    if not come:
        return {}, set()
    moved, evaluate = _moved_passages(memory, known, come, gone)
    evaluate |= _affected(memory, known, moved)
    verdicts: dict[int, dict[tuple[int, int], tuple[int, Reused] | None]] = defaultdict(dict)
    for placed, posting in moved:
        if placed.text.key == known.text(posting[1]).key:
            verdicts[posting[1]][_span(placed)] = None
    known.load_texts(p[1] for p in evaluate)
    worth = _candidates(memory, known, sorted(evaluate))
    known.load_texts(p[1] for candidates in worth.values() for p in candidates)
    for posting, candidates in worth.items():
        placed = known.placed(posting)
        holder = first_holder(placed, map(known.placed, candidates))
        source = None if holder is None else (known.report_numbers[holder[0].text.key], holder[1])
        verdicts[posting[1]][_span(placed)] = source
    for number in gone:
        verdicts.setdefault(number, {})
    return _renewed_edges(memory, known, verdicts, set(come))


def _moved_passages(
    memory: Memory, known: Loaded, come: Mapping[int, Text], gone: Mapping[int, Text]
) -> tuple[list[tuple[Placed, Posting]], set[Posting]]:
    """The passages that can no longer, or only now, be looked at as copies; and of these the ones that can."""
    into, out = _postings(come), _postings(gone)
    keys = {placed.repeated_as for placed, _ in (*into, *out)}
    before = _furniture(memory, keys)
    memory.drop_passages((placed.repeated_as, *posting) for placed, posting in out)
    memory.put_passages((placed.repeated_as, *posting) for placed, posting in into)
    now = _furniture(memory, keys)
    added = [item for item in into if item[0].repeated_as not in now]
    removed = [item for item in out if item[0].repeated_as not in before]
    for key, holders in memory.postings(dict.fromkeys(before ^ now, 0)).items():
        others = ((known.placed(p), p) for p in holders if p[1] not in come)
        (added if key in before else removed).extend(others)
    memory.drop_passages((key, *posting) for placed, posting in removed for key in band_keys(placed.passage))
    memory.put_passages((key, *posting) for placed, posting in added for key in band_keys(placed.passage))
    return [*added, *removed], {posting for _, posting in added}


def _postings(texts: Mapping[int, Text]) -> list[tuple[Placed, Posting]]:
    return [(Placed(text, p), (text.order, number, p.start)) for number, text in texts.items() for p in text.passages]


def _furniture(memory: Memory, keys: Collection[int]) -> set[int]:
    """Of the keys of sentences, those that stand in a family's reports of several days."""
    orders = dict.fromkeys(keys, 0)
    for _ in range(FURNITURE_DAYS):
        following = memory.postings(orders, 1)
        orders = {key: first_of_day(day_of(found[0][0]) + 1) for key, found in following.items()}
    return set(orders)


def _affected(memory: Memory, known: Loaded, moved: Sequence[tuple[Placed, Posting]]) -> set[Posting]:
    """Later passages whose source may be another one, now that some have come or gone: those that are like one of these, or like one that
    is only now, or no longer, among the first of a band that has many."""
    by_key: dict[int, list[tuple[Placed, Posting]]] = defaultdict(list)
    for placed, posting in moved:
        for key in band_keys(placed.passage):
            by_key[key].append((placed, posting))
    near: dict[Posting, set[tuple[str, ...]]] = defaultdict(set)
    rivals: dict[Posting, set[Posting]] = defaultdict(set)
    most = max(map(len, by_key.values()), default=0)
    firsts = memory.postings(dict.fromkeys(by_key, 0), CROWDED + most + 1)
    looked_at = {
        key: [item for item in here if len(firsts.get(key, ())) <= CROWDED or item[1] <= firsts[key][CROWDED]]
        for key, here in by_key.items()
    }
    from_orders = {key: min(posting for _, posting in here) for key, here in looked_at.items() if here}
    laters = memory.postings({key: posting[0] for key, posting in from_orders.items()})
    for key, from_order in from_orders.items():
        first, here = firsts.get(key, []), by_key[key]
        shifted = {
            p
            for limit in (COMMON, CROWDED)
            for p in first[max(limit - len(here) - 1, 0) : limit + len(here) + 1]
            if p > from_order
        }
        for later in laters.get(key, ()):
            near[later].update(
                placed.passage.words for placed, posting in looked_at[key] if posting < later and posting[1] != later[1]
            )
            rivals[later].update(p for p in shifted if p < later and p[1] != later[1])
    known.load_texts({p[1] for later, some in rivals.items() for p in (later, *some)})
    return {
        later
        for later, like in near.items()
        if _is_like(known.placed(later).passage.words, [*like, *(known.placed(p).passage.words for p in rivals[later])])
    }


def _is_like(words: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> bool:
    alike = Alike(words)
    return any(alike.to(other) for other in others)


def _candidates(memory: Memory, known: Loaded, postings: Sequence[Posting]) -> dict[Posting, list[Posting]]:
    """For each passage those of earlier reports that it is worth comparing with, the earliest first."""
    bands = {posting: band_keys(known.placed(posting).passage) for posting in postings}
    firsts = memory.postings({key: 0 for keys in bands.values() for key in keys}, CROWDED)
    found = {}
    for posting, keys in bands.items():
        shared = ([p for p in firsts.get(key, ()) if p < posting] for key in keys)
        found[posting] = sorted(p for p in worth_comparing(shared) if p[1] != posting[1])
    return found


def _span(placed: Placed) -> tuple[int, int]:
    return placed.passage.start, placed.passage.end


def _renewed_edges(
    memory: Memory,
    known: Loaded,
    verdicts: Mapping[int, Mapping[tuple[int, int], tuple[int, Reused] | None]],
    come: set[int],
) -> tuple[dict[int, list[Copy]], set[int]]:
    former: dict[int, list[Copy]] = defaultdict(list)
    for copy in memory.copies_touching(verdicts.keys()):
        former[copy.copy_].append(copy)
    renewed: dict[int, list[Copy]] = {}
    claims: set[int] = set()
    for number, found in verdicts.items():
        old = {
            p.in_copy: (c.source, Reused(p.in_source, p.in_copy, p.likeness))
            for c in former[number]
            for p in c.passages
        }
        new = {} if number in come else {span: told for span, told in old.items() if span not in found}
        new.update({span: told for span, told in found.items() if told is not None})
        if new == old and number not in come:
            continue
        by_source: dict[int, list[Reused]] = defaultdict(list)
        for source, reused in new.values():
            by_source[source].append(reused)
        text = known.text(number)
        renewed[number] = [
            copy_record(source, number, copy_edge("", text, same)) for source, same in sorted(by_source.items())
        ]
        spans = [span for span in {*old, *new} if old.get(span) != new.get(span)]
        known.load([number])
        claims |= {
            n for n in known.claims[number] if any(s <= known.tellings[n].claim.trigger.start < e for s, e in spans)
        }
    memory.put_copies(renewed)
    return renewed, claims
