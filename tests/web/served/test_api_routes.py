"""Every operation of the API × every kind of actor × relation, and every way in which a token may be worth nothing."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.test import TestResponse

from engine.clock import StoppedClock
from engine.commands.accounts import deactivate_account
from engine.commands.sessions import MOST_PER_ADDRESS, WINDOW
from engine.commands.tokens import create_token, revoke_token
from engine.masar import Masar
from engine.queries.tokens import tokens_of
from engine.store.accounts import sign_in_attempt
from engine.store.tokens import access_token
from tests.web.served.api import Program, Upload, program, token_for, told
from tests.web.served.api_rows import API
from tests.web.served.conftest import ACCOUNTS
from tests.web.served.world import World, build, expected_rows, token_of

EXPECTED = {(method, address, name): status for method, address, status, name in expected_rows(API)}
MIGRATING: dict[str, Any] = {
    "migrations": {}, "plan": {"revision": 1, "plan": "x"}, "approve": {"ids": ["1"]}, "refuse": {"reason": "x"},
    "propose": {"plans": [{"id": "1", "revision": 1}], "note": "x"},
}
ROWS = sorted({(method, address) for method, address, _ in EXPECTED})


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh."""
    return build(masar, clock)


def document_for(world: World, address: str) -> Any:
    """What is sent to an address."""
    answers = {"summary": "ما كُتب"}
    if address.endswith("/assign"):
        return {"to": "colleague", "reason": "إجازة"}
    if address == "/cases":
        return {"process": "reporting", "answers": answers}
    if address == "/messages":
        return {"name": "provider_answer", "correlation_key": case_number(world), "answers": answers}
    if address == "/definitions":
        return Upload.of(("../tricky.form", b"{}"), note="x")
    if address.startswith("/sealed"):
        return {"agreed": True} if address.endswith("/decision") else {"what": "unseal", "reason": "x"}
    if address.startswith("/migrations"):
        return MIGRATING.get(address.rpartition("/")[2])
    return {"answers": answers} if address.endswith("/complete") else None


def case_number(world: World) -> str:
    """The number of the case, by which messages find it."""
    return str(program(world, "manager").read("/cases/{case}")["case"]["number"])


@pytest.fixture
def programs(world: World) -> dict[str, Program]:
    """A program for everybody; their tokens stand in the world's databases from the start."""
    found = {login: program(world, login) for login in ACCOUNTS}
    world.keep()
    return found


def test_every_operation_answers_every_kind_of_actor_as_the_table_says(
    world: World, programs: dict[str, Program]
) -> None:
    wrong = []
    documents = {address: document_for(world, address) for _, address in ROWS}
    for method, address in ROWS:
        for who, asks in programs.items():
            expected = EXPECTED.get((method, address, who), 404)
            got = asks.ask(method, address, documents[address]).status_code
            if got != expected:
                wrong.append(f"{method} {address} by {who}: {got}, not {expected}")
            if method != "GET":
                world.undo()
    assert not wrong, "\n".join(wrong)


def test_no_operation_is_without_a_row(app: Flask) -> None:
    covered = {_rule(app, method, f"/api/v1{address}") for method, address in ROWS}
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")
        for method in set(rule.methods or ()) - {"HEAD"}
    }
    assert routes - covered == {("GET", "/api/v1/openapi.json")}


def test_masked_values_stay_masked_for_programs(world: World) -> None:
    for who in ("head", "director", "auditor"):
        asks = program(world, who)
        for address in ("/cases/{case}", "/cases/{case}/variables", "/cases/{case}/events", "/cases/{report}/variables",
                        "/cases/{report}/events"):  # fmt: skip
            answer = asks.get(address)
            assert answer.status_code == 200
            assert "ليلى" not in answer.text and "تفصيل" not in answer.text and "\\u0644\\u064a" not in answer.text
        assert asks.read("/cases/{case}/variables")["variables"]["person"] == {"full_name": None}
        assert "person.full_name" in asks.read("/cases/{case}/variables")["masked"]


def test_nobody_gets_in_without_a_living_token(world: World, clock: StoppedClock) -> None:
    masar = world.masar
    for header in ("", "Bearer", "Bearer ", "Basic bWFuYWdlcjp4", "Bearer masar_wrong", "Bearer " + "x" * 5000):
        answer = Program(world.app, "").get("/work-items", Authorization=header)
        refused(answer, 401)
        assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="Masar"')
    revoked, short = token_for(masar, "manager"), create_token(masar, "manager", "short", ["read"], days=1)
    gone = token_for(masar, "colleague")
    assert all(Program(world.app, one).get("/work-items").status_code == 200 for one in (revoked, short, gone))
    number = next(row.id for row in tokens_of(masar, "manager") if row.name == "a test")
    revoke_token(masar, "manager", number)
    deactivate_account(masar, "colleague")
    clock.advance(timedelta(days=1))
    for token in (revoked, short, gone):
        refused(Program(world.app, token).get("/work-items"), 401)


def test_a_session_of_the_pages_opens_nothing_here(world: World) -> None:
    client = world.app.test_client()
    client.set_cookie("masar_session", token_of("manager"))
    refused(client.get("/api/v1/work-items"), 401)
    answer = program(world, "manager").get("/work-items")
    assert "Set-Cookie" not in answer.headers
    assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]


def test_a_token_opens_no_page(world: World) -> None:
    headers = {"Authorization": f"Bearer {token_for(world.masar, 'manager')}"}
    assert world.app.test_client().get("/work", headers=headers).status_code == 303


def test_a_scope_that_is_missing_is_named(world: World) -> None:
    reads, writes = program(world, "manager", "read"), program(world, "manager", "write")
    for answer, scope in ((reads.post("/work-items/{plan}/claim"), "write"), (writes.get("/work-items"), "read")):
        refused(answer, 403)
        assert f'error="insufficient_scope", scope="{scope}"' in answer.headers["WWW-Authenticate"]


def test_wrong_tokens_are_slowed_down_and_right_ones_are_not(world: World, clock: StoppedClock) -> None:
    right, wrong = program(world, "manager"), Program(world.app, "masar_wrong")
    statuses = [wrong.get("/work-items").status_code for _ in range(MOST_PER_ADDRESS + 1)]
    assert statuses == [401] * MOST_PER_ADDRESS + [429]
    assert right.get("/work-items").status_code == 200
    clock.advance(WINDOW + timedelta(seconds=1))
    assert wrong.get("/work-items").status_code == 401
    with world.masar.db.read() as conn:
        kept = conn.scalars(select(sign_in_attempt.c.subject_hash)).all()
    assert b"127.0.0.1" not in b"".join(kept)


def test_tokens_are_kept_as_keyed_hashes_and_shown_to_their_owner_alone(world: World) -> None:
    asks = program(world, "manager")
    with world.masar.db.read() as conn:
        kept = conn.execute(select(access_token)).all()
    assert asks.token not in str(kept) and asks.token.encode() not in b"".join(row.token_hash for row in kept)
    mine = asks.read("/tokens")["rows"]
    assert [row["name"] for row in mine] == ["a test"]
    assert mine[0]["used_at"] == "2026-11-22T08:00:00Z" and mine[0]["scopes"] == ["read", "write", "publish"]
    assert asks.token not in asks.get("/tokens").text
    assert program(world, "colleague").post(f"/tokens/{mine[0]['id']}/revoke").status_code == 404
    assert asks.post(f"/tokens/{mine[0]['id']}/revoke").status_code == 204
    refused(asks.get("/tokens"), 401)


def test_when_a_token_was_used_is_noted_once_an_hour(world: World, clock: StoppedClock) -> None:
    asks = program(world, "manager")
    asks.get("/tokens")
    clock.advance(timedelta(minutes=59))
    with world.masar.db.counted() as counted:
        asks.get("/tokens")
    assert counted.commits == 0
    clock.advance(timedelta(minutes=1))
    asks.get("/tokens")
    assert asks.read("/tokens")["rows"][0]["used_at"] == "2026-11-22T09:00:00Z"


def test_a_right_taken_away_holds_at_the_next_request(world: World) -> None:
    asks = program(world, "supervisor")
    assert asks.get("/cases/{case}").status_code == 200
    world.masar.db.run(lambda conn: conn.exec_driver_sql("DELETE FROM membership"))
    assert asks.get("/cases/{case}").status_code == 404


def refused(answer: TestResponse, status: int) -> None:
    """A problem of this status."""
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert told(answer)["status"] == status


def _rule(app: Flask, method: str, address: str) -> tuple[str, str]:
    names = "plan review check second_check screening case report complaint look_into"
    try:
        things = dict.fromkeys(names.split(), "1")
        rule, _ = app.url_map.bind("").match(address.format(**things), method, return_rule=True)
    except (NotFound, MethodNotAllowed):
        return method, "nothing"
    return method, rule.rule
