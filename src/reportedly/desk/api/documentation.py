"""The HTTP interface's description of itself, and the page that shows it."""

from fastapi import APIRouter, Request, Response
from starlette.responses import JSONResponse

from reportedly.desk.rendering import page
from reportedly.desk.seat import Reader

router = APIRouter(include_in_schema=False)


@router.get("/openapi.json")
def openapi(request: Request, seat: Reader) -> Response:  # noqa: ARG001
    return JSONResponse(request.app.openapi())


@router.get("")
def documentation(request: Request, seat: Reader) -> Response:
    return page(request, "api.html", seat)
