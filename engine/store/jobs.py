"""Jobs: calls to the outside world, done after the commit, at least once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Index, Integer, LargeBinary, String, Table, update

from engine.store.metadata import Id, Moment, metadata
from engine.store.vault import Vault

call_job = Table(
    "call_job",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("case_id", Id, nullable=False),
    Column("process", String(64), nullable=False),
    Column("element", String(128), nullable=False),
    Column("type", String(64), nullable=False),
    Column("destination", String(128), nullable=False, server_default=""),
    Column("payload", LargeBinary, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_at", Moment),
    Column("last_error", LargeBinary),
    Column("created_at", Moment, nullable=False),
    Column("fingerprint", Id, nullable=False),
    Index("ix_call_job_case_id", "case_id"),
    Index("ix_call_job_next_at", "next_at"),
)
"""A row lives as long as the call is open in its case. `next_at` is when a worker may take it (the end of the
lease once one did), null while it waits for a person. `id` is the idempotency key towards the outside."""


@dataclass(frozen=True)
class OpenJob:
    """A call as a move asks for it; `payload` is canonical JSON of headers and variables."""

    id: int
    case_id: int
    process: str
    element: str
    type: str
    payload: bytes
    created_at: datetime
    destination: str = ""
    retries: int = 3

    def values(self) -> dict[str, object]:
        """The columns that a move decides (the payload still open)."""
        return dict(vars(self))


def open_payload(vault: Vault, case_id: int, sealed: bytes) -> bytes:
    """The payload of a job that a worker took."""
    return vault.open(case_id, "payload", sealed)


def put_off(
    conn: Connection,
    vault: Vault,
    case_id: int,
    job_id: int,
    attempts: int,
    error: str,
    next_at: datetime | None,
) -> bool:
    """Notes that attempt number `attempts` failed and when to try again (None: a person must). False when
    another worker has taken the job meanwhile, or it is gone."""
    mine = (call_job.c.id == job_id) & (call_job.c.attempts == attempts)
    sealed = vault.seal(case_id, "last_error", error.encode())
    return conn.execute(update(call_job).where(mine).values(next_at=next_at, last_error=sealed)).rowcount == 1


def retry(conn: Connection, job_id: int, now: datetime) -> bool:
    """Lets workers try a job again from the first attempt."""
    statement = update(call_job).where(call_job.c.id == job_id).values(next_at=now, attempts=0)
    return conn.execute(statement).rowcount == 1
