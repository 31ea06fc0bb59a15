"""Calls that stay in the house: a case opened, opened again, handed over or sealed, a message to another case, a
signal to all that wait."""

from collections.abc import Mapping
from typing import Any

from engine.actor import SYSTEM
from engine.calls.work import CallFailed, Work
from engine.commands.handing_over import Handover, hand_over_case
from engine.commands.messages import publish_message
from engine.commands.opening import Opening, about_of, open_file
from engine.commands.reopening import reopen_case
from engine.commands.sealed_files import seal_file
from engine.commands.signals import broadcast_signal
from engine.errors import Conflict
from engine.forms.cleaning import number_typed
from engine.masar import Masar

CASE = "case"


def do_open_case(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Opens a case for one person of a report. Done twice, it opens one case."""
    variables = {name: value for name, value in work.variables.items() if value is not None}
    opening = Opening(
        "case", CASE, work.unit_id, work.unit_path, variables, "case_number", "case_opened", f"call {work.id}",
        parent_id=work.case_id, about=about_of(masar, work.case_id),
    )
    opened = open_file(masar, SYSTEM, opening)
    return {"case_number": opened.number}


def do_reopen_case(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Opens a closed case again. `outcome`: reopened, open (it never was closed) or unknown."""
    variables = {name: value for name, value in work.variables.items() if name != "case_number" and value is not None}
    number = work.variables.get("case_number")
    outcome = reopen_case(masar, SYSTEM, number, variables, f"call {work.id}")
    return {"outcome": outcome, "case_number": number_typed(number)}


def do_hand_over_case(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Gives the case of this call to another manager. `outcome`: moved, or refused where the people who released and
    accepted it (by the elements that the headers name) may not."""
    said = {name: str(work.variables.get(name) or "") for name in ("to", "unit", "reason")}
    asked = Handover(
        said["to"], said["unit"] or None, said["reason"], work.headers.get("released_by", ""),
        work.headers.get("accepted_by", ""), work.headers.get("taken_by", ""))
    return {"outcome": hand_over_case(masar, work.case_id, asked, f"call {work.id}")}


def do_seal_file(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Seals the file of this call against reading. `outcome`: sealed, or refused where not two different accounts did
    the elements that the headers name. Who may read it afterwards is no word of the diagram."""
    return {"outcome": seal_file(masar, work.case_id, work.headers.get("agreed_by", ""))}


def do_publish_message(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Gives a message to the case that waits for it; raises CallFailed while none does."""
    name, key = work.headers.get("message", ""), work.variables.get("key")
    payload = work.variables.get("payload")
    if not isinstance(payload, Mapping):
        payload = {"payload": payload}
    try:
        reached = publish_message(masar, SYSTEM, name, str(key or ""), payload, f"call {work.id}")
    except Conflict as nobody:
        raise CallFailed(nobody.text) from nobody
    return {"reached": len(reached)}


def do_broadcast_signal(masar: Masar, work: Work) -> Mapping[str, Any]:
    """Tells all other cases of a signal; its own case has heard it in the move that threw it."""
    reached = broadcast_signal(
        masar, SYSTEM, work.headers["signal"], work.variables, f"call {work.id}", but=work.case_id)
    return {"reached": reached}
