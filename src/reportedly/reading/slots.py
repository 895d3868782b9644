"""Who fills a verb's grammatical slots, whatever its voice, and who is understood where a clause names nobody."""

from typing import Final

from reportedly.reading.names import antecedent
from reportedly.reading.syntax import Word, conjuncts, is_passive, is_time_word, objects, subject

_OBJECT_CONTROL: Final = frozenset(
    "urge ask order persuade convince force allow let permit tell instruct press pressure beg invite request "
    "enable help encourage induce compel oblige require direct command authorise authorize want expect get cause "
    "prevent stop call appeal demand task lead suspect believe report accuse allege threaten".split()
)
_SUBJECT_CONTROL: Final = frozenset("promise vow pledge swear threaten agree offer use send need".split())
_PREPOSITIONS_OF_CONTROL: Final = ("on", "upon", "for", "to")


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
            # "arrested between thirty and forty men"
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
