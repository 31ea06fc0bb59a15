"""Worklists by keyset: each view is a few short ranges of an index, whatever else is open in the system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import (
    Column,
    Connection,
    Select,
    Subquery,
    exists,
    false,
    func,
    literal,
    select,
    tuple_,
    union,
)

from engine.store.cases import case_file
from engine.store.drafts import draft
from engine.store.metadata import Id, Moment, Rows
from engine.store.work_items import is_open, work_item, work_item_audience

View = Literal["mine", "groups", "overdue"]
COUNTED_UP_TO = 100


@dataclass(frozen=True)
class Place:
    """Where a keyset page ended: due date (or NO_DUE_DATE) and id of its last row."""

    sort_at: datetime
    item_id: int


@dataclass(frozen=True)
class Reader:
    """Whose worklist: the account and its memberships as (role, unit id)."""

    account_id: int
    memberships: tuple[tuple[str, int], ...]


def rows(
    conn: Connection, reader: Reader, view: View, now: datetime, after: Place | None = None, limit: int = 25
) -> Rows:
    """One page of a view, earliest due date first, in one statement: all columns of the work item, those of
    its case with the prefix `case_`, and `has_draft`. "mine" is what the account has; "groups" what nobody
    has and its groups may take; "overdue" what is late of both. Items the account is barred from are left out
    of the groups' part."""
    ids = _first(_ranges(reader, view, now, after, limit), limit)
    typed = exists().where(draft.c.item_id == work_item.c.id, draft.c.account_id == reader.account_id)
    query = (
        select(work_item, *_CASE_COLUMNS, typed.label("has_draft"))
        .join(ids, ids.c.item_id == work_item.c.id)
        .join(case_file, case_file.c.id == work_item.c.case_id)
        .order_by(work_item.c.sort_at, work_item.c.id)
        .limit(limit)
    )
    return conn.execute(query).all()


def counts(conn: Connection, reader: Reader, now: datetime) -> dict[str, int]:
    """How much waits in each view, counted up to COUNTED_UP_TO and no further, in one statement."""
    views: tuple[View, ...] = ("mine", "groups", "overdue")
    counted = []
    for view in views:
        ids = _first(_ranges(reader, view, now, None, COUNTED_UP_TO), COUNTED_UP_TO)
        counted.append(select(func.count()).select_from(ids).scalar_subquery().label(view))
    return dict(conn.execute(select(*counted)).one()._mapping)


_CASE_COLUMNS = [
    column.label(f"case_{name}")
    for name, column in case_file.c.items()
    if name not in ("id", "state", "head_seq", "head_mac", "version", "origin_key")
]


def _ranges(
    reader: Reader, view: View, now: datetime, after: Place | None, limit: int
) -> list[Select[tuple[int, datetime]]]:
    before = now if view == "overdue" else None
    ranges = [] if view == "groups" else [_own(reader.account_id, before, after, limit)]
    if view != "mine":
        ranges += [
            _group(reader.account_id, role, unit, before, after, limit) for role, unit in reader.memberships
        ]
    return ranges


def _own(
    account_id: int, before: datetime | None, after: Place | None, limit: int
) -> Select[tuple[int, datetime]]:
    item = work_item.c
    query = select(item.id.label("item_id"), item.sort_at).where(item.assignee_id == account_id, is_open)
    return _page(query, item.sort_at, item.id, before, after, limit)


def _group(
    account_id: int, role: str, unit_id: int, before: datetime | None, after: Place | None, limit: int
) -> Select[tuple[int, datetime]]:
    seen = work_item_audience.c
    query = select(seen.item_id, seen.sort_at).where(
        seen.role == role,
        seen.unit_id == unit_id,
        seen.claimed == false(),
        ~seen.barred.contains(f",{account_id},"),
    )
    return _page(query, seen.sort_at, seen.item_id, before, after, limit)


def _page(
    query: Select[tuple[int, datetime]],
    sort_at: Column[datetime],
    item_id: Column[int],
    before: datetime | None,
    after: Place | None,
    limit: int,
) -> Select[tuple[int, datetime]]:
    """The first rows of a range after a place; wrapped, because SQLite takes no LIMIT inside a UNION
    otherwise."""
    if before is not None:
        query = query.where(sort_at < before)
    if after is not None:
        place = tuple_(literal(after.sort_at, Moment()), literal(after.item_id, Id))
        query = query.where(tuple_(sort_at, item_id) > place)
    page = query.order_by(sort_at, item_id).limit(limit).subquery()
    return select(page.c.item_id, page.c.sort_at)


def _first(ranges: Sequence[Select[tuple[int, datetime]]], limit: int) -> Subquery:
    """The first rows of several ranges together, each item once."""
    together = union(*ranges).subquery() if ranges else _own(-1, None, None, 1).subquery()
    return select(together).order_by(together.c.sort_at, together.c.item_id).limit(limit).subquery()
