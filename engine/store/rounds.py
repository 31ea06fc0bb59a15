"""Rounds that workers make through open work, a bounded stretch at a time."""

from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, select, update

from engine.store.dialect import insert_or
from engine.store.metadata import Id, Moment, metadata

worker_round = Table(
    "worker_round",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("next_at", Moment, nullable=False),
    Column("after_id", Id, nullable=False, server_default="0"),
)
"""`next_at` is when a worker may take the next stretch, `after_id` where the last one ended."""


def begin(conn: Connection, name: str, now: datetime) -> None:
    """Makes sure that a round is made at all."""
    conn.execute(insert_or(conn, worker_round).on_conflict_do_nothing(), [{"name": name, "next_at": now}])


def take(conn: Connection, name: str, now: datetime, again_at: datetime) -> int | None:
    """Takes the next stretch if it is time, for one worker alone; returns where it begins, None when it is not time.
    A worker that dies leaves it to whoever comes at `again_at`."""
    due = (worker_round.c.name == name) & (worker_round.c.next_at <= now)
    taken = conn.scalar(update(worker_round).where(due).values(next_at=again_at).returning(worker_round.c.after_id))
    return None if taken is None else int(taken)


def go_on(conn: Connection, name: str, after_id: int, next_at: datetime) -> None:
    """Remembers where the stretch ended and when the next one begins."""
    statement = update(worker_round).where(worker_round.c.name == name)
    conn.execute(statement.values(after_id=after_id, next_at=next_at))


def is_due(conn: Connection, name: str, now: datetime) -> bool:
    """Whether it is time for the next stretch."""
    at = conn.scalar(select(worker_round.c.next_at).where(worker_round.c.name == name))
    return at is not None and at <= now
