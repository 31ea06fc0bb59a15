"""A closed case that is opened again by a report: the same file, by the real commands, on both databases."""

from datetime import timedelta
from pathlib import Path

import pytest
from click import ClickException
from sqlalchemy import select

from engine.calls import CALL_TYPES
from engine.calls.work import Work
from engine.cli.key import record_destruction
from engine.demo.cases import Play, settle
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.queries.cases import case_page
from engine.replay import verify_case
from engine.store import cases, events, messages
from engine.store.cases import case_file
from tests.web.browser.house import House

ROOT = Path(__file__).resolve().parents[3]
CHILD = ("سامي", "خليل", "العلي")


def only_case(masar: Masar) -> int:
    with masar.db.read() as conn:
        return int(conn.scalars(select(case_file.c.id).where(case_file.c.kind == "case")).one())


def reopened_by(play: Play, call: int, number: str) -> object:
    work = Work(call, 1, 1, "/1/", "R-1", {}, {"case_number": number, "risk_level": "high"})
    return CALL_TYPES["reopen_case"](play.masar, work)["outcome"]


def test_a_closed_case_goes_on_in_the_same_file_under_its_manager_and_its_record_stays_whole(ministry: House) -> None:
    masar = ministry.play("18_opened_again", "end", 130, CHILD).masar
    case_id = only_case(masar)  # none was opened for the second report
    with masar.db.read() as conn:
        manager = actor_named(conn, "mona")
        case = cases.load_plain(conn, case_id)
        kinds = [event.kind for event in events.read(conn, masar.vault, case_id, 0, 500)]
    assert case is not None and manager is not None
    assert (case.status, case.closed_at, case.manager_id, case.risk) == ("open", None, manager.id, "low")
    assert kinds.count("case_opened") == kinds.count("case_reopened") == 1
    assert verify_case(masar, case_id).problems == ()
    stages = {mark.key: mark.state for mark in case_page(masar, manager, str(case_id)).stages}
    assert stages["closure"] == "ahead" and stages["planning"] == "done", stages


def test_asking_again_opens_nothing_twice_and_a_number_that_nobody_has_is_unknown(ministry: House) -> None:
    play = ministry.play("01_straight_to_closure", "end", 90, CHILD)
    case_id = only_case(play.masar)
    with play.masar.db.read() as conn:
        case = cases.load_plain(conn, case_id)
    assert case is not None
    number = case.number
    play.clock.advance(timedelta(days=1))
    assert reopened_by(play, 7, number.lower().replace("6", "٦")) == "reopened"
    assert reopened_by(play, 7, number) == "reopened"
    assert reopened_by(play, 8, f" {number} ") == "open"
    assert reopened_by(play, 9, "C-1999-000001") == "unknown" == reopened_by(play, 10, "R-2026-000001")
    with play.masar.db.read() as conn:
        later = cases.load_plain(conn, case_id)
    assert later is not None and later.status == "open"
    assert verify_case(play.masar, case_id).problems == ()


def test_a_case_whose_checks_are_not_over_is_closed_offers_only_the_alarm_and_keeps_its_key(ministry: House) -> None:
    play = ministry.play("01_straight_to_closure", "end", 60, CHILD)
    case_id = only_case(play.masar)
    with play.masar.db.read() as conn:
        closed = cases.load_plain(conn, case_id)
        offered = {wait.element for wait in messages.offered_to(conn, case_id)}
    assert closed is not None and closed.status == "closed" and closed.closed_at is not None
    assert offered == {"danger_found"}
    with pytest.raises(ClickException, match="checks after its closure"):
        play.masar.db.run(lambda conn: record_destruction(play.masar, conn, case_id))
    play.clock.advance(timedelta(days=31))
    settle(play.masar)
    assert play.open_item("check_after_closure").case_id == case_id
    with play.masar.db.read() as conn:
        later = cases.load_plain(conn, case_id)
    assert later is not None and (later.status, later.closed_at) == ("closed", closed.closed_at)
    assert verify_case(play.masar, case_id).problems == ()
