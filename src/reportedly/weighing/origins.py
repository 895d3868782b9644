"""How many independent origins an incident has: who really says so, once copies, citations, families and common sources are taken together.

A source that can be told apart (an army, a hospital, a named person) is one origin in however many outlets it speaks. What outlets say in
their own voice, or have from sources that they do not name, may come from anywhere: such tellings count as apart at most, never at least, so the
count is a range.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scipy.cluster.hierarchy import DisjointSet

from reportedly.knowledge.outlets import Outlet, outlet_of
from reportedly.model.incident import OriginKind
from reportedly.model.record import Source
from reportedly.weighing.bodies import body_of, with_their_state
from reportedly.weighing.citations import Families, media_named, said_as
from reportedly.weighing.passages import folded_words
from reportedly.weighing.telling import Telling, party_key


@dataclass(frozen=True, slots=True)
class Origin:
    """Where some of an incident's tellings come from."""

    key: str
    label: str
    kind: OriginKind
    tellings: tuple[str, ...]
    families: tuple[str, ...]
    """Of the outlets that carry it."""
    outlets: tuple[str, ...]
    """Their names, as far as known."""
    interested: bool
    """Whether it is a side to what it tells."""


@dataclass(frozen=True, slots=True)
class Independence:
    """How many independent origins: at least, and at most."""

    low: int
    high: int
    origins: tuple[Origin, ...]


def independence(
    tellings: Sequence[Telling],
    copied: Iterable[frozenset[str]] = (),
    cited: Mapping[str, str] | None = None,
    known: Families | None = None,
) -> Independence:
    """The origins of an incident.

    `copied`: pairs of claims, by key, whose sentences are one passage. `cited`: for claims that name another outlet's very report, a claim of it.
    `known`: the outlets whose reports are weighed.
    """
    by_key = {t.key: t for t in tellings}
    joined = DisjointSet(sorted(by_key))
    first: dict[str, str] = {}
    bodies = with_their_state({key: body_of(t) for key, t in by_key.items()}, tellings)
    names = {key: _origin_name(t, bodies[key], known or {}) for key, t in sorted(by_key.items())}
    for key, (_, name) in names.items():
        joined.merge(first.setdefault(name, key), key)
    for key, telling in sorted(by_key.items()):
        if names[key][0] == "named" and _is_own_voice(
            telling
        ):  # an outlet that speaks for a side does not bear out its own sources
            family = f"family:{telling.report.family}"
            if family in first:
                joined.merge(first[family], key)
    for pair in copied:
        one, other = sorted(pair)
        if (
            one in by_key
            and other in by_key
            and names[one][0] == names[other][0] != "named"
            and _same_source(by_key[one], by_key[other])
        ):
            joined.merge(one, other)
    for key, other in (cited or {}).items():
        if key in by_key and other in by_key and "named" not in (names[key][0], names[other][0]):
            joined.merge(key, other)
    found = (_origin(sorted(members), by_key, names) for members in joined.subsets())
    origins = tuple(sorted(found, key=lambda o: (o.kind != "named", o.key, o.tellings)))
    named = sum(o.kind == "named" for o in origins)
    return Independence(max(1, named), len(origins), origins)


def _same_source(one: Telling, other: Telling) -> bool:
    """Whether copied words are told by the same kind of source: the same words of somebody else are not from there."""
    return one.claim.attribution[-1].source.type == other.claim.attribution[-1].source.type


def _origin_name(telling: Telling, body: str | None, known: Families) -> tuple[OriginKind, str]:
    """Under what a telling's origin is known: its source where that can be told apart, else the outlet that it is first told by."""
    source = telling.claim.attribution[-1].source
    media = media_named(telling.claim, known)
    family = media[-1][1] if media else telling.report.family
    said_by_media = bool(media) and media[-1][0] in _names(source)
    if body is not None and not said_by_media:
        return "named", f"source:{body}"
    if said_by_media or (source.type in ("outlet", "agency") and not source.anonymous):
        voice = _voice_of(outlet_of(media[-1][0]) if said_by_media else telling.report.registered)
        return ("named", f"source:{voice}") if voice is not None else ("own voice", f"family:{family}")
    return "unnamed", f"family:{family}"


def _is_own_voice(telling: Telling) -> bool:
    return telling.claim.attribution[-1].source.type in ("outlet", "agency")


def _names(source: Source) -> tuple[str | None, str | None]:
    return source.name, source.mention.text if source.mention is not None else None


def _voice_of(outlet: Outlet | None) -> str | None:
    """Who speaks where some outlets tell a thing in their own voice: a monitor that looked itself, an armed group's or a party's own paper."""
    if outlet is None:
        return None
    if outlet.kind == "monitor":
        return outlet.id
    return outlet.sides[0] if outlet.sides and outlet.kind in ("armed_group", "military", "party") else None


def _origin(
    members: Sequence[str], by_key: Mapping[str, Telling], names: Mapping[str, tuple[OriginKind, str]]
) -> Origin:
    kinds = {names[m][0] for m in members}
    kind: OriginKind = "named" if "named" in kinds else "unnamed" if "unnamed" in kinds else "own voice"
    families = tuple(sorted({by_key[m].report.family for m in members}))
    return Origin(
        min(names[m][1] for m in members),
        _label(by_key[members[0]], kind),
        kind,
        tuple(members),
        families,
        tuple(sorted({o for m in members if (o := by_key[m].report.outlet)})),
        any(is_interested(by_key[m]) for m in members),
    )


def _label(telling: Telling, kind: OriginKind) -> str:
    source = telling.claim.attribution[-1].source
    said = said_as(source)
    outlet = telling.report.outlet or "an outlet that is not known"
    if kind == "own voice" and source.type == "outlet":
        return outlet
    return f"{said or outlet}{f' ({outlet})' if kind == 'unnamed' else ''}"


def is_interested(telling: Telling) -> bool:
    """Whether whoever tells it is a side to it: the source, or the outlet whose voice it is."""
    sides_told = (*telling.claim.actors, *telling.claim.recipients)
    parties = {party_key(p) for p in sides_told} | {p.actor for p in sides_told if p.actor}
    source = telling.claim.attribution[-1].source
    if source.actor is not None and source.actor in parties:
        return True
    if source.name and " ".join(folded_words(source.name)) in parties:
        return True
    registered = telling.report.registered
    sides = set(registered.sides) if registered is not None else set()
    takes_part = any(parties) and source.type in ("military", "armed_group") and not source.anonymous
    return bool(sides & parties) or takes_part
