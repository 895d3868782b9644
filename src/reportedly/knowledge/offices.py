"""Whether a name is that of a body, of somebody in public office, or may be anybody's: which of them may leave a casebook.

The rules err towards a person: a name stays unless its words show that nobody private bears it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from reportedly.knowledge.actors import countries
from reportedly.knowledge.classes import classes_of
from reportedly.knowledge.common_words import is_common
from reportedly.knowledge.gazetteer import candidates
from reportedly.knowledge.place_words import demonyms
from reportedly.knowledge.tables import table

_BETWEEN: Final = 40
"""Characters that may stand between an office and the name: "President of Somewhere, " and the like."""
_BEFORE_A_NAME: Final = re.compile(
    r"(?:\s+(?:of|for|in)\s+(?:the\s+)?(?:[A-Z][\w-]*\s*)+,?)?\s*(?:(?:General|Gen\.|Colonel|Col\.|Dr\.?|Mr\.?|Mrs\.?|Sheikh)\s+)?(?:[A-Z][\w-]*\s+){0,2}"
)
"""What may stand between an office and a name: " of Somewhere, ", and a first name."""
_AFTER_A_NAME: Final = re.compile(
    r"\s*,\s*(?:who is\s+)?(?:(?:the|a|an)\s+)?(?:(?:[A-Z][\w-]*(?:['\u2019]s)?|interim|acting|new|transitional|provincial|regional|country['\u2019]s)\s+){0,3}"
)
"""What may stand between a name and an office: ", the interim ", ", Somewhere's "."""
_END_OF_APPOSITION: Final = re.compile(r"(?:\s+(?:of|for|in)\s+(?:the\s+)?(?:[A-Z][\w-]*\s*)+)?,\s+[a-z]")
"""What must follow an office behind a name; in "NAME, the governor said" nothing does."""
_WORD: Final = re.compile(r"[^\W\d_][\w.'\u2019]*")
_POSSESSIVE: Final = re.compile(r"(?:['\u2019]s|(?<=s)['\u2019])$")
_ACRONYM: Final = re.compile(r"(?:[A-Z]\.?){2,6}")
_SMALL: Final = frozenset("a an the of in on at by to for from and or near its his their our".split())


def is_in_office(name: str, sentence: str) -> bool:
    """Whether a sentence gives the bearer of a name a public office, right before the name or right after it in apposition.

    "The president's driver NAME", "the governor received NAME" and "NAME, brother of the minister" give none.
    """
    own = _words_of("office").match(_lower(name))
    bearer = name[own.end() :].strip() if own is not None else ""
    if own is not None and bearer:
        is_of_a_place = own.group().endswith(" of") or not _has_capital(bearer)  # which may be small
        return not is_of_a_place and is_in_office(bearer, sentence)
    cased = _without_accents(sentence)
    for found in re.finditer(rf"(?<!\w){re.escape(_without_accents(name))}(?!\w)", cased, re.IGNORECASE):
        before = cased[max(0, found.start() - _BETWEEN) : found.start()]
        if any(_BEFORE_A_NAME.fullmatch(before[at.end() :]) for at in _words_of("office").finditer(before.lower())):
            return True
        after = cased[found.end() : found.end() + 2 * _BETWEEN]
        begins = _AFTER_A_NAME.match(after)
        office = _words_of("office").match(after.lower(), begins.end()) if begins is not None else None
        if office is not None and _END_OF_APPOSITION.match(after, office.end()):
            return True
    return False


def is_body(name: str, sentences: str = "") -> bool:
    """Whether a name is that of a body or of an office, or no name at all but a description ("residents"): nothing in it may be a private person's name.

    `sentences`: those that it stands in, one a line. In one without capitals, a person's name cannot be told from any rare word.
    """
    if any(c.isdigit() for c in name) or may_name_a_person(name):
        return False
    if any(_words_of(kind).search(_lower(name)) for kind in ("body", "office")) and not _is_without_capitals(
        name, sentences
    ):
        return True
    small = [word for word in _WORD.findall(name) if not _has_capital(word)]
    return bool(_WORD.search(name)) and all(_is_ordinary(_POSSESSIVE.sub("", word), False) for word in small)


def _is_without_capitals(name: str, sentences: str) -> bool:
    own = name.casefold()
    return any(own in line.casefold() and line[1:] == line[1:].lower() for line in sentences.splitlines())


@lru_cache(maxsize=20_000)
def may_name_a_person(name: str) -> bool:
    """Whether any word of a name may be a person's, or a small place's: it has a capital, or its script has none, and nothing shows what it is."""
    runs = list(_runs(name))
    shouted = name.upper() == name
    return any(not _is_known(run, after_title, shouted) for run, after_title in runs)


def _runs(name: str) -> Iterator[tuple[list[str], bool]]:
    """Words with capitals that stand together, and whether a person's title stands before them."""
    run: list[str] = []
    end, before = 0, ""
    for match in _WORD.finditer(name):
        word = _POSSESSIVE.sub("", match.group())
        if run and (name[end : match.start()].strip(" -") or not _has_capital(word)):
            yield _after_title(run, before)
            run = []
        if _has_capital(word):
            if not run:
                before = _words_before(name[: match.start()])
            run.append(word)
            if word != match.group():  # a possessive ends a name
                yield _after_title(run, before)
                run = []
        end = match.end()
    if run:
        yield _after_title(run, before)


def _words_before(text: str) -> str:
    found = re.search(r"([\w.]+)\s*$", text)
    return _bare(found.group(1)) if found else ""


def _after_title(run: list[str], before: str) -> tuple[list[str], bool]:
    """The run without the titles at its beginning, which a person's name follows."""
    titles = _listed("title")
    titled = before in titles
    while len(run) > 1 and _bare(run[0]) in titles:
        run, titled = run[1:], True
    return run, titled


def _is_known(run: list[str], after_title: bool, shouted: bool) -> bool:
    """Whether capitals are those of a body's name, a country, a first-level division or its people, or of a sentence's beginning."""
    last = _bare(run[-1])
    if len(run) > 1 and (last in _listed("body") or _bare(run[0]) in _NAMED_AFTER_THEIR_KIND) and not after_title:
        return True
    if after_title:
        return all(_bare(word) in _listed("body") for word in run)
    at = 0
    while at < len(run):
        for end in range(len(run), at, -1):
            if _is_area(" ".join(run[at:end])):
                at = end
                break
        else:
            if not _is_ordinary(run[at], shouted):
                return False
            at += 1
    return True


_NAMED_AFTER_THEIR_KIND: Final = frozenset({"radio", "ministry", "union", "front", "university", "operation"})
"""Words that stand before the name of what they are."""


def _is_ordinary(word: str, shouted: bool) -> bool:
    if _ACRONYM.fullmatch(word) and not shouted and word.upper() == word:
        return True
    parts = [part for part in _bare(word).split("-") if part]
    return all(
        part not in _listed("name")
        and (is_common(part) or part in _SMALL or bool(classes_of(part)) or part in _parts_of_offices())
        for part in parts
    )


@lru_cache(maxsize=20_000)
def _is_area(words: str) -> bool:
    """Whether words are the name of a country, a capital, a first-level division, or of their people."""
    if words in demonyms() or words in _capitals():
        return True
    return any(c.kind in ("country", "admin1") and _lower(c.name) == _lower(words) for c in candidates(words))


@cache
def _capitals() -> frozenset[str]:
    return frozenset(city for country in countries().values() for city in country.capitals)


def _has_capital(word: str) -> bool:
    """Whether a word begins with a capital, or its script has no capitals to go by."""
    return not word[0].islower()


def _bare(word: str) -> str:
    return _lower(word).strip(".'\u2019")


def _lower(text: str) -> str:
    """Lower case without accents, with its signs: they tell where an apposition ends."""
    return _without_accents(text.lower())


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(_lower(row["words"]) for row in table("offices.tsv") if row["kind"] == kind)


@cache
def _parts_of_offices() -> frozenset[str]:
    return frozenset(
        part for kind in ("body", "office", "title") for words in _listed(kind) for part in re.split(r"[\s'-]+", words)
    )


@cache
def _words_of(kind: str) -> re.Pattern[str]:
    """The words of a kind, but in the genitive: a president's driver holds no office."""
    found = sorted(map(re.escape, _listed(kind)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w|['\u2019]s)")
