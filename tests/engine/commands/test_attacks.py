"""Hostile use: poisoned cases, swapped tokens, a tampered history. One case must never stop the house."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from engine.commands.work import complete_work
from engine.queries.cases import find_cases
from engine.queries.worklist import counts_for, worklist_for
from engine.replay import verify_case
from engine.store import events
from engine.store.cases import case_file
from engine.store.events import event
from engine.store.jobs import call_job
from engine.store.timers import timer
from engine.worker import work_until
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House
from tests.engine.commands.test_worker import LADDERED, calls, settle, with_destinations


def bury(house: House, case_id: int) -> None:
    """Destroys the key of a case in every process."""
    house.masar.vault.destroy(case_id)


WAITING = d.simple(
    "case", d.catch("pause", d.timer(timeDuration="P2D")), d.user("visit", groups="case_manager", form="note"),
    ids=("pause", "visit"),
)


def test_a_case_without_its_key_leaves_the_worklist_of_its_colleagues_alone(house: House) -> None:
    house.publish(LADDERED)
    gone, here = (house.open("case", origin=f"test {n}", risk_level="medium").id for n in range(2))
    bury(house, gone)
    mona = house.person("mona")
    rows = worklist_for(house.masar, mona, "groups").rows
    assert {row.case.id for row in rows} >= {str(here)}
    assert counts_for(house.masar, mona).groups == 2
    assert [case.id for case in find_cases(house.masar, house.person("samer"), "").rows] == [str(here)]


def test_a_timer_whose_case_has_lost_its_key_stops_nobody_elses(house: House) -> None:
    house.publish(WAITING)
    gone, here = (house.open("case", origin=f"test {n}").id for n in range(2))
    bury(house, gone)
    house.clock.advance(timedelta(days=3))
    settle(house.masar)
    assert list(house.items(here)) == ["visit"]
    with house.masar.db.read() as conn:
        again = conn.scalar(select(timer.c.next_at))
    assert again is not None and again > house.clock(), "tried again later, when somebody mended it"


def test_a_deadline_of_a_case_without_key_stops_nobody_elses(house: House) -> None:
    house.publish(LADDERED)
    gone, here = (house.open("case", origin=f"test {n}", risk_level="medium").id for n in range(2))
    bury(house, gone)
    house.clock.advance(timedelta(days=9))
    settle(house.masar)
    assert house.kinds(here)[-1] == "deadline_passed"


def test_a_call_of_a_case_without_key_stops_nobody_elses(house: House) -> None:
    house.publish(calls("mail", "nowhere"))
    gone, here = (house.open("case", origin=f"test {n}").id for n in range(2))
    bury(house, gone)
    for _ in range(5):
        settle(house.masar)
        house.clock.advance(timedelta(hours=1))
    assert house.kinds(here)[-1] == "call_failed"


def test_a_history_that_was_cut_short_is_found_without_the_key(house: House) -> None:
    house.publish(LADDERED)
    case = house.open("case", risk_level="medium").id
    house.clock.advance(timedelta(days=9))
    settle(house.masar)
    with house.masar.db.read() as conn:
        kept, last = conn.execute(select(event.c.seq, event.c.mac).order_by(event.c.seq)).all()[:2]
    assert last is not None

    def cut(conn: Connection) -> None:
        conn.execute(delete(event).where(event.c.seq > kept.seq))
        conn.execute(update(case_file).values(head_seq=kept.seq, head_mac=kept.mac))

    house.masar.db.run(cut)
    with house.masar.db.read() as conn:
        row = conn.execute(select(case_file.c.head_seq, case_file.c.head_mac)).one()
        assert events.verify(conn, house.masar.vault, case, events.Head(row.head_seq, row.head_mac))
    assert verify_case(house.masar, case).problems


WORDY = d.simple(
    "case",
    d.user("visit", groups="case_manager", form="note", outputs={"risk_level": "=visit.risk"}),
    d.user("plan", groups="case_manager", form="note"), ids=("visit", "plan"),
)  # fmt: skip


@pytest.mark.parametrize("typed", ["زمردة المزروعة", "high " * 20, "=case"])
def test_what_somebody_types_never_becomes_a_plain_column_by_way_of_the_risk(house: House, typed: str) -> None:
    house.publish(WORDY)
    case = house.open("case", risk_level="medium").id
    complete_work(house.masar, house.person("mona"), house.key(case, "visit"), {"text": ["x"], "risk": [typed]}, "t")
    assert house.items(case)["plan"].risk == "medium"
    with house.masar.db.read() as conn:
        assert conn.scalar(select(case_file.c.risk)) == "medium"


def test_a_case_goes_to_nobody_who_may_not_manage_it(house: House) -> None:
    """Whatever a form or an expression names as its manager."""
    house.publish(WORDY)
    case = house.open("case", case_manager="huda").id
    with house.masar.db.read() as conn:
        assert conn.scalar(select(case_file.c.manager_id)) is None
    assert house.items(case)


@pytest.mark.parametrize(
    "line", ["{kind: webhook, to: 'http://127.0.0.1:9/'}", "[", "text", "{kind: webhook, to: 'file:///etc'}"]
)
def test_a_list_of_destinations_with_a_mistake_ends_in_an_incident_that_people_see(
    house: House, tmp_path: Path, line: str
) -> None:
    masar = with_destinations(house, tmp_path, line)
    house.publish(calls("webhook", "there"))
    case = house.open("case").id
    for _ in range(3):
        settle(masar)
        house.clock.advance(timedelta(minutes=10))
    assert house.kinds(case)[-1] == "call_failed"


def test_errors_of_the_database_do_not_quote_what_was_to_be_stored(house: House) -> None:
    with pytest.raises(SQLAlchemyError) as failure, house.masar.db.engine.connect() as conn:
        conn.execute(text("SELECT nothing FROM nowhere WHERE name = :name"), {"name": "ليلى"})
    assert "ليلى" not in str(failure.value)


def test_a_call_is_taken_when_its_turn_comes_so_that_no_lease_ends_behind_a_slow_one(
    house: House, tmp_path: Path
) -> None:
    taken: list[int] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with house.masar.db.read() as conn:
                taken.append(len(conn.scalars(select(call_job.c.id).where(call_job.c.attempts > 0)).all()))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever).start()
        line = f"{{kind: webhook, to: 'http://127.0.0.1:{server.server_port}/', secret: shared}}"
        masar = with_destinations(house, tmp_path, line)
        house.publish(calls("webhook", "there"))
        for n in range(3):
            house.open("case", origin=f"test {n}")
        settle(masar)
        server.shutdown()
    assert taken == [1, 1, 1]


def test_a_mistake_in_a_pass_does_not_end_the_worker(house: House, caplog: pytest.LogCaptureFixture) -> None:
    stop, looks = threading.Event(), 0

    def broken() -> datetime:
        nonlocal looks
        looks += 1
        if looks > 4:
            stop.set()
        if looks > 1:
            raise ArithmeticError("ليلى")
        return house.clock()

    settings = replace(house.masar.settings, worker_poll_seconds=0.0)
    work_until(replace(house.masar, clock=broken, settings=settings), stop)
    assert looks > 4 and "ليلى" not in caplog.text and "ArithmeticError" in caplog.text
