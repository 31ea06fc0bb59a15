"""The pages behind a one-time link: what the door tells, what the browser is told, and what hostile use meets."""

import re

import pytest
from flask.testing import FlaskClient

from engine.clock import StoppedClock
from engine.masar import Masar
from tests.web.served.visitors import ADDRESS
from tests.web.served.world import World, build

LINK = "/cases/{case}/offers/{offer}/link"
SAID = {"summary": "قبلنا", "said_by": "سلمى، مديرة المركز", "_token": "a page of its own"}


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """A case that waits for the answer of a provider."""
    return build(masar, clock)


@pytest.fixture
def stranger(world: World) -> FlaskClient:
    """Somebody without an account, far away."""
    client = world.app.test_client()
    client.environ_base["REMOTE_ADDR"] = ADDRESS
    return client


def link_of(world: World) -> str:
    """The path of a fresh link."""
    made = world.ask("manager", "POST", LINK, {"for_whom": "سلمى، هاتف المركز"})
    assert made.status_code == 201
    found = re.search(r'class="code" dir="ltr">https?://[^/]+(/answer/[\w-]+)<', made.text)
    assert found
    assert found[1] not in world.ask("manager", "GET", LINK).text  # shown once
    return found[1]


def test_the_door_is_the_same_for_every_link_and_tells_nothing(world: World, stranger: FlaskClient) -> None:
    path = link_of(world)
    living, dead = stranger.get(path), stranger.get("/answer/nothing")
    assert living.text.replace(path, "") == dead.text.replace("/answer/nothing", "")
    assert "رد مقدم الخدمة" not in living.text
    for answer in (living, dead, stranger.post(path, data={"_do": "open"})):
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers
    assert stranger.get(path).status_code == 200  # looking at the door does not use it up


def test_an_answer_by_link_is_recorded_once_with_the_name_that_was_stated(world: World, stranger: FlaskClient) -> None:
    path = link_of(world)
    opened = stranger.post(path, data={"_do": "open"})
    assert opened.status_code == 200 and "رد مقدم الخدمة" in opened.text
    assert "/cases/" not in opened.text and "ليلى" not in opened.text and "C-" not in opened.text
    nameless = stranger.post(path, data={**SAID, "said_by": " "})
    assert nameless.status_code == 422 and 'id="said_by-error"' in nameless.text and 'value="قبلنا"' in nameless.text
    empty = stranger.post(path, data={"said_by": "<b>سلمى</b>", "_token": "a page of its own"})
    assert empty.status_code == 422 and "&lt;b&gt;سلمى&lt;/b&gt;" in empty.text and 'id="mistakes"' in empty.text
    assert [stranger.post(path, data=SAID).status_code for _ in range(2)] == [201, 201]
    assert stranger.post(path, data={**SAID, "_token": "another"}).status_code == 404
    assert stranger.post(path, data={"_do": "open"}).status_code == 404
    told = world.ask("manager", "GET", "/cases/{case}/timeline").text
    assert "سلمى، مديرة المركز" in told
    assert "سلمى" not in world.ask("auditor", "GET", "/cases/{case}/timeline").text


def test_what_is_wrong_with_a_link_is_not_told(world: World, stranger: FlaskClient, clock: StoppedClock) -> None:
    path = link_of(world)
    assert world.ask("manager", "POST", LINK + "/end").status_code == 303
    ended = stranger.post(path, data={"_do": "open"})
    other = stranger.post("/answer/" + "x" * 300, data=SAID)
    guessed = stranger.post("/answer/%D9%84", data={"_do": "refresh"})
    assert {ended.status_code, other.status_code, guessed.status_code} == {404}
    plain = [re.sub(r"/answer/[^?\"]*", "", page.text) for page in (ended, other, guessed)]
    assert len(set(plain)) == 1
    assert "مدير الحالة" in ended.text


def test_another_site_cannot_send_a_form_to_a_link(world: World, stranger: FlaskClient) -> None:
    answer = stranger.post(link_of(world), data=SAID, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400


def test_guessing_is_slowed_down(world: World, stranger: FlaskClient) -> None:
    del world
    answers = [stranger.post(f"/answer/guess{n}", data={"_do": "open"}).status_code for n in range(70)]
    assert answers[0] == 404 and answers[-1] == 429


def test_a_button_inside_the_form_shows_it_again_and_uses_nothing_up(world: World, stranger: FlaskClient) -> None:
    path = link_of(world)
    again = stranger.post(path, data={**SAID, "_refresh": "1"})
    assert again.status_code == 200 and 'value="قبلنا"' in again.text and "سلمى" in again.text
    assert stranger.post(path, data=SAID).status_code == 201


def test_whoever_makes_a_link_says_for_whom(world: World) -> None:
    wrong = world.ask("manager", "POST", LINK, {"for_whom": " "})
    assert wrong.status_code == 422 and 'id="for_whom-error"' in wrong.text
    link_of(world)
    page = world.ask("manager", "GET", LINK).text
    assert "سلمى، هاتف المركز" in page and "لم يُفتح بعد" in page
    assert "سلمى، هاتف المركز" in world.ask("manager", "GET", "/cases/{case}/timeline").text
