"""Giving a work item to somebody else: who may receive it, and how much each has already."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from engine.access import AccessFacts, may
from engine.actor import Actor, Membership
from engine.commands.managing import in_conflict_with
from engine.commands.standing import case_of
from engine.commands.work import as_key
from engine.errors import Conflict, NotFound
from engine.facts import load_facts
from engine.masar import Masar
from engine.queries.naming import Names
from engine.queries.relations import demand, facts_of_item
from engine.queries.rows import WorkRow
from engine.queries.summaries import work_row
from engine.store import cases, work_items
from engine.store.accounts import account, membership
from engine.store.cases import CaseFile
from engine.store.units import ancestors, unit
from engine.store.work_items import is_open, work_item
from engine.text import Text

_CLOSED = Text("هذه المهمة لم تعد مفتوحة.", "This work item is no longer open.")


@dataclass(frozen=True)
class Receiver:
    """Somebody who may be given a work item, and how much they have already; or why they may not."""

    login: str
    name: Text
    open_work: int
    why_not: Text | None = None


@dataclass(frozen=True)
class AssignmentPage:
    """Giving a work item to somebody else."""

    row: WorkRow
    receivers: tuple[Receiver, ...]


def assignment_page(masar: Masar, actor: Actor, item_id: str) -> AssignmentPage:
    """The page of a reassignment. Raises NotFound, NotAllowed, or Conflict when the work item is closed."""
    key = as_key(item_id)
    with masar.db.read() as conn:
        case, item = cases.load(conn, masar.vault, case_of(key)), work_items.get(conn, key)
        if case is None or item is None:
            raise NotFound
        relation = facts_of_item(item, case)
        demand(actor, "reassign", relation, "see_work")
        if item.status != "open":
            raise Conflict(_CLOSED, None, item.closed_at)
        definitions, facts = masar.library.of(conn, case.bundle_id), load_facts(case.facts)
        names = Names(conn, [item.assignee_id, case.manager_id], [case.unit_id])
        row = work_row(masar, actor, definitions, item, case, facts.person, names, False, case.state)
        return AssignmentPage(row, receivers_of(masar, conn, case, relation, item.assignee_id))


def receivers_of(
    masar: Masar, conn: Connection, case: CaseFile, relation: AccessFacts, holder: int | None
) -> tuple[Receiver, ...]:
    """Who may be given a work item, other than who has it."""
    fitting = [one for one in _people(conn, relation) if one.id != holder and may(one, "receive", relation)]
    query = (
        select(work_item.c.assignee_id, func.count())
        .where(work_item.c.assignee_id.in_([one.id for one in fitting]), is_open)
        .group_by(work_item.c.assignee_id)
    )
    busy = {account_id: count for account_id, count in conn.execute(query)} if fitting else {}
    why_not = in_conflict_with(masar, conn, case, fitting)
    return tuple(Receiver(one.login, one.name, busy.get(one.id, 0), why_not.get(one.id)) for one in fitting)


def _people(conn: Connection, relation: AccessFacts) -> list[Actor]:
    """Active accounts with a role among the groups of the work item, over its unit."""
    rows = conn.execute(
        select(account.c.id, account.c.login, account.c.name_ar, account.c.name_en)
        .add_columns(membership.c.role, membership.c.unit_id, unit.c.path)
        .join(membership, membership.c.account_id == account.c.id)
        .join(unit, unit.c.id == membership.c.unit_id)
        .where(
            account.c.active, membership.c.role.in_(relation.groups),
            membership.c.unit_id.in_(ancestors(relation.unit_path)),
        )
        .order_by(account.c.name_ar, account.c.id)
    ).all()
    held: dict[int, list[Membership]] = {}
    for row in rows:
        held.setdefault(row.id, []).append(Membership(row.role, row.unit_id, row.path))
    people = {row.id: Actor(row.id, row.login, Text(row.name_ar, row.name_en), tuple(held[row.id])) for row in rows}
    return list(people.values())
