"""What weighing keeps so that one new report can be weighed by itself. Everything must be weighed anew once."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    for table in (
        "copies",
        "warning_claims",
        "source_records",
    ):  # incidents keep their numbers by the claims that they had
        op.execute(f"DELETE FROM {table}")
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
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("key", name=op.f("uq_incidents_key")),
    )
    op.create_index(
        "ix_incidents_last_told", "incidents", ["last_told", "id", "low", "disputes", "ahead"], unique=False
    )
    op.create_table(
        "incident_origins",
        sa.Column("incident_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("outlets", sa.Text(), nullable=False),
        sa.Column("ahead", sa.Boolean(), nullable=False),
        sa.Column("became", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("incident_id", "position", name=op.f("pk_incident_origins")),
    )
    op.create_index(op.f("ix_incident_origins_key"), "incident_origins", ["key"], unique=False)
    none = sa.text("incidents = 0")
    op.create_table(
        "source_tallies",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ahead", sa.Boolean(), nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("incidents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "kind", "ahead", "became", name=op.f("pk_source_tallies")),
    )
    op.create_index(
        "ix_source_tallies_none",
        "source_tallies",
        ["incidents"],
        unique=False,
        sqlite_where=none,
        postgresql_where=none,
    )
    op.create_table(
        "source_names",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("incidents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "own", "name", name=op.f("pk_source_names")),
    )
    op.create_index("ix_source_names_most", "source_names", ["key", "own", "incidents"], unique=False)
    op.create_index(
        "ix_source_names_none", "source_names", ["incidents"], unique=False, sqlite_where=none, postgresql_where=none
    )
    op.create_table(
        "warning_subjects",
        sa.Column("warning_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["warning_id"], ["warnings.id"], name=op.f("fk_warning_subjects_warning_id")),
        sa.PrimaryKeyConstraint("warning_id", name=op.f("pk_warning_subjects")),
    )
    op.create_index(op.f("ix_warning_subjects_subject"), "warning_subjects", ["subject"], unique=False)
    op.create_table(
        "weighed_reports",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("family", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=op.f("fk_weighed_reports_report_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_weighed_reports")),
    )
    op.create_index("ix_weighed_reports_outlet", "weighed_reports", ["outlet", "family"], unique=False)
    op.create_table(
        "weighed_claims",
        sa.Column("claim_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("component", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_weighed_claims_claim_id")),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_weighed_claims")),
    )
    op.create_index(op.f("ix_weighed_claims_report_id"), "weighed_claims", ["report_id"], unique=False)
    op.create_index(op.f("ix_weighed_claims_component"), "weighed_claims", ["component"], unique=False)
    op.create_table(
        "claim_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claim_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "claim_id", name=op.f("pk_claim_keys")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_claim_keys_claim_id"), "claim_keys", ["claim_id"], unique=False)
    op.create_table(
        "passage_keys",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("rank", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("key", "rank", "report_id", "start", name=op.f("pk_passage_keys")),
        sqlite_with_rowid=False,
    )
    op.drop_table("weighings")
    op.create_table(
        "weighings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("weighed", sa.Text(), nullable=False),
        sa.Column("incidents", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weighings")),
    )
