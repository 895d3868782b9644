"""Gives texts without case (telexes, old wire copy, transcripts, all capitals) the capitals that the grammar goes by.

Only the case of letters changes, never their number, so that offsets into the kept text stay true.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Final

from reportedly.knowledge.actors import name_words
from reportedly.knowledge.gazetteer import candidates
from reportedly.knowledge.gazetteer_index import PLAIN
from reportedly.reading.time_expressions import DAYS, MONTHS

_ENOUGH: Final = 40
"""Letters below which nothing can be said of a text's case."""
_CAPITALS_OF_PROSE: Final = (0.004, 0.6)
"""Shares of capitals among letters, between which a text has case."""
_TOKEN: Final = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_STARTS: Final = re.compile(r"(?:^|[.!?]['\"”’)]*\s+|[\n\r]\s*)['\"“‘(\[—-]*\s*$")
_ACRONYM_IN_BRACKETS: Final = re.compile(r"\(([a-z][a-z0-9.-]{1,6}[a-z0-9])\)")
_TITLES: Final = frozenset(
    "mr mrs ms dr president minister general colonel col gen major captain capt lieutenant lt sergeant deputy senator judge governor mayor bishop "
    "archbishop father priest ambassador commander spokesman professor sheikh king prince don dona engineer reverend monsignor secretary".split()
)
_PARTICLES: Final = frozenset("de del la las los da dos al el von van bin ibn".split())
_WEEKDAYS_AND_MONTHS: Final = frozenset((*DAYS, *MONTHS)) - {"march", "may"}
_LARGE: Final = 15_000
"""People from which a town's name is taken for one without more ado."""
_PLACE_BEFORE: Final = frozenset("in at near from of to toward towards outside around between and , throughout".split())


def has_case(text: str) -> bool:
    """Whether capitals tell anything in a text: it has some, and is not all capitals."""
    letters = [c for c in text if c.isalpha()]
    if len(letters) < _ENOUGH:
        return True
    share = sum(c.isupper() for c in letters) / len(letters)
    low, high = _CAPITALS_OF_PROSE
    return low <= share <= high


def with_case(text: str, is_word: Callable[[str], bool]) -> str:
    """The text with capitals where they would stand; is_word says whether a lower-case form is an ordinary English word."""
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    out = list(lower)

    def capitalise(start: int, end: int) -> None:
        for match in _TOKEN.finditer(lower, start, end):
            for at in range(match.start(), match.end()):
                if at == match.start() or lower[at - 1] in ".-":
                    out[at] = _upper(lower[at])

    def shout(start: int, end: int) -> None:
        for at in range(start, end):
            out[at] = _upper(lower[at])

    for match in _ACRONYM_IN_BRACKETS.finditer(lower):
        if not is_word(match.group(1)):
            for other in re.finditer(rf"(?<!\w){re.escape(match.group(1))}(?!\w)", lower):
                shout(*other.span())
    tokens = list(_TOKEN.finditer(lower))
    after_title = 0
    for i, token in enumerate(tokens):
        word = token.group()
        before = lower[tokens[i - 1].end() : token.start()] if i else ""
        if out[token.start()].isupper():
            continue
        if _STARTS.search(lower[max(0, token.start() - 12) : token.start()]):
            capitalise(*token.span())
        if word in _TITLES:
            after_title = 3
            continue
        known = is_word(word)
        following = (
            tokens[i + 1].group() if i + 1 < len(tokens) and lower[token.end() : tokens[i + 1].start()] == " " else ""
        )
        first_name = known and bool(following) and not is_word(following) and not _inflected(following, is_word)
        if after_title and before.isspace() and (not known or first_name):
            after_title -= 1
            if word not in _PARTICLES:
                capitalise(*token.span())
            continue
        after_title = after_title if word in _PARTICLES and after_title else 0
        if word in _WEEKDAYS_AND_MONTHS or (not known and len(word) > 2 and not _inflected(word, is_word)):
            capitalise(*token.span())
    for start, end, acronym in _registered(tokens):
        if acronym:
            shout(start, end)
        else:
            capitalise(start, end)
    for start, end in _places(lower, tokens):
        capitalise(start, end)
    return "".join(out)


def _upper(letter: str) -> str:
    return letter.upper() if len(letter.upper()) == 1 else letter


def _inflected(word: str, is_word: Callable[[str], bool]) -> bool:
    """Whether a form that no word list has is one of a word that it has: "attacked", "villages", "cross-border"."""
    parts = [part for part in re.split(r"[-'’.]", word) if part]
    if word.endswith(("ship", "ships", "men", "man", "woman", "women")) and len(word) > 5:
        return True
    return all(_form_of_word(part, is_word) for part in parts)


def _form_of_word(word: str, is_word: Callable[[str], bool]) -> bool:
    if len(word) < 3 or is_word(word):
        return True
    for ending, instead in (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("d", ""), ("ing", ""), ("ing", "e"),
                            ("ly", ""), ("er", ""), ("ers", ""), ("er", "e"), ("ers", "e"),
                            ("est", ""), ("est", "e"), ("men", "man"), ("ness", ""), ("al", "")):  # fmt: skip
        if word.endswith(ending):
            stem = word[: -len(ending)] + instead
            if is_word(stem) or (len(stem) > 3 and stem[-1] == stem[-2] and is_word(stem[:-1])):
                return True
    return word.startswith(("un", "re", "non", "anti", "co")) and is_word(re.sub(r"^(?:un|re|non|anti|co)", "", word))


def _registered(tokens: list[re.Match[str]]) -> list[tuple[int, int, bool]]:
    """Names of the registry, of countries and nationalities, the longest first: where they stand, and whether in capitals."""
    table = name_words()
    found = []
    i = 0
    while i < len(tokens):
        best = 0
        acronym = False
        for name in table.get(tokens[i].group(), ()):
            words = name.split()
            if len(words) > best and [t.group() for t in tokens[i : i + len(words)]] == [w.lower() for w in words]:
                best, acronym = len(words), name.isupper()
        if best:
            found.append((tokens[i].start(), tokens[i + best - 1].end(), acronym))
        i += max(best, 1)
    return found


def _places(lower: str, tokens: list[re.Match[str]]) -> list[tuple[int, int]]:
    """Names of places after words that stand before places: "in san salvador"."""
    found = []
    for i, token in enumerate(tokens):
        if i == 0 or tokens[i - 1].group() not in _PLACE_BEFORE:
            continue
        for size in (3, 2, 1):
            chunk = tokens[i : i + size]
            if len(chunk) < size or any(lower[a.end() : b.start()] != " " for a, b in pairwise(chunk)):
                continue
            text = lower[token.start() : chunk[-1].end()]
            if len(text) > 3 and _is_known_place(text, size):
                found.append((token.start(), chunk[-1].end()))
                break
    return found


@cache
def _is_known_place(text: str, size: int) -> bool:
    known = candidates(text)
    if not known or text.split()[0] in ("the", "a", "an"):
        return False
    if any(c.kind in ("country", "admin1", "water") for c in known):
        return size > 1 or any(c.kind == "country" for c in known)
    least = _LARGE if size > 1 else 3 * _LARGE
    return (size > 1 or text not in _ORDINARY_NOUNS) and any(c.population >= least and c.how == PLAIN for c in known)


_ORDINARY_NOUNS: Final = frozenset(
    "bath orange mobile reading nice surprise enterprise independence split march male mission victoria order police force chief santa mayor mary "
    "bar hall camp castle cross field fort garden gate green harbour hill home house lake land market mill park peace pearl plant point port post "
    "ring river rock rose salt sand school sea spring square station stone summit temple tower town union university valley wall war water well wood "
    "battle ambush chance charge commerce corona date defiance eagle eden fair flower franklin freedom general hope hurricane imperial index industry "
    "liberty lodge media moscow necessity normal novelty opportunity paradise pasto patterson plains progress republic revere rifle sale same sandy "
    "senator star success trail troy truth unity viola wake warden watch why".split()
)
"""Towns whose names are ordinary words: after "in" the word is meant."""
