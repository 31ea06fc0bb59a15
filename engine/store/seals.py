"""Seals: every while, the ends of all chains that grew since are written down together, in one chain over the whole
installation. A case that vanished, or that somebody put back to an earlier state of itself, does not fit what was
sealed of it. Where that chain itself ends is kept apart, with the wrapped keys."""

import hmac
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    bindparam,
    exists,
    func,
    insert,
    select,
    update,
)

from engine.clock import to_micros
from engine.store.cases import case_file
from engine.store.events import event
from engine.store.metadata import Id, Moment, metadata
from engine.store.reads import read_head, read_log
from engine.store.vault import Vault
from engine.text import Text

EVENTS, READINGS = "events", "readings"
PAGE = 500

seal = Table(
    "seal",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("sealed_at", Moment, nullable=False),
    Column("mac", LargeBinary, nullable=False),
)
"""Append-only. `mac` covers the seal before it and every head that was sealed with it."""

sealed_head = Table(
    "sealed_head",
    metadata,
    Column("case_id", Id, primary_key=True, autoincrement=False),
    Column("kind", String(8), primary_key=True),  # events | readings
    Column("seal_seq", Integer, primary_key=True, autoincrement=False),
    Column("head_seq", Integer, nullable=False),
    Column("head_mac", LargeBinary, nullable=False),
    Index("ix_sealed_head_seal_seq", "seal_seq"),
    sqlite_with_rowid=False,
)
"""The last event or reading of a case when it was sealed, and its mac. A row per case that grew, none for the rest."""


class Sealed(NamedTuple):
    """The end of one chain of a case, as a seal holds it."""

    case_id: int
    kind: str
    head_seq: int
    head_mac: bytes


class Anchor(NamedTuple):
    """The end of the chain of seals."""

    seq: int
    mac: bytes


def last(conn: Connection) -> Anchor | None:
    """The newest seal; None where nothing was sealed yet."""
    row = conn.execute(select(seal.c.seq, seal.c.mac).order_by(seal.c.seq.desc()).limit(1)).first()
    return None if row is None else Anchor(row.seq, bytes(row.mac))


def grown(conn: Connection, limit: int = PAGE) -> list[Sealed]:
    """The ends of chains that grew since they were sealed, some at a time: two looks into indexes that hold nothing
    else."""
    own, seen = case_file.c, read_head.c
    events_ = (
        select(own.id, own.head_seq, event.c.mac)
        .join(event, (event.c.case_id == own.id) & (event.c.seq == own.head_seq))
        .where(own.head_seq > own.sealed_seq).order_by(own.id).limit(limit)
    )
    readings = (
        select(seen.case_id, seen.seq, read_log.c.mac)
        .join(read_log, (read_log.c.case_id == seen.case_id) & (read_log.c.seq == seen.seq))
        .where(seen.seq > seen.sealed_seq).order_by(seen.case_id).limit(limit)
    )
    found = [Sealed(id_, EVENTS, seq, bytes(mac)) for id_, seq, mac in conn.execute(events_)]
    return found + [Sealed(id_, READINGS, seq, bytes(mac)) for id_, seq, mac in conn.execute(readings)]


def add(conn: Connection, vault: Vault, heads: Sequence[Sealed], now: datetime) -> Anchor:
    """Seals some heads after the newest seal. When another worker did so meanwhile the primary key is taken, and
    `Database.run` starts over."""
    before = last(conn) or Anchor(0, b"")
    made = Anchor(before.seq + 1, _mac(vault, before, before.seq + 1, now, heads))
    conn.execute(insert(seal).values(seq=made.seq, sealed_at=now, mac=made.mac))
    conn.execute(insert(sealed_head), [{**one._asdict(), "seal_seq": made.seq} for one in heads])
    for kind, statement in ((EVENTS, _SEALED_EVENTS), (READINGS, _SEALED_READINGS)):
        rows = [{"key": one.case_id, "upto": one.head_seq} for one in heads if one.kind == kind]
        if rows:
            conn.execute(statement, rows)
    return made


_SEALED_EVENTS = update(case_file).where(case_file.c.id == bindparam("key")).values(sealed_seq=bindparam("upto"))
_SEALED_READINGS = (
    update(read_head).where(read_head.c.case_id == bindparam("key")).values(sealed_seq=bindparam("upto"))
)


def verify(conn: Connection, vault: Vault, kept: Anchor | None) -> list[Text]:
    """What is wrong with the chain of seals, and which sealed cases are gone. `kept` is where its end was kept apart;
    it may be behind by what was sealed last, never ahead."""
    before = Anchor(0, b"")
    for made, heads in _all(conn):
        if made.seq != before.seq + 1:
            return [_missing(before.seq + 1)]
        if not hmac.compare_digest(bytes(made.mac), _mac(vault, before, made.seq, made.sealed_at, heads)):
            return [Text(f"الختم {made.seq} ليس كما سُجّل.", f"seal {made.seq} is not what was recorded")]
        before = Anchor(made.seq, bytes(made.mac))
        if kept and kept.seq == made.seq and not hmac.compare_digest(kept.mac, before.mac):
            return [Text(
                f"الختم {made.seq} غير الذي حُفظ مع المفاتيح.", f"seal {made.seq} is not the one kept with the keys")]
    if kept and kept.seq > before.seq:
        return [Text(
            f"تنتهي الأختام عند {before.seq}، والمحفوظ مع المفاتيح {kept.seq}: أُعيدت القاعدة إلى ما قبل ذلك.",
            f"the seals end at {before.seq}, but {kept.seq} is kept with the keys: the database was put back")]
    if kept is None and before.seq:
        return [Text("لم يُحفظ مع المفاتيح أين تنتهي الأختام.", "where the seals end is not kept with the keys")]
    return _vanished(conn)


def of_case(conn: Connection, vault: Vault, case_id: int) -> tuple[int, list[Text]]:
    """How many events of a case are sealed, and what does not fit what was ever sealed of it. The newest seal that
    holds it is looked at; that none was taken away is for `verify`, which walks them all."""
    last_seal = conn.scalar(select(func.max(sealed_head.c.seal_seq)).where(sealed_head.c.case_id == case_id))
    if last_seal is None:
        return 0, []
    problems: list[Text] = []
    if not _is_authentic(conn, vault, last_seal):
        problems.append(Text(
            f"الختم {last_seal} ليس كما سُجّل.", f"case {case_id}: seal {last_seal} is not what was recorded"))
    for kind in _KINDS:
        problems += [found for one in _unlike(conn, case_id, kind) for found in differs(conn, one)]
    upto = select(func.max(sealed_head.c.head_seq)).where(
        sealed_head.c.case_id == case_id, sealed_head.c.kind == EVENTS
    )
    return conn.scalar(upto) or 0, problems


def _unlike(conn: Connection, case_id: int, kind: str) -> list[Sealed]:
    """The first sealed head of a chain whose row is gone or another one now."""
    table, head = _TABLES[kind], sealed_head.c
    query = (
        select(head.head_seq, head.head_mac)
        .outerjoin(table, (table.c.case_id == head.case_id) & (table.c.seq == head.head_seq))
        .where(head.case_id == case_id, head.kind == kind)
        .where(table.c.mac.is_(None) | (table.c.mac != head.head_mac))
        .order_by(head.head_seq).limit(1)
    )
    return [Sealed(case_id, kind, row.head_seq, bytes(row.head_mac)) for row in conn.execute(query)]


def differs(conn: Connection, one: Sealed) -> list[Text]:
    """What is wrong with a chain that had this end once: that row must still stand, whatever came after it."""
    said, table = _KINDS[one.kind], _TABLES[one.kind]
    mac = conn.scalar(select(table.c.mac).where(table.c.case_id == one.case_id, table.c.seq == one.head_seq))
    if mac is None:
        return [Text(
            f"خُتمت {said.ar} عند {one.head_seq} وهي أقصر الآن: حُذفت أو أُعيدت إلى ما قبل ذلك.",
            f"case {one.case_id}: the {said.in_('en')} were sealed at {one.head_seq} and are shorter now: "
            "taken away, or put back to an earlier state")]
    if not hmac.compare_digest(bytes(mac), one.head_mac):
        return [Text(
            f"العنصر {one.head_seq} من {said.ar} غير الذي خُتم: كُتب التاريخ من جديد.",
            f"case {one.case_id}: number {one.head_seq} of the {said.in_('en')} is not the one that was sealed: "
            "written anew")]
    return []


_TABLES = {EVENTS: event, READINGS: read_log}
_KINDS = {EVENTS: Text("الأحداث", "events"), READINGS: Text("القراءات", "readings")}


def _all(conn: Connection) -> Iterator[tuple[Any, list[Sealed]]]:
    """Every seal with its heads, in order, a few at a time."""
    after = 0
    while page := conn.execute(select(seal).where(seal.c.seq > after).order_by(seal.c.seq).limit(50)).all():
        heads = _heads_of(conn, [row.seq for row in page])
        for row in page:
            yield row, heads.get(row.seq, [])
        after = page[-1].seq


def _heads_of(conn: Connection, numbers: Iterable[int]) -> dict[int, list[Sealed]]:
    found: dict[int, list[Sealed]] = {}
    for row in conn.execute(select(sealed_head).where(sealed_head.c.seal_seq.in_(list(numbers)))):
        sealed = Sealed(row.case_id, row.kind, row.head_seq, bytes(row.head_mac))
        found.setdefault(row.seal_seq, []).append(sealed)
    return found


def _is_authentic(conn: Connection, vault: Vault, number: int) -> bool:
    rows = {r.seq: r for r in conn.execute(select(seal).where(seal.c.seq.in_([number - 1, number])))}
    made, earlier = rows.get(number), rows.get(number - 1)
    if made is None or (earlier is None and number > 1):
        return False
    before = Anchor(number - 1, bytes(earlier.mac) if earlier is not None else b"")
    heads = _heads_of(conn, [number]).get(number, [])
    return hmac.compare_digest(bytes(made.mac), _mac(vault, before, number, made.sealed_at, heads))


def _vanished(conn: Connection) -> list[Text]:
    gone = (
        select(sealed_head.c.case_id).distinct().order_by(sealed_head.c.case_id)
        .where(~exists().where(case_file.c.id == sealed_head.c.case_id)).limit(100)
    )
    return [
        Text(f"الملف {case_id} خُتم من قبل ولم يعد موجوداً.", f"case {case_id} was sealed and is no longer there")
        for case_id in conn.scalars(gone)
    ]


def _missing(number: int) -> Text:
    return Text(f"الختم {number} مفقود.", f"seal {number} is missing")


def _mac(vault: Vault, before: Anchor, seq: int, at: datetime, heads: Iterable[Sealed]) -> bytes:
    lines = sorted(f"{h.case_id} {h.kind} {h.head_seq} {h.head_mac.hex()}" for h in heads)
    return vault.mac("seal", before.mac + f"|{seq}|{to_micros(at)}|".encode() + "\n".join(lines).encode())
