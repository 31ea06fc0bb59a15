"""The worklist of a person: their own work, what their groups may take, and what is late of both."""

from typing import Any, Literal

from engine.access import SHUT, may
from engine.actor import Actor
from engine.masar import Masar
from engine.queries.cursors import cursor_of, place_from
from engine.queries.naming import Names
from engine.queries.relations import facts_of_item, is_sealed
from engine.queries.rows import Counts, Page, WorkRow
from engine.queries.summaries import case_of_row, person_of, states_that_say_about, work_row
from engine.store import worklist
from engine.store.worklist import Place, Reader

View = Literal["mine", "groups", "overdue"]


def worklist_for(masar: Masar, actor: Actor, view: View, after: str | None = None, limit: int = 25) -> Page[WorkRow]:
    """One page of a view, earliest due date first. `after` is the cursor of the page before; raises NotFound when
    it is none."""
    place = Place(*place_from(after)) if after else None
    with masar.db.read() as conn:
        rows = worklist.rows(conn, _reader(actor), view, masar.clock(), place, limit + 1)
        shown = [r for r in rows[:limit] if _may_know(actor, r)]
        accounts = [r.assignee_id for r in shown] + [r.case_manager_id for r in shown]
        names = Names(conn, accounts, [r.case_unit_id for r in shown])
        known = {r.case_bundle_id: masar.library.of(conn, r.case_bundle_id) for r in shown}
        states = states_that_say_about(masar, conn, shown, known)
        lines = tuple(
            work_row(
                masar, actor, known[r.case_bundle_id], r, case_of_row(r), person_of(masar, r.case_id, r.case_facts),
                names, r.has_draft, states.get(r.case_id, b""),
            )
            for r in shown
        )
    more = len(rows) > limit
    return Page(lines, cursor_of(rows[limit - 1].sort_at, rows[limit - 1].id) if more else None)


def _may_know(actor: Actor, row: Any) -> bool:
    """Work in a sealed file, or in one that concerns people of the house, stands only before those who may know of
    it, whoever was told that it is late."""
    case = case_of_row(row)
    shut = is_sealed(case) or case.kind in SHUT or case.about is not None
    return not shut or may(actor, "know_work", facts_of_item(row, case))


def counts_for(masar: Masar, actor: Actor) -> Counts:
    """How much waits in each view."""
    with masar.db.read() as conn:
        return Counts(**worklist.counts(conn, _reader(actor), masar.clock()))


def _reader(actor: Actor) -> Reader:
    memberships = tuple((m.role, m.unit_id) for m in actor.memberships)
    return Reader(actor.id, memberships, tuple(sorted(actor.stands_in_for)))
