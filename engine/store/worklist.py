"""Worklists by keyset: each view is a few short ranges of an index, whatever else is open in the system."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal, NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Select,
    Subquery,
    bindparam,
    exists,
    false,
    func,
    select,
    tuple_,
    union,
)

from engine.store.cases import case_file
from engine.store.drafts import draft
from engine.store.metadata import Id, Moment, Rows
from engine.store.work_items import TOLD, is_open, work_item, work_item_audience

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
    stands_in_for: tuple[int, ...] = ()
    """Accounts that are away and whose work is this reader's meanwhile."""

    def parameters(self) -> dict[str, object]:
        """Its part of a statement's parameters."""
        given: dict[str, object] = {"me": self.account_id, "not_me": f"%,{self.account_id},%"}
        given |= {f"away_{at}": account_id for at, account_id in enumerate(self.stands_in_for)}
        for at, (role, unit_id) in enumerate(self.memberships):
            given[f"role_{at}"], given[f"told_{at}"], given[f"unit_{at}"] = role, f"{TOLD}{role}", unit_id
        return given


def rows(
    conn: Connection, reader: Reader, view: View, now: datetime, after: Place | None = None, limit: int = 25
) -> Rows:
    """One page of a view, earliest due date first, in one statement: all columns of the work item, those of
    its case with the prefix `case_`, and `has_draft`. "mine" is what the account has; "groups" what nobody has
    and its groups may take; "overdue" what is late of both. Items the account is barred from are left out of
    the groups' part."""
    given = reader.parameters() | {"now": now, "limit": limit}
    if after is not None:
        given |= {"after_at": after.sort_at, "after_id": after.item_id}
    shape = Shape(len(reader.memberships), len(reader.stands_in_for))
    return conn.execute(_page(view, shape, after is not None), given).all()


def counts(conn: Connection, reader: Reader, now: datetime) -> dict[str, int]:
    """How much waits in each view, counted up to COUNTED_UP_TO and no further, in one statement."""
    given = reader.parameters() | {"now": now, "limit": COUNTED_UP_TO}
    shape = Shape(len(reader.memberships), len(reader.stands_in_for))
    return dict(conn.execute(_counts(shape), given).one()._mapping)


# Statements are made once per shape: putting one together costs many times what running it costs.


class Shape(NamedTuple):
    """How many ranges of each kind a reader has."""

    memberships: int
    away: int


@lru_cache(maxsize=256)
def _page(view: View, shape: Shape, later: bool) -> Select[tuple[object, ...]]:
    first = _first(view, shape, later)
    typed = exists().where(draft.c.item_id == work_item.c.id, draft.c.account_id == bindparam("me"))
    return (
        select(work_item, *_CASE_COLUMNS, typed.label("has_draft"))
        .join(first, first.c.item_id == work_item.c.id)
        .join(case_file, case_file.c.id == work_item.c.case_id)
        .order_by(work_item.c.sort_at, work_item.c.id)
    )


@lru_cache(maxsize=64)
def _counts(shape: Shape) -> Select[tuple[object, ...]]:
    views: tuple[View, ...] = ("mine", "groups", "overdue")
    ranges = {view: _first(view, shape, later=False) for view in views}
    return select(
        *(select(func.count()).select_from(found).scalar_subquery().label(view) for view, found in ranges.items())
    )


_CASE_COLUMNS = [
    column.label(f"case_{name}")
    for name, column in case_file.c.items()
    if name not in ("id", "state", "head_seq", "head_mac", "version", "origin_key", "sealed_seq")
]


def _first(view: View, shape: Shape, later: bool) -> Subquery:
    """The first rows of all ranges of a view together, each item once."""
    ranges = [] if view == "groups" and shape.memberships else [_own(view, later)]
    if view != "groups":
        ranges += [_own(view, later, f"away_{at}") for at in range(shape.away)]
    if view != "mine":
        ranges += [_group(at, view, later) for at in range(shape.memberships)]
    if view == "overdue":
        ranges += [_told(at, view, later) for at in range(shape.memberships)]
    together = union(*ranges).subquery()
    found = select(together).order_by(together.c.sort_at, together.c.item_id)
    return found.limit(bindparam("limit")).subquery()


def _own(view: View, later: bool, whose: str = "me") -> Select[tuple[int, datetime]]:
    """What an account has: the reader's, or somebody's for whom the reader stands in; not what the reader is barred
    from."""
    item = work_item.c
    query = select(item.id.label("item_id"), item.sort_at).where(item.assignee_id == bindparam(whose), is_open)
    if whose != "me":
        query = query.where(item.barred.not_like(bindparam("not_me")))
    if view == "groups":  # a reader without any membership: the same shape, and nothing in it
        query = query.where(false())
    return _range(query, item.sort_at, item.id, view, later)


def _group(at: int, view: View, later: bool) -> Select[tuple[int, datetime]]:
    seen = work_item_audience.c
    query = select(seen.item_id, seen.sort_at).where(
        seen.role == bindparam(f"role_{at}"),
        seen.unit_id == bindparam(f"unit_{at}"),
        seen.claimed == false(),
        seen.barred.not_like(bindparam("not_me")),
    )
    return _range(query, seen.sort_at, seen.item_id, view, later)


def _told(at: int, view: View, later: bool) -> Select[tuple[int, datetime]]:
    """What was escalated to a role, whoever has it."""
    seen = work_item_audience.c
    query = select(seen.item_id, seen.sort_at).where(
        seen.role == bindparam(f"told_{at}"), seen.unit_id == bindparam(f"unit_{at}"), seen.claimed == false(),
        seen.barred.not_like(bindparam("not_me")),
    )
    return _range(query, seen.sort_at, seen.item_id, view, later)


def _range(
    query: Select[tuple[int, datetime]], sort_at: Column[datetime], item_id: Column[int], view: View, later: bool
) -> Select[tuple[int, datetime]]:
    """The first rows of a range, after a place; wrapped, because SQLite takes no LIMIT inside a UNION
    otherwise."""
    if view == "overdue":
        query = query.where(sort_at < bindparam("now", type_=Moment()))
    if later:
        place = tuple_(bindparam("after_at", type_=Moment()), bindparam("after_id", type_=Id))
        query = query.where(tuple_(sort_at, item_id) > place)
    page = query.order_by(sort_at, item_id).limit(bindparam("limit")).subquery()
    return select(page.c.item_id, page.c.sort_at)
