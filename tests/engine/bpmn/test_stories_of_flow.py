"""How tokens go: gateways, loops, joins, ends, sub-processes and calls."""

import pytest

from engine.bpmn import NotOpen, Runaway, commands, move
from tests.engine.bpmn.diagrams import (
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
    user,
)
from tests.engine.bpmn.story import T0, Story, bundle


def test_answers_land_in_a_variable_named_after_the_element() -> None:
    story = Story(bundle(simple("p", user("ask", form="form_1"), ids=["ask"])), case_number="C1")
    assert story.item("ask").form == "form_1" and story.item("ask").since == T0
    story.complete("ask", age=4)
    assert story.out.finished and story.variables == {"case_number": "C1", "ask": {"age": 4}}


def test_output_mappings_decide_what_leaves_a_work_item() -> None:
    story = Story(bundle(simple("p", user("ask", outputs={"age": "=ask.age", "twice": "=age * 2"}), ids=["ask"])))
    story.complete("ask", age=4)
    assert story.variables == {"age": 4, "twice": 8}


def test_input_mappings_are_local_and_see_each_other() -> None:
    asked = user("ask", inputs={"half": "=age / 2", "quarter": "=half / 2"}, note="=quarter")
    story = Story(bundle(simple("p", asked, ids=["ask"])), age=8)
    assert story.item("ask").properties == {"note": 2}
    story.complete("ask", ok=True)
    assert story.variables == {"age": 8, "ask": {"ok": True}}


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
    state = story.state
    story.complete("a", n=3)
    assert story.items == ["b", "c"]
    other = move(story.bundle, state, commands.Complete(story.past and 2, {"n": 0}), T0)
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


def test_a_called_process_sees_what_it_is_given_and_gives_what_it_is_asked() -> None:
    inner = simple("q", user("u", all="=secret", given="=given"), ids=["u"])
    outer = simple("p", call("c", "q", inputs={"given": "=n + 1"}, outputs={"got": "=u.x"}), user("z"), ids=["c", "z"])
    story = Story(bundle(outer, inner), n=1, secret="s")
    assert story.item("u").properties == {"all": None, "given": 2}
    story.complete("u", x=5)
    assert story.variables == {"n": 1, "secret": "s", "got": 5}


def test_a_call_may_pass_everything_in_and_out() -> None:
    story = Story(bundle(simple("p", call("c", "q", all_in=True, all_out=True), user("z"), ids=["c", "z"]),
                         simple("q", script("s", "=n + 1", "m"), ids=["s"])), n=1)
    assert story.variables == {"n": 1, "m": 2} and story.items == ["z"]


def test_variables_of_a_subprocess_go_to_the_nearest_that_has_the_name() -> None:
    inner = sub("sp", start("s"), script("one", "=local + 1", "local"), script("two", "=outer + local", "outer"),
                path("s", "one", "two"), inputs={"local": "=10"})
    story = Story(bundle(simple("p", inner, ids=["sp"])), outer=1)
    assert story.out.finished and story.variables == {"outer": 12}


def test_items_of_a_multi_instance_are_walls() -> None:
    node = user("vote", each("=people", "who", "votes", "={by: who, said: vote.yes, nr: loopCounter}"))
    story = Story(bundle(simple("p", node, user("z"), ids=["vote", "z"])), people=["x", "y", "z"], who="nobody")
    story.complete("vote", 2, yes=3)
    story.complete("vote", 0, yes=1)
    assert story.logged("completed") == ["vote"] and story.out.log[-1].detail == {"item": 1}
    story.complete("vote", yes=2)
    assert story.variables["votes"] == [{"by": w, "said": n, "nr": n} for n, w in enumerate("xyz", 1)]
    assert set(story.variables) == {"people", "who", "votes"} and story.items == ["z"]
    story.replay()


def test_a_sequential_multi_instance_stops_when_it_is_enough() -> None:
    many = each("=people", "who", "votes", "=vote.yes", True, "=count(votes[item = true]) >= 2")
    node = user("vote", many, for_="=who")
    definitions = bundle(simple("p", node, user("z"), ids=["vote", "z"]))
    story = Story(definitions, people=["x", "y", "z"])
    assert [item.properties["for_"] for item in story.out.items] == ["x"]
    story.complete("vote", yes=True)
    assert [item.properties["for_"] for item in story.out.items] == ["y"]
    story.complete("vote", yes=True)
    assert story.variables["votes"] == [True, True, None] and story.items == ["z"]
    assert Story(definitions, people=[]).variables["votes"] == []


def test_a_parallel_multi_instance_withdraws_the_rest_when_it_is_enough() -> None:
    node = user("vote", each("=[1, 2, 3]", "n", "votes", "=vote.yes", False, "=numberOfCompletedInstances = 2"))
    story = Story(bundle(simple("p", node, user("z"), ids=["vote", "z"])))
    story.complete("vote", 1, yes="b")
    story.complete("vote", 1, yes="c")
    assert story.variables["votes"] == [None, "b", "c"] and story.items == ["z"]
    assert story.logged("cancelled") == ["vote"]


def test_a_multi_instance_over_subprocesses_and_calls_collects_their_results() -> None:
    inner = sub("each_one", start("s"), user("visit"), script("young", '=if kid.n < 2 then "young" else null', "seen"),
                path("s", "visit", "young"), each("=kids", "kid", "marks", "={n: kid.n, mark: visit.mark, seen: seen}"))
    called = call("c", "q", each("=kids", "kid", "got", "=answer"), inputs={"n": "=kid.n"})
    tenfold = simple("q", script("s", "=n * 10", "answer"), ids=["s"])
    story = Story(bundle(simple("p", inner, called, ids=["each_one", "c"]), tenfold),
                  kids=[{"n": 1}, {"n": 2}], answer="outer", seen="outer")
    story.complete("visit", 1, mark="b")
    story.complete("visit", 0, mark="a")
    assert story.out.finished
    assert story.variables["marks"] == [{"n": 1, "mark": "a", "seen": "young"}, {"n": 2, "mark": "b", "seen": None}]
    assert story.variables["got"] == [10, 20] and story.variables["answer"] == "outer"


def test_a_multi_instance_over_something_else_is_an_incident_that_can_be_mended() -> None:
    story = Story(bundle(simple("p", user("a", each("=people", "who")), ids=["a"])), people="all")
    assert story.open == ["a"] and story.out.incidents
    story.do(commands.Amend({"people": ["x"]}))
    story.do(commands.Retry(story.out.incidents[0].id))
    assert story.items == ["a"]


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
