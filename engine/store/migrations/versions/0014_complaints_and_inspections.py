"""Complaints and inspections of institutions are files of kinds of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("case_file", sa.Column("about", sa.Text()))
    _kinds_of(8, 16)
    op.create_table(
        "inspection",
        sa.Column("case_id", _ID, autoincrement=False, nullable=False),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("cause", sa.String(length=16), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("visited_on", sa.String(length=10), nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("next_on", sa.String(length=10)),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name="pk_inspection"),
    )
    op.create_index("ix_inspection_provider", "inspection", ["provider", "case_id"])
    op.create_index("ix_inspection_next_on", "inspection", ["next_on"])


def downgrade() -> None:
    op.drop_table("inspection")
    _kinds_of(16, 8)
    op.drop_column("case_file", "about")


def _kinds_of(before: int, after: int) -> None:
    """Kinds have longer names. SQLite keeps no lengths, so only what it says of the tables is written anew, without
    copying every case (the way that its manual tells for changes which touch no stored row)."""
    if op.get_bind().dialect.name != "sqlite":
        for table in ("case_file", "case_scope"):
            op.alter_column(table, "kind", type_=sa.String(after), existing_type=sa.String(before))
        return
    conn = op.get_bind()
    version = conn.exec_driver_sql("PRAGMA schema_version").scalar_one()
    conn.exec_driver_sql("PRAGMA writable_schema=ON")
    conn.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name IN ('case_file', 'case_scope')",
        (f"kind VARCHAR({before})", f"kind VARCHAR({after})"),
    )
    conn.exec_driver_sql(f"PRAGMA schema_version={int(version) + 1}")
    conn.exec_driver_sql("PRAGMA writable_schema=OFF")
