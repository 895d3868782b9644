"""The `who_says` layer: cues of attribution with their sources and the words they hand over."""

from dataclasses import dataclass, field
from typing import Final

from reportedly.knowledge.reporting import Cue, cue_phrases, cues
from reportedly.model.record import Quote
from reportedly.reading.names import antecedent, classes, names_of
from reportedly.reading.slots import controlled_subject
from reportedly.reading.syntax import Document, Sentence, Word, is_passive, objects, subject

Range = tuple[int, int]
_POINT_WORDS: Final = frozenset("point clause article provision item paragraph term section part".split())
_ORDINALS: Final = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth last final other".split()
)
_STATES: Final = frozenset(
    "state provide stipulate ensure call require include concern ban oblige specify say set cover commit bind "
    "allow grant mention foresee deal relate".split()
)
_FURTHER: Final = frozenset("additionally moreover furthermore also besides likewise".split())
_NOBODY: Final = frozenset(
    {"it", "there", "this", "that", "which", "what", "nobody", "everyone", "you", "one", "many", "most"}
)
_NOT_MEDIA: Final = frozenset(
    "reporter journalist team parliament lawmaker conference briefing council court crowd rally us we audience "
    "medium media summit".split()
)


@dataclass(slots=True, eq=False)
class Attributed:
    """One attribution: the source's head noun (None where only the context tells), cue and content."""

    source: Word | None
    cue_first: int
    cue_last: int
    cue: Cue
    content: list[Range]
    medium: list[Word] = field(default_factory=list)
    """Agencies and papers that the source spoke to: outer links before it."""
    carried_from: "Attributed | None" = None
    aside: bool = False
    """A comparing clause, "as T had claimed": beside what the sentence's own source says, not under it."""
    inner: bool = False
    """Cited by the source of the same content: "Radio, citing an official, said"."""
    event_only: bool = False
    """The content is an event noun or gerund ("denied the ambush", "accused X of shelling")."""

    def covers(self, i: int) -> bool:
        return any(a <= i <= b for a, b in self.content)

    def size(self) -> int:
        return sum(b - a + 1 for a, b in self.content)


class AttributionIndex:
    """Attributions by the sentences that their contents and cues stand in."""

    def __init__(self, document: Document, attributions: list[Attributed]) -> None:
        self._by_content: dict[int, list[Attributed]] = {}
        self._by_cue: dict[int, list[Attributed]] = {}
        self._by_source: dict[int, list[Attributed]] = {}
        for attributed in attributions:
            sentences = {
                index
                for first, last in attributed.content
                if first <= last
                for index in range(document.words[first].sentence, document.words[last].sentence + 1)
            }
            for index in sentences:
                self._by_content.setdefault(index, []).append(attributed)
            self._by_cue.setdefault(document.words[attributed.cue_first].sentence, []).append(attributed)
            if attributed.source is not None:
                self._by_source.setdefault(attributed.source.sentence, []).append(attributed)

    def covering(self, word: Word) -> list[Attributed]:
        """Attributions whose content holds a word."""
        return [a for a in self._by_content.get(word.sentence, ()) if a.covers(word.i)]

    def over(self, word: Word) -> list[Attributed]:
        """Attributions that hand a word over, not by it itself: the widest first, as a chain goes."""
        found = [a for a in self.covering(word) if not a.cue_first <= word.i <= a.cue_last]
        return sorted(found, key=lambda a: (-a.size(), a.inner, a.cue_first))

    def by_cue(self, sentence: int) -> list[Attributed]:
        """Attributions whose cue stands in a sentence."""
        return self._by_cue.get(sentence, [])

    def by_source(self, sentence: int) -> list[Attributed]:
        """Attributions whose source stands in a sentence."""
        return self._by_source.get(sentence, [])


class WhoSays:
    """Finds attributions. Input: the parsed words. Output: layer "attributions", in the order of their cues."""

    name = "who_says"

    def __call__(self, document: Document) -> None:
        found: list[Attributed] = []
        for sentence in document.sentences:
            here: list[Attributed] = []
            words = document.sentence_words(sentence)
            for word in words:
                if word.pos in ("VERB", "AUX"):
                    here += _by_verb(document, sentence, word)
            here += _by_phrase(document, sentence, words)
            here += _by_noun(words)
            for attributed in here:
                if attributed.inner:
                    _share_content(attributed, here)
            if not here:
                carried = _carried(document, sentence, found)
                if carried is not None:
                    here.append(carried)
            found += here
        _continue_quotations(document, found)
        ordered = sorted(found, key=lambda a: (a.cue_first, -a.size()))
        document.layers["attributions"] = ordered
        document.layers["attribution_index"] = AttributionIndex(document, ordered)


def _share_content(inner: Attributed, here: list[Attributed]) -> None:
    """Whom a source cites says the same as the source."""
    hosts = [a for a in here if a is not inner and not a.inner and not a.event_only]
    if hosts:
        host = min(hosts, key=lambda a: abs(a.cue_first - inner.cue_first))
        inner.content = list(host.content)


def _cue_of(verb: Word) -> tuple[Cue, int, int] | None:
    table = cues()
    for child in verb.children:
        if child.dep in ("prt", "dobj", "acomp", "oprd") and (cue := table.get(f"{verb.lemma} {child.lemma}")):
            return cue, verb.i, max(verb.i, child.i) if child.i - verb.i <= 2 else verb.i
    cue = table.get(verb.lemma)
    return (cue, verb.i, verb.i) if cue else None


def _source_ok(document: Document, word: Word) -> bool:
    """Whether a subject can be somebody who says: people, bodies, documents; not "the attack"."""
    if word.lower in _NOBODY and word.lower not in ("it", "one", "many", "most"):
        return False
    return not (word.pos == "NOUN" and "attack" in classes(document, word))


def _by_verb(document: Document, sentence: Sentence, verb: Word) -> list[Attributed]:
    hit = _cue_of(verb)
    if hit is None or (verb.dep in ("amod", "compound")):
        return []
    cue, first, last = hit
    passive = is_passive(verb)
    if verb.tag == "VBG" and verb.dep == "pcomp" and verb.head.lower == "as":
        return []  # "quoted S as saying" is read at "quoted"
    if _of_the_points(document, sentence, verb):
        return []
    hedge = verb.i < sentence.last and document.words[verb.i + 1].lower == "of"
    if cue.stance == "suspects" and (hedge or verb.child("dobj", "ccomp") is None):
        return []  # "gunmen suspected of": a hedge, nobody's words
    if (
        cue.stance == "denies"
        and verb.dep == "relcl"
        and any(c.lower == "which" and c.dep == "dobj" for c in verb.children)
    ):
        return _denied_clause(sentence, verb, cue)
    if cue.stance == "quotes":
        return _quoted(document, sentence, verb, cue)
    if cue.stance == "accuses" or (
        cue.stance == "suspects" and verb.child("ccomp") is None and verb.child("dobj") is not None
    ):
        return _accused(verb, cue, passive)
    source = _subject_of_saying(verb, passive)
    if source is not None and not _source_ok(document, source):
        return []
    content = _content(document, sentence, verb, cue, source)
    event_only = False
    if not content and ("obj" in cue.content or "of" in cue.content):
        content, event_only = _noun_content(verb, cue, passive), True
    if not content:
        if source is None or verb.lemma not in ("say", "tell", "report", "reveal"):
            return []
        # "Security sources told the agency." as a sentence of its own speaks for what stands before it.
        only = (
            verb.dep == "ROOT"
            and sentence.last - sentence.first < 14
            and not verb.all("dobj", "ccomp", "xcomp", "advcl")
        )
        told = verb.lemma == "tell" and verb.dep == "ROOT" and sentence.last - sentence.first < 14
        start = sentence.index
        while start > 0 and document.sentences[start - 1].block == sentence.block:
            start -= 1
        if not (only or told) or start == sentence.index:
            return []
        content = [(document.sentences[start].first, sentence.first - 1)]
    if cue.stance in ("believes", "expects", "fears", "suspects") and source is None and not passive:
        return []
    if passive and source is None and not event_only:
        return []  # "is said to", "was reported": a hedge, not a source
    medium: list[Word] = []
    if verb.lemma in ("tell", "inform"):
        medium = [
            w
            for w in [*verb.all("dobj"), *[d for d in verb.all("dative") if d.pos != "ADP"]]
            if w is not source and _is_media(document, w)
        ]
    elif verb.lemma in ("say", "comment", "state"):
        medium = [w for w in objects(verb, "to") if _is_media(document, w)]
    medium += _carriers(document, verb)
    aside = verb.dep == "advcl" and _marked(verb, "as")
    result = Attributed(source, first, last, cue, content, medium, aside=aside, event_only=event_only)
    if source is None and verb.tag == "VBG":
        return []
    return [result]


def _denied_clause(sentence: Sentence, verb: Word, cue: Cue) -> list[Attributed]:
    """ "blamed the union for the fire, which its leader denied": the denial is of what stands before."""
    source = verb.child("nsubj")
    start = verb.left
    if source is None or start <= sentence.first:
        return []
    accusing = next((a for a in verb.ancestors() if a.is_verb and a.lemma in ("accuse", "blame", "suspect")), None)
    first = accusing.i + 1 if accusing is not None else sentence.first
    return [Attributed(source, verb.i, verb.i, cue, [(first, start - 1)], aside=True)]


def _of_the_points(document: Document, sentence: Sentence, verb: Word) -> bool:
    """ "The second states ...": a point of an agreement told of before, no speaker."""
    return (
        verb.dep == "ROOT"
        and verb.lemma in _STATES
        and sentence.index > 0
        and _of_points(document.sentence_words(sentence))
    )


def _subject_of_saying(verb: Word, passive: bool) -> Word | None:
    if passive:
        agents = objects(verb, "by")
        return antecedent(agents[0]) if agents else None
    found = subject(verb)
    if found is None and verb.dep == "advcl" and verb.tag == "VBG" and verb.head.is_verb:
        found = subject(verb.head)
    if found is None and verb.dep in ("advcl", "xcomp", "conj", "pcomp", "relcl", "acl"):
        found = controlled_subject(verb)
        if found is None and verb.head.is_verb and is_passive(verb.head):
            found = None
    return antecedent(found) if found is not None else None


def _is_media(document: Document, word: Word) -> bool:
    if word.lemma in _NOT_MEDIA:
        return False
    match = names_of(document).by_word.get(word.i)
    if match is not None:
        return match.actors[0].sector == "JRN"
    return word.pos == "PROPN" or word.lemma in (
        "agency",
        "newspaper",
        "television",
        "radio",
        "channel",
        "daily",
        "broadcaster",
        "website",
    )


def _carriers(document: Document, verb: Word) -> list[Word]:
    """ "said in a statement carried by the agency": the agency stands between us and the source."""
    found = []
    for prep in verb.all("prep"):
        for thing in prep.all("pobj"):
            for clause in thing.all("acl", "relcl"):
                if clause.lemma in ("carry", "publish", "release", "quote", "cite", "broadcast", "air", "report"):
                    found += [w for w in objects(clause, "by") if _is_media(document, w)]
    return found


def _content(document: Document, sentence: Sentence, verb: Word, cue: Cue, source: Word | None) -> list[Range]:
    """Word ranges of what is said: the clause that the verb takes, or the rest of the sentence around it."""
    ranges: list[Range] = []
    for child in verb.children:
        if child.i < verb.i and any(w.text == ";" for w in document.words[child.i : verb.i]):
            continue
        if child.dep == "ccomp" or (
            child.dep == "xcomp" and child.tag in ("VB", "VBG") and child.lemma not in ("have",)
        ):
            if child.dep == "xcomp" and cue.stance in ("says", "quotes") and not cue.content & {"obj"}:
                continue
            ranges.append(_without(child.left, child.right, verb, source))
            ranges += [(c.left, c.right) for c in child.all("conj") if child.i < verb.i < c.left]
        elif child.dep in ("parataxis", "advcl") and child.i < verb.i and _has_subject(child) and not _has_mark(child):
            ranges.append(_without(child.left, child.right, verb, source))
        elif (
            child.dep == "conj"
            and child.is_verb
            and ranges
            and child.child("nsubj", "nsubjpass") is None
            and _cue_of(child) is None
        ):
            # "The army said it killed two and arrested five" is often parsed with "arrested" beside "said".
            ranges.append((child.left, child.right))
    if not ranges:
        for prep in verb.all("prep"):
            for thing in prep.all("pobj"):
                ranges += [(c.left, c.right) for c in thing.all("acl", "ccomp", "relcl") if _marked(c, "that")]
    if (
        verb.dep in ("advcl", "ccomp", "parataxis", "relcl")
        and not ranges
        and (_marked(verb, "as") or verb.dep == "parataxis")
    ):
        head = verb.head
        ranges.append((head.left, head.right))
        return [r for r in _cut(ranges, verb.left, verb.right) if r[0] <= r[1]]
    if not ranges:
        ranges = _before(document, sentence, verb, source)
    else:
        first = min(r[0] for r in ranges)
        if first < verb.i and source is not None:
            # "C, S said": the comma's left side as a whole, adverbials and headings included.
            begin = _clause_start(document, sentence, first)
            if begin < first:
                ranges.append((begin, first))
    return ranges


def _has_subject(verb: Word) -> bool:
    return verb.child("nsubj", "nsubjpass") is not None


def _has_mark(verb: Word) -> bool:
    return any(
        c.dep in ("mark", "advmod")
        and c.lower in ("if", "as", "when", "while", "after", "before", "because", "since", "although", "though")
        for c in verb.children
    )


def _marked(verb: Word, mark: str) -> bool:
    return any(c.dep == "mark" and c.lower == mark for c in verb.children)


def _without(first: int, last: int, verb: Word, source: Word | None) -> Range:
    """A clause's range, cut where the parser let it run over the cue or the source."""
    if first < verb.i < last:
        clause = next(c for c in verb.children if c.left == first and c.right == last)
        if clause.i < verb.i:
            stop = min(verb.i, source.left if source is not None and source.left > clause.i else verb.i)
            return (first, stop - 1)
        return (verb.i + 1, last)
    return (first, last)


def _cut(ranges: list[Range], first: int, last: int) -> list[Range]:
    out: list[Range] = []
    for a, b in ranges:
        if last < a or first > b:
            out.append((a, b))
            continue
        if a < first:
            out.append((a, first - 1))
        if last < b:
            out.append((last + 1, b))
    return out


def _clause_start(document: Document, sentence: Sentence, before: int) -> int:
    """Start of the stretch that a trailing "S said" covers: sentence start, or after "; but"."""
    for i in range(before - 1, sentence.first - 1, -1):
        word = document.words[i]
        if word.text == ";" or (word.lower in ("but", "while", "although") and i > sentence.first):
            return i + 1
    return sentence.first


def _before(document: Document, sentence: Sentence, verb: Word, source: Word | None) -> list[Range]:
    """ "..., the army said." where the grammar does not connect the two: all before the comma."""
    if source is None:
        return []
    start = min(verb.i, source.left)
    if source.i > verb.i + 8 or start <= sentence.first + 2:
        return []
    comma = document.words[start - 1]
    if comma.text in (",", "”", '"', "’", "'", "—", "–", "-"):
        after = [w for w in document.words[max(verb.i, source.i) + 1 : sentence.last + 1] if w.dep in ("ccomp", "dobj")]
        if any(w.head is verb and w.dep == "dobj" for w in after):
            return []
        return [(_clause_start(document, sentence, start - 1), start - 2)]
    return []


def _noun_content(verb: Word, cue: Cue, passive: bool) -> list[Range]:
    """ "denied the ambush", "claimed responsibility for the attack", "warned of attacks"."""
    found: list[Word] = []
    if "obj" in cue.content:
        found += verb.all("dobj") if not passive else verb.all("nsubjpass")
    found += objects(verb, *(cue.content & {"of", "about", "against"}))
    return [(w.left, w.right) for w in found]


def _quoted(document: Document, sentence: Sentence, verb: Word, cue: Cue) -> list[Attributed]:
    """ "AFP quoted a diplomat as saying that C", "citing a defence official", "C, AFP quoted S as saying"."""
    passive = is_passive(verb)
    outer = _subject_of_saying(verb, passive)
    inner: Word | None = (
        verb.child("nsubjpass")
        if passive
        else verb.child("dobj", "nsubj" if verb.tag == "VBG" and outer is not None else "dobj")
    )
    words = document.sentence_words(sentence)
    saying = next(
        (w for w in words if w.i > verb.i and w.lemma in ("say", "state", "claim", "tell") and w.tag == "VBG"), None
    )
    if inner is None and saying is not None:
        inner = next(
            (
                w
                for w in words
                if verb.i < w.i < saying.i
                and w.pos in ("NOUN", "PROPN")
                and w.dep in ("dobj", "nsubj", "pobj", "ccomp", "dep")
            ),
            None,
        )
    if inner is None:
        return []
    if saying is None and verb.tag in ("VBG", "VBN") and verb.dep in ("advcl", "prep", "acl", "xcomp", "conj"):
        return _cited(sentence, verb, cue, inner)
    if saying is None:
        return []
    after = document.words[saying.i + 1] if saying.i < sentence.last else None
    if after is not None and after.text not in (".", ",", "”", '"'):
        content: list[Range] = [(saying.i + 1, sentence.last)]
    else:
        start = min(verb.i, outer.left if outer is not None else verb.i)
        content = [(_clause_start(document, sentence, start), start - 1)] if start > sentence.first else []
    if not content:
        return []
    found = [Attributed(inner, saying.i, saying.i, cues()["say"], content)]
    if outer is not None:
        found.insert(0, Attributed(outer, verb.i, verb.i, cue, content))
    return found


def _cited(sentence: Sentence, verb: Word, cue: Cue, inner: Word) -> list[Attributed]:
    host = verb.head
    while host.dep in ("acl", "appos", "prep") and host.head is not host:
        host = host.head
    governor = host if host.is_verb else host.head
    content = _cut([(sentence.first, sentence.last)], verb.left, verb.right)
    if governor.is_verb and _cue_of(governor) is not None:
        clause = next((c for c in governor.children if c.dep in ("ccomp",)), None)
        content = [(clause.left, clause.right)] if clause is not None else content
    return [Attributed(inner, verb.i, verb.i, cue, content, inner=True)]


def _accused(verb: Word, cue: Cue, passive: bool) -> list[Attributed]:
    source = _subject_of_saying(verb, passive)
    if source is None:
        return []
    content: list[Range] = []
    for prep in verb.children:
        if prep.dep == "prep" and prep.lower in ("of", "for"):
            content += [(c.left, c.right) for c in prep.children if c.dep in ("pcomp", "pobj")]
    if verb.lemma == "blame":
        on = objects(verb, "on")
        content += [(w.left, w.right) for w in verb.all("dobj")] if on else []
    dobj = verb.child("dobj")
    if dobj is not None and not content:
        for prep in dobj.all("prep"):
            if prep.lower in ("of", "for"):
                content += [(c.left, c.right) for c in prep.children if c.dep in ("pcomp", "pobj")]
    if not content:
        return []
    return [Attributed(source, verb.i, verb.i, cue, content, event_only=True)]


def _by_phrase(document: Document, sentence: Sentence, words: list[Word]) -> list[Attributed]:
    """ "according to S" and its like."""
    found = []
    for word in words:
        for phrase, cue in cue_phrases():
            if word.lower != phrase[0] or word.i + len(phrase) > sentence.last:
                continue
            if any(document.words[word.i + k].lower != part for k, part in enumerate(phrase)):
                continue
            if phrase == ("per",) or (len(phrase) == 1 and word.pos == "VERB" and word.lemma in ("cite", "quote")):
                continue
            end = word.i + len(phrase) - 1
            source = _object_after(document, sentence, end)
            if source is None:
                continue
            content = _phrase_content(document, sentence, word, source)
            found.append(Attributed(source, word.i, end, cue, content))
            break
    return found


def _object_after(document: Document, sentence: Sentence, end: int) -> Word | None:
    last = document.words[end]
    for child in last.children:
        if child.dep == "pobj":
            return child
    for word in document.words[end + 1 : min(end + 10, sentence.last + 1)]:
        if (word.pos in ("NOUN", "PROPN") and word.head.i <= end) or (
            word.pos in ("NOUN", "PROPN") and word.dep not in ("compound", "poss", "amod", "nmod")
        ):
            return word
    return None


def _phrase_content(document: Document, sentence: Sentence, phrase: Word, source: Word) -> list[Range]:
    """The clause around the phrase; the whole sentence where the phrase opens or closes it."""
    first, last = phrase.i, max(source.right, phrase.right)
    if phrase.i <= sentence.first + 1:
        return [(last + 1, sentence.last)]
    for i in range(phrase.i - 1, sentence.first - 1, -1):
        word = document.words[i]
        if (word.lower in ("that",) and word.dep == "mark") or (word.text == "("):
            return _cut([(i + 1, sentence.last)], first, last)
    if last >= sentence.last - 1:
        return [(_clause_start(document, sentence, first), first - 1)]
    return _cut([(sentence.first, sentence.last)], first, last)


def _by_noun(words: list[Word]) -> list[Attributed]:
    """ "unconfirmed reports that C", "according to claims that C", "rumours of an attack"."""
    found = []
    for word in words:
        if (
            word.lemma
            not in (
                "report",
                "rumour",
                "rumor",
                "claim",
                "allegation",
                "statement",
                "warning",
                "intelligence",
                "news",
                "announcement",
            )
            or word.pos != "NOUN"
        ):
            continue
        clause = next((c for c in word.children if c.dep in ("acl", "ccomp", "relcl") and _marked(c, "that")), None)
        if clause is None:
            continue
        owner = word.child("poss") or next(iter(objects(word, "by", "from")), None)
        if word.lemma in ("claim", "allegation", "statement", "warning", "announcement") and owner is None:
            continue
        head = word.head
        if (
            head.is_verb
            and _cue_of(head) is not None
            and word.dep == "dobj"
            and owner is None
            and head.lemma not in ("confirm", "verify", "deny")
        ):
            continue
        if head.lemma in ("deny", "reject", "dismiss", "refute") and word.dep == "dobj" and subject(head) is not None:
            found.append(Attributed(subject(head), head.i, head.i, cues()["deny"], [(clause.left, clause.right)]))
            continue
        doubted = head.lemma in ("confirm", "verify", "corroborate") and any(c.dep == "neg" for c in head.children)
        cue = cues()["allege"] if doubted or word.lemma in ("allegation", "rumour", "rumor") else cues()["say"]
        found.append(Attributed(owner or word, word.i, word.i, cue, [(clause.left, clause.right)]))
    return found


def _carried(document: Document, sentence: Sentence, before: list[Attributed]) -> Attributed | None:
    """ "The second point states ...": whoever told of the points says this too."""
    words = document.sentence_words(sentence)
    if not before:
        return None
    previous = before[-1]
    if _goes_on(document, sentence, words, previous):
        return Attributed(
            previous.source, previous.cue_first, previous.cue_last, previous.cue, [(sentence.first, sentence.last)],
            carried_from=previous.carried_from,
        )  # fmt: skip
    goes_on = (
        previous.carried_from is not None
        and document.sentence_of(document.words[previous.content[0][0]]).block == sentence.block
    )
    if not _of_points(words) and not goes_on:
        return None
    last = next((a for a in reversed(before) if a.source is not None and not a.event_only), None)
    if last is None:
        return None
    origin = last.carried_from or last
    distance = sentence.index - document.words[origin.cue_first].sentence
    if distance > 8:
        return None
    return Attributed(
        origin.source,
        origin.cue_first,
        origin.cue_last,
        origin.cue,
        [(sentence.first, sentence.last)],
        carried_from=origin,
    )


def _goes_on(document: Document, sentence: Sentence, words: list[Word], previous: Attributed) -> bool:
    """ "Additionally, they supplied ...": told by whoever told the sentence before."""
    if words[0].lower not in _FURTHER or sentence.index == 0 or previous.source is None or previous.event_only:
        return False
    before = document.sentences[sentence.index - 1]
    own = next((w for w in words if w.dep == "nsubj" and w.head.dep == "ROOT"), None)
    return before.block == sentence.block and previous.covers(before.last - 1) and own is not None and own.pos == "PRON"


def _of_points(words: list[Word]) -> bool:
    head = next((w for w in words if w.dep == "ROOT"), None)
    opening = words[:8]
    for k, word in enumerate(opening):
        if word.lemma in _POINT_WORDS and any(w.lower in _ORDINALS for w in opening[max(0, k - 3) : k + 3]):
            return True
        if word.lower in ("under", "according") and any(
            w.lemma in (*_POINT_WORDS, "deal", "agreement", "plan", "accord", "understanding")
            for w in opening[k : k + 6]
        ):
            return k == 0
    if len(words) > 1 and words[0].lower in ("firstly", "secondly", "thirdly", "fourthly", "finally"):
        return True
    if head is None or head.lemma not in _STATES:
        return False
    own = subject(head)
    return own is not None and (
        own.lower in _ORDINALS
        or (own.lower == "it" and any(w.lower in ("also", "further", "additionally") for w in words[:4]))
        or own.lemma in ("agreement", "deal", "accord", "understanding", *_POINT_WORDS)
    )


def _continue_quotations(document: Document, found: list[Attributed]) -> None:
    """Sentences inside a quotation that began or ends with an attributed one have the same source."""
    open_since: int | None = None
    by_cue: dict[int, list[Attributed]] = {}
    for attributed in found:
        by_cue.setdefault(document.words[attributed.cue_first].sentence, []).append(attributed)
    for sentence in document.sentences:
        text = [w.text for w in document.sentence_words(sentence)]
        opens = sum(t == "“" for t in text) - sum(t == "”" for t in text)
        if opens > 0 and open_since is None:
            open_since = sentence.index
        elif opens < 0 and open_since is not None:
            group = document.sentences[open_since : sentence.index + 1]
            inside = [a for s in group for a in by_cue.get(s.index, ()) if a.source is not None]
            if inside:
                outer = max(inside, key=Attributed.size)
                for s in group:
                    if (
                        not any(outer.covers(i) for i in (s.first, s.last - 1))
                        and not s.first <= outer.cue_first <= s.last
                    ):
                        outer.content.append((s.first, s.last))
            open_since = None
        if open_since is not None and sentence.block != document.sentences[open_since].block:
            open_since = None
    for sentence in document.sentences[1:]:
        words = document.sentence_words(sentence)
        if len(words) > 2 and words[0].text in '“"' and words[-1].text in '”"':
            previous = document.sentences[sentence.index - 1]
            around = [*by_cue.get(previous.index, ()), *by_cue.get(sentence.index, ())]
            if any(a.covers(words[1].i) for a in around):
                continue
            near = [a for a in by_cue.get(previous.index, ()) if a.source is not None and not a.event_only]
            if near and previous.block == sentence.block:
                near[0].content.append((sentence.first, sentence.last))


def quote_kind(document: Document, i: int) -> Quote:
    """Whether the word at i stands in quotation marks of its source."""
    sentence = document.sentences[document.words[i].sentence]
    words = document.sentence_words(sentence)
    depth = 0
    for word in words:
        if word.i == i:
            break
        if word.text in "“«":
            depth += 1
        elif word.text in "”»":
            depth -= 1
        elif word.text == '"':
            depth = 1 - depth
    marks = sum(w.text in '“”"«»' for w in words)
    if depth > 0:
        return "direct"
    return "mixed" if marks else "indirect"
