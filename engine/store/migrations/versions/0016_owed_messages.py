"""Messages that the platform owes to cases, kept until each was told."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "owed_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(128), nullable=False),
        sa.Column("name", sa.String(128), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_owed_message"),
        sa.UniqueConstraint("token", name="uq_owed_message_token"),
    )
    op.create_index("ix_owed_message_next_at", "owed_message", ["next_at"])


def downgrade() -> None:
    op.drop_table("owed_message")
