"""Layers as JSON: what each component found, with spans, whether or not a claim used it."""

from typing import Any

from reportedly.reading.syntax import Document, phrase_bounds
from reportedly.reading.trained.attributions import Relation, relations
from reportedly.reading.trained.telling import Told


def _span(document: Document, first: int, last: int) -> dict[str, Any]:
    return document.span(first, last).model_dump()


def layers_as_json(document: Document) -> dict[str, list[dict[str, Any]]]:
    """The layers of a read document: attributions, events, participants, places, times, loaded words, statuses; of the trained reader its own too."""
    layers = document.layers
    found = _of_rules(document)
    if "told" in layers:
        found["told"] = [_told(document, told) for told in layers["told"]]
        found["who_says"] = [_relation(document, relation) for relation in relations(document)]
    return found


def _told(document: Document, told: Told) -> dict[str, Any]:
    return {
        "trigger": _span(document, told.trigger, told.trigger),
        "type": told.type,
        "mode": told.mode,
        "kind": told.kind,
        "polarity": "-" if told.denied else "+",
        "certainty": told.certainty,
        "roles": {role: [_span(document, i, i) for i in words] for role, words in told.roles.items() if words},
        "score": round(told.score, 3),
    }


def _relation(document: Document, relation: Relation) -> dict[str, Any]:
    parts = {"source": relation.source, "cue": relation.cue, "content": relation.content}
    spans = {part: [_span(document, first, last) for first, last in ranges] for part, ranges in parts.items()}
    return {**spans, "score": round(relation.score, 3)}


def _of_rules(document: Document) -> dict[str, list[dict[str, Any]]]:
    layers = document.layers
    return {
        "attributions": [
            {
                "source": _span(document, *phrase_bounds(a.source)) if a.source is not None else None,
                "cue": _span(document, a.cue_first, a.cue_last),
                "content": [_span(document, first, last) for first, last in a.content if first <= last],
                "stance": a.cue.stance,
            }
            for a in layers["attributions"]
        ],
        "events": [
            {"trigger": _span(document, e.first, e.last), "type": e.type, "mode": e.mode} for e in layers["events"]
        ],
        "participants": [
            {
                "mention": _span(document, p.first, p.last),
                "name": p.name,
                "actor": p.actor,
                "sector": p.sector,
                "country": p.country,
            }
            for parties in layers["participants"].values()
            for p in parties
        ],
        "places": [
            {
                "mention": _span(document, p.first, p.last),
                "name": p.name,
                "geonames": p.resolved.geonames if p.resolved else None,
                "country": p.resolved.country if p.resolved else None,
                "admin1": p.admin1,
                "lat": p.resolved.lat if p.resolved else None,
                "lon": p.resolved.lon if p.resolved else None,
                "precision": p.precision,
                "use": p.use,
            }
            for p in layers["toponyms"]
        ],
        "times": [
            {
                "mention": _span(document, t.first, t.last),
                "type": t.value.type,
                "value": t.value.value,
                "start": t.value.start.isoformat() if t.value.start else None,
                "end": t.value.end.isoformat() if t.value.end else None,
                "precision": t.value.precision,
                "ahead": t.ahead,
            }
            for t in layers["times"]
        ],
        "wording": [
            {
                "words": _span(document, w.first, w.last),
                "kind": w.loaded.kind,
                "neutral": w.loaded.neutral,
                "of": w.loaded.of,
            }
            for w in layers["wording"]
        ],
        "statuses": [
            {
                "trigger": _span(document, e.first, e.last),
                "kind": s.kind,
                "polarity": "-" if s.negative else "+",
                "certainty": s.certainty,
                "phrase": _span(document, s.phrase.i, s.phrase.i) if s.phrase is not None else None,
            }
            for e, s in layers["statuses"].items()
        ],
    }
