"""Counts in how many sentences of the corpus' training part each word stands, for `knowledge/data/common_words.tsv`.

python tools/derive_common_words.py corpus/ > src/reportedly/knowledge/data/common_words.tsv
"""

import json
import sys
from collections import Counter
from pathlib import Path

from reportedly.weighing.passages import folded_words, passages_of

LEAST = 4
HEAD = """# How common words are in reports of armed conflict: sentences in a thousand that hold each. What is not listed is rare.
# Counted over the training part of reportedly's own corpus of invented reports (tools/derive_common_words.py). CC0.
word	per_thousand"""


def main() -> None:
    corpus = Path(sys.argv[1])
    counts: Counter[str] = Counter()
    total = 0
    for conflict in json.loads((corpus / "splits.json").read_text(encoding="utf-8"))["train"]:
        for path in sorted((corpus / conflict).glob("*.txt")):
            for passage in passages_of(path.read_text(encoding="utf-8")):
                counts.update({w for w in folded_words(" ".join(passage.words)) if len(w) > 2})
                total += 1
    print(HEAD)
    for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if count >= LEAST:
            print(f"{word}\t{1000 * count / total:.1f}")


if __name__ == "__main__":
    main()
