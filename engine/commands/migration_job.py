"""The job behind a migration: cases are moved a few at a time, each in a transaction of its own that also counts it.

Whoever is killed leaves a lease that ends, and the next worker goes on behind the last case that was counted. A case
is never moved twice, since it says itself under which version it runs.
"""

import json
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection

from engine.bpmn import NotOpen
from engine.bpmn.migrating import CannotMove, Reason, plan_of
from engine.commands.migrating import Migration, ThereAlready, migrate_case
from engine.errors import Conflict, NotFound, Unavailable
from engine.masar import Masar
from engine.store import case_migrations
from engine.store.master_key import KeyTrouble

AT_ONCE = 10
"""Cases between two looks at what else is due."""
LEASE = timedelta(seconds=60)
log = logging.getLogger("masar.worker")


class Stopped(Exception):
    """The migration runs no more: somebody paused it."""


@dataclass(frozen=True)
class Looked:
    """What one stretch did: how many cases were looked at, in which migration."""

    cases: int = 0
    migration_id: int | None = None


def work_on_migrations(masar: Masar) -> Looked:
    """Moves the next few cases of the migration that waits longest, if one runs."""
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
    try:
        for case_id in ids:
            _one(masar, migration, case_id)
    except Stopped:
        return Looked(len(ids), migration.id)
    done = {"state": "done", "finished_at": masar.clock(), "next_at": None}
    goes_on = {"next_at": masar.clock()}
    values = goes_on if len(ids) == AT_ONCE else done
    masar.db.run(lambda conn: case_migrations.change(conn, migration.id, "running", values))
    return Looked(len(ids), migration.id)


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
