"""Hostile browsers: swapped and missing tokens, forged fields, typing that is no text."""

import pytest
from sqlalchemy import select

from engine.actor import SYSTEM
from engine.clock import StoppedClock
from engine.commands.opening import Opening, open_file
from engine.masar import Masar
from engine.store.cases import case_file
from tests.web.served.conftest import UNITS
from tests.web.served.world import World, build


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh."""
    return build(masar, clock)




@pytest.mark.parametrize("token", ["", "one page"])
def test_two_reports_sent_with_one_token_are_two_reports(world: World, token: str) -> None:
    first = world.ask("partner", "POST", "/reports/new", {"summary": "طفل أول", "_token": token})
    again = world.ask("partner", "POST", "/reports/new", {"summary": "طفل أول", "_token": token})
    other = world.ask("partner", "POST", "/reports/new", {"summary": "طفل آخر", "_token": token})
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 201)
    assert again.text == first.text
    assert other.text != first.text


def test_other_words_from_a_page_that_was_sent_already_are_not_thanked_for(world: World) -> None:
    sent = {"summary": "خطة أولى", "_token": "one page"}
    assert world.ask("manager", "POST", "/work/{plan}", sent).status_code == 303
    assert world.ask("manager", "POST", "/work/{plan}", sent).status_code == 303
    assert world.ask("manager", "POST", "/work/{plan}", {**sent, "summary": "خطة أخرى"}).status_code == 409


def test_an_answer_to_an_offer_counts_for_that_offer_alone(world: World) -> None:
    sent = {"summary": "نقبل", "_token": ""}
    address = "/cases/{case}/offers/{offer}"
    assert world.ask("provider", "POST", address, sent).status_code == 303
    assert world.ask("provider", "POST", address, sent).status_code == 303
    assert world.ask("provider", "POST", address, {**sent, "summary": "نرفض"}).status_code == 409


def test_a_submit_of_somebody_else_is_nobody_elses(world: World) -> None:
    sent = {"summary": "خطة", "_token": "one page"}
    assert world.ask("manager", "POST", "/work/{plan}", sent).status_code == 303
    assert world.ask("supervisor", "POST", "/work/{plan}", sent).status_code == 409
    assert world.ask("stranger", "POST", "/work/{plan}", sent).status_code == 404


def test_a_search_finds_ones_own_case_among_many_strangers_of_the_same_name(world: World) -> None:
    number, _, path = UNITS["other-centre"]
    for n in range(30):
        person = {"person": {"full_name": "ليلى"}}
        open_file(
            world.masar, SYSTEM,
            Opening("case", "case", number, path, person, "case_number", "case_opened", f"stranger {n}"),
        )
    mine = 'href="/cases/{case}"'.format(**world.things)
    assert mine in world.ask("manager", "GET", "/cases?q=ليلى").text
    assert mine in world.ask("supervisor", "GET", "/cases?q=ليلى").text
    assert world.ask("stranger", "GET", "/cases?q=ليلى").text.count('href="/cases/') >= 25
    assert mine not in world.ask("stranger", "GET", "/cases?q=ليلى").text


@pytest.mark.parametrize("who", ["head", "director", "auditor"])
def test_a_masked_case_does_not_answer_to_the_name_behind_the_mask(world: World, who: str) -> None:
    with world.masar.db.read() as conn:
        number = conn.scalar(select(case_file.c.number).where(case_file.c.id == int(world.things["case"])))
    found = 'href="/cases/{case}"'.format(**world.things)
    assert found not in world.ask(who, "GET", "/cases?q=ليلى").text
    assert found in world.ask(who, "GET", f"/cases?q={number}").text
    assert found in world.ask(who, "GET", "/cases").text
