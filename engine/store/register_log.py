"""The record of the two registers, the directory of services and the practitioners: who entered, changed, renewed,
suspended what and when. One chain for the installation, so that nothing can be taken out of it unseen."""

import hmac
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, String, Table, Text, insert, select

from engine.clock import to_micros
from engine.store.metadata import AnyRow, Moment, Rows, metadata
from engine.store.vault import Vault
from engine.text import Text as Words

DIRECTORY, PRACTITIONERS = "directory", "practitioners"

register_log = Table(
    "register_log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("register", String(16), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("act", String(32), nullable=False),
    Column("entry", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor_id", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Index("ix_register_log_register_subject_seq", "register", "subject", "seq"),
)
"""Append-only. `subject` is the code of a provider or the login of a practitioner; `entry` is what stands from then on
(JSON, "" where nothing was written). `act`: added | changed | renewed | verified | suspended | reinstated; accredited |
withdrawn | trained | needs_training | conflict_declared | conflict_ended."""
_PLAIN = ("seq", "register", "subject", "act", "entry", "reason", "actor_id")


def record(
    conn: Connection, vault: Vault, register: str, subject: str, act: str, actor_id: int, now: datetime,
    *, entry: str = "", reason: str = "",
) -> None:  # fmt: skip
    """Writes down one act. Two statements; two at a time are retried by `Database.run`."""
    query = select(register_log.c.seq, register_log.c.mac).order_by(register_log.c.seq.desc()).limit(1)
    last = conn.execute(query).first()
    seq, before = (last.seq + 1, last.mac) if last else (1, b"")
    values = {
        "seq": seq, "register": register, "subject": subject, "act": act, "entry": entry, "reason": reason,
        "actor_id": actor_id,
    }
    mac = _mac(vault, before, tuple(values.values()), now)
    conn.execute(insert(register_log).values({**values, "at": now, "mac": mac}))


def of_subject(conn: Connection, register: str, subject: str, limit: int = 100) -> Rows:
    """What was done about one provider or one practitioner, newest first."""
    query = select(register_log).where(register_log.c.register == register, register_log.c.subject == subject)
    return conn.execute(query.order_by(register_log.c.seq.desc()).limit(limit)).all()


def verify(conn: Connection, vault: Vault) -> list[Words]:
    """What is wrong with the chain; empty when nothing is."""
    seq, before = 0, b""
    while page := _after(conn, seq):
        for row in page:
            expected = _mac(vault, before, tuple(getattr(row, name) for name in _PLAIN), row.at)
            if row.seq != seq + 1 or not hmac.compare_digest(expected, row.mac):
                return [Words(
                    f"القيد {seq + 1} في سجل الدليل والممارسين ليس كما سُجّل.",
                    f"registers: entry {seq + 1} is not what was recorded",
                )]  # fmt: skip
            seq, before = row.seq, row.mac
    return []


def _after(conn: Connection, seq: int) -> list[AnyRow]:
    query = select(register_log).where(register_log.c.seq > seq).order_by(register_log.c.seq)
    return list(conn.execute(query.limit(1000)))


def _mac(vault: Vault, before: bytes, values: tuple[object, ...], at: datetime) -> bytes:
    return vault.mac("registers", before + repr((*values, to_micros(at))).encode())
