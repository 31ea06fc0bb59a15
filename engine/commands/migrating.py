"""Moving one running case to other definitions, by the path of every move: whole or not at all, and on record."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from engine.actor import SYSTEM
from engine.bindings import MIGRATED
from engine.bpmn import BpmnError, NotOpen, Runaway, commands
from engine.bpmn.migrating import CannotMove, Plan, Reason, stays
from engine.commands.moving import Moved, move_case, standing_of
from engine.commands.standing import Standing, Verb
from engine.definitions import Definitions
from engine.errors import Invalid, NotFound
from engine.forms.fitting import without_place
from engine.masar import Masar
from engine.store import drafts
from engine.store.master_key import KeyTrouble

Counts = Callable[[Connection], None]
"""Further rows of the transaction that moves a case."""


class ThereAlready(Exception):
    """The case runs under the new definitions: it was moved before."""


@dataclass(frozen=True)
class Migration:
    """What is to be done to many cases: a plan between two versions, and who answers for it (accounts, 0 for whoever
    owns the server). `id` names it in the histories."""

    id: int
    plan: Plan
    old: Definitions
    new: Definitions
    proposed_by: int = 0
    approved_by: int = 0


def migrate_case(masar: Masar, migration: Migration, case_id: int, counts: Counts = lambda _conn: None) -> Moved:
    """Moves a case. Raises CannotMove with every reason, ThereAlready, NotOpen where it has ended, NotFound,
    KeyTrouble; then nothing was written."""
    plan, old, new = migration.plan.told(), migration.old, migration.new
    told = {
        "migration": migration.id, "plan_sha256": plan.sha256,
        "old": {"bundle": old.id, "sha256": old.sha256}, "new": {"bundle": new.id, "sha256": new.sha256},
        "by": [migration.proposed_by, migration.approved_by],
    }

    def choose(_conn: Connection, standing: Standing) -> Verb:
        _demand_version(standing, migration)

        def writes(conn: Connection) -> None:
            _demand_drafts_fit(masar, conn, standing, migration)  # as they are now: typing goes on meanwhile
            counts(conn)

        return Verb(MIGRATED, commands.Migrate(plan.document()), told, onto=new, writes=writes)

    try:
        return move_case(masar, SYSTEM, case_id, choose)
    except Runaway as problem:
        raise CannotMove(Reason("runs-away")) from problem
    except (BpmnError, Invalid) as problem:
        raise CannotMove(Reason("does-not-load")) from problem


def why_it_stays(masar: Masar, conn: Connection, migration: Migration, case_id: int) -> tuple[Reason, ...]:
    """Why a case cannot be moved; empty where it can. Nothing is written."""
    try:
        standing = standing_of(masar, conn, case_id)
        _demand_version(standing, migration)
        found = stays(
            migration.old.bpmn, migration.new.bpmn, standing.case.state, migration.plan, masar.clock())
        return (*found, *_unfitting(masar, conn, standing, migration))
    except CannotMove as problem:
        return problem.reasons
    except KeyTrouble:
        return (Reason("key-destroyed"),)
    except Runaway:
        return (Reason("runs-away"),)
    except (BpmnError, Invalid):
        return (Reason("does-not-load"),)
    except (ThereAlready, NotOpen, NotFound):
        return ()


def _demand_version(standing: Standing, migration: Migration) -> None:
    if standing.definitions.id == migration.new.id:
        raise ThereAlready
    if standing.definitions.id != migration.old.id:
        raise CannotMove(Reason("other-version"))


def _demand_drafts_fit(masar: Masar, conn: Connection, standing: Standing, migration: Migration) -> None:
    unfitting = tuple(_unfitting(masar, conn, standing, migration))
    if unfitting:
        raise CannotMove(*unfitting)


def _unfitting(masar: Masar, conn: Connection, standing: Standing, migration: Migration) -> Iterator[Reason]:
    """Open work into which somebody typed what the form of the new version has no place for."""
    old, new = migration.old, migration.new
    for draft in drafts.of_case(conn, masar.vault, standing.case.id):
        before = old.forms.get(draft.form or "")
        process = new.bpmn.processes.get(_process(migration, draft.process, draft.element))
        to = migration.plan.place_of(draft.process, draft.element).element
        element = process.elements.get(to or "") if process is not None else None
        after = new.forms.get(element.form or "") if element is not None else None
        if before is None or (element is not None and after is not None and before.sha256 == after.sha256):
            continue
        if after is None or without_place(before, after, json.loads(draft.payload)):
            yield Reason("draft-does-not-fit", draft.process, draft.element)


def _process(migration: Migration, process: str, element: str) -> str:
    """The process of the new version in which an element's place lies."""
    at = migration.plan.of(process).to or process
    for step in migration.plan.place_of(process, element).path:
        known = migration.new.bpmn.processes.get(at)
        call = known.elements.get(step) if known is not None else None
        at = call.calls if call is not None and call.calls else at
    return at
