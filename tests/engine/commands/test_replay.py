"""The record can be proved: replay rebuilds every state, and whatever is tampered with is found."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from engine.commands.work import claim_work, complete_work
from engine.queries.cases import case_page
from engine.replay import replay, verify_case
from engine.store import cases
from engine.store.cases import case_file
from engine.store.events import event
from engine.store.reads import read_log
from engine.store.work_items import work_item
from engine.worker import run_pass
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House

LOOP = d.file(
    d.process(
        "case", d.start(), d.gateway("exclusive", "again"),
        d.user("visit", groups="case_manager", form="note", outputs={"visits": "=visits + 1"},
               due='=opened_at + duration("P3D")'),
        d.gateway("parallel", "fork"), d.catch("rest", d.timer(timeDuration="P1D")),
        d.user("note_down", groups="case_manager", form="note", outputs={"noted": "=note_down.text"}),
        d.gateway("parallel", "join"), d.gateway("exclusive", "enough", default="more"), d.end(),
        d.path("S", "again", "visit", "fork", "rest", "join", "enough"), d.path("fork", "note_down", "join"),
        d.flow("enough", "again", "more"), d.flow("enough", "E", "done", "=visits >= 40"),
    )
)  # fmt: skip


@pytest.fixture
def case(house: House) -> int:
    """A case after six rounds of its loop."""
    house.publish(LOOP)
    case = house.open("case", visits=0, person={"full_name": "ليلى"}).id
    mona = house.person("mona")
    for n in range(6):
        claim_work(house.masar, mona, house.key(case, "visit"))
        complete_work(house.masar, mona, house.key(case, "visit"), {"text": [f"زيارة {n}"]}, f"v{n}")
        complete_work(house.masar, mona, house.key(case, "note_down"), {"text": [f"ملاحظة {n}"]}, f"n{n}")
        house.clock.advance(timedelta(days=1))
        run_pass(house.masar)
    return case


def test_every_step_replays_to_the_state_that_was_recorded(house: House, case: int) -> None:
    with house.masar.db.read() as conn:
        stored = cases.load(conn, house.masar.vault, case)
        assert stored is not None
        steps = list(replay(house.masar, conn, stored))
    assert len(steps) == stored.head.seq == 25
    assert all(step.agrees for step in steps)
    assert verify_case(house.masar, case).problems == ()


def test_a_changed_event_is_found(house: House, case: int) -> None:
    house.masar.db.run(
        lambda conn: conn.execute(update(event).where(event.c.case_id == case, event.c.seq == 4).values(actor_id=99))
    )
    assert any("event 4" in problem for problem in verify_case(house.masar, case).problems)


def test_a_missing_event_is_found(house: House, case: int) -> None:
    last = house.masar.db.run(
        lambda conn: conn.scalar(select(event.c.seq).where(event.c.case_id == case).order_by(event.c.seq.desc()))
    )
    house.masar.db.run(
        lambda conn: conn.execute(delete(event).where(event.c.case_id == case, event.c.seq == last))
    )
    assert any("ends at event" in problem for problem in verify_case(house.masar, case).problems)


def test_an_old_state_put_back_is_found(house: House, case: int) -> None:
    with house.masar.db.read() as conn:
        before = conn.scalar(select(case_file.c.state).where(case_file.c.id == case))
    mona = house.person("mona")
    complete_work(house.masar, mona, house.key(case, "visit"), {"text": ["زيارة"]}, "later")
    house.masar.db.run(
        lambda conn: conn.execute(update(case_file).where(case_file.c.id == case).values(state=before))
    )
    assert any("stored state" in problem for problem in verify_case(house.masar, case).problems)


def test_work_that_was_hidden_from_the_lists_is_found(house: House, case: int) -> None:
    house.masar.db.run(
        lambda conn: conn.execute(update(work_item).where(work_item.c.case_id == case).values(status="done"))
    )
    assert any("missing from the lists" in problem for problem in verify_case(house.masar, case).problems)


def test_a_reading_that_was_taken_away_is_found(house: House, case: int) -> None:
    case_page(house.masar, house.person("samer"), str(case))
    case_page(house.masar, house.person("samer"), str(case))
    assert verify_case(house.masar, case).problems == ()
    house.masar.db.run(
        lambda conn: conn.execute(delete(read_log).where(read_log.c.case_id == case, read_log.c.seq == 1))
    )
    assert any("reading 1" in problem for problem in verify_case(house.masar, case).problems)
