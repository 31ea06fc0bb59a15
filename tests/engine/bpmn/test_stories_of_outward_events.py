"""Signals, escalations, conditions and links: on borders, in event sub-processes, in the flow; kept over every move."""

import pytest

from engine.bpmn import NotOpen, commands
from tests.engine.bpmn.diagrams import (
    boundary,
    call,
    catch,
    condition,
    each,
    end,
    escalation,
    escalation_event,
    file,
    flow,
    gateway,
    link,
    path,
    process,
    script,
    signal,
    signal_event,
    simple,
    start,
    sub,
    throw,
    timer,
    user,
)
from tests.engine.bpmn.story import Story, bundle

ALARM = signal("s", "alarm")
RISK = escalation("e", "risk")


def listening(*more: str) -> bytes:
    """Two work items with a border that hears the alarm: one goes on beside it, one is interrupted."""
    return file(ALARM, process(
        "p", start(), gateway("parallel", "f"), user("a"), user("b"), end(), path("S", "f", "a", "E"), path("f", "b"),
        boundary("beside", "a", signal_event("s"), False), user("note", heard="=word"), path("beside", "note"),
        boundary("instead", "b", signal_event("s")), user("flee"), path("instead", "flee"), *more))


def test_a_signal_reaches_every_wait_of_a_case_in_one_move_and_what_waits_again_hears_the_next() -> None:
    story = Story(bundle(listening()))
    assert {(wait.kind, wait.name, wait.key) for wait in story.out.waits} == {("signal", "alarm", None)}
    story.do(commands.Signal("alarm", {"word": "fire"}))
    assert story.items == ["a", "flee", "note"] and story.waits == ["beside"]
    assert story.item("note").properties["heard"] == "fire"
    story.do(commands.Signal("alarm", {"word": "again"}))
    assert story.items == ["a", "flee", "note", "note"]
    with pytest.raises(NotOpen):
        story.do(commands.Signal("silence"))
    story.replay()


def test_one_wait_for_a_signal_may_be_answered_by_itself() -> None:
    story = Story(bundle(listening()))
    story.fire("instead")
    assert story.items == ["a", "flee"] and story.waits == ["beside"]


def thrower(kind: str = "intermediateThrowEvent") -> bytes:
    """A work item, then the alarm with a word; beside it a wait for the alarm."""
    return file(ALARM, process(
        "p", start(), gateway("parallel", "f"), user("a"), throw("t", signal_event("s"), {"word": "=a.word"}, kind),
        catch("hears", signal_event("s"), {"got": "=word"}), user("told"), path("S", "f", "a", "t"),
        path("f", "hears", "told"), "" if kind == "endEvent" else user("z") + path("t", "z")))


@pytest.mark.parametrize("kind", ["intermediateThrowEvent", "endEvent"])
def test_a_thrown_signal_is_heard_in_its_own_case_at_once_and_told_to_others_by_a_call(kind: str) -> None:
    story = Story(bundle(thrower(kind)))
    story.complete("a", word="run")
    assert "told" in story.items and story.variables["got"] == "run"
    [telling] = story.out.calls
    assert (telling.type, telling.headers, telling.variables) == (
        "broadcast_signal", {"signal": "alarm"}, {"word": "run"})
    story.do(commands.FailCall(telling.id, None, "no"))
    assert [incident.id for incident in story.out.incidents] == [telling.id] and not story.out.calls
    story.do(commands.Retry(telling.id))
    story.do(commands.FinishCall(telling.id))
    assert not story.out.calls and not story.out.incidents and b"outbox" not in (story.state or b"")
    story.replay()


def test_others_are_told_even_if_the_case_has_ended_or_the_thrower_was_taken_away() -> None:
    story = Story(bundle(file(ALARM, process(
        "p", start(), user("a"), throw("t", signal_event("s"), kind="endEvent"), path("S", "a", "t"),
        sub("esp", start("es", signal_event("s")), user("last"), path("es", "last"), event=True)))))
    story.complete("a")
    assert story.items == ["last"] and len(story.out.calls) == 1
    story.complete("last")
    assert story.out.finished and len(story.out.calls) == 1
    with pytest.raises(NotOpen):
        story.do(commands.Complete(1, {}))
    told = story.do(commands.FinishCall(story.out.calls[0].id))
    assert told.finished and not told.calls
    story.replay()


def test_an_escalation_goes_outwards_over_called_processes_to_the_nearest_that_catches_it() -> None:
    inner = file(RISK, process("q", start(), user("a"), throw("t", escalation_event("e")), user("b"), end(),
                               path("S", "a", "t", "b", "E")))
    outer = file(RISK, process(
        "p", start(), sub("sp", start("s"), call("c", "q"), path("s", "c")), end(), path("S", "sp", "E"),
        boundary("heard", "sp", escalation_event("e"), False), user("help"), path("heard", "help")))
    story = Story(bundle(outer, inner))
    story.complete("a")
    assert story.items == ["b", "help"] and story.logged("thrown") == ["t"]
    story.complete("b")
    story.complete("help")
    assert story.out.finished
    story.replay()


def test_an_escalation_may_interrupt_or_start_an_event_sub_process_and_is_no_fault_where_nobody_listens() -> None:
    def escalating(interrupting: bool, code: str | None = "e") -> Story:
        return Story(bundle(file(RISK, escalation("o", "other"), process(
            "p", start(), sub("sp", start("s"), user("a"), throw("t", escalation_event("e"), kind="endEvent"),
                              path("s", "a", "t")), user("z"), path("S", "sp", "z"),
            sub("esp", start("es", escalation_event(code), isInterrupting=str(interrupting).lower()), user("help"),
                path("es", "help"), event=True)))))
    for interrupting, left in ((True, ["help"]), (False, ["help", "z"])):
        story = escalating(interrupting)
        story.complete("a")
        assert story.items == left
    story = escalating(False, None)
    story.complete("a")
    assert story.items == ["help", "z"], "without a code it catches all"
    story = escalating(False, "o")
    story.complete("a")
    assert story.items == ["z"] and not story.out.incidents
    [line] = [line for line in story.out.log if line.kind == "thrown"]
    assert line.detail == {"code": "risk", "escalation": True, "caught": False}


def guarded(interrupting: bool = False, expression: str = '=level = "high"') -> bytes:
    """A work item that sets the level, and one with a condition on its border."""
    return file(process(
        "p", start(), gateway("parallel", "f"), gateway("exclusive", "m"), user("set", outputs={"level": "=set.level"}),
        user("a"), end(), path("S", "f", "m", "set", "m"), path("f", "a", "E"),
        boundary("c", "a", condition(expression), interrupting), user("act"), path("c", "act")))


def test_a_condition_happens_each_time_it_becomes_true_and_not_while_it_stays_so() -> None:
    story = Story(bundle(guarded()))
    for level, acts in (("low", 0), ("high", 1), ("high", 1), ("low", 1), ("high", 2)):
        story.complete("set", level=level)
        assert story.items.count("act") == acts, level
    assert not story.waits, "nobody outside can bring a condition about"
    story.replay()


def test_a_condition_may_interrupt_hold_at_once_and_is_asked_after_an_amendment_too() -> None:
    assert Story(bundle(guarded(True)), level="high").items == ["act", "set"]
    story = Story(bundle(guarded(True)))
    story.do(commands.Amend({"level": "high"}))
    assert story.items == ["act", "set"]


def test_a_condition_that_fails_stops_alone_and_one_that_is_unknown_waits() -> None:
    story = Story(bundle(guarded(expression="=count(for i in 1..10000000 return i) > 0")))
    assert story.items == ["a", "set"] and [incident.element for incident in story.out.incidents] == ["c"]
    story = Story(bundle(guarded(expression="=missing > 1")))
    assert story.items == ["a", "set"] and not story.out.incidents


def test_conditions_in_the_flow_behind_an_event_gateway_and_as_starts() -> None:
    story = Story(bundle(file(process(
        "p", start(), gateway("parallel", "f"), gateway("eventBased", "g"), catch("ready", condition("=n > 2")),
        catch("late", timer(timeDuration="P1D")), user("go"), user("chase"), user("set", outputs={"n": "=set.n"}),
        user("again", outputs={"n": "=again.n"}),
        path("S", "f", "g", "ready", "go"), path("g", "late", "chase"), path("f", "set", "again"),
        sub("esp", start("es", condition("=n > 5"), isInterrupting="true"), user("stop"), path("es", "stop"),
            event=True)))))
    assert story.waits == ["late"]
    story.complete("set", n=3)
    assert story.items == ["again", "go"] and not story.waits
    story.complete("again", n=6)
    assert story.items == ["stop"]
    story.complete("stop")
    assert story.out.finished
    story.replay()


def test_a_condition_sees_the_variables_of_its_host_and_of_its_item() -> None:
    story = Story(bundle(file(process(
        "p", start(), sub("sp", each("=[1, 5]", "it"), start("s"), user("a"), path("s", "a"),
                          boundary("c", "a", condition("=it > 2")), user("big"), path("c", "big")), path("S", "sp")))))
    assert story.items == ["a", "big"]


def test_conditions_that_bring_each_other_about_for_ever_are_stopped() -> None:
    from_script = [script("up", "=n + 1", "n"), gateway("exclusive", "m"), catch("c", condition("=n > 0"))]
    with pytest.raises(Exception, match="did not come to rest"):
        Story(bundle(file(process("p", start(), *from_script, path("S", "m", "c", "up", "m")))), n=1)


def test_a_case_that_waits_for_nothing_that_can_happen_is_an_incident() -> None:
    story = Story(bundle(simple("p", catch("c", condition("=n > 2")), user("z"), ids=["c", "z"])))
    assert [incident.element for incident in story.out.incidents] == ["c"]
    story.do(commands.Amend({"n": 3}))
    assert story.items == ["z"] and not story.out.incidents


def test_a_link_is_a_flow_that_is_not_drawn() -> None:
    story = Story(bundle(file(process(
        "p", start(), user("a"), gateway("exclusive", "x", "x__t2"), throw("t1", link("on")), throw("t2", link("on")),
        catch("c", link("on")), user("z"), end(), path("S", "a", "x", "t2"), flow("x", "t1", when="=a.first"),
        path("c", "z", "E")))))
    story.complete("a", first=True)
    assert story.items == ["z"] and story.logged("completed")[-2:] == ["t1", "c"]
    story.complete("z")
    assert story.out.finished
