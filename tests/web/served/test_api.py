"""The JSON API over HTTP: work from the report to the end of an item, and what becomes of requests that are wrong."""

import json
from datetime import timedelta

import pytest

from engine.clock import StoppedClock
from engine.masar import Masar
from tests.web.served.api import Program, program, told
from tests.web.served.world import World, build

ANSWERS = {"answers": {"summary": "ما كُتب"}}


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh."""
    return build(masar, clock)


def test_from_the_report_to_the_end_of_the_work_on_it(world: World) -> None:
    partner, reception = program(world, "partner"), program(world, "reception")
    asked = partner.read("/processes/reporting/form")
    assert "summary" in [one["key"] for one in asked["form"]["questions"]]
    start = {"process": "reporting", "answers": {"summary": "خبر", "persons": [{"person_name": "ليلى"}]}}
    begun = partner.post("/cases", start, Idempotency_Key="one-report")
    again = partner.post("/cases", start, Idempotency_Key="one-report")
    assert begun.status_code == again.status_code == 201, begun.text
    assert told(begun) == told(again)
    assert begun.headers["Location"] == f"/api/v1/cases/{told(begun)['id']}"
    report = told(begun)["id"]
    waiting = reception.read("/work-items?view=groups&limit=100")["rows"]
    item = next(row["id"] for row in waiting if row["case"]["id"] == report)
    assert reception.post(f"/work-items/{item}/claim").status_code == 204
    assert reception.post(f"/work-items/{item}/release").status_code == 204
    assert reception.post(f"/work-items/{item}/claim").status_code == 204
    assert item in [row["id"] for row in reception.read("/work-items")["rows"]]
    done = reception.post(f"/work-items/{item}/complete", ANSWERS, Idempotency_Key="screened")
    assert told(done) == {"case_id": report}
    kinds = [row["kind"] for row in reception.read(f"/cases/{report}/events?limit=100")["rows"]]
    assert kinds[:4] == ["work_completed", "work_claimed", "work_released", "work_claimed"]
    assert kinds[-1] == "report_received"


def test_a_work_item_is_completed_once_however_often_it_is_sent(world: World) -> None:
    manager = program(world, "manager")
    read = manager.read("/work-items/{plan}")
    assert [(one["key"], one["type"], one["required"]) for one in read["form"]["questions"]] == [
        ("summary", "string", True), ("details", "string", False),
    ]  # fmt: skip
    first = manager.post("/work-items/{plan}/complete", ANSWERS, Idempotency_Key="one")
    again = manager.post("/work-items/{plan}/complete", ANSWERS, Idempotency_Key="one")
    assert (first.status_code, told(first)) == (200, {"case_id": world.things["case"]})
    assert (again.status_code, told(again)) == (200, told(first))
    kinds = [row["kind"] for row in manager.read("/cases/{case}/events?limit=100")["rows"]]
    assert kinds.count("work_completed") == 2  # this one, and the check before it
    for other in (manager.post("/work-items/{plan}/complete", {"answers": {"summary": "غيره"}}, Idempotency_Key="one"),
                  manager.post("/work-items/{plan}/complete", ANSWERS)):  # fmt: skip
        assert other.status_code == 409
        assert (told(other)["who"], told(other)["when"]) == ("manager", "2026-11-22T08:00:00Z")


def test_what_is_wrong_is_named_by_its_path_and_nothing_is_done(world: World) -> None:
    manager = program(world, "manager")
    wrong = {"answers": {"details": 7, "sumary": "خطأ في الاسم"}}
    answer = manager.post("/work-items/{plan}/complete", wrong)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert told(answer)["type"] == "urn:masar:problem:invalid"
    assert told(answer)["errors"] == {
        "summary": "Fill in “Summary”.", "details": "A string is wanted here.",
        "sumary": "The form has no question of this name.",
    }
    arabic = Program(world.app, manager.token, world.things, accepts="ar-SY").post("/work-items/{plan}/complete", wrong)
    assert told(arabic)["errors"]["summary"] == "أكمل «الخلاصة»."
    assert arabic.headers["Content-Language"] == "ar"
    assert manager.get("/work-items/{plan}").status_code == 200


def test_events_come_in_pages_and_work_by_its_due_date(world: World, clock: StoppedClock) -> None:
    manager = program(world, "manager")
    whole = manager.read("/cases/{case}/events?limit=100")
    assert whole["next"] is None
    page = manager.read("/cases/{case}/events?limit=1")
    seen = list(page["rows"])
    while page["next"]:
        page = manager.read(f"/cases/{{case}}/events?limit=1&cursor={page['next']}")
        seen += page["rows"]
    assert seen == whole["rows"]
    items = manager.read("/work-items")["rows"]
    later = f"{clock() + timedelta(days=4000):%Y-%m-%dT%H:%M:%SZ}"
    assert manager.read(f"/work-items?due_before={later}")["rows"] == [row for row in items if row["due_at"]]
    assert manager.read(f"/work-items?due_from={later}")["rows"] == [row for row in items if not row["due_at"]]


def test_a_message_reaches_the_case_that_waits_for_it_once(world: World) -> None:
    number = program(world, "manager").read("/cases/{case}")["case"]["number"]
    provider, other = program(world, "provider"), program(world, "other.provider")
    sent = {"name": "provider_answer", "correlation_key": number, **ANSWERS}
    assert [row["id"] for row in provider.read("/messages/awaited")["rows"]] == [world.things["offer"]]
    for who, what in ((other, sent), (provider, sent | {"correlation_key": "C-1"}), (provider, sent | {"name": "x"})):
        assert who.post("/messages", what).status_code == 404
    assert provider.post("/messages", sent | {"offer_id": "1"}).status_code == 404
    assert "summary" in told(provider.post("/messages", sent | {"answers": {}}))["errors"]
    first, again = (provider.post("/messages", sent, Idempotency_Key="an-answer") for _ in range(2))
    assert told(first) == told(again) == {"case_id": world.things["case"]}
    assert provider.post("/messages", sent).status_code == 404


WRONG_BODIES = {
    400: (
        b"", b"{", b"\xff{}", b"[" * 100_000, b'{"answers": ' + b"[" * 50 + b"]" * 50 + b"}",
        b'{"answers": {"summary": "a\\u0000b"}}', b'{"answers": {"a\\ud800": 1}}', b'{"answers": {"summary": NaN}}',
        b'{"answers": {"summary": 1' + b"0" * 5000 + b"}}", b'{"answers": {"summary": 1e999999}}',
        b'{"answers": {}, "answers": {}}', b'{"answers": [' + b"1," * 30_000 + b"1]}",
    ),
    413: (b" " * 1_000_001,),
    422: (
        b"[]", b"null", b"7", b"{}", b'{"answers": null}', b'{"answers": []}', b'{"answers": {}, "more": 1}',
        b'{"answers": {"summary": {"a": 1}}}',
    ),
}  # fmt: skip


def test_bodies_that_are_wrong_are_refused_with_a_problem(world: World) -> None:
    manager = program(world, "manager")
    head = {"Authorization": f"Bearer {manager.token}", "Content-Type": "application/json"}
    address = "/api/v1/work-items/{plan}/complete".format(**world.things)
    for status, bodies in WRONG_BODIES.items():
        for body in bodies:
            answer = world.app.test_client().post(address, data=body, headers=head)
            assert (answer.status_code, answer.mimetype) == (status, "application/problem+json"), body[:80]
            assert json.loads(answer.data).keys() >= {"type", "title", "status", "detail"}
            assert "Traceback" not in answer.text


def test_other_media_types_bad_keys_and_bad_parameters_are_refused(world: World) -> None:
    manager = program(world, "manager")
    head = {"Authorization": f"Bearer {manager.token}"}
    address = "/api/v1/work-items/{plan}/complete".format(**world.things)
    assert world.app.test_client().post(address, data={"answers": "x"}, headers=head).status_code == 415
    assert manager.post("/work-items/{plan}/complete", ANSWERS, Idempotency_Key="x" * 201).status_code == 400
    for query in ("view=all", "limit=0", "limit=101", "limit=1_0", "limit=%D9%A5", "limit=1&limit=2", "more=1",
                  "due_before=2026-11-22", "due_before=9999-12-31T23:59:59-14:00"):  # fmt: skip
        assert manager.get(f"/work-items?{query}").status_code == 422, query
    for query in ("cursor=x", "cursor=1-", "cursor=" + "9" * 50):
        assert manager.get(f"/work-items?{query}").status_code == 404, query
    assert manager.get("/work-items?cursor=%00").status_code == 400
    beyond = "9" * 20
    for address in ("/nothing", "/work-items/0", f"/work-items/{beyond}", "/cases/1/events?cursor=9999999999"):
        answer = manager.get(address)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_completing_costs_no_more_than_on_the_page_but_the_token(world: World) -> None:
    manager = program(world, "manager")
    said = {**ANSWERS, "form_sha256": manager.read("/work-items/{plan}")["form"]["sha256"]}
    manager.get("/tokens")  # the first use of an hour is noted
    world.ask("manager", "GET", "/work")
    world.keep()
    with world.masar.db.counted() as by_program:
        assert manager.post("/work-items/{plan}/complete", said, Idempotency_Key="k").status_code == 200
    world.undo()
    fields = {"summary": "ما كُتب", "_token": "k"}
    with world.masar.db.counted() as by_page:
        assert world.ask("manager", "POST", "/work/{plan}", fields).status_code == 303
    assert len(by_program.statements) <= len(by_page.statements)  # a session costs a page what a token costs here
    assert by_program.commits == by_page.commits == 1
