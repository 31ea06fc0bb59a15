"""The record of the studio: who began, discarded, proposed, approved, refused and published what. One chain for the
installation, so that nothing can be taken out of it unseen."""

from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, String, Table, Text, select

from engine.store.log_chain import LogChain
from engine.store.metadata import Moment, Rows, metadata
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
_CHAIN = LogChain(
    studio_log, "studio",
    ("seq", "act", "kind", "key", "version", "sha256", "note", "actor_id"),
    Words("سجل الاستوديو", "studio"),
)


def record(
    conn: Connection, vault: Vault, act: str, kind: str, key: str, actor_id: int, now: datetime,
    *, version: int = 0, sha256: str = "", note: str = "",
) -> None:  # fmt: skip
    """Writes down one act. Two statements; two at a time are retried by `Database.run`."""
    values = {
        "act": act, "kind": kind, "key": key, "version": version, "sha256": sha256, "note": note, "actor_id": actor_id,
    }
    _CHAIN.append(conn, vault, values, now)


def of_definition(conn: Connection, kind: str, key: str, limit: int = 50) -> Rows:
    """What was done with one definition, newest first."""
    query = select(studio_log).where(studio_log.c.kind == kind, studio_log.c.key == key)
    return conn.execute(query.order_by(studio_log.c.seq.desc()).limit(limit)).all()


def verify(conn: Connection, vault: Vault) -> list[Words]:
    """What is wrong with the chain; empty when nothing is."""
    return _CHAIN.verify(conn, vault)
