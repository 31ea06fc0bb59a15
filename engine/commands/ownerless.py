"""Nothing is left without an owner: open work that nobody may take goes to the duty supervisors.

Rounds of a bounded number of work items, in the order of their ids, look at who has each item, or who may take it.
An item whose holder can no longer do it (deactivated, without the role, barred, or away with nobody who may stand in)
loses its holder; an item that nobody who is there may take is put on the list of the duty supervisors. Both are
recorded in the case.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from engine.access import may
from engine.actor import SYSTEM, Actor, Membership
from engine.commands.recording import Recorded, record
from engine.commands.rounds import take_round
from engine.commands.standing import case_of
from engine.errors import Conflict, NotFound
from engine.history import event_payload
from engine.kinds import LAST_RESORTS
from engine.masar import Masar
from engine.queries.relations import facts_of_item
from engine.store import absences, ownerless, rounds, work_items
from engine.store.accounts import account, membership
from engine.store.cases import CaseFile
from engine.store.master_key import KeyTrouble
from engine.store.units import ancestors, unit
from engine.store.work_items import split
from engine.text import Text

ROUND = "ownerless"
STRETCH = 200  # work items looked at in one go
WHILE_GOING = timedelta(seconds=5)
BETWEEN_ROUNDS = timedelta(minutes=5)
LEASE = timedelta(minutes=1)


def begin_rounds(masar: Masar) -> None:
    """Makes sure that the rounds are made; a worker does it when it starts."""
    now = masar.clock()
    masar.db.run(lambda conn: rounds.begin(conn, ROUND, now))


def look_for_ownerless(masar: Masar) -> int:
    """Looks at the next stretch of open work, if it is time; returns how many items were handed on."""
    now, after = masar.clock(), take_round(masar, ROUND, LEASE)
    if after is None:
        return 0
    with masar.db.read() as conn:
        ids = ownerless.open_ids(conn, after, STRETCH)
        deserted = ownerless.of_deactivated(conn, STRETCH)
        rows = ownerless.items(conn, [*ids, *deserted])
        people = _people_of(conn, rows, now) if rows else []
    found = [row.id for row in rows if is_ownerless(row, people)]
    for item_id in found:
        _hand_on(masar, item_id)
    whole = len(ids) == STRETCH
    after, next_at = (ids[-1], now + WHILE_GOING) if whole else (0, now + BETWEEN_ROUNDS)
    masar.db.run(lambda conn: rounds.go_on(conn, ROUND, after, next_at))
    return len(found)


def is_ownerless(item: Any, people: Iterable[Actor]) -> bool:
    """Whether nobody can do a work item: neither who has it nor who stands in for them, or, where nobody has it, none
    of these people. `people` are the accounts that are active and there, with a role that counts for it. What the
    duty supervisors have been given already is theirs, even while there are none."""
    if item.assignee_id is None and LAST_RESORTS[item.kind] in split(item.groups):
        return False
    facts = facts_of_item(item, item)
    action = "claim" if item.assignee_id is None else "complete"
    fit = (one for one in people if item.assignee_id in (None, one.id, *one.stands_in_for))
    return not any(may(one, action, facts) for one in fit)


def _hand_on(masar: Masar, item_id: int) -> None:
    def change(conn: Connection, _case: CaseFile) -> Recorded | None:
        item = ownerless.item(conn, item_id)
        if item is None or not is_ownerless(item, people := _people_of(conn, [item], masar.clock())):
            return None
        if item.assignee_id is not None:
            work_items.assign(conn, item_id, None)
        free = ownerless.item(conn, item_id)
        kind = "work_given_back"
        if free is not None and is_ownerless(free, people):
            ownerless.add_group(conn, free, LAST_RESORTS[free.kind])
            kind = "work_left_to_duty"
        particulars = {"item": item.id, "process": item.process, "element": item.element, "from": item.assignee_id}
        return kind, event_payload(**particulars)

    try:
        record(masar, SYSTEM, case_of(item_id), change)
    except (Conflict, NotFound, KeyTrouble):
        return  # somebody is at it, or the case was erased; the next round looks again


def _people_of(conn: Connection, items: Collection[Any], now: datetime) -> list[Actor]:
    """The active accounts that have these items or hold one of their groups over their units, or stand in for one who
    does; without those who are away."""
    roles = {group for item in items for group in split(item.groups)}
    places = {unit_id for item in items for unit_id in ancestors(item.unit_path)}
    holders = {item.assignee_id for item in items if item.assignee_id}
    holders |= {deputy for deputies in absences.away(conn, holders, now).values() for deputy in deputies}
    counts = membership.c.role.in_(roles) & membership.c.unit_id.in_(places)
    rows = conn.execute(
        select(account.c.id, account.c.login, membership.c.role, membership.c.unit_id, unit.c.path)
        .join(membership, membership.c.account_id == account.c.id)
        .join(unit, unit.c.id == membership.c.unit_id)
        .where(account.c.active, counts | account.c.id.in_(holders))
    )
    held: dict[tuple[int, str], list[Membership]] = {}
    for row in rows:
        held.setdefault((row.id, row.login), []).append(Membership(row.role, row.unit_id, row.path))
    away = absences.away(conn, {id_ for id_, _ in held}, now)
    return [
        Actor(id_, login, Text(login), tuple(of), frozenset(who for who, deputies in away.items() if id_ in deputies))
        for (id_, login), of in held.items() if id_ not in away
    ]
