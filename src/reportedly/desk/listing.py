"""Lists that pages and the HTTP interface both give."""

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.weighed import IncidentRow
from reportedly.desk.query import FilterQuery
from reportedly.model.incident import Telling


def incidents_asked_for(
    casebook: Casebook, asked: FilterQuery, telling: Telling | None, before: int | None, limit: int
) -> list[IncidentRow]:
    """Incidents that hold a claim like the one asked for; origins and disputes are asked of the incident itself."""
    claims = asked.model_copy(update={"origins": None, "disputed": None}).filter()
    ahead = None if telling is None else telling == "ahead"
    return casebook.incidents(claims, asked.origins or 1, bool(asked.disputed), ahead, before, limit)
