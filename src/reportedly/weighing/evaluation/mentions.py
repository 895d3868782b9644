"""Groups reports by story and mentions of events by event, from their words alone, on news of any kind, and scores both beside plain baselines.

What claims give besides words (types, places, days, parties) is left out here, since the corpora with marked events are not about armed conflict: this is what the
words' part of weighing reaches. A file holds JSON, or JSON packed with gzip: a list of mentions as ECB+ has them in the form of Barhom et al. (2019), each with `doc_id`,
`topic_id`, `coref_chain`, `mention_context` (the words around it), `tokens_number` (which of them it is) and `mention_head_lemma`.
"""

import gzip
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from reportedly.errors import InvalidGold
from reportedly.knowledge.events import noun_senses, verb_senses
from reportedly.weighing.evaluation.grouping_scores import adjusted_rand, conll

LEAD: Final = 40
"""Words at the head of a report, which say what it is about."""
_LEAD_WEIGHT: Final = 4.0
_NAME_WEIGHT: Final = 3.0
"""Names and numbers tell two stories of one kind apart."""
STORY: Final = 0.20
"""Mean likeness of two groups of reports from which they are one story; chosen on ECB+'s training part."""
PLAIN_STORY: Final = 0.16
"""The same for the baseline, chosen on the same part."""
SAME_EVENT: Final = 0.28
"""Mean chance from which two groups of mentions are one event, chosen like the others."""
_NEAR: Final = 5
_WEIGHTS: Final = {
    "same head": 2.5, "same stem": 2.0, "same type": 1.5, "shared words": 1.0, "same report": -1.0, "same story": 1.5, "alike reports": 1.5,
    "words around": 2.5, "same head in one story": 1.0, "at all": -5.0,
}  # fmt: skip
"""What speaks for two mentions being of one event, as log-odds; set by trial on ECB+'s training part."""
_STOPWORDS: Final = frozenset(
    "the a an of in on at to for by with from as and or but that which who whom whose it its is are was were be been has have had he she they his her "
    "their this these those not no after before will would could may might about into over than said say says".split()
)
_ENDINGS: Final = ("ations", "ation", "ings", "ing", "ments", "ment", "ers", "er", "ed", "es", "s", "al", "ion", "e")
_ENDS: Final = frozenset({".", "``", '"', "''"})


@dataclass(frozen=True)
class Mention:
    """A mention of an event: its report, the true story and event, its head and the words around it."""

    report: str
    topic: str
    story: str
    event: str
    head: str
    words: frozenset[str]
    around: frozenset[str]


@dataclass(frozen=True)
class MentionFigures:
    """Figures beside the baselines': groups of reports (adjusted Rand index), and of mentions within a topic (CoNLL F1)."""

    reports: int
    mentions: int
    stories: float
    stories_by_words: float
    events: float
    events_by_head: float


def load_mentions(path: Path) -> tuple[list[Mention], dict[str, list[str]]]:
    """The mentions of a file, and the words of each report as far as any mention shows them. Raises InvalidGold."""
    try:
        data = path.read_bytes()
        rows = json.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
        found = [_mention(row) for row in rows]
        texts: dict[str, list[str]] = {}
        for row in rows:
            if len(row["mention_context"]) > len(texts.get(row["doc_id"], ())):
                texts[row["doc_id"]] = row["mention_context"]
    except FileNotFoundError:
        raise InvalidGold(f"{path}: no such file") from None
    except (OSError, ValueError, TypeError, EOFError) as error:
        raise InvalidGold(f"{path}: is no JSON list of mentions ({error})") from None
    except (KeyError, IndexError) as error:
        raise InvalidGold(f"{path}: a mention lacks {error}") from None
    if not found:
        raise InvalidGold(f"{path}: holds no mention")
    return found, texts


def _mention(row: Mapping[str, Any]) -> Mention:
    words, numbers = row["mention_context"], row["tokens_number"]
    first, last = numbers[0], numbers[-1]
    around = [
        words[i] for i in range(max(0, first - _NEAR), min(len(words), last + _NEAR + 1)) if not first <= i <= last
    ]
    return Mention(
        row["doc_id"], str(row["doc_id"]).split("_")[0], str(row["topic_id"]), row["coref_chain"], row["mention_head_lemma"].lower(),
        frozenset(w.lower() for w in words[first : last + 1]) - _STOPWORDS, frozenset(w.lower() for w in around if re.match(r"\w", w)) - _STOPWORDS,
    )  # fmt: skip


def score_mentions(path: Path) -> MentionFigures:
    """Group a file's reports and mentions, and score them. Raises InvalidGold."""
    mentions, texts = load_mentions(path)
    story_of = {m.report: m.story for m in mentions}
    keys = sorted(texts)
    true = [story_of[key] for key in keys]
    rarity = _rarities(keys, texts)
    likeness = _likeness(keys, texts, rarity)
    found = _grouped(1 - likeness, 1 - STORY)
    plain = _grouped(1 - _likeness(keys, texts, rarity, plain=True), 1 - PLAIN_STORY)
    events = events_of(mentions, dict(zip(keys, found, strict=True)), keys, likeness, rarity)
    told = [m.event for m in mentions]
    return MentionFigures(
        len(keys), len(mentions), adjusted_rand(true, found), adjusted_rand(true, plain), conll(told, events), conll(told, [(m.topic, m.head) for m in mentions])
    )  # fmt: skip


def _grouped(apart: np.ndarray, most: float) -> list[int]:
    """Average-link groups. Shapes: distances [things, things]; a group's number for each."""
    if len(apart) < 2:
        return [1] * len(apart)
    condensed = np.clip(apart[np.triu_indices(len(apart), 1)], 0, None)
    return [int(k) for k in fcluster(linkage(condensed, "average"), most, "distance")]


def _likeness(
    keys: Sequence[str], texts: Mapping[str, Sequence[str]], rarity: Mapping[str, float], plain: bool = False
) -> np.ndarray:
    """Cosines of TF-IDF vectors, [reports, reports]; unless plain, words of the lead, names and numbers weigh more."""
    counted = {key: _counted(texts[key], plain) for key in keys}
    column = {word: k for k, word in enumerate(rarity)}
    vectors = np.zeros((len(keys), len(column)))
    for row, key in zip(vectors, keys, strict=True):
        for word, count in counted[key].items():
            row[column[word]] = (1 + math.log(count)) * rarity[word]
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors /= np.where(lengths > 0, lengths, 1)
    likeness: np.ndarray = vectors @ vectors.T
    return likeness


def _rarities(keys: Sequence[str], texts: Mapping[str, Sequence[str]]) -> dict[str, float]:
    """Inverse document frequency of each word."""
    holding = Counter(word for key in keys for word in _counted(texts[key], plain=True))
    return {word: math.log(len(keys) / n) for word, n in holding.items()}


def _counted(words: Sequence[str], plain: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    for k, word in enumerate(words):
        if not re.match(r"\w", word) or word.lower() in _STOPWORDS:
            continue
        named = any(c.isdigit() for c in word) or (word[:1].isupper() and k > 0 and words[k - 1] not in _ENDS)
        weight = 1.0 if plain else (_NAME_WEIGHT if named else 1.0) * (_LEAD_WEIGHT if k < LEAD else 1.0)
        found[word.lower()] += weight  # type: ignore[assignment]
    return found


def events_of(
    mentions: Sequence[Mention],
    story: Mapping[str, int],
    keys: Sequence[str],
    likeness: np.ndarray,
    rarity: Mapping[str, float],
) -> list[tuple[str, int]]:
    """The event of each mention: groups within a topic, joined while the mean chance of their pairs is high enough."""
    row = {key: k for k, key in enumerate(keys)}
    by_topic: dict[str, list[int]] = defaultdict(list)
    for k, mention in enumerate(mentions):
        by_topic[mention.topic].append(k)
    found: list[tuple[str, int]] = [("", 0)] * len(mentions)
    for topic, members in by_topic.items():
        chance = np.zeros((len(members), len(members)))
        for a in range(len(members)):
            for b in range(a):
                one, other = mentions[members[a]], mentions[members[b]]
                alike = float(likeness[row[one.report], row[other.report]]) if one.report != other.report else 1.0
                terms = compared(one, other, story[one.report] == story[other.report], alike, rarity)
                chance[a, b] = chance[b, a] = 1 / (1 + math.exp(-sum(terms.values())))
        for k, group in zip(members, _grouped(1 - chance, 1 - SAME_EVENT), strict=True):
            found[k] = (topic, group)
    return found


def compared(
    one: Mention, other: Mention, same_story: bool, alike: float, rarity: Mapping[str, float]
) -> dict[str, float]:
    """What speaks for two mentions being of one event, term by term, as log-odds."""
    head = one.head == other.head
    shares = {
        "at all": 1.0, "same head": float(head), "same stem": float(not head and _stem(one.head) == _stem(other.head)),
        "same type": float(not head and bool(_types(one.head) & _types(other.head))), "same report": float(one.report == other.report),
        "shared words": len(one.words & other.words) / max(1, len(one.words | other.words)), "same story": float(same_story),
        "alike reports": alike, "words around": _weighed(one.around & other.around, rarity) / (_weighed(one.around | other.around, rarity) or 1.0),
        "same head in one story": float(head and same_story),
    }  # fmt: skip
    return {term: _WEIGHTS[term] * share for term, share in shares.items() if share}


def _weighed(words: frozenset[str], rarity: Mapping[str, float]) -> float:
    return math.fsum(rarity.get(w, 3.0) for w in words)


@cache
def _stem(word: str) -> str:
    """A word without its ending: "killed" and "killing" are one."""
    ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 4), "")
    return word[: len(word) - len(ending)]


@cache
def _types(word: str) -> frozenset[str]:
    """Types of event that the tables list for a word."""
    return frozenset(s.type for senses in (verb_senses(), noun_senses()) for s in senses.get(word, ()))
