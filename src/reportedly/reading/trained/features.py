"""What the grammar tells the trained layers of a word, and of one word as seen from another. Numbers, the same in training and use."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from reportedly.reading.syntax import Sentence, Word

Codes = npt.NDArray[np.int64]

_TAGS: Final = (
    "# $ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP "
    "SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX ``"
).split()
_DEPS: Final = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative dep det "
    "dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj predet prep prt "
    "punct quantmod relcl xcomp"
).split()
_TAG_CODE: Final = {tag: i + 1 for i, tag in enumerate(_TAGS)}
_DEP_CODE: Final = {dep: i + 1 for i, dep in enumerate(_DEPS)}
_RELATIONS: Final = len(_DEPS) + 1
_ABOVE: Final = 3 * _RELATIONS
"""Codes from here: words above the pivot in the tree, by height."""
_APART: Final = _ABOVE + 7
_ELSEWHERE: Final = _APART + 1
"""Codes from here: words of other sentences, by distance, then the same for other paragraphs."""
PATH_CODES: Final = _ELSEWHERE + 18
_STEPS: Final = np.array([0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 16, 20, 26, 33, 42, 54, 70, 90, 120, 160, 220])
DISTANCE_CODES: Final = 2 * len(_STEPS) + 1
TAG_CODES: Final = len(_TAGS) + 1
DEP_CODES: Final = _RELATIONS


def tag_codes(words: Sequence[Word]) -> list[int]:
    return [_TAG_CODE.get(w.tag, 0) for w in words]


def dep_codes(words: Sequence[Word]) -> list[int]:
    return [_DEP_CODE.get(w.dep, 0) for w in words]


def quote_codes(words: Sequence[Word]) -> list[int]:
    """1 for words within quotation marks and for the marks."""
    found: list[int] = []
    inside = False
    for word in words:
        if word.text in ("“", "``"):
            inside = True
            found.append(1)
        elif word.text in ("”", "''"):
            found.append(1)
            inside = False
        elif word.text == '"':
            inside = not inside
            found.append(1)
        else:
            found.append(int(inside))
    return found


def distance_codes(pivot: int, count: int) -> Codes:
    """How far each of so many words stands from the pivot, in steps that grow."""
    away = np.arange(count) - pivot
    step = np.searchsorted(_STEPS, np.abs(away), side="right") - 1
    return np.where(away >= 0, step, len(_STEPS) + step)


def path_codes(pivot: int, words: Sequence[Word], sentences: Sequence[Sentence]) -> Codes:
    """Where each word of a window stands in the tree as seen from the pivot, an index into the window."""
    own = words[pivot].sentence
    block = sentences[own].block
    codes = np.zeros(len(words), np.int64)
    chain: dict[int, int] = {}
    above, height = words[pivot], 0
    while True:
        chain[above.i] = height
        if above.head is above or height > 12:
            break
        above, height = above.head, height + 1
    for i, word in enumerate(words):
        if word.sentence != own:
            away = max(-4, min(4, word.sentence - own)) + 4
            codes[i] = _ELSEWHERE + away + (9 if sentences[word.sentence].block != block else 0)
            continue
        branch: Word | None = None
        climber, steps = word, 0
        while climber.i not in chain and climber.head is not climber and steps < 60:
            branch, climber, steps = climber, climber.head, steps + 1
        if climber.i not in chain:
            codes[i] = _APART
        elif branch is None:
            codes[i] = _ABOVE + min(chain[climber.i], 5)
        else:
            codes[i] = min(chain[climber.i], 2) * _RELATIONS + _DEP_CODE.get(branch.dep, 0)
    return codes
