"""Messages that a diagram waits for: recorded by a person, or published by another case."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.access import EXTERNAL, may
from engine.actor import BY_LINK, CURRENT_USER, SYSTEM, Actor
from engine.bpmn import commands, visible
from engine.commands.answers import Sent, answers_in_case, no_answers
from engine.commands.form_versions import demand_form
from engine.commands.moving import move_case
from engine.commands.standing import Standing, Verb, case_of, token_of
from engine.commands.submits import mark_of
from engine.commands.work import as_key
from engine.errors import Conflict, MasarError, NotFound, Unavailable
from engine.masar import Masar
from engine.powers import PROVIDER_USER, TYPED_IN, VISIBLE_AFTER_ANSWER
from engine.queries.handing_on import lying_there
from engine.queries.provider_records import record_of
from engine.queries.relations import demand, facts_of_case, facts_of_offer, is_sealed
from engine.queries.sharing import context_of
from engine.store import answer_links, cases, messages, owed_messages, provider_records, submissions
from engine.text import Text

_ANSWERED = Text("سُجّل هذا الرد من قبل، أو لم يعد مطلوباً.", "This was recorded already, or is no longer needed.")
_NOT_AWAITED = Text(
    "لا حالة تنتظر هذه الرسالة، أو لا يحق لك إرسالها.", "No case waits for this message, or it is not yours to send."
)
_SEVERAL = Text(
    "تنتظر هذه الرسالة أكثر من جهة؛ سمِّ الطلب المقصود برقمه.", "Several wait for this message: name the offer by its id."
)
_NOBODY_WAITS = Text("لا حالة مفتوحة تنتظر هذه الرسالة.", "No open case waits for this message.")


@dataclass(frozen=True)
class ByLink:
    """The one-time link that is shown, and who answers by it, as they say themselves."""

    id: int
    said_by: str


class _CountedAlready(Exception):
    """The same submit was counted before."""


def answer_offer(
    masar: Masar, actor: Actor, wait_id: str, raw: Sent, token: str, of_case: str | None = None, form_seen: str = "",
) -> str:
    """Records by hand a message that a case waits for; returns the id of the case. The same submit twice counts
    once; `form_seen` is the hash of the form that was read. Raises Invalid (fields), Conflict, NotAllowed, NotFound
    (also where it is of another case than said)."""
    key = as_key(wait_id)
    if of_case is not None and as_key(of_case) != case_of(key):
        raise NotFound
    with suppress(_CountedAlready):
        _answer(masar, actor, key, raw, mark_of(masar.vault, actor, wait_id, token, raw), form_seen)
    return str(case_of(key))


def send_message(
    masar: Masar, actor: Actor, name: str, correlation: str, offer_id: str | None, raw: Sent, token: str,
    form_seen: str = "",
) -> str:
    """Answers, in the name of a person, the open offer that waits for a message of this name and correlation key (the
    one with `offer_id` where several do); returns the id of the case. The same submit twice counts once. Raises Invalid
    (fields), Conflict, and NotFound where nothing waits that the actor may answer: it tells nobody what waits for
    others."""
    about = json.dumps(["message", offer_id, name, correlation])
    submit = mark_of(masar.vault, actor, about, token, raw)
    with masar.db.read() as conn:
        before = submissions.find(conn, submit)
        waits = list(messages.waiting_for(conn, name, masar.vault.hash("message", correlation)))
        files = {case.id: case for case in cases.load_many(conn, masar.vault, sorted({w.case_id for w in waits}))}
    if before is not None:
        return str(before.case_id)
    found = [w for w in waits if w.case_id in files and offer_id in (None, str(w.id))]
    mine = [w for w in found if may(actor, "answer_offer", facts_of_offer(w, files[w.case_id]))]
    if len(mine) != 1:
        raise Conflict(_SEVERAL) if mine else NotFound(_NOT_AWAITED)
    with suppress(_CountedAlready):
        _answer(masar, actor, mine[0].id, raw, submit, form_seen)
    return str(mine[0].case_id)


def answer_by_link(
    masar: Masar, link_id: int, wait_id: int, said_by: str, raw: Sent, submit: bytes, form_seen: str = ""
) -> None:
    """Records the answer of a provider without an account, by the one-time link that was made for it; the link is used
    up with it. Raises Invalid (fields), NotFound where the link or the offer is no more."""
    with suppress(_CountedAlready):
        _answer(masar, BY_LINK, wait_id, raw, submit, form_seen, ByLink(link_id, said_by))


def _answer(
    masar: Masar, actor: Actor, key: int, raw: Sent, submit: bytes, form_seen: str, link: ByLink | None = None
) -> None:
    now = masar.clock()

    def choose(conn: Connection, standing: Standing) -> Verb:
        if submissions.find(conn, submit) is not None:
            raise _CountedAlready
        wait = messages.get(conn, key)
        if wait is None:
            raise _gone(actor, standing)
        relation = facts_of_offer(wait, standing.case, link is not None)
        demand(actor, "answer_offer", relation)
        demand_form(masar, conn, standing, wait, raw, form_seen)
        told = visible(standing.case.state, token_of(wait.id))
        context = {**context_of(actor, relation, told), CURRENT_USER: actor.login}
        variables = _answers(masar, conn, standing, wait, raw, context, now)
        verb = _received(masar, actor, wait, variables, submit)
        if PROVIDER_USER not in relation.groups:
            return verb
        manner = {"typed_in": True} if TYPED_IN in context else {"said_by": link.said_by} if link else {}
        kept = record_of(standing, wait, told, variables.get(wait.element), now)
        return replace(
            verb, particulars={**verb.particulars, **manner}, writes=_with(masar, wait, verb.writes, kept, link))

    move_case(masar, actor, case_of(key), choose)


def _answers(
    masar: Masar, conn: Connection, standing: Standing, wait: Any, raw: Sent, context: Mapping[str, Any], now: datetime
) -> Mapping[str, Any]:
    """The variables that the answer to a wait leaves."""
    if not wait.form:
        return no_answers(raw)
    form = standing.definitions.form(wait.form)
    standing = replace(standing, case=lying_there(conn, wait, standing.case))
    return {wait.element: answers_in_case(masar, conn, standing, form, raw, context, now)}


def _with(
    masar: Masar, wait: Any, writes: Callable[[Connection], None], kept: bytes | None, link: ByLink | None
) -> Callable[[Connection], None]:
    """What is written besides: the link used up, and what the provider may look at for some time."""

    def write(conn: Connection) -> None:
        now = masar.clock()
        if link is not None and not answer_links.use(conn, link.id, now):
            raise NotFound
        writes(conn)
        answer_links.end_all(conn, wait.id, now)
        if kept is not None and wait.offer_unit_id:
            until = now + VISIBLE_AFTER_ANSWER
            provider_records.add(conn, masar.vault, wait.case_id, wait.offer_unit_id, wait.id, kept, now, until)

    return write


def publish_message(
    masar: Masar, actor: Actor, name: str, key: str, payload: Mapping[str, Any], token: str
) -> list[int]:
    """Gives a message to everything that waits for its name and key, be it several times in one case; returns the ids
    of the cases. `token` names the sending, so that sending again counts once: what began to wait after the first
    sending is not meant. Raises Conflict when nobody waits and nobody got it before."""
    meant, again = _meant(masar, name, key, token)
    if not meant and not again:
        raise Conflict(_NOBODY_WAITS)
    for wait in meant:
        _deliver(masar, actor, wait, payload, masar.vault.hash("submission", f"{token} {wait.id}"), token)
    return list(dict.fromkeys(wait.case_id for wait in meant))


def tell_owed(masar: Masar, owed: Any) -> None:
    """Gives every case that waits a message that the platform owes it (a provider was suspended). A worker that dies on
    the way leaves the row, and the next one tells those that were not told; a case that cannot be told now keeps the
    row too, and keeps no other from being told. Raises what stood in the way of the first of them."""
    failed: Exception | None = None
    for wait in _meant(masar, owed.name, owed.key, owed.token)[0]:
        try:
            submit = masar.vault.hash("submission", f"{owed.token} {wait.id}")
            _deliver(masar, SYSTEM, wait, {}, submit, owed.token)
        except Unavailable:
            raise
        except Exception as problem:
            failed = failed or problem
    if failed is not None:
        raise failed
    masar.db.run(lambda conn: owed_messages.told(conn, owed.id))


def _meant(masar: Masar, name: str, key: str, token: str) -> tuple[list[Any], bool]:
    """What waited when a message was first sent, which is now where it was not; and whether it was sent before."""
    with masar.db.read() as conn:
        waits = messages.waiting_for(conn, name, masar.vault.hash("message", key))
        before: Any = submissions.find(conn, masar.vault.hash("submission", token))
    return [wait for wait in waits if before is None or wait.since < before.at], before is not None


def _gone(actor: Actor, standing: Standing) -> MasarError:
    """What to tell of a wait that is no more: something only to those who see the case or whose unit it asked."""
    asked = {m.unit_id for m in actor.memberships if m.role in EXTERNAL} & set(standing.facts.units.values())
    seen = may(actor, "see_case", facts_of_case(standing.case, standing.facts))
    return Conflict(_ANSWERED) if seen or (asked and not is_sealed(standing.case)) else NotFound()


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
