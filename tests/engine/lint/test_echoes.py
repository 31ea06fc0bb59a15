"""Events that call one another without anybody in between are found; with a person between them they are left."""

import pytest

from tests.engine.bpmn.diagrams import (
    boundary,
    end,
    escalation,
    escalation_event,
    file,
    path,
    process,
    signal,
    signal_event,
    start,
    sub,
    throw,
    user,
)
from tests.engine.lint.drawing import broken_rules

KINDS = {
    "signal": (signal_event, signal("A", "a") + signal("B", "b")),
    "escalation": (escalation_event, escalation("A", "a") + escalation("B", "b")),
}


def pair(kind: str, hears: str, throws: str, back: str, between: str = "", interrupting: str = "false") -> bytes:
    """Two handlers: the first throws what the second hears, and that one throws `back`."""
    event, outside = KINDS[kind]
    steps = ("t1", "u") if between else ("t1",)
    first = sub("e1", start("s1", event(hears), isInterrupting=interrupting), throw("t1", event(throws)), between,
                end("x1"), path("s1", *reversed(steps), "x1"), event=True)
    second = sub("e2", start("s2", event(throws), isInterrupting=interrupting), throw("t2", event(back)), end("x2"),
                 path("s2", "t2", "x2"), event=True)
    return file(process("p", start(), user("a"), throw("th", event(hears)), end(), path("S", "a", "th", "E"), first,
                        second), outside)


@pytest.mark.parametrize("kind", KINDS)
def test_two_handlers_that_call_one_another_are_found(kind: str) -> None:
    assert "runaway-echo" in broken_rules(pair(kind, "A", "B", "A"))
    assert "runaway-echo" not in broken_rules(pair(kind, "A", "B", "A", between=user("u")))
    assert "runaway-echo" not in broken_rules(pair(kind, "A", "B", "A", interrupting="true"))


def test_who_throws_the_signal_that_it_hears_wakes_all_other_cases_that_answer_alike() -> None:
    assert "runaway-echo" in broken_rules(pair("signal", "A", "A", "B"))


def test_an_escalation_thrown_where_it_is_handled_goes_outside_and_is_no_echo() -> None:
    found = broken_rules(pair("escalation", "A", "A", "A"))
    assert "runaway-echo" in found, "another handler of the level hears it, and is heard"
    inner = sub("e1", start("s1", escalation_event("A"), isInterrupting="false"), throw("t1", escalation_event("A")),
                end("x1"), path("s1", "t1", "x1"), event=True)
    alone = file(process("p", start(), user("a"), throw("th", escalation_event("A")), end(), path("S", "a", "th", "E"),
                         inner), escalation("A", "a"))
    assert "runaway-echo" not in broken_rules(alone)
    assert "escalation-unheard" in broken_rules(alone), "nobody outside hears what the handler throws"


def test_events_on_a_border_echo_too() -> None:
    drawn = file(process("p", start(), user("a"), boundary("B", "a", signal_event("A"), False),
                         throw("t", signal_event("A")), end(), path("S", "a", "E"), path("B", "t", "E")),
                 signal("A", "a"))
    assert "runaway-echo" in broken_rules(drawn)
