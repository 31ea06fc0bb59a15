"""How tokens go: gateways, loops, joins and ends."""

import pytest

from engine.bpmn import NotOpen, Runaway, commands, move
from tests.engine.bpmn.diagrams import (
    call,
    end,
    file,
    flow,
    gateway,
    path,
    process,
    simple,
    start,
    sub,
    tag,
    user,
)
from tests.engine.bpmn.story import T0, Story, bundle


def xor(default: str | None = "x__c") -> bytes:
    return file(process(
        "p", start(), user("ask"), gateway("exclusive", "x", default), user("a"), user("b"), user("c"),
        path("S", "ask", "x"), flow("x", "a", when="=ask.n > 10"), flow("x", "b", when="=ask.n > 5"),
        flow("x", "c") if default else flow("x", "c", when="=ask.n < 0")))


@pytest.mark.parametrize(("n", "then"), [(11, "a"), (6, "b"), (1, "c"), (None, "c")])
def test_an_exclusive_gateway_takes_the_first_condition_that_holds_else_its_default(n: int | None, then: str) -> None:
    story = Story(bundle(xor()))
    story.complete("ask", n=n)
    assert story.items == [then]
    taken = next(line for line in story.out.log if line.element == "x")
    assert taken.detail["flows"] == [f"x__{then}"]
    assert taken.detail.get("unknown") == (["x__a", "x__b"] if n is None else None)


def test_a_gateway_at_which_no_condition_holds_is_an_incident_until_the_variables_are_mended() -> None:
    story = Story(bundle(xor(default=None)))
    story.complete("ask", n=1)
    assert [(i.element, story.items) for i in story.out.incidents] == [("x", [])]
    story.do(commands.Amend({"ask": {"n": 7}}))
    story.do(commands.Retry(story.out.incidents[0].id))
    assert story.items == ["b"] and not story.out.incidents
    story.replay()


def test_a_condition_that_is_neither_true_nor_false_is_an_incident() -> None:
    story = Story(bundle(xor()))
    story.complete("ask", n="many")
    assert story.items == ["c"]  # comparing text with a number is null: not true
    story = Story(bundle(simple("p", user("ask"), gateway("exclusive", "x"), ids=["ask"], more=flow(
        "ask", "x") + flow("x", "E", when="=ask.n"))))
    story.complete("ask", n="yes")
    assert [i.element for i in story.out.incidents] == ["x"]


def test_a_parallel_join_waits_for_all_in_every_round_of_a_loop() -> None:
    story = Story(bundle(file(process(
        "p", start(), gateway("exclusive", "m"), gateway("parallel", "f"), user("a"), user("b"),
        gateway("parallel", "j"), user("more"), gateway("exclusive", "x", "x__E"), end(),
        path("S", "m", "f", "a", "j", "more", "x", "E"), path("f", "b", "j"),
        flow("x", "m", when="=more.again")))))
    for _ in range(5):
        story.complete("b")
        assert story.items == ["a"]
        story.complete("a")
        story.complete("more", again=True)
    assert story.items == ["a", "b"]
    story.replay()


def test_two_arrows_from_one_fork_to_one_join_count_as_two() -> None:
    story = Story(bundle(file(process(
        "p", start(), gateway("parallel", "f"), user("a"), gateway("parallel", "j"), user("z"),
        path("S", "f", "a", "j", "z"), flow("f", "j", "one"), flow("f", "j", "two")))))
    assert story.items == ["a"]
    story.complete("a")
    assert story.items == ["z"]
    story.complete("z")
    assert story.out.finished


def inclusive() -> bytes:
    return file(process(
        "p", start(), gateway("exclusive", "m"), user("pick"), gateway("inclusive", "i", "i__c"), user("a"), user("b"),
        user("b2"), user("c"), gateway("inclusive", "j"), user("more"), gateway("exclusive", "x", "x__E"), end(),
        path("S", "m", "pick", "i"), flow("i", "a", when="=list contains(pick.take, 1)"),
        flow("i", "b", when="=list contains(pick.take, 2)"), flow("i", "c"), path("a", "j"), path("b", "b2", "j"),
        path("c", "j"), path("j", "more", "x", "E"), flow("x", "m", when="=more.again")))


def test_an_inclusive_join_waits_for_those_that_can_still_come_also_in_loops() -> None:
    story = Story(bundle(inclusive()))
    for _ in range(3):
        story.complete("pick", take=[1, 2])
        story.complete("a")
        assert story.items == ["b"]
        story.complete("b")
        assert story.items == ["b2"]
        story.complete("b2")
        story.complete("more", again=True)
    story.complete("pick", take=[])
    story.complete("c")
    story.complete("more", again=False)
    assert story.out.finished
    story.replay()


def test_several_arrows_out_of_a_task_are_all_followed_and_ends_need_not_be_drawn() -> None:
    story = Story(bundle(file(process(
        "p", start(), user("a"), user("b"), user("c"), path("S", "a", "b"), path("a", "c")))))
    story.complete("a")
    assert story.items == ["b", "c"]
    story.complete("b")
    assert not story.out.finished
    story.complete("c")
    assert story.out.finished


def test_conditions_on_arrows_out_of_a_task_are_obeyed() -> None:
    node = user("a").replace('id="a"', 'id="a" default="a__d"')
    story = Story(bundle(file(process(
        "p", start(), node, user("b"), user("c"), user("d"), path("S", "a"), flow("a", "b", when="=a.n > 1"),
        flow("a", "c", when="=a.n > 2"), flow("a", "d")))))
    state, item = story.state, story.item("a").id
    story.complete("a", n=3)
    assert story.items == ["b", "c"]
    other = move(story.bundle, state, commands.Complete(item, {"n": 0}), T0)
    assert [item.element for item in other.items] == ["d"]


def test_arrows_without_ids_get_some() -> None:
    source = simple("p", user("a"), ids=["a"]).replace(b'id="S__a" ', b"").replace(b'id="a__E" ', b"")
    story = Story(bundle(source))
    story.complete("a")
    assert story.out.finished and story.out.log[0].detail["flows"] == ["flow_2"]


def test_ids_that_spiffworkflow_reserves_are_ids_like_others() -> None:
    story = Story(bundle(file(process("p", start("Start"), user("End"), user("root"), end("p.EndJoin"),
                                      path("Start", "End", "root", "p.EndJoin")))))
    story.complete("End")
    assert story.items == ["root"]
    story.complete("root")
    assert story.out.finished


def test_a_plain_and_a_manual_task_are_passed_and_written_down() -> None:
    nodes = tag("task", {"id": "t"}), tag("manualTask", {"id": "m"}), user("u")
    story = Story(bundle(simple("p", *nodes, ids=["t", "m", "u"])))
    assert story.items == ["u"] and story.logged("completed") == ["S", "t", "m"]


def test_a_terminate_end_ends_its_own_flow_and_no_other() -> None:
    inner = sub("sp", start("s"), gateway("parallel", "f"), user("a"), user("b"), call("c", "q"), end(
        "kill", tag("terminateEventDefinition")), path("s", "f", "a", "kill"), path("f", "b"), path("f", "c"))
    called = simple("q", user("w"), ids=["w"])
    story = Story(bundle(file(process("p", start(), inner, user("z"), path("S", "sp", "z"))), called))
    assert story.items == ["a", "b", "w"]
    story.complete("a")
    assert story.items == ["z"]
    assert story.logged("cancelled") == ["b", "w", "c"]
    story.complete("z")
    assert story.out.finished


def test_a_token_too_many_at_a_join_is_told_as_stalled() -> None:
    story = Story(bundle(file(process(
        "p", start(), gateway("parallel", "f"), user("a"), user("b"), user("c"), gateway("exclusive", "m"),
        gateway("parallel", "j"), user("z"), path("S", "f", "a", "m", "j", "z"), path("f", "b", "m"),
        path("f", "c", "j")))))
    for name in ("a", "c", "b"):
        story.complete(name)
    assert story.items == ["z"] and not story.out.incidents
    story.complete("z")
    assert not story.out.finished
    assert [(i.element, "j" in i.text.en) for i in story.out.incidents] == [("j", True)]


def test_a_flow_that_does_not_come_to_rest_is_refused_whole() -> None:
    definitions = bundle(file(process(
        "p", start(), user("a"), gateway("exclusive", "g"), gateway("exclusive", "h", "h__E"), end(),
        path("S", "a", "g", "h", "E"), flow("h", "g", when="=true"))))
    story = Story(definitions)
    before = story.state
    with pytest.raises(Runaway):
        story.complete("a")
    assert story.state == before


def test_calls_that_call_themselves_are_refused() -> None:
    with pytest.raises(Runaway):
        Story(bundle(simple("p", call("c", "p"), ids=["c"])))


def test_only_what_is_open_can_be_moved() -> None:
    story = Story(bundle(simple("p", user("a"), user("b"), ids=["a", "b"])))
    first = story.item("a").id
    story.complete("a")
    wrong = (commands.Complete(first), commands.Complete(99), commands.Fire(story.item("b").id), commands.FinishCall(1),
             commands.FailCall(story.item("b").id, None, ""), commands.Retry(story.item("b").id), commands.Start("p"))
    for command in wrong:
        with pytest.raises(NotOpen):
            move(story.bundle, story.state, command, T0)
    with pytest.raises(NotOpen):
        move(story.bundle, None, commands.Complete(1), T0)
    story.complete("b")
    with pytest.raises(NotOpen):
        story.do(commands.Amend({"x": 1}))


def test_a_cancelled_case_has_nothing_open_and_says_why() -> None:
    story = Story(bundle(simple("p", sub("sp", start("s"), user("a"), path("s", "a")), ids=["sp"])))
    story.do(commands.Cancel("death"))
    assert story.out.finished and not story.open
    assert story.logged("cancelled") == ["a", "sp", "p"] and story.out.log[-1].detail == {"reason": "death"}


def test_a_case_that_has_ended_begins_anew_with_new_ids_and_only_what_it_is_given() -> None:
    both = bundle(simple("p", user("a"), ids=["a"]))
    story = Story(both)
    first = story.out.items[0].id
    story.complete(story.items[0])
    assert story.out.finished
    with pytest.raises(NotOpen):
        story.do(commands.Retry(1))
    story.do(commands.Reopen("p", {"again": True}))
    assert story.out.items[0].id > first and dict(story.out.variables) == {"again": True}
    with pytest.raises(NotOpen):
        story.do(commands.Reopen("p"))
