"""Who says what there is: outlets and the sources in them, publishers' families, records, and the grades that people give."""

from typing import Annotated, Final

from fastapi import APIRouter, Form, Request, Response
from starlette.responses import RedirectResponse

from reportedly.desk.query import FilterQuery, SkipQuery, address
from reportedly.desk.rendering import page
from reportedly.desk.seat import EditorChanging, Reader
from reportedly.errors import NotInCasebook
from reportedly.knowledge.outlets import family_of

router = APIRouter(include_in_schema=False)
_ROWS: Final = 50


@router.get("/sources")
def sources(request: Request, seat: Reader) -> Response:
    params = dict(request.query_params)
    asked = FilterQuery.of(params).filter()
    start = SkipQuery.of(params).skip
    rows = seat.casebook.sources(asked, start, _ROWS + 1)
    return page(
        request, "sources.html", seat, rows=[(row, family_of(row.outlet) if row.outlet else "") for row in rows[:_ROWS]],
        records=seat.casebook.top_records(30) if not start and asked.is_empty else [], grades=seat.casebook.source_grades(),
        following=address("/sources", params, skip=start + _ROWS) if len(rows) > _ROWS else None,
    )  # fmt: skip


@router.get("/sources/record")
def record(request: Request, seat: Reader, key: str) -> Response:
    found = seat.casebook.source_record(key)
    if found is None:
        raise NotInCasebook("no such source has told of anything that was weighed")
    scoring = seat.casebook.last_scoring()
    return page(
        request, "source.html", seat, record=found, graded=seat.casebook.source_grades().get(key), told=seat.casebook.incidents_told_by(key),
        score=scoring.by_origin.get(key) if scoring is not None else None,
    )  # fmt: skip


@router.post("/sources/grade")
def grade(
    seat: EditorChanging,
    key: Annotated[str, Form()],
    grade: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    seat.casebook.grade_source(key, grade.strip().upper(), reason)
    return RedirectResponse(address("/sources/record", {"key": key}), 303)
