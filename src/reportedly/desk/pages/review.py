"""Review: one claim after another by what matters most, decided from the keyboard, each decision to be taken back."""

import json
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from reportedly.casebook.history import ClaimHistory
from reportedly.desk import marks
from reportedly.desk.query import FilterQuery, RowPath, SkipQuery, address
from reportedly.desk.rendering import page, today
from reportedly.desk.seat import CoderDeciding, CoderLooking, Seat
from reportedly.errors import InvalidDecision
from reportedly.model.plover import MODES
from reportedly.model.record import Claim

router = APIRouter(include_in_schema=False)
_AROUND: Final = 600
"""Characters of the report shown on either side of a claim's sentence."""
REASONS: Final = {
    "accept": ("as the text says",),
    "reject": (
        "the text does not say this", "it is not an event", "it is told of somebody else", "it is said in another way (planned, denied)",
        "it is the same as another claim",
    ),
}  # fmt: skip
"""Reasons that a key gives; anything else can be written."""
Verdict = Literal["accept", "reject", "edit"]


@router.get("/review")
def review(request: Request, seat: CoderLooking) -> Response:
    return _next(request, seat, dict(request.query_params))


@router.post("/review/undo")
def undo(request: Request, seat: CoderDeciding) -> Response:
    """Take the last decision back, and show its claim."""
    number = seat.casebook.last_decision()
    if number is None:
        raise InvalidDecision("you have decided on nothing that could be taken back")
    blind = bool(request.query_params.get("blind"))
    seat.casebook.decide(number, "withdraw", "taken back at the desk", blind=blind)
    return _shown(
        request, seat, dict(request.query_params), number, (), told=f"The decision on C{number} was taken back."
    )


@router.post("/review/{number}")
def decide(
    request: Request, seat: CoderDeciding, number: RowPath, verdict: Annotated[Verdict, Form()],
    field: Annotated[list[str], Form(default_factory=list)], value: Annotated[list[str], Form(default_factory=list)], reason: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    params = dict(request.query_params)
    changes = _changes(seat.casebook.claim(number), field, value) if verdict == "edit" else None
    seat.casebook.decide(number, verdict, reason or REASONS["accept"][0], changes, blind=bool(params.get("blind")))
    if request.headers.get("hx-request"):
        return _next(
            request, seat, params, told=f"C{number}: {verdict}ed" if verdict != "edit" else f"C{number}: edited"
        )
    return RedirectResponse(address("/review", params), 303)


def _changes(claim: ClaimHistory, fields: list[str], values: list[str]) -> dict[str, Any]:
    """What somebody wrote into fields that is other than what stands there: JSON, or plain words."""
    before = editable(claim.claim)
    changed = {f: v for f, v in zip(fields, values, strict=False) if v.strip() != before.get(f, "")}
    if not changed:
        raise InvalidDecision("nothing was changed; to keep the claim as it is, accept it")
    return {f: _value(v) for f, v in changed.items()}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text.strip() or None


def editable(claim: Claim) -> dict[str, str]:
    """The fields that a form offers, as it shows them; any other is edited by its path."""
    data = claim.model_dump(mode="json")
    fields = {
        "event.type": data["event"]["type"], "event.mode": data["event"]["mode"], "status.kind": data["status"]["kind"],
        "status.polarity": data["status"]["polarity"], "status.certainty": data["status"]["certainty"],
    }  # fmt: skip
    for role in ("actors", "recipients"):
        fields.update((f"{role}.{n}.name", party["name"]) for n, party in enumerate(data[role]))
    for n, place in enumerate(data["places"]):
        fields[f"places.{n}.name"] = place["name"]
    if data["time"] is not None:
        fields.update((f"time.{part}", data["time"][part]) for part in ("start", "end"))
    last = len(data["attribution"]) - 1
    fields[f"attribution.{last}.source.type"] = data["attribution"][last]["source"]["type"]
    return {name: value if isinstance(value, str) else "" for name, value in fields.items()}


def _next(request: Request, seat: Seat, params: dict[str, str], told: str | None = None) -> Response:
    """The claim at the head of the queue, past those that were put off."""
    asked, blind = FilterQuery.of(params).filter(), bool(params.get("blind"))
    skipped = SkipQuery.of(params).skip
    queued, length = seat.casebook.review_queue(asked, params.get("near", "").strip()[:200] or None, blind, skipped, 1)
    number = queued[0].claim if queued else None
    return _shown(request, seat, params, number, queued[0].reasons if queued else (), skipped, length, told)


def _shown(
    request: Request, seat: Seat, params: dict[str, str], number: RowPath | None, reasons: tuple[str, ...], skipped: int = 0, length: int | None = None,
    told: str | None = None,
) -> Response:  # fmt: skip
    blind = bool(params.get("blind"))
    found = seat.casebook.claim(number) if number is not None else None
    in_part = bool(request.headers.get("hx-request"))
    context: dict[str, Any] = {
        "found": found,
        "params": params,
        "skipped": skipped,
        "length": length,
        "told": told,
        "blind": blind,
        "because": reasons,
    }
    if found is not None:
        sentence = found.machine.sentence
        since, until = max(0, sentence.start - _AROUND), min(len(found.text), sentence.end + _AROUND)
        version = seat.casebook.report(found.report).versions[found.version - 1]
        context |= {
            "claim": found.claim, "segments": marks.segments(found.text, (found.claim,), since, until), "cut": (since > 0, until < len(found.text)),
            "fields": editable(found.claim), "reasons": REASONS, "version": version, "modes": MODES,
            "incident": None if blind else seat.casebook.incident_of([found.number]).get(found.number), "decisions": found.seen_by(seat.name if blind else None),
        }  # fmt: skip
    return page(
        request, "review_card.html" if in_part else "review.html", seat, done=seat.casebook.decided_since(today()),
        agreement=[] if in_part else [row for row in seat.casebook.agreement() if row.claims], **context,
    )  # fmt: skip
