"""Which unit of this house takes a report in: never one where nobody would see it."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from engine.access import INTAKE
from engine.actor import Actor
from engine.errors import NotAllowed
from engine.forms import Lists
from engine.store.accounts import account, membership
from engine.store.units import ancestors, unit

# Units of other agencies; a report belongs to the unit of this house that they stand under.
EXTERNAL_UNITS = frozenset({"provider", "partner"})
GOVERNORATES = "governorates"


class Place(NamedTuple):
    """A unit that takes reports."""

    id: int
    path: str
    code: str


def receiving_unit(conn: Connection, actor: Actor) -> Place:
    """The unit of this house that takes the actor's reports; raises NotAllowed for who belongs to none."""
    places = [ancestors(m.unit_path) for m in actor.memberships]
    ids = {one for place in places for one in place}
    rows = {r.id: r for r in conn.execute(select(unit).where(unit.c.id.in_(ids)))}
    for place in places:
        for one in reversed(place):
            if rows[one].kind not in EXTERNAL_UNITS:
                return Place(rows[one].id, rows[one].path, rows[one].code)
    raise NotAllowed


def unit_for_the_public(conn: Connection, lists: Lists, answers: Mapping[str, Any], by_default: str) -> Place:
    """The unit that takes a report of somebody who belongs to none: that of the governorate (`unit` in its line of
    the list), else the one that the settings name, else the first one with people who screen. A unit that no
    such person looks after is passed over: better the wrong directorate, which sends it on, than a drawer."""
    governorate = lists.option(GOVERNORATES, str(answers.get("governorate") or ""))
    wanted = [str(governorate.facts.get("unit") or "") if governorate else "", by_default]
    rows = conn.execute(select(unit).where(unit.c.code.in_([code for code in wanted if code]))).all()
    known = {row.code: Place(row.id, row.path, row.code) for row in rows if row.kind not in EXTERNAL_UNITS}
    looked_after = screened_units(conn)
    for code in wanted:
        if code in known and looked_after.keys() & set(ancestors(known[code].path)):
            return known[code]
    if looked_after:
        return min(looked_after.values(), key=lambda place: place.path)
    raise NotAllowed  # an installation in which nobody takes reports yet


def screened_units(conn: Connection, but: Collection[int] = ()) -> dict[int, Place]:
    """The units in which somebody, `but` for these accounts, holds a role that screens reports."""
    query = (
        select(unit.c.id, unit.c.path, unit.c.code)
        .join(membership, membership.c.unit_id == unit.c.id)
        .join(account, account.c.id == membership.c.account_id)
        .where(account.c.active, account.c.id.not_in(sorted(but)), membership.c.role.in_(sorted(INTAKE)))
        .distinct()
    )
    return {row.id: Place(row.id, row.path, row.code) for row in conn.execute(query)}
