"""Releases: what is to leave, who approved it, what was written, and under which ids events left."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, RowMapping, Table, func, select

from reportedly.casebook import custody
from reportedly.casebook.bulk import portions
from reportedly.casebook.connection import new_id
from reportedly.casebook.tables import KEPT, accounts, original_bytes, originals, release_steps, released_ids, releases
from reportedly.casebook.tables import casebook as identity
from reportedly.casebook.tables import custody as entries
from reportedly.errors import NotInCasebook, ReleaseRefused
from reportedly.model.acquisition import now
from reportedly.model.release import Profile

Step = Literal["approved", "refused", "written"]
_PERSON: Final = "decided on a person's name"
_ROWS: Final = 20_000
MARKED: Final[tuple[Table, ...]] = tuple(table for table in KEPT if table not in (originals, original_bytes))
"""Kept tables whose rows are numbered."""


@dataclass(frozen=True, slots=True)
class ReleaseStep:
    """What became of a release, when and by whom."""

    step: Step
    by: str
    at: str
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """A release, or one that is proposed. `asked`: what it was narrowed to, its title and publisher."""

    number: int
    made_at: str
    made_by: str
    day: str
    profile: Profile
    asked: dict[str, Any]
    marks: dict[str, int]
    steps: tuple[ReleaseStep, ...]

    @property
    def state(self) -> Literal["proposed", "approved", "refused", "written"]:
        """What it is now."""
        return self.steps[-1].step if self.steps else "proposed"

    @property
    def approved_by(self) -> str | None:
        return next((step.by for step in self.steps if step.step == "approved"), None)


def marks(connection: Connection) -> dict[str, int]:
    """The last row of each kept table."""
    return {t.name: int(connection.execute(select(func.coalesce(func.max(t.c.id), 0))).scalar_one()) for t in MARKED}


def needs_second_person(connection: Connection) -> bool:
    """Whether a team uses this casebook: it has accounts."""
    chosen = select(func.count()).select_from(accounts).where(accounts.c.closed.is_(False))
    return int(connection.execute(chosen).scalar_one()) > 0


def propose(connection: Connection, day: str, profile: Profile, asked: Mapping[str, Any], by: str) -> int:
    """Note what is to leave, as the casebook stands now; its number."""
    row = {
        "made_at": now().isoformat(), "made_by": by, "day": day, "profile": profile.model_dump_json(),
        "asked": json.dumps(asked, ensure_ascii=False, sort_keys=True), "marks": json.dumps(marks(connection), sort_keys=True),
    }  # fmt: skip
    number = new_id(connection.execute(releases.insert().values(**row)))
    sealed = {f"releases {number}": custody.digest_of(row)}
    custody.log(connection, by, "proposed a release", release=number, profile=profile.name, sealed=sealed)
    return number


def add_step(connection: Connection, number: int, step: Step, detail: Mapping[str, Any], by: str) -> None:
    """Approve or refuse a release, or note that it was written. Raises NotInCasebook, ReleaseRefused."""
    found = release(connection, number)
    if step != "written":
        if found.state != "proposed":
            raise ReleaseRefused(f"release {number}: was {found.state} already")
        if by == found.made_by:
            raise ReleaseRefused(
                f"release {number}: whoever proposed it cannot decide on it; somebody else has to look at it"
            )
        role = connection.execute(
            select(accounts.c.role).where(accounts.c.name == by, accounts.c.closed.is_(False))
        ).scalar()
        if role not in ("editor", "admin"):
            raise ReleaseRefused(f"{by}: only an editor or administrator of the team decides on a release")
    row = {
        "release_id": number, "made_at": now().isoformat(), "made_by": by, "step": step,
        "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip
    key = new_id(connection.execute(release_steps.insert().values(**row)))
    sealed = {f"release_steps {key}": custody.digest_of(row)}
    custody.log(connection, by, f"{step if step != 'written' else 'wrote'} a release", release=number, sealed=sealed)


def require_writable(connection: Connection, number: int) -> ReleaseRow:
    """A release that may be written now. Raises NotInCasebook, ReleaseRefused."""
    found = release(connection, number)
    if found.state == "refused":
        raise ReleaseRefused(
            f"release {number}: was refused by {found.steps[-1].by}: {found.steps[-1].detail.get('reason', '')}"
        )
    if found.state == "proposed" and needs_second_person(connection):
        raise ReleaseRefused(
            f"release {number}: nobody else has approved it yet: reportedly releases {number} --approve --as NAME"
        )
    return found


def all_releases(connection: Connection) -> list[ReleaseRow]:
    """Every release, the latest first."""
    rows = connection.execute(select(releases).order_by(releases.c.id.desc())).mappings().all()
    return [_row(connection, row) for row in rows]


def release(connection: Connection, number: int) -> ReleaseRow:
    """One release. Raises NotInCasebook."""
    row = connection.execute(select(releases).where(releases.c.id == number)).mappings().first()
    if row is None:
        raise NotInCasebook(f"release {number}: is not in this casebook. List them: reportedly releases")
    return _row(connection, row)


def _row(connection: Connection, row: RowMapping) -> ReleaseRow:
    chosen = select(release_steps).where(release_steps.c.release_id == row["id"]).order_by(release_steps.c.id)
    steps = tuple(
        ReleaseStep(step["step"], step["made_by"], step["made_at"], json.loads(step["detail"]))
        for step in connection.execute(chosen).mappings() if step["step"] in get_args(Step)
    )  # fmt: skip
    return ReleaseRow(
        int(row["id"]), row["made_at"], row["made_by"], row["day"], Profile.model_validate_json(row["profile"]), json.loads(row["asked"]),
        json.loads(row["marks"]), steps,
    )  # fmt: skip


# ── ids


def secret(connection: Connection) -> str:
    """What new ids are made with: known to whoever has the casebook or a backup of it, and to nobody else."""
    return str(connection.execute(select(identity.c.id)).scalar_one())


def ids_of(connection: Connection, anchors: Sequence[int], until: int | None = None) -> dict[int, str]:
    """The ids under which claims left last, by their anchors; as of a release, where one is named."""
    chosen = select(released_ids.c.anchor, released_ids.c.uid).order_by(released_ids.c.id)
    if until is not None:
        chosen = chosen.where(released_ids.c.release_id <= until)
    return {
        int(anchor): uid
        for portion in portions(set(anchors))
        for anchor, uid in connection.execute(chosen.where(released_ids.c.anchor.in_(portion))).all()
    }


def first_days(connection: Connection, until: int | None = None) -> Iterator[tuple[str, str]]:
    """Each id that was released, and the day on which it first was."""
    chosen = select(released_ids.c.uid, func.min(releases.c.day)).join(
        releases, releases.c.id == released_ids.c.release_id
    )
    if until is not None:
        chosen = chosen.where(released_ids.c.release_id <= until)
    return ((str(uid), str(day)) for uid, day in connection.execute(chosen.group_by(released_ids.c.uid)))


def note_ids(connection: Connection, number: int, rows: Iterable[tuple[int, str]]) -> None:
    """Keep under which ids anchors left."""
    left = iter(rows)
    while batch := list(islice(left, _ROWS)):
        connection.execute(released_ids.insert(), [{"release_id": number, "anchor": a, "uid": u} for a, u in batch])


# ── persons


def decide_on_person(connection: Connection, name: str, in_office: bool, reason: str, by: str) -> None:
    """Say whether the bearer of a name is a public figure in office, whose name may leave, or not. Raises ReleaseRefused."""
    if not reason.strip() or not name.strip():
        raise ReleaseRefused("a decision on a person's name needs a name and a reason: --reason 'why'")
    custody.log(connection, by, _PERSON, name=name.strip(), in_office=in_office, reason=reason.strip())


def persons(connection: Connection) -> dict[str, bool]:
    """What was said last of each name, without case: whether its bearer is in office."""
    chosen = select(entries.c.detail).where(entries.c.action == _PERSON).order_by(entries.c.id)
    said = (json.loads(detail) for detail in connection.execute(chosen).scalars())
    return {str(one["name"]).casefold(): bool(one["in_office"]) for one in said}


def rows_until(connection: Connection, table: Table, last: int) -> Iterator[list[dict[str, Any]]]:
    """The rows of a kept table up to a number, some at a time."""
    at = 0
    while True:
        chosen = select(table).where(table.c.id > at, table.c.id <= last).order_by(table.c.id).limit(_ROWS // 10)
        page = [dict(row) for row in connection.execute(chosen).mappings()]
        if not page:
            return
        yield page
        at = int(page[-1]["id"])
