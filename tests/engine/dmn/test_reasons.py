"""Why an answer came out, wherever the table stands that gave it; and knowledge models that call themselves."""

import pytest

from engine.dmn import DmnError, load
from engine.feel import FeelLimit
from tests.engine.dmn.writing import asked, decision, definitions, knowledge, needs, of, table

RISK = table(["x"], [""], '> 1 | "high"', '<= 1 | "low"')
X = asked("x", "number")
ASKS_X = needs("x", what="Input")


def test_why_is_told_of_the_decisions_that_a_decision_requires() -> None:
    made = load(definitions(X, decision("risk", RISK, ASKS_X), decision(
        "answer", of('if risk = "high" then "now" else "later"'), needs("risk"))))
    told = made.explain("answer", {"x": 5})
    assert (told.value, told.inputs, told.rules) == ("now", {"risk": "high"}, ())
    (why,) = told.because
    assert (why.owner, why.inputs, why.rules, why.value) == ("risk", {"x": 5}, (1,), "high")


def test_a_table_over_a_table_tells_both() -> None:
    made = load(definitions(X, decision("risk", RISK, ASKS_X), decision(
        "answer", table(["risk"], [""], '"low" | 1', '"high" | 2'), needs("risk"))))
    told = made.explain("answer", {"x": 5})
    assert (told.inputs, told.rules) == ({"risk": "high"}, (2,))
    assert [(why.owner, why.rules) for why in told.because] == [("risk", (1,))]


@pytest.mark.parametrize("logic", [
    of("f(x)"), "<invocation>" + of("f") + '<binding><parameter name="x"/>' + of("x") + "</binding></invocation>",
    "<context><contextEntry>" + of("f(x)") + "</contextEntry></context>",
    '<context><contextEntry><variable name="t"/>' + RISK + "</contextEntry><contextEntry>" + of("t")
    + "</contextEntry></context>",
    "<conditional><if>" + of("true") + "</if><then>" + RISK + "</then><else>" + of("1") + "</else></conditional>",
])
def test_a_table_inside_a_box_or_a_knowledge_model_tells_its_rules(logic: str) -> None:
    made = load(definitions(X, knowledge("f", "x: number", RISK), decision(
        "d", logic, ASKS_X, needs("f", what="Knowledge"))))
    told = made.explain("d", {"x": 0})
    assert (told.value, told.inputs, told.rules) == ("low", {"x": 0}, (2,))
    assert [(why.inputs, why.rules, why.value) for why in told.because] == [({"x": 0}, (2,), "low")]


def test_a_table_that_gives_no_answer_tells_what_it_was_asked() -> None:
    told = load(definitions(X, decision("d", table(["x"], [""], "> 9 | 1"), ASKS_X))).explain("d", {"x": 5})
    assert (told.value, told.inputs, told.rules, told.because) == (None, {"x": 5}, (), ())


FACTORIAL = "if n <= 1 then 1 else n * fact(n - 1)"


@pytest.mark.parametrize("parts", [
    [knowledge("fact", "n: number", of(FACTORIAL), needs("fact", what="Knowledge"))],
    [knowledge("fact", "n: number", of(FACTORIAL))],
    [knowledge("fact", "n: number", of("if n <= 1 then 1 else n * g(n - 1)"), needs("g", what="Knowledge")),
     knowledge("g", "n", of("fact(n)"), needs("fact", what="Knowledge"))],
])
def test_a_knowledge_model_may_call_itself(parts: list[str]) -> None:
    made = load(definitions(*parts, decision("d", of("fact(5)"), needs("fact", what="Knowledge"))))
    assert made.evaluate("d", {}) == 120


@pytest.mark.parametrize("body", ["f(n + 1)", "f(n) + f(n)", "if n = 0 then 0 else f(n - 1) + f(n - 1)"])
def test_a_knowledge_model_that_calls_itself_without_end_is_stopped(body: str) -> None:
    made = load(definitions(knowledge("f", "n", of(body)), decision("d", of("f(60)"), needs("f", what="Knowledge"))))
    with pytest.raises(FeelLimit):
        made.evaluate("d", {})


def test_a_decision_that_needs_itself_through_a_knowledge_model_is_refused() -> None:
    with pytest.raises(DmnError):
        load(definitions(knowledge("f", "n", of("d"), needs("d")), decision(
            "d", of("f(1)"), needs("f", what="Knowledge"))))
