"""Absences of people and who stands in for them meanwhile."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, Table, insert, select, update

from engine.store.accounts import account
from engine.store.metadata import AnyRow, Moment, Rows, metadata

absence = Table(
    "absence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False),
    Column("deputy_id", Integer, ForeignKey("account.id"), nullable=False),
    Column("from_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
    Column("entered_by", Integer, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("ended_by", Integer),
    Column("ended_at", Moment),
    Index("ix_absence_account_id_until_at", "account_id", "until_at"),
    Index("ix_absence_deputy_id_until_at", "deputy_id", "until_at"),
)
"""A stretch of time, its end not included. Ending one early moves `until_at`; nothing is deleted. Why somebody is
away is nobody's business here."""

_deputy = account.alias("deputy")


def add(
    conn: Connection, account_id: int, deputy_id: int, from_at: datetime, until_at: datetime, entered_by: int,
    now: datetime,
) -> int:
    """Writes an absence; returns its id."""
    values = {
        "account_id": account_id, "deputy_id": deputy_id, "from_at": from_at, "until_at": until_at,
        "entered_by": entered_by, "entered_at": now,
    }
    return int(conn.execute(insert(absence).values(values).returning(absence.c.id)).scalar_one())


def get(conn: Connection, absence_id: int) -> AnyRow | None:
    """An absence by id; None when there is none."""
    return conn.execute(select(absence).where(absence.c.id == absence_id)).first()


def end(conn: Connection, absence_id: int, ended_by: int, until_at: datetime, now: datetime) -> None:
    """Lets an absence end earlier than it was entered."""
    values = {"until_at": until_at, "ended_by": ended_by, "ended_at": now}
    conn.execute(update(absence).where(absence.c.id == absence_id).values(values))


def overlaps(conn: Connection, account_id: int, from_at: datetime, until_at: datetime) -> bool:
    """Whether somebody is entered as away during a part of that time already."""
    query = select(absence.c.id).where(
        absence.c.account_id == account_id, absence.c.until_at > from_at, absence.c.from_at < until_at
    )
    return conn.execute(query.where(absence.c.from_at < absence.c.until_at).limit(1)).first() is not None


def now_or_later(conn: Connection, account_ids: Collection[int], now: datetime, limit: int = 200) -> Rows:
    """The absences of some people that are not over, the nearest first, with the names of the deputies."""
    if not account_ids:
        return []
    query = (
        select(absence, _deputy.c.name_ar.label("deputy_ar"), _deputy.c.name_en.label("deputy_en"))
        .join(_deputy, _deputy.c.id == absence.c.deputy_id)
        .where(absence.c.account_id.in_(account_ids), absence.c.until_at > now)
        .where(absence.c.from_at < absence.c.until_at)
        .order_by(absence.c.from_at, absence.c.id)
    )
    return conn.execute(query.limit(limit)).all()


def stood_in_for(conn: Connection, deputy_id: int, now: datetime) -> frozenset[int]:
    """The people for whom somebody stands in at a moment."""
    query = select(absence.c.account_id).where(
        absence.c.deputy_id == deputy_id, absence.c.until_at > now, absence.c.from_at <= now
    )
    return frozenset(conn.scalars(query))


def away(conn: Connection, account_ids: Collection[int], now: datetime) -> dict[int, set[int]]:
    """Who of some people is away at a moment, and who stands in for each."""
    query = select(absence.c.account_id, absence.c.deputy_id).where(
        absence.c.account_id.in_(account_ids), absence.c.until_at > now, absence.c.from_at <= now
    )
    found: dict[int, set[int]] = {}
    for row in conn.execute(query) if account_ids else ():
        found.setdefault(row.account_id, set()).add(row.deputy_id)
    return found
