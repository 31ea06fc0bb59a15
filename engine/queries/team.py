"""The supervisor's board: the people of the unit with what each has, one person's work, and what nobody has taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from engine.access import LEADERS, MANAGERS, SHUT, AccessFacts, may
from engine.actor import Actor
from engine.commands.absences import leads
from engine.definitions import Definitions
from engine.errors import NotAllowed, NotFound
from engine.facts import load_facts
from engine.masar import Masar
from engine.queries.absences import deputies_of
from engine.queries.accounts import AccountRow, actor_by_id
from engine.queries.choices import EXTERNAL_UNITS
from engine.queries.cursors import cursor_of, place_from
from engine.queries.duty import Hole, holes_seen_by, plans_duty
from engine.queries.fitness import WITH_APPROVAL, About, Candidate, fitness_of
from engine.queries.loads import (
    Away,
    Limits,
    Person,
    away_line,
    limits_in,
    loads_by_id,
    people_at,
    person_line,
)
from engine.queries.naming import Names, element_name
from engine.queries.relations import facts_of_case, facts_of_item
from engine.queries.rows import CaseSummary, Page, WorkRow
from engine.queries.stopped import is_any_stopped
from engine.queries.summaries import case_of_row, person_of, states_that_say_about, summary_of, work_row
from engine.store import absences, cases, team, work_items, worklist
from engine.store.worklist import Place, Reader
from engine.text import Text

MOST_ROLES = 80
MOST_PLACES = 5
FIRST_UNTAKEN = 10
ON_A_PAGE = 100
NOBODY = -1  # no account: a reader with groups and without work of their own


@dataclass(frozen=True)
class Board:
    """The page of the team. `cut` says that there are more people than are shown: a unit must be chosen."""

    people: tuple[Person, ...]
    cut: bool
    limits: Limits
    units: tuple[tuple[str, Text], ...]
    untaken: Page[WorkRow]
    holes: tuple[Hole, ...]
    may_reassign: bool
    plans_duty: bool
    stopped: bool = False
    """Whether a fault has stopped a case of these units."""


@dataclass(frozen=True)
class PersonPage:
    """One person: open work by due date, cases, absences, and who could have what they have."""

    person: Person
    limits: Limits
    work: Page[WorkRow]
    cases: tuple[CaseSummary, ...]
    absences: tuple[Away, ...]
    deputies: tuple[AccountRow, ...]
    receivers: tuple[Person, ...]
    may_reassign: bool
    may_note_absence: bool


@dataclass(frozen=True)
class UntakenPage:
    """What nobody has taken, and who could."""

    work: Page[WorkRow]
    receivers: tuple[Person, ...]
    may_reassign: bool


def board(masar: Masar, actor: Actor, unit_code: str = "") -> Board:
    """The people of the actor's units (or of one of them), who needs help most first. Raises NotAllowed, NotFound."""
    with masar.db.read() as conn:
        places = _places(actor)
        units = team.units_below(conn, places)
        chosen = _chosen(units, places, unit_code)
        definitions = _definitions(masar, conn)
        people, cut = people_at(conn, definitions, chosen, masar.clock())
        return Board(
            people, cut, limits_in(definitions),
            tuple((u.code, Text(u.name_ar, u.name_en)) for u in units if u.kind not in EXTERNAL_UNITS),
            _untaken(masar, conn, actor, definitions, units, chosen, None, FIRST_UNTAKEN),
            holes_seen_by(masar, conn, actor), _may_reassign(actor), plans_duty(actor), is_any_stopped(conn, actor),
        )


def untaken_page(masar: Masar, actor: Actor, after: str | None = None, unit_code: str = "") -> UntakenPage:
    """What nobody in the actor's units has taken, late first, a page at a time. Raises NotAllowed, NotFound."""
    with masar.db.read() as conn:
        places = _places(actor)
        units = team.units_below(conn, places)
        chosen = _chosen(units, places, unit_code)
        definitions = _definitions(masar, conn)
        place = Place(*place_from(after)) if after else None
        return UntakenPage(
            _untaken(masar, conn, actor, definitions, units, chosen, place, ON_A_PAGE),
            people_at(conn, definitions, places, masar.clock())[0], _may_reassign(actor),
        )


def person_page(masar: Masar, actor: Actor, account_id: int, after: str | None = None) -> PersonPage:
    """One person of the actor's units. Raises NotAllowed, NotFound."""
    with masar.db.read() as conn:
        places = _places(actor)
        person = actor_by_id(conn, account_id)
        if person is None or not leads(actor, person):
            raise NotFound
        definitions, now = _definitions(masar, conn), masar.clock()
        place = Place(*place_from(after)) if after else None
        rows = worklist.rows(conn, Reader(account_id, ()), "mine", now, place, ON_A_PAGE + 1)
        away = [away_line(row, now) for row in absences.now_or_later(conn, [account_id], now)]
        roles = [(m.role, m.unit_path) for m in person.memberships]
        loads = loads_by_id(conn, definitions, [account_id], now)
        return PersonPage(
            person_line(definitions, person, roles, loads, next(iter(away), None), team.is_active(conn, account_id)),
            limits_in(definitions), _work(masar, conn, actor, rows, ON_A_PAGE, led=True),
            _cases(masar, conn, actor, account_id), tuple(away), deputies_of(conn, person),
            _receivers(masar, conn, definitions, places, account_id),
            _may_reassign(actor), leads(actor, person, "note_absence"),
        )


def _receivers(
    masar: Masar, conn: Connection, definitions: Definitions | None, places: Sequence[str], holder: int
) -> tuple[Person, ...]:
    """Who could have what somebody has, and why some may have no case (D16, before any case is looked at)."""
    now = masar.clock()
    people = [one for one in people_at(conn, definitions, places, now)[0] if one.id != holder]
    asked = [Candidate(one.id, (), not one.by_day) for one in people if one.manages]
    fits = fitness_of(masar, conn, definitions, asked, About(), now)
    return tuple(
        replace(one, why_not=fit.why, may_exceed=fit.assign == WITH_APPROVAL) if (fit := fits.get(one.id)) else one
        for one in people
    )


def names_of(masar: Masar, actor: Actor, item_ids: Sequence[str], case_ids: Sequence[str] = ()) -> dict[str, Text]:
    """What to call work items and cases that could not be given away: only those of units that the actor leads."""
    found: dict[str, Text] = {}
    with masar.db.read() as conn:
        for one in [*item_ids, *case_ids]:
            key = int(one) if one.isascii() and one.isdigit() and len(one) < 19 else 0
            item = work_items.get_with_case(conn, key) if one in item_ids else None
            case = cases.load(conn, masar.vault, item.case_id if item else key) if item or one in case_ids else None
            if case is None:
                continue
            relation = facts_of_item(item, case) if item else facts_of_case(case, load_facts(case.facts))
            if not may(actor, "lead", relation):
                continue
            names = masar.library.of(conn, case.bundle_id) if item else None
            name = element_name(names, item.process, item.element) if names and item else Text("", "")
            found[one] = Text(f"{name.ar} {case.number}".strip(), f"{name.in_('en')} {case.number}".strip())
    return found


def _places(actor: Actor) -> list[str]:
    """The places that the actor leads, none below another. Raises NotAllowed where there is none."""
    if not may(actor, "see_team"):
        raise NotAllowed
    held = {m.unit_path for m in actor.memberships if m.role in LEADERS}
    return sorted(p for p in held if not any(p != other and p.startswith(other) for other in held))[:MOST_PLACES]


def _chosen(units: Iterable[Any], places: list[str], unit_code: str) -> list[str]:
    if not unit_code:
        return places
    found = [row.path for row in units if row.code == unit_code]
    if not found:
        raise NotFound
    return found


def _may_reassign(actor: Actor) -> bool:
    return any(may(actor, "reassign", AccessFacts(unit_path=m.unit_path)) for m in actor.memberships)


def _definitions(masar: Masar, conn: Connection) -> Definitions | None:
    try:
        return masar.library.latest(conn)
    except NotFound:
        return None  # nothing was published yet


def _untaken(
    masar: Masar, conn: Connection, actor: Actor, definitions: Definitions | None, units: Iterable[Any],
    chosen: Sequence[str], place: Place | None, limit: int,
) -> Page[WorkRow]:
    """Every group's part of the units' work that nobody has: one short range of an index per group and place."""
    roles = [option.value for option in definitions.lists.get("roles", ())] if definitions else []
    roles = list(dict.fromkeys([*roles, *LEADERS, *MANAGERS]))[:MOST_ROLES]
    ids = [row.id for row in units if row.path in chosen]
    reader = Reader(NOBODY, tuple((role, id_) for id_ in ids for role in sorted(roles)))
    return _work(masar, conn, actor, worklist.rows(conn, reader, "groups", masar.clock(), place, limit + 1), limit)


def _work(
    masar: Masar, conn: Connection, actor: Actor, rows: Sequence[Any], limit: int, led: bool = False
) -> Page[WorkRow]:
    """A page of work items; with `led`, those of units that the actor does not lead are left out. Work in a sealed
    file stands on no board, nor does that of complaints and inspections: who does it finds it in the worklist."""
    shown = [r for r in rows[:limit] if r.case_readers is None and r.case_kind not in SHUT and not r.case_about]
    if led:
        shown = [r for r in shown if may(actor, "lead", facts_of_item(r, case_of_row(r)))]
    names = Names(
        conn, [i for r in shown for i in (r.assignee_id, r.case_manager_id)], [r.case_unit_id for r in shown]
    )
    known = {r.case_bundle_id: masar.library.of(conn, r.case_bundle_id) for r in shown}
    states = states_that_say_about(masar, conn, shown, known)
    lines = tuple(
        work_row(
            masar, actor, known[r.case_bundle_id], r, case_of_row(r),
            person_of(masar, r.case_id, r.case_facts), names, False, states.get(r.case_id, b""),
        )
        for r in shown
    )
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(lines, cursor_of(last.sort_at, last.id) if last else None)


def _cases(masar: Masar, conn: Connection, actor: Actor, account_id: int) -> tuple[CaseSummary, ...]:
    """The open cases of a manager that the actor leads."""
    ids = team.cases_held(conn, account_id, 0, ON_A_PAGE)
    found = []
    for case in cases.load_many(conn, masar.vault, ids):
        facts = load_facts(case.facts)
        relation = facts_of_case(case, facts)
        if may(actor, "lead", relation):
            found.append((case, facts.person, may(actor, "see_identity", relation)))
    names = Names(conn, [case.manager_id for case, _, _ in found], [case.unit_id for case, _, _ in found])
    return tuple(summary_of(case, person, names, identity) for case, person, identity in found)
