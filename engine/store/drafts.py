"""Drafts: what somebody typed into a form and has not sent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, Table, delete, select

from engine.store.dialect import insert_or
from engine.store.metadata import Id, Moment, metadata
from engine.store.vault import Vault
from engine.store.work_items import is_open, work_item

draft = Table(
    "draft",
    metadata,
    Column("item_id", Id, primary_key=True, autoincrement=False),
    Column("account_id", Integer, primary_key=True, autoincrement=False),
    Column("case_id", Id, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Index("ix_draft_case_id", "case_id"),
)
"""One per item and account, sealed with the key of the case."""


def save(
    conn: Connection, vault: Vault, case_id: int, item_id: int, account_id: int, payload: bytes, now: datetime
) -> None:
    """Keeps the newest typing."""
    values = {
        "item_id": item_id,
        "account_id": account_id,
        "case_id": case_id,
        "saved_at": now,
        "payload": vault.seal(case_id, f"draft {item_id}", payload),
    }
    statement = insert_or(conn, draft).values(values)
    changed = {"payload": statement.excluded.payload, "saved_at": statement.excluded.saved_at}
    conn.execute(statement.on_conflict_do_update(index_elements=["item_id", "account_id"], set_=changed))


def load(conn: Connection, vault: Vault, item_id: int, account_id: int) -> tuple[bytes, datetime] | None:
    """The typing and when it was kept; None when there is no draft."""
    row = conn.execute(
        select(draft).where(draft.c.item_id == item_id, draft.c.account_id == account_id)
    ).first()
    return None if row is None else (vault.open(row.case_id, f"draft {item_id}", row.payload), row.saved_at)


@dataclass(frozen=True)
class Typed:
    """What somebody typed into the form of an open work item, opened."""

    process: str
    element: str
    form: str | None
    payload: bytes


def of_case(conn: Connection, vault: Vault, case_id: int) -> list[Typed]:
    """All typing that lies in the open work of a case, in one statement."""
    item = work_item.c
    query = select(draft.c.item_id, draft.c.payload, item.process, item.element, item.form).join(
        work_item, item.id == draft.c.item_id)
    rows = conn.execute(query.where(draft.c.case_id == case_id, is_open))
    return [
        Typed(row.process, row.element, row.form, vault.open(case_id, f"draft {row.item_id}", row.payload))
        for row in rows
    ]


def discard(conn: Connection, item_id: int) -> None:
    """Forgets all typing for an item that was closed."""
    conn.execute(delete(draft).where(draft.c.item_id == item_id))
