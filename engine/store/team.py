"""Who works in some units and how much each has: every count is bounded and read from an index."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from engine.store.accounts import account, membership
from engine.store.cases import case_file
from engine.store.metadata import Moment, Rows
from engine.store.units import unit
from engine.store.work_items import is_open, work_item

COUNTED_UP_TO = 100
LEVELS = ("immediate", "high", "medium", "low", "none")
UNKNOWN = "unknown"
"""Stands for cases that nobody has assessed yet."""

_HELD: ColumnElement[bool] = literal_column("closed_at IS NULL AND kind = 'case'")
"""Spelled as in the partial index of the open cases."""


def people_of(
    conn: Connection, paths: Collection[str], roles_left_out: Collection[str], limit: int
) -> Rows:
    """The memberships of accounts at or below some units, by name: id, login, names, role, unit. Deactivated accounts
    only as long as they still manage open cases."""
    held = exists(literal_column("1")).select_from(case_file).where(case_file.c.manager_id == account.c.id, _HELD)
    below = or_(*(unit.c.path.startswith(path, autoescape=True) for path in sorted(paths)))
    query = (
        select(account.c.id, account.c.login, account.c.name_ar, account.c.name_en)
        .add_columns(account.c.active, membership.c.role, membership.c.unit_id, unit.c.path)
        .join(membership, membership.c.account_id == account.c.id)
        .join(unit, unit.c.id == membership.c.unit_id)
        .where(or_(account.c.active, held), below, membership.c.role.not_in(sorted(roles_left_out)))
        .order_by(account.c.name_ar, account.c.id)
    )
    return conn.execute(query.limit(limit)).all() if paths else []


def loads_of(conn: Connection, account_ids: Sequence[int], now: datetime, soon: datetime) -> Rows:
    """One row per account: `open`, `overdue` and `soon` work items, and the cases that it manages by risk level; each
    counted up to COUNTED_UP_TO. One statement."""
    if not account_ids:
        return []
    return conn.execute(_loads(), {"ids": list(account_ids), "now": now, "soon": soon}).all()


def cases_held(conn: Connection, account_id: int, after: int, limit: int) -> list[int]:
    """The open cases that an account manages, by id."""
    query = select(case_file.c.id).where(case_file.c.manager_id == account_id, _HELD, case_file.c.id > after)
    return list(conn.scalars(query.order_by(case_file.c.id).limit(limit)))


def is_active(conn: Connection, account_id: int) -> bool:
    """Whether an account still works."""
    return bool(conn.scalar(select(account.c.active).where(account.c.id == account_id)))


def units_below(conn: Connection, paths: Collection[str], limit: int = 300) -> Rows:
    """The units at or below some places, as the tree runs."""
    below = or_(*(unit.c.path.startswith(path, autoescape=True) for path in sorted(paths)))
    query = select(unit).where(below).order_by(unit.c.path)
    return conn.execute(query.limit(limit)).all() if paths else []


@lru_cache(maxsize=1)
def _loads() -> Select[tuple[object, ...]]:
    now, soon = bindparam("now", type_=Moment()), bindparam("soon", type_=Moment())
    due, mine = work_item.c.sort_at, (work_item.c.assignee_id == account.c.id) & is_open
    return select(
        account.c.id,
        _count(work_item, mine).label("open"),
        _count(work_item, mine & (due < now)).label("overdue"),
        _count(work_item, mine & (due >= now) & (due < soon)).label("soon"),
        *(_count(case_file, _held_at(level)).label(level) for level in LEVELS),
        _count(case_file, _held_at(None)).label(UNKNOWN),
    ).where(account.c.id.in_(bindparam("ids", expanding=True)))


def _held_at(level: str | None) -> ColumnElement[bool]:
    risk = case_file.c.risk.is_(None) if level is None else case_file.c.risk == level
    return (case_file.c.manager_id == account.c.id) & _HELD & risk


def _count(table: Table, condition: ColumnElement[bool]) -> ColumnElement[int]:
    some: Select[tuple[int]] = select(literal_column("1").label("one")).select_from(table).where(condition)
    some = some.limit(COUNTED_UP_TO)
    return select(func.count()).select_from(some.correlate(account).subquery()).scalar_subquery()
