"""A form that changed between reading and answering: programs and pages are told what changed, and nothing is taken."""

from datetime import timedelta

import pytest

from engine.clock import StoppedClock
from engine.masar import Masar
from engine.worker import run_pass
from tests.web.served.analysts import NOTE, SECOND, Studio, with_two_analysts
from tests.web.served.api import Program, program, told

ALL = "/studio/migrations"
ANSWERS = {"summary": "ما كُتب"}


@pytest.fixture
def studio(masar: Masar, clock: StoppedClock, password_hash: str) -> Studio:
    """A studio with two analysts and running cases."""
    return with_two_analysts(masar, clock, password_hash)


def move_on(studio: Studio, old: str, new: str) -> None:
    """Publishes the form with other words and, a minute after they were read, moves the running cases onto it."""
    clock = studio.world.masar.clock
    assert isinstance(clock, StoppedClock)
    clock.advance(timedelta(minutes=1))
    assert studio.publish(NOTE, studio.draft(NOTE, old, new)).status_code == 303
    address = str(studio.post(ALL, {"old": "1"}).location)
    assert studio.post(f"{address}/proposal", {"revision": "1", "note": "لأن"}).status_code == 303
    assert studio.post(f"{address}/approval", who=SECOND).status_code == 303
    while run_pass(studio.world.masar).anything:
        pass


def complete(asks: Program, key: str, **more: str) -> tuple[int, dict[str, str]]:
    answer = asks.post("/work-items/{plan}/complete", {"answers": ANSWERS, **more}, Idempotency_Key=key)
    return answer.status_code, told(answer)


def test_a_program_that_read_an_older_form_is_refused_and_told_what_changed(studio: Studio) -> None:
    manager = program(studio.world, "manager")
    seen = manager.read("/work-items/{plan}")["form"]["sha256"]
    move_on(studio, '"التفاصيل"', '"ما رأيته بنفسك"')
    status, problem = complete(manager, "one", form_sha256=seen)
    assert (status, problem["type"]) == (409, "urn:masar:problem:conflict")
    assert "Questions in other words" in problem["detail"] and "Details" in problem["detail"]
    assert problem["when"] and problem["form_sha256"] == manager.read("/work-items/{plan}")["form"]["sha256"] != seen
    status, silent = complete(manager, "two")  # it does not say what it read, and the form changed meanwhile
    assert (status, silent["form_sha256"]) == (409, problem["form_sha256"])
    assert complete(manager, "three", form_sha256="0" * 64)[0] == 409
    assert complete(manager, "four", form_sha256="no hash")[0] == 422
    assert complete(manager, "five", form_sha256=problem["form_sha256"])[0] == 200


def test_where_the_form_did_not_change_nobody_is_held_up(studio: Studio) -> None:
    manager = program(studio.world, "manager")
    seen = manager.read("/work-items/{plan}")["form"]["sha256"]
    assert complete(manager, "one", form_sha256=seen)[0] == 200


def test_an_offer_is_answered_on_the_form_that_was_read(studio: Studio) -> None:
    provider, world = program(studio.world, "provider"), studio.world
    page = world.ask("provider", "GET", "/cases/{case}/offers/{offer}").text
    seen = page.partition('name="_version" value="')[2].partition('"')[0]
    assert len(seen) == 64
    move_on(studio, '"التفاصيل"', '"ما رأيته بنفسك"')
    fields = {"summary": "قبلنا", "_token": "t", "_version": seen}
    late = world.ask("provider", "POST", "/cases/{case}/offers/{offer}", fields)
    assert late.status_code == 409 and "قبلنا" in late.text and "أسئلة تغيّر نصها" in late.text
    number = program(world, "manager").read("/cases/{case}")["case"]["number"]
    message = {"name": "provider_answer", "correlation_key": number, "answers": ANSWERS}
    refused = provider.post("/messages", message)
    assert refused.status_code == 409
    now = told(refused)["form_sha256"]
    assert provider.post("/messages", {**message, "form_sha256": seen}).status_code == 409
    assert provider.post("/messages", {**message, "form_sha256": now}).status_code == 200
