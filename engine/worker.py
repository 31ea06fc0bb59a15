"""The worker: due timers, deadlines of work items, and calls to the outside. Any number of them share one database;
what one has taken is leased to it, so that none acts twice, and what it drops is taken again when the lease ends."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import Any

from sqlalchemy import Connection

from engine.bpmn import BpmnError, NotOpen, Runaway
from engine.calls import CALL_TYPES, Work
from engine.calls.work import CallFailed
from engine.commands.waiting import escalate, fail_call, finish_call, fire_timer
from engine.errors import Conflict, MasarError, NotFound, Unavailable
from engine.feel.codec import loads
from engine.masar import Masar
from engine.store import cases, jobs, queue

LEASE = timedelta(seconds=60)
BATCH = 20
MOST_TIMER_ATTEMPTS = 5
FIRST_RETRY = timedelta(seconds=10)
log = logging.getLogger("masar.worker")


@dataclass
class Done:
    """What one pass did."""

    timers: int = 0
    deadlines: int = 0
    calls: int = 0

    @property
    def anything(self) -> bool:
        """Whether there may be more to do at once."""
        return bool(self.timers or self.deadlines or self.calls)


def work_until(masar: Masar, stop: Event) -> None:
    """Passes until told to stop; a lost database is waited for."""
    while not stop.is_set():
        try:
            busy = run_pass(masar).anything
        except Unavailable:
            log.warning("the database does not answer; waiting")
            busy = False
        if not busy:
            stop.wait(masar.settings.worker_poll_seconds)


def run_pass(masar: Masar) -> Done:
    """Does what is due now, a batch of each; costs one statement when nothing is."""
    done, now = Done(), masar.clock()
    with masar.db.read() as conn:
        due = queue.next_due_at(conn)
    if due is None or due > now:
        return done
    for timer in _take(masar, queue.take_due_timers):
        _fire(masar, timer)
        done.timers += 1
    for item in _take(masar, queue.take_due_deadlines):
        escalate(masar, item.id)
        done.deadlines += 1
    for job in _take(masar, queue.take_due_jobs):
        _call(masar, job)
        done.calls += 1
    return done


def _take(masar: Masar, take: Callable[..., Any]) -> Any:
    now = masar.clock()
    return masar.db.run(lambda conn: take(conn, now, BATCH, LEASE))


def _fire(masar: Masar, timer: Any) -> None:
    try:
        fire_timer(masar, timer)
    except (NotOpen, NotFound):
        return  # the case went another way meanwhile
    except (BpmnError, Runaway, Conflict) as problem:
        log.error("timer %s did not move its case: %s", timer.id, type(problem).__name__)
        if timer.attempts >= MOST_TIMER_ATTEMPTS:
            masar.db.run(lambda conn: queue.give_up_timer(conn, timer.id))


def _call(masar: Masar, job: Any) -> None:
    """Carries a call out and tells its case; tries again later, with growing pauses, then makes it an incident."""
    try:
        answer = CALL_TYPES[job.type](masar, _work_of(masar, job))
    except (CallFailed, MasarError, KeyError) as problem:
        _failed(masar, job, str(problem))
        return
    try:
        finish_call(masar, job, answer)
    except (NotOpen, NotFound):
        return  # an earlier try that was thought lost told the case already


def _failed(masar: Masar, job: Any, why: str) -> None:
    log.warning("call %s (%s) failed, attempt %s", job.id, job.type, job.attempts)
    if job.attempts < job.retries:
        pause = FIRST_RETRY * 3 ** (job.attempts - 1)
        next_at = masar.clock() + pause
        masar.db.run(
            lambda conn: jobs.put_off(conn, masar.vault, job.case_id, job.id, job.attempts, why, next_at)
        )
        return
    try:
        fail_call(masar, job, why)
    except (NotOpen, NotFound):
        return


def _work_of(masar: Masar, job: Any) -> Work:
    def read(conn: Connection) -> Any:
        return cases.load(conn, masar.vault, job.case_id)

    with masar.db.read() as conn:
        case = read(conn)
    if case is None:
        raise NotFound
    content: Any = loads(jobs.open_payload(masar.vault, job.case_id, job.payload).decode())
    return Work(
        job.id, job.case_id, case.unit_id, case.unit_path, case.number, content["headers"], content["variables"]
    )
