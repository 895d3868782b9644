"""Adding reports from an address, a file or pasted words, and weighing what is new."""

import tempfile
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, File, Form, Request, Response, UploadFile
from starlette.responses import RedirectResponse

from reportedly.casebook.taking_in import NothingNew, Taken, take_in
from reportedly.desk.gathering import gatherer
from reportedly.desk.rendering import page
from reportedly.desk.seat import EditorChanging, EditorLooking, Seat
from reportedly.desk.weigh_casebook import weigh_what_is_new
from reportedly.errors import InvalidDecision
from reportedly.intake.files import checked_date
from reportedly.model.acquisition import FeedRead

router = APIRouter(include_in_schema=False)
_MOST: Final = 50
"""Addresses or files that one form takes."""
_LONGEST: Final = 2_000_000


@router.get("/add")
def form(request: Request, seat: EditorLooking) -> Response:
    return page(request, "add.html", seat, lines=None)


@router.post("/add")
def add(
    request: Request, seat: EditorChanging, files: Annotated[list[UploadFile], File(default_factory=list)],
    addresses: Annotated[str, Form()] = "", text: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "", outlet: Annotated[str, Form()] = "", published: Annotated[str, Form()] = "",
) -> Response:  # fmt: skip
    if published.strip():
        checked_date(published.strip(), "published")
    options = {
        "outlet": outlet.strip() or None,
        "published": published.strip() or None,
        "title": title.strip() or None,
        "url": None,
    }
    what: list[str] = [a for a in addresses.split() if a.startswith(("http://", "https://"))]
    if len(what) != len(addresses.split()):
        raise InvalidDecision("addresses begin with https:// or http://, one to a line")
    with tempfile.TemporaryDirectory() as folder:
        for number, file in enumerate(f for f in files if f.filename):
            path = Path(folder) / f"{number:02}" / Path(str(file.filename)).name[-120:]
            path.parent.mkdir()
            path.write_bytes(file.file.read())
            what.append(str(path))
        if text.strip():
            path = Path(folder) / "pasted.txt"
            path.write_text(text[:_LONGEST], encoding="utf-8", errors="replace")
            what.append(str(path))
        if not what or len(what) > _MOST:
            raise InvalidDecision(f"give addresses, files or words: at least one, at most {_MOST}")
        lines = list(_taken_in(request, seat, what, options, folder))
    return page(request, "add.html", seat, lines=lines, weighed=weigh_what_is_new(seat.casebook))


def _taken_in(
    request: Request, seat: Seat, what: list[str], options: dict[str, str | None], folder: str
) -> list[tuple[int | None, str]]:
    """What became of each: the report's number where there is one, and a line."""
    desk = request.app.state.desk
    lines: list[tuple[int | None, str]] = []
    with gatherer(seat.casebook, options, desk.allow_hosts, desk.contact, 1.0) as gathering:
        for step in take_in(seat.casebook, gathering.gather(what), desk.reader()):
            if isinstance(step, Taken):
                made = step.problem or f"{step.claims or 0} claims"
                lines.append((step.kept.report, f"{step.kept.news}: {made}"))
            elif isinstance(step, FeedRead):
                lines.append((None, f"feed with {step.entries} entries"))
            elif isinstance(step, NothingNew):
                lines.append((None, f"{step.location}: nothing new"))
            else:
                lines.append((None, step.reason.replace(f"{folder}/", "")))
    return lines


@router.post("/weigh")
def weigh(request: Request, seat: EditorChanging) -> Response:
    """Weigh what is new at once, or everything in the background where that has to be."""
    if not weigh_what_is_new(seat.casebook):
        request.app.state.desk.weighing.begin(seat.casebook)
    return RedirectResponse("/", 303)
