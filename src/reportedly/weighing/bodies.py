"""Which body or person a source speaks for, so that one voice is one origin in however many outlets, and under whatever name it speaks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from reportedly.knowledge.actors import army_of, find_names, registry
from reportedly.model.record import Source
from reportedly.weighing.citations import is_somebody_s, said_as
from reportedly.weighing.passages import folded_words
from reportedly.weighing.telling import Telling

_SPEAKS_FOR: Final = frozenset(
    "spokesman spokeswoman spokesperson spokespersons spokesmen statement communique ministry army police command headquarters government "
    "office presidency administration".split()
)
"""Words by which a source without a name still is a body's own voice: "an army spokesman"."""
_VAGUE: Final = frozenset({"witness", "local", "unspecified", "social", "document"})
_FORCES: Final = frozenset({"army", "armed", "military", "defence", "defense"})
"""Words for a state's armed forces and the ministry that speaks for them."""
SOME_FORCES: Final = "armed forces of "
"""Those of a state that the words do not name."""


def body_of(telling: Telling) -> str | None:
    """The body or person that says so, where it can be told apart; None for an outlet's own voice and for sources without a name."""
    source = telling.claim.attribution[-1].source
    if is_somebody_s(said_as(source) or ""):
        return _named_before(telling)
    if source.type in ("outlet", "agency"):
        return None
    words = folded_words(source.mention.text) if source.mention is not None else []
    if source.anonymous and not set(words) & _SPEAKS_FOR:
        return _described(source)
    actor = source.actor or _named_in(source)
    forces = _forces_of(telling, actor, words)
    if forces is not None:
        return forces
    if actor is not None:
        return actor
    if source.anonymous or (source.type in _VAGUE and not source.name):
        return _described(source)
    return _in_full(telling, " ".join(folded_words(source.name))) if source.name else None


def _named_before(telling: Telling) -> str | None:
    """The last body that spoke before in the report: whose "its spokesman" and "their media centre" are."""
    start = telling.claim.sentence.start
    before = [t for t in telling.report.tellings if t.claim.sentence.end <= start]
    return next((body for t in reversed(before) if (body := body_of(t)) is not None), None)


def _described(source: Source) -> str | None:
    """One person or body that a description with a name in it tells apart: "the owner of the Trans Meridian", "the mayor of Djibo"."""
    said = source.mention.text if source.mention is not None else ""
    words = said.split()
    if len(words) < 3 or words[0].lower() != "the" or words[1][:1].isupper() or words[1].endswith("s"):
        return None
    return " ".join(folded_words(said)) if any(w[:1].isupper() for w in words[2:]) else None


def _in_full(telling: Telling, name: str) -> str:
    """A source under the longest name that its report gives it: "Central Command", after "US Central Command"."""
    named = [link.source for claim in telling.report.claims for link in claim.attribution[1:]]
    longer = {
        s.actor or full for s in named if s.name and (full := " ".join(folded_words(s.name))).endswith(f" {name}")
    }
    return next(iter(longer)) if len(longer) == 1 else name


def _named_in(source: Source) -> str | None:
    """Whom a source without a name speaks for: "a spokesman of the Arakan Army"."""
    if not source.anonymous or source.mention is None:
        return None
    found = [m.actors[0].id for m in find_names(source.mention.text.split()) if m.use == "actor"]
    return found[0] if len(found) == 1 else None


def forces(country: str) -> str:
    """Under which key a state's armed forces speak, with the ministry that speaks for them."""
    return f"armed forces of {country}"


def with_their_state(bodies: Mapping[str, str | None], tellings: Iterable[Telling]) -> dict[str, str | None]:
    """The bodies of an incident's tellings, where "the army" is given the state that others name, or else that it mostly is told in."""
    stated = {
        body for body in bodies.values() if body is not None and body.startswith(forces("")) and body != SOME_FORCES
    }
    told_in = Counter(country for t in tellings for country in t.countries)
    if len(stated) == 1:
        whose = next(iter(stated))
    elif told_in:
        whose = forces(min(told_in, key=lambda c: (-told_in[c], c)))
    else:
        whose = SOME_FORCES
    return {key: whose if body == SOME_FORCES else body for key, body in bodies.items()}


def _forces_of(telling: Telling, actor: str | None, words: Sequence[str]) -> str | None:
    """The state whose regular forces, or ministry of defence, speak: the army's statement and the ministry's are one voice."""
    known = registry().get(actor) if actor is not None else None
    if known is not None:
        army = army_of(known.country) if known.country else None
        return forces(army.country) if army is not None and army.country and army.id == known.id else None
    source = telling.claim.attribution[-1].source
    if source.type not in ("military", "official") or not _FORCES & set(words):
        return None
    said = source.mention.text if source.mention is not None else source.name or ""
    nations = {
        a.country for m in find_names(_plain(said)) if m.use in ("demonym", "country") for a in m.actors if a.country
    }
    return forces(next(iter(nations))) if len(nations) == 1 else SOME_FORCES


def _plain(text: str) -> list[str]:
    return text.replace("'s", "").replace("’s", "").split()
