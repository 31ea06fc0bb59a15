"""Files that are sealed against reading: the accounts that may ask to read each, and every opening with a reason."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Index,
    Integer,
    Table,
    exists,
    insert,
    literal_column,
    or_,
    select,
    text,
    update,
)

from engine.store.cases import case_file, case_scope
from engine.store.incidents import incident
from engine.store.metadata import Id, Moment, Rows, metadata
from engine.store.work_items import is_open, work_item

_UNSEEN = text("seen_by IS NULL")

sealed_opening = Table(
    "sealed_opening",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Id, nullable=False),
    Column("account_id", Integer, nullable=False),
    Column("event_seq", Integer, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Column("seen_by", Integer),
    Index("ix_sealed_opening_case_id", "case_id", "account_id", "until"),
    Index("ix_sealed_opening_unseen", "id", sqlite_where=_UNSEEN, postgresql_where=_UNSEEN),
)
"""One row each time somebody opened a sealed file; the reason stands in the event of that number, sealed with the key
of the case. `seen_by` is the data protection officer who took note of it."""

_opening = sealed_opening.c
_SEALED = case_file.c.readers.is_not(None)
_GOES_ON = case_file.c.status != literal_column("'closed'")
"""Spelled literally, because a bound parameter does not match a partial index."""


def note_opening(
    conn: Connection, case_id: int, account_id: int, event_seq: int, now: datetime, until: datetime
) -> None:
    """Writes down that somebody opened a sealed file, and until when it is open to them."""
    values = {"case_id": case_id, "account_id": account_id, "event_seq": event_seq, "opened_at": now, "until": until}
    conn.execute(insert(sealed_opening).values(values))


def is_open_to(conn: Connection, case_id: int, account_id: int, now: datetime) -> bool:
    """Whether somebody opened a sealed file a short while ago, and may still ask to."""
    named = exists().where(case_file.c.id == _opening.case_id, case_file.c.readers.like(f"%,{account_id},%"))
    own = (_opening.case_id == case_id) & (_opening.account_id == account_id) & (_opening.until > now)
    return conn.scalar(select(_opening.id).where(own, named).limit(1)) is not None


def unseen(conn: Connection, units: Iterable[int], account_id: int, limit: int) -> Rows:
    """What was opened or handed over in the sealed files of some units and of which no data protection officer took
    note, oldest first."""
    query = select(sealed_opening).join(case_file, case_file.c.id == _opening.case_id)
    here = query.where(_opening.seen_by.is_(None), *_seen_from(units, account_id))
    return conn.execute(here.order_by(_opening.id).limit(limit)).all()


def mark_seen(conn: Connection, case_id: int, opening_id: int, account_id: int) -> bool:
    """A data protection officer took note of an opening, other than the one who opened; False where there is none."""
    one = (_opening.id == opening_id) & (_opening.case_id == case_id)
    others = one & _opening.seen_by.is_(None) & (_opening.account_id != account_id)
    return conn.execute(update(sealed_opening).where(others).values(seen_by=account_id)).rowcount == 1


def sealed_ids(conn: Connection, units: Iterable[int], account_id: int, limit: int) -> list[int]:
    """The sealed files in or below some units, and those that an account may ask to read; newest first."""
    named = case_file.c.readers.like(f"%,{account_id},%")
    query = select(case_file.c.id).where(_SEALED, or_(_within(units), named), _of_others(account_id))
    return list(conn.scalars(query.order_by(case_file.c.id.desc()).limit(limit)))


def open_ids(conn: Connection, units: Iterable[int], account_id: int, limit: int) -> list[int]:
    """The sealed files in or below some units in which work goes on, oldest first: a range of an index that holds no
    others."""
    query = select(case_file.c.id).where(_GOES_ON, *_seen_from(units, account_id))
    return list(conn.scalars(query.order_by(case_file.c.id).limit(limit)))


def _seen_from(units: Iterable[int], account_id: int) -> tuple[ColumnElement[bool], ...]:
    return _SEALED, _within(units), _of_others(account_id)


def _within(units: Iterable[int]) -> ColumnElement[bool]:
    return exists().where(case_scope.c.case_id == case_file.c.id, case_scope.c.unit_id.in_(list(units)))


def _of_others(account_id: int) -> ColumnElement[bool]:
    """No file that concerns the account."""
    return or_(case_file.c.about.is_(None), case_file.c.about.not_like(f"%,{account_id},%"))


def alarmed(conn: Connection, case_ids: Collection[int], now: datetime, limit: int) -> Rows:
    """The open work of these files that is late, or of which somebody was warned; what is due first stands first."""
    item = work_item.c
    query = select(work_item).where(item.case_id.in_(case_ids), is_open, or_(item.due_at <= now, item.rung > 0))
    return conn.execute(query.order_by(item.sort_at, item.id).limit(limit)).all()


def stopped(conn: Connection, case_ids: Collection[int], limit: int) -> Rows:
    """The places where these files stopped, the longest stopped first; their texts are not opened."""
    here = incident.c.case_id.in_(case_ids)
    return conn.execute(select(incident).where(here).order_by(incident.c.opened_at, incident.c.id).limit(limit)).all()


def are_sealed(conn: Connection, ids: Collection[int]) -> bool:
    """Whether one of these files is sealed."""
    return bool(ids) and conn.scalar(
        select(case_file.c.id).where(case_file.c.id.in_(ids), case_file.c.readers.is_not(None)).limit(1)
    ) is not None


def siblings_open(conn: Connection, report_id: int) -> bool:
    """Whether a case that came of a report is not sealed."""
    found = select(case_file.c.id).where(case_file.c.parent_id == report_id, case_file.c.readers.is_(None))
    return conn.scalar(found.limit(1)) is not None
