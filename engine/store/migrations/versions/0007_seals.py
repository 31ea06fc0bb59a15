"""The ends of all chains, written down together from time to time; and finding all open work by its id."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_OPEN, _GROWN, _READ = sa.text("status = 'open'"), sa.text("head_seq > sealed_seq"), sa.text("seq > sealed_seq")


def upgrade() -> None:
    op.create_table(
        "seal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed_at", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_seal"),
    )
    op.create_table(
        "sealed_head",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("seal_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "kind", "seal_seq", name="pk_sealed_head"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sealed_head_seal_seq", "sealed_head", ["seal_seq"])
    op.create_table(
        "read_head",
        sa.Column("case_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_seq", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_read_head"),
    )
    op.create_index("ix_read_head_unsealed", "read_head", ["case_id"], sqlite_where=_READ, postgresql_where=_READ)
    op.add_column("case_file", sa.Column("sealed_seq", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_case_file_unsealed", "case_file", ["id"], sqlite_where=_GROWN, postgresql_where=_GROWN)
    op.create_index("ix_work_item_open", "work_item", ["id"], sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    op.drop_index("ix_work_item_open", "work_item")
    op.drop_index("ix_case_file_unsealed", "case_file")
    op.drop_column("case_file", "sealed_seq")
    for name in ("read_head", "sealed_head", "seal"):
        op.drop_table(name)
