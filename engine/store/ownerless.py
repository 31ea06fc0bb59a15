"""Finding open work that may have no owner, by ranges of ids; and giving it one more group."""

from collections.abc import Collection

from sqlalchemy import Connection, Select, false, select, update

from engine.store.accounts import account
from engine.store.cases import case_file
from engine.store.dialect import insert_or
from engine.store.metadata import AnyRow, Rows
from engine.store.units import ancestors
from engine.store.work_items import is_open, joined, split, work_item, work_item_audience


def open_ids(conn: Connection, after: int, limit: int) -> list[int]:
    """The next open work items, by id: a range of an index that holds open work only."""
    query = select(work_item.c.id).where(work_item.c.id > after, is_open).order_by(work_item.c.id)
    return list(conn.scalars(query.limit(limit)))


def of_deactivated(conn: Connection, limit: int) -> list[int]:
    """Open work of accounts that were deactivated: a look into the index of each one's own work."""
    query = (
        select(work_item.c.id)
        .join(account, account.c.id == work_item.c.assignee_id)
        .where(account.c.active == false(), is_open)
    )
    return list(conn.scalars(query.limit(limit)))


def items(conn: Connection, ids: Collection[int]) -> Rows:
    """Open work items with the kind, manager, readers and about of their cases."""
    return conn.execute(_WITH_CASE.where(work_item.c.id.in_(set(ids)), is_open)).all() if ids else []


def item(conn: Connection, item_id: int) -> AnyRow | None:
    """One of them; None when it is no longer open."""
    return next(iter(items(conn, [item_id])), None)


def add_group(conn: Connection, row: AnyRow, role: str) -> None:
    """Lets the holders of one more role take an open work item that nobody has."""
    groups = joined((*split(row.groups), role))
    conn.execute(update(work_item).where(work_item.c.id == row.id).values(groups=groups))
    same = {"item_id": row.id, "role": role, "claimed": False, "sort_at": row.sort_at, "barred": row.barred}
    rows = [same | {"unit_id": unit_id} for unit_id in ancestors(row.unit_path)]
    conn.execute(insert_or(conn, work_item_audience).on_conflict_do_nothing(), rows)


_WITH_CASE: Select[tuple[object, ...]] = select(
    work_item, case_file.c.kind, case_file.c.manager_id, case_file.c.readers, case_file.c.about
).join(case_file, case_file.c.id == work_item.c.case_id)
