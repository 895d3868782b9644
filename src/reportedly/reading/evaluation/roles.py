"""Scores who did what to whom, with what, against the role fillers of MUC-4 documents, by head word.

A filler is found where a claim of violence or coercion has, in the matching role, a phrase whose head word is that of one of
the filler's forms. MUC-4 lists the fillers of terrorist incidents alone, so precision counts against readings of other violence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reportedly.knowledge.actors import aliases_of
from reportedly.model.record import Claim, Report
from reportedly.reading.evaluation.json_lines import read_json_lines

ROLES: Final = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_TYPES: Final = frozenset({"ASSAULT", "COERCE", "THREATEN"})
_TAIL: Final = re.compile(
    r"\s+(?:of|from|in|at|with|for|who|which|that|and|to|on|by|belonging|near|under|between|against|,|\()(?:\s|$).*|,.*|\s*\(.*",
    re.DOTALL,
)
_WORD: Final = re.compile(r"[\w'’-]+")


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """A document with its fillers: role -> entities, each a set of forms."""

    report: Report
    fillers: dict[str, list[frozenset[str]]]


@dataclass(slots=True)
class RoleFigures:
    """Counts by role."""

    documents: int = 0
    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))
    found: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))
    read: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ROLES, 0))
    misses: list[str] = field(default_factory=list)

    def recall(self, role: str) -> float:
        """Share of the fillers found."""
        return round(self.found[role] / self.asked[role], 3) if self.asked[role] else 0.0

    def precision(self, role: str) -> float:
        """Share of what was read that is a filler."""
        return round(self.right[role] / self.read[role], 3) if self.read[role] else 0.0


def load_documents(path: Path) -> list[CodedDocument]:
    """Read a MUC-4 file of JSON lines. Raises InvalidGold where it is none."""
    return read_json_lines(path, "MUC-4 file", _document)


def _document(data: dict[str, Any]) -> CodedDocument:
    extracts = data["extracts"]
    fillers = {role: [frozenset(form[0] for form in entity) for entity in extracts.get(role, [])] for role in ROLES}
    return CodedDocument(Report(text=data["doctext"]), fillers)


def head_word(phrase: str) -> str:
    """Head word of a noun phrase, by its surface: the last word before what qualifies it."""
    words = _WORD.findall(_TAIL.sub("", phrase.strip().strip('"').lower())) or _WORD.findall(phrase.lower())
    return words[-1].removesuffix("s") if words else ""


def _read_fillers(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """Head words of what the claims have in each role; a body's every word of two letters and more counts as its name."""
    found: dict[str, set[str]] = {role: set() for role in ROLES}
    for claim in claims:
        if claim.event.type not in _TYPES:
            continue
        for actor in claim.actors:
            found["PerpInd"] |= {head_word(actor.mention.text), head_word(actor.name)}
            if actor.actor is not None or actor.name[:1].isupper():
                found["PerpOrg"] |= {
                    head_word(form) for form in (actor.mention.text, actor.name, *aliases_of(actor.actor))
                }
        for recipient in claim.recipients:
            found["Victim"] |= {head_word(recipient.mention.text), head_word(recipient.name)}
        found["Target"] |= {head_word(target.text) for target in claim.targets}
        found["Weapon"] |= {head_word(means.text) for means in claim.means}
    return {role: words - {""} for role, words in found.items()}


def score_roles(coded: CodedDocument, claims: Iterable[Claim], figures: RoleFigures) -> None:
    """Add one read document to the figures."""
    read = _read_fillers(claims)
    figures.documents += 1
    for role in ROLES:
        wanted = [{head_word(form) for form in forms} for forms in coded.fillers[role]]
        figures.asked[role] += len(wanted)
        figures.read[role] += len(read[role])
        figures.right[role] += sum(any(word in heads for heads in wanted) for word in read[role])
        for heads, forms in zip(wanted, coded.fillers[role], strict=True):
            if heads & read[role]:
                figures.found[role] += 1
            else:
                figures.misses.append(f"{role} not found: {min(forms, key=len)}")
