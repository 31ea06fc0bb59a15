"""One-time links by which a provider without an account answers one offer."""

from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, Table, insert, select, update

from engine.store.metadata import AnyRow, Id, Moment, Rows, metadata
from engine.store.vault import Vault

answer_link = Table(
    "answer_link",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("case_id", Id, nullable=False),
    Column("wait_id", Id, nullable=False),
    Column("made_by", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("opened_at", Moment),
    Column("used_at", Moment),
    Column("ended_at", Moment),
    Column("payload", LargeBinary, nullable=False),
    Index("ix_answer_link_wait_id", "wait_id"),
    Index("ix_answer_link_case_id", "case_id"),
)
"""The token itself is shown once and kept nowhere: `token_hash` is a keyed hash of it. `payload` tells for whom it was
made, sealed with the key of the case."""

_link = answer_link.c
_LIVING = _link.used_at.is_(None) & _link.ended_at.is_(None)


def add(
    conn: Connection, vault: Vault, token_hash: bytes, case_id: int, wait_id: int, made_by: int, for_whom: str,
    now: datetime, expires_at: datetime,
) -> int:
    """Writes a new link down; every earlier one to the same offer ends with it."""
    end_all(conn, wait_id, now)
    sealed = vault.seal(case_id, _purpose(wait_id), for_whom.encode())
    values = {
        "token_hash": token_hash, "case_id": case_id, "wait_id": wait_id, "made_by": made_by, "made_at": now,
        "expires_at": expires_at, "payload": sealed,
    }
    return int(conn.execute(insert(answer_link).values(values).returning(_link.id)).scalar_one())


def find(conn: Connection, token_hash: bytes) -> AnyRow | None:
    """The link with a token, living or not."""
    return conn.execute(select(answer_link).where(_link.token_hash == token_hash)).first()


def of_wait(conn: Connection, wait_id: int) -> Rows:
    """The links that were made to an offer, newest first."""
    return conn.execute(select(answer_link).where(_link.wait_id == wait_id).order_by(_link.id.desc())).all()


def for_whom(vault: Vault, row: AnyRow) -> str:
    """For whom a link was made, as its maker wrote it."""
    return vault.open(row.case_id, _purpose(row.wait_id), row.payload).decode()


def opened(conn: Connection, link_id: int, now: datetime) -> None:
    """Notes when a link was first opened."""
    conn.execute(update(answer_link).where(_link.id == link_id, _link.opened_at.is_(None)).values(opened_at=now))


def use(conn: Connection, link_id: int, now: datetime) -> bool:
    """Uses a link up; False where it was used, ended or too old by then."""
    living = update(answer_link).where(_link.id == link_id, _LIVING, _link.expires_at > now)
    return bool(conn.execute(living.values(used_at=now)).rowcount)


def end_all(conn: Connection, wait_id: int, now: datetime) -> bool:
    """Ends every living link to an offer; whether there was one."""
    living = update(answer_link).where(_link.wait_id == wait_id, _LIVING)
    return bool(conn.execute(living.values(ended_at=now)).rowcount)


def _purpose(wait_id: int) -> str:
    return f"answer link {wait_id}"
