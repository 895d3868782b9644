"""The `how_said` layer: whether an event is told as fact, plan, forecast, demand or condition, denied or hedged."""

from dataclasses import dataclass, field
from typing import Final

from reportedly.knowledge.events import Sense
from reportedly.knowledge.status_words import Operator, operators
from reportedly.reading.events import EventMention
from reportedly.reading.syntax import Document, Word, is_passive, objects
from reportedly.reading.who_says import Attributed, AttributionIndex

_IMPLICATIVE: Final = frozenset(
    "manage begin start continue help force cause use come go proceed keep remain appear seem have be get happen "
    "prove lead say report allow let make see oblige compel drive leave return join find enable".split()
)
_AVOIDING: Final = frozenset(
    "ban bar prohibit forbid prevent stop deter foil thwart avert block forestall avoid refrain abstain desist".split()
)
_ONLY_INTENDS: Final = frozenset("plan prepare discuss plot order schedule propose consider expect oversee".split())
"""Support verbs that do not carry the deed out: "discussed an attack"."""
_PRESUPPOSING: Final = frozenset(
    "investigation inquiry probe responsibility condemnation anniversary aftermath evidence account trial".split()
)
_NO: Final = frozenset({"no", "neither", "zero", "without"})


@dataclass(slots=True)
class StatusMention:
    """How one event is said: the claim's status before its source's stance is taken into account."""

    kind: str = "occurred"
    negative: bool = False
    certainty: str = "stated"
    future: bool = False
    """A bare "will": planned if the actor's own side says so, predicted otherwise."""
    phrase: Word | None = None
    averted: bool = False
    """Only what is to be prevented or avoided: no claim."""
    threatened: bool = False
    demanded_by: Word | None = None
    reasons: list[str] = field(default_factory=list)

    def apply(self, operator: Operator, word: Word) -> None:
        if operator.kind and (
            self.kind == "occurred"
            or (self.kind == "planned" and operator.kind in ("demanded", "conditional", "predicted"))
        ):
            self.kind = operator.kind
            self.phrase = word
        if operator.negative:
            self.negative = not self.negative
            self.phrase = self.phrase or word
        if operator.certainty and self.certainty != "possible":
            self.certainty = operator.certainty
            self.phrase = word if self.phrase is None or not operator.kind else self.phrase
        band = f", ICD 203 {operator.band} %" if operator.band else ""
        self.reasons.append(f"“{word.text}”: {operator.kind or 'open'}{' negative' if operator.negative else ''}{band}")


class HowSaid:
    """Finds each event's status. Input: events, attributions. Output: layer "statuses", by event."""

    name = "how_said"

    def __call__(self, document: Document) -> None:
        index: AttributionIndex = document.layers["attribution_index"]
        document.layers["statuses"] = {
            event: _status(event, index.covering(event.head)) for event in document.layers["events"]
        }


def status_of(document: Document, word: Word) -> tuple[str, bool, str]:
    """How any word's happening is said, event or not: kind, whether denied, certainty; the stance of who says it taken in."""
    index: AttributionIndex = document.layers["attribution_index"]
    covering = [a for a in index.covering(word) if not a.cue_first <= word.i <= a.cue_last]
    verb = word if word.is_verb else next((w for w in word.ancestors() if w.is_verb), word)
    negative = any(c.dep == "neg" or (c.dep == "det" and c.lower in _NO) for c in word.children)
    bare = EventMention(word, word.i, word.i, verb, _ANY, _ANY.type, None, negative=negative, nominal=not word.is_verb)
    status = _status(bare, covering)
    kind, denied, certainty = status.kind, status.negative, status.certainty
    innermost = min(covering, key=lambda a: a.size(), default=None)
    if innermost is not None:
        cue = innermost.cue
        denied = denied != (cue.stance == "denies")
        kind = cue.kind if cue.kind and kind == "occurred" and word.tag != "VBD" else kind
        certainty = cue.certainty if cue.certainty and certainty == "stated" else certainty
    return kind, denied, certainty


_ANY: Final = Sense("CONSULT", None, (), {}, None, "always")
"""Stands for a word of which no type is asked."""


def _status(event: EventMention, covering: list[Attributed]) -> StatusMention:
    status = StatusMention()
    table = operators()
    cues = {i for a in covering for i in range(a.cue_first, a.cue_last + 1)}
    node = event.head
    if event.negative:
        status.negative = True
    if event.nominal:
        _modifiers(status, node)
        for part in event.merged:
            _modifiers(status, part.head)
    for actor in event.roles.get("actor", []):
        _hedges_on_noun(status, actor)
        _none_of(status, actor)
    for tool in event.roles.get("means", []):
        if any(c.dep == "acl" and c.lemma == "suspect" for c in tool.children):
            status.apply(operators()[("adj", "suspected")], tool)
    for role in ("patient", "taken", "means"):
        for thing in event.roles.get(role, []):
            _none_of(status, thing)
    own_aux = False
    for _ in range(10):
        if node.is_verb or node.dep == "acomp":
            own_aux = _own(status, node) or own_aux
        head = node.head
        if head is node:
            break
        if head.i in cues:
            break
        if node.dep == "relcl" or (node.dep == "acl" and node.tag in ("VBG", "VBN") and head.pos != "VERB"):
            if node.dep == "acl" and node.tag == "VBG":
                operator = table.get(("noun", head.lemma))
                if operator is not None:
                    status.apply(operator, head)
            break
        if node.dep == "conj":
            if node.child("nsubj", "nsubjpass") is not None and node.is_verb:
                break
            if head.is_verb and not own_aux:
                _modals(status, head)
            node = head
            continue
        if node.dep == "advcl" and head.lemma == "threaten":
            status.threatened = True
        if node.dep == "advcl" and _mark(node):
            break
        if node.dep in (
            "prep",
            "agent",
            "nmod",
            "compound",
            "amod",
            "poss",
            "nsubj",
            "nsubjpass",
            "appos",
            "attr",
            "dative",
        ):
            if node.dep == "nsubj" and head.is_verb and head is not event.verb:
                break
            if node.dep == "prep" and node.lower in (
                "after",
                "following",
                "since",
                "during",
                "amid",
                "despite",
                "before",
            ):
                break
            node = head
            if node.lemma in _PRESUPPOSING:
                break
            if node.pos in ("NOUN",) and node is not event.head:
                operator = table.get(("noun", node.lemma))
                if operator is not None:
                    status.apply(operator, node)
            elif node.is_verb:
                _governor(status, node, event)
            continue
        if head.is_verb or head.pos == "ADJ":
            if (
                node.dep == "xcomp"
                and head.lemma in ("be", "remain")
                and node.tag == "VB"
                and not head.child("acomp", "attr")
            ):
                status.apply(table[("verb", "plan")], head)
            if (
                not _governor(status, head, event)
                and node.is_verb
                and node.tag == "VB"
                and _to(node)
                and node.dep in ("xcomp", "advcl", "ccomp")
            ):
                if head.lemma not in _IMPLICATIVE and head.pos != "ADJ" and status.kind == "occurred":
                    status.kind = "planned"
                    status.phrase = next(c for c in node.children if c.lower == "to")
                    status.reasons.append(f"infinitive of purpose under “{head.text}”")
        elif head.pos in ("NOUN", "PROPN") and node.dep in ("acl", "ccomp"):
            operator = table.get(("noun", head.lemma))
            if operator is not None:
                status.apply(operator, head)
                if operator.kind == "demanded":
                    by = objects(head, "by", "from")
                    poss = head.child("poss")
                    status.demanded_by = status.demanded_by or (by[0] if by else poss)
            elif node.tag == "VB" and _to(node) and status.kind == "occurred":
                status.kind = "planned"
                status.phrase = next(c for c in node.children if c.lower == "to")
        node = head
    return status


def _to(verb: Word) -> bool:
    return any(c.dep == "aux" and c.lower == "to" for c in verb.children)


def _mark(verb: Word) -> bool:
    return any(
        (
            c.dep in ("mark", "advmod")
            and c.lower
            in ("after", "when", "as", "while", "because", "since", "although", "though", "where", "if", "unless")
        )
        or (c.dep == "mark")
        for c in verb.children
    )


def _modals(status: StatusMention, verb: Word) -> bool:
    found = False
    table = operators()
    perfect = any(c.dep in ("aux",) and c.lemma == "have" for c in verb.children)
    for aux in verb.all("aux"):
        operator = table.get(("modal", aux.lower)) or table.get(("modal", aux.lemma))
        if operator is None:
            continue
        found = True
        if aux.lower in ("will", "shall", "would", "'ll", "wo"):
            if perfect and aux.lower == "would":
                status.apply(table[("marker", "if")], aux)
            elif status.kind == "occurred":
                status.kind, status.future = "planned", True
                status.phrase = aux
                status.reasons.append(f"“{aux.text}”: future")
        elif perfect:
            status.certainty = "possible"
            status.phrase = aux
            status.reasons.append(f"“{aux.text} have”: possible")
        else:
            status.apply(operator, aux)
    return found


def _own(status: StatusMention, verb: Word) -> bool:
    """What stands beside a verb itself: modals, negation, adverbs, an if-clause."""
    table = operators()
    found = _modals(status, verb)
    for child in verb.children:
        if child.dep == "neg" or (child.dep == "advmod" and child.lower == "never"):
            status.negative = not status.negative
            status.phrase = status.phrase or child
            status.reasons.append(f"“{child.text}”: negative")
        elif child.dep == "advmod":
            operator = table.get(("adverb", child.lower))
            if operator is not None:
                status.apply(operator, child)
        elif child.dep == "advcl":
            mark = next(
                (c for c in child.children if c.dep in ("mark", "advmod") and ("marker", c.lower) in table), None
            )
            if mark is not None and not _past(verb):
                status.kind = "conditional"
                status.phrase = mark
                status.reasons.append(f"“{mark.text}”: depends on a condition")
        elif child.dep in ("mark", "advmod") and ("marker", child.lower) in table:
            status.kind = "conditional"
            status.phrase = child
            status.reasons.append(f"stands under “{child.text}”")
        elif child.dep == "advmod" and child.lower == "if":
            status.kind = "conditional"
    if verb.dep == "advcl" and any(
        c.lower in ("if", "unless") for c in verb.children if c.dep in ("mark", "advmod", "prep")
    ):
        status.kind = "conditional"
    return found


def _past(verb: Word) -> bool:
    """Told as past, a verb does not hang on its if-clause: "threatened them if ...", "had discussed it if ..."."""
    return verb.tag == "VBD" or any(c.dep == "aux" and c.lower in ("had", "has", "have") for c in verb.children)


def _modifiers(status: StatusMention, noun: Word) -> None:
    table = operators()
    for child in noun.children:
        if child.i > noun.i:
            continue
        operator = table.get(("adj", child.lower)) or table.get(("adj", child.lemma))
        if operator is not None and child.dep in ("amod", "compound", "acl"):
            status.apply(operator, child)
        elif child.lower in _NO and child.dep in ("det", "amod", "neg"):
            status.negative = not status.negative
            status.phrase = child


def _hedges_on_noun(status: StatusMention, noun: Word) -> None:
    """ "suspected rebels attacked": who did it is uncertain."""
    for child in noun.children:
        if child.i < noun.i and child.lower in ("suspected", "alleged", "presumed", "unconfirmed"):
            status.apply(operators()[("adj", "suspected")], child)


def _none_of(status: StatusMention, noun: Word) -> None:
    if noun.lower in ("nobody", "none") and not status.negative:
        status.negative = True
        status.phrase = noun
        status.reasons.append(f"“{noun.text}”: negative")
    for child in noun.children:
        if child.dep == "det" and child.lower in ("no", "neither") and not status.negative:
            status.negative = True
            status.phrase = child
            status.reasons.append(f"“{child.text}”: negative")


def _governor(status: StatusMention, head: Word, event: EventMention) -> bool:
    """What a governing verb or adjective makes of the event; True where it says anything."""
    table = operators()
    if head is event.head or (head is event.verb and head.lemma not in _ONLY_INTENDS):
        return False
    if head.lemma in _AVOIDING:
        status.averted = True
        return True
    if head.lemma == "threaten":
        status.threatened = True
        return True
    if head.pos == "ADJ":
        operator = table.get(("adj", head.lemma)) or table.get(("adj", head.lower))
    else:
        operator = None
        for child in head.children:
            if child.dep in ("prt", "prep", "acomp", "attr", "advmod", "oprd"):
                operator = table.get(("verb", f"{head.lemma} {child.lemma}")) or table.get(
                    ("verb", f"{head.lemma} {child.lower}")
                )
                if operator is not None:
                    break
                if head.lemma in ("be", "remain", "seem", "become", "stand") and child.dep in ("acomp", "oprd"):
                    operator = table.get(("adj", child.lemma)) or table.get(("adj", child.lower))
                    if operator is not None:
                        break
        if operator is None and is_passive(head):
            operator = table.get(("verb", f"be {head.lower}"))
        if operator is None:
            operator = table.get(("verb", head.lemma))
    if operator is None:
        return False
    if operator.kind == "demanded" and head.pos != "ADJ" and status.demanded_by is None:
        status.demanded_by = head
    status.apply(operator, head)
    return True
