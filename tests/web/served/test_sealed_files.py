"""A sealed file is absent for everybody but those who were named and said why, and the hands that still work in it."""

import re

import pytest
from sqlalchemy import update

from engine.clock import StoppedClock
from engine.commands.sealed_files import OPEN_FOR
from engine.errors import NotFound
from engine.masar import Masar
from engine.queries.accounts import actor_named
from engine.queries.cases import case_page
from engine.store.cases import case_file
from tests.web.served.api import Program, program
from tests.web.served.conftest import ACCOUNTS
from tests.web.served.sealing import KNOWING, OFFICERS, PEOPLE, seal, sealable
from tests.web.served.test_api_routes import ROWS as API_ROWS
from tests.web.served.test_routes import FIELDS, ROWS
from tests.web.served.world import NOBODY, World

THINGS = ("case", "plan", "review", "second_check", "check", "offer", "stuck", "incident", "report", "screening")
PROOF = "/cases/{case}/verification"


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, with two data protection officers."""
    return sealable(masar, clock)


def of_a_file(address: str) -> bool:
    return any(f"{{{thing}}}" in address for thing in THINGS) and not address.startswith("/sealed")


def test_a_sealed_and_closed_file_is_absent_from_every_route_for_everybody(world: World) -> None:
    seal(world, closed=True)
    wrong = []
    for method, address in [row for row in ROWS if of_a_file(row[1])]:
        for who in (*PEOPLE, NOBODY):
            absent = 404 if who != NOBODY else 303 if method == "GET" else 401
            proves = who in ("auditor", *OFFICERS) and address.endswith("/verification")
            got = world.ask(who, method, address, FIELDS).status_code
            if who in KNOWING and address.endswith("/retry"):
                absent = 409  # they know the file by its number, and that nothing stopped in it
            if got != (200 if proves else absent):
                wrong.append(f"{method} {address} by {who}: {got}")
            if method != "GET" and got != absent:
                world.undo()
    assert not wrong, "\n".join(wrong)


def test_a_sealed_and_closed_file_is_absent_from_the_interface_for_programs(world: World) -> None:
    programs: dict[str, Program] = {who: program(world, who) for who in PEOPLE}
    seal(world, closed=True)
    for method, address in [row for row in API_ROWS if of_a_file(row[1])]:
        sent: dict[str, object] = {"to": "colleague", "reason": "x"} if address.endswith("/assign") else {"answers": {}}
        for who, asks in programs.items():
            assert asks.ask(method, address, sent).status_code == 404, f"{method} {address} by {who}"


def test_no_list_no_board_and_no_search_shows_a_sealed_file(world: World) -> None:
    number = re.search(r"C-\d{4}-\d{6}", world.ask("manager", "GET", "/cases/{case}").text)
    assert number is not None
    seal(world, closed=True)
    lists = [address for method, address in ROWS if method == "GET" and "{" not in address and address != "/sealed"]
    for who in ACCOUNTS:
        for address in [*lists, f"/cases?q={number[0]}", "/work?view=overdue", "/work?view=groups", "/cases?q=ليلى"]:
            page = world.ask(who, "GET", address).text.split("</header>")[-1]
            assert "ليلى</" not in page and f"/cases/{world.things['case']}" not in page, f"{address} for {who}"
            assert number[0] not in page.replace(f'value="{number[0]}"', "").replace(f"“{number[0]}”", "").replace(
                f"«{number[0]}»", ""), f"{address} for {who}"


def test_a_search_by_name_says_only_that_the_officer_is_to_be_asked(world: World) -> None:
    seal(world, closed=True)
    said = "اسأل مسؤول حماية البيانات"
    assert said in world.ask("supervisor", "GET", "/cases?q=ليلى").text
    assert said not in world.ask("supervisor", "GET", "/cases?q=سامي").text
    assert said not in world.ask("stranger", "GET", "/cases?q=ليلى").text
    assert program(world, "supervisor").read("/work-items")["rows"] == []


def test_while_it_goes_on_a_sealed_file_is_open_to_the_hands_that_work_in_it_and_to_nobody_else(world: World) -> None:
    seal(world, closed=False)
    sees = {who for who in PEOPLE if world.ask(who, "GET", "/cases/{case}").status_code == 200}
    assert sees == {"manager", "supervisor"}  # its manager, and whoever may do the review that waits
    assert world.ask("head", "GET", "/work/{plan}").status_code == 404
    assert world.ask("manager", "POST", "/work/{plan}", FIELDS).status_code == 303


def test_a_named_reader_says_why_reads_for_an_hour_and_the_officer_is_told(world: World, clock: StoppedClock) -> None:
    seal(world, closed=True)
    proposed = {"what": "readers", "readers": "colleague", "reason": "دفاع أمام المحكمة"}
    assert world.ask("head", "POST", "/sealed/{case}/proposal", proposed).status_code == 404
    assert world.ask("officer", "POST", "/sealed/{case}/proposal", {**proposed, "reason": " "}).status_code == 422
    for nobody in ("officer", "admin", "provider", "stranger", "no.such"):
        wrong = {**proposed, "readers": nobody}
        assert world.ask("officer", "POST", "/sealed/{case}/proposal", wrong).status_code == 422
    assert world.ask("officer", "POST", "/sealed/{case}/proposal", proposed).status_code == 303
    assert world.ask("officer.two", "POST", "/sealed/{case}/proposal", proposed).status_code == 409
    assert world.ask("officer", "POST", "/sealed/{case}/decision", {"answer": "yes"}).status_code == 409  # their own
    assert world.ask("supervisor", "POST", "/sealed/{case}/decision", {"answer": "yes"}).status_code == 404
    assert world.ask("colleague", "POST", "/sealed/{case}/opening", {"reason": "x"}).status_code == 404
    assert "دفاع أمام المحكمة" in world.ask("head", "GET", "/sealed").text
    assert world.ask("head", "POST", "/sealed/{case}/decision", {"answer": "yes"}).status_code == 303
    assert world.ask("colleague", "GET", "/cases/{case}").status_code == 404
    assert "سُمّيت" in world.ask("colleague", "GET", "/cases").text
    assert world.ask("colleague", "POST", "/sealed/{case}/opening", {"reason": ""}).status_code == 422
    assert world.ask("colleague", "POST", "/sealed/{case}/opening", {"reason": "جلسة الغد"}).status_code == 303
    page = world.ask("colleague", "GET", "/cases/{case}").text
    assert "ليلى" in page and "جلسة الغد" in page
    assert world.ask("head", "GET", "/cases/{case}").status_code == 404  # who decided does not read
    told = world.ask("officer", "GET", "/sealed").text
    assert "جلسة الغد" in told and "حساب colleague" in told
    seen = re.search(r"/sealed/\d+/openings/\d+/seen", told)
    assert seen is not None
    assert world.ask("head", "POST", seen[0]).status_code == 404
    assert world.ask("officer", "POST", seen[0]).status_code == 303
    assert "جلسة الغد" not in world.ask("officer", "GET", "/sealed").text
    clock.advance(OPEN_FOR)
    with world.masar.db.read() as conn:
        reader = actor_named(conn, "colleague")
    assert reader is not None
    with pytest.raises(NotFound):
        case_page(world.masar, reader, world.things["case"])


def test_unsealing_takes_two_accounts_and_opens_the_file_to_its_people_again(world: World) -> None:
    seal(world, closed=True)
    asked = {"what": "unseal", "reason": "أُعيد النظر في الحكم"}
    assert world.ask("officer", "POST", "/sealed/{case}/proposal", asked).status_code == 303
    assert world.ask("director", "POST", "/sealed/{case}/decision", {"answer": "no"}).status_code == 303
    assert world.ask("manager", "GET", "/cases/{case}").status_code == 404
    assert world.ask("officer", "POST", "/sealed/{case}/proposal", asked).status_code == 303
    assert world.ask("officer.two", "POST", "/sealed/{case}/decision", {"answer": "yes"}).status_code == 303
    page = world.ask("manager", "GET", "/cases/{case}").text
    assert "رُفع قيد الاطلاع" in page and "أُعيد النظر في الحكم" in page
    found = world.ask("auditor", "POST", PROOF).text
    assert "قائمة من يطلع" not in found


def test_an_auditor_proves_a_sealed_file_without_reading_it_and_a_list_changed_by_hand_is_found(world: World) -> None:
    proposal = {"what": "readers", "readers": "colleague", "reason": "سبب"}
    seal(world, closed=False)
    assert world.ask("officer", "POST", "/sealed/{case}/proposal", proposal).status_code == 303
    assert world.ask("head", "POST", "/sealed/{case}/decision", {"answer": "yes"}).status_code == 303
    page = world.ask("auditor", "POST", PROOF).text
    assert "السجل سليم كامل" in page and "ليلى" not in page and "حساب manager" not in page
    opened = update(case_file).where(case_file.c.id == int(world.things["case"])).values(readers=None)
    world.masar.db.run(lambda conn: conn.execute(opened))
    assert "قائمة من يطلع على الملف المقيد" in world.ask("auditor", "POST", PROOF).text
