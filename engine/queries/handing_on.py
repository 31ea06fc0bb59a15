"""A case that is offered to another unit of the house: whom that unit may name, and what it reads before it answers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from engine.definitions import Definitions
from engine.powers import APPROVED, TOLD_TO_RECEIVER, TRANSFER, TRANSFER_REVIEW
from engine.queries.choices import EXTERNAL_UNITS
from engine.queries.rows import Answered
from engine.store.cases import CaseFile
from engine.store.units import unit


def lying_there(conn: Connection, wait: Any, case: CaseFile) -> CaseFile:
    """The case as it would lie in the unit of the house that an offer asks, so that its own people stand to choose;
    the case itself for every other offer."""
    if wait.offer_unit_id is None:
        return case
    row = conn.execute(select(unit.c.id, unit.c.path, unit.c.kind).where(unit.c.id == wait.offer_unit_id)).first()
    return case if row is None or row.kind in EXTERNAL_UNITS else replace(case, unit_id=row.id, unit_path=row.path)


def told_in(definitions: Definitions, context: Mapping[str, Any]) -> tuple[Answered, ...]:
    """What the receiving unit reads of a transfer: the words that the sender wrote for it, once a leader of the sending
    unit has permitted it. Nothing else of the case."""
    transfer, review, form = context.get(TRANSFER), context.get(TRANSFER_REVIEW), definitions.forms.get(TRANSFER)
    if not isinstance(transfer, Mapping) or not isinstance(review, Mapping) or form is None:
        return ()
    if review.get("decision") not in APPROVED:
        return ()
    told = {one.path: one for one in form.describe(transfer, definitions.lists)}
    return tuple(Answered(told[name].label, told[name].value) for name in TOLD_TO_RECEIVER if name in told)
