"""Cases that a fault has stopped, over all cases of the units that somebody leads: the longest stopped first."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from engine.access import LEADERS, may, visible_sensitivity
from engine.actor import Actor
from engine.errors import NotAllowed
from engine.facts import load_facts
from engine.masar import Masar
from engine.queries.naming import Names, element_name
from engine.queries.relations import facts_of_case
from engine.queries.rows import CaseSummary
from engine.queries.summaries import summary_of
from engine.store import cases, incidents
from engine.store.metadata import AnyRow
from engine.text import Text

MOST = 50
MOST_PLACES = 20


@dataclass(frozen=True)
class Stopped:
    """A place where a case cannot go on without a person. `why` is empty for who may not read the case's content."""

    case: CaseSummary
    element: Text
    why: Text
    since: datetime


@dataclass(frozen=True)
class StoppedPage:
    """What is stopped; `cut` where there is more than is shown."""

    rows: tuple[Stopped, ...]
    cut: bool


def stopped_page(masar: Masar, actor: Actor) -> StoppedPage:
    """The stopped cases of the actor's units. Raises NotAllowed for who leads none."""
    if not may(actor, "see_team"):
        raise NotAllowed
    with masar.db.read() as conn:
        found = incidents.in_units(conn, places_of(actor), MOST + 1)
        files = {case.id: case for case in cases.load_many(conn, masar.vault, sorted({row.case_id for row in found}))}
        names = Names(conn, [c.manager_id for c in files.values()], [c.unit_id for c in files.values()])
        known = [row for row in found[:MOST] if row.case_id in files]
        rows = (_row(masar, conn, actor, row, files[row.case_id], names) for row in known)
        return StoppedPage(tuple(row for row in rows if row is not None), len(found) > MOST)


def is_any_stopped(conn: Connection, actor: Actor) -> bool:
    """Whether anything is stopped in the actor's units."""
    return bool(incidents.in_units(conn, places_of(actor), 1))


def places_of(actor: Actor) -> list[str]:
    """The paths of the units that the actor leads."""
    return sorted({m.unit_path for m in actor.memberships if m.role in LEADERS})[:MOST_PLACES]


def _row(
    masar: Masar, conn: Connection, actor: Actor, row: AnyRow, case: cases.CaseFile, names: Names
) -> Stopped | None:
    facts = load_facts(case.facts)
    relation = facts_of_case(case, facts)
    if not may(actor, "lead", relation):
        return None
    classes = visible_sensitivity(actor, relation)
    why = Text(*json.loads(masar.vault.open(case.id, "text", row.text))) if "protected" in classes else Text("", "")
    element = element_name(masar.library.of(conn, case.bundle_id), row.process, row.element)
    return Stopped(summary_of(case, facts.person, names, "identity" in classes), element, why, row.opened_at)
