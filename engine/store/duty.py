"""The duty roster: who is on call in a directorate, around the clock, for immediate danger."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, String, Table, insert, select, update

from engine.store.accounts import account
from engine.store.metadata import AnyRow, Moment, Rows, metadata

FIRST, SECOND = "first", "second"
POSTS = (FIRST, SECOND)
"""The duty supervisor, and who is called when they do not answer."""

duty_shift = Table(
    "duty_shift",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("unit_id", Integer, ForeignKey("unit.id"), nullable=False),
    Column("post", String(8), nullable=False),  # first | second
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False),
    Column("from_at", Moment, nullable=False),
    Column("until_at", Moment, nullable=False),
    Column("entered_by", Integer, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Column("withdrawn_by", Integer),
    Column("withdrawn_at", Moment),
    Index("ix_duty_shift_unit_id_until_at", "unit_id", "until_at"),
)
"""One person's turn at one post; its end is not included. A shift that was withdrawn is kept and counts no more."""


def add(
    conn: Connection, unit_id: int, post: str, account_id: int, from_at: datetime, until_at: datetime,
    entered_by: int, now: datetime,
) -> int:
    """Writes a shift; returns its id."""
    values = {
        "unit_id": unit_id, "post": post, "account_id": account_id, "from_at": from_at, "until_at": until_at,
        "entered_by": entered_by, "entered_at": now,
    }
    return int(conn.execute(insert(duty_shift).values(values).returning(duty_shift.c.id)).scalar_one())


def get(conn: Connection, shift_id: int) -> AnyRow | None:
    """A shift by id, withdrawn or not; None when there is none."""
    return conn.execute(select(duty_shift).where(duty_shift.c.id == shift_id)).first()


def withdraw(conn: Connection, shift_id: int, actor_id: int, now: datetime) -> None:
    """Takes a shift off the roster."""
    values = {"withdrawn_by": actor_id, "withdrawn_at": now}
    conn.execute(update(duty_shift).where(duty_shift.c.id == shift_id).values(values))


def between(
    conn: Connection, unit_ids: Collection[int], from_at: datetime, until_at: datetime, limit: int = 500
) -> Rows:
    """The shifts of some units that touch a stretch of time, the earliest first, with the names of the people and
    whether their accounts still work."""
    if not unit_ids:
        return []
    person = (account.c.name_ar, account.c.name_en, account.c.active)
    query = (
        select(duty_shift, *person)
        .join(account, account.c.id == duty_shift.c.account_id)
        .where(duty_shift.c.unit_id.in_(unit_ids), duty_shift.c.until_at > from_at)
        .where(duty_shift.c.from_at < until_at, duty_shift.c.withdrawn_at.is_(None))
        .order_by(duty_shift.c.from_at, duty_shift.c.id)
    )
    return conn.execute(query.limit(limit)).all()
