"""When a case is closed: ended, or with nothing under way but what is done for a closed case."""

import pytest

from engine.bpmn import NotOpen, commands
from tests.engine.bpmn.diagrams import (
    call,
    end,
    file,
    message,
    message_event,
    path,
    process,
    properties,
    start,
    sub,
    user,
)
from tests.engine.bpmn.story import Story, bundle

CHECKS = process("checks", start("begins"), user("look"), end("looked"), path("begins", "look", "looked"))
MARKED = "</bpmn:extensionElements>"
CALLING = process(
    "p", start(), user("close"), call("after", "checks").replace(MARKED, properties({"while_closed": "yes"}) + MARKED),
    end("over"), path("S", "close", "after", "over"),
    sub("any_time", start("alarm", message_event("m_alarm"), isInterrupting="false"), user("rescue"), end("safe"),
        path("alarm", "rescue", "safe"), event=True))


def closed_case() -> Story:
    story = Story(bundle(file(message("m_alarm", "alarm", '="k"'), CALLING), file(CHECKS)))
    assert not story.out.closed
    story.complete("close")
    return story


def test_a_case_with_nothing_but_its_checks_after_closure_is_closed_and_goes_on() -> None:
    story = closed_case()
    assert story.out.closed and not story.out.finished and story.items == ["look"]
    story.complete("look")
    assert story.out.closed and story.out.finished


def test_what_strikes_a_closed_case_makes_it_open_until_that_is_over() -> None:
    story = closed_case()
    story.fire("alarm")
    assert not story.out.closed and story.items == ["look", "rescue"]
    story.complete("rescue")
    assert story.out.closed


def test_a_closed_case_is_opened_again_from_its_start_and_an_open_one_is_not() -> None:
    story = closed_case()
    story.do(commands.Reopen("p", {"reopened": True}))
    assert story.items == ["close"] and story.variables == {"reopened": True} and not story.out.closed
    with pytest.raises(NotOpen):
        story.do(commands.Reopen("p"))
