"""The duty roster as pages show it, and the holes in it: two people for every minute."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from engine.access import AccessFacts, may
from engine.actor import Actor
from engine.errors import NotAllowed
from engine.masar import Masar
from engine.queries.accounts import AccountRow, accounts_with_role
from engine.store import duty
from engine.store.units import ancestors, unit
from engine.text import Text

AHEAD = timedelta(hours=72)
SHOWN = timedelta(days=14)
ON_CALL = frozenset({"duty_supervisor"})
DIRECTORATE = "directorate"


@dataclass(frozen=True)
class Hole:
    """A stretch of time without anybody at a post."""

    unit: Text
    post: str
    from_at: datetime
    until_at: datetime


@dataclass(frozen=True)
class Shift:
    """One person's turn at a post."""

    id: int
    post: str
    name: Text
    from_at: datetime
    until_at: datetime
    works: bool
    """Whether the account can still sign in; if not, the shift counts for nothing."""


@dataclass(frozen=True)
class Roster:
    """The roster of one directorate for the next two weeks."""

    unit_id: int
    unit: Text
    shifts: tuple[Shift, ...]
    holes: tuple[Hole, ...]
    people: tuple[AccountRow, ...]


def rosters(masar: Masar, actor: Actor) -> tuple[Roster, ...]:
    """The rosters that the actor plans. Raises NotAllowed where there is none."""
    now = masar.clock()
    with masar.db.read() as conn:
        found = planned_by(conn, actor)
        if not found:
            raise NotAllowed
        rows = duty.between(conn, [row.id for row in found], now, now + SHOWN)
        return tuple(_roster(conn, row, [r for r in rows if r.unit_id == row.id], now) for row in found)


def plans_duty(actor: Actor) -> bool:
    """Whether the actor plans any roster."""
    return any(may(actor, "plan_duty", AccessFacts(unit_path=m.unit_path)) for m in actor.memberships)


def planned_by(conn: Connection, actor: Actor) -> Sequence[Any]:
    """The directorates whose roster the actor plans: they lie at or above a unit of which the actor is the head or
    the director."""
    held = [m for m in actor.memberships if may(actor, "plan_duty", AccessFacts(unit_path=m.unit_path))]
    ids = {id_ for m in held for id_ in ancestors(m.unit_path)}
    query = select(unit).where(unit.c.id.in_(sorted(ids)), unit.c.kind == DIRECTORATE).order_by(unit.c.path)
    return conn.execute(query).all() if ids else []


def holes_seen_by(masar: Masar, conn: Connection, actor: Actor) -> tuple[Hole, ...]:
    """The holes of the next 72 hours in the rosters that the actor plans."""
    now = masar.clock()
    found = planned_by(conn, actor)
    if not found:
        return ()
    rows = duty.between(conn, [row.id for row in found], now, now + AHEAD)
    return tuple(
        hole for row in found for hole in holes_in(row, [r for r in rows if r.unit_id == row.id], now, now + AHEAD)
    )


def holes_in(place: Any, shifts: Iterable[Any], begin: datetime, end: datetime) -> list[Hole]:
    """The stretches between two moments in which nobody with a working account is at a post."""
    shifts, found = list(shifts), []
    for post in duty.POSTS:
        covered = begin
        turns = sorted((s.from_at, s.until_at) for s in shifts if s.post == post and s.active)
        for from_at, until_at in [*turns, (end, end)]:
            if from_at > covered:
                found.append(Hole(Text(place.name_ar, place.name_en), post, covered, min(from_at, end)))
            covered = max(covered, until_at)
    return sorted(found, key=lambda hole: (hole.from_at, hole.post))


def _roster(conn: Connection, place: Any, rows: Sequence[Any], now: datetime) -> Roster:
    shifts = tuple(
        Shift(r.id, r.post, Text(r.name_ar, r.name_en), r.from_at, r.until_at, r.active) for r in rows
    )
    people = accounts_with_role(conn, ON_CALL, place.path)
    name = Text(place.name_ar, place.name_en)
    return Roster(place.id, name, shifts, tuple(holes_in(place, rows, now, now + AHEAD)), people)
