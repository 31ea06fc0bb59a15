"""How much the people of some units have: work, cases and their weight against what one person carries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from engine.access import AUDITORS, CONTENT_FREE, DUTY, EXTERNAL, MANAGERS
from engine.actor import Actor
from engine.definitions import Definitions
from engine.queries.naming import listed_words
from engine.store import absences, team
from engine.text import Text

SOON = timedelta(days=3)
MOST_PEOPLE = 200
MOST_MEMBERSHIPS = 1000


@dataclass(frozen=True)
class Away:
    """An absence, under way or to come."""

    id: int
    from_at: datetime
    until_at: datetime
    deputy: Text
    now: bool


@dataclass(frozen=True)
class Load:
    """What somebody has. Counts end at 100. `points` weigh the cases by risk level."""

    open: int = 0
    overdue: int = 0
    soon: int = 0
    cases: int = 0
    points: float = 0
    high: int = 0


@dataclass(frozen=True)
class Limits:
    """How much one person carries, from the list `caseload_limits`; None where it sets no limit."""

    cases: float | None = None
    points: float | None = None
    high: float | None = None

    def passed_by(self, load: Load) -> bool:
        """Whether somebody has more."""
        pairs = ((load.cases, self.cases), (load.points, self.points), (load.high, self.high))
        return any(limit is not None and has > limit for has, limit in pairs)


@dataclass(frozen=True)
class Person:
    """One line of the board."""

    id: int
    login: str
    name: Text
    roles: tuple[Text, ...]
    load: Load
    over: bool
    manages: bool
    """Whether the person may manage cases, so that the limits concern them."""
    away: Away | None = None
    active: bool = True
    """Whether the account still works; who left is shown as long as they hold cases."""
    why_not: Text | None = None
    """Why nobody may give them a case just now, or not without saying that it is above the limit (`may_exceed`)."""
    may_exceed: bool = False
    by_day: bool = True
    """Whether they manage cases by more than being on duty."""


def people_at(
    conn: Connection, definitions: Definitions | None, places: Sequence[str], now: datetime
) -> tuple[tuple[Person, ...], bool]:
    """The people at or below some places, who needs help most first, and whether there are more."""
    held: dict[int, list[tuple[str, str]]] = {}
    known: dict[int, Actor] = {}
    active: dict[int, bool] = {}
    rows = team.people_of(conn, places, EXTERNAL | CONTENT_FREE | AUDITORS, MOST_MEMBERSHIPS)
    for row in rows:
        held.setdefault(row.id, []).append((row.role, row.path))
        active[row.id] = row.active
        known.setdefault(row.id, Actor(row.id, row.login, Text(row.name_ar, row.name_en)))
    shown = list(known)[:MOST_PEOPLE]
    loads = loads_by_id(conn, definitions, shown, now)
    away: dict[int, Away] = {}
    for row in absences.now_or_later(conn, shown, now):
        away.setdefault(row.account_id, away_line(row, now))
    people = [person_line(definitions, known[id_], held[id_], loads, away.get(id_), active[id_]) for id_ in shown]
    cut = len(known) > MOST_PEOPLE or len(rows) == MOST_MEMBERSHIPS
    return tuple(sorted(people, key=lambda one: _need(one, limits_in(definitions)))), cut


def _need(person: Person, limits: Limits) -> tuple[Any, ...]:
    """Sorts who needs help most first: late work, then more than one person carries, then much."""
    load = person.load
    full = load.points / limits.points if limits.points else load.points
    return (-load.overdue, not person.over, -full, -load.soon, -load.open, person.name.ar)


def person_line(
    definitions: Definitions | None, who: Actor, held: Iterable[tuple[str, str]], loads: Mapping[int, Load],
    away: Away | None, active: bool = True,
) -> Person:
    """The line of one person, who holds these roles in these places."""
    roles = dict.fromkeys(role for role, _ in held)
    load, manages = loads.get(who.id, Load()), bool(roles.keys() & MANAGERS)
    words = tuple(listed_words(definitions, "roles", r) if definitions else Text(r, r) for r in roles)
    over = (manages or load.cases > 0) and limits_in(definitions).passed_by(load)
    by_day = bool(roles.keys() & (MANAGERS - {DUTY}))
    return Person(who.id, who.login, who.name, words, load, over, manages, away, active, by_day=by_day)


def loads_by_id(
    conn: Connection, definitions: Definitions | None, ids: Sequence[int], now: datetime
) -> dict[int, Load]:
    """What each of some accounts has."""
    points = {level: _number(definitions, "caseload_points", level, "points") for level in (*team.LEVELS, team.UNKNOWN)}
    loads = {}
    for row in team.loads_of(conn, ids, now, now + SOON):
        held = {level: getattr(row, level) for level in points}
        weight = sum(count * (1 if (p := points[level]) is None else p) for level, count in held.items())
        loads[row.id] = Load(
            row.open, row.overdue, row.soon, sum(held.values()), weight, held["immediate"] + held["high"]
        )
    return loads


def points_of(definitions: Definitions | None, risk: str | None) -> float:
    """What one case of a risk level weighs; of none that is assessed yet."""
    found = _number(definitions, "caseload_points", risk or team.UNKNOWN, "points")
    return 1 if found is None else found


def limits_in(definitions: Definitions | None) -> Limits:
    """How much one person carries."""
    names = ("max_cases", "max_points", "max_high_or_immediate")
    return Limits(*(_number(definitions, "caseload_limits", name, "limit") for name in names))


def _number(definitions: Definitions | None, key: str, value: str, fact: str) -> float | None:
    option = definitions.lists.option(key, value) if definitions else None
    found = option.facts.get(fact) if option else None
    return float(found) if isinstance(found, int | float) else None


def away_line(row: Any, now: datetime) -> Away:
    """An absence, from its row."""
    deputy = Text(row.deputy_ar, row.deputy_en)
    return Away(row.id, row.from_at, row.until_at, deputy, row.from_at <= now)
