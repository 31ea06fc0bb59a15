"""Offers that one person alone may answer."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("message_wait", sa.Column("offer_person_id", sa.Integer()))


def downgrade() -> None:
    op.drop_column("message_wait", "offer_person_id")
