"""What is late, nearly due or stopped in sealed files, for those who may know of them by their numbers: when, and
nothing of whom it is about or what is to be done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.access import ALLOWED, AROUND_A_SEAL, OFFICER
from engine.actor import Actor
from engine.bpmn import parked
from engine.commands.sealed_work import alarmed_item
from engine.commands.standing import case_of, token_of
from engine.commands.waiting import NO_USE
from engine.commands.work import as_key
from engine.errors import NotFound
from engine.masar import Masar
from engine.queries.assignment import Receiver, receivers_of
from engine.queries.naming import Names
from engine.queries.relations import facts_of_item
from engine.store import cases, sealed_files
from engine.store.cases import CaseFile
from engine.text import Text

MOST_OPEN = 500
"""Sealed files in which work goes on, under one reader: far more than there are."""
MOST = 100


@dataclass(frozen=True)
class Alarm:
    """Open work of a sealed file that is late or nearly due. `holder` is told to who may hand it over, so that they can
    telephone; None where nobody has taken it."""

    id: str
    due_at: datetime
    late: bool
    holder: Text | None
    may_hand_over: bool


@dataclass(frozen=True)
class Stop:
    """A place where a sealed file stopped. `no_use` says why trying again cannot help, where it cannot."""

    id: str
    since: datetime
    may_retry: bool
    no_use: Text | None


@dataclass(frozen=True)
class HandOverPage:
    """Giving late work of a sealed file to somebody else. Who may not have it is left out without the reason, which
    could tell whom the file is about (who bears a name in it, who reported it)."""

    case_id: str
    number: str
    unit: Text
    alarm: Alarm
    of_manager: bool
    receivers: tuple[Receiver, ...]


def waiting_at_seals(masar: Masar, actor: Actor) -> int:
    """How much in sealed files waits for somebody who may know of them: work that is late or nearly due, stops, and for
    an officer what others opened or handed over. 0, without asking, for all others; a statement (two for an officer)
    where nothing is open in sealed files."""
    roles = frozenset[str]().union(*(AROUND_A_SEAL[name] for name in ALLOWED["decide_seal"]))
    units = {m.unit_id for m in actor.memberships if m.role in roles}
    officer = {m.unit_id for m in actor.memberships if m.role in OFFICER}
    if not units:
        return 0
    with masar.db.read() as conn:
        ids = sealed_files.open_ids(conn, units, actor.id, MOST_OPEN)
        alarms = sealed_files.alarmed(conn, ids, masar.clock(), MOST) if ids else ()
        stops = sealed_files.stopped(conn, ids, MOST) if ids else ()
        unseen: Any = sealed_files.unseen(conn, officer, actor.id, MOST) if officer else ()
    return len(alarms) + len(stops) + len([row for row in unseen if row.account_id != actor.id])


def alarm_of(row: Any, now: datetime, names: Names, may_hand_over: bool) -> Alarm:
    """A row of late or nearly late work, as it may be told."""
    holder = names.account(row.assignee_id) if may_hand_over and row.assignee_id else None
    return Alarm(str(row.id), row.due_at, row.due_at <= now, holder, may_hand_over)


def stops_of(rows: Collection[Any], case: CaseFile, may_retry: bool) -> tuple[Stop, ...]:
    """The places where a file stopped, as they may be told."""
    live = parked(case.state) if rows else ()
    helps = {row.id: token_of(row.id) in live for row in rows}
    return tuple(
        Stop(str(row.id), row.opened_at, may_retry and helps[row.id], None if helps[row.id] else NO_USE) for row in rows
    )


def hand_over_page(masar: Masar, actor: Actor, case_id: str, item_id: str) -> HandOverPage:
    """Who could do late work of a sealed file. Raises Conflict where it is not late, NotFound."""
    key = as_key(item_id)
    if case_of(key) != as_key(case_id):
        raise NotFound
    with masar.db.read() as conn:
        case = cases.load(conn, masar.vault, case_of(key))
        if case is None:
            raise NotFound
        item = alarmed_item(masar, conn, actor, key, case)
        names = Names(conn, [item.assignee_id], [case.unit_id])
        receivers = receivers_of(masar, conn, case, facts_of_item(item, case), item.assignee_id)
        return HandOverPage(
            str(case.id), case.number, names.unit(case.unit_id), alarm_of(item, masar.clock(), names, True),
            item.assignee_id is not None and item.assignee_id == case.manager_id and case.kind == "case",
            tuple(one for one in receivers if one.login != actor.login and one.why_not is None),
        )
