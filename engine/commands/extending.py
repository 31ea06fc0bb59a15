"""A supervisor gives more time for a work item, with the reason. How much, is bounded: at most its limit once more, and
never while the danger is immediate."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from engine.actor import Actor
from engine.bpmn import commands, first_due
from engine.commands.moving import move_case
from engine.commands.standing import Standing, Verb, case_of, token_of
from engine.commands.work import as_key
from engine.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossible
from engine.masar import Masar
from engine.queries.relations import demand, facts_of_item
from engine.store import work_items
from engine.text import Text

LONGEST_REASON = 1000
SHARES: Mapping[str, float] = {"quarter": 0.25, "half": 0.5, "whole": 1.0}
"""How much longer: shares of what the work item was allowed from the beginning."""
IMMEDIATE = "immediate"

CLOSED = Text("هذه المهمة لم تعد مفتوحة.", "This work item is no longer open.")
NO_DUE = Text("لا موعد لهذه المهمة.", "This work item has no due date.")
DANGER = Text(
    "الخطر داهم: لا تُمدَّد مهلة. أسند المهمة إلى من يستطيعها الآن.",
    "The danger is immediate: no time limit is extended. Give the work item to somebody who can do it now.",
)
NO_CHOICE = Text("اختر الموعد الجديد.", "Choose the new due date.")
NO_REASON = Text("اكتب سبب التمديد.", "Say why more time is given.")
OWN_WORK = Text("لا يمدّد أحد مهلة عمله.", "Nobody extends the limit of their own work.")


def extend_deadline(masar: Masar, actor: Actor, item_id: str, share: str, reason: str) -> str:
    """Gives more time: `share` is a key of SHARES; returns the id of the case.

    Raises Invalid (share, reason), Conflict, NotAllowed, NotFound."""
    key, reason = as_key(item_id), reason.strip()[:LONGEST_REASON]

    def choose(conn: Connection, standing: Standing) -> Verb:
        item = open_item(conn, actor, key, standing.case)
        due = ways(item, standing.case.state, masar.clock()).get(share)
        wrong = {} if due else {"share": NO_CHOICE}
        if not reason:
            wrong["reason"] = NO_REASON
        if wrong or due is None:
            raise Invalid(next(iter(wrong.values())), wrong)
        local = standing.definitions.env(due).local(due)
        particulars = {
            "item": key, "process": item.process, "element": item.element, "from": item.due_at, "to": local,
            "reason": reason,
        }
        return Verb("deadline_extended", commands.Extend(token_of(key), due), particulars)

    move_case(masar, actor, case_of(key), choose)
    return str(case_of(key))


def open_item(conn: Connection, actor: Actor, key: int, case: Any) -> Any:
    """The row of a work item for which this person may give more time. Raises Conflict, Invalid, NotAllowed and
    NotFound."""
    item = work_items.get(conn, key)
    if item is None:
        raise NotFound
    demand(actor, "extend", facts_of_item(item, case), "see_work")
    if item.status != "open":
        raise Conflict(CLOSED, None, item.closed_at)
    if item.assignee_id == actor.id:
        raise NotAllowed(OWN_WORK)
    if item.due_at is None or (case.risk or item.risk) == IMMEDIATE:
        raise NotPossible(NO_DUE if item.due_at is None else DANGER)
    return item


def ways(item: Any, state: bytes, now: datetime) -> dict[str, datetime]:
    """The due dates that may be chosen, by share: later than the present one and than now, and all in all not more
    than the limit once more."""
    first = first_due(state, token_of(item.id), item.due_at)
    allowed: timedelta = first - item.since
    later = {share: first + allowed * part for share, part in SHARES.items()}
    return {share: due for share, due in later.items() if due > max(item.due_at, now)}
