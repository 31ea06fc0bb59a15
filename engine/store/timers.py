"""Timers that diagrams wait for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, String, Table, select

from engine.store.metadata import Id, Moment, Rows, metadata

timer = Table(
    "timer",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("case_id", Id, nullable=False),
    Column("process", String(64), nullable=False),
    Column("element", String(128), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("next_at", Moment),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("fingerprint", Id, nullable=False),
    Index("ix_timer_case_id", "case_id"),
    Index("ix_timer_next_at", "next_at"),
)
"""`next_at` is when a worker may take it: the due moment, or the end of the lease of one that took it
already; null once it failed too often and became an incident of the platform's."""


@dataclass(frozen=True)
class OpenTimer:
    """A timer as a move wants it."""

    id: int
    case_id: int
    process: str
    element: str
    due_at: datetime

    def values(self) -> dict[str, object]:
        """The columns that a move decides."""
        return dict(vars(self))


def of_cases(conn: Connection, case_ids: Collection[int]) -> Rows:
    """The open timers of some cases."""
    return conn.execute(select(timer).where(timer.c.case_id.in_(case_ids)).order_by(timer.c.id)).all()
