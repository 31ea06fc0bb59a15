"""Signals: what one case says to all others that wait for it, once to each, however often it is tried."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection

from engine.actor import SYSTEM, Actor
from engine.bpmn import NotOpen, commands
from engine.commands.moving import move_case
from engine.commands.standing import Standing, Verb
from engine.errors import NotFound
from engine.masar import Masar
from engine.store import messages, submissions

PAGE = 100
MOST_CASES = 500
"""More cases than anybody manages."""


class _HeardAlready(Exception):
    """The case was told before, when the telling was cut short."""


def broadcast_signal(
    masar: Masar, actor: Actor, name: str, payload: Mapping[str, Any], token: str, but: int | None = None
) -> int:
    """Gives a signal to every case that waits for its name, `but` the one that threw it; returns how many heard it
    now. One transaction a case: what fails in one stops no other. `token` names the throwing: done again after it
    was cut short, it reaches only those who have not heard it yet."""
    heard, after = 0, 0
    while True:
        with masar.db.read() as conn:
            waiting = messages.cases_hearing(conn, name, masar.vault.hash("message", ""), after, PAGE)
        for case_id in waiting:
            after = case_id
            if case_id != but and _tell(masar, actor, case_id, name, payload, token):
                heard += 1
        if len(waiting) < PAGE:
            return heard


def tell_cases_of(masar: Masar, manager_id: int, name: str, payload: Mapping[str, Any], token: str) -> int:
    """Gives a signal of the platform to the open cases of one manager that wait for it; returns how many heard it."""
    with masar.db.read() as conn:
        waiting = messages.cases_of_manager_hearing(
            conn, name, masar.vault.hash("message", ""), manager_id, MOST_CASES)
    return sum(_tell(masar, SYSTEM, case_id, name, payload, token) for case_id in waiting)


def _tell(masar: Masar, actor: Actor, case_id: int, name: str, payload: Mapping[str, Any], token: str) -> bool:
    submit = masar.vault.hash("submission", f"{token} {case_id}")

    def choose(conn: Connection, _standing: Standing) -> Verb:
        if submissions.find(conn, submit) is not None:
            raise _HeardAlready
        return Verb(
            "signal_received", commands.Signal(name, payload), {"signal": name},
            writes=lambda conn: submissions.record(conn, submit, actor.id, case_id, masar.clock()))

    with suppress(_HeardAlready, NotOpen, NotFound):
        move_case(masar, actor, case_id, choose)
        return True
    return False
