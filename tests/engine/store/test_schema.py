"""The migrations lead to the tables that the code stands on, on both databases, and back."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from engine.store import schema
from engine.store.database import Database
from engine.store.metadata import metadata
from tests import postgres


def test_migrations_and_models_agree(db: Database) -> None:
    with db.read() as conn:
        assert compare_metadata(MigrationContext.configure(conn), metadata) == []


def test_migrations_and_models_agree_to_the_letter(tmp_path: Path) -> None:
    """What alembic does not compare (partial indexes, WITHOUT ROWID, names) is compared as SQLite keeps it."""

    def written(path: Path, make: Callable[[Database], object]) -> dict[str, list[str]]:
        db = Database(f"sqlite:///{path}")
        make(db)
        query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
        with db.read() as conn:
            found = {name: sorted(re.split(r",\s+|\s*\)$", sql.strip())) for name, sql in conn.execute(text(query))}
        db.close()
        return found

    migrated = written(tmp_path / "a.db", schema.upgrade)
    created = written(tmp_path / "b.db", lambda db: db.run(metadata.create_all))
    assert migrated == created


def test_upgrading_twice_changes_nothing(db: Database) -> None:
    schema.upgrade(db)
    assert schema.revision_of(db) == schema.newest()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_first_migration_goes_back_to_nothing(kind: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}" if kind == "sqlite" else postgres.empty_database()
    db = Database(url)
    assert schema.revision_of(db) is None
    schema.upgrade(db)
    schema.downgrade(db, "base")
    with db.read() as conn:
        assert set(inspect(conn).get_table_names()) == {"alembic_version"}
    db.close()
    if kind == "postgresql":
        postgres.drop_database(url)


def test_every_column_is_integer_text_or_bytes(db: Database) -> None:
    """What both databases hold alike, and the closed list of plain columns keeps short."""

    def types(conn: Connection) -> set[str]:
        found = inspect(conn)
        columns = [column for table in found.get_table_names() for column in found.get_columns(table)]
        return {str(column["type"]).split("(")[0] for column in columns}

    with db.read() as conn:
        assert types(conn) <= {"INTEGER", "BIGINT", "VARCHAR", "TEXT", "BLOB", "BYTEA", "BOOLEAN"}
