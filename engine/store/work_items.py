"""Work items: what waits for people, and the audience rows that make every worklist a range of one index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    delete,
    false,
    literal_column,
    select,
    text,
    update,
)

from engine.store.cases import case_file
from engine.store.dialect import insert_or
from engine.store.metadata import AnyRow, Id, Moment, Rows, metadata
from engine.store.units import ancestors

TOLD = "told:"
"""Before the role in audience rows of an escalation: its holders see that the item is late, and may not take it."""
NO_DUE_DATE = datetime(9999, 1, 1, tzinfo=UTC)
"""Where work without a due date sorts: last."""
_OPEN = text("status = 'open'")

work_item = Table(
    "work_item",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("case_id", Id, nullable=False),
    Column("process", String(64), nullable=False),
    Column("element", String(128), nullable=False),
    Column("form", String(128)),
    Column("form_sha256", String(64)),
    Column("groups", Text, nullable=False, server_default=","),
    Column("assignee_id", Integer),
    Column("planned_assignee_id", Integer),
    Column("unit_id", Integer, nullable=False),
    Column("unit_path", String(255), nullable=False),
    Column("priority", Integer, nullable=False, server_default="50"),
    Column("risk", String(16)),
    Column("since", Moment, nullable=False),
    Column("due_at", Moment),
    Column("follow_up_at", Moment),
    Column("sort_at", Moment, nullable=False),
    Column("next_check_at", Moment),
    Column("rung", Integer, nullable=False, server_default="0"),
    Column("barred", Text, nullable=False, server_default=","),
    Column("status", String(16), nullable=False),  # open | done | cancelled
    Column("closed_by", Integer),
    Column("closed_at", Moment),
    Column("closed_token", String(64)),
    Column("fingerprint", Id, nullable=False),
    Index("ix_work_item_case_id", "case_id", "status"),
    Index("ix_work_item_mine", "assignee_id", "sort_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_work_item_next_check_at", "next_check_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    Index("ix_work_item_open", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
)
"""`id` is case_id << 22 | token. `groups` and `barred` are lists as ",a,b,". `planned_assignee_id` is what
the diagram says, `assignee_id` who has it. `sort_at` is the due date or NO_DUE_DATE. `rung` is the step of
the escalation ladder reached, `next_check_at` when the worker looks again. `closed_token` is the hash of the
submit that closed it."""

work_item_audience = Table(
    "work_item_audience",
    metadata,
    Column("item_id", Id, primary_key=True),
    Column("role", String(64), primary_key=True),
    Column("unit_id", Integer, primary_key=True),
    Column("claimed", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("sort_at", Moment, nullable=False),
    Column("barred", Text, nullable=False, server_default=","),
    Index("ix_work_item_audience_worklist", "role", "unit_id", "claimed", "sort_at", "item_id"),
    sqlite_with_rowid=False,
)
"""One row per open item, group and unit at or above the item's: a membership (role, unit) reads its part of
the worklist as one range of the index, however much is open elsewhere. Four to eight short rows per item."""

is_open = work_item.c.status == literal_column("'open'")
"""Spelled literally, because a bound parameter does not match a partial index."""


@dataclass(frozen=True)
class OpenItem:
    """A work item as a move wants it. `unit_id` and `unit_path` say where its groups are looked for."""

    id: int
    case_id: int
    process: str
    element: str
    since: datetime
    unit_id: int
    unit_path: str
    groups: tuple[str, ...] = ()
    assignee_id: int | None = None
    form: str | None = None
    form_sha256: str | None = None
    due_at: datetime | None = None
    follow_up_at: datetime | None = None
    next_check_at: datetime | None = None
    priority: int = 50
    risk: str | None = None
    barred: tuple[int, ...] = ()

    def values(self) -> dict[str, object]:
        """The columns that a move decides, without who claimed it and how far it has been escalated."""
        plain = {
            name: value for name, value in vars(self).items() if name not in ("assignee_id", "next_check_at")
        }
        return plain | {
            "planned_assignee_id": self.assignee_id,
            "groups": joined(self.groups),
            "barred": joined(self.barred),
            "sort_at": self.due_at or NO_DUE_DATE,
        }

    def audience(self, claimed: bool) -> list[dict[str, object]]:
        """Its audience rows."""
        same = {
            "item_id": self.id,
            "claimed": claimed,
            "sort_at": self.due_at or NO_DUE_DATE,
            "barred": joined(self.barred),
        }
        return [
            same | {"role": role, "unit_id": unit_id}
            for role in dict.fromkeys(self.groups)
            for unit_id in ancestors(self.unit_path)
        ]


_ONE = select(work_item).where(work_item.c.id == bindparam("key"))


def get(conn: Connection, item_id: int) -> AnyRow | None:
    """A work item, open or closed; None when there never was one."""
    return conn.execute(_ONE, {"key": item_id}).first()


def get_with_case(conn: Connection, item_id: int) -> AnyRow | None:
    """A work item with the kind, manager and readers of its case, which decide who may touch it."""
    query = select(
        work_item, case_file.c.kind, case_file.c.manager_id, case_file.c.readers, case_file.c.about
    ).join(case_file, case_file.c.id == work_item.c.case_id)
    return conn.execute(query.where(work_item.c.id == item_id)).first()


def open_of_case(conn: Connection, case_id: int) -> Rows:
    """The open work items of a case, earliest due date first."""
    query = select(work_item).where(work_item.c.case_id == case_id, is_open)
    return conn.execute(query.order_by(work_item.c.sort_at, work_item.c.id)).all()


def audience_of(conn: Connection, item_ids: Iterable[int]) -> dict[int, dict[tuple[str, int], bool]]:
    """Whom open items are shown to: by item, role and unit, whether as taken."""
    found: dict[int, dict[tuple[str, int], bool]] = {}
    for row in conn.execute(select(work_item_audience).where(work_item_audience.c.item_id.in_(list(item_ids)))):
        found.setdefault(row.item_id, {})[row.role, row.unit_id] = bool(row.claimed)
    return found


def assign(conn: Connection, item_id: int, account_id: int | None) -> bool:
    """Gives an open item to an account (None: back to its groups). False when it is no longer open. Two
    statements; the caller saves the case in the same transaction, so that no move runs meanwhile."""
    statement = update(work_item).where(work_item.c.id == item_id, is_open).values(assignee_id=account_id)
    if conn.execute(statement).rowcount != 1:
        return False
    mine = (work_item_audience.c.item_id == item_id) & work_item_audience.c.role.not_like(f"{TOLD}%")
    conn.execute(update(work_item_audience).where(mine).values(claimed=account_id is not None))
    return True


def tell(conn: Connection, item: AnyRow, roles: Iterable[str]) -> None:
    """Lets the holders of some roles, in the item's unit or above, see it among what is late, whoever has it."""
    same = {"item_id": item.id, "sort_at": item.sort_at, "barred": item.barred}
    rows = [
        same | {"role": f"{TOLD}{role}", "unit_id": unit_id}
        for role in dict.fromkeys(roles)
        for unit_id in ancestors(item.unit_path)
    ]
    if rows:
        statement = insert_or(conn, work_item_audience).on_conflict_do_nothing()
        conn.execute(statement, rows)


def untell(conn: Connection, case_id: int) -> None:
    """Nobody sees open work of a case any more because they were told that it is late."""
    mine = work_item_audience.c.item_id.in_(select(work_item.c.id).where(work_item.c.case_id == case_id, is_open))
    conn.execute(delete(work_item_audience).where(mine, work_item_audience.c.role.like(f"{TOLD}%")))


def climb_again(conn: Connection, case_id: int, now: datetime) -> None:
    """Lets the worker tell at once whom it concerns that open work of a case is late, as if nobody had been told."""
    open_here = (work_item.c.case_id == case_id) & is_open & work_item.c.due_at.is_not(None)
    conn.execute(update(work_item).where(open_here).values(rung=0, next_check_at=now))


_CLIMBED = (
    update(work_item).where(work_item.c.id == bindparam("key"), is_open)
    .values({name: bindparam(name) for name in ("rung", "next_check_at")})
)


def set_rung(conn: Connection, item_id: int, rung: int, next_check_at: datetime | None) -> None:
    """Remembers how far an open item has been escalated and when to look again."""
    conn.execute(_CLIMBED, {"key": item_id, "rung": rung, "next_check_at": next_check_at})


def joined(parts: tuple[object, ...]) -> str:
    """A short list as a column keeps it: ",a,b,"."""
    return "," + "".join(f"{part}," for part in parts)


def split(column: str) -> tuple[str, ...]:
    """The list behind such a column."""
    return tuple(part for part in column.split(",") if part)
