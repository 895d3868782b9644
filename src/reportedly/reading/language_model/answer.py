"""What a language model is to answer: its JSON Schema, and the lenient taking of what it does answer."""

import re
from itertools import islice
from typing import Annotated, Any, Final, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from reportedly.knowledge.prompt import typed_modes
from reportedly.model.plover import EVENT_TYPES, MODES
from reportedly.model.record import Certainty, Kind, SourceType

_LONGEST_WORDS: Final = 600
"""Characters of a quotation; whoever quotes more does not say which words."""
_MOST_BEGINNINGS: Final = 50
"""Brackets at which the JSON of an answer is looked for."""
_MOST_CLAIMS: Final = 400
"""Claims in one answer, far above what a part of a report holds."""


class UnusableAnswer(ValueError):
    """An answer in which there is no list of claims. Its message is for the model, which is asked once more."""


def _nothing(value: Any) -> Any:
    """Models write "none" where they should write null."""
    return None if isinstance(value, str) and value.strip().lower() in ("", "null", "none", "n/a", "unknown") else value


def _several(value: Any) -> Any:
    """A list, where a model wrote one thing or null."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _party(value: Any) -> Any:
    return {"words": value} if isinstance(value, str) else value


Words = Annotated[str, Field(min_length=1, max_length=_LONGEST_WORDS)]
MaybeWords = Annotated[Words | None, BeforeValidator(_nothing)]


class _Answered(BaseModel):
    """A part of an answer; what nobody asked for in it is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class AnsweredParty(_Answered):
    words: Words
    stands_for: MaybeWords = None


class AnsweredSource(AnsweredParty):
    cue: MaybeWords = None
    type: SourceType = "unspecified"
    named: bool = False


class AnsweredToll(_Answered):
    killed: MaybeWords = None
    injured: MaybeWords = None
    captured: MaybeWords = None
    displaced: MaybeWords = None


Parties = Annotated[
    tuple[Annotated[AnsweredParty, BeforeValidator(_party)], ...], BeforeValidator(_several), Field(max_length=40)
]
Quotations = Annotated[tuple[Words, ...], BeforeValidator(_several), Field(max_length=40)]


class AnsweredClaim(_Answered):
    """One claim as a model answers it: quotations, and choices from lists."""

    s: int = 0
    trigger: Words
    type: str
    actors: Parties = ()
    recipients: Parties = ()
    means: Quotations = ()
    targets: Quotations = ()
    toll: Annotated[AnsweredToll, BeforeValidator(lambda v: v if isinstance(v, dict | AnsweredToll) else {})] = (
        AnsweredToll()
    )
    places: Quotations = ()
    time: MaybeWords = None
    kind: Kind
    denied: bool = False
    certainty: Certainty = "stated"
    phrase: MaybeWords = None
    sources: Annotated[
        tuple[Annotated[AnsweredSource, BeforeValidator(_party)], ...], BeforeValidator(_several), Field(max_length=10)
    ] = ()
    english: MaybeWords = None

    @property
    def event(self) -> tuple[str, str | None] | None:
        """Type and mode; a mode that its type does not have is let go; None where there is no such type."""
        kind, _, mode = self.type.strip().partition("/")
        kind, mode = kind.strip().upper(), mode.strip().lower()
        if kind not in EVENT_TYPES:
            return None
        return kind, mode if mode in MODES[kind] else None


def schema() -> dict[str, Any]:
    """The answer's JSON Schema in the narrow form that servers can hold a model to: all keys required, no others."""
    words = {"type": "string"}
    maybe = {"type": ["string", "null"]}
    party = {"words": words, "stands_for": maybe}
    source = {**party, "cue": maybe, "type": {"enum": list(get_args(SourceType))}, "named": {"type": "boolean"}}
    claim = {
        "s": {"type": "integer"},
        "trigger": words,
        "type": {"enum": list(typed_modes())},
        "actors": _list(_object(party)),
        "recipients": _list(_object(party)),
        "means": _list(words),
        "targets": _list(words),
        "toll": _object(dict.fromkeys(AnsweredToll.model_fields, maybe)),
        "places": _list(words),
        "time": maybe,
        "kind": {"enum": list(get_args(Kind))},
        "denied": {"type": "boolean"},
        "certainty": {"enum": list(get_args(Certainty))},
        "phrase": maybe,
        "sources": _list(_object(source)),
        "english": maybe,
    }
    return _object({"claims": _list(_object(claim))})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False,
    }  # fmt: skip


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def claims_in(content: str) -> tuple[list[AnsweredClaim], int]:
    """The claims in a model's answer, and how many were not well formed; what was cut short counts as far as it goes.

    Raises UnusableAnswer where there is no JSON with claims.
    """
    listed = _listed(_json_in(content))
    if listed is None:
        raise UnusableAnswer('the answer must be one JSON object {"claims": [...]} and nothing else')
    found: list[AnsweredClaim] = []
    malformed = max(0, len(listed) - _MOST_CLAIMS)
    for entry in listed[:_MOST_CLAIMS]:
        try:
            claim = AnsweredClaim.model_validate(entry)
        except ValidationError:
            malformed += 1
            continue
        if claim.event is None:
            malformed += 1
        else:
            found.append(claim)
    if listed and not found:
        raise UnusableAnswer("none of the claims has the keys and values that were asked for")
    return found, malformed


def _json_in(content: str) -> Any:
    """The first JSON value in an answer, whatever stands around it: thoughts, a fence, a greeting."""
    content = re.sub(r"<think>.*?(</think>|$)", "", content, flags=re.DOTALL)
    for start in [m.start() for m in islice(re.finditer(r"[{\[]", content), _MOST_BEGINNINGS)]:
        try:
            value = from_json(_value_from(content, start), allow_partial=True)
        except ValueError:
            continue
        if _listed(value) is not None:
            return value
    return None


def _value_from(content: str, start: int) -> str:
    """The text from an opening bracket to the one that closes it, or to the end where none does."""
    depth, in_string, escaped = 0, False, False
    for i in range(start, len(content)):
        c = content[i]
        if in_string:
            if escaped:
                escaped = False
            elif c == "\\":
                escaped = True
            elif c == '"':
                in_string = False
        elif c == '"':
            in_string = True
        elif c in "{[":
            depth += 1
        elif c in "}]":
            depth -= 1
            if depth == 0:
                return content[start : i + 1]
    return content[start:]


def _listed(value: Any) -> list[Any] | None:
    if isinstance(value, dict) and isinstance(value.get("claims"), list):
        return list(value["claims"])
    if isinstance(value, list) and all(isinstance(entry, dict) for entry in value) and value:
        return value
    return None
