"""What the worker does to a case: a timer is due, a call was answered or failed, a work item is late."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.actor import SYSTEM, Actor
from engine.bpmn import commands, parked
from engine.commands.moving import Moved, move_case
from engine.commands.recording import record
from engine.commands.standing import Standing, Verb, case_of, token_of
from engine.commands.work import as_key
from engine.deadlines import OWNER, next_check, rungs_reached, told_of_sealed
from engine.errors import Conflict, NotFound
from engine.history import event_payload
from engine.masar import Masar
from engine.queries.relations import demand, facts_of_case
from engine.store import work_items
from engine.store.cases import CaseFile
from engine.text import Text

_RETRIED = Text("لم يعد هذا الخلل قائماً.", "This fault is no longer there.")

NO_USE = Text(
    "لا تنفع إعادة المحاولة هنا: لم يتوقف شيء يمكن أن يُعاد. يحتاج الأمر إلى تصحيح المخطط أو بيانات الحالة.",
    "Trying again cannot help here: nothing stopped that could be repeated. The diagram or the data of the case must "
    "be mended.",
)
"""What is told of faults of a due date or a group, and of joins that wait in vain."""


def fire_timer(masar: Masar, timer: Any) -> Moved:
    """Moves a case whose timer is due. Raises NotOpen when it is gone."""
    particulars = {"process": timer.process, "element": timer.element, "due": timer.due_at}
    verb = Verb("timer_fired", commands.Fire(token_of(timer.id)), particulars)
    return move_case(masar, SYSTEM, timer.case_id, lambda _conn, _standing: verb)


def fail_timer(masar: Masar, timer: Any, why: Text) -> Moved:
    """Makes a timer after which the case cannot go on an incident of it, so that people see it. Raises NotOpen."""
    particulars = {"process": timer.process, "element": timer.element}
    verb = Verb("timer_failed", commands.FailCall(token_of(timer.id), None, why.en, why.ar), particulars)
    return move_case(masar, SYSTEM, timer.case_id, lambda _conn, _standing: verb)


def finish_call(masar: Masar, job: Any, variables: Mapping[str, Any]) -> Moved:
    """Gives the answer of a call to its case. Raises NotOpen when the case no longer waits for it."""
    verb = Verb("call_finished", commands.FinishCall(token_of(job.id), variables), _of_job(job))
    return move_case(masar, SYSTEM, job.case_id, lambda _conn, _standing: verb)


def fail_call(masar: Masar, job: Any, why: Text) -> Moved:
    """Turns a call that failed for good into an incident of its case."""
    verb = Verb("call_failed", commands.FailCall(token_of(job.id), None, why.en, why.ar), _of_job(job))
    return move_case(masar, SYSTEM, job.case_id, lambda _conn, _standing: verb)


def retry_incident(masar: Masar, actor: Actor, incident_id: str, of_case: str | None = None) -> Moved:
    """Lets a case try again where it stopped. Raises Conflict where somebody did so before or where trying again
    cannot help, NotAllowed, NotFound (also where it is of another case than said)."""
    key = as_key(incident_id)
    if of_case is not None and as_key(of_case) != case_of(key):
        raise NotFound

    def choose(_conn: Connection, standing: Standing) -> Verb:
        demand(actor, "retry", facts_of_case(standing.case, standing.facts))
        if ("incident", key) not in standing.stored:
            raise Conflict(_RETRIED)
        if token_of(key) not in parked(standing.case.state):
            raise Conflict(NO_USE)
        return Verb("incident_retried", commands.Retry(token_of(key)))

    return move_case(masar, actor, case_of(key), choose)


def escalate(masar: Masar, item_id: int) -> tuple[str, ...]:
    """Climbs the ladder of a work item as far as the clock says, records whom it concerns and returns their roles.
    Only the highest rung counts: nobody is told of a warning that is past."""
    told: list[str] = []

    def change(conn: Connection, case: CaseFile) -> tuple[str, bytes] | None:
        told.clear()
        now = masar.clock()
        item = work_items.get(conn, item_id)
        if item is None or item.status != "open" or item.due_at is None:
            return None
        ladder = masar.library.of(conn, case.bundle_id).ladder(case.risk, case.kind)
        reached = rungs_reached(ladder, item.since, item.due_at, now, item.follow_up_at)
        work_items.set_rung(conn, item_id, max(reached, item.rung), _next(ladder, item, max(reached, item.rung)))
        if reached <= item.rung:
            return None
        rung = ladder[reached - 1]
        sealed = case.readers is not None
        told.extend(told_of_sealed(rung.notify) if sealed else rung.notify)
        if not sealed:  # who is told of sealed files sees it with their numbers (queries/sealed_alarms.py)
            work_items.tell(conn, item, [role for role in told if role != OWNER])
        kind = "deadline_near" if rung.step == "before" else "deadline_passed"
        return kind, event_payload(
            item=item.id, process=item.process, element=item.element, due=item.due_at, step=rung.step,
            notify=list(told),
        )

    record(masar, SYSTEM, case_of(item_id), change)
    return tuple(told)


def _next(ladder: Any, item: Any, rung: int) -> datetime | None:
    return next_check(ladder, item.since, item.due_at, rung, item.follow_up_at)


def _of_job(job: Any) -> dict[str, Any]:
    return {"process": job.process, "element": job.element, "type": job.type}


__all__ = ["Standing", "escalate", "fail_call", "fail_timer", "finish_call", "fire_timer", "retry_incident"]
