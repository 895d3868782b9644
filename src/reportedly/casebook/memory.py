"""What a casebook remembers of the last weighing, so that the next one need only look at what is new. All of it is derived."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, Select, Table, bindparam, delete, func, select, update

from reportedly.casebook import custody, graded, warned, weighed
from reportedly.casebook.bulk import add_rows, change_counts, portions
from reportedly.casebook.tables import (
    WEIGHED,
    claim_keys,
    claim_states,
    claims,
    copies,
    decisions,
    groupings,
    incident_claims,
    incident_origins,
    incident_relations,
    incidents,
    passage_keys,
    readings,
    report_states,
    sightings,
    source_names,
    source_records,
    source_tallies,
    versions,
    warning_claims,
    weighed_claims,
    weighed_reports,
    weighings,
)
from reportedly.casebook.weighed import Changes, Weighable
from reportedly.model.acquisition import now
from reportedly.model.incident import Copy, Incident, SourceRecord, Told, names_of
from reportedly.model.warning import IssuedWarning

Posting = tuple[int, int, int]
_Told = tuple[str, str, str, tuple[str, ...], bool, str | None]
"""An incident's origin: key, kind, label, outlets, whether the incident is ahead, what became of it."""
_DEPENDS_ON: Final = (sightings, readings, decisions, groupings)
"""Whatever weighing depends on is a row added to one of these."""
_POSTINGS: Final = "SELECT rank, report_id, start FROM passage_keys WHERE key = ? AND rank >= ? ORDER BY rank, report_id, start LIMIT ?"
_POSTINGS_OF_ALL: Final = (  # one for each key would take a round trip each
    "SELECT asked.key, found.* FROM unnest(%s::bigint[], %s::bigint[]) AS asked (key, since) CROSS JOIN LATERAL "
    "(SELECT rank, report_id, start FROM passage_keys WHERE passage_keys.key = asked.key AND rank >= asked.since "
    "ORDER BY rank, report_id, start LIMIT %s) AS found ORDER BY found.rank, found.report_id, found.start"
)


class WeighingMemory:
    """What is remembered, within one transaction. Reports and claims by their numbers."""

    def __init__(self, connection: Connection, by: str) -> None:
        self._connection = connection
        self._by = by

    # ── what is new

    def marks(self) -> dict[str, int]:
        """How far what weighing depends on goes by now."""
        return {t.name: int(self._connection.execute(select(func.max(t.c.id))).scalar() or 0) for t in _DEPENDS_ON}

    def changes(self, version: str) -> Changes | None:
        """What is new since the last weighing; None where there was none, or one by another version."""
        last = self._connection.execute(select(weighings.c.version, weighings.c.weighed)).one_or_none()
        if last is None or last[0] != version:
            return None
        marks: dict[str, int] = json.loads(last[1])
        decided = select(claims.c.report_id).join(decisions, decisions.c.claim_id == claims.c.id)
        seen = (
            select(sightings.c.report_id)
            .join(report_states, report_states.c.report_id == sightings.c.report_id)
            .join(versions, versions.c.id == report_states.c.version_id)
            .outerjoin(weighed_reports, weighed_reports.c.report_id == sightings.c.report_id)
            .where(func.coalesce(weighed_reports.c.digest, "") != versions.c.digest)
        )
        asked: list[Select[Any]] = [
            seen.where(sightings.c.id > marks["sightings"]),
            select(readings.c.report_id).where(readings.c.id > marks["readings"]),
            decided.where(decisions.c.id > marks["decisions"]),
        ]
        reports = {int(number) for one in asked for number in self._connection.execute(one.distinct()).scalars()}
        paired = select(groupings.c.one, groupings.c.other).where(groupings.c.id > marks["groupings"])
        regrouped = {int(claim) for pair in self._connection.execute(paired).all() for claim in pair}
        total = self._connection.execute(select(func.count()).select_from(weighed_reports)).scalar_one()
        return Changes(frozenset(reports), frozenset(regrouped), int(total))

    def finish(self, version: str, marks: Mapping[str, int], action: str, **detail: object) -> None:
        """Note by what everything was weighed, and how far that goes."""
        highest = self._highest_incident()
        self._connection.execute(weighings.delete())
        row = {"id": 1, "version": version, "weighed": json.dumps(marks), "incidents": highest, "at": now().isoformat()}
        self._connection.execute(weighings.insert().values(**row))
        custody.log(self._connection, self._by, action, None, **detail)

    def forget(self) -> None:
        """Drop all that was derived, but for the highest number that an incident was given."""
        for table in WEIGHED:
            if table is not weighings:
                self._connection.execute(table.delete())

    # ── reports

    def everything(self) -> Iterator[Weighable]:
        """Every report as it is now, with its claims that count."""
        return weighed.weighable(self._connection)

    def present(self, reports: Collection[int]) -> list[Weighable]:
        """Reports as they are now, with their claims that count."""
        return [row for some in portions(reports) for row in weighed.weighable_among(self._connection, some)]

    def texts(self, reports: Collection[int]) -> list[Weighable]:
        """Reports as they are now, without claims."""
        return [row for some in portions(reports) for row in weighed.texts_among(self._connection, some)]

    def former(self, reports: Collection[int]) -> list[Weighable]:
        """Those that were weighed before, in the version that was, without claims."""
        of_then = (weighed_reports.c.report_id == versions.c.report_id) & (
            weighed_reports.c.digest == versions.c.digest
        )
        chosen = select(*weighed.VERSION).join(weighed_reports, of_then)
        return list(map(weighed.without_claims, self._by_number(chosen, versions.c.report_id, reports)))

    def families_of(self, outlets: Collection[str]) -> dict[str, str]:
        """The family of each outlet that some weighed report comes from, by the outlet's key."""
        chosen = select(weighed_reports.c.outlet, func.min(weighed_reports.c.family)).group_by(weighed_reports.c.outlet)
        return {row[0]: row[1] for row in self._by_number(chosen, weighed_reports.c.outlet, outlets)}

    def keep_reports(self, rows: Iterable[tuple[int, str, str | None, str]]) -> None:
        """Number, digest, outlet's key and family of reports, in the place of what was kept of them."""
        kept = list(rows)
        self._delete(weighed_reports, weighed_reports.c.report_id, [number for number, *_ in kept])
        add_rows(self._connection, weighed_reports, kept)

    # ── passages

    def postings(self, starts: Mapping[int, int], most: int | None = None) -> dict[int, list[Posting]]:
        """The first passages under each key from an order number on, in order; without the keys that have none."""
        found: dict[int, list[Posting]] = defaultdict(list)
        if self._connection.dialect.name == "postgresql":
            given = (list(starts.keys()), list(starts.values()), most)
            for key, *posting in self._connection.exec_driver_sql(_POSTINGS_OF_ALL, given).all() if starts else ():
                found[key].append((posting[0], posting[1], posting[2]))
            return dict(found)
        for key, start in starts.items():
            rows = self._connection.exec_driver_sql(_POSTINGS, (key, start, -1 if most is None else most)).all()
            if rows:
                found[key] = [(row[0], row[1], row[2]) for row in rows]
        return dict(found)

    def put_passages(self, rows: Iterable[Sequence[int]]) -> None:
        """Keep passages under their keys: key, order number, report and first character of each."""
        add_rows(self._connection, passage_keys, rows)

    def drop_passages(self, rows: Iterable[Sequence[int]]) -> None:
        """Keep them no longer."""
        order = delete(passage_keys).where(
            passage_keys.c.key == bindparam("a"), passage_keys.c.rank == bindparam("b"), passage_keys.c.report_id == bindparam("c"),
            passage_keys.c.start == bindparam("d"),
        )  # fmt: skip
        found = [dict(zip("abcd", row, strict=True)) for row in rows]
        if found:
            self._connection.execute(order, found)

    def copies_touching(self, reports: Collection[int]) -> list[Copy]:
        """The copies that have one of some reports on either side."""
        found = {
            (row[0], row[1]): row[2]
            for column in (copies.c.source, copies.c.copy)
            for row in self._by_number(select(copies.c.source, copies.c.copy, copies.c.record), column, reports)
        }
        return [Copy.model_validate_json(record) for _, record in sorted(found.items())]

    def put_copies(self, found: Mapping[int, Sequence[Copy]]) -> None:
        """Keep these in the place of what each report copied before."""
        self._delete(copies, copies.c.copy, found.keys())
        self.add_copies(c for some in found.values() for c in some)

    def add_copies(self, found: Iterable[Copy]) -> None:
        """Keep copies besides those there are."""
        rows = ((c.source, c.copy_, c.share, c.extent, c.model_dump_json(by_alias=True)) for c in found)
        add_rows(self._connection, copies, rows)

    # ── claims

    def weighed_claims_of(self, reports: Collection[int]) -> list[int]:
        """The claims of some reports that were weighed before."""
        return [
            int(row[0])
            for row in self._by_number(select(weighed_claims.c.claim_id), weighed_claims.c.report_id, reports)
        ]

    def keys_of(self, some: Collection[int]) -> set[int]:
        """The keys under which some claims are kept."""
        return {int(row[0]) for row in self._by_number(select(claim_keys.c.key), claim_keys.c.claim_id, some)}

    def claims_under(self, keys: Collection[int]) -> dict[int, list[int]]:
        """The claims kept under each key."""
        found: dict[int, list[int]] = defaultdict(list)
        for key, claim in self._by_number(select(claim_keys.c.key, claim_keys.c.claim_id), claim_keys.c.key, keys):
            found[int(key)].append(int(claim))
        return dict(found)

    def sizes(self, keys: Collection[int]) -> dict[int, int]:
        """How many claims are kept under each key."""
        counted = select(claim_keys.c.key, func.count()).group_by(claim_keys.c.key)
        return {int(key): int(count) for key, count in self._by_number(counted, claim_keys.c.key, keys)}

    def put_claims(self, some: Iterable[tuple[int, int, int]], keys: Iterable[Sequence[int]]) -> None:
        """Keep claims with their reports and components, and claims under keys; what is kept already stays."""
        add_rows(self._connection, weighed_claims, some)
        add_rows(self._connection, claim_keys, keys)

    def drop_claims(self, some: Collection[int]) -> None:
        """Keep them no longer."""
        self._delete(weighed_claims, weighed_claims.c.claim_id, some)
        self._delete(claim_keys, claim_keys.c.claim_id, some)

    def reports_of(self, some: Collection[int]) -> dict[int, int]:
        """The report of each claim that is kept."""
        chosen = select(weighed_claims.c.claim_id, weighed_claims.c.report_id)
        return {int(claim): int(report) for claim, report in self._by_number(chosen, weighed_claims.c.claim_id, some)}

    def components_of(self, some: Collection[int]) -> set[int]:
        """The components that some claims are in."""
        return {
            int(row[0]) for row in self._by_number(select(weighed_claims.c.component), weighed_claims.c.claim_id, some)
        }

    def members_of(self, components: Collection[int]) -> set[int]:
        """All claims of some components."""
        chosen = select(weighed_claims.c.claim_id)
        return {int(row[0]) for row in self._by_number(chosen, weighed_claims.c.component, components)}

    def put_components(self, components: Mapping[int, int]) -> None:
        """Keep the component of each claim."""
        chosen = select(weighed_claims.c.claim_id, weighed_claims.c.component)
        by_least: dict[int, list[int]] = defaultdict(list)
        for claim, least in self._by_number(chosen, weighed_claims.c.claim_id, components):
            if components[claim] != least:
                by_least[components[claim]].append(claim)
        for least, some in by_least.items():
            for portion in portions(some):
                order = update(weighed_claims).where(weighed_claims.c.claim_id.in_(portion)).values(component=least)
                self._connection.execute(order)

    def groupings(self) -> list[tuple[int, int, bool]]:
        """Two claims, and whether people say that they are one happening."""
        return [(g.one, g.other, g.together) for g in weighed.standing_groupings(self._connection)]

    # ── incidents

    def incidents_of(self, some: Collection[int]) -> dict[int, frozenset[int]]:
        """The incidents that some claims were in, with all their claims."""
        chosen = select(incident_claims.c.incident_id, incident_claims.c.claim_id)
        numbers = {int(row[0]) for row in self._by_number(chosen, incident_claims.c.claim_id, some)}
        return _members(self._by_number(chosen, incident_claims.c.incident_id, numbers))

    def put_incidents(self, gone: Mapping[int, frozenset[int]], found: Sequence[Incident]) -> set[str]:
        """Keep incidents in the place of those that are gone; the keys of the origins whose record that may change.

        Each has the number of the one before with which it shares the most claims, or a new one.
        """
        numbers = self._numbers(gone, found)
        o = incident_origins.c
        before = [
            (row[0], row[1], row[2], tuple(json.loads(row[3])), bool(row[4]), row[5])
            for row in self._by_number(
                select(o.key, o.kind, o.label, o.outlets, o.ahead, o.became), o.incident_id, gone
            )
        ]
        now = [(o.key, o.kind, o.label, o.outlets, i.ahead, o.became) for i in found for o in i.origins]
        for table, column in (
            (incidents, incidents.c.id),
            (incident_claims, incident_claims.c.incident_id),
            (incident_origins, incident_origins.c.incident_id),
            (incident_relations, incident_relations.c.incident_id),
        ):
            self._delete(table, column, gone)
        told = self._last_told([c for i in found for c in i.claims])
        add_rows(self._connection, incidents, (
            (
                numbers[i.key], i.key, i.ahead, i.start, i.end, i.reports, i.low, i.high, len(i.contradictions),
                max((told.get(c) or "" for c in i.claims), default=""), len(i.claims), i.types[0], i.telling, i.grade.credibility,
                i.country, i.admin1, i.place, i.lat, i.lon, i.precision, i.model_dump_json(),
            )
            for i in found
        ))  # fmt: skip
        add_rows(self._connection, incident_relations, (
            (numbers[i.key], r.kind, r.one, r.other, i.telling, i.low, i.grade.credibility, i.start, i.end, i.country)
            for i in found
            for r in i.relations
        ))  # fmt: skip
        add_rows(self._connection, incident_claims, ((c, numbers[i.key]) for i in found for c in i.claims))
        add_rows(self._connection, incident_origins, (
            (numbers[i.key], n, o.key, o.kind, o.label, json.dumps(o.outlets, ensure_ascii=False), i.ahead, o.became)
            for i in found
            for n, o in enumerate(i.origins)
        ))  # fmt: skip
        return self._count_origins(before, now)

    def _count_origins(self, before: Iterable[_Told], now: Iterable[_Told]) -> set[str]:
        """Bring the counts of what origins told up to date; the keys of those that are other than before."""
        told: Counter[tuple[Any, ...]] = Counter()
        called: Counter[tuple[Any, ...]] = Counter()
        for rows, sign in ((before, -1), (now, 1)):
            for key, kind, label, outlets, ahead, became in rows:
                told[key, kind, ahead, became or ""] += sign
                for own, name in names_of(label, outlets):
                    called[key, own, name] += sign
        for table, counted in ((source_tallies, told), (source_names, called)):
            changed = [(*values, number) for values, number in counted.items() if number]
            change_counts(self._connection, table, table.c.incidents, changed)
        return {key for counted in (told, called) for (key, *_), number in counted.items() if number}

    def all_incidents(self) -> dict[int, frozenset[int]]:
        """Every incident there is by its claims."""
        return _members(
            self._connection.execute(select(incident_claims.c.incident_id, incident_claims.c.claim_id)).all()
        )

    def _numbers(self, gone: Mapping[int, frozenset[int]], found: Sequence[Incident]) -> dict[str, int]:
        before = {claim: number for number, members in gone.items() for claim in members}
        wanted = sorted(
            (-shared, number, i.key)
            for i in found
            for number, shared in Counter(before[c] for c in i.claims if c in before).items()
        )
        numbers: dict[str, int] = {}
        taken: set[int] = set()
        for _, number, key in wanted:
            if key not in numbers and number not in taken:
                numbers[key] = number
                taken.add(number)
        without = [i.key for i in sorted(found, key=lambda i: i.claims) if i.key not in numbers]
        highest = max(self._highest_incident(), *gone, 0)
        numbers.update((key, number) for number, key in enumerate(without, start=highest + 1))
        return numbers

    def _highest_incident(self) -> int:
        """The highest number that an incident was ever given, so that none is given twice."""
        given = (select(weighings.c.incidents), select(func.max(incident_claims.c.incident_id)))
        return max(int(self._connection.execute(one).scalar() or 0) for one in given)

    def _last_told(self, some: Sequence[int]) -> dict[int, str | None]:
        chosen = select(claim_states.c.claim_id, claim_states.c.published)
        return {int(claim): day for claim, day in self._by_number(chosen, claim_states.c.claim_id, some)}

    # ── records of sources

    def told(self, keys: Collection[str]) -> dict[str, tuple[list[Told], str | None]]:
        """What each origin told, in how many incidents, and what it is mostly called; empty for one that tells of none any longer."""
        found: dict[str, list[Told]] = {key: [] for key in keys}
        for key, kind, ahead, became, number in self._by_number(select(source_tallies), source_tallies.c.key, keys):
            found[key].append(Told(kind=kind, ahead=bool(ahead), became=became or None, incidents=number))
        return {key: (told, self._called(key, any(t.kind == "named" for t in told))) for key, told in found.items()}

    def _called(self, key: str, by_own_name: bool) -> str | None:
        n = source_names.c
        mostly = select(n.name).where(n.key == key, n.own == by_own_name).order_by(n.incidents.desc(), n.name).limit(1)
        return self._connection.execute(mostly).scalar()

    def put_records(self, records: Mapping[str, SourceRecord], gone: Collection[str] = ()) -> None:
        """Keep the records of sources in the place of those before."""
        self._delete(source_records, source_records.c.key, {*records, *gone})
        graded.keep_records(self._connection, records)

    # ── warnings

    def warnings_like(
        self, some: Collection[int], subjects: Collection[str]
    ) -> list[tuple[int, IssuedWarning, frozenset[int]]]:
        """Kept warnings that some claims carry, or on some subjects: their numbers, and the claims that carry them."""
        return warned.warnings_like(self._connection, some, subjects)

    def put_warnings(
        self,
        new: Iterable[tuple[IssuedWarning, str, Sequence[int]]],
        carried: Mapping[int, Sequence[int]],
        gone: Collection[int],
    ) -> int:
        """Keep warnings that are new, and which claims carry the others now; `gone` no longer carry any. How many are new."""
        self._delete(warning_claims, warning_claims.c.claim_id, gone)
        return warned.keep_warnings(self._connection, new, carried, self._by)

    def put_subjects(self, subjects: Mapping[int, tuple[str, IssuedWarning]]) -> None:
        """What warnings are about, by their numbers."""
        warned.keep_subjects(self._connection, subjects)

    # ── asking in portions

    def _by_number(self, chosen: Select[Any], column: Column[Any], values: Collection[Any]) -> list[Any]:
        return [
            row
            for some in portions(set(values))
            for row in self._connection.execute(chosen.where(column.in_(some))).all()
        ]

    def _delete(self, table: Table, column: Column[Any], values: Collection[Any]) -> None:
        for some in portions(set(values)):
            self._connection.execute(delete(table).where(column.in_(some)))


def _members(rows: Iterable[Sequence[Any]]) -> dict[int, frozenset[int]]:
    """The claims of each incident, from rows of an incident and a claim."""
    found: dict[int, list[int]] = defaultdict(list)
    for number, claim in rows:
        found[int(number)].append(int(claim))
    return {number: frozenset(members) for number, members in found.items()}
