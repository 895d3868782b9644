"""Trains the encoder with its heads, and keeps the weights after every round; the same command goes on after a stop.

    python training/train.py --polnear FOLDER --corpus corpus/ --work FOLDER --encoder FOLDER [--only attribution] [--begin FILE]

FOLDER holds PolNeAR's train and dev parts. With --only attribution a round goes once through PolNeAR's training part. Without, it goes
once through the corpus' training part, and beside each of its batches stands one of PolNeAR.
"""

import argparse
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).parent))
from networks import ClaimHead, ReadingNetwork, warm_then_fall
from samples import Sample, attribution_samples, claim_samples, kept

from reportedly.model.plover import EVENT_TYPES
from reportedly.reading.trained.telling import ALL_MODES, CLASSES_OF_A_WORD, MANY, ONE

SAYINGS, REPORTS = 10, 8
"""Windows to a batch of marked texts, and of coded reports."""


def padded(rows: list[list[int]], width: int, fill: int = 0) -> torch.Tensor:
    table = torch.full((len(rows), width), fill, dtype=torch.long)
    for i, row in enumerate(rows):
        table[i, : len(row)] = torch.as_tensor(row)
    return table


def batch_of(samples: list[Sample]) -> dict[str, torch.Tensor]:
    """Windows and their pivots as tensors; windows [B, pieces] and [B, words], pivots [P, words]."""
    pieces, words = max(len(s.ids) for s in samples), max(len(s.first) for s in samples)
    batch = {
        "ids": padded([s.ids for s in samples], pieces), "attend": padded([[1] * len(s.ids) for s in samples], pieces),
        "first": padded([s.first for s in samples], words), "tag": padded([s.tag for s in samples], words), "dep": padded([s.dep for s in samples], words),
        "quoted": padded([s.quoted for s in samples], words), "mask": padded([[1] * len(s.first) for s in samples], words).float(),
        "pivot_labels": padded([s.pivots_of_words for s in samples], words, -100),
    }  # fmt: skip
    if samples[0].hints:
        batch["hints"] = torch.stack(
            [padded([s.hints[k] for s in samples], words) for k in range(len(samples[0].hints))]
        )
        classes = torch.zeros(len(samples), words, CLASSES_OF_A_WORD, dtype=torch.long)
        for i, sample in enumerate(samples):
            for k, codes in enumerate(sample.classes):
                for n, code in enumerate(codes[:CLASSES_OF_A_WORD]):
                    classes[i, k, n] = code
        batch["classes"] = classes
    pivots = [(i, p) for i, s in enumerate(samples) for p in s.pivots]
    if pivots:
        batch["window"] = torch.tensor([i for i, _ in pivots])
        batch["at"] = torch.tensor([p.at for _, p in pivots])
        batch["path"] = padded([p.path.tolist() for _, p in pivots], words)
        batch["distance"] = padded([p.distance.tolist() for _, p in pivots], words)
        golds = [p.gold for _, p in pivots]
        batch |= (
            _claim_targets(golds, words)
            if "type" in golds[0]
            else {"labels": padded([g["labels"] for g in golds], words)}
        )
    return batch


def _claim_targets(golds: list[dict], words: int) -> dict[str, torch.Tensor]:
    many = torch.zeros(len(golds), words, len(MANY))
    counts = torch.ones(len(golds), words, len(MANY))
    one = torch.full((len(golds), len(ONE)), words)
    modes = torch.zeros(len(golds), len(ALL_MODES))
    roles = torch.zeros(len(golds), words, dtype=torch.long)
    for n, gold in enumerate(golds):
        for k, role in enumerate(MANY):
            for i in gold[role]:
                if i >= 0:
                    many[n, i, k] = 1
        for i in gold["either"]:
            if i >= 0:
                counts[n, i, MANY.index("place")] = 0
        for k, role in enumerate(ONE):
            if gold[role]:
                one[n, k] = gold[role][0] if gold[role][0] >= 0 else -100
        modes[n, gold["modes"]] = 1
        for i, role in gold["hinted"].items():
            if 0 <= i < words:
                roles[n, i] = role
    return {
        "many": many, "counts": counts, "one": one, "modes": modes, "hinted": roles,
        "type": torch.tensor([1 + EVENT_TYPES.index(g["type"]) for g in golds]), "kind": torch.tensor([g["kind"] for g in golds]),
        "taken_for": torch.tensor([g["taken_for"] for g in golds]), "anonymous": torch.tensor([g["anonymous"] for g in golds]),
        "source_type": torch.tensor([g["source_type"] for g in golds]), "denied": torch.tensor([g["denied"] for g in golds]), "certainty": torch.tensor([g["certainty"] for g in golds]),
    }  # fmt: skip


def attribution_loss(network: ReadingNetwork, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    head = network.attribution
    encoded = network.encode(batch["ids"], batch["attend"], batch["first"])
    words = head.view(encoded, batch["tag"], batch["dep"], batch["quoted"], batch["mask"])
    loss = 20 * F.cross_entropy(head.cue(words).float().transpose(1, 2), batch["pivot_labels"], ignore_index=-100)
    if "labels" in batch:
        mask = batch["mask"][batch["window"]]
        view = head.pair(
            words[batch["window"]], words[batch["window"], batch["at"]], batch["path"], batch["distance"], mask
        )
        loss = loss + head.chain.loss(head.label(view).float(), batch["labels"], mask.bool()).mean() / 8
    return loss


def claim_loss(network: ReadingNetwork, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    head = network.claims
    encoded = network.encode(batch["ids"], batch["attend"], batch["first"])
    words = head.view(
        encoded, batch["tag"], batch["dep"], batch["quoted"], batch["mask"], list(batch["hints"]), batch["classes"]
    )
    scores = head.trigger(words).float().transpose(1, 2)
    loss = F.cross_entropy(scores, batch["pivot_labels"], ignore_index=-100, reduction="sum") / batch["mask"].sum() * 12
    if "many" not in batch:
        return loss
    mask = batch["mask"][batch["window"]]
    pivots = words[batch["window"], batch["at"]]
    extra = [batch["hinted"], batch["type"].unsqueeze(1)]
    view = head.role(head.pair(words[batch["window"]], pivots, batch["path"], batch["distance"], mask, extra)).float()
    whole = head.whole(torch.cat([pivots, head.event(batch["type"])], 1))
    many = F.binary_cross_entropy_with_logits(
        view[:, :, : len(MANY)], batch["many"], reduction="none", pos_weight=torch.tensor(2.0)
    )
    roles = (many * mask.unsqueeze(2) * batch["counts"]).sum() / len(mask)
    nobody = head.nobody(whole).float()
    single = sum(
        F.cross_entropy(torch.cat([view[:, :, len(MANY) + k].masked_fill(mask == 0, -1e4), nobody[:, k : k + 1]], 1), batch["one"][:, k], ignore_index=-100)
        for k in range(len(ONE))
    )  # fmt: skip
    told = (
        F.cross_entropy(head.kind(whole).float(), batch["kind"]) + F.cross_entropy(head.denied(whole).float(), batch["denied"])
        + 0.5 * F.cross_entropy(head.certainty(whole).float(), batch["certainty"])
        + F.binary_cross_entropy_with_logits(head.mode(whole).float(), batch["modes"], reduction="sum") / len(mask)
    )  # fmt: skip
    return loss + 0.5 * (roles + single + told + _source_loss(head, words, pivots, batch))


def _source_loss(
    head: ClaimHead, words: torch.Tensor, pivots: torch.Tensor, batch: dict[str, torch.Tensor]
) -> torch.Tensor:
    """Of the claims whose source the report names in this window."""
    source = batch["one"][:, ONE.index("source")]
    here = (source >= 0) & (source < words.shape[1])
    if not here.any():
        return torch.zeros(())
    speakers = words[batch["window"][here], source[here]]
    view = head.whose(torch.cat([pivots[here], speakers, head.taken_for(batch["taken_for"][here])], 1))
    types = F.cross_entropy(head.source_type(view).float(), batch["source_type"][here])
    return types + F.cross_entropy(head.anonymous(view).float(), batch["anonymous"][here])


def shuffled(samples: list[Sample], size: int, rng: random.Random) -> list[list[Sample]]:
    """Batches of windows of about the same length, in random order."""
    order = list(range(len(samples)))
    rng.shuffle(order)
    lots = [
        sorted(order[i : i + 16 * size], key=lambda j: len(samples[j].ids)) for i in range(0, len(order), 16 * size)
    ]
    batches = [[samples[j] for j in lot[i : i + size]] for lot in lots for i in range(0, len(lot), size)]
    rng.shuffle(batches)
    return batches


def endless(samples: list[Sample], size: int, rng: random.Random) -> Iterator[list[Sample]]:
    while True:
        yield from shuffled(samples, size, rng)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--polnear", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--encoder", required=True, help="Folder of the encoder's weights (all-MiniLM-L6-v2).")
    parser.add_argument("--only", choices=["attribution"], help="Train this head alone.")
    parser.add_argument("--begin", type=Path, help="Weights to begin with, of an earlier training.")
    parser.add_argument("--rounds", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rate", type=float, help="Learning rate of the encoder.")
    given = parser.parse_args()
    rng = random.Random(given.seed)
    torch.manual_seed(given.seed)
    np.random.seed(given.seed)
    sayings = kept(given.work / "attribution-train.pkl", lambda: attribution_samples(given.polnear / "train"))
    coded = [] if given.only else kept(given.work / "claims-train.pkl", lambda: claim_samples(given.corpus, "train"))
    name = f"{given.only or 'weights'}-{given.seed}"
    rate = given.rate or (2e-4 if given.only else 1e-4)
    network = ReadingNetwork(given.encoder)
    if given.begin is not None:
        network.load_state_dict(torch.load(given.begin), strict=False)
    encoder = list(network.encoder.parameters())
    heads = [p for part in (network.attribution, network.claims) for p in part.parameters()]
    groups = [{"params": encoder, "lr": rate}, {"params": heads, "lr": (5 if given.only else 10) * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01 if given.only else 0.02)
    in_round = math.ceil(len(sayings) / SAYINGS) if given.only else math.ceil(len(coded) / REPORTS)
    steps = given.rounds * in_round
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: warm_then_fall(step, steps))
    state = given.work / f"state-{name}.pt"
    done = 0
    if state.is_file():
        saved = torch.load(state)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        done = saved["rounds"]
    beside = endless(sayings, SAYINGS, rng)
    began = time.time()
    for number in range(done, given.rounds):
        network.train()
        sums: Counter[str] = Counter()
        for samples in [None] * in_round if given.only else shuffled(coded, REPORTS, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = sources = attribution_loss(network, batch_of(next(beside)))
                sums["sources"] += float(sources.detach())
                if samples is not None:
                    claims = claim_loss(network, batch_of(samples))
                    sums["claims"] += float(claims.detach())
                    loss = sources + claims
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        told = ", ".join(f"{part} {value / in_round:.3f}" for part, value in sums.items())
        print(f"round {number + 1} of {given.rounds}: {told}; {time.time() - began:.0f} s", flush=True)
        kept_state = {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
        }
        torch.save({**kept_state, "rounds": number + 1}, state)
        torch.save(network.state_dict(), given.work / f"{name}.pt")


if __name__ == "__main__":
    main()
