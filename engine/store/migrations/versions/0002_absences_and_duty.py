"""Absences, the duty roster, rounds of workers, and an index of the open cases that somebody holds."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HELD = sa.text("closed_at IS NULL AND kind = 'case'")


def upgrade() -> None:
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_absence_account_id"),
        sa.ForeignKeyConstraint(["deputy_id"], ["account.id"], name="fk_absence_deputy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_absence")
    )
    op.create_index("ix_absence_account_id_until_at", "absence", ["account_id", "until_at"])
    op.create_index("ix_absence_deputy_id_until_at", "absence", ["deputy_id", "until_at"])

    op.create_table(
        "duty_shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=8), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.BigInteger(), nullable=False),
        sa.Column("until_at", sa.BigInteger(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_duty_shift_account_id"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_duty_shift_unit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_duty_shift")
    )
    op.create_index("ix_duty_shift_unit_id_until_at", "duty_shift", ["unit_id", "until_at"])

    op.create_table(
        "worker_round",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("after_id", ID, server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_worker_round")
    )
    op.create_index(
        "ix_case_file_held", "case_file", ["manager_id", "risk"], sqlite_where=HELD, postgresql_where=HELD
    )


def downgrade() -> None:
    op.drop_index("ix_case_file_held", "case_file")
    for table in ("worker_round", "duty_shift", "absence"):
        op.drop_table(table)
