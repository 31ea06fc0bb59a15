"""Case files: the one row per case and per report that a move loads and saves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Literal

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    Text,
    Update,
    bindparam,
    delete,
    insert,
    select,
    text,
    union,
    update,
)

from engine.kinds import Kind
from engine.store.database import StaleVersion
from engine.store.events import NO_EVENTS, Head
from engine.store.master_key import KeyTrouble
from engine.store.metadata import AnyRow, Id, Moment, metadata
from engine.store.units import ancestors
from engine.store.vault import Vault

_HELD = text("closed_at IS NULL AND kind = 'case'")
_SEALED = text("readers IS NOT NULL")
_SEALED_OPEN = text("readers IS NOT NULL AND status != 'closed'")
_GROWN = text("head_seq > sealed_seq")

case_file = Table(
    "case_file",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("number", String(32), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),  # see engine/kinds.py
    Column("process", String(64), nullable=False),
    Column("bundle_id", Integer, ForeignKey("bundle.id"), nullable=False),
    Column("unit_id", Integer, ForeignKey("unit.id"), nullable=False),
    Column("unit_path", String(255), nullable=False),
    Column("manager_id", Integer, ForeignKey("account.id")),
    Column("person_id", Id, ForeignKey("person.id")),
    Column("stage", String(32), nullable=False, server_default=""),
    Column("status", String(16), nullable=False),  # open | closed | incident
    Column("risk", String(16)),
    Column("version", Integer, nullable=False),
    Column("head_seq", Integer, nullable=False),
    Column("head_mac", LargeBinary, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("facts", LargeBinary, nullable=False),
    Column("parent_id", Id),
    Column("origin_key", String(128), unique=True),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("sealed_seq", Integer, nullable=False, server_default="0"),
    Column("readers", String(255)),
    Column("about", Text),
    Index("ix_case_file_manager_id_kind_id", "manager_id", "kind", "id"),
    Index("ix_case_file_person_id", "person_id"),
    Index("ix_case_file_parent_id", "parent_id"),
    Index("ix_case_file_held", "manager_id", "risk", sqlite_where=_HELD, postgresql_where=_HELD),
    Index("ix_case_file_readers", "id", sqlite_where=_SEALED, postgresql_where=_SEALED),
    Index("ix_case_file_sealed_open", "id", sqlite_where=_SEALED_OPEN, postgresql_where=_SEALED_OPEN),
    Index("ix_case_file_unsealed", "id", sqlite_where=_GROWN, postgresql_where=_GROWN),
)
"""`state` and `facts` are sealed. `version` counts saves; `parent_id` is the report a case came from;
`origin_key` names what opened it, so that the same opening twice gives one case. `sealed_seq` is how far its history
was sealed (store/seals.py), which is no part of the file. `readers` is NULL but for a file that was sealed against
reading: then the accounts that may ask to read it, as ",a,b,". `about` names the accounts to whom it does not exist,
in the same way: whom it complains of and their line; NULL where there are none."""

WHOLE = [column for column in case_file.c if column.name != "sealed_seq"]
"""The columns behind a CaseFile."""

case_scope = Table(
    "case_scope",
    metadata,
    Column("unit_id", Integer, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("case_id", Id, primary_key=True),
    Index("ix_case_scope_case_id", "case_id"),
    sqlite_with_rowid=False,
)
"""One row per case and unit at or above its own, so that the newest cases of any unit are the end of a
range."""


@dataclass(frozen=True)
class CaseFile:
    """A case or report as it stands, opened. `state` is the engine's document, `facts` canonical JSON for
    lists."""

    id: int
    number: str
    kind: Kind
    process: str
    bundle_id: int
    unit_id: int
    unit_path: str
    opened_at: datetime
    state: bytes = b""
    facts: bytes = b""
    stage: str = ""
    status: Literal["open", "closed", "incident"] = "open"
    risk: str | None = None
    manager_id: int | None = None
    person_id: int | None = None
    parent_id: int | None = None
    origin_key: str | None = None
    closed_at: datetime | None = None
    readers: str | None = None
    about: str | None = None
    version: int = 1
    head: Head = NO_EVENTS


def add(conn: Connection, vault: Vault, case: CaseFile) -> None:
    """Opens a file (its key exists already: Vault.new_key). Two statements."""
    conn.execute(insert(case_file).values(_sealed(vault, case)))
    _place(conn, case)


def load(conn: Connection, vault: Vault, case_id: int) -> CaseFile | None:
    """The file as it stands, opened; None when there is none. Raises KeyTrouble when its key was
    destroyed."""
    row = conn.execute(_ONE, {"key": case_id}).first()
    return None if row is None else opened(vault, row)


def load_plain(conn: Connection, case_id: int) -> CaseFile | None:
    """The plain columns of a file, which need no key; `state` and `facts` are left empty."""
    row = conn.execute(_ONE, {"key": case_id}).first()
    if row is None:
        return None
    values = row._asdict()
    head = Head(values.pop("head_seq"), values.pop("head_mac"))
    return CaseFile(**{**values, "state": b"", "facts": b"", "head": head})


def save(conn: Connection, vault: Vault, before: CaseFile, after: CaseFile) -> CaseFile:
    """Writes what changed since `before` was read, in one statement (three when the case moved to another
    unit).

    Raises StaleVersion when somebody else saved meanwhile.
    """
    after = replace(after, version=before.version + 1)
    old, new = _plain(before), _plain(after)
    values = {name: value for name, value in new.items() if value != old[name]}
    for name in ("state", "facts"):
        if getattr(after, name) != getattr(before, name):
            values[name] = vault.seal(after.id, name, getattr(after, name))
    found = {"key": before.id, "read": before.version}
    if conn.execute(_saving(frozenset(values)), values | found).rowcount != 1:
        raise StaleVersion(f"case {before.id} is no longer at version {before.version}")
    if after.unit_path != before.unit_path:
        conn.execute(delete(case_scope).where(case_scope.c.case_id == after.id))
        _place(conn, after)
    return after


_ONE = select(*WHOLE).where(case_file.c.id == bindparam("key"))


@lru_cache(maxsize=256)
def _saving(names: frozenset[str]) -> Update:
    """The statement that saves these columns of the version that was read; put together once."""
    unchanged = (case_file.c.id == bindparam("key")) & (case_file.c.version == bindparam("read"))
    return update(case_file).where(unchanged).values({name: bindparam(name) for name in sorted(names)})


def by_origin(conn: Connection, origin_key: str) -> int | None:
    """The case that something opened already, if it did."""
    return conn.scalar(select(case_file.c.id).where(case_file.c.origin_key == origin_key))


def load_many(conn: Connection, vault: Vault, ids: Sequence[int]) -> list[CaseFile]:
    """Several files in the order of their ids as given; those whose key was destroyed are left out."""
    rows = {row.id: row for row in conn.execute(select(*WHOLE).where(case_file.c.id.in_(ids)))} if ids else {}
    found = []
    for case_id in ids:
        try:
            if case_id in rows:
                found.append(opened(vault, rows[case_id]))
        except KeyTrouble:
            continue
    return found


def by_number(conn: Connection, number: str) -> int | None:
    """The case or report with a number."""
    return conn.scalar(select(case_file.c.id).where(case_file.c.number == number))


def newest_ids(
    conn: Connection, units: Collection[int], manager_id: int, before: int | None = None, limit: int = 25,
    kinds: Collection[str] = ("case",),
) -> list[int]:
    """The newest files of some kinds of some units (and all below them), or cases of a manager, newest first, by keyset
    of ids: one short range of an index per kind and unit, however many cases there are."""
    seen, own = case_scope.c, case_file.c
    below = select(seen.case_id.label("id"))
    ranges = [
        _last(below.where(seen.kind == kind, seen.unit_id == unit), seen.case_id, before, limit)
        for kind in sorted(kinds) for unit in sorted(units)
    ]
    ranges.append(_last(select(own.id).where(own.manager_id == manager_id, own.kind == "case"), own.id, before, limit))
    together = union(*ranges).subquery()
    return list(conn.scalars(select(together.c.id).order_by(together.c.id.desc()).limit(limit)))


def _last(query: Select[tuple[int]], id_: Column[int], before: int | None, limit: int) -> Select[tuple[int]]:
    if before is not None:
        query = query.where(id_ < before)
    return select(query.order_by(id_.desc()).limit(limit).subquery().c.id)


def head_of(conn: Connection, case_id: int) -> Head | None:
    """Where the case file says that the history ends."""
    row = conn.execute(
        select(case_file.c.head_seq, case_file.c.head_mac).where(case_file.c.id == case_id)
    ).first()
    return None if row is None else Head(row.head_seq, row.head_mac)


def opened(vault: Vault, row: AnyRow) -> CaseFile:
    """The file behind a whole row of `case_file`."""
    values = row._asdict()
    values["head"] = Head(values.pop("head_seq"), values.pop("head_mac"))
    for name in ("state", "facts"):
        values[name] = vault.open(row.id, name, values[name])
    return CaseFile(**values)


def open_facts(vault: Vault, case_id: int, sealed: bytes) -> bytes:
    """The facts of a row that a list read; none where the key was destroyed, so that one case empties no list."""
    try:
        return vault.open(case_id, "facts", sealed)
    except KeyTrouble:
        return b""


def _place(conn: Connection, case: CaseFile) -> None:
    rows = [
        {"unit_id": unit_id, "kind": case.kind, "case_id": case.id}
        for unit_id in ancestors(case.unit_path)
    ]
    conn.execute(insert(case_scope), rows)


def _plain(case: CaseFile) -> dict[str, object]:
    values = {name: value for name, value in vars(case).items() if name not in ("head", "state", "facts")}
    return values | {"head_seq": case.head.seq, "head_mac": case.head.mac}


def _sealed(vault: Vault, case: CaseFile) -> dict[str, object]:
    return _plain(case) | {
        name: vault.seal(case.id, name, getattr(case, name)) for name in ("state", "facts")
    }


def ids_after(conn: Connection, after: int, limit: int) -> list[int]:
    """Ids of cases and reports in order, for verification and the like."""
    query = select(case_file.c.id).where(case_file.c.id > after).order_by(case_file.c.id)
    return list(conn.scalars(query.limit(limit)))
