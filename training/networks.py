"""The networks that are trained: one encoder, and on it a head that finds attributions and a head that finds claims.

Each head asks the same two questions. Which words are pivots (cues of attribution; triggers of events)? And what is every word
in reach, as seen from a pivot (its source, its content; its actor, its place)? What the dependency tree says of the two words
goes in beside the encoder's view of them.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn
from transformers import BertModel

from reportedly.model.plover import EVENT_TYPES
from reportedly.reading.trained.features import DEP_CODES, DISTANCE_CODES, PATH_CODES, TAG_CODES
from reportedly.reading.trained.hints import CLASS_CODES, ROLES, SIZES, SOURCE_CODES, SOURCE_TYPES
from reportedly.reading.trained.telling import ALL_MODES, CERTAINTIES, KINDS, MANY, ONE

LABELS = 7
"""None; beginning and inside of source, cue and content."""
_WORD_FEATURES = 72


def allowed_labels() -> tuple[torch.Tensor, torch.Tensor]:
    """Which label may follow which, and which may stand first: the inside of a part only after that part."""
    follows = torch.ones(LABELS, LABELS, dtype=torch.bool)
    first = torch.ones(LABELS, dtype=torch.bool)
    for inside in (2, 4, 6):
        for before in range(LABELS):
            follows[before, inside] = before in (inside, inside - 1)
        first[inside] = False
    return follows, first


class LabelChain(nn.Module):
    """A linear-chain conditional random field over the labels of a sequence (Lafferty, McCallum and Pereira 2001)."""

    def __init__(self) -> None:
        super().__init__()
        follows, first = allowed_labels()
        self.moves = nn.Parameter(torch.zeros(LABELS, LABELS))
        self.opens = nn.Parameter(torch.zeros(LABELS))
        self.register_buffer("move_mask", (~follows).float() * -1e4)
        self.register_buffer("open_mask", (~first).float() * -1e4)

    def transitions(self) -> tuple[torch.Tensor, torch.Tensor]:
        return self.moves + self.move_mask, self.opens + self.open_mask

    def loss(self, emissions: torch.Tensor, labels: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Negative log-likelihood of each sequence. Shapes: [sequences, words, labels], [sequences, words] twice."""
        moves, opens = self.transitions()
        total = opens + emissions[:, 0]
        score = total.gather(1, labels[:, :1])[:, 0]
        for i in range(1, emissions.shape[1]):
            step = torch.logsumexp(total.unsqueeze(2) + moves, 1) + emissions[:, i]
            total = torch.where(mask[:, i : i + 1], step, total)
            gained = moves[labels[:, i - 1], labels[:, i]] + emissions[:, i].gather(1, labels[:, i : i + 1])[:, 0]
            score = score + torch.where(mask[:, i], gained, torch.zeros_like(score))
        return torch.logsumexp(total, 1) - score


class WordView(nn.Module):
    """An encoder's word vectors with what the grammar, and for claims the rules, say of each word."""

    def __init__(self, size: int, hinted: bool) -> None:
        super().__init__()
        self.tag = nn.Embedding(TAG_CODES, 32)
        self.dep = nn.Embedding(DEP_CODES, 32)
        self.quoted = nn.Embedding(2, 8)
        self.hints = nn.ModuleDict({name: nn.Embedding(n, 24) for name, n in SIZES.items()} if hinted else {})
        self.classes = nn.Embedding(CLASS_CODES, 48, padding_idx=0) if hinted else None
        extra = 24 * len(SIZES) + 48 if hinted else 0
        self.mix = nn.Linear(size + _WORD_FEATURES + extra, size)
        self.norm = nn.LayerNorm(size)
        self.near = nn.Conv1d(size, size, 3, padding=1, groups=8)
        self.drop, self.drop_hints = nn.Dropout(0.2), nn.Dropout(0.15)

    def forward(self, encoded, tag, dep, quoted, mask, hints=(), classes=None):
        parts = [encoded, self.tag(tag), self.dep(dep), self.quoted(quoted)]
        if self.classes is not None:
            parts += [self.drop_hints(table(code)) for table, code in zip(self.hints.values(), hints, strict=True)]
            parts.append(self.drop_hints(self.classes(classes).sum(2)))
        view = self.norm(encoded + F.gelu(self.mix(self.drop(torch.cat(parts, 2)))))
        near = self.near((view * mask.unsqueeze(2)).transpose(1, 2)).transpose(1, 2)
        return self.drop(view + F.gelu(near))


class PairView(nn.Module):
    """Every word of a window as seen from a pivot."""

    def __init__(self, size: int, width: int, layers: int, reach: int, extra: dict[str, int]) -> None:
        super().__init__()
        self.word, self.pivot = nn.Linear(size, width), nn.Linear(size, width)
        self.path, self.distance = nn.Embedding(PATH_CODES, width), nn.Embedding(DISTANCE_CODES, width)
        self.extra = nn.ModuleDict({name: nn.Embedding(n, width) for name, n in extra.items()})
        for table in (self.path, self.distance, *self.extra.values()):
            nn.init.normal_(table.weight, std=0.3)
        self.norm = nn.LayerNorm(width)
        self.nears = nn.ModuleList(nn.Conv1d(width, width, reach, padding=reach // 2, groups=4) for _ in range(layers))
        self.mixes = nn.ModuleList(nn.Linear(width, width) for _ in range(layers))
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(layers))
        self.drop = nn.Dropout(0.15)

    def forward(self, words, pivots, path, distance, mask, extra=()):
        """Shapes: words [pivots, words, size], pivots [pivots, size], the rest [pivots, words]; extra codes [pivots, words] or [pivots, 1]."""
        view = self.word(words) + self.pivot(pivots).unsqueeze(1) + self.path(path) + self.distance(distance)
        for table, code in zip(self.extra.values(), extra, strict=True):
            view = view + table(code)
        view = F.gelu(self.norm(view))
        for near, mix, norm in zip(self.nears, self.mixes, self.norms, strict=True):
            told = F.gelu(near((view * mask.unsqueeze(2)).transpose(1, 2)).transpose(1, 2))
            view = norm(view + mix(self.drop(told)))
        return self.drop(view)


class AttributionHead(nn.Module):
    """Cues, and for each the labels of every word."""

    def __init__(self, size: int, width: int = 256) -> None:
        super().__init__()
        self.view = WordView(size, hinted=False)
        self.cue = nn.Sequential(nn.Linear(size, 128), nn.GELU(), nn.Dropout(0.1), nn.Linear(128, 2))
        self.pair = PairView(size, width, layers=2, reach=5, extra={})
        self.label = nn.Linear(width, LABELS)
        self.chain = LabelChain()


class ClaimHead(nn.Module):
    """Triggers with their types, and for each its mode, how it is said, and the words that fill its roles."""

    def __init__(self, size: int, width: int = 256) -> None:
        super().__init__()
        kinds = len(EVENT_TYPES) + 1
        self.view = WordView(size, hinted=True)
        self.trigger = nn.Sequential(nn.Linear(size, 192), nn.GELU(), nn.Dropout(0.2), nn.Linear(192, kinds))
        self.event = nn.Embedding(kinds, 16)
        self.whole = nn.Sequential(nn.Linear(size + 16, 192), nn.GELU(), nn.Dropout(0.2))
        self.mode, self.kind = nn.Linear(192, len(ALL_MODES)), nn.Linear(192, len(KINDS))
        self.denied, self.certainty, self.nobody = (
            nn.Linear(192, 2),
            nn.Linear(192, len(CERTAINTIES)),
            nn.Linear(192, len(ONE)),
        )
        self.pair = PairView(size, width, layers=1, reach=3, extra={"role": len(ROLES), "event": kinds})
        self.role = nn.Linear(width, len(MANY) + len(ONE))
        self.taken_for = nn.Embedding(SOURCE_CODES, 48)
        self.whose = nn.Sequential(nn.Linear(2 * size + 48, 192), nn.GELU(), nn.Dropout(0.2))
        self.source_type, self.anonymous = nn.Linear(192, len(SOURCE_TYPES)), nn.Linear(192, 2)
        # Most words are no trigger and fill no role: start from there.
        self.role.bias.data[: len(MANY)] = -4.0
        self.trigger[-1].bias.data[0] = 3.0
        self.mode.bias.data[:] = -3.0


class ReadingNetwork(nn.Module):
    """The encoder and both heads."""

    def __init__(self, encoder: str) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(encoder, add_pooling_layer=False, attn_implementation="sdpa")
        self.size = self.encoder.config.hidden_size
        self.attribution, self.claims = AttributionHead(self.size), ClaimHead(self.size)

    def encode(self, ids, mask, first):
        """The vectors of each word's first piece. Shapes: [windows, pieces] twice, [windows, words]."""
        pieces = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        return torch.gather(pieces, 1, first.unsqueeze(2).expand(-1, -1, pieces.shape[2]))


def warm_then_fall(step: int, steps: int) -> float:
    """Share of the learning rate: up over a sixteenth of the steps, then down in a line."""
    return min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps) if steps else math.nan
