"""Functions that do not exist are found in every place where an expression stands, and none that does is reproached."""

import pytest

from engine.bpmn.lint.functions import NO_SUCH, WITHOUT_ARGUMENTS, called_wrongly
from tests.engine.lint.drawing import findings, io, node, script, timer, user
from tests.engine.lint.shapes import line

WRONG = {
    "isUrgent(1)": ("isUrgent", NO_SUCH),
    "add working days(now(), 3)": ("add working days", NO_SUCH),
    "if x then bar() else 3": ("bar", NO_SUCH),
    "some x in [1] satisfies foo(x) = 2": ("foo", NO_SUCH),
    "[1, 2][isBig(item)]": ("isBig", NO_SUCH),
    "plan.due(1)": ("plan.due", NO_SUCH),
    "substring(1)": ("substring", WITHOUT_ARGUMENTS),
    'substring(text: "a", from: 1)': ("substring", WITHOUT_ARGUMENTS),
}
RIGHT = (
    "count([1])", "{f: function(x) x + 1, y: f(2)}.y", "{f: function(x) x}.f(1)", "sort([1, 2], function(a, b) a < b)",
    'substring(string: "a", start position: 1)', 'due(now(), duration("P1D"), "working")', "max(1, 2, 3)", "x.y + 1",
)


@pytest.mark.parametrize("text", WRONG)
def test_a_call_that_can_only_give_null_is_found(text: str) -> None:
    assert called_wrongly(text) == [WRONG[text]]


@pytest.mark.parametrize("text", RIGHT)
def test_a_call_that_can_be_made_is_not_reproached(text: str) -> None:
    assert called_wrongly(text) == []


def test_what_cannot_be_read_is_left_to_the_rule_of_syntax() -> None:
    assert called_wrongly("1 +") == called_wrongly(None) == []


@pytest.mark.parametrize("drawn", [
    script("odd", "=nosuch(1)", "w"),
    user("odd", more=io("input a =nosuch(1)")),
    user("odd", more='<zeebe:taskSchedule dueDate="=nosuch(1)"/>'),
    user("odd", properties='<zeebe:property name="warn" value="=nosuch(1)"/>'),
    node("intermediateCatchEvent", "odd", inner=timer("=nosuch(1)", "timeDate")),
])
def test_it_is_found_wherever_an_expression_may_stand(drawn: str) -> None:
    found = [one for one in findings(line(drawn, "odd")) if one.rule == "function-unknown"]
    assert [(one.element, one.severity) for one in found] == [("odd", "error")]
    assert "nosuch" in found[0].message.en and "nosuch" in found[0].message.ar


def test_the_nearest_names_are_offered() -> None:
    found = [one for one in findings(line(script("odd", "=contians(\"ab\", \"a\")", "w"), "odd"))
             if one.rule == "function-unknown"]
    assert "contains" in found[0].mend.en
