"""How well things were grouped: two labels each, the true group and the found one, in the same order."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

Labels = Sequence[Hashable]


def adjusted_rand(true: Labels, found: Labels) -> float:
    """Adjusted Rand index (Hubert and Arabie 1985): 1 for the same groups, 0 for groups by chance."""

    def pairs(counts: Counter[Hashable]) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())

    both = pairs(Counter(zip(true, found, strict=True)))
    ours, theirs, everything = pairs(Counter(true)), pairs(Counter(found)), len(true) * (len(true) - 1) / 2
    expected = ours * theirs / everything if everything else 0.0
    most = (ours + theirs) / 2
    return round((both - expected) / (most - expected), 4) if most != expected else 1.0


def b_cubed(true: Labels, found: Labels) -> float:
    """B-cubed F1 (Bagga and Baldwin 1998)."""
    if not true:
        return 0.0
    both, ours, theirs = Counter(zip(true, found, strict=True)), Counter(true), Counter(found)
    precision = sum(n * n / theirs[f] for (_, f), n in both.items()) / len(true)
    recall = sum(n * n / ours[t] for (t, _), n in both.items()) / len(true)
    return 2 * precision * recall / (precision + recall)


def muc(true: Labels, found: Labels) -> float:
    """MUC F1 (Vilain et al. 1995), which counts links."""

    def share(one: Labels, other: Labels) -> float:
        parts: dict[Hashable, set[Hashable]] = defaultdict(set)
        for a, b in zip(one, other, strict=True):
            parts[a].add(b)
        sizes = Counter(one)
        links = sum(n - 1 for n in sizes.values())
        return sum(sizes[k] - len(parts[k]) for k in sizes) / links if links else 0.0

    recall, precision = share(true, found), share(found, true)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def ceaf_e(true: Labels, found: Labels) -> float:
    """Entity-based CEAF F1 (Luo 2005): groups matched one to one as well as can be."""
    ours, theirs = Counter(true), Counter(found)
    row = {label: k for k, label in enumerate(ours)}
    column = {label: k for k, label in enumerate(theirs)}
    alike = np.zeros((len(row), len(column)))
    for (t, f), n in Counter(zip(true, found, strict=True)).items():
        alike[row[t], column[f]] = 2 * n / (ours[t] + theirs[f])
    rows, columns = linear_sum_assignment(-alike)
    matched = float(alike[rows, columns].sum())
    precision, recall = matched / len(column), matched / len(row)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def conll(true: Labels, found: Labels) -> float:
    """The CoNLL average (Pradhan et al. 2012) of MUC, B-cubed and CEAF-e."""
    return round((muc(true, found) + b_cubed(true, found) + ceaf_e(true, found)) / 3, 4)
