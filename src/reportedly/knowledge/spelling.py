"""Keys under which the spellings of a name fall together, from the strictest to the loosest.

Names that were first written in another script reach English in many forms: BGN/PCGN, UN, French, ad-hoc. Three keys
are enough to find them: `plain_key` undoes typography and articles, `sound_key` also undoes the choice of letters for one
sound, `skeleton` keeps the consonants alone.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_ARTICLES: Final = frozenset("al el ul ad ed as es ash esh ech at et az ez an en ar er the le la les de".split())
_SPECIAL: Final = str.maketrans(
    {
        "ø": "o", "ł": "l", "ı": "i", "ə": "a", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ŋ": "n", "ħ": "h",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ئ": "ي", "ؤ": "و", "ک": "ك", "ګ": "ك",
        "گ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ـ": None, "ء": None, "\u200c": None, "\u200f": None, "\u200e": None,
        "ё": "е", "ґ": "г",
    }
)  # fmt: skip
_GAPS: Final = "-–—_/.,־"
_APART: Final = re.compile(rf"[{re.escape(_GAPS)}]")
_DROPPED: Final = re.compile(rf"[^a-z0-9 {re.escape(_GAPS)}]")
_ARABIC_ARTICLE: Final = re.compile(r"\bال(?=\w{2})")
_LETTERS: Final = (
    # several letters for one sound, the longest first; what they become is a sound's own sign, not a letter
    ("tch", "C"), ("sch", "S"), ("tsh", "C"), ("sh", "S"), ("ch", "C"), ("kh", "X"), ("gh", "g"), ("dh", "d"), ("th", "t"),
    ("ph", "f"), ("zh", "j"), ("dj", "j"), ("dz", "z"), ("ts", "c"), ("tz", "c"), ("ck", "k"), ("x", "X"), ("q", "k"),
)  # fmt: skip
_SOFT_C: Final = re.compile(r"c(?=[eiy])")
_VOWELS: Final = re.compile(r"[aeiouyw]+")
_GLUED_ARTICLE: Final = re.compile(r"^[AI]l(?=.{4})")
_ALIKE: Final = str.maketrans({"g": "k", "j": "k", "c": "k", "X": "h", "z": "s", "v": "b", "p": "b", "C": "S"})


def fold(name: str) -> str:
    """Lower case without accents, apostrophes and the variants of one letter; hyphens become spaces."""
    if name.isascii():
        plain = name.lower()
        return plain if plain.isalpha() else " ".join(_APART.sub(" ", _DROPPED.sub("", plain)).split())
    decomposed = unicodedata.normalize("NFKD", name.translate(_SPECIAL))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).lower().translate(_SPECIAL)
    kept = (
        " " if c in _GAPS else c
        for c in plain
        if c in _GAPS or c == " " or (c.isalnum() and unicodedata.category(c) != "Lm")
    )
    return " ".join("".join(kept).split())


_DOUBLED: Final = re.compile(r"([^\d])\1+")


def _single(text: str) -> str:
    return _DOUBLED.sub(r"\1", text)


def _words(name: str) -> list[str]:
    folded = fold(name)
    words = (folded if folded.isascii() else _ARABIC_ARTICLE.sub("", folded)).split()
    return [w for w in words if w not in _ARTICLES] or words


@lru_cache(maxsize=20_000)
def plain_key(name: str) -> str:
    """Key that case, accents, apostrophes, articles and doubled letters do not change: "Al-Ḩudaydah" and "Hudaydah"."""
    return _single(" ".join(_words(name)))


def _sounds(word: str) -> str:
    for letters, sound in _LETTERS:
        word = word.replace(letters, sound)
    return _SOFT_C.sub("s", word).replace("c", "k") if "ts" not in word else word


_CLASSES: Final = str.maketrans({"a": "A", "i": "I", "y": "I", "e": "I", "o": "U", "u": "U", "w": "U"})


def _vowels(run: str) -> str:
    """A run of vowels and glides as one or two sounds: "ei" and "ay" are I, "ou" and "aw" U, "ayu" and "eyou" IU."""
    sounds = _single(run.translate(_CLASSES)).replace("A", "") or "A"
    return _single(sounds)[:2]


def _sound_word(word: str) -> str:
    word = _sounds(word)
    if len(word) > 3 and word.endswith(("ah", "eh", "ih", "oh", "uh")):
        word = word[:-2] + "a" if word.endswith("eh") else word[:-1]
    first, rest = (word[0], word[1:]) if word[0] in "yw" else ("", word)
    return first + _VOWELS.sub(lambda run: _vowels(run.group()), rest)


@lru_cache(maxsize=20_000)
def sound_key(name: str) -> str:
    """Key that the choice of letters for one sound does not change: "Hodeidah" and "Hudaydah", "Mudia" and "Modiyah"."""
    return _single(" ".join(_sound_word(w) for w in _words(name) if w.isascii()))


@lru_cache(maxsize=20_000)
def skeleton(name: str) -> str:
    """The consonants alone, those that are mistaken for one another as one: "Zinjibar" and "Zunjubar", "Lahj" and "Laheg".

    Empty where fewer than three are left: too little to go by.
    """
    words = [_GLUED_ARTICLE.sub("", w) for w in sound_key(name).split()]
    text = "".join(c for c in "".join(words) if c not in "AIUyw").translate(_ALIKE)
    text = _single(text)
    return text if len(text) > 2 else ""
