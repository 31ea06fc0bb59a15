"""Facts that move no token: claims, reassignments, escalations. They stand in the same chain as the moves."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from engine.actor import Actor
from engine.errors import NotFound
from engine.masar import Masar
from engine.store import cases, events
from engine.store.cases import CaseFile
from engine.store.events import NewEvent

Change = Callable[[Connection, CaseFile], tuple[str, bytes] | None]
"""Writes the rows of a change and names the event to record, with its payload; None when nothing changed."""


def record(masar: Masar, actor: Actor, case_id: int, change: Change) -> None:
    """Makes a change on a case and records it, in one transaction. Raises NotFound and what `change` raises."""
    now = masar.clock()

    def work(conn: Connection) -> None:
        case = cases.load(conn, masar.vault, case_id)
        if case is None:
            raise NotFound
        changed = change(conn, case)
        if changed is None:
            return
        kind, payload = changed
        head = events.append(conn, masar.vault, case.id, case.head, [NewEvent(kind, actor.id, now, payload)], now)
        cases.save(conn, masar.vault, case, replace(case, head=head))

    masar.db.run(work)
