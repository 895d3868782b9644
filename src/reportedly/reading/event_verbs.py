"""Events that verbs express: the sense whose needs hold, what fills its frame, the mode that its weapon gives."""

from typing import Final

from reportedly.knowledge.classes import classes_of
from reportedly.knowledge.events import NO_EVENT, Need, Sense, verb_senses
from reportedly.reading.events import EventMention
from reportedly.reading.names import classes, compound_keys, mode_of_weapon, names_of
from reportedly.reading.slots import slot_fillers
from reportedly.reading.syntax import Document, Word, conjuncts, is_passive, is_time_word, objects


def names_victims(word: Word) -> bool:
    """ "three of the wounded", "left two dead and ten wounded": people, not a deed."""
    if word.tag != "VBN":
        return False
    if word.dep in ("pobj", "nsubj", "nsubjpass", "dobj"):
        return True
    beside = word.head if word.dep == "conj" else word
    return beside.lower == "dead" or (beside.dep in ("oprd", "acomp") and beside.head.lemma == "leave")


def _holds(document: Document, verb: Word, need: Need) -> bool:
    slot = need.slot
    if slot == "passive":
        return is_passive(verb) is not need.forbidden
    if slot == "no-obj":
        return not slot_fillers(verb, "obj") and verb.child("oprd") is None  # "leaving nine dead" leaves no place
    if slot == "no-ccomp":
        return verb.child("ccomp") is None
    if slot == "xcomp":
        return any(c.dep in ("xcomp", "ccomp", "advcl") and c.lemma in need.classes for c in verb.children)
    fillers = slot_fillers(verb, slot)
    if not need.classes:
        return bool(fillers) is not need.forbidden
    return any(classes(document, w) & need.classes for w in fillers) is not need.forbidden


_PARTS: Final = frozenset(
    {"prt", "prep", "dobj", "advmod", "acomp", "oprd", "xcomp", "ccomp", "attr", "npadvmod", "dative"}
)


def parts_of(verb: Word) -> dict[str, Word]:
    """Lemmas that may make a verb of several words together with it."""
    found: dict[str, Word] = {}
    for child in verb.children:
        if child.dep == "prep" and any(is_time_word(c) for c in child.children if c.dep == "pobj"):
            continue
        if child.dep in _PARTS:
            found.setdefault(child.lemma, child)
            found.setdefault(child.lower, child)
            if child.dep in ("prep", "prt"):
                for inner in child.children:
                    found.setdefault(inner.lemma, inner)
    return found


def index_by_first(keys: list[str]) -> dict[str, list[tuple[str, ...]]]:
    index: dict[str, list[tuple[str, ...]]] = {}
    for key in keys:
        first, *rest = key.split()
        index.setdefault(first, []).append(tuple(rest))
    return {k: sorted(v, key=len, reverse=True) for k, v in index.items()}


_VERBS: Final = index_by_first(list(verb_senses()))


def verb_event(document: Document, verb: Word) -> EventMention | None:
    """The event that a verb expresses, by the first of its senses whose needs hold."""
    options = _VERBS.get(verb.lemma)
    if not options:
        return None
    parts = parts_of(verb) if any(options) else {}
    for rest in options:
        if any(r not in parts for r in rest):
            continue
        key = " ".join((verb.lemma, *rest))
        for sense in verb_senses()[key]:
            if not all(_holds(document, verb, need) for need in sense.needs):
                continue
            if sense.type == NO_EVENT:
                return None
            last = verb.i
            if rest and parts[rest[-1]].i - verb.i in (1, 2):
                last = max(parts[r].i for r in rest if parts[r].i - verb.i <= 2)
            event = EventMention(verb, verb.i, last, verb, sense, sense.type, sense.mode)
            event.why = f"verb “{key}”" + needs_in_words(sense)
            _fill_verb(event, verb)
            infer_mode(document, event)
            return event
    return None


def needs_in_words(sense: Sense) -> str:
    shown = [
        f"{'no ' if n.forbidden else ''}{n.slot}{' in ' + '/'.join(sorted(n.classes)) if n.classes else ''}"
        for n in sense.needs
    ]
    return f" with {', '.join(shown)}" if shown else ""


def _fill_verb(event: EventMention, verb: Word) -> None:
    to_death = any(w.lemma == "death" for w in objects(verb, "to"))  # "stabbed two men to death"
    toll = "killed" if to_death and event.type == "ASSAULT" else event.sense.toll
    for slot, role in event.sense.roles.items():
        fillers = slot_fillers(verb, slot)
        if role == "means":
            # "large quantities of mines, explosives and drones"
            fillers += [c for w in fillers for inner in objects(w, "of") for c in conjuncts(inner)[1:]]
            if slot == "with":
                fillers = [
                    w
                    for w in fillers
                    if not w.is_verb and (event.type == "AID" or any(classes_of(key) for key in compound_keys(w)))
                ]
        event.fill(role, fillers)
        if role == "patient" and toll:
            event.tolls.setdefault(toll, []).extend(fillers)


def infer_mode(document: Document, event: EventMention) -> None:
    """An assault's weapon gives its mode: "fired rockets", "a drone hit", "killed with machetes"."""
    if event.type != "ASSAULT":
        return
    head = event.head
    tools: list[Word] = []
    actors = event.roles.get("actor", [])
    if any(_is_weapon(document, w) for w in actors):
        # "its drone", "Israeli artillery": whose weapon it is did it; a bare weapon leaves open who.
        actors = [_counted(w) for w in actors]
        weapons = [w for w in actors if _is_weapon(document, w)]
        event.roles["actor"] = [w for w in actors if w not in weapons or _has_owner(document, w)]
        event.fill("means", weapons)
        event.fill("actor", [w for tool in weapons for w in _fired_by(tool)])
    tools += event.roles.get("means", [])
    tools += [c for c in head.children if c.dep in ("compound", "amod", "nmod") and c.i < head.i]
    for verb in {event.verb, head}:
        for slot in ("by", "with", "using", "from", "in"):
            tools += [w for w in slot_fillers(verb, slot) if _is_weapon(document, w)]
        for child in verb.children:
            if child.lemma == "use" and child.dep in ("advcl", "prep", "acl"):
                tools += child.all("dobj", "pobj")
    if event.sense.roles.get("obj") == "shot":
        return
    for tool in tools:
        mode = mode_of_weapon(tool)
        if mode:
            if tool.lemma != "air":  # "air strikes" tells how, not with what
                event.fill("means", [tool])
            better = (event.mode == "firearms" and mode == "crowd-control") or (
                head.lemma in ("bomb", "bombing") and mode in ("drone", "aerial")
            )
            if mode != "unspecified" and (event.mode is None or better):
                event.mode = mode


def _counted(word: Word) -> Word:
    """What a number counts: "one of its drones" is a drone."""
    inner = objects(word, "of") if word.pos in ("NUM", "PRON") else []
    return inner[0] if inner and inner[0].pos in ("NOUN", "PROPN") else word


def _fired_by(tool: Word) -> list[Word]:
    """ "rockets (believed to be) launched by the cartel hit a school"."""
    for clause in tool.all("acl", "relcl"):
        inner = clause.child("xcomp") if clause.lemma in ("suspect", "believe", "say", "think") else clause
        if inner is not None and inner.lemma in ("fire", "launch", "plant", "drop", "lay"):
            return objects(inner, "by")
    return []


def _is_weapon(document: Document, word: Word) -> bool:
    if word.pos in ("NUM", "PRON"):
        return any(_is_weapon(document, inner) for inner in objects(word, "of") if inner is not word)
    return mode_of_weapon(word) is not None and not classes(document, word) & {"armed", "person"}


def _has_owner(document: Document, word: Word) -> bool:
    if word.pos in ("NUM", "PRON"):
        return any(_has_owner(document, inner) for inner in objects(word, "of"))
    names = names_of(document).by_word
    return word.child("poss") is not None or any(
        c.i in names for c in word.children if c.dep in ("amod", "compound", "nmod")
    )
