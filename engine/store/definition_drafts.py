"""Drafts of definitions: what analysts have drawn and not published, one for each definition, shared by them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    delete,
    insert,
    select,
    update,
)

from engine.store.dialect import insert_or
from engine.store.metadata import Moment, metadata

UNCHECKED = "null"
"""The findings of a revision that was never checked."""

definition_draft = Table(
    "definition_draft",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("content", LargeBinary),
    Column("base_version", Integer, nullable=False),
    Column("authors", Text, nullable=False),
    Column("saved_by", Integer, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("findings", Text, nullable=False, server_default="[]"),
)
"""`content` is NULL where there is no draft now; the row stays, so that a revision never comes back. `base_version` is
the published version it was begun from (0: none), `authors` the JSON list of all who wrote on it."""

set_aside = Table(
    "definition_set_aside",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("account_id", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("kept_at", Moment, nullable=False),
)
"""What somebody wrote and somebody else's saving, discarding or restoring pushed out: the last one of each person."""


@dataclass(frozen=True)
class Draft:
    """A draft as it lies in the database. `findings` is the JSON of its last check."""

    kind: str
    key: str
    revision: int
    content: bytes | None
    base_version: int
    authors: tuple[int, ...]
    saved_by: int
    saved_at: datetime
    findings: str = UNCHECKED


def get(conn: Connection, kind: str, key: str) -> Draft | None:
    """The row of a definition's draft, also where there is no draft any more; None where there never was one."""
    query = select(definition_draft).where(definition_draft.c.kind == kind, definition_draft.c.key == key)
    row = conn.execute(query).first()
    return None if row is None else _draft(row)


def all_open(conn: Connection) -> list[Draft]:
    """Every draft there is, in the order of kinds and keys."""
    query = select(definition_draft).where(definition_draft.c.content.is_not(None))
    return [_draft(row) for row in conn.execute(query.order_by(definition_draft.c.kind, definition_draft.c.key))]


def write(conn: Connection, draft: Draft, before: Draft | None) -> bool:
    """Writes a draft over what was read (`before`); False where somebody else wrote meanwhile."""
    values = {**vars(draft), "authors": json.dumps(draft.authors)}
    if before is None:
        conn.execute(insert(definition_draft).values(values))  # a lost race is started over by Database.run
        return True
    found = (definition_draft.c.kind == draft.kind) & (definition_draft.c.key == draft.key)
    unchanged = definition_draft.c.revision == before.revision
    return conn.execute(update(definition_draft).where(found & unchanged).values(values)).rowcount == 1


def note_findings(conn: Connection, kind: str, key: str, revision: int, findings: str) -> None:
    """Keeps what the check said of a revision, unless another one stands there by now."""
    found = (definition_draft.c.kind == kind) & (definition_draft.c.key == key)
    query = update(definition_draft).where(found & (definition_draft.c.revision == revision))
    conn.execute(query.values(findings=findings))


def keep_aside(conn: Connection, kind: str, key: str, account_id: int, content: bytes, now: datetime) -> None:
    """Keeps what somebody wrote out of the way of the draft."""
    values = {"kind": kind, "key": key, "account_id": account_id, "content": content, "kept_at": now}
    statement = insert_or(conn, set_aside).values(values)
    changed = {"content": statement.excluded.content, "kept_at": statement.excluded.kept_at}
    conn.execute(statement.on_conflict_do_update(index_elements=["kind", "key", "account_id"], set_=changed))


def aside_of(conn: Connection, kind: str, key: str, account_id: int) -> tuple[bytes, datetime] | None:
    """What was set aside for a person, and when."""
    row = conn.execute(select(set_aside.c.content, set_aside.c.kept_at).where(_aside(kind, key, account_id))).first()
    return None if row is None else (row.content, row.kept_at)


def forget_aside(conn: Connection, kind: str, key: str, account_id: int) -> None:
    """Drops what was set aside for a person."""
    conn.execute(delete(set_aside).where(_aside(kind, key, account_id)))


def _aside(kind: str, key: str, account_id: int) -> ColumnElement[bool]:
    return (set_aside.c.kind == kind) & (set_aside.c.key == key) & (set_aside.c.account_id == account_id)


def _draft(row: Row[tuple[object, ...]]) -> Draft:
    values = row._asdict()
    authors: Sequence[int] = json.loads(values["authors"])
    return Draft(**{**values, "authors": tuple(authors)})
