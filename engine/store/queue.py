"""What workers take: due timers, work items to look at, and jobs. Taking is a lease: the row's next moment is
pushed on, so that no other worker sees it until the lease ends, and a worker that dies costs only that
delay."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal, TypeAlias

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    Table,
    UpdateBase,
    bindparam,
    func,
    literal_column,
    select,
    update,
)

from engine.store.case_migrations import migration
from engine.store.jobs import call_job
from engine.store.metadata import Rows
from engine.store.owed_messages import owed_message
from engine.store.rounds import worker_round
from engine.store.timers import timer
from engine.store.work_items import is_open, work_item

_LOOKS = {
    "timer": select(func.min(timer.c.next_at)),
    "call_job": select(func.min(call_job.c.next_at)),
    "work_item": select(func.min(work_item.c.next_check_at)).where(is_open),
    "round": select(func.min(worker_round.c.next_at)),
    "owed_message": select(func.min(owed_message.c.next_at)),
    "migration": select(func.min(migration.c.next_at)).where(migration.c.state == literal_column("'running'")),
}
_EARLIEST = select(*(look.scalar_subquery().label(name) for name, look in _LOOKS.items()))

Kind: TypeAlias = Literal["timer", "work_item", "call_job", "owed_message"]
_MOMENTS: Mapping[Kind, tuple[Table, Column[datetime]]] = {
    "timer": (timer, timer.c.next_at),
    "work_item": (work_item, work_item.c.next_check_at),
    "call_job": (call_job, call_job.c.next_at),
    "owed_message": (owed_message, owed_message.c.next_at),
}


def next_moments(conn: Connection) -> dict[str, datetime]:
    """The earliest moment at which anything of a kind wants a worker, by kind; kinds of which nothing ever does are
    missing. One statement, a few looks into indexes, so that an idle worker takes no lock and costs nothing per
    case."""
    return {kind: at for kind, at in conn.execute(_EARLIEST).one()._mapping.items() if at is not None}


def next_due_at(conn: Connection) -> datetime | None:
    """The earliest moment at which anything wants a worker; None when nothing ever does."""
    return min(next_moments(conn).values(), default=None)


def take_due_timers(conn: Connection, now: datetime, limit: int, lease: timedelta) -> Rows:
    """Timers whose moment has come, earliest first, each handed to one worker. `attempts` counts the
    takings."""
    return _take(conn, "timer", now, limit, lease)


def take_due_deadlines(conn: Connection, now: datetime, limit: int, lease: timedelta) -> Rows:
    """Open work items whose deadline wants a look (warning, overdue, next rung), each handed to one worker,
    who ends with `work_items.set_rung`."""
    return _take(conn, "work_item", now, limit, lease)


def take_due_jobs(conn: Connection, now: datetime, limit: int, lease: timedelta) -> Rows:
    """Jobs to do now, each handed to one worker; `attempts` of the row tells later whether it is still
    theirs."""
    return _take(conn, "call_job", now, limit, lease)


def take_owed_messages(conn: Connection, now: datetime, limit: int, lease: timedelta) -> Rows:
    """Messages that cases are still to be told, each handed to one worker."""
    return _take(conn, "owed_message", now, limit, lease)


def put_off(conn: Connection, kind: Kind, row_id: int, until: datetime) -> None:
    """Lets something that went wrong wait until a moment, whoever takes it then."""
    table, moment = _MOMENTS[kind]
    conn.execute(update(table).where(table.c.id == row_id).values({moment.name: until}))


def _take(conn: Connection, kind: Kind, now: datetime, limit: int, lease: timedelta) -> Rows:
    taken = conn.execute(_taking(kind), {"now": now, "most": limit, "leased_until": now + lease}).all()
    return sorted(taken, key=lambda row: row.id)


@lru_cache(maxsize=len(_MOMENTS))
def _taking(kind: Kind) -> UpdateBase:
    """The statement that takes what is due of a kind; put together once. SKIP LOCKED lets PostgreSQL's workers pass
    each other; SQLite, where the transaction is alone, ignores it."""
    table, moment = _MOMENTS[kind]
    due = select(table.c.id).where(moment <= bindparam("now"))
    if table is work_item:
        due = due.where(is_open)
    chosen = (
        due.order_by(moment).limit(bindparam("most", type_=Integer())).with_for_update(skip_locked=True)
        .cte("due")  # a table expression runs once, whatever the planner thinks
    )
    values: dict[str, object] = {moment.name: bindparam("leased_until", type_=moment.type)}
    if "attempts" in table.c:
        values["attempts"] = table.c.attempts + 1
    return update(table).where(table.c.id.in_(select(chosen.c.id))).values(values).returning(*table.c)
