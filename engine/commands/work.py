"""What people do with a work item: complete it, keep a draft, claim, release, reassign."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.access import may
from engine.actor import CURRENT_USER, Actor
from engine.bpmn import commands, visible
from engine.commands.answers import Sent, answers_in_case, no_answers
from engine.commands.form_versions import LATER, demand_form
from engine.commands.freshness import demand_same_rights
from engine.commands.managing import in_conflict_with
from engine.commands.moving import move_case
from engine.commands.recording import Recorded, record
from engine.commands.standing import Standing, Verb, case_of, token_of
from engine.commands.submits import mark_of
from engine.errors import Conflict, Invalid, NotFound
from engine.history import document_of, event_payload
from engine.masar import Masar
from engine.queries.accounts import actor_by_id, actor_named
from engine.queries.relations import concerned, demand, facts_of_item, is_sealed
from engine.store import drafts, events, work_items
from engine.store.cases import CaseFile
from engine.text import Text

MOST_DRAFTED = 200_000  # characters of one draft

_TAKEN = Text("أنجز شخص آخر هذه المهمة.", "Somebody else has completed this work item.")
_GONE = Text(
    "لم تعد هذه المهمة مطلوبة؛ فقد مضت الحالة في طريق آخر.",
    "This work item is no longer needed: the case took another way.",
)
_CLAIMED = Text("استلم شخص آخر هذه المهمة.", "Somebody else has taken this work item.")
_NO_REASON = Text("اكتب سبب إعادة الإسناد.", "Say why the work is reassigned.")
_NOBODY = Text("اختر من يتولى المهمة.", "Choose who is to have the work item.")
_NOT_FIT = Text("لا يمكن إسناد هذه المهمة إلى هذا الحساب.", "This work item cannot be given to that account.")


_TAKING = ("work_claimed", "work_reassigned")


class _DoneAlready(Exception):
    """The same submit was counted before."""


def complete_work(
    masar: Masar, actor: Actor, item_id: str, raw: Sent, token: str,
    happened_at: datetime | None = None, form_seen: str = "",
) -> str:
    """Completes a work item with what its form was filled with; returns the id of the case.

    `token` comes from the page: the same submit sent twice counts once. `form_seen` is the hash of the form that the
    page showed, "" where it is not known. Raises Invalid (fields), Conflict (who,
    when), NotAllowed, NotFound.
    """
    key, now = as_key(item_id), masar.clock()
    submit = mark_of(masar.vault, actor, item_id, token, raw).hex() if token else None

    def choose(conn: Connection, standing: Standing) -> Verb:
        item = _open_item(conn, actor, key, standing.case, submit)
        _demand_on(masar, conn, actor, "complete", item, standing.case)
        demand_form(masar, conn, standing, item, raw, form_seen)
        answers = _answers(masar, conn, standing, item, raw, now, actor)
        return Verb(
            "work_completed", commands.Complete(token_of(key), answers), _particulars(item), happened_at,
            for_whom(actor, item), performed=item.element, closes=key, token=submit,
        )

    with suppress(_DoneAlready):
        move_case(masar, actor, case_of(key), choose)
    return str(case_of(key))


def claim_work(masar: Masar, actor: Actor, item_id: str) -> None:
    """Takes a work item of one's groups; taking one's own again changes nothing. Raises Conflict (who)."""
    key = as_key(item_id)

    def change(conn: Connection, case: CaseFile) -> Recorded | None:
        item = _open_item(conn, actor, key, case)
        if item.assignee_id == actor.id:
            return None
        _demand_on(masar, conn, actor, "claim", item, case)
        work_items.assign(conn, key, actor.id)
        return "work_claimed", event_payload(**_particulars(item)), for_whom(actor, item)

    record(masar, actor, case_of(key), change)


def release_work(masar: Masar, actor: Actor, item_id: str) -> None:
    """Gives a work item back to its groups."""
    key = as_key(item_id)

    def change(conn: Connection, case: CaseFile) -> tuple[str, bytes] | None:
        item = _open_item(conn, actor, key, case)
        demand(actor, "release", facts_of_item(item, case), "see_work")
        work_items.assign(conn, key, None)
        return "work_released", event_payload(**_particulars(item))

    record(masar, actor, case_of(key), change)


def reassign_work(masar: Masar, actor: Actor, item_id: str, to_login: str, reason: str) -> str:
    """A supervisor gives a work item to somebody else, with the reason; returns the id of the case."""
    key, reason = as_key(item_id), reason.strip()[:1000]

    def change(conn: Connection, case: CaseFile) -> tuple[str, bytes] | None:
        item = _open_item(conn, actor, key, case)
        facts = facts_of_item(item, case)
        demand(actor, "reassign", facts, "see_work")
        receiver = actor_named(conn, to_login) if to_login else None
        wrong = {} if reason else {"reason": _NO_REASON}
        if receiver is None or not may(receiver, "receive", facts):
            raise Invalid(_NOT_FIT, {"to": _NOT_FIT if to_login else _NOBODY, **wrong})
        if why := in_conflict_with(masar, conn, case, [receiver]).get(receiver.id):
            raise Invalid(why, {"to": why, **wrong})
        if wrong:
            raise Invalid(_NO_REASON, wrong)
        work_items.assign(conn, key, receiver.id)
        change_of = {"from": item.assignee_id, "to": receiver.id, "reason": reason}
        return "work_reassigned", event_payload(**_particulars(item), **change_of)

    record(masar, actor, case_of(key), change)
    return str(case_of(key))


def save_draft(
    masar: Masar, actor: Actor, item_id: str, raw: Mapping[str, list[str]], form_seen: str = ""
) -> datetime:
    """Keeps what was typed, unchecked, for this person alone; returns when. Raises Conflict as `complete_work`."""
    key, now = as_key(item_id), masar.clock()
    typed = {name: values for name, values in raw.items() if not name.startswith("_")}
    payload = json.dumps(typed, ensure_ascii=False)
    if len(payload) > MOST_DRAFTED:
        raise Invalid(Text("النص أطول من أن يُحفظ مسودة.", "This is too long to be kept as a draft."))

    def work(conn: Connection) -> datetime:
        row = work_items.get_with_case(conn, key)
        if row is None:
            raise NotFound
        if row.status != "open":
            raise _closed(conn, actor, row, None)
        _demand_on(masar, conn, actor, "save_draft", row, row)
        _demand_form(row, form_seen)
        demand_same_rights(conn, actor, now)
        drafts.save(conn, masar.vault, case_of(key), key, actor.id, payload.encode(), now)
        return now

    return masar.db.run(work)


def for_whom(actor: Actor, item: Any) -> int | None:
    """The absent person for whom the actor does a work item; None where they do it as themselves."""
    return item.assignee_id if item.assignee_id in actor.stands_in_for else None


def as_key(text: str) -> int:
    """A key from outside; raises NotFound for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) < 20) or int(text) >= 1 << 63:
        raise NotFound
    return int(text)


def _open_item(
    conn: Connection, actor: Actor, key: int, case: CaseFile, submit: str | None = None
) -> Any:
    item = work_items.get(conn, key)
    if item is None:
        raise NotFound
    if item.status != "open":
        raise _closed(conn, actor, item, submit, case)
    return item


def _closed(conn: Connection, actor: Actor, item: Any, submit: str | None, case: CaseFile | None = None) -> Exception:
    """What to tell somebody who comes to a closed work item; nothing to those who may not know of it."""
    if submit and item.closed_token == submit and item.closed_by == actor.id:
        return _DoneAlready()
    of = case or item
    stranger = item.closed_by != actor.id or actor.id in concerned(of)
    if is_sealed(of) or (stranger and not may(actor, "know_work", facts_of_item(item, of))):
        return NotFound()
    if item.status == "cancelled":
        return Conflict(_GONE, None, item.closed_at)
    who = actor_by_id(conn, item.closed_by)
    return Conflict(_TAKEN, who.name if who else None, item.closed_at)


def _demand_on(masar: Masar, conn: Connection, actor: Actor, action: str, item: Any, case: Any) -> None:
    """Refuses what the actor may not do with an open work item; who may know of it is told who has it."""
    facts = facts_of_item(item, case)
    if may(actor, action, facts):
        return
    if item.assignee_id not in (None, actor.id) and may(actor, "know_work", facts):
        raise claimed_by(masar, conn, item)
    demand(actor, action, facts, "see_work")


def _demand_form(item: Any, seen: str) -> None:
    """Raises Conflict for what was typed into another version of the form than the case has now."""
    if seen and item.form_sha256 and seen != item.form_sha256:
        raise Conflict(LATER)


def claimed_by(masar: Masar, conn: Connection, item: Any) -> Conflict:
    """What to tell somebody who comes to a work item that a colleague has: who, and since when."""
    who = actor_by_id(conn, item.assignee_id)
    since = None
    for event in events.newest_of(conn, masar.vault, item.case_id, _TAKING):
        if document_of(event.payload).get("item") == item.id:
            since = event.recorded_at
            break
    return Conflict(_CLAIMED, who.name if who else None, since)


def _answers(
    masar: Masar, conn: Connection, standing: Standing, item: Any, raw: Sent, now: datetime, actor: Actor
) -> dict[str, Any]:
    if not item.form:
        return no_answers(raw)
    form = standing.definitions.form(item.form)
    context = {**visible(standing.case.state, token_of(item.id)), CURRENT_USER: actor.login}
    return answers_in_case(masar, conn, standing, form, raw, context, now)


def _particulars(item: Any) -> dict[str, Any]:
    return {
        "item": item.id, "process": item.process, "element": item.element, "form": item.form,
        "form_sha256": item.form_sha256,
    }
