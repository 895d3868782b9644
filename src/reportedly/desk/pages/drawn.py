"""Map, timeline and network: pages that draw what the HTTP interface gives them."""

from fastapi import APIRouter, Request, Response

from reportedly.desk.query import PictureQuery
from reportedly.desk.rendering import page
from reportedly.desk.seat import Reader

router = APIRouter(include_in_schema=False)


@router.get("/map")
def drawn_map(request: Request, seat: Reader) -> Response:
    return _drawn(request, seat, "map.html")


@router.get("/timeline")
def timeline(request: Request, seat: Reader) -> Response:
    return _drawn(request, seat, "timeline.html")


@router.get("/network")
def network(request: Request, seat: Reader) -> Response:
    return _drawn(request, seat, "network.html")


def _drawn(request: Request, seat: Reader, template: str) -> Response:
    PictureQuery.of(request.query_params)
    with seat.casebook.pictures() as pictures:
        span = pictures.span()
    return page(request, template, seat, span=span, weighed=seat.casebook.was_weighed())
