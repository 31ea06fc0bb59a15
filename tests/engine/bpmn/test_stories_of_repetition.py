"""Loop markers, implicit starts, long lists, and what is drawn for readers only."""

import json
from pathlib import Path
from typing import Any

import pytest

from engine.bpmn import Runaway, commands, move
from tests.engine.bpmn.diagrams import (
    again,
    boundary,
    call,
    each,
    end,
    file,
    flow,
    gateway,
    path,
    process,
    script,
    simple,
    start,
    sub,
    tag,
    timer,
    user,
)
from tests.engine.bpmn.story import T0, Story, bundle

HEAVY = "count(for i in 1..10000000 return i) > 0"
"""More than an expression may compute."""


def test_a_loop_marker_repeats_a_work_item_until_its_condition_fails_and_rounds_hand_on_what_they_did() -> None:
    story = Story(bundle(simple("p", user("a", again("=a.more"), outputs={"a": "=a", "n": "=n + 1"},
                                            round="=loopCounter"), user("z"), ids=["a", "z"])), n=0)
    for round, more in ((1, True), (2, True), (3, False)):
        assert story.item("a").properties["round"] == round
        story.complete("a", more=more)
    assert story.items == ["z"] and story.variables["n"] == 3
    story.replay()


def test_a_loop_marker_may_ask_first_and_has_a_most() -> None:
    story = Story(bundle(simple("p", user("a", again("=wanted", first=True)), user("z"), ids=["a", "z"])), wanted=False)
    assert story.items == ["z"]
    story = Story(bundle(simple("p", user("a", again(most=2)), user("z"), ids=["a", "z"])))
    story.complete("a")
    story.complete("a")
    assert story.items == ["z"]


def test_a_loop_marker_on_sub_processes_calls_and_scripts_with_an_event_on_the_whole() -> None:
    inner = sub("sp", again("=loopCounter < 2"), start("s"), user("a"), path("s", "a"))
    story = Story(bundle(file(process(
        "p", start(), inner, script("up", "=n + 1", "n", again("=n < 5")), call("c", "q", again(most=2)), user("z"),
        path("S", "sp", "up", "c", "z"), boundary("late", "sp", timer(timeDuration="P1D")), user("chase"),
        path("late", "chase"))), simple("q", user("b"), ids=["b"])), n=0)
    story.complete("a")
    assert story.items == ["a"] and story.waits == ["late"]
    story.complete("a")
    assert story.variables["n"] == 5 and story.items == ["b"]
    story.complete("b")
    story.complete("b")
    assert story.items == ["z"]
    story.replay()
    story = Story(bundle(file(process(
        "p", start(), inner, path("S", "sp"), boundary("late", "sp", timer(timeDuration="P1D")), user("chase"),
        path("late", "chase")))))
    story.fire("late")
    assert story.items == ["chase"]


def test_a_round_whose_condition_fails_is_an_incident_and_is_not_done_twice_when_it_is_tried_again() -> None:
    marked = script("up", "=n + 1", "n", again(f"=if heavy then {HEAVY} else false"))
    story = Story(bundle(simple("p", marked, user("z"), ids=["up", "z"])), n=0, heavy=True)
    assert story.variables["n"] == 0 and [incident.element for incident in story.out.incidents] == ["up"]
    story.do(commands.Amend({"heavy": False}))
    story.do(commands.Retry(story.out.incidents[0].id))
    assert story.variables["n"] == 1 and story.items == ["z"]


def test_a_process_and_a_sub_process_without_start_events_begin_with_all_that_nothing_leads_to() -> None:
    story = Story(bundle(file(process(
        "p", user("a"), user("b"), gateway("parallel", "j"), sub("sp", user("c"), user("d")), path("a", "j", "sp"),
        path("b", "j")))))
    assert story.items == ["a", "b"]
    story.complete("a")
    story.complete("b")
    assert story.items == ["c", "d"]
    story.complete("c")
    story.complete("d")
    assert story.out.finished
    story.replay()


@pytest.mark.parametrize("sequential", [True, False])
def test_a_list_may_be_as_long_as_the_bound_and_not_longer(sequential: bool) -> None:
    definitions = bundle(simple("p", script("s", "=it", "x", each(
        "=for i in 1..size return i", "it", "out", "=x", sequential=sequential)), user("z"), ids=["s", "z"]))
    story = Story(definitions, size=1000)
    assert story.items == ["z"] and story.variables["out"][-1] == 1000 and len(story.variables["out"]) == 1000
    assert [incident.element for incident in Story(definitions, size=1001).out.incidents] == ["s"]


def test_a_loop_of_lists_is_still_stopped() -> None:
    with pytest.raises(Runaway):
        Story(bundle(file(process("p", start(), gateway("exclusive", "m"), script("s", "=it", "x", each(
            "=[1, 2, 3]", "it")), path("S", "m", "s", "m")))))


def test_what_is_drawn_for_readers_is_read_over() -> None:
    drawn = (
        '<bpmn:collaboration id="k"><bpmn:participant id="us" processRef="p"/><bpmn:participant id="them" '
        'processRef="other"/><bpmn:messageFlow id="mf" sourceRef="a" targetRef="them"/></bpmn:collaboration>',
        tag("process", {"id": "other", "isExecutable": "false"}, user("far")),
    )
    arrow = tag("property", {"id": "pr", "name": "__targetRef_placeholder"}) + tag(
        "dataInputAssociation", {"id": "di"}, "<bpmn:sourceRef>paper_ref</bpmn:sourceRef>")
    lanes = tag("laneSet", {"id": "l"}, tag("lane", {"id": "outer", "name": "Centre"}, tag(
        "flowNodeRef", None, "a"), tag("childLaneSet", {"id": "cl"}, tag(
            "lane", {"id": "in", "name": "Manager"}, tag("flowNodeRef", None, "a")))))
    definitions = bundle(file(*drawn, process(
        "p", lanes, start(), user("a", arrow), tag("dataObject", {"id": "paper"}),
        tag("dataObjectReference", {"id": "paper_ref", "dataObjectRef": "paper"}),
        tag("textAnnotation", {"id": "t"}, tag("text", None, "note")), end(), path("S", "a", "E"))))
    assert set(definitions.processes) == {"p"} and definitions.element("p", "a").lane == "Manager"
    story = Story(definitions)
    story.complete("a")
    assert story.out.finished


def test_a_file_without_any_mark_of_what_runs_runs() -> None:
    source = simple("p", user("a"), ids=["a"])
    assert Story(bundle(source.replace(b' isExecutable="true"', b""))).items == ["a"]


def written(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_states_of_the_first_version_still_load_and_go_on() -> None:
    kept = json.loads((Path(__file__).parent / "states" / "first_schema.json").read_text("utf-8"))
    definitions = bundle(*(source.encode() for source in kept["sources"]))
    out = move(definitions, written(kept["state"]), commands.Complete(kept["item"], {"ok": True}), T0)
    assert out.state == written(kept["after"]), "the same command leads to the same state as then"


def test_two_flows_with_the_same_ends_and_flows_without_ids_run() -> None:
    source = file(process("p", start(), gateway("parallel", "f"), gateway("parallel", "j"), user("z"), path("S", "f"),
                          flow("f", "j", "one"), flow("f", "j", "two"), path("j", "z")))
    assert Story(bundle(source.replace(b' id="one"', b"").replace(b' id="two"', b""))).items == ["z"]
