"""What weighing derives, and what people decide about incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "groupings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("one", sa.Integer(), nullable=False),
        sa.Column("other", sa.Integer(), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["claims.id"], name=op.f("fk_groupings_one")),
        sa.ForeignKeyConstraint(["other"], ["claims.id"], name=op.f("fk_groupings_other")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groupings")),
        sqlite_autoincrement=True,
    )
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
        sa.Column("last_told", sa.Text(), nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sa.UniqueConstraint("key", name=op.f("uq_incidents_key")),
    )
    op.create_index("ix_incidents_last_told", "incidents", ["last_told", "id"], unique=False)
    op.create_table(
        "incident_claims",
        sa.Column("claim_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_incident_claims_claim_id")),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_incident_claims")),
    )
    op.create_index(op.f("ix_incident_claims_incident_id"), "incident_claims", ["incident_id"], unique=False)
    op.create_table(
        "copies",
        sa.Column("source", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("copy", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("extent", sa.Text(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["copy"], ["reports.id"], name=op.f("fk_copies_copy")),
        sa.ForeignKeyConstraint(["source"], ["reports.id"], name=op.f("fk_copies_source")),
        sa.PrimaryKeyConstraint("source", "copy", name=op.f("pk_copies")),
    )
    op.create_index(op.f("ix_copies_copy"), "copies", ["copy"], unique=False)
    op.create_table(
        "weighings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("weighed", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_weighings")),
    )
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER groupings_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON groupings EXECUTE FUNCTION refuse_change()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER groupings_no_{change.lower()} BEFORE {change} ON groupings "
            "BEGIN SELECT RAISE(ABORT, 'a casebook is only ever added to'); END"
        )
