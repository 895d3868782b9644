"""Lists of claims, their CSV, and one claim with everything that was decided on it."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from reportedly.casebook.facets import Filter
from reportedly.desk.cells import claim_cells, harmless
from reportedly.desk.query import PageQuery, RowPath, address, filter_of
from reportedly.desk.rendering import page
from reportedly.desk.seat import Reader, Seat

router = APIRouter(include_in_schema=False)
_ROWS: Final = 50
_MOST_EXPORTED: Final = 1_000_000


@router.get("/claims")
def claims(request: Request, seat: Reader) -> Response:
    asked, at = filter_of(request.query_params), PageQuery.of(request.query_params)
    rows = list(seat.casebook.claims(asked, at.before, _ROWS + 1))
    shown = rows[:_ROWS]
    return page(
        request, "claims.html", seat, rows=shown, incidents=seat.casebook.incident_of([row.id for row in shown]),
        following=address("/claims", request.query_params, before=shown[-1].id) if len(rows) > _ROWS else None,
        export=address("/claims.csv", request.query_params, before=None), views=seat.casebook.views(),
    )  # fmt: skip


@router.get("/claims.csv")
def export(request: Request, seat: Reader) -> Response:
    asked = filter_of(request.query_params)
    return StreamingResponse(
        _lines(seat, asked, request.url.query), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="claims.csv"'},
    )  # fmt: skip


def _lines(seat: Seat, asked: Filter, query: str) -> Iterator[str]:
    """Every claim asked for as a line; what was taken out is logged when the last one is."""
    count = 0
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    try:
        for row in seat.casebook.claims(asked, limit=_MOST_EXPORTED):
            cells = claim_cells(row)
            if not count:
                writer.writerow(cells)
            writer.writerow(map(harmless, cells.values()))
            count += 1
            if count % 200 == 0:
                yield buffer.getvalue()
                buffer.seek(0)
                buffer.truncate()
        yield buffer.getvalue()
    finally:
        seat.casebook.log_export("claims as CSV", query, count)


@router.get("/claims/{number}")
def claim(request: Request, seat: Reader, number: RowPath) -> Response:
    found = seat.casebook.claim(number)
    return page(
        request, "claim.html", seat, found=found, report=seat.casebook.report(found.report), claim=found.claim,
        incident=seat.casebook.incident_of([number]).get(number), decisions=found.seen_by(None),
    )  # fmt: skip
