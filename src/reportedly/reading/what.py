"""The `what` layer: words that express events, with PLOVER type and mode and what fills their frames."""

from dataclasses import dataclass, field
from typing import Final

from reportedly.knowledge.classes import classes_of
from reportedly.knowledge.events import NO_EVENT, Need, Sense, Support, noun_senses, support_verbs, verb_senses
from reportedly.reading.names import antecedent, classes, compound_keys, mode_of_weapon, names_of
from reportedly.reading.syntax import Document, Sentence, Word, conjuncts, is_passive, is_time_word, objects, subject

_OBJECT_CONTROL: Final = frozenset(
    "urge ask order persuade convince force allow let permit tell instruct press pressure beg invite request "
    "enable help encourage induce compel oblige require direct command authorise authorize want expect get cause "
    "prevent stop call appeal demand task lead suspect believe report accuse allege threaten".split()
)
_SUBJECT_CONTROL: Final = frozenset("promise vow pledge swear threaten agree offer use send need".split())
_PREPOSITIONS_OF_CONTROL: Final = ("on", "upon", "for", "to")


@dataclass(slots=True, eq=False)
class EventMention:
    """An event as some words express it. `head` is the trigger's main word, `verb` the verb that governs it."""

    head: Word
    first: int
    last: int
    verb: Word
    sense: Sense
    type: str
    mode: str | None
    roles: dict[str, list[Word]] = field(default_factory=dict)
    tolls: dict[str, list[Word]] = field(default_factory=dict)
    negative: bool = False
    nominal: bool = False
    merged: list["EventMention"] = field(default_factory=list)
    why: str = ""

    def fill(self, role: str, words: list[Word]) -> None:
        """Add fillers of a role, each once."""
        if role == "none" or not words:
            return
        have = self.roles.setdefault(role, [])
        have += [w for w in words if w not in have]


class What:
    """Finds events. Input: the parsed words and names. Output: layer "events"."""

    name = "what"

    def __call__(self, document: Document) -> None:
        events: list[EventMention] = []
        for sentence in document.sentences:
            if sentence.heading:
                continue
            found = [e for w in document.sentence_words(sentence) if (e := self._event(document, w)) is not None]
            found = _without_parts(found)
            _share_partners(found)
            _find_partners(document, sentence, found)
            _answer_requests(found)
            _modes_of_requests(found)
            events += _split_by_weapon(_join(found))
        document.layers["events"] = events

    def _event(self, document: Document, word: Word) -> EventMention | None:
        if word.pos == "VERB" and word.dep not in ("amod", "compound", "aux") and not _names_victims(word):
            return verb_event(document, word)
        if word.pos == "NOUN" or (word.pos in ("PROPN", "VERB") and word.lower in noun_senses()):
            return noun_event(document, word)
        return None


def _names_victims(word: Word) -> bool:
    """ "three of the wounded", "left two dead and ten wounded": people, not a deed."""
    if word.tag != "VBN":
        return False
    if word.dep in ("pobj", "nsubj", "nsubjpass", "dobj"):
        return True
    beside = word.head if word.dep == "conj" else word
    return beside.lower == "dead" or (beside.dep in ("oprd", "acomp") and beside.head.lemma == "leave")


# ---------------------------------------------------------------------------------------------- verbs


def slot_fillers(verb: Word, slot: str) -> list[Word]:
    """Words in a grammatical slot of a verb, whatever its voice."""
    if slot == "obj":
        if is_passive(verb):
            return _passive_subject(verb)
        direct = [c for o in verb.all("dobj") for c in conjuncts(o)]
        if not direct and verb.dep in ("relcl",) and (verb.child("nsubj") is not None):
            # "the town that they took": the object is the noun the clause hangs on.
            direct = [verb.head] if verb.head.pos in ("NOUN", "PROPN") and _object_gap(verb) else []
        if not direct:
            # "injured between five and seven others"
            direct = [
                w
                for w in objects(verb, "between", "over", "around")
                if w.child("nummod") is not None and w.tag == "NNS"
            ]
        if not direct and not verb.all("prep", "ccomp", "xcomp"):
            shared = [c for c in verb.children if c.dep == "conj" and c.is_verb and c.i - verb.i <= 3]
            if shared and shared[0].child("nsubj") is None:
                direct = [c for o in shared[0].all("dobj") for c in conjuncts(o)]
        return [antecedent(w) for w in direct if w.lower != "what"]
    if slot == "subj":
        if is_passive(verb):
            return [antecedent(a) for o in objects(verb, "by") for a in conjuncts(o) if not is_time_word(a)]
        found = controlled_subject(verb)
        if found is None:
            return []
        # "it, and not the rival faction, was behind the raid"
        return [antecedent(c) for c in conjuncts(found) if c is found or not _ruled_out(c)]
    if slot == "iobj":
        return [c for o in verb.all("dative") if o.pos != "ADP" for c in conjuncts(o)]
    return [c for o in objects(verb, slot) for c in conjuncts(o) if not is_time_word(c)]


def _ruled_out(conjunct: Word) -> bool:
    return any(c.lower == "not" for c in conjunct.children) or any(
        c.lower == "not" and conjunct.head.i < c.i < conjunct.i for c in conjunct.head.children
    )


def _object_gap(verb: Word) -> bool:
    relative = [
        c for c in verb.children if c.tag in ("WDT", "WP", "IN") and c.lower in ("that", "which", "whom", "who")
    ]
    return not any(c.dep in ("nsubj", "nsubjpass") for c in relative)


def _passive_subject(verb: Word) -> list[Word]:
    own = verb.child("nsubjpass", "nsubj")
    if own is None and verb.dep == "acl":
        own = verb.head
    if own is None and verb.dep == "conj":
        own = subject(verb)
    if own is None and verb.dep in ("xcomp", "advcl"):
        own = controlled_subject(verb)
    return [antecedent(c) for c in conjuncts(own)] if own is not None else []


def controlled_subject(verb: Word) -> Word | None:
    """Who is understood to do what an infinitive or participle says; the plain subject otherwise."""
    for _ in range(6):
        own = subject(verb)
        if own is not None:
            return own
        head = verb.head
        if verb.dep == "conj":
            verb = head
            continue
        if verb.dep == "acl" and head.pos in ("NOUN", "PROPN", "PRON"):
            return _subject_of_noun_clause(verb, head)
        if verb.dep == "relcl":
            return head
        if (
            verb.dep in ("xcomp", "ccomp")
            and head.pos == "ADJ"
            and head.dep in ("acomp", "amod", "advcl", "oprd", "conj")
        ):
            verb = head.head
            continue
        if verb.dep in ("xcomp", "advcl", "ccomp") and head.is_verb:
            controller = _controller(head, verb.dep)
            if controller is not None:
                return controller
            if is_passive(head):
                passive = head.child("nsubjpass")
                if verb.dep == "xcomp":
                    return passive
                agents = objects(head, "by")
                return agents[0] if agents else None
            verb = head
            continue
        if verb.dep == "pcomp":
            governor = head.head
            if governor.is_verb and head.lower in ("of", "for", "from"):
                thing = governor.child("dobj", "nsubjpass")
                if thing is not None:
                    return thing
            if governor.is_verb:
                verb = governor
                continue
            if governor.pos in ("NOUN", "PROPN"):
                if governor.head.lemma in ("accuse", "blame", "suspect", "charge") and head.lower in ("of", "for"):
                    return governor
                return _owner(governor)
        return None
    return None


def _controller(head: Word, dep: str) -> Word | None:
    thing = head.child("dobj")
    if thing is not None and head.lemma in _OBJECT_CONTROL and head.lemma not in _SUBJECT_CONTROL:
        return thing
    if head.lemma in ("call", "appeal", "press", "push") and dep in ("xcomp", "advcl"):
        found = [w for w in objects(head, *_PREPOSITIONS_OF_CONTROL) if not is_time_word(w)]
        if found:
            return found[0]
    return None


def _owner(noun: Word) -> Word | None:
    own = noun.child("poss")
    if own is not None:
        return own
    by = objects(noun, "by")
    if by:
        return by[0]
    if noun.dep in ("dobj", "pobj"):
        for above in noun.ancestors():
            if above.is_verb:
                return controlled_subject(above)
    return None


def _subject_of_noun_clause(verb: Word, noun: Word) -> Word | None:
    if verb.tag == "VBG":
        return noun
    if verb.tag == "VBN":
        return None
    if noun.lemma in _REQUESTS:
        # "rejected a demand to withdraw": whoever answers is who should.
        above = noun.head
        return (
            controlled_subject(above) if noun.dep == "dobj" and above.is_verb and above.lemma not in _MAKING else None
        )
    return _owner(noun)


_REQUESTS: Final = frozenset("request demand call appeal plea ultimatum order".split())
_MAKING: Final = frozenset("make issue send submit renew repeat reiterate have".split())


def _holds(document: Document, verb: Word, need: Need) -> bool:
    slot = need.slot
    if slot == "passive":
        return is_passive(verb) is not need.forbidden
    if slot == "no-obj":
        return not slot_fillers(verb, "obj")
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


def _parts(verb: Word) -> dict[str, Word]:
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


def _index_by_first(keys: list[str]) -> dict[str, list[tuple[str, ...]]]:
    index: dict[str, list[tuple[str, ...]]] = {}
    for key in keys:
        first, *rest = key.split()
        index.setdefault(first, []).append(tuple(rest))
    return {k: sorted(v, key=len, reverse=True) for k, v in index.items()}


_VERBS: Final = _index_by_first(list(verb_senses()))
_SUPPORTS: Final = _index_by_first(list(support_verbs()))


def verb_event(document: Document, verb: Word) -> EventMention | None:
    """The event that a verb expresses, by the first of its senses whose needs hold."""
    options = _VERBS.get(verb.lemma)
    if not options:
        return None
    parts = _parts(verb) if any(options) else {}
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
            event.why = f"verb “{key}”" + _needs_in_words(sense)
            _fill_verb(event, verb)
            _infer_mode(document, event)
            return event
    return None


def _needs_in_words(sense: Sense) -> str:
    shown = [
        f"{'no ' if n.forbidden else ''}{n.slot}{' in ' + '/'.join(sorted(n.classes)) if n.classes else ''}"
        for n in sense.needs
    ]
    return f" with {', '.join(shown)}" if shown else ""


def _fill_verb(event: EventMention, verb: Word) -> None:
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
        if role == "patient" and event.sense.toll:
            event.tolls.setdefault(event.sense.toll, []).extend(fillers)


def _infer_mode(document: Document, event: EventMention) -> None:
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
    """ "shells (suspected to have been) fired by the rebels landed"."""
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


# ---------------------------------------------------------------------------------------------- nouns


def noun_event(document: Document, noun: Word) -> EventMention | None:
    """The event that a noun expresses, if it has a support verb or details of its own."""
    if (noun.dep in ("compound", "nmod", "amod", "npadvmod") and not _names_an_operation(noun)) or noun.i in names_of(
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
                event.why = f"noun “{key}”{_needs_in_words(sense)}; {event.why}"
                _infer_mode(document, event)
                return event
            return None
    return None


_CARRYING_OUT: Final = frozenset(
    "execution implementation launch start beginning resumption conduct planning preparation continuation "
    "escalation outbreak renewal".split()
)
_OPERATIONS: Final = frozenset("operation campaign attempt activity mission act spree wave incident plot".split())


def _named_by_its_modifier(noun: Word) -> bool:
    """ "operations" in "kidnapping operations"."""
    return noun.lemma in _OPERATIONS and any(_names_an_operation(c) and c.lemma in noun_senses() for c in noun.children)


def _names_an_operation(noun: Word) -> bool:
    """ "kidnapping operations": the modifier says what is done."""
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


_ACTOR_CLASSES: Final = frozenset({"armed", "group", "state", "person", "government", "igo", "police"})


def _noun_with_details(document: Document, noun: Word, sense: Sense) -> EventMention | None:
    event = EventMention(noun, noun.i, noun.i, noun, sense, sense.type, sense.mode, nominal=True)
    details = 0
    base = noun.head if _names_an_operation(noun) else noun
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
                and (c.i in names_of(document).by_word or (classes(document, c) & _ACTOR_CLASSES and c.pos != "PROPN"))
            ]
        else:
            fillers = [c for o in objects(base, slot) for c in conjuncts(o) if not is_time_word(c)]
            if slot in ("between", "with", "among"):
                # "the exchange of information between the two": the parser hangs it on the nearer noun.
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
        event.fill("actor", [w for w in other if classes(document, w) & _ACTOR_CLASSES])
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
    noun = event.head.head if _names_an_operation(event.head) else event.head
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
        if rest and not all(r in _parts(verb) for r in rest):
            continue
        for support in support_verbs()[" ".join((verb.lemma, *rest))]:
            if place in support.places and (not support.types or kind in support.types):
                return support
    return None


# ---------------------------------------------------------------------------------------------- joining


def _answer_requests(events: list[EventMention]) -> None:
    """ "A rejected a demand by B": the demand is to A, the rejection to B."""
    by_head = {e.head.i: e for e in events}
    for answer in events:
        if answer.type not in ("REJECT", "AGREE", "CONCEDE") or answer.nominal:
            continue
        for thing in answer.head.all("dobj", "nsubjpass"):
            request = by_head.get(thing.i)
            if request is not None and request.type == "REQUEST" and request.nominal:
                request.fill("recipient", answer.roles.get("actor", []))
                if not answer.roles.get("recipient"):
                    answer.fill("recipient", request.roles.get("actor", []))


_REQUEST_MODES: Final = {
    "RETREAT": "yield", "CONCEDE": "yield", "COERCE": "yield", "AGREE": "change", "AID": "assist", "MOBILIZE": "assist",
    "COOPERATE": "assist", "SUPPORT": "assist", "CONSULT": "meet",
}  # fmt: skip
_REJECTED: Final = {
    "mediation": "assist", "help": "assist", "aid": "assist", "talk": "meet", "meeting": "meet", "negotiation": "meet", "dialogue": "meet",
    "invitation": "meet", "ceasefire": "yield", "truce": "yield", "demand": "yield", "ultimatum": "yield", "proposal": "change",
    "plan": "change", "offer": "change",
}  # fmt: skip


def _modes_of_requests(events: list[EventMention]) -> None:
    """What is asked for, or refused, gives the mode of REQUEST and REJECT; who should do it is whom one asks."""
    by_head = {e.head.i: e for e in events}
    for event in events:
        if event.type not in ("REQUEST", "REJECT"):
            continue
        clauses = [c for c in event.head.children if c.dep in ("xcomp", "ccomp", "acl", "advcl") and c.i > event.head.i]
        for thing in event.head.all("dobj"):
            clauses += [c for c in thing.children if c.dep in ("acl", "relcl")] + [thing]
        asked = next((by_head[c.i] for c in clauses if c.i in by_head), None)
        if event.mode is None:
            named = next((_REJECTED[w.lemma] for w in event.head.all("dobj") if w.lemma in _REJECTED), None)
            event.mode = _REQUEST_MODES.get(asked.type) if asked is not None else None
            event.mode = event.mode or named or ("change" if event.type == "REQUEST" else None)
        if event.type == "REQUEST" and asked is not None and not asked.nominal:
            if not event.roles.get("recipient") and not event.roles.get("patient") and asked.head.dep == "ccomp":
                event.fill("recipient", asked.roles.get("actor", []))


def _split_by_weapon(events: list[EventMention]) -> list[EventMention]:
    """ "fired missiles and drones": an attack for each kind of weapon."""
    out: list[EventMention] = []
    for event in events:
        out.append(event)
        tools = event.roles.get("means", [])
        if event.type != "ASSAULT" or event.nominal or event.sense.roles.get("obj") != "means" or len(tools) < 2:
            continue
        first = mode_of_weapon(tools[0])
        for tool in tools[1:]:
            mode = mode_of_weapon(tool)
            if mode is None or mode == first or tool.dep != "conj":
                continue
            roles = {role: list(words) for role, words in event.roles.items()} | {"means": [tool]}
            other = EventMention(tool, tool.i, tool.i, event.verb, event.sense, event.type, mode, roles)
            other.why = f"{event.why}; by another kind of weapon"
            event.roles["means"] = [w for w in event.roles["means"] if w is not tool]
            out.append(other)
    return out


def _without_parts(events: list[EventMention]) -> list[EventMention]:
    """Nouns within a verb of several words tell of the verb's event: "reached an agreement with"."""
    verbs = [e for e in events if not e.nominal and e.last > e.first]
    kept = []
    for event in events:
        host = next((v for v in verbs if event.nominal and v.first <= event.head.i <= v.last), None)
        if host is None:
            kept.append(event)
        elif host.type == event.type:
            for role in ("actor", "recipient"):
                host.fill(role, [w for w in event.roles.get(role, []) if w is not host.head])
    return kept


def _find_partners(document: Document, sentence: Sentence, events: list[EventMention]) -> None:
    """ "held a meeting in the capital, which lasted two days, with leaders of the group": the other side may stand far off."""
    mutual = [e for e in events if e.type in ("CONSULT", "AGREE") and not e.roles.get("recipient")]
    for event in mutual:
        if len(event.roles.get("actor", [])) > 1:
            continue
        for word in document.words[event.last + 1 : sentence.last + 1]:
            if word.lower != "with" or word.dep != "prep" or word.head in event.roles.get("actor", []):
                continue
            others = [w for w in word.children if w.dep == "pobj" and classes(document, w) & _ACTOR_CLASSES]
            if others and not any(e is not event and not e.nominal and e.head is word.head for e in events):
                event.fill("recipient", [c for w in others for c in conjuncts(w)])
                break


def _share_partners(events: list[EventMention]) -> None:
    """ "A met B and reached an agreement": with B."""
    for event in events:
        verb = event.verb
        if event.type in ("AGREE", "COOPERATE", "CONSULT") and not event.roles.get("recipient") and verb.dep == "conj":
            for other in events:
                if other.type == "CONSULT" and other.head is verb.head:
                    event.fill("recipient", other.roles.get("recipient", []) + other.roles.get("patient", []))


def _join(events: list[EventMention]) -> list[EventMention]:
    """Bring triggers of one happening in one sentence together; the governing one stays."""
    by_head = {e.head.i: e for e in events}
    gone: set[int] = set()
    for event in events:
        host = _host(event, by_head)
        while host is not None and host.head.i in gone:
            host = next((e for e in events if event in e.merged or host in e.merged), None)
        if host is None or host is event:
            continue
        gone.add(event.head.i)
        if host.type != event.type:
            continue
        host.merged.append(event)
        _absorb(host, event)
    return [e for e in events if e.head.i not in gone]


def _absorb(host: EventMention, event: EventMention) -> None:
    if host.mode is None or (host.sense.toll and not host.sense.mode and event.mode):
        host.mode = event.mode or host.mode
    for role, fillers in host.roles.items():
        if role != "means":
            host.roles[role] = [w for w in fillers if w is not event.head]
    actors = event.roles.get("actor", [])
    if not host.roles.get("actor"):
        host.fill("actor", [a for a in actors if a is not host.head])
    for role in ("patient", "recipient", "target", "means", "taken", "shot"):
        host.fill(role, [w for w in event.roles.get(role, []) if w is not host.head])
    for key, words in event.tolls.items():
        host.tolls.setdefault(key, []).extend(words)


def _host(event: EventMention, by_head: dict[int, EventMention]) -> EventMention | None:
    """The event of the same sentence that this trigger only tells more of."""
    word = event.head
    # A noun under its own event verb: "imposed sanctions", "signed an agreement", "killed in an ambush".
    if event.nominal:
        verb = event.verb if event.verb is not word else word.head
        if word.dep == "pobj" and word.head.dep in ("prep", "agent"):
            verb = word.head.head
        other = by_head.get(verb.i)
        if other is not None and other.mode == "ceasefire" and word.dep == "dobj":
            return other  # "stop attacks": what is stopped is no claim of its own
        if other is not None and other is not event and _same_kind(other, event) and word.dep in (
            "dobj", "nsubjpass", "nsubj", "csubj", "pobj", "attr", "conj",
        ):  # fmt: skip
            told = ("in", "during", "by", "with", "of", "from", "on", *(("for",) if event.type == "CONSULT" else ()))
            if word.dep == "pobj" and word.head.lower not in told:
                return None
            return other
        return None
    # A participle or coordinated verb of harm after the deed: "shelled the port, killing two and wounding five".
    other = None
    if word.dep in ("advcl", "conj", "relcl", "acl", "xcomp", "ccomp", "pcomp"):
        head = word.head
        for _ in range(4):
            other = by_head.get(head.i) or next(
                (by_head[c.i] for c in head.children if c.i in by_head and _names_an_operation(c)), None
            )
            if other is not None or head.head is head:
                break
            if head.dep in ("prep", "conj", "pobj", "dobj", "nsubj", "nsubjpass"):
                head = head.head
            else:
                break
    if other is not None and other.type == "ACCUSE" and _plain_harm(event) and word.dep == "advcl":
        # "accused the army of bombing the town, killing four"
        inside = [e for e in by_head.values() if e.type == "ASSAULT" and other.head.i < e.head.i < word.i]
        return inside[-1] if inside else None
    if (
        other is not None
        and other.nominal
        and other.type == event.type
        and word.dep in ("relcl", "acl")
        and (word.head is other.head or other.head.head is word.head)
    ):
        return other
    if other is None or other.type != "ASSAULT" or event.type != "ASSAULT":
        return None
    if (
        word.dep == "advcl"
        and _plain_harm(other)
        and any(c.lower in ("when", "as", "after") for c in word.children if c.i < word.i)
    ):
        return other  # "two were killed when a bomb hit the house"
    manner = word.dep == "advcl" and event.sense.toll == "killed" and other.mode is None  # "attacked it, beheading two"
    if _plain_harm(event) or manner or (_plain_harm(other) and word.dep in ("relcl", "acl")):
        if (
            word.dep == "conj"
            and word.child("nsubj", "nsubjpass") is not None
            and not (_plain_harm(other) and is_passive(word))
        ):
            return None
        if word.dep == "conj" and other.sense.mode and not _plain_harm(other):
            return None
        if word.dep == "advcl" and any(c.dep == "mark" for c in word.children):
            return None
        return other
    return None


def _plain_harm(event: EventMention) -> bool:
    return event.sense.toll in ("killed", "injured") and event.sense.mode is None


def _same_kind(one: EventMention, other: EventMention) -> bool:
    return one.type == other.type
