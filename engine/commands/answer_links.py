"""One-time links: a provider without an account answers one offer of one referral, once. The manager of the case makes
the link and hands it over; whoever holds it sees what an account of that provider would see, and nothing else."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from engine.actor import BY_LINK, Actor
from engine.commands.answers import Sent
from engine.commands.messages import answer_by_link
from engine.commands.recording import Recorded, record
from engine.commands.standing import case_of
from engine.commands.submits import mark_of
from engine.commands.throttling import admit
from engine.commands.work import as_key
from engine.errors import Invalid, NotFound
from engine.history import event_payload
from engine.masar import Masar
from engine.powers import PROVIDER_USER
from engine.queries.offers import offer_page
from engine.queries.relations import demand, facts_of_offer
from engine.queries.rows import OfferPage
from engine.store import answer_links, messages, submissions
from engine.store.cases import CaseFile
from engine.text import Text

LASTS = timedelta(days=7)
TOKEN_BYTES = 16  # 128 random bits
LONGEST_NAME = 150
MOST_LOOKS = 60
"""From one place within five to ten minutes."""
_LONGEST_TOKEN = 64

_DEAD = Text(
    "هذا الرابط لم يعد يعمل: استُعمل، أو انتهت مدته، أو لم يعد الرد مطلوباً، أو لم يُنسخ كاملاً. "
    "اطلبوا من مدير الحالة رابطاً جديداً إن لزم.",
    "This link does not work any more: it was used, its time is over, no answer is needed now, or it was not copied "
    "whole. Ask the case manager for a new one if you need it.",
)
_NO_NAME = Text("اكتبوا اسم من يرد وصفته.", "Say who answers: name and office.")
_FOR_WHOM = Text("اكتب لمن تعطي الرابط وكيف.", "Say to whom you give the link, and how.")


@dataclass(frozen=True)
class Opened:
    """What a living link opens."""

    link_id: int
    page: OfferPage


def make_link(masar: Masar, actor: Actor, wait_id: str, for_whom: str, of_case: str) -> str:
    """A new one-time link to an offer, which ends every earlier one; returns its token, which is kept nowhere. Raises
    Invalid, NotAllowed, NotFound."""
    said, key = " ".join(for_whom.split()), as_key(wait_id)
    token, now = secrets.token_urlsafe(TOKEN_BYTES), masar.clock()

    def change(conn: Connection, case: CaseFile) -> Recorded:
        wait = demanded(conn, actor, key, case)
        if not said or len(said) > LONGEST_NAME or not said.isprintable():
            raise Invalid(_FOR_WHOM, {"for_whom": _FOR_WHOM})
        until = now + LASTS
        answer_links.add(conn, masar.vault, _hash(masar, token), case.id, key, actor.id, said, now, until)
        told = {"process": wait.process, "element": wait.element, "for_whom": said, "until": until}
        return "answer_link_made", event_payload(**told)

    record(masar, actor, _case_key(key, of_case), change)
    return token


def end_link(masar: Masar, actor: Actor, wait_id: str, of_case: str) -> None:
    """Nobody answers by the links to this offer any more. Raises NotAllowed, NotFound."""
    key, now = as_key(wait_id), masar.clock()

    def change(conn: Connection, case: CaseFile) -> Recorded | None:
        wait = demanded(conn, actor, key, case)
        if not answer_links.end_all(conn, key, now):
            return None
        return "answer_link_ended", event_payload(process=wait.process, element=wait.element)

    record(masar, actor, _case_key(key, of_case), change)


def open_link(masar: Masar, token: str, address: str) -> Opened:
    """What a link shows. Raises NotFound, in the same words whatever is wrong with it, and Throttled."""
    admit(masar, "answer", address, MOST_LOOKS)
    now = masar.clock()
    with masar.db.read() as conn:
        row = _living(conn, masar, token, now)
    page = _page(masar, row)
    if row.opened_at is None:
        masar.db.run(lambda conn: answer_links.opened(conn, row.id, now))
    return Opened(row.id, page)


def use_link(
    masar: Masar, token: str, said_by: str, raw: Sent, submit_token: str, address: str, form_seen: str = ""
) -> None:
    """Records an answer by a link, to the version of the form that was read. Sent twice from the same page, it counts
    once. Raises Invalid (fields), NotFound, Throttled, Conflict."""
    admit(masar, "answer", address, MOST_LOOKS)
    name, now = " ".join(said_by.split()), masar.clock()
    with masar.db.read() as conn:
        row = answer_links.find(conn, _hash(masar, token))
        submit = mark_of(masar.vault, BY_LINK, f"link {row.id if row else 0}", submit_token, raw)
        if row is not None and submissions.find(conn, submit) is not None:
            return
        row = _living(conn, masar, token, now)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid(_NO_NAME, {"said_by": _NO_NAME})
    try:
        answer_by_link(masar, row.id, row.wait_id, name, raw, submit, form_seen)
    except NotFound:
        raise NotFound(_DEAD) from None


def demanded(conn: Connection, actor: Actor, wait_id: int, case: CaseFile) -> Any:
    """The offer to a provider for which the actor may make links; none of a sealed file, where no link would open
    anything. Raises NotAllowed, NotFound."""
    wait = messages.get(conn, wait_id)
    if wait is None or wait.case_id != case.id:
        raise NotFound
    relation = facts_of_offer(wait, case)
    if PROVIDER_USER not in relation.groups or relation.sealed:
        raise NotFound
    demand(actor, "make_answer_link", relation)
    return wait


def _living(conn: Connection, masar: Masar, token: str, now: datetime) -> Any:
    row = answer_links.find(conn, _hash(masar, token)) if len(token) <= _LONGEST_TOKEN else None
    if row is None or row.used_at or row.ended_at or row.expires_at <= now or messages.get(conn, row.wait_id) is None:
        raise NotFound(_DEAD)
    return row


def _page(masar: Masar, row: Any) -> OfferPage:
    try:
        return offer_page(masar, BY_LINK, str(row.wait_id), by_link=True)
    except NotFound:
        raise NotFound(_DEAD) from None


def _hash(masar: Masar, token: str) -> bytes:
    return masar.vault.hash("answer link", token[:_LONGEST_TOKEN])


def _case_key(wait_id: int, of_case: str) -> int:
    if as_key(of_case) != case_of(wait_id):
        raise NotFound
    return case_of(wait_id)
