"""Which of many cases somebody may have to do with at all, so that only these are opened and judged."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, exists, or_, select

from engine.store.cases import case_file, case_scope
from engine.store.work_items import is_open, work_item, work_item_audience

AT_ONCE = 500


def within_reach(
    conn: Connection, ids: Sequence[int], units: Collection[int], accounts: Collection[int], groups: Collection[int]
) -> list[int]:
    """Of these cases, in their order, those that lie in or below one of the `units`, are managed by one of the
    `accounts` or hold open work of theirs, or open work that is offered to one of the units in `groups`."""
    file, item, seen = case_file.c, work_item.c, work_item_audience.c
    scope = exists().where(case_scope.c.case_id == file.id, case_scope.c.unit_id.in_(units))
    work = exists().where(item.case_id == file.id, is_open, item.assignee_id.in_(accounts))
    offered = select(seen.item_id).where(seen.item_id == item.id, seen.unit_id.in_(groups)).exists()
    waiting = exists().where(item.case_id == file.id, is_open, offered)
    query = select(file.id).where(or_(file.manager_id.in_(accounts), scope, work, waiting))
    reached: set[int] = set()
    for at in range(0, len(ids), AT_ONCE):
        reached.update(conn.scalars(query.where(file.id.in_(ids[at : at + AT_ONCE]))))
    return [one for one in ids if one in reached]
