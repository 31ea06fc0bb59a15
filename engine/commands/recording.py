"""Facts that move no token: claims, reassignments, escalations. They stand in the same chain as the moves."""

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection

from engine.actor import Actor
from engine.commands.freshness import demand_same_rights
from engine.errors import NotFound
from engine.masar import Masar
from engine.store import cases, events
from engine.store.cases import CaseFile
from engine.store.events import NewEvent

Recorded = tuple[str, bytes] | tuple[str, bytes, int | None]
"""The kind of an event, its payload and, where somebody acted for another, for whom."""
Change = Callable[[Connection, CaseFile], Recorded | None]
"""Writes the rows of a change and names the event to record; None when nothing changed."""


Rewritten = tuple[str, bytes, CaseFile]
"""The kind of an event, its payload and the file as it stands after it."""


def rewrite(
    masar: Masar, actor: Actor, case_id: int, change: Callable[[Connection, CaseFile], Rewritten | None]
) -> None:
    """Changes what the platform itself keeps of a file and records it, in one transaction; no token moves. Raises
    NotFound and what `change` raises."""

    def made(conn: Connection, case: CaseFile) -> _Made | None:
        changed = change(conn, case)
        return None if changed is None else ((changed[0], changed[1]), changed[2])

    _write(masar, actor, case_id, made)


def record(masar: Masar, actor: Actor, case_id: int, change: Change) -> None:
    """Makes a change on a case and records it, in one transaction. Raises NotFound and what `change` raises."""

    def made(conn: Connection, case: CaseFile) -> _Made | None:
        recorded = change(conn, case)
        return None if recorded is None else (recorded, case)

    _write(masar, actor, case_id, made)


_Made = tuple[Recorded, CaseFile]


def _write(
    masar: Masar, actor: Actor, case_id: int, make: Callable[[Connection, CaseFile], _Made | None]
) -> None:
    now = masar.clock()

    def work(conn: Connection) -> None:
        case = cases.load(conn, masar.vault, case_id)
        if case is None:
            raise NotFound
        made = make(conn, case)
        if made is None:
            return
        (kind, payload, *for_whom), after = made
        demand_same_rights(conn, actor, now, *for_whom)
        fact = NewEvent(kind, actor.id, now, payload, for_whom[0] if for_whom else None)
        head = events.append(conn, masar.vault, case.id, case.head, [fact], now)
        cases.save(conn, masar.vault, case, replace(after, head=head))

    masar.db.run(work)
