"""The one place that commits: read transactions, THE transaction, silent retries, and what a lost database
means."""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from engine.errors import Conflict, Unavailable
from engine.text import Text

T = TypeVar("T")
P = TypeVar("P")

ATTEMPTS = 4  # the first and three silent retries
BUSY_MILLISECONDS = 4000
_RETRYABLE_STATES = {"40001", "40P01", "55P03", "23505"}  # serialization, deadlock, lock timeout, unique
_OUT_OF_REACH = Text(
    "قاعدة البيانات لا تستجيب الآن. لم يُفقد ما حُفظ؛ أعد المحاولة بعد لحظات.",
    "The database does not answer right now. Nothing saved is lost; try again in a moment.",
)
_CHANGED = Text(
    "تغيّر ما تعمل عليه أثناء الحفظ. أعد فتح الصفحة ثم حاول مرة أخرى.",
    "This changed while it was being saved. Open the page again and retry.",
)


class StaleVersion(Exception):
    """The case changed between reading and writing it; `Database.run` starts the command over."""


@dataclass
class Counted:
    """What was sent to the database while counting."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0


class Database:
    """One database, SQLite or PostgreSQL, shared by all threads of a process."""

    def __init__(self, url: str, *, pool_size: int = 8, schema: str | None = None) -> None:
        """`schema` puts all unqualified tables into that schema (PostgreSQL only)."""
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite(url, pool_size) if self.is_sqlite else _postgresql(url, pool_size, schema)
        self._reader = self.engine.execution_options(
            **({} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})
        )

    def do_not_wait_for_the_disk(self) -> None:
        """For synthetic data only: a commit no longer waits until it is safe from a loss of power."""
        said = "PRAGMA synchronous=OFF" if self.is_sqlite else "SET synchronous_commit TO off"

        @event.listens_for(self.engine, "connect")
        def hurry(connection: Any, _record: Any) -> None:
            connection.execute(said).close()

        self.engine.dispose()  # connections that wait already

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view for reading, ended without a commit. Raises Unavailable when the database is
        lost."""
        try:
            with self._reading() as conn:
                yield conn
        except SQLAlchemyError as error:
            raise _translated(error) from error

    def run(self, work: Callable[[Connection], T]) -> T:
        """THE transaction: `work` reads and writes, then one commit.

        `work` may run up to four times (busy, deadlock, a lost race, StaleVersion), so it must do nothing
        outside the database. Raises Conflict when it lost every race, Unavailable when the database is lost.
        """
        return self._retrying(lambda: self._commit(work))

    def prepare_and_run(self, prepare: Callable[[Connection], P], work: Callable[[Connection, P], T]) -> T:
        """As `run`, with the thinking outside the write lock: `prepare` reads (and moves the case) in a read
        transaction that is ended first, `work` then writes and raises StaleVersion where the ground has
        moved; a retry starts over with `prepare`."""

        def attempt() -> T:
            with self._reading() as conn:
                prepared = prepare(conn)
            return self._commit(lambda conn: work(conn, prepared))

        return self._retrying(attempt)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._reader.connect() as conn, conn.begin() as transaction:
            try:
                self._begin(conn, "BEGIN")
                yield conn
            finally:
                transaction.rollback()

    def _begin(self, conn: Connection, how: str) -> None:
        """SQLite's driver begins nothing by itself (see `_sqlite`). Said here and not by a listener of the library:
        one listener makes every statement slower."""
        if self.is_sqlite:
            conn.exec_driver_sql(how)

    def _retrying(self, attempt: Callable[[], T]) -> T:
        for left in reversed(range(ATTEMPTS)):
            try:
                return attempt()
            except StaleVersion as stale:
                if not left:
                    raise Conflict(_CHANGED) from stale
            except SQLAlchemyError as error:
                if not left or not _may_retry(error):
                    raise _translated(error) from error
            time.sleep(random.uniform(0.002, 0.02) * (ATTEMPTS - left))
        raise AssertionError("unreachable")

    def _commit(self, work: Callable[[Connection], T]) -> T:
        with self.engine.connect() as conn:
            transaction = conn.begin()
            try:
                self._begin(conn, "BEGIN IMMEDIATE")
                result = work(conn)
            except BaseException:
                if not conn.invalidated:
                    transaction.rollback()
                raise
            try:
                transaction.commit()
            except DBAPIError as error:
                if error.connection_invalidated:  # nobody knows whether it was saved: never run it twice
                    raise Unavailable(_OUT_OF_REACH) from error
                raise
            return result

    @contextmanager
    def counted(self) -> Iterator[Counted]:
        """Counts statements (without BEGIN) and commits of this process, for tests and figures."""
        counted = Counted()

        def statement(_c: Connection, _cursor: Any, text: str, _p: Any, _x: Any, _many: bool) -> None:
            if not text.startswith("BEGIN"):
                counted.statements.append(text)

        def commit(_c: Connection) -> None:
            counted.commits += 1

        event.listen(self.engine, "before_cursor_execute", statement)
        event.listen(self.engine, "commit", commit)
        try:
            yield counted
        finally:
            event.remove(self.engine, "before_cursor_execute", statement)
            event.remove(self.engine, "commit", commit)

    def scrub(self, table: str) -> None:
        """Overwrites what deleted or updated rows of a table left behind in the files of the database."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
            # SQLite overwrites what it frees (secure_delete) but keeps the old pages in its log
            statement = "PRAGMA wal_checkpoint(TRUNCATE)" if self.is_sqlite else f"VACUUM FULL {table}"
            conn.exec_driver_sql(statement)

    def close(self) -> None:
        """Gives back all connections."""
        self.engine.dispose()


def _sqlite(url: str, pool_size: int) -> Engine:
    path = make_url(url).database
    if path:
        _make_private(Path(path))
    engine = create_engine(url, pool_size=pool_size, max_overflow=pool_size, pool_timeout=5, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver must not begin transactions of its own
        for pragma in (
            f"busy_timeout={BUSY_MILLISECONDS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
            "cache_size=-16000",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def _make_private(file: Path) -> None:
    """Makes the file of a database, or takes an older one from other eyes; what SQLite lays beside it follows it."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):  # somebody else's, or no file at all: opening it will tell
        os.close(os.open(file, os.O_RDONLY | os.O_CREAT, 0o600))
        if file.stat().st_mode & 0o077:
            file.chmod(0o600)


def _postgresql(url: str, pool_size: int, schema: str | None) -> Engine:
    options = {"connect_timeout": 3, "application_name": "masar"}
    if schema:
        options["options"] = f"-csearch_path={schema}"
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=5,
        pool_pre_ping=True,
        hide_parameters=True,  # errors end up in logs
        connect_args=options,
    )


def _may_retry(error: SQLAlchemyError) -> bool:
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:  # lost before the commit was asked for: nothing was saved
        return True
    message = str(error.orig)
    return (
        getattr(error.orig, "sqlstate", None) in _RETRYABLE_STATES
        or "database is locked" in message
        or "UNIQUE constraint failed" in message
    )


def _translated(error: SQLAlchemyError) -> Exception:
    if isinstance(error, IntegrityError) and _may_retry(error):
        return Conflict(_CHANGED)
    lost = isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and error.connection_invalidated)
    if lost or (isinstance(error, OperationalError) and "no such" not in str(error.orig)):
        return Unavailable(_OUT_OF_REACH)
    return error
