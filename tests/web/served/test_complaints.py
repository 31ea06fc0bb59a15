"""Complaining without an account, asking by the code, and entering one as staff."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.clock import StoppedClock
from engine.masar import Masar
from engine.store.cases import case_file
from tests.web.served.visitors import code_in
from tests.web.served.world import World, build

SAID = {"_token": "a token of this very page", "_do": "complete"}


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """A complaint about the manager, whose line is the supervisor."""
    return build(masar, clock)


def _complaints(masar: Masar) -> list[str]:
    with masar.db.read() as conn:
        return list(conn.scalars(select(case_file.c.number).where(case_file.c.kind == "complaint")))


def test_anybody_complains_without_an_account_and_leaves_no_trace(visitor: FlaskClient, masar: Masar) -> None:
    fields = {**SAID, "complaint_text": "لم يتصل بنا أحد", "staff_misconduct": "no"}
    assert "complaint_text" in visitor.get("/complaint").text
    answer = visitor.post("/complaint", data=fields)
    assert answer.status_code == 201 and "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    (number,) = _complaints(masar)
    assert number not in answer.text
    asked = visitor.post("/track", data={"code": code_in(answer)})
    assert asked.status_code == 200 and number not in asked.text
    again = visitor.post("/complaint", data=fields)
    assert again.status_code == 201 and _complaints(masar) == [number]


def test_a_complaint_without_an_answer_to_what_must_be_answered_keeps_the_typing(
    visitor: FlaskClient, masar: Masar
) -> None:
    answer = visitor.post("/complaint", data={**SAID, "complaint_text": "كلام يبقى"})
    assert answer.status_code == 422 and "كلام يبقى" in answer.text and _complaints(masar) == []


def test_staff_enter_one_and_do_not_find_it_again(world: World) -> None:
    answer = world.ask("manager", "POST", "/complaints/new", {"summary": "اتصلت امرأة", "_do": "complete"})
    assert answer.status_code == 201 and "Q-2026-" in answer.text
    newest = max(_complaints(world.masar))
    assert "/complaints/" not in world.ask("manager", "GET", f"/cases?q={newest}").text.replace("/complaints/new", "")


def test_the_supervisor_of_whom_it_concerns_meets_it_nowhere(world: World) -> None:
    (number,) = _complaints(world.masar)
    pages = ("/work?view=groups", "/work?view=overdue", "/cases", "/team", "/team/untaken", "/team/stopped",
             "/team/people/{person}", "/cases/{case}", "/cases/{case}/timeline")  # fmt: skip
    for who in ("manager", "supervisor", "duty"):
        for address in pages:
            text = world.ask(who, "GET", address).text
            assert number not in text and "النظر في الشكوى" not in text, (who, address)
    assert number in world.ask("head", "GET", "/work?view=groups").text
