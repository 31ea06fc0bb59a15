"""What a provider answered and what it was told then: all that it may look at after the answer, for a time."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, Table, delete, insert, select

from engine.store.metadata import AnyRow, Id, Moment, Rows, metadata
from engine.store.vault import Vault

provider_record = Table(
    "provider_record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Id, nullable=False),
    Column("unit_id", Integer, nullable=False),
    Column("wait_id", Id, nullable=False),
    Column("answered_at", Moment, nullable=False),
    Column("visible_until", Moment, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Index("ix_provider_record_unit_id_id", "unit_id", "id"),
    Index("ix_provider_record_case_id", "case_id"),
    Index("ix_provider_record_visible_until", "visible_until"),
)
"""One line per answer, sealed with the key of the case."""

_record = provider_record.c


def add(
    conn: Connection, vault: Vault, case_id: int, unit_id: int, wait_id: int, payload: bytes, now: datetime,
    until: datetime,
) -> None:
    """Keeps what a provider answered."""
    conn.execute(insert(provider_record).values(
        case_id=case_id, unit_id=unit_id, wait_id=wait_id, answered_at=now, visible_until=until,
        payload=vault.seal(case_id, _purpose(wait_id), payload),
    ))  # fmt: skip


def of_units(
    conn: Connection, unit_ids: Collection[int], now: datetime, before: int | None, limit: int
) -> Rows:
    """What some providers may still look at, newest first."""
    mine = select(provider_record).where(_record.unit_id.in_(sorted(unit_ids)), _record.visible_until > now)
    if before is not None:
        mine = mine.where(_record.id < before)
    return conn.execute(mine.order_by(_record.id.desc()).limit(limit)).all() if unit_ids else []


def get(conn: Connection, record_id: int, now: datetime) -> AnyRow | None:
    """One record, while it may be looked at."""
    return conn.execute(
        select(provider_record).where(_record.id == record_id, _record.visible_until > now)
    ).first()


def opened(vault: Vault, row: AnyRow) -> bytes:
    """The content of a record."""
    return vault.open(row.case_id, _purpose(row.wait_id), row.payload)


def take_away(conn: Connection, case_id: int, unit_ids: Collection[int]) -> None:
    """Some providers may look at nothing of a case any more."""
    conn.execute(delete(provider_record).where(_record.case_id == case_id, _record.unit_id.in_(sorted(unit_ids))))


def forget(conn: Connection, now: datetime) -> None:
    """Drops what nobody may look at any more."""
    conn.execute(delete(provider_record).where(_record.visible_until <= now))


def _purpose(wait_id: int) -> str:
    return f"provider record {wait_id}"
