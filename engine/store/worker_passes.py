"""When each worker process was last alive, for those who watch over the installation."""

from datetime import datetime, timedelta

from sqlalchemy import Column, Connection, Table, delete

from engine.store.dialect import insert_or
from engine.store.metadata import Id, Moment, metadata

FORGOTTEN_AFTER = timedelta(hours=1)
worker_pass = Table(
    "worker_pass",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
)
"""One row per worker process, under a number that it drew when it began; it names no machine."""


def note(conn: Connection, worker: int, now: datetime) -> None:
    """Writes down that a worker is alive, and forgets those that have been silent for long."""
    conn.execute(delete(worker_pass).where(worker_pass.c.at < now - FORGOTTEN_AFTER))
    statement = insert_or(conn, worker_pass).values(id=worker, at=now)
    conn.execute(statement.on_conflict_do_update(index_elements=[worker_pass.c.id], set_={"at": now}))
