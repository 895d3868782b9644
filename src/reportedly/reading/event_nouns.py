"""Events that nouns express, where a support verb or details of their own show that they tell of one."""

from typing import Final

from reportedly.knowledge.events import Need, Sense, Support, noun_senses, support_verbs
from reportedly.reading.event_verbs import index_by_first, infer_mode, needs_in_words, parts_of
from reportedly.reading.events import ACTOR_CLASSES, EventMention
from reportedly.reading.names import classes, mode_of_weapon, names_of
from reportedly.reading.slots import slot_fillers
from reportedly.reading.syntax import Document, Word, conjuncts, is_passive, is_time_word, objects

_SUPPORTS: Final = index_by_first(list(support_verbs()))


def noun_event(document: Document, noun: Word) -> EventMention | None:
    """The event that a noun expresses, if it has a support verb or details of its own."""
    if (noun.dep in ("compound", "nmod", "amod", "npadvmod") and not names_an_operation(noun)) or noun.i in names_of(
        document
    ).by_word:
        return None
    if _named_by_its_modifier(noun):
        return None
    if noun.dep in ("oprd", "attr") and noun.head.lemma in ("call", "describe", "dub", "label", "term"):
        return None
    known = noun_senses()
    modifiers = [c for c in noun.children if c.dep in ("compound", "amod", "nmod") and c.i < noun.i]
    of = [f"{noun.lemma} of {w.lemma}" for w in objects(noun, "of")]
    keys = [*of, *(f"{c.lemma} {noun.lemma}" for c in reversed(modifiers)), noun.lemma, noun.lower]
    for key in dict.fromkeys(keys):
        for sense in known.get(key, ()):
            if not all(_noun_need(document, noun, need) for need in sense.needs):
                continue
            event = _noun_with_details(document, noun, sense)
            if event is not None:
                if " " in key and " of " not in key:
                    event.first = min(c.i for c in modifiers if f"{c.lemma} {noun.lemma}" == key)
                event.why = f"noun “{key}”{needs_in_words(sense)}; {event.why}"
                infer_mode(document, event)
                return event
            return None
    return None


_CARRYING_OUT: Final = frozenset(
    "execution implementation launch start beginning resumption conduct planning preparation continuation "
    "escalation outbreak renewal".split()
)
_OPERATIONS: Final = frozenset("operation campaign attempt activity mission act spree wave incident plot".split())


def _named_by_its_modifier(noun: Word) -> bool:
    """ "campaign" in "arson campaign"."""
    return noun.lemma in _OPERATIONS and any(names_an_operation(c) and c.lemma in noun_senses() for c in noun.children)


def names_an_operation(noun: Word) -> bool:
    """ "arson campaign": the modifier says what is done."""
    return (
        noun.dep in ("compound", "nmod")
        and noun.head.lemma in _OPERATIONS
        and noun.i == noun.head.i - 1
        and f"{noun.lemma} {noun.head.lemma}" not in noun_senses()
    )


def _noun_need(document: Document, noun: Word, need: Need) -> bool:
    fillers = noun.all("poss") if need.slot == "poss" else objects(noun, need.slot)
    if not need.classes:
        return bool(fillers) is not need.forbidden
    return any(classes(document, w) & need.classes for w in fillers) is not need.forbidden


def _noun_with_details(document: Document, noun: Word, sense: Sense) -> EventMention | None:
    event = EventMention(noun, noun.i, noun.i, noun, sense, sense.type, sense.mode, nominal=True)
    details = 0
    base = noun.head if names_an_operation(noun) else noun
    for slot, role in sense.roles.items():
        if slot == "poss":
            fillers = [w for w in base.all("poss") if not is_time_word(w)]
        elif slot == "compound":
            fillers = [
                c
                for c in base.children
                if c.i < noun.i
                and c.dep in ("compound", "amod", "nmod")
                and c.lower not in ("terrorist", "suicide")
                and not mode_of_weapon(c)
                and (c.i in names_of(document).by_word or (classes(document, c) & ACTOR_CLASSES and c.pos != "PROPN"))
            ]
        else:
            fillers = [c for o in objects(base, slot) for c in conjuncts(o) if not is_time_word(c)]
            if slot in ("between", "with", "among"):
                # "the sharing of maps between the brigades": the parser hangs it on the nearer noun.
                fillers += [c for inner in objects(base, "of") for o in objects(inner, slot) for c in conjuncts(o)]
        if role != "none":
            details += len(fillers)
        event.fill(role, fillers)
        if role == "patient" and sense.toll:
            event.tolls.setdefault(sense.toll, []).extend(fillers)
    if sense.roles.get("with") == "actor" and objects(base, "with") and not base.all("poss"):
        # "took the town after fighting with the rebels": whoever took it fought.
        above = next((a for a in base.ancestors() if a.pos == "VERB"), None)
        other = slot_fillers(above, "subj") if above is not None and base.dep == "pobj" else []
        event.fill("actor", [w for w in other if classes(document, w) & ACTOR_CLASSES])
    support = _support(event)
    if support is not None:
        event.why = f"supported by “{event.verb.text}”"
        return event
    if sense.alone == "always" or (sense.alone == "args" and (details or _stands_alone(noun))):
        event.why = "has its own details" if details else "stands in an adverbial or as an object of saying"
        return event
    return None


def first_preposition(noun: Word) -> str:
    """The preposition that a noun, or the list it stands in, hangs on."""
    while noun.dep == "conj":
        noun = noun.head
    return noun.head.lower if noun.dep == "pobj" else ""


def _stands_alone(noun: Word) -> bool:
    """Whether a bare event noun still tells of one happening: "in an ambush", "denied the ambush"."""
    if noun.dep in ("pobj", "conj") and first_preposition(noun) in ("through", "via"):
        return True
    if noun.dep == "pobj" and noun.head.lower in (
        "in",
        "during",
        "by",
        "after",
        "following",
        "amid",
        "for",
        "of",
        "behind",
        "from",
    ):
        return (
            noun.head.lower in ("in", "by", "during", "for", "of", "behind")
            and noun.child("det", "nummod", "amod", "compound") is not None
        )
    if noun.dep in ("dobj", "nsubjpass") and noun.head.lemma in (
        "deny", "confirm", "claim", "condemn", "report", "denounce", "announce", "plan", "prepare", "expect", "fear", "describe",
        "order", "investigate", "discuss",
    ):  # fmt: skip
        return True
    return noun.child("relcl") is not None and noun.dep in ("dobj", "pobj", "attr")


def _support(event: EventMention) -> Support | None:
    """The support verb of a noun, whose subject it takes over."""
    noun = event.head.head if names_an_operation(event.head) else event.head
    if noun.dep == "conj":
        first = noun
        while first.dep == "conj":
            first = first.head
        anchor = first
    else:
        anchor = noun
    place, verb = anchor.dep, anchor.head
    if place == "pobj":
        if (
            verb.dep == "prep"
            and verb.head.pos == "NOUN"
            and verb.lower == "of"
            and verb.head.lemma in ("series", "wave", "number", "round", "string", "spate", "campaign")
        ):
            anchor = verb.head
            place, verb = anchor.dep, anchor.head
        elif verb.lower == "of" and verb.head.lemma in _CARRYING_OUT:
            event.why = f"carried out: “{verb.head.text} of”"
            return Support(frozenset(), "none", frozenset(), negative=False)
        else:
            place, verb = f"prep:{verb.lower}", verb.head
    if place == "nsubjpass" or place == "dobj":
        place = "obj"
    elif place == "nsubj":
        place = "subj"
    elif place == "attr" and verb.lemma == "be" and verb.child("expl") is not None:
        place = "there"
    elif place == "attr":
        place = "attr"
    elif place.startswith("prep:"):
        place = place[5:]
    if place == "acl" or not verb.is_verb:
        if anchor.child("acl") is not None and place not in ("obj", "subj"):
            return _support_participle(event, anchor)
        return _support_participle(event, anchor) if anchor.child("acl") is not None else None
    found = _match_support(verb, event.type, place)
    if found is None:
        return _support_participle(event, anchor)
    event.verb = verb
    event.negative = found.negative
    if found.subject != "none":
        event.fill("patient" if found.subject == "recipient" else "actor", slot_fillers(verb, "subj"))
    for slot, role in event.sense.roles.items():
        if slot not in ("by", "of", "poss", "compound"):
            event.fill(role, slot_fillers(verb, slot))
    if event.type == "MOBILIZE":
        event.fill("means", [event.head])
    return found


def _support_participle(event: EventMention, noun: Word) -> Support | None:
    """ "an attack carried out by", "a raid launched from"."""
    for clause in noun.all("acl", "relcl"):
        found = _match_support(clause, event.type, "obj")
        if found is not None and is_passive(clause):
            event.verb = event.head
            event.fill("actor", slot_fillers(clause, "subj"))
            return found
    return None


def _match_support(verb: Word, kind: str, place: str) -> Support | None:
    for rest in _SUPPORTS.get(verb.lemma, ()):
        if rest and not all(r in parts_of(verb) for r in rest):
            continue
        for support in support_verbs()[" ".join((verb.lemma, *rest))]:
            if place in support.places and (not support.types or kind in support.types):
                return support
    return None
