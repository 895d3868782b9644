"""The casebook's tables. What is kept is only ever added to, which the database itself enforces; what is derived can be computed again.

Moments are ISO 8601 in UTC as text, so that both databases keep and compare them alike.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={"ix": "ix_%(column_0_label)s", "uq": "uq_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s",
                       "fk": "fk_%(table_name)s_%(column_0_name)s"}
)  # fmt: skip

casebook = Table(
    "casebook",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created_at", Text, nullable=False),
    Column("originals", Text, nullable=False),
)
"""One row: which casebook this is, and whether its originals lie in a folder or in `original_bytes`."""

originals = Table(
    "originals",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
)

original_bytes = Table(
    "original_bytes",
    metadata,
    Column("sha256", Text, ForeignKey("originals.sha256"), primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("added_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", Integer, ForeignKey("reports.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    Column("text_sha256", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("url", Text, index=True),
    Column("published", Text),
    Column("published_from", Text),
    Column("language", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("tool", Text, nullable=False),
    Column("original_sha256", Text, ForeignKey("originals.sha256"), nullable=False),
    Column("added_at", Text, nullable=False),
    UniqueConstraint("report_id", "number"),
    sqlite_autoincrement=True,
)
"""A report's text and what its original says of it; `digest` is of both, so that a change of either is a new version."""

sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", Integer, ForeignKey("reports.id"), nullable=False, index=True),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("location", Text, nullable=False, index=True),
    Column("url", Text),
    Column("status", Integer),
    Column("headers", Text),
    Column("redirects", Text),
    Column("tool", Text, nullable=False),
    Column("original_sha256", Text, ForeignKey("originals.sha256")),
    Column("parent_sha256", Text, ForeignKey("originals.sha256")),
    Column("parent_location", Text),
    Column("added_at", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Each time a report was seen; `original_sha256` is null where the server said that nothing had changed."""

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("report_id", Integer, ForeignKey("reports.id"), nullable=False),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("reader_version", Text, nullable=False),
    Column("read_at", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("problem", Text),
    UniqueConstraint("version_id", "reader", "reader_version"),
    sqlite_autoincrement=True,
)
"""What a reader made of a version; `problem` says why it could not read it."""

claims = Table(
    "claims",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reading_id", Integer, ForeignKey("readings.id"), nullable=False, index=True),
    Column("report_id", Integer, ForeignKey("reports.id"), nullable=False, index=True),
    Column("record_id", Text, nullable=False),
    Column("record", Text, nullable=False),
    sqlite_autoincrement=True,
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("claim_id", Integer, ForeignKey("claims.id"), nullable=False, index=True),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("machine", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("blind", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""`changes` and `machine` hold, by field, the person's value and the machine's beside it."""

feed_checks = Table(
    "feed_checks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Text, nullable=False),
    Column("checked_at", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("detail", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Index("ix_feed_checks_url", "url", "id"),
    sqlite_autoincrement=True,
)

custody = Table(
    "custody",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("report_id", Integer, index=True),
    Column("detail", Text, nullable=False),
    Column("digest", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Every change, in order. Each digest covers the entry and the digest before it, so that nothing can be changed or left out unseen."""

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outlet", Text),
    Column("name", Text),
    Column("type", Text, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("claims", Integer, nullable=False),
    sqlite_autoincrement=True,
)
"""Derived: each innermost source of each outlet, as its claims give it, and how many present claims it is behind."""

report_states = Table(
    "report_states",
    metadata,
    Column("report_id", Integer, ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Column("version_id", Integer, ForeignKey("versions.id"), nullable=False, unique=True),
    Column("reading_id", Integer, ForeignKey("readings.id")),
    Column("claims", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("sightings", Integer, nullable=False),
    Column("last_seen", Text, nullable=False),
)
"""Derived: which version and which reading of each report is the present one."""

claim_states = Table(
    "claim_states",
    metadata,
    Column("claim_id", Integer, ForeignKey("claims.id"), primary_key=True, autoincrement=False),
    Column("report_id", Integer, ForeignKey("reports.id"), nullable=False, index=True),
    Column("source_id", Integer, ForeignKey("sources.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("record", Text),
    Column("time_start", Text),
    Column("time_end", Text),
    Column("published", Text),
    Column("facets", Text, nullable=False),
    Column("words", Text, nullable=False),
    Index("ix_claim_states_source", "source_id", "claim_id"),
)
"""Derived: the claims of present readings, as decided. `record` is the edited one, null where it stands as read."""

groupings = Table(
    "groupings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("one", Integer, ForeignKey("claims.id"), nullable=False),
    Column("other", Integer, ForeignKey("claims.id"), nullable=False),
    Column("together", Boolean, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What people decided of two claims: that they tell of one happening, or that they do not. The last word on a pair counts."""

gradings = Table(
    "gradings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("about", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Grades that people gave: to an incident, `subject` being the numbers of its claims then, or to a source, `subject` being its key. The last counts;
an empty grade takes the one before back."""

warnings = Table(
    "warnings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("claim_id", Integer, ForeignKey("claims.id"), nullable=False),
    Column("report_id", Integer, ForeignKey("reports.id"), nullable=False),
    Column("kept_at", Text, nullable=False),
    Column("record", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Warnings as they stood when they were kept, each with the rule by which it will be resolved."""

warning_claims = Table(
    "warning_claims",
    metadata,
    Column("warning_id", Integer, ForeignKey("warnings.id"), primary_key=True, autoincrement=False),
    Column("claim_id", Integer, ForeignKey("claims.id"), primary_key=True, autoincrement=False),
)
"""Derived: the present claims that carry a warning. A warning that none carries no longer stands."""

source_records = Table(
    "source_records",
    metadata,
    Column("key", Text, primary_key=True),
    Column("label", Text, nullable=False),
    Column("told", Integer, nullable=False),
    Column("record", Text, nullable=False),
    Index("ix_source_records_told", "told", "key"),
)
"""Derived: what became of what each origin told."""

warning_outcomes = Table(
    "warning_outcomes",
    metadata,
    Column("warning_id", Integer, ForeignKey("warnings.id"), primary_key=True, autoincrement=False),
    Column("became", Text, nullable=False),
    Column("record", Text, nullable=False),
)
"""Derived: what had become of each warning when it was last scored, area by area; `became` of all of them: open, void or scored."""

scorings = Table(
    "scorings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("record", Text, nullable=False),
)
"""Derived: one row, the figures of the last scoring."""

incidents = Table(
    "incidents",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, unique=True),
    Column("ahead", Boolean, nullable=False),
    Column("start", Text),
    Column("end", Text),
    Column("reports", Integer, nullable=False),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("disputes", Integer, nullable=False),
    Column("last_told", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("telling", Text, nullable=False),
    Column("credibility", Integer, nullable=False),
    Column("country", Text),
    Column("admin1", Text),
    Column("place", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", Text),
    Column("record", Text, nullable=False),
    Index("ix_incidents_last_told", "last_told", "id", "low", "disputes", "ahead"),
    Index(
        "ix_incidents_start",
        "start",
        "end",
        "telling",
        "credibility",
        "low",
        "disputes",
        "claims",
        "type",
        "country",
        "admin1",
        "place",
        "lat",
        "lon",
        "precision",
    ),
)
"""Derived: claims of one happening. An incident keeps its number for as long as most of its claims stay together."""

incident_relations = Table(
    "incident_relations",
    metadata,
    Column("incident_id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("one", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("telling", Text, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("credibility", Integer, nullable=False),
    Column("start", Text),
    Column("end", Text),
    Column("country", Text),
    Index(
        "ix_incident_relations_start",
        "start",
        "end",
        "credibility",
        "kind",
        "telling",
        "one",
        "other",
        "origins",
        "country",
    ),
)
"""Derived: what actors do to or with one another in each incident."""

incident_claims = Table(
    "incident_claims",
    metadata,
    Column("claim_id", Integer, ForeignKey("claims.id"), primary_key=True, autoincrement=False),
    Column("incident_id", Integer, nullable=False, index=True),
)

copies = Table(
    "copies",
    metadata,
    Column("source", Integer, ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Column("copy", Integer, ForeignKey("reports.id"), primary_key=True, autoincrement=False, index=True),
    Column("share", Float, nullable=False),
    Column("extent", Text, nullable=False),
    Column("record", Text, nullable=False),
)
"""Derived: which report has passages of which earlier one."""

incident_origins = Table(
    "incident_origins",
    metadata,
    Column("incident_id", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("outlets", Text, nullable=False),
    Column("ahead", Boolean, nullable=False),
    Column("became", Text),
)
"""Derived: the origins of each incident, from which the records of sources are counted."""

source_tallies = Table(
    "source_tallies",
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("ahead", Boolean, primary_key=True),
    Column("became", Text, primary_key=True),
    Column("incidents", Integer, nullable=False),
    Index(
        "ix_source_tallies_none",
        "incidents",
        sqlite_where=text("incidents = 0"),
        postgresql_where=text("incidents = 0"),
    ),
)
"""Derived: in how many incidents each origin tells in which way, and what became of it there ("" for nothing)."""

source_names = Table(
    "source_names",
    metadata,
    Column("key", Text, primary_key=True),
    Column("own", Boolean, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("incidents", Integer, nullable=False),
    Index("ix_source_names_most", "key", "own", "incidents"),
    Index(
        "ix_source_names_none", "incidents", sqlite_where=text("incidents = 0"), postgresql_where=text("incidents = 0")
    ),
)
"""Derived: in how many incidents each origin is called by which name, its own or an outlet's that carries it."""

warning_subjects = Table(
    "warning_subjects",
    metadata,
    Column("warning_id", Integer, ForeignKey("warnings.id"), primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False, index=True),
    Column("made", Text),
    Column("start", Text),
    Column("end", Text),
    Column("areas", Integer, nullable=False),
    Index("ix_warning_subjects_end", "end", "warning_id", "made", "start", "areas"),
    Index("ix_warning_subjects_made", "made", "warning_id", "end", "areas"),
)
"""Derived: what each warning is about, by which the same one told again is found; the day it was made, its window, and how many areas it names."""

warning_areas = Table(
    "warning_areas",
    metadata,
    Column("warning_id", Integer, ForeignKey("warnings.id"), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("level", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("admin1", Text),
    Index("ix_warning_areas_place", "country", "admin1"),
)
"""Derived: the areas that each warning names."""

weighed_reports = Table(
    "weighed_reports",
    metadata,
    Column("report_id", Integer, ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Column("digest", Text, nullable=False),
    Column("outlet", Text),
    Column("family", Text, nullable=False),
    Index("ix_weighed_reports_outlet", "outlet", "family"),
)
"""Derived: the version of each report that was weighed, its outlet by the key of its name, and its publisher's family."""

weighed_claims = Table(
    "weighed_claims",
    metadata,
    Column("claim_id", Integer, ForeignKey("claims.id"), primary_key=True, autoincrement=False),
    Column("report_id", Integer, nullable=False, index=True),
    Column("component", Integer, nullable=False, index=True),
)
"""Derived: the claims that were weighed, and the component of claims that each hangs together with, by its least member."""

claim_keys = Table(
    "claim_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("claim_id", Integer, primary_key=True, autoincrement=False, index=True),
    sqlite_with_rowid=False,
)
"""Derived: the keys under which weighing looks for claims that may tell of one happening."""

passage_keys = Table(
    "passage_keys",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("rank", BigInteger, primary_key=True, autoincrement=False),
    Column("report_id", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Derived: the keys under which weighing looks for passages with the same words, each in the order of publication (`rank`)."""

releases = Table(
    "releases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("profile", Text, nullable=False),
    Column("asked", Text, nullable=False),
    Column("marks", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What was to leave: by which profile (its rules as JSON), narrowed to what, and how far the casebook had gone (`marks`: the last row of each kept table)."""

release_steps = Table(
    "release_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release_id", Integer, ForeignKey("releases.id"), nullable=False, index=True),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""What became of it: approved, refused, written."""

released_ids = Table(
    "released_ids",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release_id", Integer, ForeignKey("releases.id"), nullable=False),
    Column("anchor", BigInteger, nullable=False, index=True),
    Column("uid", Text, nullable=False),
    sqlite_autoincrement=True,
)
"""Under which id the event left that a claim, by its anchor, was of; the last counts."""

views = Table(
    "views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("page", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("removed", Boolean, nullable=False),
    sqlite_autoincrement=True,
)
"""Filters of the desk that somebody gave a name; the last row of a name counts."""

accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("changed_at", Text, nullable=False),
)
"""Who may use a team's desk. `password` is its Argon2id hash. Accounts stay where they are: no backup holds them."""

sessions = Table(
    "sessions",
    metadata,
    Column("token", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.name"), nullable=False, index=True),
    Column("csrf", Text, nullable=False),
    Column("began_at", Text, nullable=False),
    Column("ends_at", Text, nullable=False),
)
"""Who is logged in; `token` is the SHA-256 of what the browser holds, so that nobody who reads this table can take a session over."""

failed_logins = Table(
    "failed_logins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False, index=True),
    Column("account", Text, nullable=False),
    Column("address", Text, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("visitor", Text, primary_key=True),
    Column("began_at", Text, nullable=False),
    Column("last_at", Text, nullable=False),
    Column("marks", Text, nullable=False),
    Column("before", Text, nullable=False),
)
"""When somebody last looked at the desk, and how far the casebook went then and at the visit before."""

weighings = Table(
    "weighings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Text, nullable=False),
    Column("weighed", Text, nullable=False),
    Column("incidents", Integer, nullable=False),
    Column("at", Text, nullable=False),
)
"""Derived: one row. `weighed` holds the last row of each table that weighing depends on as JSON, so that what is new since is known; `incidents` is
the highest number that an incident was ever given."""

KEPT: Final = (
    originals,
    original_bytes,
    reports,
    versions,
    sightings,
    readings,
    claims,
    decisions,
    groupings,
    gradings,
    warnings,
    releases,
    release_steps,
    released_ids,
    views,
    feed_checks,
    custody,
)
"""What is only ever added to."""

DERIVED: Final = (claim_states, report_states, sources)
"""What can be thrown away and computed again, from what is kept alone."""

WEIGHED: Final = (
    incident_claims,
    incident_origins,
    incident_relations,
    source_tallies,
    source_names,
    incidents,
    copies,
    warning_claims,
    warning_areas,
    warning_subjects,
    source_records,
    weighed_claims,
    claim_keys,
    weighed_reports,
    passage_keys,
    weighings,
)
"""What can be thrown away and computed again by weighing."""

SCORED: Final = (warning_outcomes, scorings)
"""What can be thrown away and computed again by scoring."""
