"""A parsed report cut into windows that the encoder can take: whole paragraphs, as many as fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tokenizers import Tokenizer

from reportedly.errors import InvalidModel
from reportedly.reading.syntax import Sentence, Word

LIMIT: Final = 254
"""Word pieces to a window, its first and last mark not counted."""
WEIGHTS: Final = Path(__file__).parent / "weights"


@cache
def _tokenizer() -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _mark(name: str) -> int:
    """The id of one of the encoder's marks."""
    found: int | None = _tokenizer().token_to_id(name)
    if found is None:
        raise InvalidModel(f"tokenizer.json has no {name}. Install reportedly again, or read with --reader rules.")
    return found


def pieces_of(texts: Sequence[str]) -> list[list[int]]:
    """Ids of the word pieces of each word; a word that has none (a stray mark) gets the unknown piece."""
    unknown = _mark("[UNK]")
    encoded = _tokenizer().encode_batch(list(texts), add_special_tokens=False)
    return [list(e.ids) or [unknown] for e in encoded]


@dataclass(frozen=True, slots=True)
class Window:
    """The words [start, end) of a report, as word pieces; `first` is where each word's first piece stands."""

    start: int
    end: int
    pieces: list[int]
    first: list[int]


def _units(sentences: Sequence[Sentence], sizes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Stretches of words that stay together, with their sizes: paragraphs, cut between sentences where too long."""
    unit: tuple[int, int, int] | None = None
    block = -1
    for sentence in sentences:
        size = sum(sizes[sentence.first : sentence.last + 1])
        if unit is not None and sentence.block == block and unit[2] + size <= LIMIT:
            unit = (unit[0], sentence.last + 1, unit[2] + size)
            continue
        if unit is not None:
            yield unit
        unit, block = (sentence.first, sentence.last + 1, size), sentence.block
    if unit is not None:
        yield unit


def windows(words: Sequence[Word], sentences: Sequence[Sentence]) -> list[Window]:
    """Cut a report into windows of at most LIMIT pieces; a longer sentence loses the pieces beyond."""
    pieces = pieces_of([w.text for w in words])
    sizes = [len(p) for p in pieces]
    ranges: list[tuple[int, int, int]] = []
    for start, end, size in _units(sentences, sizes):
        if ranges and ranges[-1][2] + size <= LIMIT:
            ranges[-1] = (ranges[-1][0], end, ranges[-1][2] + size)
        else:
            ranges.append((start, end, size))
    return [_window(start, end, pieces) for start, end, _ in ranges]


def _window(start: int, end: int, pieces: Sequence[Sequence[int]]) -> Window:
    ids = [_mark("[CLS]")]
    first: list[int] = []
    for i in range(start, end):
        first.append(min(len(ids), LIMIT))
        ids.extend(pieces[i])
    return Window(start, end, [*ids[: LIMIT + 1], _mark("[SEP]")], first)
