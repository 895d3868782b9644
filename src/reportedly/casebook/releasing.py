"""What a release is made of, at one moment: incidents with their claims, and claims, in the order of their numbers, a page in memory at a time."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, func, select

from reportedly.casebook import listing, releases, weighed
from reportedly.casebook.facets import Filter
from reportedly.casebook.listing import ClaimRow
from reportedly.casebook.tables import claim_states, incidents
from reportedly.casebook.weighed import IncidentRow

_INCIDENTS: Final = 200
_CLAIMS: Final = 500


class Releasing:
    """A casebook at one moment, for a release; ids as of a release, where one is made again."""

    def __init__(self, connection: Connection, until: int | None) -> None:
        self._connection = connection
        self._until = until

    def incidents(self, asked: Filter) -> Iterator[tuple[IncidentRow, list[ClaimRow]]]:
        """Incidents with all their claims; with a filter, those that hold such a claim."""
        chosen = select(incidents.c.id)
        if not asked.is_empty:
            chosen = chosen.where(listing.in_incidents(self._connection, asked))
        at = 0
        while (
            page := self._connection.execute(
                chosen.where(incidents.c.id > at).order_by(incidents.c.id).limit(_INCIDENTS)
            )
            .scalars()
            .all()
        ):
            rows = weighed.incidents_by_number(self._connection, page)
            numbers = sorted(claim for row in rows for claim in row.incident.claims)
            claims = {
                claim.id: claim
                for start in range(0, len(numbers), _CLAIMS)
                for claim in listing.claims_by_number(self._connection, numbers[start : start + _CLAIMS])
            }
            for row in rows:
                yield row, [claims[number] for number in row.incident.claims if number in claims]
            at = int(page[-1])

    def claims(self, asked: Filter) -> Iterator[ClaimRow]:
        """Claims that count, or that a filter asks for."""
        wanted, order = listing.matching_claims_in_order(self._connection, asked)
        at = 0
        while page := self._connection.execute(wanted.where(order > at).order_by(order).limit(_CLAIMS)).scalars().all():
            yield from reversed(listing.claims_by_number(self._connection, list(page)))
            at = int(page[-1])

    def how_many(self) -> tuple[int, int]:
        """Incidents, and claims."""
        counted = (select(func.count()).select_from(table) for table in (incidents, claim_states))
        one, other = (int(self._connection.execute(chosen).scalar_one()) for chosen in counted)
        return one, other

    def secret(self) -> str:
        """What new ids are made with."""
        return releases.secret(self._connection)

    def ids_of(self, anchors: Sequence[int]) -> Mapping[int, str]:
        """The ids under which claims left last, by their anchors."""
        return releases.ids_of(self._connection, anchors, self._until)

    def first_days(self) -> Iterator[tuple[str, str]]:
        """Each id that was released, and the day on which it first was."""
        return releases.first_days(self._connection, self._until)

    def persons(self) -> dict[str, bool]:
        """Whose names people decided on, and whether they are in office."""
        return releases.persons(self._connection)

    def release_marks(self) -> dict[str, int]:
        """The last rows of what is kept of releases."""
        here = releases.marks(self._connection)
        return {name: here[name] for name in ("releases", "release_steps", "released_ids")}
