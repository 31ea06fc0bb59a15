"""The one statement that SQLAlchemy spells differently for our two databases: insert or update."""

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or(conn: Connection, table: Table) -> "postgresql.Insert | sqlite.Insert":
    """An insert that knows `on_conflict_do_update` and `on_conflict_do_nothing`, the same on both."""
    return sqlite.insert(table) if conn.dialect.name == "sqlite" else postgresql.insert(table)
