"""Where variables go: work items, sub-processes, calls and multi-instances."""


from engine.bpmn import commands
from tests.engine.bpmn.diagrams import (
    call,
    each,
    path,
    script,
    simple,
    start,
    sub,
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
