"""Giving more time for a work item: until when, and what it is about."""

from dataclasses import dataclass
from datetime import datetime

from engine.actor import Actor
from engine.commands.extending import open_item, ways
from engine.commands.standing import case_of
from engine.commands.work import as_key
from engine.errors import NotFound
from engine.facts import load_facts
from engine.masar import Masar
from engine.queries.naming import Names
from engine.queries.rows import WorkRow
from engine.queries.summaries import work_row
from engine.store import cases


@dataclass(frozen=True)
class DeadlinePage:
    """The page of an extension: the work item, and the new due dates that may be chosen, by share of the limit."""

    row: WorkRow
    ways: dict[str, datetime]


def deadline_page(masar: Masar, actor: Actor, item_id: str) -> DeadlinePage:
    """The page of an extension. Raises NotFound, NotAllowed, or Conflict where no more time can be given."""
    key = as_key(item_id)
    with masar.db.read() as conn:
        case = cases.load(conn, masar.vault, case_of(key))
        if case is None:
            raise NotFound
        item = open_item(conn, actor, key, case)
        definitions, facts = masar.library.of(conn, case.bundle_id), load_facts(case.facts)
        names = Names(conn, [item.assignee_id, case.manager_id], [case.unit_id])
        row = work_row(masar, actor, definitions, item, case, facts.person, names, False, case.state)
        return DeadlinePage(row, ways(item, case.state, masar.clock()))
