"""The studio: drafts of definitions, proposals, and the record of both."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WAITS = sa.text("state = 'waiting'")


def upgrade() -> None:
    op.create_table(
        "definition_draft",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.Column("findings", sa.Text(), server_default="[]", nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_definition_draft"),
    )
    op.create_table(
        "definition_set_aside",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "account_id", name="pk_definition_set_aside"),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
    )
    op.create_index("ix_proposal_waiting", "proposal", ["state"], sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_table(
        "proposal_item",
        sa.Column("proposal_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name="fk_proposal_item_proposal_id"),
        sa.PrimaryKeyConstraint("proposal_id", "kind", "key", name="pk_proposal_item"),
    )
    op.create_table(
        "studio_log",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_studio_log"),
    )
    op.create_index("ix_studio_log_kind_key_seq", "studio_log", ["kind", "key", "seq"])
    op.add_column("definition", sa.Column("written_by", sa.Integer(), server_default="0", nullable=False))
    op.add_column("definition", sa.Column("approved_by", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("definition", "approved_by")
    op.drop_column("definition", "written_by")
    for table in ("studio_log", "proposal_item", "proposal", "definition_set_aside", "definition_draft"):
        op.drop_table(table)
