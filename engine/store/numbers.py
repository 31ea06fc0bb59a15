"""Counters that hand out ids and numbers; gaps are allowed, repeats are not."""

from sqlalchemy import BigInteger, Column, Connection, String, Table

from engine.kinds import LETTERS
from engine.store.dialect import insert_or
from engine.store.metadata import metadata

counter = Table(
    "counter",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
"""The last value handed out under each name."""


def take(conn: Connection, name: str, count: int = 1) -> int:
    """The next value of a counter (the first of `count` of them), starting at 1. The row stays locked until
    the commit, so take numbers in a short transaction of their own, before the long one."""
    statement = insert_or(conn, counter).values(name=name, value=count)
    statement = statement.on_conflict_do_update(
        index_elements=[counter.c.name], set_={"value": counter.c.value + count}
    )
    last: int = conn.execute(statement.returning(counter.c.value)).scalar_one()
    return last - count + 1


def take_case(conn: Connection, kind: str, year: int) -> tuple[int, str]:
    """A fresh id and number for a file of a kind: (17, "C-2026-000012")."""
    number = take(conn, f"{kind} {year}")
    return take(conn, "case_file"), f"{LETTERS[kind]}-{year}-{number:06d}"
