"""A report comes in: by staff at a desk or a telephone, by a partner agency, or by anybody without signing in."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.access import may
from engine.actor import PUBLIC, Actor
from engine.commands.answers import Sent, read_answers
from engine.commands.opening import Opening, open_file
from engine.commands.receiving import receiving_unit, unit_for_the_public
from engine.commands.submits import mark_of
from engine.definitions import Definitions
from engine.errors import NotAllowed
from engine.forms import Form, Lists
from engine.masar import Masar
from engine.queries.choices import lists_for

REPORT_FORM = "form_0_report"
REPORTING = "reporting"
WEB, PAPER = "web", "paper_form"


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes home. The tracking code is told once and kept only as a keyed hash."""

    case_id: str
    number: str
    tracking_code: str


def submit_report(masar: Masar, actor: Actor, raw: Sent, token: str) -> Receipt:
    """Takes a report in and starts its process. The same submit sent twice gives the same receipt.
    Raises Invalid (fields), NotAllowed."""
    if not may(actor, "submit_report"):
        raise NotAllowed
    code = tracking_code(masar, mark_of(masar.vault, actor, REPORTING, token, raw).hex())
    now = masar.clock()
    with masar.db.read() as conn:
        definitions = masar.library.latest(conn)
        form = definitions.form(REPORT_FORM)
        lists = report_lists(conn, definitions, form, actor)
        answers = read_answers(definitions, form, raw, report_context(actor), lists, now)
        if actor == PUBLIC:
            answers = {"report_channel": WEB, "reported_at": now, **answers}
            place = unit_for_the_public(conn, lists, answers, masar.settings.receiving_unit)
        else:
            place = receiving_unit(conn, actor)
    opening = Opening(
        "report", REPORTING, place.id, place.path, {REPORT_FORM: answers, "unit": place.code}, "report_number",
        "report_received", origin_of(masar, code), reporter=None if actor == PUBLIC else actor.id,
        happened_at=_arrived_at(answers, now), particulars={"form": REPORT_FORM, "form_sha256": form.sha256},
    )
    opened = open_file(masar, actor, opening)
    return Receipt(str(opened.id), opened.number, code)


def report_lists(conn: Connection, definitions: Definitions, form: Form, actor: Actor) -> Lists:
    """The lists of the report form; the public gets none of those that name accounts or units."""
    if actor == PUBLIC:
        return definitions.lists
    return lists_for(conn, definitions.lists, form, receiving_unit(conn, actor).path)


def report_context(actor: Actor) -> dict[str, Any]:
    """What the report form may know of who fills it: the channel that such a person's reports usually come by."""
    if actor == PUBLIC:
        return {"channel": WEB}
    if "partner_user" in actor.roles:
        return {"channel": "system_link"}
    return {"channel": "hotline"} if "hotline_officer" in actor.roles else {"channel": "walk_in"}


def tracking_code(masar: Masar, submit: str) -> str:
    """80 bits that only the submit itself leads to, as 16 letters and digits that are easy to read out."""
    secret = masar.vault.hash("tracking code", submit)[:10]
    letters = base64.b32encode(secret).decode().lower()
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def origin_of(masar: Masar, code: str) -> str:
    """What the file of a report keeps of its tracking code: a keyed hash, by which it is found again."""
    return f"tracking {masar.vault.hash('tracking', code).hex()}"


def _arrived_at(answers: Mapping[str, Any], now: datetime) -> datetime | None:
    """When the report reached somebody: for a paper form the date on it, long before it is typed in."""
    told = answers.get("reported_at")
    return told if isinstance(told, datetime) and told <= now else None
