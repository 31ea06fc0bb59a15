"""Messages that the platform owes to every case that waits for them: written with the change that they tell of, so that
neither stands without the other. A call (store/jobs.py) belongs to one case; these belong to none."""

from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, String, Table, delete

from engine.store.dialect import insert_or
from engine.store.metadata import Moment, metadata

owed_message = Table(
    "owed_message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String(128), nullable=False, unique=True),
    Column("name", String(128), nullable=False),
    Column("key", String(128), nullable=False),
    Column("next_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Index("ix_owed_message_next_at", "next_at"),
)
"""A row lives until every case that waits was told. `token` names the sending: told again, each case counts it once.
`next_at` is when a worker may take it (the end of the lease once one did)."""


def owe(conn: Connection, name: str, key: str, token: str, now: datetime) -> None:
    """A worker tells it, as soon as this transaction is committed; owed once, however often it is said."""
    row = {"name": name, "key": key, "token": token, "next_at": now}
    conn.execute(insert_or(conn, owed_message).on_conflict_do_nothing(), [row])


def told(conn: Connection, owed_id: int) -> None:
    """Everybody who waited knows."""
    conn.execute(delete(owed_message).where(owed_message.c.id == owed_id))
