"""Submissions: what a form sent with a token did, so that the same submit twice counts once."""

from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    insert,
    select,
)

from engine.store.metadata import AnyRow, Id, Moment, metadata

submission = Table(
    "submission",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account_id", Integer, nullable=False),
    Column("case_id", Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("result", String(64), nullable=False, server_default=""),
    Index("ix_submission_at", "at"),
)
"""`token_hash` is Vault.hash("submission", token); `result` is a number or another plain word for the
receipt."""


def find(conn: Connection, token_hash: bytes) -> AnyRow | None:
    """What this submit did already, if it did."""
    return conn.execute(select(submission).where(submission.c.token_hash == token_hash)).first()


def record(
    conn: Connection, token_hash: bytes, account_id: int, case_id: int, now: datetime, result: str = ""
) -> None:
    """Remembers a submit in the transaction that it caused. When the same submit won meanwhile,
    `Database.run` runs the command again, and `find` then answers."""
    values = {
        "token_hash": token_hash,
        "account_id": account_id,
        "case_id": case_id,
        "at": now,
        "result": result,
    }
    conn.execute(insert(submission).values(values))


def forget_before(conn: Connection, moment: datetime) -> int:
    """Drops submissions too old to be sent again."""
    return conn.execute(delete(submission).where(submission.c.at < moment)).rowcount
