"""Which language a text is in, and whether it is the one that the rules read."""

from functools import cache
from typing import Any, Final

from reportedly.errors import UnsupportedLanguage

_ENOUGH: Final = 80
"""Letters under which a guess is worth nothing."""
_SAMPLE: Final = 4_000

_NAMES: Final = {
    "ar": "Arabic", "fr": "French", "es": "Spanish", "ru": "Russian", "uk": "Ukrainian", "fa": "Persian", "he": "Hebrew",
    "tr": "Turkish", "de": "German", "pt": "Portuguese", "zh": "Chinese", "ur": "Urdu", "ps": "Pashto", "am": "Amharic",
    "en": "English", "sw": "Swahili", "it": "Italian", "so": "Somali", "my": "Burmese", "hi": "Hindi", "ku": "Kurdish", "nl": "Dutch",
}  # fmt: skip


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language of a text; None where it is too short to tell."""
    sample = text[:_SAMPLE]
    letters = [c for c in sample if c.isalpha()]
    if len(letters) < _ENOUGH:
        return None
    code, probability = _identifier().classify(sample)
    latin = sum(c < "\u0250" for c in letters)
    return str(code) if probability > 0.9 or latin < len(letters) / 2 else None


def language_name(code: str) -> str:
    """A language's English name by its ISO 639-1 code; the code itself where no name is known."""
    return _NAMES.get(code, code)


def is_english(text: str) -> bool:
    """Whether a text is in English, or too short to tell."""
    return language_of(text) in (None, "en") or _mostly_english(text)


def require_english(text: str) -> None:
    """Raise UnsupportedLanguage where a text is surely in another language."""
    if not is_english(text):
        name = language_name(language_of(text) or "")
        raise UnsupportedLanguage(
            f"the report is in {name}; this reader reads English. Translate it first, or read it with a language model that knows {name} (--reader llm)."
        )


def _mostly_english(text: str) -> bool:
    """Many foreign names can mislead the guess; English function words settle it."""
    words = text[:_SAMPLE].lower().split()
    return sum(w in _FUNCTION_WORDS for w in words) > 0.12 * max(len(words), 1)


_FUNCTION_WORDS: Final = frozenset(
    "the of and to in that said was were is on by with from at for has have had it its they their who which".split()
)
