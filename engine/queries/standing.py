"""Where a case stands: on its diagrams, what it waits for, and what stopped it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.access import AccessFacts, may
from engine.actor import Actor
from engine.bpmn import live_elements, parked
from engine.commands.standing import token_of
from engine.commands.waiting import NO_USE
from engine.definitions import Definitions
from engine.facts import Facts
from engine.masar import Masar
from engine.queries.naming import Names, element_name, process_name
from engine.queries.rows import Awaited, DiagramRef, IncidentRow
from engine.queries.summaries import timeliness_of
from engine.store import incidents, messages, timers
from engine.store.cases import CaseFile
from engine.text import Text


def diagrams_of(definitions: Definitions, case: CaseFile, facts: Facts) -> tuple[DiagramRef, ...]:
    """The diagrams that the case has touched, the outermost first."""
    live = _live(definitions, case)
    touched = [case.process, *(p for p in {**live, **facts.passed} if p != case.process)]
    return tuple(_drawn(definitions, p, live, facts) for p in dict.fromkeys(touched) if p in definitions.diagrams)


def diagram_of_process(definitions: Definitions, case: CaseFile, facts: Facts, process: str) -> DiagramRef | None:
    """One diagram with the marks of the case; None where there is no drawing."""
    return _drawn(definitions, process, _live(definitions, case), facts) if process in definitions.diagrams else None


def awaited_of(conn: Connection, case: CaseFile, definitions: Definitions, now: datetime) -> tuple[Awaited, ...]:
    """What the case waits for from another agency, and until when."""
    waits = [wait for wait in messages.offered_to(conn, case.id) if wait.offer_unit_id]
    if not waits:
        return ()
    names = Names(conn, (), [wait.offer_unit_id for wait in waits])
    ends = limits_of(conn, waits, {case.id: definitions})
    return tuple(
        Awaited(
            element_name(definitions, wait.process, wait.element), names.unit(wait.offer_unit_id), ends.get(wait.id),
            timeliness_of(wait.since, ends.get(wait.id), now),
        )
        for wait in waits
    )


def limits_of(conn: Connection, waits: Sequence[Any], by_case: Mapping[int, Definitions]) -> dict[int, datetime]:
    """When each wait ends by itself: the timer on its border that interrupts it. `by_case` are the definitions."""
    found: dict[int, datetime] = {}
    running = timers.of_cases(conn, {wait.case_id for wait in waits})
    for wait in waits:
        known = by_case[wait.case_id].bpmn.processes.get(wait.process)
        border = {
            e.id for e in (known.elements.values() if known else ()) if e.attached_to == wait.element and e.interrupting
        }
        own = (t for t in running if t.case_id == wait.case_id and t.process == wait.process and t.element in border)
        # Several referrals of one case run side by side; timers and waits of one are opened one after the other.
        later = sorted((abs(t.id - wait.id), t.due_at) for t in own)
        if later:
            found[wait.id] = later[0][1]
    return found


def incidents_of(
    masar: Masar, conn: Connection, actor: Actor, case: CaseFile, relation: AccessFacts, classes: frozenset[str]
) -> tuple[IncidentRow, ...]:
    """What stopped the case, for those who may read it."""
    if case.status != "incident" or "protected" not in classes:
        return ()
    retry, repeatable = may(actor, "retry", relation), parked(case.state)
    return tuple(
        IncidentRow(str(one.id), Text(*json.loads(one.text)), True) if retry and token_of(one.id) in repeatable
        else IncidentRow(
            str(one.id), Text(*json.loads(one.text)), False, None if token_of(one.id) in repeatable else NO_USE
        )
        for one in incidents.of_case(conn, masar.vault, case.id)
    )


def _live(definitions: Definitions, case: CaseFile) -> dict[str, list[str]]:
    live: dict[str, list[str]] = {}
    for process, element in live_elements(definitions.bpmn, case.state):
        live.setdefault(process, []).append(element)
    return live


def _drawn(definitions: Definitions, process: str, live: dict[str, list[str]], facts: Facts) -> DiagramRef:
    known = definitions.bpmn.processes[process].elements

    def only_waits(element: str) -> bool:
        found = known.get(element)
        return found is None or found.event is not None

    # What somebody does comes before what is only waited for: the drawing is opened at the first of them.
    active, done = tuple(sorted(live.get(process, ()), key=only_waits)), tuple(facts.passed.get(process, ()))
    return DiagramRef(process, process_name(definitions, process), active, done)
