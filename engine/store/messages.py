"""Messages and signals that diagrams wait for, and who may record them by hand."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    Text,
    select,
    union_all,
)

from engine.store.cases import case_file
from engine.store.metadata import AnyRow, Id, Moment, Rows, metadata
from engine.store.work_items import joined

message_wait = Table(
    "message_wait",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("case_id", Id, nullable=False),
    Column("process", String(64), nullable=False),
    Column("element", String(128), nullable=False),
    Column("kind", String(8), nullable=False),  # message | signal
    Column("name", String(128), nullable=False),
    Column("key_hash", LargeBinary, nullable=False),
    Column("offer_to", Text, nullable=False, server_default=","),
    Column("offer_unit_id", Integer),
    Column("form", String(128)),
    Column("since", Moment, nullable=False),
    Column("fingerprint", Id, nullable=False),
    Column("offer_person_id", Integer),
    Index("ix_message_wait_case_id", "case_id"),
    Index("ix_message_wait_name_key_hash", "name", "key_hash"),
    Index("ix_message_wait_offer_unit_id_since_id", "offer_unit_id", "since", "id"),
)
"""`key_hash` is Vault.hash("message", correlation key). `offer_to` lists groups as ",a,b,"; `offer_unit_id`
is the unit (a provider) whose accounts alone among them may answer, `offer_person_id` the one account that may (0:
nobody, because there is no such person)."""


@dataclass(frozen=True)
class OpenMessage:
    """A message or signal as a move waits for it."""

    id: int
    case_id: int
    process: str
    element: str
    kind: str
    name: str
    key_hash: bytes
    since: datetime
    offer_to: tuple[str, ...] = ()
    offer_unit_id: int | None = None
    offer_person_id: int | None = None
    form: str | None = None

    def values(self) -> dict[str, object]:
        """The columns that a move decides."""
        return vars(self) | {"offer_to": joined(self.offer_to)}


def waiting_for(conn: Connection, name: str, key_hash: bytes, limit: int = 100) -> Rows:
    """The waits that a message with this name and key reaches."""
    query = select(message_wait).where(
        message_wait.c.name == name, message_wait.c.key_hash == key_hash, message_wait.c.kind == "message")
    return conn.execute(query.order_by(message_wait.c.id).limit(limit)).all()


def cases_hearing(conn: Connection, name: str, no_key: bytes, after: int, limit: int) -> list[int]:
    """The cases that wait for a signal, by id, from `after` on. `no_key` is the hash of the key that signals lack."""
    own = message_wait.c
    query = select(own.case_id).distinct().where(
        own.name == name, own.key_hash == no_key, own.kind == "signal", own.case_id > after)
    return list(conn.execute(query.order_by(own.case_id).limit(limit)).scalars())


def cases_of_manager_hearing(conn: Connection, name: str, no_key: bytes, manager_id: int, limit: int) -> list[int]:
    """The open cases of a manager that wait for a signal, by id."""
    own, case = message_wait.c, case_file.c
    query = select(own.case_id).distinct().join(case_file, case.id == own.case_id).where(
        case.manager_id == manager_id, case.closed_at.is_(None), case.kind == "case",
        own.name == name, own.key_hash == no_key, own.kind == "signal")
    return list(conn.execute(query.order_by(own.case_id).limit(limit)).scalars())


def get(conn: Connection, wait_id: int) -> AnyRow | None:
    """One wait, while it is open."""
    return conn.execute(select(message_wait).where(message_wait.c.id == wait_id)).first()


def offered_to(conn: Connection, case_id: int) -> Rows:
    """The waits of a case that people may answer by hand, oldest first."""
    query = select(message_wait).where(message_wait.c.case_id == case_id, message_wait.c.offer_to != ",")
    return conn.execute(query.order_by(message_wait.c.id)).all()


def offered_to_units(
    conn: Connection, unit_ids: Collection[int], before: tuple[datetime, int] | None = None, limit: int = 25
) -> Rows:
    """What waits for an answer of some agencies, newest first, by keyset: one short range of an index per unit."""
    ranges = [_newest(unit_id, before, limit) for unit_id in sorted(unit_ids)]
    if not ranges:
        return []
    together = union_all(*ranges).subquery()
    query = select(message_wait).where(message_wait.c.id.in_(select(together.c.id)))
    return conn.execute(query.order_by(message_wait.c.since.desc(), message_wait.c.id.desc()).limit(limit)).all()


def _newest(unit_id: int, before: tuple[datetime, int] | None, limit: int) -> Select[tuple[int]]:
    own = message_wait.c
    query = select(own.id).where(own.offer_unit_id == unit_id)
    if before is not None:
        since, last = before
        query = query.where((own.since < since) | ((own.since == since) & (own.id < last)), own.since <= since)
    # Wrapped, because SQLite takes no LIMIT inside a UNION otherwise.
    return select(query.order_by(own.since.desc(), own.id.desc()).limit(limit).subquery().c.id)
