"""The supervisor's day, over HTTP and without JavaScript."""

import re
from datetime import timedelta

import pytest

from engine.clock import StoppedClock
from engine.masar import Masar
from tests.web.served.world import World, build

AWAY = {"first": "2026-11-22", "last": "2026-11-24", "deputy": "colleague"}


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh."""
    return build(masar, clock)


def test_the_board_leads_to_a_person_whose_work_is_given_away_and_told_in_the_case(world: World) -> None:
    board = world.ask("supervisor", "GET", "/team").text
    assert f'href="/team/people/{world.things["person"]}"' in board and 'aria-current="page">الفريق' in board
    page = world.ask("supervisor", "GET", "/team/people/{person}").text
    plan = world.things["plan"]
    assert f'type="checkbox" name="item" value="{plan}"' in page
    given = {"item": plan, "to": "colleague", "reason": "إجازة منى", "back": "/team/people/" + world.things["person"]}
    answer = world.ask("supervisor", "POST", "/team/work", given)
    assert (answer.status_code, answer.location) == (303, f"{given['back']}?done=work_item&n=1")
    assert "نُقلت مهمة واحدة" in world.ask("supervisor", "GET", answer.location).text
    assert "إجازة منى" in world.ask("supervisor", "GET", "/cases/{case}").text
    assert plan in world.ask("colleague", "GET", "/work").text


def test_everything_on_the_page_may_go_and_what_cannot_is_named(world: World) -> None:
    page = world.ask("supervisor", "GET", "/team/untaken").text
    shown = re.findall(r'name="shown" value="(\d+)"', page)
    assert world.things["review"] in shown
    given = {"all": "1", "shown": world.things["review"], "to": "colleague", "reason": "سبب", "back": "/team/untaken"}
    answer = world.ask("supervisor", "POST", "/team/work", given)
    assert answer.status_code == 200
    assert "لا يمكن إسناد هذه المهمة" in answer.text and re.search(r"<bdi>[^<]*C-2026-", answer.text)
    stranger = world.ask("stranger", "POST", "/team/work", {**given, "to": "stranger"})
    assert stranger.status_code == 200 and "C-2026-" not in stranger.text


def test_a_case_goes_to_another_manager(world: World) -> None:
    given = {"case": world.things["case"], "to": "colleague", "reason": "انتقال", "back": "https://elsewhere.example"}
    answer = world.ask("head", "POST", "/team/cases", given)
    assert (answer.status_code, answer.location) == (303, "/?done=case&n=1")
    assert world.ask("colleague", "GET", "/cases/{case}").status_code == 200
    assert world.ask("manager", "GET", "/cases/{case}").status_code == 404


def test_a_forgotten_choice_is_told_and_the_reason_is_kept(world: World) -> None:
    back = "/team/people/" + world.things["person"]
    answer = world.ask("supervisor", "POST", "/team/work", {"reason": "سبب مكتوب", "back": back})
    assert answer.status_code == 422
    assert 'href="#choice_of_item"' in answer.text and 'href="#to_of_item"' in answer.text
    assert 'value="سبب مكتوب"' in answer.text and 'id="to_of_item-error"' in answer.text


def test_a_deputy_sees_and_takes_the_work_of_somebody_away_from_the_next_request_on(
    world: World, clock: StoppedClock
) -> None:
    assert world.ask("colleague", "GET", "/work/{plan}").status_code != 200
    assert world.ask("manager", "POST", "/absence", AWAY).status_code == 303
    assert world.things["plan"] in world.ask("colleague", "GET", "/work").text
    assert world.ask("colleague", "POST", "/work/{plan}/claim").status_code == 303
    told = world.ask("supervisor", "GET", "/cases/{case}").text
    assert "نيابة عن" in told
    assert "غائب؛ النائب" in world.ask("supervisor", "GET", "/team").text
    clock.advance(timedelta(days=3))


def test_a_roster_is_filled_on_a_page(world: World) -> None:
    assert "لا يوجد مشرف مناوبة" in world.ask("director", "GET", "/team").text
    shift = {"post": "first", "person": "duty", "from": "2026-11-22T00:00", "until": "2026-11-26T00:00"}
    assert world.ask("head", "POST", "/team/roster/2", shift).status_code == 303
    board = world.ask("director", "GET", "/team").text
    assert "لا يوجد مشرف مناوبة" not in board and "لا يوجد مناوب ثانٍ" in board
    assert "مناوب" in world.ask("head", "GET", "/team/roster").text


def test_the_board_is_a_handful_of_statements(world: World) -> None:
    world.ask("supervisor", "GET", "/team")
    with world.masar.db.counted() as counted:
        assert world.ask("supervisor", "GET", "/team").status_code == 200
    assert len(counted.statements) <= 10, "\n".join(counted.statements)
