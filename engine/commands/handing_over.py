"""A case changes hands because its diagram says so: only where a leader of its unit released it, and somebody else
accepted it, the new manager or a leader of the receiving unit. The diagram names who; who they are is judged here."""

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection, select

from engine.access import MANAGERS, AccessFacts, may
from engine.actor import SYSTEM, Actor
from engine.bpmn import commands
from engine.commands.managing import fitness_to_manage
from engine.commands.moving import move_case
from engine.commands.reassigning import LONGEST_REASON
from engine.commands.standing import Standing, Verb
from engine.masar import Masar
from engine.queries.accounts import actor_by_id, actor_named
from engine.queries.relations import facts_of_case
from engine.store import events, submissions
from engine.store.units import unit

Result = Literal["moved", "refused"]


@dataclass(frozen=True)
class Handover:
    """What a diagram asks for: the new manager, perhaps of another unit, the reason, and the elements that whoever
    released the case, whoever accepted it and, of another unit, the new manager themselves have done."""

    to: str
    unit: str | None
    reason: str
    released_by: str
    accepted_by: str
    taken_by: str = ""


class _Answered(Exception):
    """Nothing to do: the result is known."""

    def __init__(self, result: Result) -> None:
        self.result: Result = result


def hand_over_case(masar: Masar, case_id: int, asked: Handover, token: str) -> Result:
    """Makes somebody else the manager of a case, in another unit if one is named; open work of the manager follows.
    `refused`: those who released and accepted it may not, or were one and the same, or the new manager cannot manage
    there or is barred by D16. `token` names the asking, so that asking again counts once. Raises NotFound."""
    submit = masar.vault.hash("submission", token)

    def choose(conn: Connection, standing: Standing) -> Verb:
        if submissions.find(conn, submit) is not None:
            raise _Answered("moved")
        receiver = actor_named(conn, asked.to) if asked.to else None
        path = _path_of(conn, standing, asked.unit)
        doers = (last_to_do(masar, conn, standing, asked.released_by),
                 last_to_do(masar, conn, standing, asked.accepted_by),
                 last_to_do(masar, conn, standing, asked.taken_by))
        if receiver is None or path is None or not _agreed(standing, asked, doers, receiver, path):
            raise _Answered("refused")
        if fitness_to_manage(masar, conn, standing, receiver, masar.clock()).barred:
            raise _Answered("refused")
        amended = {"case_manager": receiver.login} | ({"unit": asked.unit} if asked.unit else {})
        particulars = {
            "from": standing.case.manager_id, "to": receiver.id, "reason": asked.reason.strip()[:LONGEST_REASON]}
        return Verb(
            "case_reassigned", commands.Amend(amended, copies=True), particulars,
            writes=lambda conn: submissions.record(conn, submit, SYSTEM.id, case_id, masar.clock()))

    try:
        move_case(masar, SYSTEM, case_id, choose)
    except _Answered as answered:
        return answered.result
    return "moved"


def _path_of(conn: Connection, standing: Standing, code: str | None) -> str | None:
    """Where the case is to lie: the unit of a code, else where it lies; None where there is no such unit."""
    return conn.scalar(select(unit.c.path).where(unit.c.code == code)) if code else standing.case.unit_path


def _agreed(
    standing: Standing, asked: Handover, doers: tuple[Actor | None, ...], receiver: Actor, path: str
) -> bool:
    """Whether the right people released and accepted it, and the receiver may manage cases there."""
    case, (released, accepted, taken) = standing.case, doers
    if case.kind != "case" or released is None or accepted is None or released.id == accepted.id:
        return False
    there = AccessFacts(kind="case", unit_path=path, manager_id=case.manager_id)
    may_release = may(released, "reassign_case", _as_if_open(standing))
    may_accept = may(accepted, "reassign_case", there) if asked.unit else accepted.id == receiver.id
    if asked.unit and (taken is None or taken.id != receiver.id or taken.id in (accepted.id, released.id)):
        return False  # nobody is given a case of another unit by two leaders alone
    return may_release and may_accept and _may_manage(receiver, there)


def _as_if_open(standing: Standing) -> AccessFacts:
    """A sealed file changes hands too: whoever released it was given that work in it, and is judged by their post."""
    return replace(facts_of_case(standing.case, standing.facts), sealed=False)


def _may_manage(receiver: Actor, there: AccessFacts) -> bool:
    """Whether somebody may manage a case that lies there or, as it then would, in their own unit below it."""
    below = any(m.role in MANAGERS and m.unit_path.startswith(there.unit_path) for m in receiver.memberships)
    return may(receiver, "receive_case", there) or (below and receiver.id not in there.about and not there.sealed)


def last_to_do(masar: Masar, conn: Connection, standing: Standing, elements: str) -> Actor | None:
    """Who did the last of some elements of the case, with the rights of now."""
    answered = standing.facts.answered
    done = [answered[name] for one in elements.split(",") if (name := one.strip()) in answered]
    found = events.read(conn, masar.vault, standing.case.id, max(done) - 1, 1) if done else []
    return actor_by_id(conn, found[0].actor_id) if found else None
