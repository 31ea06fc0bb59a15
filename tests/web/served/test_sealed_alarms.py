"""Nobody is forgotten in a sealed file: what is late or stopped is told by number, and handed over at once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from engine.clock import StoppedClock
from engine.commands.reports import submit_report
from engine.commands.sealed_files import NOBODY as NO_READER
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.store.cases import case_file
from tests.web.served.api import program
from tests.web.served.sealing import KNOWING, OFFICERS, make_late, number_of, seal, sealable
from tests.web.served.test_routes import FIELDS
from tests.web.served.world import World


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, with two data protection officers."""
    return sealable(masar, clock)


def test_late_work_of_a_sealed_file_is_told_by_number_to_who_keeps_or_decides_the_seal_and_to_nobody_of_its_line(
    world: World,
) -> None:
    make_late(world)
    seal(world, closed=False)
    for who in KNOWING:
        page = world.ask(who, "GET", "/sealed").text
        assert number_of(world) in page and "متأخرة يومين" in page
        assert "ليلى" not in page and "خطة الحالة" not in page
        assert ("حساب manager" in page) == (who in OFFICERS)  # whom to telephone
        assert re.search(r'class="pip">\s*[1-9]', world.ask(who, "GET", "/complaints/new").text)
    assert "متأخرة" not in world.ask("auditor", "GET", "/sealed").text
    for who in ("supervisor", "duty", "stranger"):
        assert world.ask(who, "GET", "/sealed").status_code == 404
        assert number_of(world) not in world.ask(who, "GET", "/work?view=overdue").text


def test_an_officer_hands_late_work_of_a_sealed_file_to_another_manager_at_once_and_another_officer_takes_note(
    world: World,
) -> None:
    make_late(world)
    seal(world, closed=False)
    address, given = "/sealed/{case}/work/{plan}", {"to": "colleague", "reason": "لا يجيب منذ يومين"}
    form = world.ask("officer", "GET", address).text
    assert "حساب colleague" in form and "حساب stranger" not in form and "ليلى" not in form
    for who in ("head", "director", "auditor", "manager", "supervisor"):
        assert world.ask(who, "GET", address).status_code == 404
        assert world.ask(who, "POST", address, given).status_code == 404
    for wrong in ("", "provider", "officer", "manager", "none"):
        assert world.ask("officer", "POST", address, {**given, "to": wrong}).status_code == 422, wrong
    assert world.ask("officer", "POST", address, {**given, "reason": " "}).status_code == 422
    assert world.ask("officer", "POST", "/sealed/{report}/work/{plan}", given).status_code == 404
    assert world.ask("officer", "POST", address, given).status_code == 303
    assert world.ask("manager", "GET", "/cases/{case}").status_code == 404
    assert "لا يجيب منذ يومين" in world.ask("colleague", "GET", "/cases/{case}").text
    told = world.ask("officer.two", "GET", "/sealed").text
    assert "حساب colleague: حساب officer" in told and "لا يجيب منذ يومين" in told
    seen = re.search(r"/sealed/\d+/openings/\d+/seen", told)
    assert seen is not None and seen[0] not in world.ask("officer", "GET", "/sealed").text
    assert world.ask("officer", "POST", seen[0]).status_code == 409
    assert world.ask("officer", "GET", "/cases/{case}").status_code == 404  # who handed over reads nothing
    assert world.ask("officer.two", "POST", seen[0]).status_code == 303
    assert world.ask("colleague", "POST", "/work/{plan}", FIELDS).status_code == 303


def test_work_that_is_not_late_and_work_of_a_file_that_is_not_sealed_is_not_handed_over_from_here(world: World) -> None:
    address, given = "/sealed/{case}/work/{plan}", {"to": "colleague", "reason": "سبب"}
    make_late(world)
    assert world.ask("officer", "POST", address, given).status_code == 404
    make_late(world, -timedelta(days=1))
    seal(world, closed=False)
    assert world.ask("officer", "GET", address).status_code == 409
    assert world.ask("officer", "POST", address, given).status_code == 409
    assert world.ask("manager", "GET", "/cases/{case}").status_code == 200


def test_a_sealed_file_that_stopped_is_tried_again_by_who_knows_its_number_and_reads_nothing(world: World) -> None:
    seal(world, closed=False)
    address = "/sealed/{stuck}/incidents/{incident}/retry"
    for who in KNOWING:
        page = world.ask(who, "GET", "/sealed").text
        assert "متوقفة لخلل" in page and address.format(**world.things) in page and "ليلى" not in page
        assert world.ask(who, "POST", address).status_code == 303
        world.undo()
    for who, status in (("supervisor", 404), ("admin", 404), ("analyst", 404), ("auditor", 404), ("manager", 403)):
        assert world.ask(who, "POST", address).status_code == status, who
    for who in ("head", "director"):
        page = world.ask(who, "GET", "/team/stopped").text
        assert f"/cases/{world.things['stuck']}" not in page


def test_a_tracking_code_says_the_same_before_and_after_the_report_was_sealed(world: World) -> None:
    with world.masar.db.read() as conn:
        partner = actor_named(conn, "partner")
    assert partner is not None
    code = submit_report(world.masar, partner, {"summary": ["خبر"], "details": ["تفصيل"]}, "another").tracking_code

    def said() -> str:
        answer = world.app.test_client().post("/track", data={"code": code})
        assert answer.status_code == 200
        return answer.text

    def write(**values: str | None) -> None:
        world.masar.db.run(lambda conn: conn.execute(update(case_file).values(values)))

    for status in ("open", "closed"):
        write(status=status, readers=None)
        before = said()
        write(readers=NO_READER)
        assert said() == before and "مقيد" not in before


def test_a_program_is_told_what_is_late_proposes_and_lets_another_account_decide(world: World) -> None:
    programs = {who: program(world, who) for who in ("officer", "officer.two", "head", "supervisor")}
    make_late(world)
    seal(world, closed=False)

    def of_the_case(who: str) -> Any:
        return next(one for one in programs[who].read("/sealed")["rows"] if one["id"] == world.things["case"])

    row = of_the_case("officer")
    assert row["urgent"] and row["alarms"][0]["late"] and row["alarms"][0]["holder"] == "manager"
    assert "ليلى" not in programs["officer"].get("/sealed").text
    assert of_the_case("head")["alarms"][0]["holder"] is None
    assert programs["supervisor"].get("/sealed").status_code == 404
    asked = {"what": "readers", "readers": ["colleague"], "reason": "دفاع أمام المحكمة"}
    assert programs["officer"].post("/sealed/{case}/proposal", {**asked, "readers": ["admin"]}).status_code == 422
    assert programs["officer"].post("/sealed/{case}/proposal", asked).status_code == 204
    assert programs["officer"].post("/sealed/{case}/decision", {"agreed": True}).status_code == 409
    assert programs["head"].post("/sealed/{case}/decision", {"agreed": 1}).status_code == 422
    assert programs["head"].post("/sealed/{case}/decision", {"agreed": True}).status_code == 204
    assert of_the_case("officer.two")["readers"] == ["colleague"]
