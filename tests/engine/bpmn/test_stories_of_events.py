"""What is waited for: timers, messages, errors, calls, on borders, behind gateways and in event sub-processes."""

from datetime import datetime, timedelta

import pytest

from engine.bpmn import NotOpen, commands, move
from engine.bpmn.outcome import Outcome
from tests.engine.bpmn.diagrams import (
    boundary,
    call,
    catch,
    each,
    end,
    error,
    error_event,
    file,
    flow,
    gateway,
    job,
    mapping,
    message,
    message_event,
    path,
    process,
    receive,
    rule,
    script,
    simple,
    start,
    sub,
    tag,
    timer,
    user,
)
from tests.engine.bpmn.story import T0, Decided, Story, bundle

NEWS = message("m_news", "news", "=case_number")


def hosted(*borders: str, more: str = "") -> bytes:
    """A work item `a` with events on its border, each leading to a work item of its own name with `_then`."""
    names = [border.split('id="')[1].split('"')[0] for border in borders]
    return file(NEWS, more, process(
        "p", start(), user("a", inputs={"limit": "=days"}), user("z"), end(), path("S", "a", "z", "E"), *borders,
        *(user(f"{name}_then") + path(name, f"{name}_then") for name in names)))


def test_an_interrupting_timer_takes_the_work_item_away_and_the_log_says_so() -> None:
    story = Story(bundle(hosted(boundary("late", "a", timer(timeDuration="=duration(limit)")))), days="P3D")
    assert story.wait("late").due == T0 + timedelta(days=3) and story.wait("late").kind == "timer"
    story.fire("late")
    assert story.items == ["late_then"] and story.waits == []
    assert story.logged("cancelled") == ["a"] and story.logged("fired") == ["late"]
    story.replay()


def test_a_timer_cannot_fire_before_it_is_due_or_twice() -> None:
    story = Story(bundle(hosted(boundary("late", "a", timer(timeDuration="P3D")))), days=0)
    wait = commands.Fire(story.wait("late").id)
    with pytest.raises(NotOpen):
        story.do(wait, days=2)
    story.do(wait, days=1)
    with pytest.raises(NotOpen):
        story.do(wait)


def test_completing_the_work_item_takes_its_events_away() -> None:
    story = Story(bundle(hosted(boundary("late", "a", timer(timeDate="2026-03-01T00:00:00Z")),
                                boundary("news", "a", message_event("m_news"), False))), days=0, case_number="C1")
    assert story.wait("late").due == datetime.fromisoformat("2026-03-01T00:00:00+00:00")
    assert (story.wait("news").name, story.wait("news").key) == ("news", "C1")
    story.complete("a")
    assert story.items == ["z"] and not story.waits and story.logged("cancelled") == []


def test_a_message_that_does_not_interrupt_may_come_again_and_again() -> None:
    story = Story(bundle(hosted(boundary("news", "a", message_event("m_news"), False, {"last": "=report.n"}))),
                  days=0, case_number="C1")
    seen = [story.wait("news").id]
    for n in (1, 2, 3):
        story.fire("news", report={"n": n})
        seen.append(story.wait("news").id)
    assert len(set(seen)) == 4 and story.items == ["a", *["news_then"] * 3]
    assert story.variables["last"] == 3 and "report" not in story.variables
    story.complete("a")
    assert story.items == ["news_then"] * 3 + ["z"]


def test_a_cycle_counts_from_its_last_time_however_late_it_was_seen_and_ends() -> None:
    story = Story(bundle(hosted(boundary("remind", "a", timer(timeCycle="R3/P1D"), False))), days=0)
    story.do(commands.Fire(story.wait("remind").id), days=1, hours=5)
    assert story.wait("remind").due == T0 + timedelta(days=2)
    story.do(commands.Fire(story.wait("remind").id), days=5)
    assert story.wait("remind").due == T0 + timedelta(days=3)
    story.fire("remind")
    assert story.waits == [] and story.items == ["a"] + ["remind_then"] * 3


@pytest.mark.parametrize(("said", "first", "second"), [
    ("R/PT1H", "2026-01-01T10:00:00+00:00", "2026-01-01T11:00:00+00:00"),
    ("=duration(\"P1M\")", "2026-02-01T09:00:00+00:00", "2026-03-01T09:00:00+00:00"),
    ("R2/2026-05-31T00:00:00Z/P1M", "2026-05-31T00:00:00+00:00", "2026-06-30T00:00:00+00:00"),
])
def test_cycles_are_written_in_several_ways(said: str, first: str, second: str) -> None:
    story = Story(bundle(hosted(boundary("r", "a", timer(timeCycle=said), False))), days=0)
    assert story.wait("r").due.isoformat() == first
    story.fire("r")
    assert story.wait("r").due.isoformat() == second


@pytest.mark.parametrize("said", ["R0/P1D", "R2/P0D", "tomorrow", "R/-P1D", "=null", "=5"])
def test_a_cycle_that_makes_no_sense_is_an_incident_on_the_event_alone(said: str) -> None:
    story = Story(bundle(hosted(boundary("r", "a", timer(timeCycle=said), False))), days=0)
    assert [i.element for i in story.out.incidents] == ["r"] and story.items == ["a"]
    story.complete("a")
    assert story.items == ["z"] and not story.out.incidents


def test_a_failed_timer_can_be_tried_again() -> None:
    story = Story(bundle(hosted(boundary("late", "a", timer(timeDuration="=wait")))), days=0)
    story.do(commands.Amend({"wait": "P2D"}))
    story.do(commands.Retry(story.out.incidents[0].id), hours=1)
    assert story.wait("late").due == T0 + timedelta(days=2, hours=1) and not story.out.incidents


def test_events_on_a_multi_instance_belong_to_all_its_items_together() -> None:
    story = Story(bundle(file(NEWS, process(
        "p", start(), user("a", each("=[1, 2]", "n")), user("z"), path("S", "a", "z"),
        boundary("off", "a", message_event("m_news")), user("y"), path("off", "y")))), case_number="C1")
    assert story.items == ["a", "a"] and story.waits == ["off"]
    story.fire("off")
    assert story.items == ["y"] and story.logged("cancelled") == ["a", "a", "a"]


def test_interrupting_a_call_takes_everything_inside_away() -> None:
    inner = simple("q", sub("sp", start("s"), user("deep"), path("s", "deep"),), ids=["sp"])
    story = Story(bundle(file(NEWS, process(
        "p", start(), call("c", "q", each("=[1, 2]", "n")), path("S", "c"),
        boundary("off", "c", message_event("m_news")), user("y"), path("off", "y"))), inner), case_number="C1")
    assert story.items == ["deep", "deep"]
    story.fire("off")
    assert story.items == ["y"]
    assert story.logged("cancelled") == ["deep", "sp", "c", "deep", "sp", "c", "c"]


def race() -> bytes:
    return file(NEWS, process(
        "p", start(), gateway("eventBased", "g"), catch("hour", timer(timeDuration="PT1H")),
        catch("days", timer(timeDuration='=duration("P" + string(n) + "D")')), catch("news", message_event("m_news")),
        receive("mail", "m_news"), path("S", "g"), *(path("g", name, f"{name}_then") + user(f"{name}_then")
                                                     for name in ("hour", "days", "news", "mail"))))


@pytest.mark.parametrize("first", ["hour", "days", "news", "mail"])
def test_behind_an_event_gateway_the_first_event_wins(first: str) -> None:
    story = Story(bundle(race()), n=2, case_number="C1")
    assert story.waits == ["days", "hour", "mail", "news"]
    assert story.wait("days").due == T0 + timedelta(days=2)
    story.fire(first, word="hello")
    assert story.items == [f"{first}_then"] and not story.waits and story.variables["word"] == "hello"
    story.complete(f"{first}_then")
    assert story.out.finished
    story.replay()


def esp(id: str, definition: str, interrupting: bool, *nodes: str, outputs: dict[str, str] | None = None) -> str:
    from_start = start(f"{id}_s", tag("extensionElements", None, mapping(None, outputs)) if outputs else "", definition,
                       isInterrupting=str(interrupting).lower())
    return sub(id, from_start, *nodes, user(f"{id}_item", word="=word"), path(f"{id}_s", f"{id}_item"), event=True)


def with_esps() -> bytes:
    return file(NEWS, error("e", "E42"), process(
        "p", start(), user("main"), user("last"), end(), sub(
            "sp", start("s"), user("inner"), gateway("exclusive", "x", "x__ok"), end("ok"),
            end("boom", error_event("e")),
            path("s", "inner", "x", "ok"), flow("x", "boom", when="=inner.bad")),
        path("S", "main", "sp", "last", "E"), esp("note", message_event("m_news"), False),
        esp("late", timer(timeDuration="P10D"), True), esp("broken", error_event("e"), True)))


def test_an_event_subprocess_that_does_not_interrupt_runs_beside_and_holds_the_process_open() -> None:
    story = Story(bundle(with_esps()), case_number="C1")
    assert story.waits == ["late_s", "note_s"] and story.items == ["main"]
    story.fire("note_s", word="one")
    story.fire("note_s", word="two")
    assert [item.properties["word"] for item in story.out.items if item.element == "note_item"] == ["one", "two"]
    assert "word" not in story.variables, "what came with the message belongs to that run alone"
    story.complete("main")
    story.complete("inner", bad=False)
    story.complete("last")
    assert story.items == ["note_item"] * 2 and story.waits == ["late_s", "note_s"]
    story.complete("note_item")
    assert not story.out.finished
    story.complete("note_item")
    assert story.out.finished
    story.replay()


def test_an_event_subprocess_that_interrupts_takes_everything_else_away() -> None:
    story = Story(bundle(with_esps()), case_number="C1")
    story.complete("main")
    story.fire("note_s")
    story.fire("late_s")
    assert story.items == ["late_item"] and not story.waits
    story.complete("late_item")
    assert story.out.finished


def test_an_error_goes_outwards_to_the_nearest_event_subprocess() -> None:
    story = Story(bundle(with_esps()), case_number="C1")
    story.complete("main")
    story.complete("inner", bad=True)
    assert story.items == ["broken_item"] and story.logged("thrown") == ["boom"]
    story.complete("broken_item")
    assert story.out.finished


def test_the_start_of_an_event_subprocess_may_map_what_came_to_the_outside() -> None:
    story = Story(bundle(file(NEWS, process("p", start(), user("main"), path("S", "main"), esp(
        "note", message_event("m_news"), False, outputs={"heard": "=word"})))), case_number="C1")
    story.fire("note_s", word="one")
    assert story.variables["heard"] == "one" and "word" not in story.variables


def throwing(*borders: str) -> bytes:
    inner = simple("q", user("w"), ids=["w"]).replace(
        b'<bpmn:endEvent id="E"></bpmn:endEvent>', b'<bpmn:endEvent id="E"><bpmn:errorEventDefinition errorRef="e"/>'
        b"</bpmn:endEvent>").replace(b"</bpmn:definitions>", error("e", "E1").encode() + b"</bpmn:definitions>")
    del inner
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


def decide(decision: str, context: dict[str, object], env: object) -> Decided:
    del env
    if decision != "urgency":
        raise KeyError(decision)
    return Decided("red" if context["age"] < 6 else "green", "urgency", {"age": context["age"]}, (2,))  # type: ignore[operator]


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


def item(out: Outcome) -> object:
    return out.items[0]


def test_due_dates_groups_and_properties_follow_the_variables_of_now_but_the_clock_of_opening() -> None:
    node = user("a", groups='=["g_" + unit, "all"]', assignee="=manager", due="=now() + duration(case.limit)",
                follow_up="=date(opened_at)", priority="=if urgent then 90 else 10", label='="nr " + string(n)',
                plain="text")
    inner = simple("q", node, ids=["a"])
    story = Story(bundle(simple("p", call("c", "q", inputs={"unit": "=unit", "manager": "=manager", "urgent": "=urgent",
                                                            "n": "=n"}), user("z"), ids=["c", "z"]), inner),
                  unit="U1", manager="sami", limit="P1D", urgent=False, n=1)
    got = story.item("a")
    assert (got.groups, got.assignee, got.priority) == (("g_U1", "all"), "sami", 10)
    assert got.due == T0 + timedelta(days=1) and got.follow_up == T0.replace(hour=0)
    assert got.properties == {"label": "nr 1", "plain": "text"}
    story.do(commands.Amend({"limit": "P5D"}), days=3)
    assert story.item("a").due == T0 + timedelta(days=5) and story.item("a").since == T0
    story.replay()


def test_a_schedule_may_look_at_the_whole_case_or_at_names_in_it() -> None:
    node = user("a", one="=case.n", more="=case . n + case.m", whole='=get value(case, "n")', said='="case"')
    story = Story(bundle(simple("p", call("c", "q"), ids=["c"]), simple("q", node, ids=["a"])), n=1, m=2)
    assert story.item("a").properties == {"one": 1, "more": 3, "whole": 1, "said": "case"}


def test_dates_and_durations_are_due_dates_too() -> None:
    story = Story(bundle(simple("p", user("a", due="=until"), ids=["a"])))
    assert story.item("a").due is None and not story.out.incidents
    for value, due in ((T0.date(), T0.replace(hour=23, minute=59)), (timedelta(hours=2), T0 + timedelta(hours=2)),
                       ("2026-02-01T00:00:00Z", datetime.fromisoformat("2026-02-01T00:00:00+00:00"))):
        assert story.do(commands.Amend({"until": value})).items[0].due == due


@pytest.mark.parametrize("said", [
    {"due": "=5"}, {"groups": "=5"}, {"assignee": "=[1]"}, {"priority": "=300"}, {"due": "someday"}])
def test_a_schedule_that_cannot_be_computed_is_an_incident_beside_the_work_item(said: dict[str, str]) -> None:
    story = Story(bundle(simple("p", user("a", **said), ids=["a"])))
    assert [i.element for i in story.out.incidents] == ["a"] and story.items == ["a"]
    story.complete("a")
    assert story.out.finished


def test_types_survive_from_move_to_move() -> None:
    values = {"day": T0.date(), "moment": T0, "span": timedelta(days=2), "text": "2026-01-01",
              "mean": {"$d": "2026-01-01", "typename": "x", "$c": [[1]]}}
    nodes = user("a"), script("s", "=day + span", "later"), user("z")
    story = Story(bundle(simple("p", *nodes, ids=["a", "s", "z"])), "p", values)
    story.complete("a")
    assert story.variables == {**values, "a": {}, "later": (T0 + timedelta(days=2)).date()}


def test_a_state_is_refused_by_definitions_that_do_not_fit() -> None:
    story = Story(bundle(simple("p", user("a"), ids=["a"])))
    other = bundle(simple("p", user("b"), ids=["b"]))
    with pytest.raises(Exception, match="no element"):
        move(other, story.state, commands.Amend({}), T0)


def test_an_error_in_one_of_many_or_in_a_called_process_goes_to_the_border_outside() -> None:
    many = sub("each_one", start("s"), user("w"), gateway("exclusive", "x", "x__ok"), end("ok"),
               end("boom", error_event("e")), path("s", "w", "x", "ok"), flow("x", "boom", when="=w.bad"), each("=[1, 2, 3]", "n"))
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


def test_an_elements_lane_is_known() -> None:
    lanes = tag("laneSet", {"id": "ls"}, tag("lane", {"id": "l1", "name": "supervisors"}, tag("flowNodeRef", None, "a")))
    element = bundle(simple("p", lanes, user("a"), user("b"), ids=["a", "b"])).element("p", "a")
    assert element.lane == "supervisors"
