"""Access tokens: what programs sign in with, in the name of an account."""

from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, LargeBinary, String, Table, update

from engine.store.metadata import Moment, metadata

access_token = Table(
    "access_token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False),
    Column("name", String(100), nullable=False),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("scopes", String(100), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    Index("ix_access_token_account_id", "account_id"),
)
"""The token itself is shown once and kept nowhere: `token_hash` is a keyed hash of it. `scopes` are names with commas
between; `used_at` is kept to the hour, so that it tells that a token is alive and not when somebody works."""


def revoke_all(conn: Connection, account_id: int, now: datetime) -> None:
    """Ends every token of an account."""
    living = update(access_token).where(access_token.c.account_id == account_id, access_token.c.revoked_at.is_(None))
    conn.execute(living.values(revoked_at=now))
