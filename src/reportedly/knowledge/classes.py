"""Word classes: is this noun a weapon, a person, a road?"""

from functools import cache

from reportedly.knowledge.tables import table, words


@cache
def _index() -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    classes: dict[str, set[str]] = {}
    modes: dict[str, str] = {}
    for row in table("classes.tsv"):
        for word in words(row["words"]):
            classes.setdefault(word, set()).add(row["class"])
            if row["mode"]:
                modes.setdefault(word, row["mode"])
    return {word: frozenset(found) for word, found in classes.items()}, modes


@cache
def class_names() -> frozenset[str]:
    """Every class that the tables may ask for."""
    return frozenset(row["class"] for row in table("classes.tsv"))


def classes_of(phrase: str) -> frozenset[str]:
    """Classes of a lower-case lemma or two-word compound; empty where it is unknown."""
    return _index()[0].get(phrase, frozenset())


def weapon_mode(phrase: str) -> str | None:
    """PLOVER mode of an assault with this weapon ("unspecified" where it tells none)."""
    return _index()[1].get(phrase)
