"""The record of the two registers, the directory of services and the practitioners: who entered, changed, renewed,
suspended what and when. One chain for the installation, so that nothing can be taken out of it unseen."""

from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, String, Table, Text, select

from engine.store.log_chain import LogChain
from engine.store.metadata import Moment, Rows, metadata
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
_CHAIN = LogChain(
    register_log, "registers",
    ("seq", "register", "subject", "act", "entry", "reason", "actor_id"),
    Words("سجل الدليل والممارسين", "registers"),
)


def record(
    conn: Connection, vault: Vault, register: str, subject: str, act: str, actor_id: int, now: datetime,
    *, entry: str = "", reason: str = "",
) -> None:  # fmt: skip
    """Writes down one act. Two statements; two at a time are retried by `Database.run`."""
    values = {
        "register": register, "subject": subject, "act": act, "entry": entry, "reason": reason, "actor_id": actor_id,
    }
    _CHAIN.append(conn, vault, values, now)


def of_subject(conn: Connection, register: str, subject: str, limit: int = 100) -> Rows:
    """What was done about one provider or one practitioner, newest first."""
    query = select(register_log).where(register_log.c.register == register, register_log.c.subject == subject)
    return conn.execute(query.order_by(register_log.c.seq.desc()).limit(limit)).all()


def verify(conn: Connection, vault: Vault) -> list[Words]:
    """What is wrong with the chain; empty when nothing is."""
    return _CHAIN.verify(conn, vault)
