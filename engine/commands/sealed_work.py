"""Late work of a sealed file is given to somebody else at once, by a data protection officer who reads nothing of it.

Danger before secrecy: one account does it, and only while the alarm stands; another officer is asked to take note.
"""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from engine.access import may
from engine.actor import Actor
from engine.bpmn import commands
from engine.commands.managing import fitness_to_manage, in_conflict_with
from engine.commands.moving import move_case
from engine.commands.recording import Recorded, record
from engine.commands.sealed_files import LONGEST_REASON, demanded_of_sealed
from engine.commands.standing import Standing, Verb, case_of
from engine.commands.work import as_key
from engine.errors import Conflict, Invalid, NotFound
from engine.history import event_payload
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.queries.fitness import WITH_APPROVAL
from engine.queries.relations import facts_of_case, facts_of_item
from engine.store import sealed_files, work_items
from engine.store.cases import CaseFile
from engine.text import Text

_NO_REASON = Text("اكتب السبب.", "Say why.")
_NOBODY = Text("اختر من يتولى المهمة.", "Choose who is to have the work item.")
_ITSELF = Text("لا يسمّي أحد نفسه.", "Nobody names themselves.")
_NOT_FIT = Text("لا يمكن إسناد هذه المهمة إلى هذا الحساب.", "This work item cannot be given to that account.")
_HAS_IT = Text("هي عنده أصلاً.", "This person has it already.")
NO_ALARM = Text(
    "لم تعد هذه المهمة متأخرة ولا قريبة الموعد، أو انتهت؛ فلا تُسلَّم من هنا.",
    "This work item is not late and not nearly due any more, or it has ended: it is not handed over from here.",
)


def hand_over_late_work(
    masar: Masar, actor: Actor, case_id: str, item_id: str, to_login: str, reason: str
) -> None:
    """Gives late work of a sealed file to somebody who may do it; where its holder is the manager of the case, they
    become its manager as well, so that the next work does not wait for the same person. Raises Invalid (to, reason),
    Conflict where it is not late, NotFound."""
    key, why = as_key(item_id), reason.strip()[:LONGEST_REASON]
    with masar.db.read() as conn:
        receiver = actor_named(conn, to_login) if to_login else None
    wrong = _faults(actor, receiver, to_login, why)
    if case_of(key) != as_key(case_id):
        raise NotFound
    if receiver is None or wrong:
        _look_only(masar, actor, key)
        raise Invalid(next(iter(wrong.values())), wrong)
    with masar.db.read() as conn:
        item: Any = work_items.get(conn, key)
    holder = item.assignee_id if item is not None else None
    followed = holder is not None and _change_manager(masar, actor, key, holder, receiver, why)
    _give(masar, actor, key, receiver, why, followed)


def alarmed_item(
    masar: Masar, conn: Connection, actor: Actor, key: int, case: CaseFile, followed: bool = False
) -> Any:
    """The open work item of a sealed file that is late or nearly due (or was a moment ago, where it `followed` its
    case), for who may hand it over. Raises Conflict, NotFound."""
    demanded_of_sealed(actor, case, "hand_over_sealed")
    item: Any = work_items.get(conn, key)
    if item is None or item.case_id != case.id:
        raise NotFound
    late = item.due_at is not None and item.due_at <= masar.clock()
    if item.status != "open" or not (late or item.rung or followed):
        raise Conflict(NO_ALARM)
    return item


def _faults(actor: Actor, receiver: Actor | None, to_login: str, why: str) -> dict[str, Text]:
    wrong = {} if why else {"reason": _NO_REASON}
    if receiver is None:
        wrong = {"to": _NOT_FIT if to_login else _NOBODY, **wrong}
    elif receiver.id == actor.id:
        wrong = {"to": _ITSELF, **wrong}
    return wrong


def _look_only(masar: Masar, actor: Actor, key: int) -> None:
    """Nobody learns from what is wrong with a form that there is such a file."""

    def look(conn: Connection, case: CaseFile) -> None:
        alarmed_item(masar, conn, actor, key, case)

    record(masar, actor, case_of(key), look)


class _NotTheManagersWork(Exception):
    """The late work does not lie with the manager of a case."""


def _change_manager(masar: Masar, actor: Actor, key: int, holder: int, receiver: Actor, why: str) -> bool:
    """Makes the receiver the manager, where the late work lies with the manager; whether it did."""
    now = masar.clock()

    def choose(conn: Connection, standing: Standing) -> Verb:
        case = standing.case
        item = alarmed_item(masar, conn, actor, key, case)
        if case.manager_id != holder or case.kind != "case" or receiver.id == holder:
            raise _NotTheManagersWork
        fit = fitness_to_manage(masar, conn, standing, receiver, now)
        as_if_open = replace(facts_of_case(case, standing.facts), sealed=False)
        manages = may(receiver, "receive_case", as_if_open) and may(receiver, "receive", facts_of_item(item, case))
        if fit.barred or not manages:
            raise Invalid(_NOT_FIT, {"to": _NOT_FIT})  # and not why: it could tell whom the file is about
        over = {"over_limit": True} if fit.assign == WITH_APPROVAL else {}
        particulars = {"from": holder, "to": receiver.id, "reason": why, **over}
        return Verb("case_reassigned", commands.Amend({"case_manager": receiver.login}, copies=True), particulars)

    try:
        move_case(masar, actor, case_of(key), choose)
    except _NotTheManagersWork:
        return False
    return True


def _give(masar: Masar, actor: Actor, key: int, receiver: Actor, why: str, followed: bool) -> None:
    """Gives the work item itself; `followed` says that it went to the receiver with the case already."""
    now = masar.clock()

    def change(conn: Connection, case: CaseFile) -> Recorded:
        item = alarmed_item(masar, conn, actor, key, case, followed)
        if item.assignee_id == receiver.id:
            wrong = None if followed else _HAS_IT
        else:
            wrong = None if may(receiver, "receive", facts_of_item(item, case)) else _NOT_FIT
        if in_conflict_with(masar, conn, case, [receiver]):
            wrong = wrong or _NOT_FIT
        if wrong is not None:
            raise Invalid(wrong, {"to": wrong})
        work_items.assign(conn, key, receiver.id)
        sealed_files.note_opening(conn, case.id, actor.id, case.head.seq + 1, now, now)
        told = {"item": item.id, "process": item.process, "element": item.element, "form": item.form}
        payload = event_payload(**told, **{"from": item.assignee_id, "to": receiver.id, "reason": why})
        return "work_reassigned", payload

    record(masar, actor, case_of(key), change)
