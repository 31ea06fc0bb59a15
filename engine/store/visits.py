"""Visits: how often the public pages were used lately from about the same place. It holds nobody's address."""

from datetime import datetime

from sqlalchemy import Column, Connection, Integer, String, Table, delete, func, select

from engine.store.dialect import insert_or
from engine.store.metadata import Moment, metadata

visit = Table(
    "visit",
    metadata,
    Column("slot", Moment, primary_key=True, autoincrement=False),
    Column("purpose", String(16), primary_key=True),
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
"""One row per stretch of minutes (`slot` is where it begins), purpose and bucket. A bucket is two bytes of a keyed
hash: tens of thousands of addresses share it, so that a row leads back to none, not even with the key. The rows
bear no moment of their own, so that none can be laid beside a report."""


def count(conn: Connection, purpose: str, bucket: int, slot: datetime, since: datetime) -> int:
    """Counts one visit in this slot, forgets all before `since`, and returns how many there were from then on."""
    forget_before(conn, since)
    key = {"slot": slot, "purpose": purpose, "bucket": bucket}
    statement = insert_or(conn, visit).values(**key, count=1)
    statement = statement.on_conflict_do_update(
        index_elements=[visit.c.slot, visit.c.purpose, visit.c.bucket], set_={"count": visit.c.count + 1}
    )
    conn.execute(statement)
    total = select(func.sum(visit.c.count)).where(visit.c.purpose == purpose, visit.c.bucket == bucket)
    return int(conn.scalar(total) or 0)


def forget_before(conn: Connection, moment: datetime) -> int:
    """Drops what is older; returns how many rows went."""
    return conn.execute(delete(visit).where(visit.c.slot < moment)).rowcount
