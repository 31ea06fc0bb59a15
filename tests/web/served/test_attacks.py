"""Hostile browsers: swapped and missing tokens, forged fields, typing that is no text."""

import pytest

from engine.clock import StoppedClock
from engine.masar import Masar
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
