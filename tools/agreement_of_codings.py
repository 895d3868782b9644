"""How far two codings of the same reports agree: `NAME.recoded`, claim lines written without sight of the first coding, against `NAME.coded`.

    python tools/agreement_of_codings.py corpus/

Claims pair up as a reading's do with coded ones: same type, trigger in the same sentence, overlapping triggers first. Events are told as
F1 of one coding against the other, fields as the share of pairs that agree; names and words agree where one is among the other's alternatives.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from compile_corpus import CodingError, Text, claim, compiled

Coded = dict[str, Any]
_PLAIN = ("mode", "status", "polarity", "certainty", "source_type", "anonymous", "chain", "time", "toll")


def recoded(path: Path, text: str, outlet: str | None) -> list[Coded]:
    """The claims of a second coding."""
    claims: list[Coded] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            claims.append(claim(line, Text(text), outlet, claims[-1] if claims else None))
    return claims


def pairs(first: list[Coded], second: list[Coded]) -> list[tuple[Coded, Coded]]:
    """Claims of both that tell of the same, each once."""
    found: list[tuple[int, int, int]] = []
    for i, one in enumerate(first):
        for k, other in enumerate(second):
            a, b = one["spans"], other["spans"]
            if one["event"] != other["event"] or a["sentence"]["start"] != b["sentence"]["start"]:
                continue
            overlap = a["trigger"]["start"] < b["trigger"]["end"] and b["trigger"]["start"] < a["trigger"]["end"]
            same = sum(one[name] == other[name] for name in _PLAIN)
            found.append((100 * overlap + same, i, k))
    left, right = set(range(len(first))), set(range(len(second)))
    chosen = []
    for _, i, k in sorted(found, reverse=True):
        if i in left and k in right:
            chosen.append((first[i], second[k]))
            left.discard(i)
            right.discard(k)
    return chosen


def _names(entry: str) -> set[str]:
    plain = re.sub(r"\b(?:the|a|an)\b|[^\w| ]", " ", entry.lstrip("?").lower())
    return {" ".join(part.split()) for part in plain.split("|")}


def _same_names(one: Iterable[str], other: Iterable[str]) -> bool:
    ours, theirs = [_names(e) for e in one if e[:1] != "?"], [_names(e) for e in other if e[:1] != "?"]
    return all(any(a & b for b in theirs) for a in ours) and all(any(a & b for a in ours) for b in theirs)


def main() -> int:
    root = Path(sys.argv[-1])
    both = only_first = only_second = reports = 0
    agreed: Counter[str] = Counter()
    for path in sorted(root.rglob("*.recoded")):
        text, meta, first = compiled(path.with_suffix(".coded").read_text(encoding="utf-8"))
        try:
            second = recoded(path, text, meta["outlet"])
        except CodingError as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 1
        reports += 1
        matched = pairs(first, second)
        both += len(matched)
        only_first += len(first) - len(matched)
        only_second += len(second) - len(matched)
        for one, other in matched:
            agreed.update(name for name in _PLAIN if one[name] == other[name])
            agreed.update(n for n in ("actors", "recipients", "places") if _same_names(one[n], other[n]))
            agreed["source"] += _same_names([one["source"] or ""], [other["source"] or ""])
    print(
        f"{reports} reports; {both} claims in both codings, {only_first} in the first alone, {only_second} in the second alone"
    )
    print(f"events: F1 {2 * both / (2 * both + only_first + only_second):.3f}")
    for name, count in agreed.most_common():
        print(f"{name}: {count / both:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
