"""Migrations of running cases to newer definitions."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_RUNS = sa.text("state = 'running'")
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "migration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("old_bundle_id", sa.Integer(), nullable=False),
        sa.Column("new_bundle_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("plan_sha256", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("authors", sa.Text(), server_default="[]", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("begun_by", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("proposed_by", sa.Integer()),
        sa.Column("proposed_at", sa.BigInteger()),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", sa.BigInteger()),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("after_id", _ID, server_default="0", nullable=False),
        sa.Column("total", sa.Integer(), server_default="0", nullable=False),
        sa.Column("moved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("stayed", sa.Integer(), server_default="0", nullable=False),
        sa.Column("finished_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_migration"),
        sa.ForeignKeyConstraint(["old_bundle_id"], ["bundle.id"], name="fk_migration_old_bundle_id"),
        sa.ForeignKeyConstraint(["new_bundle_id"], ["bundle.id"], name="fk_migration_new_bundle_id"),
    )
    op.create_index("ix_migration_next_at", "migration", ["next_at"], sqlite_where=_RUNS, postgresql_where=_RUNS)
    op.create_table(
        "migration_stay",
        sa.Column("migration_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", _ID, autoincrement=False, nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("migration_id", "case_id", name="pk_migration_stay"),
        sa.ForeignKeyConstraint(["migration_id"], ["migration.id"], name="fk_migration_stay_migration_id"),
    )


def downgrade() -> None:
    op.drop_table("migration_stay")
    op.drop_table("migration")
