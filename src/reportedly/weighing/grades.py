"""Grades incidents by the Admiralty code, each grade with its reasons as sentences."""

from collections.abc import Mapping, Sequence

from reportedly.knowledge.grades import grade_rows, reliability_of
from reportedly.model.incident import Grade, Reliability, SourceRecord
from reportedly.weighing.contradictions import Contradiction
from reportedly.weighing.origins import Independence, Origin
from reportedly.weighing.telling import Telling


def grade(
    tellings: Sequence[Telling],
    found: Independence,
    disputes: Sequence[Contradiction],
    records: Mapping[str, SourceRecord],
    given: Mapping[str, Reliability],
) -> Grade:
    """An incident's grade: the reliability of its most reliable origin that asserts it, and the credibility of what is told.

    `given`: what people say of sources, by their keys; it goes before what their record suggests.
    """
    denying = {t.key for t in tellings if t.claim.status.polarity == "-"}
    asserting = [o for o in found.origins if set(o.tellings) - denying]
    credibility, why = _credibility(found, disputes, asserting)
    reliability, whose = reliability_of([(o.key, o.label) for o in asserting], records, given)
    return Grade(reliability=reliability, credibility=credibility, reasons=(whose, why))


def _credibility(
    found: Independence, disputes: Sequence[Contradiction], asserting: Sequence[Origin]
) -> tuple[int, str]:
    about = [d.about for d in disputes if d.about != "denial"]
    denial = next((d for d in disputes if d.about == "denial"), None)
    deniers = [o.label for o in found.origins if denial is not None and o.key in denial.sides[1].origins]
    counts = {
        "named": sum(o.kind == "named" for o in asserting), "origins": len(asserting), "disinterested": sum(not o.interested for o in asserting),
    }  # fmt: skip
    flags = {"denied": denial is not None and bool(asserting), "disputed": bool(about), "only_denied": not asserting}
    row = next((r for r in grade_rows() if r.holds(counts, flags)), None)
    if row is None:
        return 6, "No row of the table fits it, so it is not judged."
    words = {
        "low": max(1, counts["named"]), "high": counts["origins"], "named": counts["named"], "disinterested": counts["disinterested"],
        "about": ", ".join(dict.fromkeys(about)), "deniers": ", ".join(dict.fromkeys(deniers)) or "somebody",
    }  # fmt: skip
    return row.credibility, row.reason.format(**words)
