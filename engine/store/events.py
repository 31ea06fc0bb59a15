"""The history: past-tense facts, numbered per case and chained by a keyed hash over ciphertext and plain
columns."""

import hmac
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from typing import NamedTuple

from sqlalchemy import Column, Connection, Integer, LargeBinary, String, Table, insert, select

from engine.clock import to_micros
from engine.store.metadata import AnyRow, Id, Moment, metadata
from engine.store.vault import Vault
from engine.text import Text

SCHEMA = 1
"""The shape of event payloads that this version writes."""
ENGINE = version("masar")
"""The engine that records: replay is exact within one version of it."""

event = Table(
    "event",
    metadata,
    Column("case_id", Id, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(64), nullable=False),
    Column("actor_id", Integer, nullable=False),
    Column("on_behalf_of_id", Integer),
    Column("happened_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("schema", Integer, nullable=False),
    Column("engine", String(32), nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)
"""Append-only. `payload` is sealed; `mac` covers the whole row and the one before it: it is the seal of the chain's
link, not the link itself, which only the case file keeps and only for the last event. So whoever cuts off the end
of a history cannot write an earlier end into the file. `actor_id` 0 is the system."""


_APPEND = insert(event)


class Head(NamedTuple):
    """The end of a chain: number and link of the last event, a keyed hash. A new chain starts at NO_EVENTS."""

    seq: int
    mac: bytes


NO_EVENTS = Head(0, b"")


@dataclass(frozen=True)
class NewEvent:
    """A fact to record. `payload` is canonical JSON; everything personal belongs in it and nowhere else."""

    kind: str
    actor_id: int
    happened_at: datetime
    payload: bytes
    on_behalf_of_id: int | None = None


@dataclass(frozen=True)
class Event:
    """A recorded fact, opened."""

    case_id: int
    seq: int
    kind: str
    actor_id: int
    on_behalf_of_id: int | None
    happened_at: datetime
    recorded_at: datetime
    schema: int
    engine: str
    payload: bytes


def append(
    conn: Connection, vault: Vault, case_id: int, after: Head, events: Sequence[NewEvent], now: datetime
) -> Head:
    """Records facts after the head that the caller read, in one statement, and returns the new head.

    When somebody recorded meanwhile the primary key is taken, and `Database.run` starts the command over.
    """
    rows = []
    for new in events:
        row: dict[str, object] = {
            "case_id": case_id,
            "seq": after.seq + 1,
            "kind": new.kind,
            "actor_id": new.actor_id,
            "on_behalf_of_id": new.on_behalf_of_id,
            "happened_at": new.happened_at,
            "recorded_at": now,
            "schema": SCHEMA,
            "engine": ENGINE,
            "payload": vault.seal(case_id, _purpose(after.seq + 1), new.payload),
        }
        after = Head(after.seq + 1, _mac(vault, after.mac, row))
        rows.append(row | {"mac": _seal(vault, after.mac)})
    if rows:
        conn.execute(_APPEND, rows)
    return after


def read(
    conn: Connection, vault: Vault, case_id: int, after_seq: int = 0, limit: int | None = None
) -> list[Event]:
    """Facts after a number, oldest first. Raises KeyTrouble when the case's key was destroyed."""
    query = select(event).where(event.c.case_id == case_id, event.c.seq > after_seq).order_by(event.c.seq)
    return [_opened(vault, row) for row in conn.execute(query.limit(limit))]


def read_back(
    conn: Connection, vault: Vault, case_id: int, before_seq: int | None = None, limit: int | None = None
) -> list[Event]:
    """Facts before a number (None: from the end), newest first, as a timeline shows them."""
    query = select(event).where(event.c.case_id == case_id).order_by(event.c.seq.desc())
    if before_seq is not None:
        query = query.where(event.c.seq < before_seq)
    return [_opened(vault, row) for row in conn.execute(query.limit(limit))]


def newest_of(
    conn: Connection, vault: Vault, case_id: int, kinds: Collection[str], limit: int = 30
) -> list[Event]:
    """The last facts of some kinds, newest first."""
    query = select(event).where(event.c.case_id == case_id, event.c.kind.in_(kinds)).order_by(event.c.seq.desc())
    return [_opened(vault, row) for row in conn.execute(query.limit(limit))]


def read_some(conn: Connection, vault: Vault, case_id: int, numbers: Collection[int]) -> list[Event]:
    """The facts with these numbers; no statement for none."""
    if not numbers:
        return []
    query = select(event).where(event.c.case_id == case_id, event.c.seq.in_(sorted(numbers)))
    return [_opened(vault, row) for row in conn.execute(query)]


def verify(conn: Connection, vault: Vault, case_id: int, head: Head) -> list[Text]:
    """What is wrong with a chain, as plain sentences; empty when every fact stands as it was recorded.

    `head` is what the case file says the end is. It needs no case key: a destroyed case still verifies.
    """
    last = NO_EVENTS
    for row in _in_pages(conn, case_id):
        if row.seq != last.seq + 1:
            return [Text(f"الحدث {last.seq + 1} مفقود.", f"case {case_id}: event {last.seq + 1} is missing")]
        link = _mac(vault, last.mac, row._asdict())
        if not hmac.compare_digest(_seal(vault, link), row.mac):
            return [Text(
                f"الحدث {row.seq} ليس كما سُجّل.", f"case {case_id}: event {row.seq} is not what was recorded"
            )]
        last = Head(row.seq, link)
    if last.seq != head.seq or not hmac.compare_digest(last.mac, head.mac):
        return [Text(
            f"ينتهي السجل عند الحدث {last.seq}، والملف يقول {head.seq}.",
            f"case {case_id}: the history ends at event {last.seq}, the case file says {head.seq}",
        )]
    return []


def _in_pages(conn: Connection, case_id: int, size: int = 1000) -> Iterator[AnyRow]:
    after = 0
    query = select(event).where(event.c.case_id == case_id).order_by(event.c.seq).limit(size)
    while page := conn.execute(query.where(event.c.seq > after)).all():
        yield from page
        after = page[-1].seq


def _opened(vault: Vault, row: AnyRow) -> Event:
    values = row._asdict()
    del values["mac"]
    values["payload"] = vault.open(row.case_id, _purpose(row.seq), row.payload)
    return Event(**values)


def _purpose(seq: int) -> str:
    return f"event {seq}"


def _seal(vault: Vault, link: bytes) -> bytes:
    return vault.mac("history seal", link)


def _mac(vault: Vault, before: bytes, row: dict[str, object]) -> bytes:
    """Covers the chain so far, every plain column and the ciphertext; each part carries its length, so that
    no two rows read alike."""
    parts: list[bytes] = [before]
    for column in event.c:
        if column.name == "mac":
            continue
        value = row[column.name]
        if isinstance(value, datetime):
            value = to_micros(value)
        parts.append(value if isinstance(value, bytes) else str(value).encode())
    return vault.mac("history", b"".join(b"%d:%s" % (len(part), part) for part in parts))
