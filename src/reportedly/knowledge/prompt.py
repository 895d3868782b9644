"""The prompt: what a language model is told to do with a report, from a file that an expert can read and change."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final, get_args

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.languages import language_name
from reportedly.model.plover import MODES
from reportedly.model.record import Kind, SourceType

_LONGEST: Final = 60_000
"""Characters of a prompt; more than any model reads with attention."""


@cache
def typed_modes() -> tuple[str, ...]:
    """Every type, alone and with each of its modes: "ASSAULT", "ASSAULT/aerial"."""
    return tuple(name for kind, modes in MODES.items() for name in (kind, *(f"{kind}/{m}" for m in sorted(modes))))


@cache
def _template(path: Path | None) -> str:
    if path is None:
        return files("reportedly.knowledge").joinpath("data", "prompt.md").read_text(encoding="utf-8")
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InvalidKnowledge(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise InvalidKnowledge(f"{path}: is not UTF-8 text") from None
    if not text.strip() or len(text) > _LONGEST:
        raise InvalidKnowledge(f"{path}: a prompt has between one and {_LONGEST:,} characters")
    return text


@cache
def instructions(language: str, path: Path | None = None) -> str:
    """What a model is told before a report in a language (ISO 639-1) comes; path: a prompt of a user's own.

    Raises InvalidKnowledge where the file cannot be read or asks for what is not there.
    """
    filled = {
        "types": "; ".join(f"{kind}: {', '.join(sorted(modes))}" for kind, modes in MODES.items() if modes),
        "kinds": ", ".join(get_args(Kind)),
        "source_types": ", ".join(get_args(SourceType)),
        "in_english": language == "en",
        "language": language_name(language),
    }
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=False)
    try:
        return environment.from_string(_template(path)).render(filled).strip()
    except TemplateError as error:
        raise InvalidKnowledge(f"{path or 'prompt.md'}: {error}. It may use {', '.join(filled)}") from None


def prompt_digest(path: Path | None = None) -> str:
    """Eight characters that tell one prompt from another; what is filled in counts."""
    return hashlib.sha256(instructions("en", path).encode()).hexdigest()[:8]
