"""The JSON API over HTTP: reading, taking and completing work, and what happens to requests that are wrong."""

import pytest

from engine.clock import StoppedClock
from engine.masar import Masar
from tests.web.served.api import program, told
from tests.web.served.world import World, build


@pytest.fixture
def world(masar: Masar, clock: StoppedClock) -> World:
    """The world, fresh."""
    return build(masar, clock)


def test_a_work_item_is_read_and_completed_once(world: World) -> None:
    manager = program(world, "manager")
    listed = manager.read("/work-items")["rows"]
    assert world.things["plan"] in [row["id"] for row in listed]
    read = manager.read("/work-items/{plan}")
    assert [one["key"] for one in read["form"]["questions"]] == ["summary", "details"]
    sent = {"answers": {"summary": "ما كُتب"}}
    first = manager.post("/work-items/{plan}/complete", sent, Idempotency_Key="one")
    again = manager.post("/work-items/{plan}/complete", sent, Idempotency_Key="one")
    assert (first.status_code, told(first)) == (200, {"case_id": world.things["case"]})
    assert (again.status_code, told(again)) == (first.status_code, told(first))
    other = manager.post("/work-items/{plan}/complete", {"answers": {"summary": "غيره"}}, Idempotency_Key="one")
    assert other.status_code == 409
    assert told(other)["who"] == "manager" and told(other)["when"] == "2026-11-22T08:00:00Z"
    events = manager.read("/cases/{case}/events?limit=2")
    assert [row["kind"] for row in events["rows"]].count("work_completed") >= 1
    older = manager.read("/cases/{case}/events?limit=2&cursor=" + events["next"])
    assert older["rows"][0]["seq"] < events["rows"][-1]["seq"]
