"""A report comes in: by staff at a desk or a telephone, or by a partner agency."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from engine.access import may
from engine.actor import Actor
from engine.commands.answers import read_answers
from engine.commands.opening import Opening, open_file
from engine.commands.submits import mark_of
from engine.errors import NotAllowed
from engine.masar import Masar
from engine.queries.choices import lists_for
from engine.store.units import ancestors, unit

REPORT_FORM = "form_0_report"
REPORTING = "reporting"
# Units of other agencies; a report belongs to the unit of this house that they stand under.
EXTERNAL_UNITS = frozenset({"provider", "partner"})


@dataclass(frozen=True)
class Receipt:
    """What the reporter takes home. The tracking code is told once and kept only as a keyed hash."""

    case_id: str
    number: str
    tracking_code: str


def submit_report(masar: Masar, actor: Actor, raw: Mapping[str, list[str]], token: str) -> Receipt:
    """Takes a report in and starts its process. The same submit sent twice gives the same receipt.
    Raises Invalid (fields), NotAllowed."""
    if not may(actor, "submit_report"):
        raise NotAllowed
    code = tracking_code(masar, mark_of(masar.vault, actor, REPORTING, token, raw).hex())
    now = masar.clock()
    with masar.db.read() as conn:
        definitions = masar.library.latest(conn)
        unit_id, unit_path, unit_code = receiving_unit(conn, actor)
        form = definitions.form(REPORT_FORM)
        lists = lists_for(conn, definitions.lists, form, unit_path)
        answers = read_answers(definitions, form, raw, report_context(actor), lists, now)
    opening = Opening(
        "report", REPORTING, unit_id, unit_path, {REPORT_FORM: answers, "unit": unit_code}, "report_number",
        "report_received", f"tracking {masar.vault.hash('tracking', code).hex()}", reporter=actor.id,
    )
    opened = open_file(masar, actor, opening)
    return Receipt(str(opened.id), opened.number, code)


def report_context(actor: Actor) -> dict[str, Any]:
    """What the report form may know of who fills it: the channel that such a person's reports usually come by."""
    if "partner_user" in actor.roles:
        return {"channel": "system_link"}
    return {"channel": "hotline"} if "hotline_officer" in actor.roles else {"channel": "walk_in"}


def tracking_code(masar: Masar, submit: str) -> str:
    """80 bits that only the submit itself leads to, as 16 letters and digits that are easy to read out."""
    secret = masar.vault.hash("tracking code", submit)[:10]
    letters = base64.b32encode(secret).decode().lower()
    return "-".join(letters[i : i + 4] for i in range(0, 16, 4))


def receiving_unit(conn: Connection, actor: Actor) -> tuple[int, str, str]:
    """Id, path and code of the unit of this house that takes the actor's reports."""
    places = [ancestors(m.unit_path) for m in actor.memberships]
    ids = {one for place in places for one in place}
    rows = {r.id: r for r in conn.execute(select(unit).where(unit.c.id.in_(ids)))}
    for place in places:
        for one in reversed(place):
            if rows[one].kind not in EXTERNAL_UNITS:
                return rows[one].id, rows[one].path, rows[one].code
    raise NotAllowed
