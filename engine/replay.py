"""Replaying a case from its events, and proving that the record is whole.

Every event that moved the case holds the command and the hash of the state it left. Making the same moves again, with
the definitions the case is bound to and the recorded clock, must give the same states; the projections must show
what the last state leaves open; the chain must be unbroken.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine import bpmn
from engine.commands.standing import key_of
from engine.errors import MasarError, NotFound
from engine.history import command_from, document_of, state_hash
from engine.library import Definitions
from engine.masar import Masar
from engine.store import cases, events, projection, reads
from engine.store.cases import CaseFile
from engine.store.events import Event

PAGE = 500


@dataclass(frozen=True)
class Step:
    """One event, made again. `outcome` is None for events that moved nothing; `agrees` says whether the state is
    the one that was recorded."""

    event: Event
    document: Mapping[str, Any]
    outcome: bpmn.Outcome | None
    agrees: bool


@dataclass(frozen=True)
class Verdict:
    """What verification of one case found. Nothing in `problems` means: the record is whole, as far as `unproven`
    does not limit it."""

    case_id: int
    number: str
    events: int
    problems: tuple[str, ...] = ()
    unproven: tuple[str, ...] = field(default=())


def replay(masar: Masar, conn: Connection, case: CaseFile) -> Iterator[Step]:
    """Every event of a case, each move made again in memory. Nothing is written."""
    definitions = masar.library.of(conn, case.bundle_id)
    state: bytes | None = None
    seq = 0
    while page := events.read(conn, masar.vault, case.id, seq, PAGE):
        for event in page:
            step = _again(definitions, state, event)
            state = step.outcome.state if step.outcome else state
            yield step
        seq = page[-1].seq


def verify_case(masar: Masar, case_id: int) -> Verdict:
    """Chain whole, states rebuilt from the events, stored state and projections agree. Raises NotFound."""
    with masar.db.read() as conn:
        case = cases.load(conn, masar.vault, case_id)
        if case is None:
            raise NotFound
        problems = events.verify(conn, masar.vault, case_id, case.head) + reads.verify(conn, masar.vault, case_id)
        last: bpmn.Outcome | None = None
        unproven: set[str] = set()
        for step in replay(masar, conn, case):
            last = step.outcome or last
            if not step.agrees:
                problems.append(f"case {case_id}: event {step.event.seq} led to another state than was recorded")
            if step.event.engine != events.ENGINE:
                unproven.add(f"events of engine {step.event.engine} were replayed by engine {events.ENGINE}")
        problems += _against_store(case, last)
        problems += _against_projections(conn, case, last)
    return Verdict(case.id, case.number, case.head.seq, tuple(problems), tuple(sorted(unproven)))


def case_ids(conn: Connection, after: int = 0, limit: int = 500) -> list[int]:
    """Ids of all cases and reports in order, page by page."""
    return cases.ids_after(conn, after, limit)


def _again(definitions: Definitions, state: bytes | None, event: Event) -> Step:
    document = document_of(event.payload)
    if "command" not in document:
        return Step(event, document, None, True)
    try:
        outcome = bpmn.move(definitions.bpmn, state, command_from(document["command"]), event.recorded_at)
    except MasarError:
        return Step(event, document, None, False)
    return Step(event, document, outcome, state_hash(outcome.state) == document.get("state"))


def _against_store(case: CaseFile, last: bpmn.Outcome | None) -> list[str]:
    if last is None or last.state != case.state:
        return [f"case {case.id}: the stored state is not the one that its events lead to"]
    return []


def _against_projections(conn: Connection, case: CaseFile, last: bpmn.Outcome | None) -> list[str]:
    stored = projection.stored(conn, case.id)
    if last is None:
        return []
    wanted: dict[tuple[str, int], datetime | None] = {
        ("work_item", key_of(case.id, item.id)): item.due for item in last.items
    }
    wanted |= {
        ("timer" if wait.kind == "timer" else "message_wait", key_of(case.id, wait.id)): None for wait in last.waits
    }
    wanted |= {("call_job", key_of(case.id, call.id)): None for call in last.calls}
    wanted |= {("incident", key_of(case.id, one.id)): None for one in last.incidents}
    missing, extra = wanted.keys() - stored.keys(), stored.keys() - wanted.keys()
    problems = [f"case {case.id}: {kind} {key} is missing from the lists" for kind, key in missing]
    problems += [f"case {case.id}: {kind} {key} is listed but not open" for kind, key in extra]
    for thing, due in wanted.items():
        if thing[0] == "work_item" and thing in stored and stored[thing].due_at != due:
            problems.append(f"case {case.id}: work item {thing[1]} is listed with another due date")
    return sorted(problems)
