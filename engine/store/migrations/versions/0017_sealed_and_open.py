"""Sealed files in which work goes on, so that what is late in them is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_SEALED_OPEN = sa.text("readers IS NOT NULL AND status != 'closed'")


def upgrade() -> None:
    op.create_index(
        "ix_case_file_sealed_open", "case_file", ["id"], sqlite_where=_SEALED_OPEN, postgresql_where=_SEALED_OPEN
    )


def downgrade() -> None:
    op.drop_index("ix_case_file_sealed_open", "case_file")
