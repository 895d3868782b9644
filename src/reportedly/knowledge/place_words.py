"""Words about places: short forms, demonyms, what kinds of places are called, and the learned weights of cues."""

from functools import cache
from typing import Final

from reportedly.knowledge.gazetteer import Candidate, candidates
from reportedly.knowledge.tables import rows, table, words

KIND_WORDS: Final[dict[str, str]] = {
    word: kind
    for kind, listed in {
        "admin1": "province governorate state region oblast department governate wilaya emirate canton",
        "admin2": "county district parish territory commune sub-district subdistrict cercle township borough raion shire prefecture municipality",
        "place": "city town village hamlet settlement camp neighbourhood neighborhood suburb quarter locality port",
        "water": "sea gulf strait straits canal lake river ocean bay creek lagoon channel sound",
        "region": "peninsula island islands valley mountains mountain desert hills hill mount coast plain plains forest basin highlands plateau delta",
        "feature": "street road avenue highway boulevard drive lane bridge park airport airfield base crossing station square field dam junction "
        "checkpoint route interstate heights beach border zone enclave corridor front",
        "body": "university college school hospital council police army church mosque ministry bank company club club's airlines times post "
        "news herald tribune gazette agency brigade division battalion regiment corps front movement party union league authority department "
        "office court court's association foundation institute center centre museum high elementary fire sheriff board commission committee "
        "congress parliament government embassy airlines festival games series cup treaty accord agreement declaration",
    }.items()
    for word in listed.split()
}
"""What a place or a body is called -> the kind that it then is."""


SPOKEN_BARE: Final = frozenset(
    "YEM SYR IRQ LBY EGY SDN JOR LBN SAU OMN ARE KWT QAT BHR TUN DZA MAR MRT PSE TUR IRN AFG MLI NER TCD BFA SOM DJI".split()
)
"""Countries where a first-level division that is named as a town is mostly meant by the bare name."""


@cache
def short_forms() -> dict[str, tuple[str, str]]:
    """Short form -> ISO 3166-2 code of the division that the place is or lies in, or ISO alpha-3 of the country; its name."""
    return {row["short"]: (row["code"], row["name"]) for row in table("short_forms.tsv")}


@cache
def demonyms() -> dict[str, tuple[str, str | None]]:
    """Demonym, singular or plural -> name of the place, and its ISO alpha-3 where it is a country's."""
    found: dict[str, tuple[str, str | None]] = {}
    for row in table("demonyms.tsv"):
        for form in (row["demonym"], row["demonym"] + "s"):
            found[form] = (row["place"], None)
    for row in table("countries.tsv"):
        for word in words(row["demonyms"]):
            for form in (word, word + "s"):
                found[form] = (row["name"], row["iso3"])
    found["Georgian"] = found["Georgians"] = ("Georgia", None)  # of the country or of the state
    for form in ("US", "U.S.", "USs", "U.S.s"):
        found.pop(form, None)
    return found


@cache
def candidates_of(text: str) -> tuple[Candidate, ...]:
    """What a name, a short form or a demonym may mean."""
    short = short_forms().get(text)
    if short is not None:
        code, name = short
        found = candidates(name)
        return tuple(c for c in found if code == (c.country if c.kind == "country" else c.iso)) or found[:1]
    demonym = demonyms().get(text)
    if demonym is not None:
        place, country = demonym
        found = candidates(place)
        return tuple(c for c in found if c.kind == "country" and c.country == country) if country else found
    return candidates(text)


@cache
def weights(name: str) -> dict[str, float]:
    """Learned weights of cues by name: `toponym_weights.tsv` or `place_weights.tsv`."""
    return {row["cue"]: float(row["weight"]) for row in rows(name)}
