"""One event of a case made again: how the case stood before it and after it. Nothing is written."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from engine.agreement import GIVEN_BACK
from engine.bindings import MIGRATED
from engine.bpmn.migrating import plan_of
from engine.commands.standing import token_of
from engine.errors import NotFound
from engine.masar import Masar
from engine.replay import Step, replay
from engine.stands import Stand
from engine.store.cases import CaseFile

STRIDE = 4
"""Every so many events the memory keeps how the case stood."""
_MOVED_ON = ("completed", "fired")


@dataclass(frozen=True)
class Replayed:
    """One event made again: how the case stood before it and after it, and the move itself."""

    before: Stand
    after: Stand
    step: Step


def moment_of(masar: Masar, conn: Connection, case: CaseFile, seq: int) -> Replayed:
    """The event with a number, made again from the nearest known stand before it. Raises NotFound where there is
    none."""
    now = masar.clock()
    stands = masar.stands.of(case, now)
    found = list(stands)
    stand = max((one for one in stands if one.seq < seq), key=lambda one: one.seq)
    for step in replay(masar, conn, case, stand.seq, stand.state, seq):
        before, stand = stand, after(stand, step)
        if stand.seq == found[-1].seq + STRIDE:
            found.append(stand)
        if stand.seq == seq:
            if len(found) > len(stands):
                masar.stands.learn(case, tuple(found), now)
            return Replayed(before, stand, step)
    raise NotFound


def after(stand: Stand, step: Step) -> Stand:
    """How a case stands after one more event."""
    event, document, outcome = step.event, step.document, stand.outcome
    if step.outcome is not None:
        outcome = replace(step.outcome, log=(), variables={})
    passed, holders = stand.passed, dict(stand.holders)
    if event.kind == MIGRATED and outcome is not None:
        passed = passed.migrated(plan_of(document["command"]["plan"]), event.seq, 0)
    gone = [(e[1], e[2]) for e in document.get("log") or () if e[0] in _MOVED_ON]
    if event.kind == "work_claimed":
        holders[token_of(document["item"])] = event.actor_id
    elif event.kind in GIVEN_BACK:
        holders.pop(token_of(document["item"]), None)
    elif event.kind == "work_reassigned":
        holders[token_of(document["item"])] = document["to"]
    return Stand(event.seq, outcome, passed.went_through(gone) if gone else passed, holders)
