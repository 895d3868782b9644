"""Finds which share of the claims with a score is right, on the corpus' development part, and writes it as tables to interpolate.

    python training/calibrate.py --corpus corpus/ --out src/reportedly/reading/trained/weights/calibration.json

One table for what the rules found too, one for what the network found alone; by isotonic regression, so that the share never falls as the
score rises.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.isotonic import IsotonicRegression

from reportedly.cli.prepare import prepare_places
from reportedly.reading.evaluation import claims
from reportedly.reading.evaluation.corpus import load_corpus
from reportedly.reading.reader import Reader

STEPS = 21


def scored(corpus: Path) -> dict[str, list[tuple[float, bool]]]:
    """Scores of the claims read, and whether each was there, by who found it."""
    found: dict[str, list[tuple[float, bool]]] = {"both": [], "alone": []}
    coded = list(load_corpus(corpus, "dev"))
    for report, result in zip(coded, Reader().pipe(c.report for c in coded), strict=True):
        document = result.document
        alone = {document.words[d.event.first].start for d in document.layers["drafts"] if d.settled}
        figures = claims.Figures()
        claims.score(report, result.reading.claims, figures)
        for claim, pair in zip(result.reading.claims, figures.confidences, strict=True):
            found["alone" if claim.trigger.start in alone else "both"].append(pair)
    return found


def curve(pairs: list[tuple[float, bool]]) -> dict[str, list[float]]:
    scores, right = zip(*pairs, strict=True)
    fitted = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, right)
    steps = np.linspace(0, 1, STEPS)
    # Smoothed over neighbours, so that no two scores far apart share one figure.
    shares = np.convolve(np.pad(fitted.predict(steps), 1, mode="edge"), [0.25, 0.5, 0.25], mode="valid")
    return {"scores": [round(float(s), 3) for s in steps], "shares": [round(float(s), 3) for s in shares]}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.unlink(missing_ok=True)
    prepare_places()
    tables = {name: curve(pairs) for name, pairs in scored(given.corpus).items()}
    given.out.write_text(json.dumps(tables) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
