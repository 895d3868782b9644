"""The board of warnings by area and window, one warning with the rule that resolves it, and the record of those who warn."""

from collections import defaultdict
from typing import Final, get_args

from fastapi import APIRouter, Request, Response

from reportedly.casebook.warned import WarningRow, WarningState
from reportedly.desk.query import InvalidQuery, PageQuery, RowPath, address
from reportedly.desk.rendering import page, today
from reportedly.desk.seat import Reader
from reportedly.knowledge.gazetteer import names_of

router = APIRouter(include_in_schema=False)
_ROWS: Final = 60
_NOWHERE: Final = "no area is told"
STATES: Final[tuple[WarningState, ...]] = get_args(WarningState)


def state_asked(value: str | None) -> WarningState | None:
    """The state that an address asks for. Raises InvalidQuery."""
    found = next((s for s in STATES if s == value), None)
    if value and found is None and value != "all":
        raise InvalidQuery(f"state: {value[:40]!r} is none of all, {', '.join(STATES)}")
    return found


@router.get("/warnings")
def warnings(request: Request, seat: Reader) -> Response:
    params = dict(request.query_params)
    state, place, day = state_asked(params.get("state", "open")), params.get("place", "").strip()[:200], today()
    areas = names_of(place) if place else ()
    rows = seat.casebook.warnings_page(state, day, areas, PageQuery.of(params).before, _ROWS + 1)
    shown = rows[:_ROWS]
    return page(
        request, "warnings.html", seat, board=_by_area(shown), counts=seat.casebook.count_warnings(day), day=day, state=state, states=STATES,
        following=address("/warnings", params, before=shown[-1].number) if len(rows) > _ROWS else None,
    )  # fmt: skip


def _by_area(rows: list[WarningRow]) -> list[tuple[str, list[WarningRow]]]:
    """Warnings under the areas that they name, those that end first first; one on several areas stands under each."""
    board: dict[str, list[WarningRow]] = defaultdict(list)
    for row in rows:
        for area in row.warning.rule.areas or (None,):
            name = (
                _NOWHERE
                if area is None
                else ", ".join(dict.fromkeys(p for p in (area.admin1 or area.name, area.country) if p))
            )
            if row not in board[name]:
                board[name].append(row)
    for found in board.values():
        found.sort(key=lambda row: (row.warning.rule.end or "9999", row.number))
    return sorted(board.items(), key=lambda item: (item[0] == _NOWHERE, -len(item[1]), item[0]))


@router.get("/warnings/record")
def record(request: Request, seat: Reader) -> Response:
    return page(
        request, "warning_record.html", seat, scoring=seat.casebook.last_scoring(), labels=seat.casebook.source_labels()
    )


@router.get("/warnings/{number}")
def warning(request: Request, seat: Reader, number: RowPath) -> Response:
    row = seat.casebook.warning(number)
    return page(request, "warning.html", seat, row=row, day=today(), claim=seat.casebook.claim(row.warning.claim))
