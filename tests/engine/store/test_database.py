"""THE transaction: one commit, silent retries, and plain words when the database is lost."""

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, func, insert, select, text

from engine.errors import Conflict, Unavailable
from engine.store import numbers
from engine.store.database import ATTEMPTS, Database, StaleVersion
from engine.store.numbers import counter
from tests import postgres


def kept(db: Database, name: str) -> int | None:
    with db.read() as conn:
        return conn.scalar(select(counter.c.value).where(counter.c.name == name))


def test_work_is_committed_once(db: Database) -> None:
    with db.counted() as counted:
        assert db.run(lambda conn: numbers.take(conn, "x")) == 1
    assert (len(counted.statements), counted.commits) == (1, 1)
    assert kept(db, "x") == 1


def test_work_that_fails_leaves_nothing(db: Database) -> None:
    def work(conn: Connection) -> None:
        numbers.take(conn, "x")
        raise KeyError("x")

    with pytest.raises(KeyError):
        db.run(work)
    assert kept(db, "x") is None


def test_reading_never_writes(db: Database) -> None:
    with db.counted() as counted, db.read() as conn:
        conn.execute(select(func.count()).select_from(counter))
    assert counted.commits == 0


def test_a_stale_case_is_tried_again_and_then_told(db: Database) -> None:
    attempts: list[int] = []

    def succeed_at_third(conn: Connection) -> int:
        attempts.append(numbers.take(conn, "x"))
        if len(attempts) < 3:
            raise StaleVersion
        return attempts[-1]

    assert db.run(succeed_at_third) == 1

    def never(_conn: Connection) -> None:
        attempts.append(0)
        raise StaleVersion

    attempts.clear()
    with pytest.raises(Conflict):
        db.run(never)
    assert len(attempts) == ATTEMPTS


def test_preparing_happens_outside_the_write_lock_and_anew_at_every_attempt(db: Database) -> None:
    prepared: list[int | None] = []

    def prepare(conn: Connection) -> int | None:
        prepared.append(conn.scalar(select(counter.c.value).where(counter.c.name == "x")))
        if len(prepared) == 1:  # somebody else writes meanwhile, and is not held up
            db.run(lambda other: numbers.take(other, "x"))
        return prepared[-1]

    def work(conn: Connection, before: int | None) -> int:
        if conn.scalar(select(counter.c.value).where(counter.c.name == "x")) != before:
            raise StaleVersion
        return numbers.take(conn, "x")

    assert db.prepare_and_run(prepare, work) == 2
    assert prepared == [None, 1]


def test_a_row_that_somebody_else_inserted_first_is_found_at_the_second_attempt(db: Database) -> None:
    db.run(lambda conn: conn.execute(insert(counter).values(name="x", value=41)))
    tried: list[int] = []

    def work(conn: Connection) -> int:
        if not tried:
            tried.append(1)
            conn.execute(insert(counter).values(name="x", value=1))
        return numbers.take(conn, "x")

    assert db.run(work) == 42


def test_writers_at_the_same_time_all_succeed(db: Database) -> None:
    failed: list[BaseException] = []

    def many() -> None:
        try:
            for _ in range(20):
                db.run(lambda conn: numbers.take(conn, "x"))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=many) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failed, kept(db, "x")) == ([], 120)


def test_a_writer_holds_up_no_reader(db: Database) -> None:
    def work(conn: Connection) -> int | None:
        numbers.take(conn, "x")
        return kept(db, "x")

    assert db.run(work) is None


def test_a_read_is_one_view_of_the_database(db: Database) -> None:
    query = select(counter.c.value).where(counter.c.name == "x")
    with db.read() as conn:
        before = conn.scalar(query)
        db.run(lambda other: numbers.take(other, "x"))
        assert conn.scalar(query) == before


def test_a_database_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "dir").mkdir()
    for url in (f"sqlite:///{tmp_path / 'dir'}", "postgresql+psycopg://x@127.0.0.1:1/x"):
        db = Database(url)
        with pytest.raises(Unavailable):
            db.run(lambda conn: conn.execute(text("SELECT 1")))
        with pytest.raises(Unavailable), db.read() as conn:
            conn.execute(text("SELECT 1"))
        db.close()


@pytest.fixture
def on_postgres() -> Iterator[Database]:
    url = postgres.new_database()
    db = Database(url)
    yield db
    db.close()
    postgres.drop_database(url)


def cut_all(db: Database) -> None:
    """Ends every connection to a database, as a restart of the server does."""
    with psycopg.connect(postgres.server_url(), autocommit=True) as conn:
        conn.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (db.url.database,))


def test_connections_that_died_while_idle_are_replaced_silently(on_postgres: Database) -> None:
    on_postgres.run(lambda conn: numbers.take(conn, "x"))
    cut_all(on_postgres)
    assert on_postgres.run(lambda conn: numbers.take(conn, "x")) == 2
    cut_all(on_postgres)
    assert kept(on_postgres, "x") == 2


def test_work_cut_off_before_its_commit_is_done_again(on_postgres: Database) -> None:
    cut: list[int] = []

    def work(conn: Connection) -> int:
        number = numbers.take(conn, "x")
        if not cut:
            cut.append(1)
            cut_all(on_postgres)
        conn.execute(text("SELECT 1"))
        return number

    assert on_postgres.run(work) == 1
    assert kept(on_postgres, "x") == 1


def test_a_commit_nobody_answered_is_never_run_twice(on_postgres: Database) -> None:
    runs: list[int] = []

    def work(conn: Connection) -> None:
        runs.append(numbers.take(conn, "x"))
        cut_all(on_postgres)

    with pytest.raises(Unavailable):
        on_postgres.run(work)
    assert runs == [1]
