"""What was typed while a session ended comes back to its author, and to nobody else."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.clock import StoppedClock
from engine.masar import Masar
from tests.web.served.world import SECRET, World, build, token_of

TYPED = "لا يعلم به أحد"


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """A case with a plan that its manager writes."""
    return build(masar, clock)


def after_the_session_ended(world: World, clock: StoppedClock, csrf: str = SECRET) -> tuple[FlaskClient, TestResponse]:
    """The manager sends the form of the plan sixteen minutes after the last click."""
    client = world.app.test_client()
    client.set_cookie("masar_session", token_of("manager"))
    clock.advance(timedelta(minutes=16))
    return client, client.post("/work/{plan}".format(**world.things), data={"_csrf": csrf, "summary": TYPED})


def sign_in(client: FlaskClient, page: TestResponse, login: str) -> TestResponse:
    """Fills the sign-in page that came back."""
    return client.post("/sign-in", data=hidden_of(page) | {"login": login, "password": "a long enough password"})


def hidden_of(page: TestResponse) -> dict[str, str]:
    """The hidden fields of its form of sign-in."""
    form = page.text[page.text.index('action="/sign-in"'):]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def test_typing_that_outlived_its_session_becomes_the_draft_of_its_author(world: World, clock: StoppedClock) -> None:
    client, page = after_the_session_ended(world, clock)
    assert page.status_code == 401 and TYPED not in page.text and 'name="kept"' in page.text
    answer = sign_in(client, page, "manager")
    assert answer.location == "/work/{plan}".format(**world.things)
    assert TYPED in client.get(answer.location).text


def test_whoever_signs_in_next_at_that_browser_never_sees_it(world: World, clock: StoppedClock) -> None:
    client, page = after_the_session_ended(world, clock)
    answer = sign_in(client, page, "supervisor")
    assert answer.location == "/"
    shown = client.get("/work/{plan}".format(**world.things))
    assert shown.status_code == 200 and TYPED not in shown.text  # nor is it anybody's draft
    with world.masar.db.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM draft").scalar() == 0


def test_it_is_kept_through_a_wrong_password_and_not_for_ever(world: World, clock: StoppedClock) -> None:
    client, page = after_the_session_ended(world, clock)
    again = sign_in(client, page, "no.such.login")
    assert again.status_code == 401 and 'name="kept"' in again.text
    clock.advance(timedelta(hours=13))
    assert sign_in(client, again, "manager").location == "/"


def test_a_form_without_the_secret_of_the_session_keeps_nothing(world: World, clock: StoppedClock) -> None:
    _, page = after_the_session_ended(world, clock, csrf="another")
    assert page.status_code == 401 and 'name="kept"' not in page.text and TYPED not in page.text


def test_a_forged_keepsake_is_nothing(world: World, clock: StoppedClock) -> None:
    for forged in ("x", "", "AAAA" * 30, "ليس مفتاحاً"):
        client, page = after_the_session_ended(world, clock)
        fields = hidden_of(page) | {"kept": forged, "login": "manager", "password": "a long enough password"}
        assert client.post("/sign-in", data=fields).location == "/"


def test_an_offer_is_answered_at_the_address_of_its_own_case_alone(world: World) -> None:
    wrong = "/cases/{stuck}/offers/{offer}"
    assert world.ask("provider", "GET", wrong).status_code == 404
    assert world.ask("provider", "POST", wrong, {"_do": "complete"}).status_code == 404
    assert world.ask("supervisor", "POST", "/cases/{case}/incidents/{incident}/retry").status_code == 404
