"""The worker: due timers, deadlines of work items, and calls to the outside. Any number of them share one database;
what one has taken is leased to it, so that none acts twice, and what it drops is taken again when the lease ends."""

import logging
import secrets
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import Any

from sqlalchemy import Connection

from engine.bpmn import BpmnError, NotOpen
from engine.calls import CALL_TYPES, Work
from engine.commands.inspections import begin_inspections, open_due_inspections
from engine.commands.messages import tell_owed
from engine.commands.migration_job import work_on_migrations
from engine.commands.ownerless import begin_rounds, look_for_ownerless
from engine.commands.sealing import begin_sealing, seal_if_due
from engine.commands.throttling import forget
from engine.commands.waiting import escalate, fail_call, fail_timer, finish_call, fire_timer
from engine.errors import Conflict, Invalid, MasarError, NotFound, Unavailable
from engine.feel.codec import loads
from engine.masar import Masar
from engine.store import cases, jobs, provider_records, queue, worker_passes
from engine.text import Text

LEASE = timedelta(seconds=60)
BATCH = 20
EVERY_MINUTE = timedelta(minutes=1)
FIRST_RETRY = timedelta(seconds=10)
LONGEST_RETRY = timedelta(hours=1)
log = logging.getLogger("masar.worker")


@dataclass
class Done:
    """What one pass did."""

    timers: int = 0
    deadlines: int = 0
    calls: int = 0
    told: int = 0
    """Messages that were owed to cases."""
    handed_on: int = 0
    """Work items that nobody could do."""
    migrated: int = 0
    """Cases that were moved to a newer version, or looked at for it."""

    @property
    def anything(self) -> bool:
        """Whether there may be more to do at once."""
        return any((self.timers, self.deadlines, self.calls, self.told, self.handed_on, self.migrated))


def work_until(masar: Masar, stop: Event) -> None:
    """Passes until told to stop; a lost database is waited for."""
    begun, next_minute = False, masar.clock()
    me = secrets.randbits(62)
    while not stop.is_set():
        try:
            if masar.clock() >= next_minute:
                forget(masar)
                masar.db.run(lambda conn: provider_records.forget(conn, masar.clock()))
                masar.db.run(lambda conn: worker_passes.note(conn, me, masar.clock()))
                next_minute = masar.clock() + EVERY_MINUTE
            if not begun:
                begin_rounds(masar)
                begin_sealing(masar)
                begin_inspections(masar)
                begun = True
            busy = run_pass(masar, stop.wait).anything
        except (Unavailable, Conflict):
            log.warning("the database does not answer, or everybody wants the same; waiting")
            busy = False
        except Exception as problem:  # a mistake of ours: other cases go on, and somebody reads the log
            log.error("a pass ended early: %s", _place_of(problem))
            busy = False
        if not busy:
            stop.wait(masar.settings.worker_poll_seconds)


def run_pass(masar: Masar, rest: Callable[[float], object] | None = None) -> Done:
    """Does what is due now, a batch of each; costs one statement when nothing is. `rest` lets others in between while
    cases are migrated."""
    done, now = Done(), masar.clock()
    with masar.db.read() as conn:
        due = {kind for kind, at in queue.next_moments(conn).items() if at <= now}
    for timer in _take(masar, queue.take_due_timers) if "timer" in due else ():
        _guarded(masar, "timer", timer, _fire)
        done.timers += 1
    for item in _take(masar, queue.take_due_deadlines) if "work_item" in due else ():
        _guarded(masar, "work_item", item, _escalate)
        done.deadlines += 1
    for owed in _take(masar, queue.take_owed_messages) if "owed_message" in due else ():
        _guarded(masar, "owed_message", owed, tell_owed)
        done.told += 1
    if "call_job" in due or done.timers or done.told:  # both may call for something at once
        done.calls = _do_calls(masar)
    if "round" in due:
        done.handed_on = look_for_ownerless(masar)
        seal_if_due(masar)
        open_due_inspections(masar)
    if "migration" in due:
        done.migrated = _migrate(masar, rest)
    return done


def _do_calls(masar: Masar) -> int:
    """Does calls one by one: a slow answer must not outlast the lease of the calls behind it."""
    count = 0
    while count < BATCH and (taken := _take(masar, queue.take_due_jobs, 1)):
        _guarded(masar, "call_job", taken[0], _call)
        count += 1
    return count


def _migrate(masar: Masar, rest: Callable[[float], object] | None) -> int:
    try:
        return work_on_migrations(masar, rest).cases
    except Unavailable:
        raise
    except MasarError as problem:  # a version that does not load: the lease ends, and others go on
        log.error("a migration is put off: %s", _place_of(problem))
        return 0


def _take(masar: Masar, take: Callable[..., Any], limit: int = BATCH) -> Any:
    now = masar.clock()
    return masar.db.run(lambda conn: take(conn, now, limit, LEASE))


def _guarded(masar: Masar, kind: queue.Kind, row: Any, act: Callable[[Masar, Any], None]) -> None:
    """Acts on a row that was taken. Whatever is wrong with its case (a destroyed key, a bundle that does not load, a
    mistake of ours) is written down and tried again later, with growing pauses: no case may stop the others."""
    try:
        act(masar, row)
    except (NotOpen, NotFound):
        return  # the case went another way meanwhile
    except Unavailable:
        raise
    except Exception as problem:
        log.error("%s %s is put off: %s", kind, row.id, _place_of(problem))
        next_at = masar.clock() + _pause(getattr(row, "attempts", 1))
        masar.db.run(lambda conn: queue.put_off(conn, kind, row.id, next_at))


def _place_of(problem: Exception) -> str:
    """What went wrong and where, never what it says: messages quote people's data."""
    last = traceback.extract_tb(problem.__traceback__)[-1]
    return f"{type(problem).__name__} at {last.filename}:{last.lineno}"


def _pause(attempts: int) -> timedelta:
    return min(LONGEST_RETRY, FIRST_RETRY * int(3 ** min(attempts - 1, 9)))


def _fire(masar: Masar, timer: Any) -> None:
    try:
        fire_timer(masar, timer)
    except (BpmnError, Invalid) as problem:  # trying again by itself would fail the same way
        fail_timer(masar, timer, problem.text)


def _escalate(masar: Masar, item: Any) -> None:
    escalate(masar, item.id)


def _call(masar: Masar, job: Any) -> None:
    """Carries a call out and tells its case; tries again later, with growing pauses, then makes it an incident."""
    try:
        answer = CALL_TYPES[job.type](masar, _work_of(masar, job))
    except Unavailable:
        raise
    except MasarError as problem:
        _failed(masar, job, problem.text)
        return
    except Exception as problem:  # a mistake of ours, or of the list of destinations: it must be seen
        log.error("call %s (%s): %s", job.id, job.type, _place_of(problem))
        kind = type(problem).__name__
        _failed(masar, job, Text(f"تعذّر إجراء الاتصال ({kind}).", f"The call could not be carried out ({kind})."))
        return
    try:
        finish_call(masar, job, answer)
    except (BpmnError, Invalid) as problem:  # done, but the case cannot go on: never done again by itself
        fail_call(masar, job, problem.text)


def _failed(masar: Masar, job: Any, why: Text) -> None:
    log.warning("call %s (%s) failed, attempt %s", job.id, job.type, job.attempts)
    if job.attempts >= job.retries:
        fail_call(masar, job, why)
        return
    next_at = masar.clock() + _pause(job.attempts)
    masar.db.run(lambda conn: jobs.put_off(conn, masar.vault, job.case_id, job.id, job.attempts, why.en, next_at))


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
