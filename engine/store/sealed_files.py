"""Files that are sealed against reading: the accounts that may ask to read each, and every opening with a reason."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, Table, exists, insert, or_, select, text, update

from engine.store.cases import case_file, case_scope
from engine.store.metadata import Id, Moment, Rows, metadata

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


def unseen(conn: Connection, case_ids: Collection[int], limit: int) -> Rows:
    """Openings of these files of which no data protection officer took note, oldest first."""
    query = select(sealed_opening).where(_opening.case_id.in_(case_ids), _opening.seen_by.is_(None))
    return conn.execute(query.order_by(_opening.id).limit(limit)).all()


def mark_seen(conn: Connection, case_id: int, opening_id: int, account_id: int) -> bool:
    """A data protection officer took note of an opening, other than the one who opened; False where there is none."""
    one = (_opening.id == opening_id) & (_opening.case_id == case_id)
    others = one & _opening.seen_by.is_(None) & (_opening.account_id != account_id)
    return conn.execute(update(sealed_opening).where(others).values(seen_by=account_id)).rowcount == 1


def sealed_ids(conn: Connection, units: Iterable[int], account_id: int, limit: int) -> list[int]:
    """The sealed files in or below some units, and those that an account may ask to read; newest first."""
    within = exists().where(case_scope.c.case_id == case_file.c.id, case_scope.c.unit_id.in_(list(units)))
    named = case_file.c.readers.like(f"%,{account_id},%")
    query = select(case_file.c.id).where(case_file.c.readers.is_not(None), or_(within, named))
    return list(conn.scalars(query.order_by(case_file.c.id.desc()).limit(limit)))


def are_sealed(conn: Connection, ids: Collection[int]) -> bool:
    """Whether one of these files is sealed."""
    return bool(ids) and conn.scalar(
        select(case_file.c.id).where(case_file.c.id.in_(ids), case_file.c.readers.is_not(None)).limit(1)
    ) is not None


def siblings_open(conn: Connection, report_id: int) -> bool:
    """Whether a case that came of a report is not sealed."""
    found = select(case_file.c.id).where(case_file.c.parent_id == report_id, case_file.c.readers.is_(None))
    return conn.scalar(found.limit(1)) is not None
