"""Finding by marks and by words: FTS5 in SQLite, GIN indexes in PostgreSQL. The one place where the two differ."""

import hashlib
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    TextClause,
    column,
    literal,
    or_,
    select,
    table,
    text,
)

from reportedly.casebook.tables import claim_states, report_states

_MOST_WORDS: Final = 400_000
"""Characters of a report that are searched; PostgreSQL indexes no longer ones."""


def add_report(connection: Connection, version_id: int, facets: str, words: str) -> None:
    """Make a version findable."""
    statement = (
        "INSERT INTO report_search(rowid, facets, words) VALUES (:id, :facets, :words)"
        if connection.dialect.name == "sqlite"
        else "INSERT INTO report_search(version_id, facets, words) VALUES (:id, string_to_array(:facets, ' '), to_tsvector('simple', :words))"
    )
    connection.execute(text(statement), {"id": version_id, "facets": facets, "words": words[:_MOST_WORDS]})


def matching_claims(
    connection: Connection, groups: list[list[str]], phrases: list[list[str]]
) -> tuple[Select[int], ColumnElement[int]]:
    """Numbers of the claims that have one mark of each group and all phrases, joined with `claim_states`; and what to order them by.

    In SQLite the index gives them in that order one by one, so that a first page costs the same however many there are.
    """
    chosen = select(claim_states.c.claim_id)
    if not groups and not phrases:
        return chosen, claim_states.c.claim_id
    if connection.dialect.name == "sqlite":
        return _through_index(chosen, claim_states, "claim_id", "claim_search", _match(groups, phrases))
    condition, values = _postgres(
        "string_to_array(claim_states.facets, ' ')", "to_tsvector('simple', claim_states.words)", groups, phrases,
        f"c{_digest(repr((groups, phrases)))}",
    )  # fmt: skip
    return chosen.where(text(condition).bindparams(**values)), claim_states.c.claim_id


def marked(groups: list[list[str]]) -> list[ColumnElement[bool]]:
    """The same of a row of `claim_states` that is at hand, without the index."""
    spaced = literal(" ").concat(claim_states.c.facets).concat(" ")
    return [or_(*(spaced.contains(f" {one} ", autoescape=True) for one in group)) for group in groups]


def matching_reports(
    connection: Connection, groups: list[list[str]], phrases: list[list[str]]
) -> tuple[Select[int], ColumnElement[int]]:
    """Numbers of the reports whose present version has one mark of each group and all phrases; and what to order them by."""
    chosen = select(report_states.c.report_id)
    if not groups and not phrases:
        return chosen, report_states.c.version_id
    if connection.dialect.name == "sqlite":
        return _through_index(chosen, report_states, "version_id", "report_search", _match(groups, phrases))
    return chosen.where(versions_with(connection, groups, phrases)), report_states.c.version_id


def _through_index(
    chosen: Select[int], states: Table, key: str, name: str, match: str
) -> tuple[Select[int], ColumnElement[int]]:
    """What SQLite's full-text index finds, joined with the states that it is of, and the index's own order."""
    index = table(name, column("rowid", Integer))
    # The plus keeps SQLite from going through the states and asking the index about each.
    found = chosen.select_from(index.join(states, text(f"{states.name}.{key} = +{name}.rowid")))
    value = f"{name}_{_digest(match)}"  # one question may hold two such conditions
    return found.where(text(f"{name} MATCH :{value}").bindparams(**{value: match})), index.c.rowid


def versions_with(connection: Connection, groups: list[list[str]], phrases: list[list[str]]) -> TextClause:
    """The condition on `report_states` that a report's present version has one mark of each group, and all phrases."""
    if connection.dialect.name == "sqlite":
        condition = (
            "report_states.version_id IN (SELECT rowid FROM report_search WHERE report_search MATCH :report_match)"
        )
        return text(condition).bindparams(report_match=_match(groups, phrases))
    inner, values = _postgres("facets", "words", groups, phrases, "r")
    return text(f"report_states.version_id IN (SELECT version_id FROM report_search WHERE {inner})").bindparams(
        **values
    )


def _digest(value: str) -> str:
    return hashlib.blake2s(value.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _match(groups: list[list[str]], phrases: list[list[str]]) -> str:
    """FTS5's query: marks are hashes and words are folded, so nothing in it is a user's own syntax."""
    parts = [f"facets : ({' OR '.join(group)})" for group in groups]
    return " AND ".join(parts + [f"words : {_quoted(phrase)}" for phrase in phrases])


def _quoted(phrase: list[str]) -> str:
    words = " ".join(phrase)
    return f'"{words.rstrip("*")}"{"*" if words.endswith("*") else ""}'


def _postgres(
    facets: str, words: str, groups: list[list[str]], phrases: list[list[str]], prefix: str
) -> tuple[str, dict[str, str]]:
    parts, values = [], {}
    for number, group in enumerate(groups):
        parts.append(f"{facets} && string_to_array(:{prefix}g{number}, ' ')")
        values[f"{prefix}g{number}"] = " ".join(group)
    for number, phrase in enumerate(phrases):
        parts.append(f"{words} @@ to_tsquery('simple', :{prefix}w{number})")
        values[f"{prefix}w{number}"] = " <-> ".join(word.replace("*", ":*") for word in phrase)
    return " AND ".join(parts), values


CREATE: Final = {
    "sqlite": (
        "CREATE VIRTUAL TABLE claim_search USING fts5(facets, words, content='claim_states', content_rowid='claim_id')",
        "CREATE VIRTUAL TABLE report_search USING fts5(facets, words, content='')",
        "CREATE TRIGGER claim_states_added AFTER INSERT ON claim_states BEGIN"
        " INSERT INTO claim_search(rowid, facets, words) VALUES (new.claim_id, new.facets, new.words); END",
        "CREATE TRIGGER claim_states_removed AFTER DELETE ON claim_states BEGIN"
        " INSERT INTO claim_search(claim_search, rowid, facets, words) VALUES ('delete', old.claim_id, old.facets, old.words); END",
    ),
    "postgresql": (
        "CREATE INDEX ix_claim_states_facets ON claim_states USING gin (string_to_array(facets, ' '))",
        "CREATE INDEX ix_claim_states_words ON claim_states USING gin (to_tsvector('simple', words))",
        "CREATE TABLE report_search (version_id integer PRIMARY KEY REFERENCES versions (id), facets text[] NOT NULL, words tsvector NOT NULL)",
        "CREATE INDEX ix_report_search_facets ON report_search USING gin (facets)",
        "CREATE INDEX ix_report_search_words ON report_search USING gin (words)",
    ),
}  # fmt: skip
"""What makes the tables searchable; a claim's state is removed and added, never changed, so two triggers keep its index."""
