"""What is asked of the outside and of decisions, and the errors that come back."""

from collections.abc import Mapping
from typing import Any

import pytest

from engine.bpmn import NotOpen, commands
from engine.dmn import Decided
from tests.engine.bpmn.diagrams import (
    boundary,
    call,
    each,
    end,
    error,
    error_event,
    file,
    flow,
    gateway,
    job,
    message,
    message_event,
    path,
    process,
    receive,
    rule,
    simple,
    start,
    sub,
    user,
)
from tests.engine.bpmn.story import Story, bundle

NEWS = message("m_news", "news", "=case_number")


def throwing(*borders: str) -> bytes:
    return file(error("e", "E1"), error("f", "E2"), process(
        "p", start(), sub("sp", start("s"), user("w"), end("boom", error_event("e")), path("s", "w", "boom")),
        user("z"), path("S", "sp", "z"), *borders, *(user(f"{b}_then") + path(b, f"{b}_then") for b in (
            border.split('id="')[1].split('"')[0] for border in borders))))


def test_a_named_error_is_preferred_to_a_catch_all_and_others_do_not_catch() -> None:
    story = Story(bundle(throwing(boundary("any", "sp", error_event()), boundary("other", "sp", error_event("f")),
                                  boundary("mine", "sp", error_event("e")))))
    story.complete("w")
    assert story.items == ["mine_then"]


def test_an_error_that_nobody_catches_is_an_incident() -> None:
    story = Story(bundle(throwing(boundary("other", "sp", error_event("f")))))
    story.complete("w")
    assert [i.element for i in story.out.incidents] == ["boom"] and not story.items
    assert not story.out.finished


def calling(*borders: str) -> bytes:
    return file(error("e", "NOPE"), process(
        "p", start(), job("send", "mail", headers={"destination": "d"}, inputs={"to": "=address"},
                          outputs={"sent": "=number"}), user("z"), path("S", "send", "z"), *borders, user("mend"),
        path("bad", "mend") if borders else flow("z", "mend")))


def test_a_call_is_open_until_it_is_answered() -> None:
    story = Story(bundle(calling()), address="x@y", secret=1)
    call_ = story.call("send")
    assert (call_.type, call_.headers, call_.retries) == ("mail", {"destination": "d"}, 3)
    assert call_.variables == {"to": "x@y"}
    story.answer("send", number=7)
    assert story.items == ["z"] and story.variables == {"address": "x@y", "secret": 1, "sent": 7}
    with pytest.raises(NotOpen):
        story.do(commands.FinishCall(call_.id))


def test_a_failed_call_is_an_incident_that_can_be_tried_again() -> None:
    story = Story(bundle(calling()), address="x@y")
    story.fail("send", text="no line")
    assert [(i.element, i.text.en) for i in story.out.incidents] == [("send", "no line")] and not story.out.calls
    story.do(commands.Retry(story.out.incidents[0].id))
    story.fail("send", code="UNKNOWN")
    assert story.out.incidents
    story.do(commands.Retry(story.out.incidents[0].id))
    story.answer("send", number=1)
    assert story.items == ["z"]


def test_an_error_of_a_call_goes_to_its_border() -> None:
    story = Story(bundle(calling(boundary("bad", "send", error_event("e")))), address="x@y")
    story.fail("send", code="NOPE")
    assert story.items == ["mend"]


def test_a_message_is_sent_by_an_event_with_a_job() -> None:
    body = job("say", "publish_message", message_event("m_news"), kind="intermediateThrowEvent", inputs={"key": "=1"})
    last = job("E2", "publish_message", message_event("m_news"), kind="endEvent")
    story = Story(bundle(file(NEWS, process("p", start(), body, last, path("S", "say", "E2")))))
    story.answer("say")
    story.answer("E2")
    assert story.out.finished


def test_a_receive_task_waits_for_its_message_and_maps_it() -> None:
    story = Story(bundle(file(NEWS, process("p", start(), receive("mail", "m_news", {"said": "=word"}), user("z"),
                                            path("S", "mail", "z")))), case_number=17)
    assert story.wait("mail").key == "17"
    story.fire("mail", word="yes", other=1)
    assert story.variables == {"case_number": 17, "said": "yes"} and story.items == ["z"]


def test_a_message_without_a_key_value_is_an_incident() -> None:
    story = Story(bundle(file(NEWS, process("p", start(), receive("mail", "m_news"), path("S", "mail")))))
    assert [i.element for i in story.out.incidents] == ["mail"] and not story.waits


def decide(decision: str, context: Mapping[str, Any], env: object) -> Decided:
    del env
    if decision != "urgency":
        raise KeyError(decision)
    return Decided("red" if context["age"] < 6 else "green", "urgency", {"age": context["age"]}, (2,), ())


def test_a_decision_is_asked_and_what_it_said_is_written_down() -> None:
    story = Story(bundle(simple("p", rule("r", "urgency", "level"), user("z"), ids=["r", "z"]), decide=decide), age=4)
    assert story.variables == {"age": 4, "level": "red"}
    told = next(line for line in story.out.log if line.kind == "decided")
    assert told.detail == {"decision": "urgency", "inputs": {"age": 4}, "value": "red", "rules": [2]}
    unknown = Story(bundle(simple("p", rule("r", "other", "level"), ids=["r"]), decide=decide), age=4)
    assert [i.element for i in unknown.out.incidents] == ["r"]


def test_a_failing_output_mapping_keeps_the_answers_and_can_be_tried_again() -> None:
    long = "=(for i in 1..100000 return (for j in 1..100000 return 1))[1]"
    story = Story(bundle(simple("p", user("a", outputs={"x": f"={long[1:]}"}), ids=["a"])))
    story.complete("a", n=1)
    assert [i.element for i in story.out.incidents] == ["a"] and not story.items
    with pytest.raises(NotOpen):
        story.do(commands.Complete(story.out.incidents[0].id))
    story.do(commands.Retry(story.out.incidents[0].id))
    assert story.out.incidents


def test_an_error_in_one_of_many_or_in_a_called_process_goes_to_the_border_outside() -> None:
    many = sub("each_one", start("s"), user("w"), gateway("exclusive", "x", "x__ok"), end("ok"),
               end("boom", error_event("e")), path("s", "w", "x", "ok"), flow("x", "boom", when="=w.bad"),
               each("=[1, 2, 3]", "n"))
    called = file(error("e", "E1"), process("q", start(), many, path("S", "each_one")))
    story = Story(bundle(called, file(error("e2", "E1"), process(
        "p", start(), call("c", "q"), user("z"), path("S", "c", "z"), boundary("caught", "c", error_event("e2")),
        user("mend"), path("caught", "mend")))))
    story.complete("w", 1, bad=False)
    assert story.items == ["w", "w"]
    story.complete("w", 1, bad=True)
    assert story.items == ["mend"] and story.logged("cancelled") == ["w", "each_one", "each_one", "each_one", "c"]
    assert story.logged("thrown") == ["boom"]


def test_an_error_in_one_of_many_is_caught_on_the_border_of_them_all() -> None:
    story = Story(bundle(file(error("e", "NO"), process(
        "p", start(), job("send", "mail", each("=[1, 2]", "n")), path("S", "send"),
        boundary("bad", "send", error_event("e")), user("mend"), path("bad", "mend")))))
    story.fail("send", code="NO", n=1)
    assert story.items == ["mend"] and not story.out.calls
