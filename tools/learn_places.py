"""Learns the weights of the cues by which names of places are found and resolved.

    python tools/learn_places.py lgl.xml GeoVirus.xml            cross-validated figures, then weights from all of it
    python tools/learn_places.py --check lgl.xml GeoVirus.xml    the figures alone

The first file must mark every toponym, those in names of bodies and nationalities included; the second may leave these out.
Nothing of the articles goes into the weights but counts. Needs, beside what the package needs: numpy, scipy, scikit-learn.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from reportedly.knowledge.gazetteer import distance_km
from reportedly.knowledge.place_words import demonyms
from reportedly.reading import place_resolution, toponyms
from reportedly.reading.evaluation.places import NEAR_KM, Article, load_articles
from reportedly.reading.names import names_of
from reportedly.reading.parser import parse
from reportedly.reading.syntax import Document
from reportedly.reading.toponyms import Span

DATA = Path(__file__).resolve().parents[1] / "src" / "reportedly" / "knowledge" / "data"
FOLDS = 4
LEAN = 0.4
"""Added to the log-odds: recall is worth a little precision, as later layers drop what they have no use for."""
START = {
    "log people": 1.0, "in what stands beside": 6.0, "country of others": 3.0, "kind country": 4.0, "kind admin1": 2.0, "kind word agrees": 3.0,
    "decided in its country": 2.0, "division of others": 1.0, "decided nearby": 1.0, "by another name": -1.0,
}  # fmt: skip
BY_HAND = {"by sound": -2.0, "by consonants": -4.0, "country at hand": 2.5, "not the country at hand": 0.0}
"""Cues that these corpora hardly show: names in looser spellings, reports that keep to one country at war."""


@dataclass
class Read:
    """An article, parsed, with the candidates of both decisions."""

    article: Article
    document: Document
    complete: bool
    spans: list[Span]
    is_name: list[bool]
    names: list[place_resolution.Name]
    gold: dict[int, Any]


def read(path: Path, complete: bool) -> list[Read]:
    found = []
    articles = load_articles(path)
    for article, document in zip(articles, parse(a.report for a in articles), strict=True):
        wanted = {(m.start, m.end) for m in article.marked}
        spans = [
            s
            for s in toponyms.describe(document)
            if complete or s.text not in demonyms() or bounds(document, s) in wanted
        ]
        marked, gold = gold_spans(document, article)
        names = place_resolution.gather(document, marked, names_of(document))
        found.append(
            Read(article, document, complete, spans, [bounds(document, s) in wanted for s in spans], names, gold)
        )
    return found


def bounds(document: Document, span: Span) -> tuple[int, int]:
    return document.words[span.first].start, document.words[span.last].end


def gold_spans(document: Document, article: Article) -> tuple[list[Span], dict[int, Any]]:
    starts, ends = {w.start: w.i for w in document.words}, {w.end: w.i for w in document.words}
    spans, gold = [], {}
    for m in article.marked:
        if m.start in starts and m.end in ends:
            span = Span(starts[m.start], ends[m.end], " ".join(m.phrase.split()))
            spans.append(span)
            if m.lat is not None:
                gold[id(span)] = m
    return spans, gold


# ------------------------------------------------------------------------------------------ finding names


def learn_finding(reads: Sequence[Read]) -> dict[str, float]:
    vectors = DictVectorizer()
    matrix = vectors.fit_transform([s.cues for r in reads for s in r.spans])
    wanted = [y for r in reads for y in r.is_name]
    model = LogisticRegression(C=0.3, max_iter=3000, fit_intercept=False).fit(matrix, wanted)
    table = {str(name): float(w) for name, w in zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)}
    table["always"] += LEAN
    return {name: round(w, 3) for name, w in sorted(table.items()) if abs(w) >= 0.02}


# ------------------------------------------------------------------------------------------ resolving them


def right_candidates(name: place_resolution.Name, gold: dict[int, Any]) -> tuple[list[int], int] | None:
    """Indices of the candidates that are right, and how many mentions say so."""
    marked = [gold[id(m)] for m in name.mentions if id(m) in gold]
    if not marked:
        return None
    (lat, lon, code), _ = Counter((m.lat, m.lon, m.geonames) for m in marked).most_common(1)[0]
    by_id = [i for i, c in enumerate(name.candidates) if code and c.geonames == code]
    km = [
        distance_km(lat, lon, c.lat, c.lon) if c.lat is not None and c.lon is not None else 1e9 for c in name.candidates
    ]
    right = by_id or [i for i, k in enumerate(km) if k < 40] or [i for i, k in enumerate(km) if k < NEAR_KM]
    return (right, len(marked)) if right else None


def fit(reads: Sequence[Read], ridge: float = 1.0) -> dict[str, float]:
    """Conditional logit over the candidates of each name."""
    columns: dict[str, int] = {}
    data: list[tuple[int, int, float]] = []
    group: list[int] = []
    good: list[bool] = []
    weight: list[float] = []
    for r in reads:
        for name in r.names:
            right = right_candidates(name, r.gold)
            if right is None or len(name.candidates) < 2:
                continue
            for i, cues in enumerate(name.cues):
                data += ((len(group), columns.setdefault(cue, len(columns)), value) for cue, value in cues.items())
                group.append(len(weight))
                good.append(i in right[0])
            weight.append(min(right[1], 3) ** 0.5)
    rows, cols, values = zip(*data, strict=True)
    x = csr_matrix((values, (rows, cols)), shape=(len(group), len(columns)))
    seg, pos, w = np.array(group), np.array(good), np.array(weight)
    starts = np.r_[0, np.cumsum(np.bincount(seg))[:-1]]

    def loss(b: Any) -> tuple[float, Any]:
        z = x @ b
        e = np.exp(z - np.maximum.reduceat(z, starts)[seg])
        total, kept = np.add.reduceat(e, starts), np.add.reduceat(e * pos, starts) + 1e-300
        gradient = x.T @ (w[seg] * (e / total[seg] - e * pos / kept[seg]))
        return float(-(w * (np.log(kept) - np.log(total))).sum() + ridge * (b @ b) / 2), gradient + ridge * b

    solved = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(solved.x[i]), 3) for name, i in columns.items()}


def resolve(reads: Iterable[Read], table: dict[str, float]) -> None:
    for r in reads:
        place_resolution.resolve(r.names, table)


def learn_resolving(reads: Sequence[Read]) -> dict[str, float]:
    table = dict(START)
    for _ in range(4):
        resolve(reads, table)
        table = fit(reads)
    return {**{k: v for k, v in sorted(table.items()) if abs(v) >= 0.02}, **BY_HAND}


# ------------------------------------------------------------------------------------------ both


def check(reads: Sequence[Read], finding: dict[str, float], resolving: dict[str, float]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for r in reads:
        for span in r.spans:
            span.score = toponyms.score(span.cues, finding)
        chosen = toponyms.choose(r.spans)
        names = place_resolution.gather(r.document, chosen, names_of(r.document))
        place_resolution.resolve(names, resolving)
        best = {bounds(r.document, m): n.best for n in names for m in n.mentions}
        counts["marked"] += len(r.article.marked)
        counts["found"] += len(best)
        for m in r.article.marked:
            if (m.start, m.end) in best:
                counts["exact"] += 1
                place = best[m.start, m.end]
                if (
                    m.lat is not None
                    and m.lon is not None
                    and place is not None
                    and place.lat is not None
                    and place.lon is not None
                ):
                    counts["near"] += distance_km(m.lat, m.lon, place.lat, place.lon) <= NEAR_KM
    return counts


def told(counts: Counter[str]) -> str:
    precision, recall = counts["exact"] / counts["found"], counts["exact"] / counts["marked"]
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}; within 161 km {counts['near'] / counts['marked']:.3f}"


def write(name: str, head: list[str], table: dict[str, float]) -> None:
    lines = [*(f"# {line}" for line in head), "cue\tweight", *(f"{cue}\t{weight}" for cue, weight in table.items())]
    (DATA / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(table)} cues")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("complete", type=Path)
    parser.add_argument("partial", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    first, second = read(options.complete, True), read(options.partial, False)
    order = list(range(len(first)))
    random.Random(1).shuffle(order)
    counts: Counter[str] = Counter()
    for fold in range(FOLDS):
        held = {*order[fold::FOLDS]}
        rest = [r for i, r in enumerate(first) if i not in held] + second
        counts += check([first[i] for i in held], learn_finding(rest), learn_resolving(rest))
    print(f"{options.complete.name}, each quarter by weights from the rest: {told(counts)}")
    print(
        f"{options.partial.name}, by weights from {options.complete.name}: {told(check(second, learn_finding(first), learn_resolving(first)))}"
    )
    if options.check:
        sys.exit()
    source = f"Learned by tools/learn_places.py from {options.complete.stem} and {options.partial.stem}; nothing of their texts is kept."
    write(
        "toponym_weights.tsv",
        ["How far each cue speaks for a stretch of words being a place's name, in log-odds.", source],
        learn_finding(first + second),
    )
    write(
        "place_weights.tsv",
        ["How far each cue speaks for a candidate being the place that a name means, in log-odds.", source],
        learn_resolving(first + second),
    )


if __name__ == "__main__":
    main()
