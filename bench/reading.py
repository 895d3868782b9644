"""Speed of reading as a ratio to the bare parser's, on the same generated reports in one run; memory; growth.

CPU time, one process. The bare pipeline is measured twice: whole, as `en_core_web_sm` comes, and its tagger and parser alone.
"""

import random
import resource
import sys
import time

import spacy

from reportedly.cli.prepare import prepare_places
from reportedly.model.record import Report
from reportedly.reading.parser import MODEL
from reportedly.reading.reader import Reader

_GROUPS = [
    "the Arakan Army",
    "M23 rebels",
    "the army",
    "ELN fighters",
    "JNIM militants",
    "police",
    "gunmen",
    "Boko Haram",
]
_DEEDS = [
    "attacked",
    "shelled",
    "seized",
    "raided",
    "withdrew from",
    "denied having attacked",
    "will reinforce",
    "blockaded",
]
_PLACES = ["Goma", "Sittwe", "Gao", "Arauca", "Maiduguri", "El Fasher", "Idlib", "Bakhmut"]
_SOURCES = [
    "a military spokesman",
    "residents",
    "two security sources",
    "the health ministry",
    "a UN report",
    "local radio",
]
_TAILS = [
    "killing {n} civilians",
    "and arrested {n} men",
    "after {n} days of clashes",
    "wounding at least {n} people",
    "on Monday",
    "in the coming hours",
]
_PLAIN = [
    "The road there has been closed in the rainy season for years.",
    "Markets were quiet.",
    "Many families live with relatives.",
    "The district grows coffee and maize.",
]


def report(rng: random.Random) -> Report:
    """An invented report of about 300 words."""
    paragraphs = []
    for _ in range(5):
        sentences = []
        for _ in range(3):
            sentences.append(
                f"{rng.choice(_GROUPS).capitalize()} {rng.choice(_DEEDS)} a village near {rng.choice(_PLACES)}, "
                f"{rng.choice(_TAILS).format(n=rng.randint(2, 40))}, {rng.choice(_SOURCES)} said."
            )
            sentences.append(rng.choice(_PLAIN))
        paragraphs.append(" ".join(sentences))
    return Report(text="\n\n".join(paragraphs), outlet="Bench Wire", published="2025-03-04")


def cpu(work: object) -> float:
    """CPU seconds of exhausting an iterator."""
    start = time.process_time()
    for _ in work:  # type: ignore[attr-defined]
        pass
    return time.process_time() - start


def main() -> int:
    """Run and print; fails where reading costs more than three times the parser as it comes."""
    prepare_places()
    rng = random.Random(11)
    reports = [report(rng) for _ in range(200)]
    texts = [r.text for r in reports]
    reader = Reader()
    claims = sum(len(r.reading.claims) for r in reader.pipe(reports))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # before the bare pipeline is loaded beside it
    bare = spacy.load(MODEL)
    own = spacy.load(MODEL, exclude=["ner"])
    for warm in (bare.pipe(texts[:20]), own.pipe(texts[:20]), reader.pipe(reports[:20])):
        cpu(warm)
    rules = Reader(name="rules")
    rounds = [
        (cpu(bare.pipe(texts)), cpu(own.pipe(texts)), cpu(reader.pipe(reports)), cpu(rules.pipe(reports)))
        for _ in range(3)
    ]
    whole, parser, reading, by_rules = (min(r[i] for r in rounds) for i in range(4))
    print(f"bare pipeline as it comes  {whole:6.2f} s CPU for 200 reports, {sum(len(t.split()) for t in texts)} words")
    print(f"tagger and parser alone    {parser:6.2f} s")
    print(f"reading                    {reading:6.2f} s")
    print(f"reading by rules alone     {by_rules:6.2f} s, {by_rules / whole:.2f} of the pipeline as it comes")
    print(
        f"ratio to the pipeline as it comes {reading / whole:.2f} (at most 3); to tagger and parser alone {reading / parser:.2f}"
    )
    print(f"claims per CPU second {claims / reading:.0f} ({claims} claims)")
    print(f"memory at most {memory:.0f} MB, of reading 200 reports")
    many = [report(rng) for _ in range(1000)]
    per_report = {n: cpu(reader.pipe(many[:n])) / n for n in (10, 100, 1000)}
    print("CPU ms per report: " + ", ".join(f"{n}: {1000 * s:.1f}" for n, s in per_report.items()))
    return 0 if reading / whole <= 3 else 1


if __name__ == "__main__":
    sys.exit(main())
