"""What of a case is open, brought by each move from what it was to what it is: reconciled by id, writing only
what changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import (
    Boolean,
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Table,
    Update,
    bindparam,
    case,
    delete,
    exists,
    false,
    insert,
    literal_column,
    null,
    or_,
    select,
    union_all,
    update,
)

from engine.clock import to_micros
from engine.store.drafts import draft
from engine.store.incidents import OpenIncident, incident
from engine.store.jobs import OpenJob, call_job
from engine.store.messages import OpenMessage, message_wait
from engine.store.metadata import Id, Moment, metadata
from engine.store.timers import OpenTimer, timer
from engine.store.vault import Vault
from engine.store.work_items import TOLD, OpenItem, is_open, work_item, work_item_audience

OpenThing: TypeAlias = OpenItem | OpenTimer | OpenMessage | OpenJob | OpenIncident
Key: TypeAlias = tuple[str, int]

_TABLES: Mapping[type[OpenThing], Table] = {
    OpenItem: work_item,
    OpenTimer: timer,
    OpenMessage: message_wait,
    OpenJob: call_job,
    OpenIncident: incident,
}
_SEALED = {"call_job": "payload", "incident": "text"}


@dataclass(frozen=True)
class Stored:
    """One open row as it stands: enough to see what a move changes."""

    table: str
    id: int
    fingerprint: int
    assignee_id: int | None = None
    planned_assignee_id: int | None = None
    due_at: datetime | None = None
    has_draft: bool = False
    groups: str | None = None


@dataclass(frozen=True)
class Closing:
    """What closed the work items that are gone: `item_id` was done by `account_id` with the submit whose
    token hashes to `token`; all others were cancelled by the move."""

    at: datetime
    item_id: int | None = None
    account_id: int | None = None
    token: str | None = None


@dataclass(frozen=True)
class Changes:
    """What reconciling did, for whoever tells of it. `due_changed` maps item ids to (before, after)."""

    added: tuple[OpenThing, ...] = ()
    changed: tuple[OpenThing, ...] = ()
    closed: tuple[Stored, ...] = ()
    due_changed: Mapping[int, tuple[datetime | None, datetime | None]] = field(default_factory=dict)


def stored(conn: Connection, case_id: int) -> dict[Key, Stored]:
    """Everything that is open in a case, by table and id, in one statement."""
    rows = [Stored(*row) for row in conn.execute(_OPEN, {"of_case": case_id})]
    return {(row.table, row.id): row for row in rows}


def _all_open() -> CompoundSelect[Any]:
    """The statement behind `stored`; every move asks it, so it is put together once."""
    of_case = bindparam("of_case", type_=Id)
    typed = exists().where(draft.c.item_id == work_item.c.id)
    item = work_item.c
    parts: list[Select[Any]] = [
        select(literal_column(f"'{work_item.name}'"), item.id, item.fingerprint, item.assignee_id)
        .add_columns(item.planned_assignee_id, item.due_at, typed, item.groups)
        .where(item.case_id == of_case, is_open)
    ]
    for table in (timer, message_wait, call_job, incident):
        name: ColumnElement[str] = literal_column(f"'{table.name}'")
        columns = (name, table.c.id, table.c.fingerprint, null(), null(), null(), false(), null())
        parts.append(select(*columns).where(table.c.case_id == of_case))
    return union_all(*parts)


_OPEN = _all_open()


def reconcile(
    conn: Connection, vault: Vault, before: Mapping[Key, Stored], after: Iterable[OpenThing], closing: Closing
) -> Changes:
    """Writes the difference between what was open and what is; no difference, no statement.

    The caller saves the case in the same transaction, and so knows that `before` still holds.
    """
    wanted = {(_TABLES[type(thing)].name, thing.id): thing for thing in after}
    prints = {key: _fingerprint(vault, thing) for key, thing in wanted.items()}
    added = [key for key in wanted if key not in before]
    changed = [key for key in wanted if key in before and before[key].fingerprint != prints[key]]
    closed = [key for key in before if key not in wanted]
    for kind, table in _TABLES.items():
        rows = {key: _row(vault, wanted[key], prints[key]) for key in added + changed if key[0] == table.name}
        _insert(conn, table, [rows[key] | _first_values(wanted[key]) for key in added if key in rows])
        changes = [rows[key] | _later_values(wanted[key], before[key]) for key in changed if key in rows]
        _update(conn, table, changes)
        gone = [{"key": id_} for name, id_ in closed if name == table.name]
        if gone and kind is not OpenItem:
            conn.execute(_DELETE[table.name], gone)
    _close(conn, [before[key] for key in closed if key[0] == work_item.name], closing)
    _place(conn, [wanted[key] for key in added + changed], [before[key] for key in closed + changed], before)
    return Changes(
        tuple(wanted[key] for key in added),
        tuple(wanted[key] for key in changed),
        tuple(before[key] for key in closed),
        _due_changes([wanted[key] for key in changed], before),
    )


def _fingerprint(vault: Vault, thing: OpenThing) -> int:
    """Tells whether a row must be rewritten; 63 bits over everything that the move decides. Keyed, because it covers
    what is sealed beside it: nobody may try names against it."""
    values = [to_micros(value) if isinstance(value, datetime) else value for value in vars(thing).values()]
    return int.from_bytes(vault.mac("fingerprint", repr(values).encode())[:8]) >> 1


def _row(vault: Vault, thing: OpenThing, fingerprint: int) -> dict[str, object]:
    values = thing.values() | {"fingerprint": fingerprint}
    sealed = _SEALED.get(_TABLES[type(thing)].name)
    if sealed:
        values[sealed] = vault.seal(thing.case_id, sealed, getattr(thing, sealed))
    return values


def _first_values(thing: OpenThing) -> dict[str, object]:
    """The columns of a new row that moves do not touch afterwards."""
    match thing:
        case OpenItem():
            return {"status": "open", "assignee_id": thing.assignee_id, "next_check_at": thing.next_check_at}
        case OpenTimer():
            return {"next_at": thing.due_at}
        case OpenJob():
            return {"next_at": thing.created_at}
    return {}


def _later_values(thing: OpenThing, before: Stored) -> dict[str, object]:
    """A changed row keeps who claimed it and how far it was escalated, unless the diagram names another
    assignee or the due date moved."""
    values: dict[str, object] = {"key": thing.id}
    if isinstance(thing, OpenItem):
        values["assignee_id"] = _assignee(thing, before)
        values["moved"] = thing.due_at != before.due_at
        values["check"] = thing.next_check_at
    elif isinstance(thing, OpenTimer):
        values["next_at"] = thing.due_at
    return values


def _assignee(thing: OpenItem, before: Stored | None) -> int | None:
    if before is None or before.planned_assignee_id != thing.assignee_id:
        return thing.assignee_id
    return None if before.assignee_id in thing.barred else before.assignee_id


def barred_holders(before: Mapping[Key, Stored], after: Iterable[OpenThing]) -> list[tuple[OpenItem, int]]:
    """Who loses an open work item by a move because they may not do it any more (four eyes)."""
    found = ((thing, before.get((work_item.name, thing.id))) for thing in after if isinstance(thing, OpenItem))
    held = ((thing, row.assignee_id) for thing, row in found if row is not None)
    return [(thing, holder) for thing, holder in held if holder is not None and holder in thing.barred]


_INSERT = {table.name: insert(table) for table in (*_TABLES.values(), work_item_audience)}
_DELETE = {table.name: delete(table).where(table.c.id == bindparam("key")) for table in _TABLES.values()}
_ENDED = ("closed_at", "closed_by", "next_check_at", "status", "closed_token")
_END = (
    update(work_item).where(work_item.c.id == bindparam("key")).values({name: bindparam(name) for name in _ENDED})
)
# Who was told that an item is late goes on seeing it until it is closed or its due date moves.
_LEAVE = delete(work_item_audience).where(
    work_item_audience.c.item_id == bindparam("key"),
    or_(bindparam("all", type_=Boolean()), work_item_audience.c.role.not_like(f"{TOLD}%")),
)
_FORGET = delete(draft).where(draft.c.item_id == bindparam("key"))


def _insert(conn: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    if rows:
        conn.execute(_INSERT[table.name], rows)


def _update(conn: Connection, table: Table, rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        return
    conn.execute(_changing(table.name, tuple(rows[0])), rows)


@lru_cache(maxsize=64)
def _changing(name: str, columns: tuple[str, ...]) -> Update:
    """The statement that rewrites rows of a table; put together once."""
    table = metadata.tables[name]
    values: dict[str, object] = {
        column: bindparam(column) for column in columns if column in table.c and column != "id"
    }
    if table is work_item:
        moved = bindparam("moved", type_=Boolean())
        values["rung"] = case((moved, 0), else_=work_item.c.rung)
        values["next_check_at"] = case(
            (moved, bindparam("check", type_=Moment())), else_=work_item.c.next_check_at
        )
    return update(table).where(table.c.id == bindparam("key")).values(values)


def _close(conn: Connection, gone: Sequence[Stored], closing: Closing) -> None:
    """At most two statements: what was done or cancelled, and typing that lost its form."""
    ended = {"closed_at": closing.at, "closed_by": closing.account_id, "next_check_at": None}
    rows = []
    for row in gone:
        done = row.id == closing.item_id
        how = {"status": "done" if done else "cancelled", "closed_token": closing.token if done else None}
        rows.append({"key": row.id} | ended | how)
    if rows:
        conn.execute(_END, rows)
    typed = [{"key": row.id} for row in gone if row.has_draft]
    if typed:
        conn.execute(_FORGET, typed)


def _place(
    conn: Connection, now: Sequence[OpenThing], earlier: Sequence[Stored], before: Mapping[Key, Stored]
) -> None:
    """Rewrites the audience of items that are new, changed or closed."""
    dues = {thing.id: thing.due_at for thing in now if isinstance(thing, OpenItem)}
    left = [
        {"key": row.id, "all": row.id not in dues or dues[row.id] != row.due_at}
        for row in earlier
        if row.table == work_item.name
    ]
    if left:
        conn.execute(_LEAVE, left)
    rows: list[dict[str, object]] = []
    for thing in now:
        if isinstance(thing, OpenItem):
            rows += thing.audience(_assignee(thing, before.get((work_item.name, thing.id))) is not None)
    _insert(conn, work_item_audience, rows)


def _due_changes(
    changed: Sequence[OpenThing], before: Mapping[Key, Stored]
) -> dict[int, tuple[datetime | None, datetime | None]]:
    moves = {
        thing.id: (before[work_item.name, thing.id].due_at, thing.due_at)
        for thing in changed
        if isinstance(thing, OpenItem)
    }
    return {item_id: (old, new) for item_id, (old, new) in moves.items() if old != new}
