"""Who read which protected part of a case, and when: a chain of its own per case, written by raw inserts."""

import hmac
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    exists,
    func,
    insert,
    select,
    text,
)

from engine.clock import to_micros
from engine.store.dialect import insert_or
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

_GROWN = text("seq > sealed_seq")

read_head = Table(
    "read_head",
    metadata,
    Column("case_id", Id, primary_key=True, autoincrement=False),
    Column("seq", Integer, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Column("sealed_seq", Integer, nullable=False, server_default="0"),
    Index("ix_read_head_unsealed", "case_id", sqlite_where=_GROWN, postgresql_where=_GROWN),
)
"""Where the log of a case ends, under a keyed hash of its own, so that nobody cuts off the last readings.
`sealed_seq` is how far it was sealed (store/seals.py)."""


def record(
    conn: Connection, vault: Vault, case_id: int, account_id: int, section: str, now: datetime
) -> None:
    """Writes down a reading. Three statements; readers of one case who collide are retried by
    `Database.run`."""
    log, head = read_log.c, read_head.c
    end = select(head.seq, log.mac).select_from(read_head).outerjoin(
        read_log, (log.case_id == head.case_id) & (log.seq == head.seq)
    )
    last = conn.execute(end.where(head.case_id == case_id)).first()
    if last is None:  # the first reading, or the first since ends are kept
        query = select(log.seq, log.mac).where(log.case_id == case_id)
        last = conn.execute(query.order_by(log.seq.desc()).limit(1)).first()
    # Where the end was cut off, the gap stays: nobody is kept from reading, and verification finds it.
    seq, before = (last.seq + 1, bytes(last.mac or b"")) if last else (1, b"")
    values = {"case_id": case_id, "seq": seq, "account_id": account_id, "section": section, "read_at": now}
    mac = _mac(vault, before, case_id, seq, account_id, section, now)
    conn.execute(insert(read_log).values(values | {"mac": mac}))
    _keep_end(conn, vault, case_id, seq, mac)


def adopt(conn: Connection, vault: Vault, limit: int = 500) -> int:
    """Keeps the ends of logs that were written before ends were kept, some at a time; returns how many."""
    log = read_log.c
    bare = (
        select(log.case_id, func.max(log.seq).label("seq"))
        .where(~exists().where(read_head.c.case_id == log.case_id))
        .group_by(log.case_id).order_by(log.case_id).limit(limit).subquery()
    )
    rows = conn.execute(
        select(bare.c.case_id, bare.c.seq, log.mac)
        .join(read_log, (log.case_id == bare.c.case_id) & (log.seq == bare.c.seq))
    ).all()
    for row in rows:
        _keep_end(conn, vault, row.case_id, row.seq, bytes(row.mac))
    return len(rows)


def _keep_end(conn: Connection, vault: Vault, case_id: int, seq: int, mac: bytes) -> None:
    kept = {"seq": seq, "mac": _end_mac(vault, case_id, seq, mac)}
    statement = insert_or(conn, read_head).values(case_id=case_id, **kept)
    conn.execute(statement.on_conflict_do_update(index_elements=[read_head.c.case_id], set_=kept))


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
            seq, before = row.seq, bytes(row.mac)
    end = conn.execute(select(read_head).where(read_head.c.case_id == case_id)).first()
    if end is None:
        return [_NO_END] if seq else []
    if end.seq != seq or not hmac.compare_digest(_end_mac(vault, case_id, seq, before), bytes(end.mac)):
        return [Text(
            f"تنتهي القراءات عند {seq}، وكانت {end.seq}.",
            f"case {case_id}: the readings end at {seq}, there were {end.seq}",
        )]
    return []


_NO_END = Text("لم يُحفظ أين تنتهي القراءات.", "where the readings end is not kept")


def _end_mac(vault: Vault, case_id: int, seq: int, mac: bytes) -> bytes:
    return vault.mac("end of readings", b"%d|%d|" % (case_id, seq) + mac)


def _mac(
    vault: Vault, before: bytes, case_id: int, seq: int, account_id: int, section: str, read_at: datetime
) -> bytes:
    plain = f"{case_id}|{seq}|{account_id}|{to_micros(read_at)}|{section}".encode()
    return vault.mac("readings", before + plain)
