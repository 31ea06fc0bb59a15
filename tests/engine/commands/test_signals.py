"""Signals between cases: thrown in one, heard by all that wait, once, and told again only where it was cut short."""

from functools import partial

import pytest

from engine.actor import SYSTEM
from engine.commands.messages import publish_message
from engine.commands.signals import broadcast_signal
from engine.commands.work import claim_work, complete_work
from engine.errors import Conflict
from engine.queries.cases import timeline_of
from engine.replay import verify_case
from engine.store import cases
from tests.engine.bpmn import diagrams as d
from tests.engine.commands.house import House
from tests.engine.commands.test_worker import settle

ALARM = d.signal("s", "alarm")
work = partial(d.user, groups="case_manager", form="note")
LISTENS = d.file(ALARM, d.process(
    "case", d.start(), work("visit"), d.end(), d.path("S", "visit", "E"),
    d.boundary("hears", "visit", d.signal_event("s"), False, {"word": "=word"}), work("act"),
    d.path("hears", "act")))
THROWS = d.file(ALARM, d.process(
    "thrower", d.start(), work("look"), d.throw("cry", d.signal_event("s"), {"word": "=look.text"},
                                                          "endEvent"), d.path("S", "look", "cry")))


def test_a_signal_of_one_case_reaches_all_cases_that_wait_for_it_and_no_other(house: House) -> None:
    house.publish(LISTENS, THROWS)
    first, second = house.open("case", "a").id, house.open("case", "b").id
    thrower = house.open("thrower", "c").id
    mona = house.person("mona")
    item = house.key(thrower, "look")
    claim_work(house.masar, mona, item)
    complete_work(house.masar, mona, item, {"text": ["run"], "risk": [""]}, "t")
    assert list(house.items(first)) == ["visit"], "what one case does touches no other in its own transaction"
    settle(house.masar)
    for case in (first, second):
        assert sorted(house.items(case)) == ["act", "visit"]
        assert not verify_case(house.masar, case).problems
        newest = timeline_of(house.masar, house.person("samer"), str(case), None).rows[0]
        assert (newest.kind, newest.what.en) == ("signal_received", "A signal came from another case")
    with house.masar.db.read() as conn:
        loaded = cases.load(conn, house.masar.vault, thrower)
    assert loaded is not None and loaded.status == "closed" and loaded.closed_at is not None


def test_a_signal_is_heard_once_by_each_however_often_it_is_told(house: House) -> None:
    house.publish(LISTENS, THROWS)
    ids = [house.open("case", f"n{n}").id for n in range(3)]
    assert broadcast_signal(house.masar, SYSTEM, "alarm", {"word": "x"}, "call 7") == 3
    assert broadcast_signal(house.masar, SYSTEM, "alarm", {"word": "x"}, "call 7") == 0
    assert all(sorted(house.items(case)) == ["act", "visit"] for case in ids)
    assert broadcast_signal(house.masar, SYSTEM, "alarm", {"word": "y"}, "call 8", but=ids[0]) == 2
    assert broadcast_signal(house.masar, SYSTEM, "silence", {}, "call 9") == 0


def test_a_message_is_no_signal(house: House) -> None:
    house.publish(LISTENS, THROWS)
    house.open("case", "a")
    with pytest.raises(Conflict):
        publish_message(house.masar, SYSTEM, "alarm", "", {}, "call 1")
