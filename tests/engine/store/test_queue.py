"""What workers take is theirs for a lease, and an idle worker costs nothing."""

import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from engine.clock import StoppedClock
from engine.store import jobs, queue, work_items
from engine.store.cases import CaseFile
from engine.store.database import Database
from engine.store.jobs import OpenJob
from engine.store.timers import OpenTimer
from engine.store.vault import Vault
from tests.engine.store.test_projection import an_item, settle
from tests.engine.store.test_worklist import plan_of

LEASE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def waiting(db: Database, vault: Vault, case: CaseFile, clock: StoppedClock) -> CaseFile:
    """A case with three timers an hour apart, twelve jobs to do now, an item to look at in half an hour."""
    base = case.id << 22
    timers = [OpenTimer(base + n, case.id, "p", "e", clock.now + n * HOUR) for n in (1, 2, 3)]
    calls = [OpenJob(base + 100 + n, case.id, "p", "e", "mail", b"{}", clock.now) for n in range(12)]
    item = replace(an_item(case, clock, 9), next_check_at=clock.now + HOUR / 2)
    settle(db, vault, case, clock, *timers, *calls, item)
    return case


def test_only_what_is_due_is_taken_and_only_once(db: Database, waiting: CaseFile, clock: StoppedClock) -> None:
    def take() -> list[int]:
        return db.run(lambda conn: [row.id for row in queue.take_due_timers(conn, clock.now, 10, LEASE)])

    base = waiting.id << 22
    assert take() == []
    clock.advance(2 * HOUR)
    assert take() == [base + 1, base + 2]
    assert take() == []
    clock.advance(LEASE)
    assert take() == [base + 1, base + 2]


def test_deadlines_wait_for_their_next_look(db: Database, waiting: CaseFile, clock: StoppedClock) -> None:
    clock.advance(HOUR)
    (row,) = db.run(lambda conn: queue.take_due_deadlines(conn, clock.now, 10, LEASE))
    assert (row.id, row.rung) == ((waiting.id << 22) + 9, 0)
    db.run(lambda conn: work_items.set_rung(conn, row.id, 1, None))
    clock.advance(100 * HOUR)
    assert db.run(lambda conn: queue.take_due_deadlines(conn, clock.now, 10, LEASE)) == []


@pytest.mark.usefixtures("waiting")
def test_several_workers_never_take_the_same_job(db: Database, clock: StoppedClock) -> None:
    taken: list[int] = []

    def worker() -> None:
        while rows := db.run(lambda conn: queue.take_due_jobs(conn, clock.now, 2, LEASE)):
            taken.extend(row.id for row in rows)

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 12


@pytest.mark.usefixtures("waiting")
def test_a_worker_that_lost_its_lease_changes_nothing(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    (late,) = db.run(lambda conn: queue.take_due_jobs(conn, clock.now, 1, LEASE))
    clock.advance(LEASE)
    again = {row.id: row for row in db.run(lambda conn: queue.take_due_jobs(conn, clock.now, 99, LEASE))}

    def put_off(attempts: int) -> bool:
        later = clock.now + HOUR
        return db.run(lambda conn: jobs.put_off(conn, vault, case.id, late.id, attempts, "no answer", later))

    assert not put_off(late.attempts)
    assert put_off(again[late.id].attempts)


@pytest.mark.usefixtures("waiting")
def test_an_idle_worker_asks_one_question_and_takes_no_lock(db: Database, clock: StoppedClock) -> None:
    with db.counted() as counted, db.read() as conn:
        assert queue.next_due_at(conn) == clock.now
    assert (len(counted.statements), counted.commits) == (1, 0)
    plan = plan_of(db, queue.next_due_at)
    for index in ("ix_timer_next_at", "ix_call_job_next_at", "ix_work_item_next_check_at"):
        assert index in plan


def test_nothing_due_ever_is_said_plainly(db: Database) -> None:
    with db.read() as conn:
        assert queue.next_due_at(conn) is None


@pytest.mark.usefixtures("waiting")
def test_a_timer_put_off_waits_and_a_job_put_aside_waits_for_a_person(
    db: Database, vault: Vault, case: CaseFile, clock: StoppedClock
) -> None:
    clock.advance(9 * HOUR)
    for timer in db.run(lambda conn: queue.take_due_timers(conn, clock.now, 10, LEASE)):
        assert timer.attempts == 1
        db.run(partial(queue.put_off, kind="timer", row_id=timer.id, until=clock.now + HOUR))
    for job in db.run(lambda conn: queue.take_due_jobs(conn, clock.now, 99, LEASE)):
        db.run(partial(jobs.put_off, vault=vault, case_id=case.id, job_id=job.id, attempts=1, error="refused",
                       next_at=None))
    db.run(lambda conn: work_items.set_rung(conn, (case.id << 22) + 9, 5, None))
    with db.read() as conn:
        assert queue.next_due_at(conn) == clock.now + HOUR
    assert db.run(lambda conn: jobs.retry(conn, (case.id << 22) + 100, clock.now))
    with db.read() as conn:
        assert queue.next_due_at(conn) == clock.now
