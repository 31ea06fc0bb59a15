"""Who read which protected part of a case, and when: a chain of its own per case, written by raw inserts."""

import hmac
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, String, Table, insert, select

from engine.clock import to_micros
from engine.store.metadata import Id, Moment, Rows, metadata
from engine.store.vault import Vault
from engine.text import Text

read_log = Table(
    "read_log",
    metadata,
    Column("case_id", Id, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("account_id", Integer, nullable=False),
    Column("section", String(64), nullable=False),
    Column("read_at", Moment, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Index("ix_read_log_account_id_read_at", "account_id", "read_at"),
)
"""Append-only."""


def record(
    conn: Connection, vault: Vault, case_id: int, account_id: int, section: str, now: datetime
) -> None:
    """Writes down a reading. Two statements; readers of one case who collide are retried by
    `Database.run`."""
    query = select(read_log.c.seq, read_log.c.mac).where(read_log.c.case_id == case_id)
    last = conn.execute(query.order_by(read_log.c.seq.desc()).limit(1)).first()
    seq, before = (last.seq + 1, last.mac) if last else (1, b"")
    values = {"case_id": case_id, "seq": seq, "account_id": account_id, "section": section, "read_at": now}
    mac = _mac(vault, before, case_id, seq, account_id, section, now)
    conn.execute(insert(read_log).values(values | {"mac": mac}))


def of_case(conn: Connection, case_id: int, after: int = 0, limit: int = 100) -> Rows:
    """Who read a case, oldest first."""
    query = select(read_log).where(read_log.c.case_id == case_id, read_log.c.seq > after)
    return conn.execute(query.order_by(read_log.c.seq).limit(limit)).all()


def verify(conn: Connection, vault: Vault, case_id: int) -> list[Text]:
    """What is wrong with the chain of readings of a case; empty when nothing is."""
    seq, before = 0, b""
    while page := of_case(conn, case_id, seq, 1000):
        for row in page:
            expected = _mac(vault, before, case_id, row.seq, row.account_id, row.section, row.read_at)
            if row.seq != seq + 1 or not hmac.compare_digest(expected, row.mac):
                return [Text(
                    f"القراءة {seq + 1} ليست كما سُجّلت.",
                    f"case {case_id}: reading {seq + 1} is not what was recorded",
                )]
            seq, before = row.seq, row.mac
    return []


def _mac(
    vault: Vault, before: bytes, case_id: int, seq: int, account_id: int, section: str, read_at: datetime
) -> bytes:
    plain = f"{case_id}|{seq}|{account_id}|{to_micros(read_at)}|{section}".encode()
    return vault.mac("readings", before + plain)
