"""Learns which root an event between two given participants has, and says how well by cross-validation.

    python training/roots.py --plover PLV_train.tsv --out src/reportedly/reading/trained/weights/root_weights.npz

Five folds, a multinomial logistic regression with balanced classes.
"""

import argparse
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from reportedly.cli.prepare import prepare_places
from reportedly.reading.evaluation.roots import RootFigures, load_rooted, score_root
from reportedly.reading.parser import parse
from reportedly.reading.reader import rule_layers
from reportedly.reading.trained.roots import ROOTS, root_cues
from reportedly.reading.where_and_when import settled_by_rules

FOLDS, SEED = 5, 0


def learned(cues: list[dict[str, float]], roots: list[str]) -> tuple[DictVectorizer, LogisticRegression]:
    vectors = DictVectorizer()
    table = vectors.fit_transform(cues)
    return vectors, LogisticRegression(C=3, max_iter=600, class_weight="balanced").fit(table, roots)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--plover", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    prepare_places()
    coded = load_rooted(given.plover)
    cues: list[dict[str, float]] = []
    for sentence, document in zip(coded, parse(c.report for c in coded), strict=True):
        for layer in rule_layers():
            layer(document)
        cues.append(root_cues(document, settled_by_rules(document), sentence.source, sentence.target))
    roots = [c.root for c in coded]
    figures = RootFigures()
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=SEED).split(cues, roots):
        vectors, model = learned([cues[i] for i in train], [roots[i] for i in train])
        for i, read in zip(test, model.predict(vectors.transform([cues[i] for i in test])), strict=True):
            score_root(coded[i], read, figures)
    print(f"{FOLDS} folds: macro F1 {figures.macro_f1}, accuracy {figures.accuracy}")
    for root, values in figures.by_root.items():
        print(f"  {root:<10} P {values[0]:.2f} R {values[1]:.2f} F1 {values[2]:.2f}")
    vectors, model = learned(cues, roots)
    order = [list(model.classes_).index(root) for root in ROOTS]
    np.savez_compressed(
        given.out,
        cues=np.array(vectors.get_feature_names_out(), dtype=str),
        weights=model.coef_[order].T.astype(np.float16),
        bias=model.intercept_[order].astype(np.float32),
    )


if __name__ == "__main__":
    main()
