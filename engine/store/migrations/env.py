"""How alembic reaches our database: through the one given by `engine.store.schema`, in one transaction."""

from alembic import context
from sqlalchemy import Connection

from engine.store.database import Database
from engine.store.schema import all_tables


def _migrate(conn: Connection) -> None:
    context.configure(
        connection=conn, target_metadata=all_tables(), render_as_batch=conn.dialect.name == "sqlite"
    )
    context.run_migrations()


database: Database = context.config.attributes["database"]
database.run(_migrate)
