"""One-time codes by which people choose their first password, or a new one."""

from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, LargeBinary, Table, delete, insert, select

from engine.store.metadata import Moment, metadata

sign_in_code = Table(
    "sign_in_code",
    metadata,
    Column("account_id", Integer, ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("code_hash", LargeBinary, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_sign_in_code_expires_at", "expires_at"),
)
"""The keyed hash of the one code that an account may use until `expires_at`; the code itself is nowhere."""


def replace(conn: Connection, account_id: int, code_hash: bytes, expires_at: datetime) -> None:
    """Gives an account a code; one given before is worth nothing any more."""
    drop(conn, account_id)
    values = {"account_id": account_id, "code_hash": code_hash, "expires_at": expires_at}
    conn.execute(insert(sign_in_code).values(values))


def hash_of(conn: Connection, account_id: int, now: datetime) -> bytes | None:
    """The hash of the code that an account may use now; None when there is none."""
    mine = (sign_in_code.c.account_id == account_id) & (sign_in_code.c.expires_at > now)
    found = conn.scalar(select(sign_in_code.c.code_hash).where(mine))
    return None if found is None else bytes(found)


def drop(conn: Connection, account_id: int) -> None:
    """Takes the code of an account away, where it has one."""
    conn.execute(delete(sign_in_code).where(sign_in_code.c.account_id == account_id))


def drop_expired(conn: Connection, now: datetime) -> None:
    """Forgets the codes that nobody used in time."""
    conn.execute(delete(sign_in_code).where(sign_in_code.c.expires_at <= now))
