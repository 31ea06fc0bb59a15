"""One-time links for providers without an account, and what providers may look at after their answer."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0009"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answer_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("wait_id", _ID, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger()),
        sa.Column("used_at", sa.BigInteger()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answer_link"),
        sa.UniqueConstraint("token_hash", name="uq_answer_link_token_hash"),
    )
    op.create_index("ix_answer_link_wait_id", "answer_link", ["wait_id"])
    op.create_index("ix_answer_link_case_id", "answer_link", ["case_id"])
    op.create_table(
        "provider_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("wait_id", _ID, nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.Column("visible_until", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_provider_record"),
    )
    op.create_index("ix_provider_record_unit_id_id", "provider_record", ["unit_id", "id"])
    op.create_index("ix_provider_record_case_id", "provider_record", ["case_id"])
    op.create_index("ix_provider_record_visible_until", "provider_record", ["visible_until"])


def downgrade() -> None:
    for name in ("provider_record", "answer_link"):
        op.drop_table(name)
