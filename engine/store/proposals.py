"""Proposals: definitions that wait for a second person before they are published, frozen as they were proposed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    insert,
    select,
    text,
    update,
)

from engine.store.metadata import AnyRow, Moment, metadata

WAITING = "waiting"
_WAITS = text("state = 'waiting'")

proposal = Table(
    "proposal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String(16), nullable=False),  # waiting | published | refused | withdrawn
    Column("note", Text, nullable=False),
    Column("proposed_by", Integer, nullable=False),
    Column("proposed_at", Moment, nullable=False),
    Column("decided_by", Integer),
    Column("decided_at", Moment),
    Column("reason", Text, nullable=False, server_default=""),
    Index("ix_proposal_waiting", "state", sqlite_where=_WAITS, postgresql_where=_WAITS),
)

proposal_item = Table(
    "proposal_item",
    metadata,
    Column("proposal_id", Integer, ForeignKey("proposal.id"), primary_key=True, autoincrement=False),
    Column("kind", String(16), primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("base_version", Integer, nullable=False),
    Column("authors", Text, nullable=False),
)
"""`base_version` is the newest published version when it was proposed; `authors` a JSON list of accounts."""


@dataclass(frozen=True)
class Item:
    """One file of a proposal."""

    kind: str
    key: str
    content: bytes
    base_version: int
    authors: tuple[int, ...]


def add(conn: Connection, note: str, actor_id: int, items: Sequence[Item], now: datetime) -> int:
    """Keeps a proposal; returns its id."""
    values = {"state": WAITING, "note": note, "proposed_by": actor_id, "proposed_at": now}
    made = int(conn.execute(insert(proposal).values(values).returning(proposal.c.id)).scalar_one())
    rows = [{**vars(item), "authors": json.dumps(item.authors), "proposal_id": made} for item in items]
    conn.execute(insert(proposal_item), rows)
    return made


def get(conn: Connection, proposal_id: int) -> AnyRow | None:
    """A proposal by its id."""
    return conn.execute(select(proposal).where(proposal.c.id == proposal_id)).first()


def items_of(conn: Connection, proposal_id: int) -> list[Item]:
    """What is proposed."""
    query = select(proposal_item).where(proposal_item.c.proposal_id == proposal_id)
    rows = conn.execute(query.order_by(proposal_item.c.kind, proposal_item.c.key))
    return [Item(r.kind, r.key, r.content, r.base_version, tuple(json.loads(r.authors))) for r in rows]


def waiting(conn: Connection) -> list[AnyRow]:
    """Proposals that nobody has decided on, oldest first."""
    return list(conn.execute(select(proposal).where(proposal.c.state == WAITING).order_by(proposal.c.id)))


def waiting_for(conn: Connection, kind: str, key: str) -> int | None:
    """The proposal that a definition waits in."""
    query = select(proposal.c.id).join(proposal_item, proposal_item.c.proposal_id == proposal.c.id)
    found = (proposal.c.state == WAITING) & (proposal_item.c.kind == kind) & (proposal_item.c.key == key)
    return conn.scalar(query.where(found).order_by(proposal.c.id).limit(1))


def decide(conn: Connection, proposal_id: int, state: str, actor_id: int, reason: str, now: datetime) -> bool:
    """Closes a proposal that still waits; False where somebody else did."""
    query = update(proposal).where(proposal.c.id == proposal_id, proposal.c.state == WAITING)
    values = {"state": state, "decided_by": actor_id, "decided_at": now, "reason": reason}
    return conn.execute(query.values(values)).rowcount == 1
