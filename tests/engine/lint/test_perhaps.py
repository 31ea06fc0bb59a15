"""Variables that are reckoned with though not every path has written them, in processes that say what they are given
and in those that do not."""

import random

import pytest

from tests.engine.lint.drawing import end, findings, gateway, node, process, script, start, timer, user
from tests.engine.lint.test_reads import random_process, straight, walked

WAIT = node("intermediateCatchEvent", "wait", inner=timer("PT1H"))


def told(source: bytes, rule: str = "variable-perhaps") -> set[str]:
    return {f.element for f in findings(source) if f.rule == rule}


def branching(kind: str, asks: str, written: str = "v") -> bytes:
    """A script in one of two branches, and one that asks behind or beside it."""
    default = "fork_join" if kind == "exclusive" else ""
    condition = ' if =unit = "x"' if kind == "exclusive" else ""
    return process(start(), gateway(kind, "fork", default), script("writes", "=1", written), gateway(kind, "join"),
                   script("asks", asks, "w"), end(), "begins>fork", f"fork>writes{condition}", "fork>join",
                   "writes>join", "join>asks", "asks>over", inputs="unit")


@pytest.mark.parametrize("asks", ["=v + 1", "=1 - v.a", "=-v", "={a: v * 2}", "=if unit = 1 then v + 1 else 2"])
def test_what_one_branch_writes_is_not_reckoned_with_behind_both(asks: str) -> None:
    assert told(branching("exclusive", asks)) == {"asks"}
    assert told(branching("parallel", asks)) == set()


@pytest.mark.parametrize("asks", ["=v", "=v > 3", "=if v = null then 1 else v + 1", "=if v > 1 then v + 1 else 0",
                                  "=[v]", "=is defined(v) and v + 1 > 2", "=for v in [1] return v + 1", "=unit + 1"])
def test_an_expression_that_can_do_without_is_no_flaw(asks: str) -> None:
    assert told(branching("exclusive", asks)) == set()


def test_the_first_time_round_a_loop_has_not_written_what_comes_later() -> None:
    source = process(start(), gateway("exclusive", "again"), script("asks", "=v + 1", "w"), WAIT, script("writes", "=1",
                     "v"), gateway("exclusive", "way", "way_over"), end(), "begins>again", "again>asks", "asks>wait",
                     "wait>writes", "writes>way", "way>again if =w = 1", "way>over", inputs="unit")
    assert told(source) == {"asks"}
    assert told(source.replace(b'value="unit"', b'value="unit, v"')) == set()


def test_what_a_parallel_branch_writes_is_not_reckoned_with_in_another() -> None:
    source = process(start(), gateway("parallel", "fork"), script("writes", "=1", "v"), script("asks", "=v + 1", "w"),
                     gateway("parallel", "join"), script("after", "=v + 1", "x"), end(), "begins>fork", "fork>writes",
                     "fork>asks", "writes>join", "asks>join", "join>after", "after>over", inputs="unit")
    assert told(source) == {"asks"}


def test_an_event_sub_process_sees_what_was_written_before_anything_was_waited_for() -> None:
    inside = (node("startEvent", "late", inner=timer("PT1H")) + script("asks", "=v + 1", "w") + end("done")
              + '<bpmn:sequenceFlow id="f1" sourceRef="late" targetRef="asks"/>'
              + '<bpmn:sequenceFlow id="f2" sourceRef="asks" targetRef="done"/>')
    aside = node("subProcess", "aside", inner=inside, triggeredByEvent="true")

    def drawn(*order: str) -> bytes:
        ways = [f"{a}>{b}" for a, b in zip(("begins", *order), (*order, "over"), strict=True)]
        return process(start(), script("writes", "=1", "v"), user(), end(), aside, *ways, inputs="unit")

    assert told(drawn("writes", "review")) == set()
    assert told(drawn("review", "writes")) == {"asks"}


def test_a_sub_process_has_surely_written_what_all_its_ends_have_in_common() -> None:
    def drawn(ways: str) -> bytes:
        inner = (start("s") + gateway("exclusive", "g", "f3") + script("a", "=1", "v") + script("b", "=1", ways)
                 + end("e") + end("o") + "".join(
                     f'<bpmn:sequenceFlow id="{id}" sourceRef="{one}" targetRef="{other}"/>' for id, one, other in (
                         ("f1", "s", "g"), ("f3", "g", "b"), ("f4", "a", "e"), ("f5", "b", "o")))
                 + '<bpmn:sequenceFlow id="f2" sourceRef="g" targetRef="a"><bpmn:conditionExpression>=unit = 1'
                 "</bpmn:conditionExpression></bpmn:sequenceFlow>")
        return straight(("part", node("subProcess", "part", inner=inner)), ("asks", script("asks", "=v + 1", "z")))

    assert told(drawn("v")) == set()
    assert told(drawn("w")) == {"asks"}


def test_random_processes_are_told_where_some_walk_has_written_and_another_has_not() -> None:
    chance, found = random.Random(7), 0
    for _ in range(60):
        source, ways, writes, asks = random_process(chance, " + 1")
        walks = walked(ways, writes, asks)
        wanted = {name for name, seen in walks.items() if seen == {True, False}}
        assert told(source) == wanted, source.decode()
        assert told(source, "variable-early") == {name for name, seen in walks.items() if seen == {False}}
        found += len(wanted)
    assert found > 20


def test_a_process_that_does_not_say_what_it_is_given_is_told_what_nothing_in_it_writes() -> None:
    source = straight(("count", script("count", "=approved")), inputs="")
    assert [(f.element, f.severity) for f in findings(source) if f.rule == "variable-unwritten"] == [
        ("count", "warning")]
    assert any("nothing in this diagram writes" in f.message.en and "`inputs`" in f.mend.en for f in findings(source))
    early = straight(("count", script("count", "=later")), ("later", script("later", "=1", "later")), inputs="")
    assert [(f.element, f.severity) for f in findings(early) if f.rule == "variable-early"] == [("count", "error")]
    assert told(straight(("count", script("count", "=approved")), inputs="approved"), "variable-unwritten") == set()
