"""The record of the studio: who began, discarded, proposed, approved, refused and published what. One chain for the
installation, so that nothing can be taken out of it unseen."""

import hmac
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, String, Table, Text, insert, select

from engine.clock import to_micros
from engine.store.metadata import AnyRow, Moment, Rows, metadata
from engine.store.vault import Vault
from engine.text import Text as Words

studio_log = Table(
    "studio_log",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("act", String(32), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("key", String(128), nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("actor_id", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Index("ix_studio_log_kind_key_seq", "kind", "key", "seq"),
)
"""Append-only. `act`: begun | discarded | overwritten | restored | proposed | approved | refused | withdrawn |
published. `version` is 0 where nothing was published; `sha256` is that of the file meant."""
_PLAIN = ("seq", "act", "kind", "key", "version", "sha256", "note", "actor_id")


def record(
    conn: Connection, vault: Vault, act: str, kind: str, key: str, actor_id: int, now: datetime,
    *, version: int = 0, sha256: str = "", note: str = "",
) -> None:  # fmt: skip
    """Writes down one act. Two statements; two at a time are retried by `Database.run`."""
    last = conn.execute(select(studio_log.c.seq, studio_log.c.mac).order_by(studio_log.c.seq.desc()).limit(1)).first()
    seq, before = (last.seq + 1, last.mac) if last else (1, b"")
    values = {
        "seq": seq, "act": act, "kind": kind, "key": key, "version": version, "sha256": sha256, "note": note,
        "actor_id": actor_id,
    }
    mac = _mac(vault, before, tuple(values.values()), now)
    conn.execute(insert(studio_log).values({**values, "at": now, "mac": mac}))


def of_definition(conn: Connection, kind: str, key: str, limit: int = 50) -> Rows:
    """What was done with one definition, newest first."""
    query = select(studio_log).where(studio_log.c.kind == kind, studio_log.c.key == key)
    return conn.execute(query.order_by(studio_log.c.seq.desc()).limit(limit)).all()


def verify(conn: Connection, vault: Vault) -> list[Words]:
    """What is wrong with the chain; empty when nothing is."""
    seq, before = 0, b""
    while page := _after(conn, seq):
        for row in page:
            expected = _mac(vault, before, tuple(getattr(row, name) for name in _PLAIN), row.at)
            if row.seq != seq + 1 or not hmac.compare_digest(expected, row.mac):
                return [Words(
                    f"القيد {seq + 1} في سجل الاستوديو ليس كما سُجّل.",
                    f"studio: entry {seq + 1} is not what was recorded",
                )]  # fmt: skip
            seq, before = row.seq, row.mac
    return []


def _after(conn: Connection, seq: int) -> list[AnyRow]:
    query = select(studio_log).where(studio_log.c.seq > seq).order_by(studio_log.c.seq)
    return list(conn.execute(query.limit(1000)))


def _mac(vault: Vault, before: bytes, values: tuple[object, ...], at: datetime) -> bytes:
    return vault.mac("studio", before + repr((*values, to_micros(at))).encode())
