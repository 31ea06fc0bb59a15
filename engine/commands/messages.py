"""Messages that a diagram waits for: recorded by a person, or published by another case."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection

from engine.access import EXTERNAL, may, visible_sensitivity
from engine.actor import Actor
from engine.bpmn import commands, visible
from engine.commands.answers import read_answers
from engine.commands.moving import move_case
from engine.commands.standing import Standing, Verb, case_of, token_of
from engine.commands.submits import mark_of
from engine.commands.work import as_key
from engine.errors import Conflict, MasarError, NotFound
from engine.masar import Masar
from engine.queries.choices import lists_for
from engine.queries.relations import demand, facts_of_case, facts_of_offer
from engine.queries.sharing import narrowed
from engine.store import messages, submissions
from engine.text import Text

_ANSWERED = Text("سُجّل هذا الرد من قبل، أو لم يعد مطلوباً.", "This was recorded already, or is no longer needed.")
_NOBODY_WAITS = Text("لا حالة مفتوحة تنتظر هذه الرسالة.", "No open case waits for this message.")


class _CountedAlready(Exception):
    """The same submit was counted before."""


def answer_offer(masar: Masar, actor: Actor, wait_id: str, raw: Mapping[str, list[str]], token: str) -> str:
    """Records by hand a message that a case waits for; returns the id of the case. The same submit twice counts
    once. Raises Invalid (fields), Conflict, NotAllowed, NotFound."""
    key, now = as_key(wait_id), masar.clock()
    submit = mark_of(masar.vault, actor, wait_id, token, raw)

    def choose(conn: Connection, standing: Standing) -> Verb:
        if submissions.find(conn, submit) is not None:
            raise _CountedAlready
        wait = messages.get(conn, key)
        if wait is None:
            raise _gone(actor, standing)
        demand(actor, "answer_offer", facts_of_offer(wait, standing.case))
        variables: dict[str, Any] = {}
        if wait.form:
            form = standing.definitions.form(wait.form)
            lists = lists_for(conn, standing.definitions.lists, form, standing.case.unit_path)
            relation = facts_of_offer(wait, standing.case)
            context = visible(standing.case.state, token_of(key))
            context = context if visible_sensitivity(actor, relation) else narrowed(context)
            variables = {wait.element: read_answers(standing.definitions, form, raw, context, lists, now)}
        return _received(masar, actor, wait, variables, submit)

    with suppress(_CountedAlready):
        move_case(masar, actor, case_of(key), choose)
    return str(case_of(key))


def publish_message(
    masar: Masar, actor: Actor, name: str, key: str, payload: Mapping[str, Any], token: str
) -> list[int]:
    """Gives a message to every case that waits for its name and key; returns their ids. `token` names the sending,
    so that sending again counts once. Raises Conflict when nobody waits and nobody got it before."""
    with masar.db.read() as conn:
        waits = messages.waiting_for(conn, name, masar.vault.hash("message", key))
        before = submissions.find(conn, masar.vault.hash("submission", token))
    if not waits and before is None:
        raise Conflict(_NOBODY_WAITS)
    for wait in waits:
        _deliver(masar, actor, wait, payload, masar.vault.hash("submission", f"{token} {wait.case_id}"), token)
    return [wait.case_id for wait in waits]


def _gone(actor: Actor, standing: Standing) -> MasarError:
    """What to tell of a wait that is no more: something only to those who see the case or whose unit it asked."""
    asked = {m.unit_id for m in actor.memberships if m.role in EXTERNAL} & set(standing.facts.units.values())
    seen = may(actor, "see_case", facts_of_case(standing.case, standing.facts))
    return Conflict(_ANSWERED) if asked or seen else NotFound()


def _deliver(
    masar: Masar, actor: Actor, wait: Any, payload: Mapping[str, Any], submit: bytes, token: str
) -> None:
    whole = masar.vault.hash("submission", token)

    def choose(conn: Connection, _standing: Standing) -> Verb:
        if submissions.find(conn, submit) is not None or messages.get(conn, wait.id) is None:
            raise _CountedAlready
        first = submissions.find(conn, whole) is None
        return _received(masar, actor, wait, payload, submit, *([whole] if first else []))

    with suppress(_CountedAlready, NotFound):
        move_case(masar, actor, wait.case_id, choose)


def _received(masar: Masar, actor: Actor, wait: Any, variables: Mapping[str, Any], *submits: bytes) -> Verb:
    def writes(conn: Connection) -> None:
        for submit in submits:
            submissions.record(conn, submit, actor.id, wait.case_id, masar.clock())

    particulars = {"process": wait.process, "element": wait.element, "message": wait.name, "form": wait.form}
    fire = commands.Fire(token_of(wait.id), variables)
    return Verb("message_received", fire, particulars, performed=wait.element if actor.id else None, writes=writes)
