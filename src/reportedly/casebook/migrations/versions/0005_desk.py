"""What the desk draws and asks for by place, day and grade, and who may use it. Everything must be weighed anew once."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _incidents()
    _warnings()
    _people()


def _incidents() -> None:
    for table in ("copies", "warning_claims", "source_records", "incident_origins", "source_tallies", "source_names"):
        op.execute(f"DELETE FROM {table}")  # incidents keep their numbers by the claims that they had
    op.drop_table("incidents")
    op.create_table(
        "incidents",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("ahead", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.Column("disputes", sa.Integer(), nullable=False),
        sa.Column("last_told", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("telling", sa.Text(), nullable=False),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("precision", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("key", name=op.f("uq_incidents_key")),
    )
    op.create_index("ix_incidents_last_told", "incidents", ["last_told", "id", "low", "disputes", "ahead"])
    op.create_index(
        "ix_incidents_start",
        "incidents",
        [
            "start", "end", "telling", "credibility", "low", "disputes", "claims", "type", "country", "admin1", "place", "lat", "lon",
            "precision",
        ],
    )  # fmt: skip
    op.create_table(
        "incident_relations",
        sa.Column("incident_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("telling", sa.Text(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("credibility", sa.Integer(), nullable=False),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("incident_id", "kind", "one", "other", name=op.f("pk_incident_relations")),
    )
    op.create_index(
        "ix_incident_relations_start",
        "incident_relations",
        ["start", "end", "credibility", "kind", "telling", "one", "other", "origins", "country"],
    )


def _warnings() -> None:
    op.drop_table("warning_subjects")
    op.create_table(
        "warning_subjects",
        sa.Column("warning_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=True),
        sa.Column("start", sa.Text(), nullable=True),
        sa.Column("end", sa.Text(), nullable=True),
        sa.Column("areas", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["warning_id"], ["warnings.id"], name=op.f("fk_warning_subjects_warning_id")),
        sa.PrimaryKeyConstraint("warning_id", name=op.f("pk_warning_subjects")),
    )
    op.create_index(op.f("ix_warning_subjects_subject"), "warning_subjects", ["subject"])
    op.create_index("ix_warning_subjects_end", "warning_subjects", ["end", "warning_id", "made", "start", "areas"])
    op.create_index("ix_warning_subjects_made", "warning_subjects", ["made", "warning_id", "end", "areas"])
    op.create_table(
        "warning_areas",
        sa.Column("warning_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("admin1", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["warning_id"], ["warnings.id"], name=op.f("fk_warning_areas_warning_id")),
        sa.PrimaryKeyConstraint("warning_id", "position", name=op.f("pk_warning_areas")),
    )
    op.create_index("ix_warning_areas_place", "warning_areas", ["country", "admin1"])
    op.drop_table("warning_outcomes")
    op.create_table(
        "warning_outcomes",
        sa.Column("warning_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["warning_id"], ["warnings.id"], name=op.f("fk_warning_outcomes_warning_id")),
        sa.PrimaryKeyConstraint("warning_id", name=op.f("pk_warning_outcomes")),
    )
    op.execute("DELETE FROM scorings")
    op.execute("UPDATE weighings SET version = ''")


def _people() -> None:
    op.create_table(
        "views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_views")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_accounts")),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("csrf", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name=op.f("fk_sessions_account")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account"), "sessions", ["account"])
    op.create_table(
        "failed_logins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failed_logins")),
    )
    op.create_index(op.f("ix_failed_logins_at"), "failed_logins", ["at"])
    op.create_table(
        "visits",
        sa.Column("visitor", sa.Text(), nullable=False),
        sa.Column("began_at", sa.Text(), nullable=False),
        sa.Column("last_at", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("visitor", name=op.f("pk_visits")),
    )
