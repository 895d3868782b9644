"""Rows of plain values, for CSV."""

from typing import Any

from reportedly.casebook.listing import ClaimRow


def claim_cells(row: ClaimRow) -> dict[str, Any]:
    """A claim as one row of plain values."""
    claim = row.claim
    place = claim.places[0] if claim.places else None
    time = claim.time
    source = claim.attribution[-1].source
    cells: dict[str, Any] = {
        "claim": row.id, "report": row.report, "state": row.state, "event": claim.event.type, "mode": claim.event.mode,
        "status": claim.status.kind, "polarity": claim.status.polarity, "certainty": claim.status.certainty,
        "actors": "; ".join(p.name for p in claim.actors), "recipients": "; ".join(p.name for p in claim.recipients),
        "targets": "; ".join(t.text for t in claim.targets), "means": "; ".join(m.text for m in claim.means),
    }  # fmt: skip
    for kind in ("killed", "injured", "captured", "displaced"):
        toll = getattr(claim.toll, kind)
        cells[f"{kind}_low"], cells[f"{kind}_high"] = (toll.low, toll.high) if toll else (None, None)
    cells |= {
        "places": "; ".join(p.name for p in claim.places), "admin1": place.admin1 if place else None,
        "country": place.country if place else None, "lat": place.lat if place else None, "lon": place.lon if place else None,
        "place_precision": place.precision if place else None,
        "time_start": time.start if time else None, "time_end": time.end if time else None, "time_precision": time.precision if time else None,
        "source": source.name or (source.mention.text if source.mention else None), "source_type": source.type,
        "anonymous": source.anonymous, "chain": " > ".join(link.source.name or (link.source.mention.text if link.source.mention else "") or link.source.type for link in claim.attribution),
        "outlet": row.outlet, "published": row.published, "title": row.title, "url": row.url, "confidence": claim.confidence, "sentence": claim.sentence.text,
    }  # fmt: skip
    return cells


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    if isinstance(value, str) and len(value) > 1 and value[0] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value
