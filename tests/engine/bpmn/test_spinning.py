"""A case that timers move round and round is stopped after a row of them; honest timers, however many, are not."""

from datetime import timedelta

import pytest

from engine.bpmn import commands
from engine.bpmn.lint import Known, lint, read_diagram
from engine.bpmn.reading import parse_diagram
from engine.bpmn.rush import MOST
from tests.engine.bpmn.diagrams import (
    boundary,
    catch,
    each,
    end,
    file,
    flow,
    gateway,
    job,
    message,
    message_event,
    path,
    process,
    script,
    simple,
    start,
    tag,
    timer,
    user,
)
from tests.engine.bpmn.story import T0, Story, bundle

STEPS = 200


def round_and_round(*between: str, ids: tuple[str, ...] = (), **when: str) -> bytes:
    """A timer, what follows it, and back again."""
    return file(process("p", start(), gateway("exclusive", "m"), catch("t", timer(**when)), *between,
                        gateway("exclusive", "x", "x__E"), end(), path("S", "m", "t", *ids, "x", "E"),
                        flow("x", "m", when="=w = 1")))


def spin(story: Story, seconds: float = 0.01) -> int:
    """The worker does what is due, again and again; how often until nothing is."""
    for turn in range(STEPS):
        story.now += timedelta(seconds=seconds)
        due = [one for one in story.out.waits if one.due is not None and one.due <= story.now]
        if story.out.calls:
            story.do(commands.FinishCall(story.out.calls[0].id, {}))
        elif due:
            story.do(commands.Fire(due[0].id, {}))
        else:
            return turn
    return STEPS


WRITE = script("sc", "=1", "w")
SPINNING = {
    "no time": round_and_round(WRITE, ids=("sc",), timeDuration="PT0S"),
    "a moment that is past": round_and_round(WRITE, ids=("sc",), timeDate="2020-01-01T00:00:00Z"),
    "now": round_and_round(WRITE, ids=("sc",), timeDate="=now()"),
    "no time by an expression": round_and_round(WRITE, ids=("sc",), timeDuration="=duration(\"PT0S\")"),
    "no time of a variable": round_and_round(WRITE, ids=("sc",), timeDuration="=pause"),
    "a call between": round_and_round(WRITE, job("j", "mail"), ids=("sc", "j"), timeDuration="PT0S"),
}
UNKNOWN = {"no time of a variable", "a call between"}
"""Of these nobody can say before they run that they spin: a variable, and something outside that may take its time."""


@pytest.mark.parametrize("name", SPINNING)
def test_timers_with_nothing_between_them_become_an_incident(name: str) -> None:
    story = Story(bundle(SPINNING[name]), pause=timedelta())
    assert spin(story) < STEPS
    [stopped] = story.out.incidents
    assert stopped.element == "t" and str(MOST) in stopped.text.en and str(MOST) in stopped.text.ar
    story.replay()
    story.do(commands.Retry(stopped.id))
    assert not story.out.incidents and spin(story) < STEPS and len(story.out.incidents) == 1


def around(*nodes: str, more: str) -> bytes:
    """A loop over `u` or a race, with these ways."""
    return file(process("p", start(), gateway("exclusive", "m"), *nodes, end(), path("S", "m"), more),
                message("M", "news"))


RACE = (gateway("eventBased", "g"), catch("n", message_event("M")))
BY_EVENTS = {
    "a work item that ends at once": (True, around(
        user("u"), boundary("B", "u", timer(timeDuration="PT0S")), more=path("m", "u", "E") + path("B", "m"))),
    "a work item whose reminder comes at once": (False, around(
        user("u"), boundary("B", "u", timer(timeDuration="PT0S"), False), more=path("m", "u", "E") + path("B", "E"))),
    "work until a day": (False, around(
        user("u"), boundary("B", "u", timer(timeDate="2027-01-01T00:00:00Z")),
        more=path("m", "u", "m") + path("B", "E"))),
    "a race that no time wins": (True, around(
        *RACE, catch("t", timer(timeDuration="PT0S")), more=path("m", "g", "t", "m") + path("g", "n", "E"))),
    "news until a day": (False, around(*RACE, catch("t", timer(timeDate="2027-01-01T00:00:00Z")),
                                       more=path("m", "g", "n", "m") + path("g", "t", "E"))),
}


@pytest.mark.parametrize("name", BY_EVENTS)
def test_events_that_leave_no_time_to_what_they_end_are_found_too(name: str) -> None:
    spins, drawn = BY_EVENTS[name]
    rules = [one.rule for one in lint(read_diagram(parse_diagram(drawn)), "p.bpmn", Known())]
    assert ("runaway-loop" in rules) == spins


@pytest.mark.parametrize("name", SPINNING)
def test_it_is_found_before_publishing_where_it_is_written_out(name: str) -> None:
    found = [one for one in lint(read_diagram(parse_diagram(SPINNING[name])), "p.bpmn", Known())
             if one.rule == "runaway-loop"]
    assert len(found) == (name not in UNKNOWN)


HONEST = {
    "hours": round_and_round(WRITE, ids=("sc",), timeDuration="PT1H"),
    "a person between": round_and_round(WRITE, user("u"), ids=("sc", "u"), timeDuration="PT0S"),
    "many at once": simple("p", tag("subProcess", {"id": "sp"}, each("=for i in 1..200 return i", "n"), start("IS"),
                                    catch("t", timer(timeDuration="PT0S")), end("IE"), path("IS", "t", "IE")),
                           user("z"), ids=["sp", "z"]),
    "a reminder every minute": file(process(
        "p", start(), user("a"), boundary("B", "a", timer(timeCycle="R/PT1M"), False), script("sc", "=1", "w"), end(),
        path("S", "a", "E"), path("B", "sc", "E"))),
}


@pytest.mark.parametrize("name", HONEST)
def test_honest_timers_are_left_alone(name: str) -> None:
    story = Story(bundle(HONEST[name]))
    for _ in range(3 * MOST):
        spin(story, 3600)
        if "u" in story.items:
            story.complete("u")
    assert not story.out.incidents
    assert not [one for one in lint(read_diagram(parse_diagram(HONEST[name])), "p.bpmn", Known())
                if one.rule == "runaway-loop"]


def test_what_was_missed_while_no_worker_ran_is_no_rush() -> None:
    story = Story(bundle(HONEST["a reminder every minute"]))
    story.now = T0 + timedelta(minutes=3 * MOST)
    assert spin(story) == 3 * MOST and not story.out.incidents
