"""Accounts, what they may be where (memberships), their sessions, and attempts to sign in."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, String, Table, false, true

from engine.store.metadata import Id, Moment, metadata

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", String(64), nullable=False, unique=True),
    Column("name_ar", String(255), nullable=False),
    Column("name_en", String(255), nullable=False, server_default=""),
    Column("password_hash", String(255), nullable=False, server_default=""),
    Column("locale", String(8), nullable=False, server_default="ar"),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default=true()),
    Column("is_demo", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("created_at", Moment, nullable=False),
)
"""A person who signs in. An empty password hash signs nobody in."""

membership = Table(
    "membership",
    metadata,
    Column("account_id", Integer, ForeignKey("account.id"), primary_key=True),
    Column("role", String(64), primary_key=True),
    Column("unit_id", Integer, ForeignKey("unit.id"), primary_key=True),
    Index("ix_membership_role_unit_id", "role", "unit_id"),
)
"""A role held in a unit, and so in everything below it."""

session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Index("ix_session_account_id", "account_id"),
    Index("ix_session_expires_at", "expires_at"),
)
"""A sign-in; the token itself is only in the cookie."""

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("id", Id, primary_key=True),
    Column("subject_hash", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_sign_in_attempt_subject_hash_at", "subject_hash", "at"),
    Index("ix_sign_in_attempt_at", "at"),
)
"""A failed attempt, once under the keyed hash of the login and once under that of the address."""
