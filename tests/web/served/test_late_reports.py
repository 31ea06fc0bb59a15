"""A report on paper that is typed in late counts from when it arrived, not from when somebody found the time."""

from datetime import datetime, timedelta

from sqlalchemy import select

from engine.actor import SYSTEM
from engine.clock import StoppedClock
from engine.commands.opening import Opening, open_file
from engine.masar import Masar
from engine.store.work_items import work_item
from tests.web.served.conftest import UNITS

SAID = {
    "concern_description": "طفل لا يذهب إلى المدرسة", "concern_categories": ["education_dropout"],
    "danger_signs": ["none"], "immediate_danger": "no",
}


def screening_due(shipped: Masar, days_ago: int) -> timedelta:
    """How long reception has for a report that arrived some days ago and is typed in now."""
    number, _, path = UNITS["centre"]
    answers = SAID | {"reported_at": shipped.clock() - timedelta(days=days_ago)}
    variables = {"form_0_report": answers, "unit": "centre"}
    opening = Opening("report", "reporting", number, path, variables, "report_number", "report_received", f"{days_ago}")
    opened = open_file(shipped, SYSTEM, opening)
    with shipped.db.read() as conn:
        due: datetime | None = conn.scalar(
            select(work_item.c.due_at).where(work_item.c.case_id == opened.id, work_item.c.element == "screening")
        )
    assert due is not None
    return due - shipped.clock()


def test_a_paper_report_typed_in_late_is_late_already(shipped: Masar, clock: StoppedClock) -> None:
    assert clock() == shipped.clock()
    assert screening_due(shipped, 0) > timedelta(0) > screening_due(shipped, 30)
    assert screening_due(shipped, -30) == screening_due(shipped, 0)  # a slip of the pen grants no more time
