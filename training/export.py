"""Exports trained weights as the ONNX files that the package ships.

    python training/export.py --encoder FOLDER --weights FILE --out src/reportedly/reading/trained/weights

The encoder's weights are kept in 8 bits (dynamic quantisation), the heads as they are.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

sys.path.insert(0, str(Path(__file__).parent))
from networks import ReadingNetwork

from reportedly.reading.trained.telling import CLASSES_OF_A_WORD

OPSET = 17


class _Encoder(nn.Module):
    def __init__(self, network: ReadingNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids, attend, first):
        return self.network.encode(ids, attend, first)


class _AttributionWords(_Encoder):
    def forward(self, vectors, tag, dep, quoted):
        head = self.network.attribution
        words = head.view(vectors, tag, dep, quoted, torch.ones_like(tag, dtype=torch.float32))
        return words, torch.softmax(head.cue(words), 2)[:, :, 1]


class _AttributionPairs(_Encoder):
    def forward(self, words, pivots, path, distance):
        head = self.network.attribution
        view = head.pair(words, words[0, pivots], path, distance, torch.ones_like(path, dtype=torch.float32))
        return head.label(view)


class _ClaimWords(_Encoder):
    def forward(self, vectors, tag, dep, quoted, hints, classes):
        head = self.network.claims
        mask = torch.ones_like(tag, dtype=torch.float32)
        words = head.view(vectors, tag, dep, quoted, mask, [hints[k] for k in range(len(head.view.hints))], classes)
        return words, head.trigger(words)


class _ClaimPairs(_Encoder):
    def forward(self, words, pivots, path, distance, hinted, type):  # noqa: A002
        head = self.network.claims
        here = words[0, pivots]
        mask = torch.ones_like(path, dtype=torch.float32)
        roles = head.role(head.pair(words, here, path, distance, mask, [hinted, type.unsqueeze(1)]))
        whole = head.whole(torch.cat([here, head.event(type)], 1))
        return roles, head.nobody(whole), head.mode(whole), head.kind(whole), head.denied(whole), head.certainty(whole)


class _ClaimSources(_Encoder):
    def forward(self, words, pivots, speakers, taken_for):
        head = self.network.claims
        view = head.whose(torch.cat([words[0, pivots], words[0, speakers], head.taken_for(taken_for)], 1))
        return head.source_type(view), head.anonymous(view)


def export(network: ReadingNetwork, out: Path) -> None:
    """Write every graph, each with one window to a call."""
    words, pieces = 30, 40
    zeros = torch.zeros(1, words, dtype=torch.long)
    codes = torch.zeros(2, words, dtype=torch.long)
    ids = torch.randint(1000, 2000, (1, pieces))
    first = torch.arange(words)[None]
    vectors = network.encode(ids, torch.ones_like(ids), first).detach()
    hints = torch.zeros(len(network.claims.view.hints), 1, words, dtype=torch.long)
    classes = torch.zeros(1, words, CLASSES_OF_A_WORD, dtype=torch.long)
    per_word = {"vectors": {1: "words"}, "tag": {1: "words"}, "dep": {1: "words"}, "quoted": {1: "words"}}
    per_pivot = {
        "words": {1: "words"},
        "pivots": {0: "pivots"},
        "path": {0: "pivots", 1: "words"},
        "distance": {0: "pivots", 1: "words"},
    }
    pivots = torch.tensor([1, 2])
    graphs = [
        ("encoder", _Encoder, (ids, torch.ones_like(ids), first), ["ids", "attend", "first"], ["vectors"],
         {"ids": {1: "pieces"}, "attend": {1: "pieces"}, "first": {1: "words"}, "vectors": {1: "words"}}),
        ("attribution_words", _AttributionWords, (vectors, zeros, zeros, zeros), ["vectors", "tag", "dep", "quoted"], ["words", "cues"],
         {**per_word, "words": {1: "words"}, "cues": {1: "words"}}),
        ("attribution_pairs", _AttributionPairs, (vectors, pivots, codes, codes), ["words", "pivots", "path", "distance"], ["labels"],
         {**per_pivot, "labels": {0: "pivots", 1: "words"}}),
        ("claim_words", _ClaimWords, (vectors, zeros, zeros, zeros, hints, classes), ["vectors", "tag", "dep", "quoted", "hints", "classes"], ["words", "triggers"],
         {**per_word, "hints": {2: "words"}, "classes": {1: "words"}, "words": {1: "words"}, "triggers": {1: "words"}}),
        ("claim_pairs", _ClaimPairs, (vectors, pivots, codes, codes, codes, pivots), ["words", "pivots", "path", "distance", "hinted", "type"],
         ["roles", "nobody", "modes", "kind", "denied", "certainty"],
         {**per_pivot, "hinted": {0: "pivots", 1: "words"}, "type": {0: "pivots"}, "roles": {0: "pivots", 1: "words"},
          **{name: {0: "pivots"} for name in ("nobody", "modes", "kind", "denied", "certainty")}}),
        ("claim_sources", _ClaimSources, (vectors, pivots, pivots, pivots), ["words", "pivots", "speakers", "taken_for"], ["types", "unnamed"],
         {"words": {1: "words"}, **{name: {0: "pivots"} for name in ("pivots", "speakers", "taken_for", "types", "unnamed")}}),
    ]  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    for name, wrapper, example, inputs, outputs, axes in graphs:
        torch.onnx.export(
            wrapper(network), example, out / f"{name}.onnx", input_names=inputs, output_names=outputs,
            dynamic_axes=axes, opset_version=OPSET, dynamo=False,
        )  # fmt: skip
    whole = out / "encoder.whole.onnx"
    (out / "encoder.onnx").replace(whole)
    quantize_dynamic(whole, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    whole.unlink()
    moves, opens = network.attribution.chain.transitions()
    np.savez(out / "label_moves.npz", moves=moves.detach().numpy(), opens=opens.detach().numpy())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--encoder", required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    network = ReadingNetwork(given.encoder)
    network.load_state_dict(torch.load(given.weights))
    export(network.eval(), given.out)


if __name__ == "__main__":
    main()
