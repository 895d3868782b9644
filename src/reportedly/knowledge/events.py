"""Event words: the verbs, nouns and support verbs that express PLOVER events, and the frames they come in."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from reportedly.errors import InvalidKnowledge
from reportedly.knowledge.classes import class_names
from reportedly.knowledge.tables import table, words
from reportedly.model.plover import EVENT_TYPES, MODES

NO_EVENT: Final = "NONE"
"""Type of a sense that is listed only to say that it is no event ("met the deadline")."""

VERB_ROLES: Final = {"subj": "actor", "obj": "patient", "with": "means"}
NOUN_ROLES: Final = {
    "by": "actor", "poss": "actor", "compound": "actor",
    "on": "patient", "against": "patient", "of": "patient", "with": "means",
}  # fmt: skip
ROLES: Final = frozenset({"actor", "recipient", "patient", "means", "target", "taken", "shot", "content", "none"})
TOLLS: Final = frozenset({"", "killed", "injured", "captured", "displaced"})
_FLAGS: Final = frozenset({"obj", "no-obj", "passive", "poss", "no-ccomp"})


@dataclass(frozen=True, slots=True)
class Need:
    """One condition of a sense: a slot that must (or must not) be there, filled by one of some classes."""

    slot: str
    classes: frozenset[str]
    forbidden: bool


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of an event word."""

    type: str
    mode: str | None
    needs: tuple[Need, ...]
    roles: dict[str, str]
    toll: str | None
    alone: str
    """For nouns: "always", "args" or "support"; verbs need nothing."""


@dataclass(frozen=True, slots=True)
class Support:
    """How a support verb lends its subject to an event noun."""

    types: frozenset[str]
    subject: str
    places: frozenset[str]
    negative: bool


def _needs(cell: str, where: str) -> tuple[Need, ...]:
    needs = []
    for part in cell.split():
        slot, _, names = part.lstrip("!").partition(":")
        classes = frozenset(names.split("+")) if names else frozenset()
        if slot != "xcomp" and (unknown := classes - class_names()):
            raise InvalidKnowledge(f"{where}: no such word class: {', '.join(sorted(unknown))}")
        needs.append(Need(slot, classes, part.startswith("!")))
    return tuple(needs)


def _sense(row: dict[str, str], where: str, default: dict[str, str]) -> Sense:
    kind, mode = row["type"], row["mode"] or None
    if kind != NO_EVENT and kind not in EVENT_TYPES:
        raise InvalidKnowledge(f"{where}: no such PLOVER type: {kind}")
    if mode and mode not in MODES.get(kind, ()):
        raise InvalidKnowledge(f"{where}: {kind} has no mode {mode}")
    roles = dict(default)
    given = dict(part.split("=", 1) for part in row["roles"].split())
    if unknown := set(given.values()) - ROLES:
        raise InvalidKnowledge(f"{where}: no such role: {', '.join(sorted(unknown))}")
    if default is NOUN_ROLES and given:
        roles = {"by": "actor"}
    roles.update(given)
    if row["toll"] not in TOLLS:
        raise InvalidKnowledge(f"{where}: no such toll: {row['toll']}")
    return Sense(kind, mode, _needs(row["needs"], where), roles, row["toll"] or None, row.get("alone") or "always")


@cache
def verb_senses() -> dict[str, tuple[Sense, ...]]:
    """Senses by verb lemma; "lemma particle" for verbs of two words. The first whose needs hold is meant."""
    found: dict[str, list[Sense]] = {}
    for row in table("verbs.tsv"):
        for verb in words(row["verbs"]):
            found.setdefault(verb, []).append(_sense(row, f"verbs.tsv, {verb}", VERB_ROLES))
    return {verb: tuple(senses) for verb, senses in found.items()}


@cache
def noun_senses() -> dict[str, tuple[Sense, ...]]:
    """Senses by noun lemma; "modifier lemma" for compounds."""
    found: dict[str, list[Sense]] = {}
    for row in table("nouns.tsv"):
        for noun in words(row["nouns"]):
            found.setdefault(noun, []).append(_sense(row, f"nouns.tsv, {noun}", NOUN_ROLES))
    return {noun: tuple(senses) for noun, senses in found.items()}


@cache
def support_verbs() -> dict[str, tuple[Support, ...]]:
    """Support verbs by lemma (or "lemma particle")."""
    found: dict[str, list[Support]] = {}
    for row in table("support_verbs.tsv"):
        types = frozenset(row["nouns"].split())
        if unknown := types - set(EVENT_TYPES):
            raise InvalidKnowledge(f"support_verbs.tsv: no such PLOVER type: {', '.join(sorted(unknown))}")
        support = Support(types, row["subject"], frozenset(row["object"].split()), row["effect"] == "negative")
        for verb in words(row["verbs"]):
            found.setdefault(verb, []).append(support)
    return {verb: tuple(supports) for verb, supports in found.items()}
