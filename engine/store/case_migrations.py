"""Migrations of running cases: a plan from one bundle to another, who proposed and approved it, and how far it is."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from engine.store.cases import case_file
from engine.store.dialect import insert_or
from engine.store.metadata import AnyRow, Id, Moment, Rows, metadata

_RUNS = text("state = 'running'")

migration = Table(
    "migration",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String(16), nullable=False),  # draft|waiting|running|paused|done|refused|withdrawn
    Column("old_bundle_id", Integer, ForeignKey("bundle.id"), nullable=False),
    Column("new_bundle_id", Integer, ForeignKey("bundle.id"), nullable=False),
    Column("plan", Text, nullable=False),
    Column("plan_sha256", String(64), nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("authors", Text, nullable=False, server_default="[]"),
    Column("note", Text, nullable=False, server_default=""),
    Column("begun_by", Integer, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("proposed_by", Integer),
    Column("proposed_at", Moment),
    Column("decided_by", Integer),
    Column("decided_at", Moment),
    Column("reason", Text, nullable=False, server_default=""),
    Column("next_at", Moment),
    Column("after_id", Id, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False, server_default="0"),
    Column("moved", Integer, nullable=False, server_default="0"),
    Column("stayed", Integer, nullable=False, server_default="0"),
    Column("finished_at", Moment),
    Index("ix_migration_next_at", "next_at", sqlite_where=_RUNS, postgresql_where=_RUNS),
)
"""`plan` is canonical JSON, frozen once it is proposed; `authors` a JSON list of accounts. `next_at` is when a worker
may take the next cases, `after_id` the last case that was looked at, counted in the transaction that moved it."""

migration_stay = Table(
    "migration_stay",
    metadata,
    Column("migration_id", Integer, ForeignKey("migration.id"), primary_key=True, autoincrement=False),
    Column("case_id", Id, primary_key=True, autoincrement=False),
    Column("reasons", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""Cases that could not be moved. `reasons` is a JSON list of (key, process, element): nothing of a case."""


def add(conn: Connection, values: Mapping[str, Any]) -> int:
    """Keeps a new migration; returns its id."""
    return int(conn.execute(insert(migration).values(**values).returning(migration.c.id)).scalar_one())


def get(conn: Connection, migration_id: int) -> AnyRow | None:
    """A migration by its id."""
    return conn.execute(select(migration).where(migration.c.id == migration_id)).first()


def newest(conn: Connection, limit: int = 30) -> Rows:
    """The last migrations, newest first."""
    return conn.execute(select(migration).order_by(migration.c.id.desc()).limit(limit)).all()


def of_bundle(conn: Connection, bundle_id: int, states: Sequence[str]) -> AnyRow | None:
    """The newest migration away from a bundle that is in one of these states."""
    query = select(migration).where(migration.c.old_bundle_id == bundle_id, migration.c.state.in_(states))
    return conn.execute(query.order_by(migration.c.id.desc()).limit(1)).first()


def change(conn: Connection, migration_id: int, state: str, values: Mapping[str, Any], revision: int = 0) -> bool:
    """Changes a migration that is in a state (and, where one is named, in a revision); False where it is not."""
    query = update(migration).where(migration.c.id == migration_id, migration.c.state == state)
    if revision:
        query = query.where(migration.c.revision == revision)
    return conn.execute(query.values(**values)).rowcount == 1


def is_due(conn: Connection, now: datetime) -> bool:
    """Whether a migration runs of which it is time to move the next cases."""
    return conn.scalar(select(migration.c.id).where(_RUNS, migration.c.next_at <= now).limit(1)) is not None


def take(conn: Connection, now: datetime, until: datetime) -> AnyRow | None:
    """The running migration that waits longest, leased to one worker until a moment; None where it is not time."""
    due = select(migration.c.id).where(_RUNS, migration.c.next_at <= now).order_by(migration.c.next_at, migration.c.id)
    chosen = due.limit(1).with_for_update(skip_locked=True).cte("due")
    statement = update(migration).where(migration.c.id.in_(select(chosen.c.id))).values(next_at=until)
    return conn.execute(statement.returning(*migration.c)).first()


def next_cases(conn: Connection, bundle_id: int, after: int, limit: int) -> list[int]:
    """Open cases and reports of a bundle after an id, in order."""
    file = case_file.c
    query = select(file.id).where(file.id > after, file.bundle_id == bundle_id, file.closed_at.is_(None))
    return list(conn.scalars(query.order_by(file.id).limit(limit)))


def running(conn: Connection) -> dict[int, int]:
    """How many cases and reports are open, by bundle."""
    query = select(case_file.c.bundle_id, func.count()).where(case_file.c.closed_at.is_(None))
    return {row[0]: row[1] for row in conn.execute(query.group_by(case_file.c.bundle_id))}


def count(conn: Connection, migration_id: int, case_id: int, *, moved: bool) -> bool:
    """Counts one case, in the transaction that moved it or noted that it stays; False where the migration does not run
    any more, and nothing of it may be done."""
    name = "moved" if moved else "stayed"
    query = update(migration).where(migration.c.id == migration_id, migration.c.state == "running")
    return conn.execute(query.values({name: migration.c[name] + 1, "after_id": case_id})).rowcount == 1


def note_stay(
    conn: Connection, migration_id: int, case_id: int, reasons: Sequence[tuple[str, str, str]], now: datetime
) -> None:
    """Writes down why a case stays."""
    values = {"migration_id": migration_id, "case_id": case_id, "reasons": json.dumps(reasons), "at": now}
    statement = insert_or(conn, migration_stay).values(values)
    conn.execute(statement.on_conflict_do_update(index_elements=["migration_id", "case_id"], set_={
        "reasons": statement.excluded.reasons, "at": statement.excluded.at}))


def forget_stays(conn: Connection, migration_id: int) -> None:
    """Before those that stayed are tried again."""
    conn.execute(delete(migration_stay).where(migration_stay.c.migration_id == migration_id))


def stays_of(conn: Connection, migration_id: int, limit: int = 10_000) -> Rows:
    """Number and reasons of the cases that could not be moved."""
    query = select(case_file.c.number, migration_stay.c.reasons).join(
        case_file, case_file.c.id == migration_stay.c.case_id)
    found: Rows = conn.execute(query.where(migration_stay.c.migration_id == migration_id).order_by(
        migration_stay.c.case_id).limit(limit)).all()  # type: ignore[assignment]
    return found
