"""The store of wrapped case keys: a database of its own, with its own short-lived backups, so that a
destroyed key is gone for good."""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)

from engine.store.database import Database
from engine.store.metadata import Id, Moment, Rows

PG_SCHEMA = "masar_keys"
_metadata = MetaData()

case_key = Table(
    "case_key",
    _metadata,
    Column("case_id", Id, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary),
    Column("wrapped_by", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("destroyed_at", Moment),
)
"""One key per case or report, wrapped by the master key `wrapped_by`; no `wrapped` once it was destroyed."""

seal_anchor = Table(
    "seal_anchor",
    _metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("mac", LargeBinary, nullable=False),
)
"""Where the chain of seals of the main database ends: one row, kept apart from it, so that whoever puts the whole
database back to an earlier day must reach this one too."""


class KeyStore:
    """Wrapped keys, read and written outside the transactions of the main database."""

    def __init__(self, url: str) -> None:
        schema = None if url.startswith("sqlite") else PG_SCHEMA
        self._db = Database(url, pool_size=4, schema=schema)

    def create(self) -> None:
        """Makes the table (and on PostgreSQL its schema) where it is missing."""

        def work(conn: Connection) -> None:
            if not self._db.is_sqlite:
                conn.execute(text(f"CREATE SCHEMA IF NOT EXISTS {PG_SCHEMA}"))
            _metadata.create_all(conn)

        self._db.run(work)

    def get(self, case_id: int) -> tuple[str, bytes | None] | None:
        """Which master key wrapped it, and the wrapped key (None once destroyed); None when there never was
        one."""
        with self._db.read() as conn:
            row = conn.execute(
                select(case_key.c.wrapped_by, case_key.c.wrapped).where(case_key.c.case_id == case_id)
            ).first()
        return None if row is None else (row.wrapped_by, row.wrapped)

    def add(self, case_id: int, wrapped_by: str, wrapped: bytes, now: datetime) -> None:
        """Keeps a new key. Raises Conflict when the case has one."""
        values = {"case_id": case_id, "wrapped_by": wrapped_by, "wrapped": wrapped, "created_at": now}
        self._db.run(lambda conn: conn.execute(insert(case_key).values(values)))

    def destroy(self, case_id: int, now: datetime) -> bool:
        """Erases a key for good and remembers when; False when there was none left."""
        done = self._db.run(
            lambda conn: (
                conn.execute(
                    update(case_key)
                    .where(case_key.c.case_id == case_id, case_key.c.wrapped.is_not(None))
                    .values(wrapped=None, destroyed_at=now)
                ).rowcount
            )
        )
        self._db.scrub(case_key.name)
        return bool(done)

    def rewrap(self, old: str, new: str, change: Callable[[int, bytes], bytes], batch: int = 500) -> int:
        """Wraps every key of one master key under another, batch by batch; returns how many."""
        count = 0
        while changed := self._db.run(lambda conn: _rewrap_some(conn, old, new, change, batch)):
            count += changed
        self._db.scrub(case_key.name)
        return count

    def counts(self) -> dict[str, int]:
        """How many living keys each master key wraps."""
        query = (
            select(case_key.c.wrapped_by, func.count())
            .where(case_key.c.wrapped.is_not(None))
            .group_by(case_key.c.wrapped_by)
        )
        with self._db.read() as conn:
            return {name: count for name, count in conn.execute(query)}

    def first_wrapper(self) -> str | None:
        """Which master key wraps the first key (a living one, where there is any); None when there are no keys."""
        query = select(case_key.c.wrapped_by).order_by(case_key.c.wrapped.is_(None)).limit(1)
        with self._db.read() as conn:
            return conn.scalar(query) if inspect(conn).has_table(case_key.name) else None

    def page(self, after: int = -1, limit: int = 1000) -> Rows:
        """All rows in order of case, page by page, for the backup of the keys."""
        query = select(case_key).where(case_key.c.case_id > after).order_by(case_key.c.case_id).limit(limit)
        with self._db.read() as conn:
            return conn.execute(query).all()

    def restore(self, rows: Sequence[dict[str, object]]) -> None:
        """Puts rows of a backup back."""
        self._db.run(lambda conn: conn.execute(insert(case_key), list(rows)))

    def anchor(self) -> tuple[int, bytes] | None:
        """Number and mac of the last seal that was kept here; None before the first."""
        with self._db.read() as conn:
            if not inspect(conn).has_table(seal_anchor.name):
                return None
            row = conn.execute(select(seal_anchor).order_by(seal_anchor.c.seq.desc()).limit(1)).first()
        return None if row is None else (row.seq, bytes(row.mac))

    def keep_anchor(self, seq: int, mac: bytes, *, back: bool = False) -> None:
        """Keeps the end of the chain of seals. It only goes forward, unless a backup was restored (`back`)."""

        def work(conn: Connection) -> None:
            if not inspect(conn).has_table(seal_anchor.name):  # made by an earlier version
                _metadata.create_all(conn)
            known = conn.scalar(select(func.max(seal_anchor.c.seq))) or 0
            if seq > known or back:
                conn.execute(delete(seal_anchor))
                if seq:
                    conn.execute(insert(seal_anchor).values(seq=seq, mac=mac))

        self._db.run(work)

    def close(self) -> None:
        """Gives back all connections."""
        self._db.close()


def _rewrap_some(
    conn: Connection, old: str, new: str, change: Callable[[int, bytes], bytes], batch: int
) -> int:
    query = (
        select(case_key.c.case_id, case_key.c.wrapped)
        .where(case_key.c.wrapped_by == old, case_key.c.wrapped.is_not(None))
        .limit(batch)
        .with_for_update()
    )
    changed = [{"of": case_id, "to": change(case_id, wrapped)} for case_id, wrapped in conn.execute(query)]
    if changed:
        statement = (
            update(case_key)
            .where(case_key.c.case_id == bindparam("of"))
            .values(wrapped=bindparam("to"), wrapped_by=new)
        )
        conn.execute(statement, changed)
    return len(changed)
