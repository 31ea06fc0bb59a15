"""Which version the tables of a database are at, told without loading what changes them (alembic)."""

from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table

MIGRATIONS = Path(__file__).parent / "migrations" / "versions"
_STAMP = table("alembic_version", column("version_num"))


def newest_revision() -> str:
    """The revision that this version of Masar stands on: the highest number among the migrations."""
    return max(path.name.split("_")[0] for path in MIGRATIONS.glob("[0-9]*.py"))


def stamped_revision(conn: Connection) -> str | None:
    """The revision a database is at; None when it is empty."""
    if not inspect(conn).has_table(_STAMP.name):
        return None
    revision: str | None = conn.scalar(select(_STAMP.c.version_num))
    return revision
