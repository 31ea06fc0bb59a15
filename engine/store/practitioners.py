"""The register of practitioners: in which settings each may work and until when, what they were trained in or still
need, and with whom they must not work."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    and_,
    insert,
    or_,
    select,
    update,
)

from engine.store.metadata import AnyRow, Moment, Rows, metadata

accreditation = Table(
    "accreditation",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False),
    Column("setting", String(32), nullable=False),
    Column("number", String(64), nullable=False),
    Column("profession", String(64), nullable=False),
    Column("valid_from", String(10), nullable=False),
    Column("valid_until", String(10), nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    Column("changed_by", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("ix_accreditation_account_id_setting", "account_id", "setting", unique=True),
    Index("ix_accreditation_valid_until", "valid_until"),
)
"""The right to work in one setting, from one day through another (ISO texts)."""

training = Table(
    "training",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False),
    Column("topic", String(64), nullable=False),
    Column("done_on", String(10), nullable=False),
    Column("hours", Integer, nullable=False),
    Column("valid_until", String(10), nullable=False),
    Column("entered_by", Integer, nullable=False),
    Column("entered_at", Moment, nullable=False),
    Index("ix_training_account_id_topic", "account_id", "topic"),
    Index("ix_training_topic_done_on", "topic", "done_on"),
)
"""A training that somebody had, or (`done_on` empty) that they need. A need ends with a training in its topic."""

conflict = Table(
    "conflict",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account_id", Integer, ForeignKey("account.id"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("declared_by", Integer, nullable=False),
    Column("declared_at", Moment, nullable=False),
    Column("ended_by", Integer),
    Column("ended_at", Moment),
    Index("ix_conflict_account_id", "account_id"),
)
"""That somebody must not work with a person: a relative, or another tie. `kind`: relative | other."""

conflict_key = Table(
    "conflict_key",
    metadata,
    Column("conflict_id", Integer, ForeignKey("conflict.id"), primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("whole", Boolean, nullable=False),
    Index("ix_conflict_key_hash", "hash"),
    sqlite_with_rowid=False,
)
"""By what such a person is recognised: keyed hashes of pairs of their name's parts and of their number. The name itself
is kept nowhere. `whole` marks first and last name together, and a number."""


def accreditations_of(conn: Connection, account_ids: Collection[int]) -> Rows:
    """The accreditations of some accounts."""
    query = select(accreditation).where(accreditation.c.account_id.in_(sorted(account_ids)))
    return conn.execute(query.order_by(accreditation.c.setting)).all() if account_ids else []


def begun(conn: Connection) -> bool:
    """Whether anybody was accredited yet."""
    return conn.execute(select(accreditation.c.id).limit(1)).first() is not None


def accredit(conn: Connection, account_id: int, setting: str, values: Mapping[str, Any]) -> None:
    """Writes the accreditation of somebody for a setting, in place of the one before."""
    one = (accreditation.c.account_id == account_id) & (accreditation.c.setting == setting)
    if not conn.execute(update(accreditation).where(one).values(values)).rowcount:
        conn.execute(insert(accreditation).values(account_id=account_id, setting=setting, **values))


def withdraw(conn: Connection, account_id: int, setting: str, actor_id: int, now: datetime) -> bool:
    """Withdraws an accreditation; False where there was none in force."""
    one = (accreditation.c.account_id == account_id) & (accreditation.c.setting == setting)
    done = conn.execute(
        update(accreditation).where(one, ~accreditation.c.withdrawn)
        .values(withdrawn=True, changed_by=actor_id, changed_at=now)
    )
    return bool(done.rowcount)


def trainings_of(conn: Connection, account_ids: Collection[int]) -> Rows:
    """What some accounts were trained in, and what they need, the newest first."""
    query = select(training).where(training.c.account_id.in_(sorted(account_ids)))
    return conn.execute(query.order_by(training.c.id.desc()).limit(5000)).all() if account_ids else []


def add_training(conn: Connection, values: Mapping[str, Any]) -> None:
    """Writes a training or a need."""
    conn.execute(insert(training).values(values))


def declare(
    conn: Connection, account_id: int, kind: str, keys: Mapping[bytes, bool], declared_by: int, now: datetime
) -> int:
    """Writes a conflict of interest, recognised by keys (and whether each is whole); returns its id."""
    values = {"account_id": account_id, "kind": kind, "declared_by": declared_by, "declared_at": now}
    made = int(conn.execute(insert(conflict).values(values).returning(conflict.c.id)).scalar_one())
    conn.execute(insert(conflict_key), [{"conflict_id": made, "hash": key, "whole": w} for key, w in keys.items()])
    return made


def conflict_by_id(conn: Connection, conflict_id: int) -> AnyRow | None:
    """A conflict, ended or not."""
    return conn.execute(select(conflict).where(conflict.c.id == conflict_id)).first()


def end_conflict(conn: Connection, conflict_id: int, actor_id: int, now: datetime) -> None:
    """Ends a conflict; it stays on record."""
    one = update(conflict).where(conflict.c.id == conflict_id, conflict.c.ended_at.is_(None))
    conn.execute(one.values(ended_by=actor_id, ended_at=now))


def conflicts_of(conn: Connection, account_id: int) -> Rows:
    """The conflicts that hold for somebody, the newest first."""
    query = select(conflict).where(conflict.c.account_id == account_id, conflict.c.ended_at.is_(None))
    return conn.execute(query.order_by(conflict.c.id.desc()).limit(200)).all()


def in_conflict(
    conn: Connection, account_ids: Collection[int], pairs: Collection[bytes], whole: Collection[bytes]
) -> dict[int, str]:
    """Which of some accounts declared a conflict with somebody recognised by these hashes, and of what kind: either
    name's first and last part must stand in the other."""
    if not account_ids or not (pairs or whole):
        return {}
    key = conflict_key.c
    met = or_(key.hash.in_(sorted(whole)), and_(key.whole, key.hash.in_(sorted(pairs))))
    query = (
        select(conflict.c.account_id, conflict.c.kind)
        .join(conflict_key, key.conflict_id == conflict.c.id)
        .where(conflict.c.account_id.in_(sorted(account_ids)), conflict.c.ended_at.is_(None), met)
    )
    return {row.account_id: row.kind for row in conn.execute(query)}
