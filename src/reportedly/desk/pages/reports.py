"""Lists of reports; one report with its claims' words marked, its sources, its copies; its original; and adding reports."""

from typing import Final

from fastapi import APIRouter, Request, Response

from reportedly.desk import marks
from reportedly.desk.query import InvalidQuery, PageQuery, RowPath, address, filter_of
from reportedly.desk.rendering import page
from reportedly.desk.seat import Reader

router = APIRouter(include_in_schema=False)
_ROWS: Final = 50


@router.get("/reports")
def reports(request: Request, seat: Reader) -> Response:
    asked, at = filter_of(request.query_params), PageQuery.of(request.query_params)
    if asked.about_claims and at.before is not None:
        raise InvalidQuery("before: goes with words, outlet and dates of publication alone")
    rows = list(seat.casebook.reports(asked, at.before, _ROWS + 1))
    shown = rows[:_ROWS]
    following = (
        address("/reports", request.query_params, before=shown[-1].id)
        if len(rows) > _ROWS and not asked.about_claims
        else None
    )
    return page(request, "reports.html", seat, rows=shown, following=following, views=seat.casebook.views())


@router.get("/reports/{number}")
def report(request: Request, seat: Reader, number: RowPath) -> Response:
    found = seat.casebook.report(number)
    version = next(v for v in found.versions if v["number"] == found.present)
    claims = tuple(row.claim for row in found.claims)
    copies = seat.casebook.copies(number)
    others = {n for c in copies for n in (c.source, c.copy_)} - {number}
    return page(
        request, "report.html", seat, found=found, version=version, rows=found.claims, roles=marks.ROLES,
        segments=marks.segments(version["text"], claims), copies=copies,
        titles={n: _called(seat.casebook.report(n).versions[-1]) for n in sorted(others)[:50]},
        incidents=seat.casebook.incident_of([row.id for row in found.claims]),
    )  # fmt: skip


def _called(version: dict[str, object]) -> str:
    return f"{version['outlet'] or 'outlet not known'}, {str(version['published'] or 'no date')[:10]}"


@router.get("/reports/{number}/original")
def original(seat: Reader, number: RowPath) -> Response:
    """The untouched bytes, to be saved: never shown, as they may be a page with scripts of its own."""
    found = seat.casebook.report(number)
    version = next(v for v in found.versions if v["number"] == found.present)
    data = seat.casebook.original(version["original_sha256"])
    seat.casebook.log_export("an original", f"R{number}", 1)
    headers = {
        "Content-Disposition": f'attachment; filename="R{number}.original"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(data, media_type="application/octet-stream", headers=headers)
