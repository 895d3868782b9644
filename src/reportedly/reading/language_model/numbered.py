"""The report as it is sent: its sentences with numbers, in parts that a model can take at once."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportedly.knowledge.languages import language_name
from reportedly.knowledge.prompt import instructions
from reportedly.model.record import Report, Span
from reportedly.reading.language_model.answer import schema

_LONGEST_PART: Final = 6_000
"""Characters of a part: a model leaves out claims of what is much longer."""
_CONTEXT: Final = 4
"""Sentences before a part that are sent with it, so that "they" and "he added" can be understood."""
_TOKENS_PER_SENTENCE: Final = 900
_FEWEST_TOKENS: Final = 2_000
MOST_TOKENS: Final = 16_000
_LONGEST_SENTENCE: Final = 4_000
_SPECIAL: Final = re.compile(r"<(?=[<|/a-zA-Z_])|(?<=[>|a-zA-Z_])>|\[(?=/?[A-Z]{2,}\])|(?<=\[)\[|\](?=\])")
"""What could be a mark of a model's own chat format in a report's text ("<|im_start|>", "[INST]")."""


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences [first, last] of a report, by number from 1, of which those from `own` on are to be coded."""

    first: int
    own: int
    last: int


def parts_of(sentences: Sequence[Span]) -> list[Part]:
    """Cut a report into parts; each begins with a few sentences of the one before, as context."""
    parts: list[Part] = []
    own, length = 1, 0
    for number, sentence in enumerate(sentences, start=1):
        size = min(len(sentence.text), _LONGEST_SENTENCE)
        if length and length + size > _LONGEST_PART:
            parts.append(Part(max(1, own - _CONTEXT), own, number - 1))
            own, length = number, 0
        length += size
    if sentences:
        parts.append(Part(max(1, own - _CONTEXT), own, len(sentences)))
    return parts


def request(
    report: Report,
    language: str,
    sentences: Sequence[Span],
    part: Part,
    told: str | None = None,
    most_tokens: int = MOST_TOKENS,
) -> dict[str, Any]:
    """What a server is asked about a part, in the form of the chat completions of OpenAI's interface; all but the model's name.

    told: the instructions, where they are not the project's own; most_tokens: of the answer, whatever the part's length.
    """
    return {
        "messages": [
            {"role": "system", "content": told if told is not None else instructions(language)},
            {"role": "user", "content": _sent(report, language, sentences, part)},
        ],
        "temperature": 0,
        "max_tokens": min(most_tokens, _FEWEST_TOKENS + _TOKENS_PER_SENTENCE * (part.last - part.own + 1)),
        "response_format": {
            "type": "json_schema", "json_schema": {"name": "claims", "strict": True, "schema": schema()},
        },
    }  # fmt: skip


def _sent(report: Report, language: str, sentences: Sequence[Span], part: Part) -> str:
    """A part of the report as data: what is known of it as one line of JSON, then a line for each sentence."""
    known = {"title": report.title, "outlet": report.outlet, "published": report.published}
    head = {k: _disarmed(v[:500]) for k, v in known.items() if v} | {"language": language_name(language)}
    lines = [json.dumps(head, ensure_ascii=False)]
    if part.own > part.first:
        lines.append(
            f"(Sentences {part.first} to {part.own - 1} were coded before: list only claims of {part.own} to {part.last}.)"
        )
    lines += [f"[{n}] {_line(sentences[n - 1].text)}" for n in range(part.first, part.last + 1)]
    return "\n".join(lines)


def _line(text: str) -> str:
    return _disarmed(" ".join(text[:_LONGEST_SENTENCE].split()))


def _disarmed(text: str) -> str:
    """A text in which nothing reads as a mark of a chat format; a space parts what could be one."""
    return _SPECIAL.sub(lambda m: f"{m[0]} " if m[0] in "<[" else f" {m[0]}", text)
