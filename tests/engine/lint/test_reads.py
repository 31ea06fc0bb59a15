"""Variables that are read: by whom they were written, whether that can have been before, and across calls."""

import itertools
import random

from tests.engine.lint.drawing import (
    boundary_event,
    call,
    end,
    findings,
    gateway,
    io,
    job,
    many,
    message,
    node,
    process,
    rule,
    script,
    start,
    timer,
    user,
)
from tests.engine.lint.shapes import line

RULES = {"variable-unwritten", "variable-early", "call-inputs-differ"}


def told(source: bytes, *others: bytes) -> set[tuple[str, str]]:
    return {(f.rule, f.element) for f in findings(source, *others) if f.rule in RULES}


def straight(*elements: tuple[str, str], inputs: str = "unit") -> bytes:
    """Elements in a row."""
    names = ["begins", *(id for id, _ in elements), "over"]
    return process(start(), *(drawn for _, drawn in elements), end(),
                   *(f"{a}>{b}" for a, b in itertools.pairwise(names)), inputs=inputs)


def test_answers_are_read_under_the_id_of_their_element_and_only_afterwards() -> None:
    count = script("count", "=review.visits + 1")
    assert told(straight(("review", user()), ("count", count))) == set()
    assert told(straight(("count", count), ("review", user()))) == {("variable-early", "count")}
    mapped = user(more=io("output last =review"))
    assert told(straight(("review", mapped), ("count", count))) == {("variable-unwritten", "count")}
    assert told(straight(("review", mapped), ("count", script("count", "=last.visits")))) == set()


def test_inputs_are_seen_by_their_element_and_what_is_inside_it_alone() -> None:
    inside = user("deep", more=io("input again =mine", "output b =deep"))
    part = node("subProcess", "part", io("input mine =unit"), inner=start("s") + inside + end("e")
                + '<bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="deep"/>'
                + '<bpmn:sequenceFlow id="f2" sourceRef="deep" targetRef="e"/>')
    assert told(straight(("part", part), ("count", script("count", "=b.visits")))) == set()
    assert told(straight(("part", part), ("count", script("count", "=mine")))) == {("variable-unwritten", "count")}
    assert told(straight(("count", script("count", "=b")), ("part", part))) == {("variable-early", "count")}


def test_what_a_decision_asks_for_is_read_too() -> None:
    asked = straight(("decide", rule("decide")), ("score", script("score", "=1", "level")))
    assert told(asked) == {("variable-early", "decide")}
    assert told(straight(("decide", rule("decide")))) == {("variable-unwritten", "decide")}
    assert told(straight(("decide", rule("decide")), inputs="level")) == set()


def test_of_many_only_the_collected_results_go_on() -> None:
    each = user("each", more=io("output seen =each"), inner=many("=unit", "results", "=seen"))
    assert told(straight(("each", each), ("count", script("count", "=count(results)")))) == set()
    assert told(straight(("each", each), ("count", script("count", "=seen")))) == {("variable-unwritten", "count")}
    enough = "<bpmn:completionCondition>=numberOfCompletedInstances = loopCounter</bpmn:completionCondition>"
    counted = user("each", inner=many("=unit", "results", "=each", enough))
    assert told(straight(("each", counted))) == set()


def test_an_event_on_the_border_is_armed_before_its_host_is_done() -> None:
    def bordered(text: str) -> bytes:
        late = boundary_event("late", "review", timer(text))
        return process(start(), rule("decide"), user(), late, end(), end("o2"), "begins>decide", "decide>review",
                       "review>over", "late>o2", inputs="unit, level")

    assert told(bordered("=limits.plan")) == set()
    assert told(bordered("=review.until")) == {("variable-early", "late")}


def test_what_runs_beside_may_have_written_already() -> None:
    def forked(inside: str) -> bytes:
        return process(start(), gateway("parallel", "fork"), script("score", "=1", "risk"), script("read", inside, "b"),
                       gateway("parallel", "join"), script("after", "=1", "late"), end(), "begins>fork", "fork>score",
                       "fork>read", "score>join", "read>join", "join>after", "after>over", inputs="unit")

    assert told(forked("=risk")) == set()
    assert told(forked("=late")) == {("variable-early", "read")}


def test_what_came_with_a_message_is_anybodys_guess_but_a_condition_is_not() -> None:
    waits = node("receiveTask", "answer", io("output cost =price"), messageRef="m1",
                 properties='<zeebe:property name="offer_to" value="provider_user"/>')
    drawn = process(start(), waits, script("count", "=price"), end(), "begins>answer", "answer>count", "count>over",
                    outside=message(), inputs="case_number")
    assert told(drawn) == {("variable-unwritten", "count")}


def test_variables_of_the_case_must_be_written_in_some_process() -> None:
    assert told(straight(("count", script("count", "=case.unit")))) == set()
    assert told(straight(("count", script("count", "=case.untidy")))) == {("variable-unwritten", "count")}


CHILD = process(start(), script("work", "=person.age + 1", "years"), end(), "begins>work", "work>over", id="child")


def test_a_call_gives_back_what_its_process_writes_and_nothing_else() -> None:
    def calling(*mappings: str) -> bytes:
        return straight(("inner", call("inner", "child", more=io(*mappings))), inputs="family")

    assert told(calling("input person =family", "output a =years"), CHILD) == set()
    assert told(calling("input person =family", "output a =yaers"), CHILD) == {("variable-unwritten", "inner")}
    assert told(calling("input person =famly", "output a =years"), CHILD) == {("variable-unwritten", "inner")}


def test_a_call_that_hands_over_less_than_another_is_told() -> None:
    other = line(call("review", "child", more=io("input person =unit")), id="review", inputs="unit").replace(
        b'id="stage"', b'id="elsewhere"')
    assert told(straight(("inner", call("inner", "child", more=io("input persn =unit")))), CHILD, other) == {
        ("call-inputs-differ", "inner")}
    inputs = b'<zeebe:properties><zeebe:property name="inputs" value="person"/>'
    stated = CHILD.replace(b"<zeebe:properties>", inputs, 1)
    assert told(straight(("inner", call("inner", "child", more=io("input persn =unit")))), stated) == {
        ("call-inputs-differ", "inner")}
    assert told(straight(("inner", call("inner", "child"))), stated) == set()


def test_early_reads_of_random_processes_are_those_that_no_walk_has_written_before() -> None:
    chance = random.Random(53)
    early = 0
    for _ in range(60):
        source, ways, writes, asks = random_process(chance)
        claimed = {element for name, element in told(source) if name == "variable-early"}
        seen = walked(ways, writes, asks)
        assert claimed == {name for name in asks if seen.get(name) == {False}}, source.decode()
        early += len(claimed)
    assert early > 30


def random_process(
    chance: random.Random, more: str = ""
) -> tuple[bytes, dict[str, list[str]], dict[str, str], dict[str, str]]:
    """Scripts in a random net of exclusive choices; every script reads (and goes on with `more`) and writes a, b, c."""
    names = [f"n{number}" for number in range(chance.randint(3, 7))]
    writes = {name: chance.choice("abc") for name in names}
    asks = {name: chance.choice("abc") for name in names}
    ways: dict[str, list[str]] = {"begins": [names[0]]}
    for place, name in enumerate(names):
        onward = names[place + 1] if place + 1 < len(names) else "over"
        ways[name] = sorted({onward, *chance.sample(names, chance.choice((0, 0, 1, 2)))})
    drawn = [script(name, f"={asks[name]}{more}", writes[name]) for name in names]
    forks = [gateway("exclusive", f"g_{name}") for name in names]
    flows = [f"begins>{names[0]}", *(f"{name}>g_{name}" for name in names)]
    flows += [f"g_{name}>{target}" for name in names for target in ways[name]]
    return process(start(), *drawn, *forks, end(), *flows, inputs="unit"), ways, writes, asks


def walked(ways: dict[str, list[str]], writes: dict[str, str], asks: dict[str, str]) -> dict[str, set[bool]]:
    """By element that some walk reaches: whether walks have written before what it reads there."""
    found: dict[str, set[bool]] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(ways["begins"][0], frozenset[str]())]
    while waiting:
        name, held = waiting.pop()
        if name == "over" or (name, held) in seen:
            continue
        seen.add((name, held))
        found.setdefault(name, set()).add(asks[name] in held)
        waiting += [(target, held | {writes[name]}) for target in ways[name]]
    written = set(writes.values())
    return {name: ok for name, ok in found.items() if asks[name] in written}


def test_a_form_reads_what_its_element_sees_when_it_opens_and_its_fields_are_named() -> None:
    def told_of(source: bytes) -> set[tuple[str, str]]:
        return {(f.element, f.message.en) for f in findings(source) if f.rule == "form-reads-nothing"}

    visit, plan = user("visit", form="visit"), script("write", "=1", "plan")
    assert told_of(straight(("write", plan), ("visit", visit), inputs="unit, last")) == set()
    assert told_of(straight(("visit", visit), inputs="unit, plan, last")) == set()
    handed_in = user("visit", form="visit", more=io("input plan =unit"))
    assert told_of(straight(("visit", handed_in), inputs="unit, last")) == set()
    late = told_of(straight(("visit", visit), ("write", plan), inputs="unit, last"))
    assert late == {
        ("visit", "The form (visit: visitor) reads “plan”, which nothing writes before it opens here.")}
    assert told_of(straight(("visit", visit), inputs="unit, last")) == late


def test_what_a_form_can_do_without_is_only_told_where_no_process_has_it() -> None:
    def missing(*sources: bytes) -> set[str]:
        return {f.message.en.split("“")[1].split("”")[0] for f in findings(*sources) if f.rule == "form-reads-nothing"}

    visit = straight(("visit", user("visit", form="visit")), inputs="plan")
    assert missing(visit) == {"last", "case.unit"}
    other = process(start(), script("write", "=1", "last"), end(), "begins>write", "write>over", id="third",
                    inputs="unit")
    assert missing(visit, other) == set()


def test_an_answer_is_known_by_the_form_that_its_element_asks_with() -> None:
    def unknown(*elements: tuple[str, str], inputs: str = "unit, plan, last") -> set[tuple[str, str]]:
        return {(f.rule, f.element) for f in findings(straight(*elements, inputs=inputs)) if f.rule == "answer-unknown"}

    visit = ("visit", user("visit", form="visit"))
    assert unknown(visit, ("count", script("count", "=visit.danger + visit.seen"))) == set()
    assert unknown(visit, ("count", script("count", '="visit.nothing" + visit.danger'))) == set()
    assert unknown(visit, ("count", script("count", "=visit.dangr"))) == {("answer-unknown", "count")}
    own = ("visit", user("visit", form="visit", more=io("output level =visit.dangr")))
    assert unknown(own) == {("answer-unknown", "visit")}
    mapped = ("visit", user("visit", form="visit", more=io("output visit ={dangr: 1}")))
    assert unknown(mapped, ("count", script("count", "=visit.dangr"))) == set()
    assert unknown(visit, ("count", script("count", "=visit.dangr")), inputs="visit") == set()


def test_a_result_is_known_by_the_outputs_of_its_decision() -> None:
    def unknown(*elements: tuple[str, str]) -> set[str]:
        return {f.element for f in findings(straight(*elements, inputs="level")) if f.rule == "answer-unknown"}

    assert unknown(("decide", rule("decide")), ("count", script("count", "=limits.plan"))) == set()
    assert unknown(("decide", rule("decide")), ("count", script("count", "=limits.plans"))) == {"count"}
    either = (("decide", rule("decide")), ("again", script("again", "={plans: 1}", "limits")))
    assert unknown(*either, ("count", script("count", "=limits.plans"))) == set()


def test_a_message_reads_its_key_and_its_payload_and_tells_of_what_it_does_not_read() -> None:
    def told_of(*inputs: str) -> int:
        sent = job("send", "publish_message", "message=danger_found", io(*inputs))
        return sum(f.rule == "job-settings" for f in findings(straight(("send", sent))))

    assert told_of("input key =unit", "input payload ={x: 1}") == 0
    assert told_of("input key =unit", "input payloa ={x: 1}") == 1
