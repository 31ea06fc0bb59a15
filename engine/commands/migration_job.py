"""The job behind a migration: cases are moved a few at a time, each in a transaction of its own that also counts it.

Whoever is killed leaves a lease that ends, and the next worker goes on behind the last case that was counted. A case
is never moved twice, since it says itself under which version it runs.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic
from typing import Any

from sqlalchemy import Connection

from engine.bpmn import NotOpen
from engine.bpmn.migrating import CannotMove, Reason, plan_of
from engine.commands.migrating import Migration, ThereAlready, migrate_case
from engine.errors import Conflict, NotFound, Unavailable
from engine.masar import Masar
from engine.store import case_migrations, queue
from engine.store.master_key import KeyTrouble

AT_ONCE = 10
"""Cases between two looks at what else is due."""
LEASE = timedelta(seconds=60)
LONGEST_REST = 1.0
"""Seconds: a case that is dear to move does not stop the worker for long."""
FIRST = frozenset({"timer", "work_item", "call_job"})
"""What is due and goes before the next case."""
log = logging.getLogger("masar.worker")


class Stopped(Exception):
    """The migration runs no more: somebody paused it."""


@dataclass(frozen=True)
class Looked:
    """What one stretch did: how many cases were looked at, in which migration."""

    cases: int = 0
    migration_id: int | None = None


def work_on_migrations(masar: Masar, rest: Callable[[float], object] | None = None) -> Looked:
    """Moves the next few cases of the migration that waits longest, if one runs. After each case it rests as long as
    that took, so that people who write get in between, and it stops where something else is due."""
    now = masar.clock()
    with masar.db.read() as conn:
        if not case_migrations.is_due(conn, now):
            return Looked()
    row = masar.db.run(lambda conn: case_migrations.take(conn, now, now + LEASE))
    if row is None:
        return Looked()
    migration = load(masar, row)
    with masar.db.read() as conn:
        ids = case_migrations.next_cases(conn, migration.old.id, int(row.after_id), AT_ONCE)
    looked = 0
    try:
        for case_id in ids:
            if looked and others_wait(masar):
                break
            began = monotonic()
            _one(masar, migration, case_id)
            looked += 1
            if rest is not None:
                rest(min(monotonic() - began, LONGEST_REST))
    except Stopped:
        return Looked(len(ids), migration.id)
    done = {"state": "done", "finished_at": masar.clock(), "next_at": None}
    values = done if looked == len(ids) < AT_ONCE else {"next_at": masar.clock()}
    masar.db.run(lambda conn: case_migrations.change(conn, migration.id, "running", values))
    return Looked(looked, migration.id)


def others_wait(masar: Masar) -> bool:
    """Whether a timer, a deadline or a call is due: they go before a migration, whose cases can wait."""
    now = masar.clock()
    with masar.db.read() as conn:
        moments = queue.next_moments(conn)
    return any(at <= now for kind, at in moments.items() if kind in FIRST)


def load(masar: Masar, row: Any) -> Migration:
    """A migration as it is stored, with both versions loaded."""
    with masar.db.read() as conn:
        old, new = (masar.library.of(conn, id_) for id_ in (row.old_bundle_id, row.new_bundle_id))
    return Migration(row.id, plan_of(json.loads(row.plan)), old, new, row.proposed_by or 0, row.decided_by or 0)


def _one(masar: Masar, migration: Migration, case_id: int) -> None:
    """Moves a case and counts it, or notes why it stays."""
    reasons = _moved_or_why_not(masar, migration, case_id)
    if not reasons:
        return
    told, now = [(one.key, one.process, one.element) for one in reasons], masar.clock()

    def note(conn: Connection) -> None:
        if not case_migrations.count(conn, migration.id, case_id, moved=False):
            raise Stopped
        case_migrations.note_stay(conn, migration.id, case_id, told, now)

    masar.db.run(note)


def _moved_or_why_not(masar: Masar, migration: Migration, case_id: int) -> tuple[Reason, ...]:
    """Whatever is wrong with one case stops no other."""

    def counts(conn: Connection) -> None:
        if not case_migrations.count(conn, migration.id, case_id, moved=True):
            raise Stopped

    try:
        migrate_case(masar, migration, case_id, counts)
    except (ThereAlready, NotOpen, NotFound):  # it was moved before, or has ended meanwhile
        return ()
    except CannotMove as problem:
        return problem.reasons
    except KeyTrouble:
        return (Reason("key-destroyed"),)
    except Conflict:
        return (Reason("busy"),)
    except (Unavailable, Stopped):
        raise
    except Exception as problem:  # a mistake of ours: it must be seen, and no other case waits for it
        log.error("case %s stays under its version: %s", case_id, type(problem).__name__)
        return (Reason("does-not-load"),)
    return ()
