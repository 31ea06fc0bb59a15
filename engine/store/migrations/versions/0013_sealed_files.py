"""Files that are sealed against reading: who may ask to read them, and who did."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_SEALED, _UNSEEN = sa.text("readers IS NOT NULL"), sa.text("seen_by IS NULL")


def upgrade() -> None:
    op.add_column("case_file", sa.Column("readers", sa.String(255)))
    op.create_index("ix_case_file_readers", "case_file", ["id"], sqlite_where=_SEALED, postgresql_where=_SEALED)
    op.create_table(
        "sealed_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("seen_by", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_sealed_opening"),
    )
    op.create_index("ix_sealed_opening_case_id", "sealed_opening", ["case_id", "account_id", "until"])
    op.create_index("ix_sealed_opening_unseen", "sealed_opening", ["id"], sqlite_where=_UNSEEN, postgresql_where=_UNSEEN)


def downgrade() -> None:
    op.drop_table("sealed_opening")
    op.drop_index("ix_case_file_readers", "case_file")
    op.drop_column("case_file", "readers")
