"""Definitions (versions of diagrams, decisions, forms, lists, calendars) and the bundles that cases are bound
to."""

from sqlalchemy import Column, Connection, Integer, LargeBinary, String, Table, Text, UniqueConstraint, func, select

from engine.store.metadata import Moment, metadata

definition = Table(
    "definition",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),  # process | decision | form | list | calendar
    Column("key", String(128), nullable=False),
    Column("version", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("source", LargeBinary, nullable=False),
    Column("published_at", Moment, nullable=False),
    Column("published_by", Integer, nullable=False, server_default="0"),
    Column("note", Text, nullable=False, server_default=""),
    Column("written_by", Integer, nullable=False, server_default="0"),
    Column("approved_by", Integer),
    UniqueConstraint("kind", "key", "version"),
)
"""One stored version of something analysts own. `published_by` is an account, 0 the shipped content;
`written_by` saved it last before that, `approved_by` is the second person where it takes one."""

bundle = Table(
    "bundle",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("content", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)
"""Everything a case may reach: `content` is the JSON list of definition ids, `sha256` is over their
hashes."""


def newest_bundle_id(conn: Connection) -> int:
    """The bundle that new cases begin with; 0 before anything was published."""
    return conn.scalar(select(func.max(bundle.c.id))) or 0


def bundle_named(conn: Connection, sha256: str) -> int | None:
    """The bundle of a hash."""
    return conn.scalar(select(bundle.c.id).where(bundle.c.sha256 == sha256))
