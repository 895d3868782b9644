"""The parsed report: words with their dependencies, sentences, blocks. Every layer reads this and nothing else of the parser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from reportedly.model.record import Report, Span

CLAUSE_DEPS: Final = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "csubj", "parataxis"})


@dataclass(slots=True, eq=False)
class Word:
    """A token; `i` counts over the whole report, `start` and `end` are offsets into its text."""

    i: int
    text: str
    lower: str
    lemma: str
    tag: str
    pos: str
    dep: str
    start: int
    end: int
    sentence: int
    head: "Word" = field(init=False, repr=False)
    children: list["Word"] = field(default_factory=list, repr=False)
    left: int = 0
    right: int = 0
    """First and last word (inclusive) of the subtree."""
    entity: str = ""
    """OntoNotes label of the entity that the model sees here: a hint, no more; it knows few names of the regions in question."""
    opens_entity: bool = False

    def child(self, *deps: str) -> "Word | None":
        """The first child in one of these relations."""
        for word in self.children:
            if word.dep in deps:
                return word
        return None

    def all(self, *deps: str) -> list["Word"]:
        """The children in one of these relations."""
        return [word for word in self.children if word.dep in deps]

    def ancestors(self) -> Iterator["Word"]:
        """The heads above, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def is_verb(self) -> bool:
        return self.pos in ("VERB", "AUX")


@dataclass(slots=True)
class Sentence:
    """Words [first, last] of one sentence or list item, in a block (paragraph)."""

    index: int
    first: int
    last: int
    block: int
    heading: bool = False


@dataclass(slots=True)
class Document:
    """A report as parsed, and what each layer has found in it so far."""

    report: Report
    words: list[Word]
    sentences: list[Sentence]
    layers: dict[str, Any] = field(default_factory=dict)
    cased: str = ""
    """The report's text as parsed: the same, but for capitals where it has no case."""

    def __post_init__(self) -> None:
        self.cased = self.cased or self.report.text

    def cased_text(self, first: int, last: int) -> str:
        """The words [first, last] as parsed, with capitals also where the report has none."""
        return self.cased[self.words[first].start : self.words[last].end]

    def span(self, first: int, last: int) -> Span:
        """Span of the words [first, last]."""
        start, end = self.words[first].start, self.words[last].end
        return Span.model_construct(start=start, end=end, text=self.report.text[start:end])

    def sentence_of(self, word: Word) -> Sentence:
        return self.sentences[word.sentence]

    def sentence_words(self, sentence: Sentence) -> list[Word]:
        return self.words[sentence.first : sentence.last + 1]


def conjuncts(word: Word) -> list[Word]:
    """A word and everything coordinated with it, in order."""
    found, queue = [word], [word]
    while queue:
        for other in queue.pop().children:
            if other.dep == "conj" and other not in found:
                found.append(other)
                queue.append(other)
    return sorted(found, key=lambda w: w.i)


def subject(verb: Word) -> Word | None:
    """Grammatical subject of a verb, taken from the verb it is coordinated with or depends on where it has none."""
    seen = 0
    while seen < 8:
        found = verb.child("nsubj", "nsubjpass", "csubj")
        if found is not None:
            return found
        if (verb.dep == "conj" and (verb.head.is_verb or verb.head.dep in CLAUSE_DEPS)) or verb.dep in (
            "aux",
            "auxpass",
        ):
            verb = verb.head
        else:
            return None
        seen += 1
    return None


_DONE_TO: Final = frozenset(
    "shoot kill beat burn stab execute wound injure hang torture arrest abduct detain hit hold".split()
)


def is_passive(verb: Word) -> bool:
    """Whether a verb form is passive, reduced participles ("the men held there") included."""
    if any(c.dep in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    if verb.tag == "VBN" and verb.dep == "acl":
        return verb.child("aux", "nsubj") is None
    if verb.tag == "VBN" and verb.dep == "conj" and verb.head.is_verb and verb.child("nsubj", "dobj") is None:
        return verb.child("aux") is None and is_passive(verb.head)
    if verb.tag == "VBN" and verb.dep == "conj" and verb.head.is_verb and verb.child("aux", "dobj") is None:
        return is_passive(verb.head)  # "one had been killed and nine people wounded"
    if (
        verb.tag == "VBD"
        and verb.dep == "conj"
        and verb.lemma in _DONE_TO
        and verb.child("nsubj", "dobj", "aux", "prt") is None
    ):
        return (
            verb.head.is_verb and not objects(verb, "at", "on") and is_passive(verb.head)
        )  # "were dragged out and shot"
    return False


def objects(word: Word, *prepositions: str) -> list[Word]:
    """Objects of these prepositions below a word ("agent" by-phrases included)."""
    found = []
    for prep in word.children:
        if prep.dep in ("prep", "agent", "dative") and prep.lower in prepositions:
            found += [c for c in prep.children if c.dep in ("pobj", "pcomp")]
    return found


def phrase_bounds(head: Word) -> tuple[int, int]:
    """Bounds of a noun phrase: its modifiers and of-phrases, without clauses, appositions and conjuncts."""
    first, last = head.i, head.i
    for child in head.children:
        if child.dep in ("relcl", "acl", "appos", "conj", "cc", "punct", "parataxis", "advcl", "preconj", "ccomp"):
            continue
        if child.dep == "prep" and (child.lower not in ("of", "from", "for", "in", "at", "with") or child.i < head.i):
            continue
        if child.i < head.i:
            first = min(first, child.left)
        elif child.dep == "prep":
            if child.i == last + 1 or child.lower == "of":
                inner = [c for c in child.children if c.dep == "pobj"]
                if inner and not is_time_word(inner[0]):
                    last = max(last, phrase_bounds(inner[0])[1])
        elif child.dep in ("nummod", "compound", "amod", "case", "nmod", "flat"):
            last = max(last, child.i)
    return first, last


_TIME_WORDS: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october november december today yesterday tomorrow week month year day night morning evening "
    "afternoon hour minute weekend dawn dusk noon midnight daybreak sunrise sunset".split()
)


def is_time_word(word: Word) -> bool:
    """Whether a noun says when, not who or what."""
    return word.lemma in _TIME_WORDS or word.lower in _TIME_WORDS


def clause_of(word: Word) -> Word:
    """The head of the clause that a word stands in."""
    while word.head is not word and not (word.dep in CLAUSE_DEPS or (word.dep == "conj" and word.is_verb)):
        word = word.head
    return word
