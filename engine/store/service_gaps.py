"""Needs that nobody answered: one line for each search of the directory that found no provider. Never about whom."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, String, Table, func, or_, select

from engine.store.dialect import insert_or
from engine.store.metadata import Moment, Rows, metadata

service_gap = Table(
    "service_gap",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("service_type", String(64), nullable=False),
    Column("governorate", String(64), nullable=False),
    Column("district", String(64), nullable=False),
    Column("age_band", String(16), nullable=False),
    Column("unit_path", String(255), nullable=False),
    Column("at", Moment, nullable=False),
    Column("once", LargeBinary, nullable=False, unique=True),
    Index("ix_service_gap_at", "at"),
)
"""`once` is a keyed hash of who searched, for what and on which day, so that a search repeated is one need; who it was
cannot be read from it."""


def note(
    conn: Connection, service_type: str, governorate: str, district: str, age_band: str, unit_path: str, once: bytes,
    now: datetime,
) -> None:
    """Notes a need; the same one of the same day again changes nothing."""
    values = {
        "service_type": service_type, "governorate": governorate, "district": district, "age_band": age_band,
        "unit_path": unit_path, "at": now, "once": once,
    }
    conn.execute(insert_or(conn, service_gap).values(values).on_conflict_do_nothing(index_elements=["once"]))


def ranked(conn: Connection, paths: Collection[str], since: datetime, limit: int) -> Rows:
    """How often each service was missed in each governorate for each age band, the most often first."""
    gap = service_gap.c
    below = or_(*(gap.unit_path.startswith(path, autoescape=True) for path in sorted(paths)))
    what, count = (gap.service_type, gap.governorate, gap.age_band), func.count().label("missed")
    query = select(*what, count).where(gap.at >= since, below).group_by(*what).order_by(count.desc(), *what)
    return conn.execute(query.limit(limit)).all() if paths else []
