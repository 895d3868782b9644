"""Repairs of the grammar where news English misleads the parser, each for one pattern that recurs."""

from itertools import pairwise
from typing import Final

from reportedly.knowledge.actors import find_names
from reportedly.knowledge.classes import classes_of
from reportedly.knowledge.events import noun_senses, verb_senses
from reportedly.knowledge.reporting import cues
from reportedly.reading.syntax import Word

_TRAILING: Final = frozenset(
    "say tell add report announce reveal state note confirm claim warn explain believe expect predict stress "
    "write disclose insist argue allege recall testify recount estimate fear".split()
)
_NOUN: Final = frozenset({"NOUN", "PROPN", "PRON"})


def move(word: Word, head: Word, dep: str) -> None:
    """Attach a word elsewhere; a move that would make a circle is not made."""
    climber = head
    while climber.head is not climber:
        if climber is word:
            return
        climber = climber.head
    if climber is word and head is not word:
        return
    if word.head is not word:
        word.head.children.remove(word)
    word.head, word.dep = head, dep
    head.children.append(word)
    head.children.sort(key=lambda w: w.i)


def _make_root(word: Word, old: Word, dep_of_old: str) -> None:
    if word.head is not word:
        word.head.children.remove(word)
    word.head, word.dep = word, "ROOT"
    if old is not word:
        old.head, old.dep = word, dep_of_old
        word.children.append(old)
        word.children.sort(key=lambda w: w.i)


def repair(words: list[Word]) -> None:
    """Repair one sentence's tree in place."""
    if not words:
        return
    _name_that_begins_with_a_verb(words)
    _shot_dead(words)
    _trailing_attribution(words)
    _reduced_relative(words)
    _conjunct_of_the_outer_verb(words)
    _noun_that_is_a_verb(words)
    _verb_that_is_a_participle(words)
    _name_after_its_kind(words)
    _deed_after_its_victim(words)
    _charge_after_the_accused(words)
    _told_reporters(words)
    _clause_before_the_speaker(words)
    _clause_around_the_speaker(words)
    _speech_after_what_was_said(words)


def _name_that_begins_with_a_verb(words: list[Word]) -> None:
    """ "Save the Children called on": a known name at the head of a sentence, read as a command."""
    if not words[0].is_verb:
        return
    match = next((m for m in find_names([w.text for w in words]) if m.start == 0 and m.end > 1), None)
    if match is None or match.end >= len(words):
        return
    name, inside = words[match.end - 1], words[: match.end]
    verb = next((w for w in words[match.end :] if w.is_verb and w.tag in ("VBD", "VBZ", "VBP", "VBN")), None)
    if verb is None:
        return
    for word in inside:
        word.pos, word.tag = "PROPN", "NNP"
    if verb.head is not verb:
        verb.head.children.remove(verb)
    verb.head, verb.dep, verb.tag = verb, "ROOT", "VBD" if verb.tag == "VBN" else verb.tag
    for word in words:
        if word not in inside and word is not verb and word.head in inside:
            move(word, verb, word.dep if word.dep != "nsubj" else "dep")
    for word in inside:
        if word.head is not word:
            word.head.children.remove(word)
        word.head, word.dep = (verb, "nsubj") if word is name else (name, "compound")
    name.children = [w for w in inside if w is not name] + [w for w in name.children if w not in inside]
    verb.children = sorted([name, *(w for w in verb.children if w not in inside)], key=lambda w: w.i)


def _root(words: list[Word]) -> Word:
    return next((w for w in words if w.head is w), words[0])


def _trailing_attribution(words: list[Word]) -> None:
    """ "..., a police officer told our team.": the parser takes the speaker for an apposition of what stands before."""
    for k in range(len(words) - 1, 2, -1):
        verb = words[k]
        if not (verb.pos in ("VERB", "AUX") and verb.lemma in _TRAILING and verb.tag in ("VBD", "VBZ", "VBP")):
            continue
        own = next((c for c in verb.children if c.dep in ("nsubj", "nsubjpass")), None)
        rest = words[k + 1 :]
        if any(w.dep in ("ccomp",) and w.head is verb and w.is_verb for w in rest) or any(
            w.lower == "that" for w in rest[:1]
        ):
            return
        comma = next((i for i in range(k - 1, max(0, k - 14), -1) if words[i].text in (",", "”", '"')), None)
        if comma is None or comma + 1 == k or comma < 3:
            return
        between = words[comma + 1 : k]
        if any(
            (w.pos in ("VERB", "SCONJ") and w.tag not in ("VBG", "VBN"))
            or w.lower in ("who", "which", "but", "that", "as")
            for w in between
        ):
            return
        head = _phrase_head(between)
        if head is None or (own is not None and own.i > words[comma].i and verb.head is verb):
            return
        root = _root(words)
        if not any(w.is_verb for w in words[:comma]):
            return
        old_subject = own if own is not None and own.i <= words[comma].i else None
        for w in between:
            if w is not head and not (comma < words.index(w.head) < k if w.head in words else False):
                move(w, head, w.dep if w.dep != "ROOT" else "dep")
        if verb is not root:
            if root.i < words[comma].i:
                _make_root(verb, root, "ccomp")
            else:
                return
        move(head, verb, "nsubj")
        for w in words[:comma]:
            if w.head is verb and w.dep in ("prep", "advmod", "npadvmod", "advcl", "punct") and root is not verb:
                move(w, root, w.dep)
        before = words[words.index(_leftmost(old_subject)) - 1] if old_subject is not None else None
        if old_subject is not None and before is not None and before.tag == "VBG":
            move(old_subject, before, "dobj")  # "killing two soldiers, two sources told"
        elif old_subject is not None and root is verb:
            inner = next((w for w in words[:comma] if w.is_verb and w.head in (verb, old_subject)), None)
            if inner is not None:
                move(inner, verb, "ccomp")
                move(old_subject, inner, "nsubj")
        return


def _reduced_relative(words: list[Word]) -> None:
    """ "Three drivers abducted on the road were released": the first verb only describes the drivers."""
    for second in words:
        first = second.head
        if second.dep != "conj" or not (first.is_verb and second.is_verb) or first.tag not in ("VBD", "VBN"):
            continue
        aux = next((c for c in second.children if c.dep in ("aux", "auxpass")), None)
        own = next((c for c in second.children if c.dep in ("nsubj", "nsubjpass")), None)
        thing = next((c for c in first.children if c.dep == "nsubj" and c.i < first.i), None)
        if aux is None or own is not None or thing is None:
            continue
        if any(c.dep in ("aux", "auxpass", "dobj", "ccomp", "neg") for c in first.children):
            continue
        between = [w for w in words if first.i < w.i < aux.i]
        if any(w.dep == "cc" or w.text in (",", ";") for w in between) or not between:
            continue
        head, dep = first.head, first.dep
        first.children.remove(second)
        second.head, second.dep = second, "ROOT"
        if head is not first:
            move(second, head, dep)
        move(thing, second, "nsubjpass" if any(c.dep == "auxpass" for c in second.children) else "nsubj")
        if first.head is not first:
            first.head.children.remove(first)
        first.head, first.dep, first.tag = thing, "acl", "VBN"
        thing.children.append(first)
        for child in [c for c in first.children if c.dep == "punct" and c.i > second.i]:
            move(child, second, "punct")


def _leftmost(word: Word) -> Word:
    """The first word of a noun phrase."""
    first = word
    for child in word.children:
        if child.i < first.i:
            first = _leftmost(child)
    return first


def _phrase_head(between: list[Word]) -> Word | None:
    """Head of a noun phrase that fills these words: its last noun before any preposition."""
    head = None
    for word in between:
        if word.pos in ("ADP", "CCONJ"):
            break
        if word.pos in _NOUN:
            head = word
        elif word.pos not in ("DET", "ADJ", "NUM", "PUNCT", "PART", "ADV", "VERB"):
            return None
    return head


def _conjunct_of_the_outer_verb(words: list[Word]) -> None:
    """ "X denied that A had fired and accused B": a plain past beside "had fired" goes with "denied"."""
    table = cues()
    for verb in words:
        if (
            verb.dep != "conj"
            or verb.tag not in ("VBD", "VBZ")
            or any(c.dep in ("aux", "nsubj", "nsubjpass", "auxpass") for c in verb.children)
        ):
            continue
        inner = verb.head
        while inner.dep == "conj":
            inner = inner.head
        if inner.dep not in ("ccomp", "relcl", "advcl", "xcomp") or not inner.is_verb:
            continue
        outer = inner.head
        if inner.dep == "relcl" or not outer.is_verb:
            while not outer.is_verb and outer.head is not outer:
                outer = outer.head
        if inner.dep == "xcomp" and inner.tag != "VB":
            continue
        perfect = any(c.dep in ("aux", "auxpass") for c in inner.children)
        if outer.is_verb and outer.tag == verb.tag and perfect and (inner.dep == "xcomp" or verb.lemma in table):
            move(verb, outer, "conj")


def _noun_that_is_a_verb(words: list[Word]) -> None:
    """ "demanding that the minister resign": a bare subjunctive read as a noun."""
    for word in words:
        if word.pos not in ("NOUN", "PROPN"):
            continue
        has_subject = any(c.dep in ("nsubj", "nsubjpass") for c in word.children)
        if has_subject and word.lower in cues() and any(c.dep == "ccomp" for c in word.children):
            word.pos, word.tag, word.lemma = "VERB", "VBP", word.lower
            continue
        if word.dep not in ("ccomp", "xcomp") or word.lower not in verb_senses():
            continue
        if not any(c.dep == "mark" for c in word.children):
            continue
        word.pos, word.tag, word.lemma = "VERB", "VB", word.lower
        if not any(c.dep in ("nsubj", "nsubjpass") for c in word.children):
            nouns = [c for c in word.children if c.i < word.i and c.pos in _NOUN]
            if nouns:
                nouns[-1].dep = "nsubj"


def _verb_that_is_a_participle(words: list[Word]) -> None:
    """ "said that the militia informed leaders": the verb read as a modifier of its object."""
    for noun in words:
        mark = next((c for c in noun.children if c.dep == "mark" and c.lower == "that"), None)
        if noun.pos not in _NOUN or mark is None or not noun.head.is_verb:
            continue
        verb = next((c for c in noun.children if c.dep == "amod" and c.tag in ("VBN", "VBD") and c.i < noun.i), None)
        doer = (
            next((c for c in verb.children if c.dep == "npadvmod" and c.i < verb.i), None) if verb is not None else None
        )
        if verb is None or doer is None:
            continue
        governor = noun.head
        move(verb, governor, "ccomp")
        verb.tag, verb.pos = "VBD", "VERB"
        doer.dep = "nsubj"
        move(mark, verb, "mark")
        move(noun, verb, "dobj")
        for child in list(noun.children):
            if child.i < verb.i and child.dep in ("det", "amod", "compound", "poss"):
                move(child, doer, child.dep)
            elif child.i > noun.i and child.dep == "prep" and child.lower != "of":
                move(child, verb, "prep")


def _name_after_its_kind(words: list[Word]) -> None:
    """ "the state agency SANA", "the rights group RNDDH": a known name right after its kind is its apposition."""
    for match in find_names([w.text for w in words]):
        if match.use != "actor" or match.start == 0:
            continue
        name, kind = words[match.end - 1], words[match.start - 1]
        if (
            kind.pos == "NOUN"
            and name.head is not kind
            and name.dep in ("ccomp", "dep", "oprd", "dobj", "xcomp", "acl", "npadvmod", "appos")
            and kind.head is not name
        ):
            move(name, kind, "appos")
            if name.pos not in ("PROPN", "NOUN"):
                name.pos, name.tag = "PROPN", "NNP"


def _shot_dead(words: list[Word]) -> None:
    """ "Gunmen on a motorcycle shot dead a judge": read as a noun that a dead judge has."""
    for shot, dead in pairwise(words):
        if shot.lower != "shot" or dead.lower != "dead" or shot.is_verb:
            continue
        victim, root = shot.head, _root(words)
        nouns = [w for w in words if w.i < shot.i and w.pos in _NOUN]
        if victim.i < shot.i or root.i >= shot.i or root.pos not in _NOUN or not nouns:
            return
        shot.pos, shot.tag, shot.lemma = "VERB", "VBD", "shoot"
        before = victim.head
        _make_root(shot, root, "nsubj")
        if before is not root and before.i < shot.i and nouns[-1].i > before.i:
            move(nouns[-1], before, "pobj")
        move(victim, shot, "dobj")
        move(dead, shot, "advmod")
        for child in [c for c in victim.children if c.dep == "prep" and c.i > victim.i]:
            move(child, shot, "prep")
        return


def _deed_after_its_victim(words: list[Word]) -> None:
    """ "Killed nine men in air strikes north of it": the strikes belong to the killing, not to the men."""
    for noun in words:
        if noun.dep not in ("dobj", "nsubjpass") or not noun.head.is_verb or not classes_of(noun.lemma) & _PEOPLE:
            continue
        for prep in [c for c in noun.children if c.dep == "prep" and c.lower in ("in", "during") and c.i > noun.i]:
            deed = prep.child("pobj")
            if (
                deed is not None
                and deed.pos == "NOUN"
                and deed.lemma in noun_senses()
                and noun.head.lemma in verb_senses()
            ):
                move(prep, noun.head, "prep")


def _charge_after_the_accused(words: list[Word]) -> None:
    """ "Accused the army of a massacre": the charge belongs to accusing, not to the army."""
    for noun in words:
        verb = noun.head
        if noun.dep not in ("dobj", "nsubjpass") or verb.lemma not in (
            "accuse",
            "suspect",
            "convict",
            "acquit",
            "absolve",
        ):
            continue
        for prep in [c for c in noun.children if c.dep == "prep" and c.lower == "of" and c.i > verb.i]:
            move(prep, verb, "prep")


def _clause_before_the_speaker(words: list[Word]) -> None:
    """ "Nine were killed when a bomb went off, the mayor wrote": what stands before the speaker was all said."""
    for verb in words:
        said = verb.child("ccomp")
        speakers = verb.all("nsubj")
        speaker = speakers[-1] if speakers else None
        if said is not None and len(speakers) == 2 and said.i < speakers[0].i < speakers[1].i < verb.i:
            _give_back(speakers[0], said)
        if verb.lemma not in _TRAILING or said is None or speaker is None or not said.i < speaker.i < verb.i:
            continue
        for child in [c for c in verb.children if c.dep in ("advcl", "prep", "npadvmod") and said.i < c.i < speaker.i]:
            move(child, said, child.dep)


def _clause_around_the_speaker(words: list[Word]) -> None:
    """ "Gunmen killed four traders, a resident said, and burned two shops": what goes on after the speaker was said as well, of who it was said of."""
    for verb in words:
        said, speaker = verb.child("ccomp"), verb.child("nsubj")
        if verb.lemma not in _TRAILING or said is None or speaker is None or not said.i < speaker.i < verb.i:
            continue
        goes_on = [c for c in verb.children if c.dep == "conj" and c.i > verb.i and c.is_verb and c.lemma not in cues()]
        after = words[words.index(verb) + 1 :]
        if len(goes_on) != 1 or len(after) < 2 or after[0].text != "," or after[1].dep != "cc":
            continue
        move(after[1], said, "cc")
        move(goes_on[0], said, "conj")


def _told_reporters(words: list[Word]) -> None:
    """ "Told reporters troops would retake it": two nouns that are not one name."""
    for told, whom in pairwise(words):
        if told.lemma == "tell" and whom.lower in ("reporters", "journalists") and whom.dep in ("compound", "nmod"):
            move(whom, told, "dobj")


def _give_back(noun: Word, said: Word) -> None:
    """ "Nine were killed and some 400 forced from home, the mayor said": who was forced, taken for who said so."""
    deed = next((c for c in noun.children if c.dep == "acl" and c.tag in ("VBN", "VBD")), None)
    if deed is None:
        move(noun, said, "dep")
        return
    deed.head.children.remove(deed)
    deed.head = said
    said.children.append(deed)
    deed.dep = "conj"
    move(noun, deed, "nsubjpass")


def _speech_after_what_was_said(words: list[Word]) -> None:
    """ "A group said the dead were civilians and accused the army": who says it accuses, not the dead."""
    for verb in words:
        inner = verb.head
        outer = inner.head
        if (
            verb.dep != "conj"
            or verb.tag not in ("VBD", "VBZ")
            or verb.lemma not in _SPEECH_ACTS
            or inner.lemma != "be"
        ):
            continue
        if (
            inner.dep == "ccomp"
            and outer is not inner
            and outer.lemma in cues()
            and outer.tag in ("VBD", "VBZ")
            and outer.i < inner.i
        ):
            move(verb, outer, "conj")


_PEOPLE: Final = frozenset({"person", "armed", "civilian", "troops"})
_SPEECH_ACTS: Final = frozenset(
    "accuse deny reject blame condemn warn vow urge call demand threaten criticise criticize denounce".split()
)
