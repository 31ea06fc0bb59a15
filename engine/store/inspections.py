"""Inspections of the providers in the directory: what came of each visit, and when the next is due."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Column, Connection, Index, String, Table, Text, func, select, update

from engine.store.dialect import insert_or
from engine.store.metadata import Id, Moment, Rows, metadata

inspection = Table(
    "inspection",
    metadata,
    Column("case_id", Id, primary_key=True, autoincrement=False),
    Column("provider", String(64), nullable=False),
    Column("number", String(32), nullable=False),
    Column("cause", String(16), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("visited_on", String(10), nullable=False),
    Column("result", String(16), nullable=False),
    Column("next_on", String(10)),
    Column("findings", Text, nullable=False),
    Index("ix_inspection_provider", "provider", "case_id"),
    Index("ix_inspection_next_on", "next_on"),
)
"""One line per file of an inspection; `case_id` is that file. `result` and `visited_on` are "" until the visit was
made. `next_on` is the day of the next visit, NULL once that was opened. `findings` holds numbers and scores (JSON),
nothing that somebody wrote."""

_c = inspection.c


def begin(conn: Connection, case_id: int, provider: str, number: str, cause: str, now: datetime) -> None:
    """A file was opened for a provider: no other visit is planned for it any more."""
    conn.execute(update(inspection).where(_c.provider == provider, _c.next_on.is_not(None)).values(next_on=None))
    conn.execute(insert_or(conn, inspection).values(
        case_id=case_id, provider=provider, number=number, cause=cause, opened_at=now, visited_on="", result="",
        findings="{}",
    ).on_conflict_do_nothing())


def record(conn: Connection, case_id: int, values: Mapping[str, object]) -> None:
    """What came of a visit."""
    conn.execute(update(inspection).where(_c.case_id == case_id).values(dict(values)))


def of_provider(conn: Connection, provider: str, limit: int) -> Rows:
    """The inspections of a provider, newest first."""
    return conn.execute(
        select(inspection).where(_c.provider == provider).order_by(_c.case_id.desc()).limit(limit)
    ).all()


def newest_of(conn: Connection, providers: Collection[str]) -> Rows:
    """The newest inspection of each of some providers."""
    if not providers:
        return []
    newest = select(func.max(_c.case_id)).where(_c.provider.in_(sorted(providers))).group_by(_c.provider)
    return conn.execute(select(inspection).where(_c.case_id.in_(newest))).all()


def under_way(conn: Connection, provider: str) -> int | None:
    """The file of a visit to a provider that was opened and has no result yet."""
    query = select(_c.case_id).where(_c.provider == provider, _c.result == "").order_by(_c.case_id.desc())
    return conn.scalar(query.limit(1))


def due(conn: Connection, today: str, limit: int) -> Rows:
    """The inspections after which the next one is due, longest due first."""
    query = select(inspection).where(_c.next_on <= today).order_by(_c.next_on, _c.case_id)
    return conn.execute(query.limit(limit)).all()
