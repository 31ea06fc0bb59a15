"""Opening a closed case again: the same file, the same history, the same people, from the start of its process."""

from collections.abc import Mapping
from typing import Any, Literal

from sqlalchemy import Connection

from engine.actor import Actor
from engine.bpmn import commands, visible
from engine.commands.moving import move_case
from engine.commands.standing import Standing, Verb
from engine.forms.cleaning import number_typed
from engine.masar import Masar
from engine.powers import carried_over
from engine.store import cases, submissions
from engine.store.master_key import KeyTrouble

Result = Literal["reopened", "open", "unknown"]


class _Answered(Exception):
    """Nothing to do: how the case stands is the answer."""

    def __init__(self, result: Result) -> None:
        self.result: Result = result


def reopen_case(masar: Masar, actor: Actor, number: object, variables: Mapping[str, Any], token: str) -> Result:
    """Opens the closed case with a number again. `open`: it is open already; `unknown`: there is no such case, or its
    content was erased or is sealed: then a case of its own opens, and the seal holds. `token` names the asking, so that
    asking again counts once."""
    with masar.db.read() as conn:
        case_id = cases.by_number(conn, number_typed(number))
        plain = cases.load_plain(conn, case_id) if case_id is not None else None
    if plain is None or plain.kind != "case" or plain.readers is not None:
        return "unknown"
    submit = masar.vault.hash("submission", token)

    def choose(conn: Connection, standing: Standing) -> Verb:
        if submissions.find(conn, submit) is not None:
            raise _Answered("reopened")
        if standing.case.status != "closed":
            raise _Answered("open")
        return Verb("case_reopened", _anew(standing, variables), writes=lambda conn: submissions.record(
            conn, submit, actor.id, standing.case.id, masar.clock()))

    try:
        move_case(masar, actor, plain.id, choose)
    except _Answered as answered:
        return answered.result
    except KeyTrouble:
        return "unknown"
    return "reopened"


def _anew(standing: Standing, variables: Mapping[str, Any]) -> commands.Reopen:
    case = standing.case
    known = visible(case.state, 0)["case"]
    carried = carried_over(known, variables)
    return commands.Reopen(case.process, {**carried, "case_number": case.number, "reopened": True})
