"""How feeds have been doing: one entry for each time one was checked."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from reportedly.casebook.tables import feed_checks
from reportedly.model.acquisition import now


@dataclass(frozen=True, slots=True)
class FeedState:
    """What the last check of a feed told; `last_new` is when it last brought something new, or was first checked."""

    url: str
    checked_at: str
    outcome: str
    detail: str | None
    failures: int
    last_new: str | None
    etag: str | None
    last_modified: str | None


def log_check(
    connection: Connection,
    url: str,
    outcome: str,
    added: int,
    detail: str | None,
    etag: str | None,
    last_modified: str | None,
) -> None:
    """Keep what a check of a feed gave: "ok", "unchanged" or "failed"."""
    connection.execute(
        feed_checks.insert().values(
            url=url, checked_at=now().isoformat(), outcome=outcome, added=added, detail=detail, etag=etag, last_modified=last_modified
        )
    )  # fmt: skip


def feed_state(connection: Connection, url: str) -> FeedState | None:
    """How a feed has been doing; None where it was never checked."""
    of_it = feed_checks.c.url == url
    newest_first = select(feed_checks).where(of_it).order_by(feed_checks.c.id.desc()).limit(1)
    last = connection.execute(newest_first).mappings().first()
    if last is None:
        return None
    good = connection.execute(newest_first.where(feed_checks.c.outcome == "ok")).mappings().first()
    answered = connection.execute(newest_first.where(feed_checks.c.outcome != "failed")).mappings().first()
    since = feed_checks.c.id > (answered["id"] if answered else 0)
    failures = connection.execute(select(func.count()).select_from(feed_checks).where(of_it, since)).scalar_one()
    news = connection.execute(newest_first.where(feed_checks.c.added > 0)).mappings().first()
    first = connection.execute(select(func.min(feed_checks.c.checked_at)).where(of_it)).scalar()
    return FeedState(
        url, last["checked_at"], last["outcome"], last["detail"], int(failures), news["checked_at"] if news else first,
        good["etag"] if good else None, good["last_modified"] if good else None,
    )  # fmt: skip


def feed_states(connection: Connection) -> list[FeedState]:
    """Every feed that was ever checked."""
    urls = connection.execute(select(feed_checks.c.url).distinct().order_by(feed_checks.c.url)).scalars().all()
    return [state for url in urls if (state := feed_state(connection, url)) is not None]
