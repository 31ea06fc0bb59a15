"""The types of data, decisions, functions and boxes: what fits, what is converted, what is null."""

from datetime import UTC, date, datetime

import pytest

from engine.dmn import DmnError, load
from tests.engine.dmn.writing import asked, decision, definitions, item, knowledge, needs, of, service

MIDNIGHT = datetime(2020, 1, 1, tzinfo=UTC)
DAY = 'date("2020-01-01")'
FUNCTION = ('<itemDefinition name="tF"><functionItem outputTypeRef="number"><parameters name="a" typeRef="number"/>'
            "</functionItem></itemDefinition>")


def value(*parts: str, **inputs: object) -> object:
    """What the decision d comes to."""
    return load(definitions(*parts)).evaluate("d", inputs)


@pytest.mark.parametrize("parts", [
    [decision("d", of(DAY), type_ref="dateTime")], [decision("d", of(DAY), type_ref="date and time")],
    [knowledge("f", "a: date and time", of("a")), decision("d", of(f"f({DAY})"), needs("f", what="Knowledge"))],
    [decision("d", of("{f: function(a: date and time) a, r: f(" + DAY + ")}.r"))],
    [decision("d", of(DAY, "date and time"))],
    [knowledge("f", "", of(DAY), type_ref="date and time"), decision("d", of("f()"), needs("f", what="Knowledge"))],
])
def test_a_date_becomes_its_midnight_where_a_date_and_time_is_wanted(parts: list[str]) -> None:
    assert value(*parts) == MIDNIGHT


def test_a_date_that_is_given_becomes_its_midnight_too() -> None:
    assert value(asked("x", "date and time"), decision("d", of("x"), needs("x", what="Input")),
                 x=date(2020, 1, 1)) == MIDNIGHT


@pytest.mark.parametrize("made", [
    knowledge("f", "a: number", of("a + 1"), type_ref="tF"), knowledge("f", "a: number", of("a + 1"), logic_type="tF"),
    knowledge("f", "a: number", of("[a + 1]"), type_ref="tF"),
    knowledge("f", "a: number", of("a + 1"), type_ref="number"),
])
def test_a_knowledge_model_typed_as_a_function_gives_what_the_function_gives(made: str) -> None:
    assert value(FUNCTION, made, decision("d", of("f(1)"), needs("f", what="Knowledge"))) == 2


def test_a_result_that_does_not_fit_the_function_is_null() -> None:
    made = knowledge("f", "a: number", of('"x"'), type_ref="tF")
    assert value(FUNCTION, made, decision("d", of("f(1)"), needs("f", what="Knowledge"))) is None


@pytest.mark.parametrize(("logic", "found"), [
    ('<functionDefinition><formalParameter name="a" typeRef="number"/>' + of("a * 2") + "</functionDefinition>", 6),
    ('<functionDefinition><formalParameter name="a" typeRef="number"/>' + of('"x"') + "</functionDefinition>", None),
    ('<functionDefinition><formalParameter name="a" typeRef="string"/>' + of("a") + "</functionDefinition>", None),
    (of("function(a) [a]"), 3), (of("function(a, b) a"), None), (of("abs"), 3), (of("5"), None),
])
def test_a_decision_may_be_a_function_of_a_named_type(logic: str, found: object) -> None:
    assert value(FUNCTION, decision("g", logic, type_ref="tF"), decision("d", of("g(3)"), needs("g"))) == found


ENTRY = '<context><contextEntry><variable name="a"/>{}</contextEntry></context>'
COLUMN = '<relation><column name="a" typeRef="number"/><row>{}</row></relation>'


@pytest.mark.parametrize(("logic", "found"), [
    (ENTRY.format(of('"x"', "number")), {"a": None}), (ENTRY.format(of("[1]", "number")), {"a": 1}),
    (COLUMN.format(of("[1]")), [{"a": 1}]), (COLUMN.format(of('"x"')), [{"a": None}]),
    ('<list typeRef="tNumbers">' + of('"x"') + "</list>", None),
    ('<list typeRef="tNumbers">' + of("1") + "</list>", [1]),
    ("<list>" + of('"x"', "number") + of("[2]", "number") + "</list>", [None, 2]),
    ('<conditional typeRef="number"><if>' + of("true") + "</if><then>" + of('"x"') + "</then><else>" + of("1")
     + "</else></conditional>", None),
    ('<for iteratorVariable="i" typeRef="tNumbers"><in>' + of("[1, 2]") + "</in><return>" + of("string(i)")
     + "</return></for>", None),
    ("<invocation>" + of("abs") + '<binding><parameter name="n"/>' + of('"x"', "number")
     + "</binding></invocation>", None),
])
def test_a_box_within_a_box_has_its_own_type(logic: str, found: object) -> None:
    assert value(item("tNumbers", "number", many=True), decision("d", logic)) == found


@pytest.mark.parametrize(("definition", "given", "found"), [
    (item("t", "number", constraint="[0..10]"), 11, None), (item("t", "number", constraint="[0..10]"), 10, 10),
    (item("t", "number", constraint="count(?) < 3", many=True), [1, 2, 3], None),
    (item("t", "number", constraint="count(?) < 3", many=True), [1, 2], [1, 2]),
    (item("t", "number", "[0..5]", constraint="count(?) < 3", many=True), [1, 9], None),
    (item("u", "number", "[0..10]") + item("t", "u", "> 5"), 7, 7),
    (item("u", "number", "[0..10]") + item("t", "u", "> 5"), 11, None),
    (item("u", "number", "[0..10]") + item("t", "u", many=True), [1, 11], None),
    (item("t", "string", constraint="string length(?) = 3"), "abcd", None),
    (item("t", "string", constraint="string length(?) = 3"), "abc", "abc"),
])
def test_a_constraint_is_that_of_the_whole_value_and_a_base_type_keeps_its_own(
    definition: str, given: object, found: object
) -> None:
    assert value(definition, asked("x", "t"), decision("d", of("x"), needs("x", what="Input")), x=given) == found


def test_allowed_values_that_are_no_feel_are_refused() -> None:
    with pytest.raises(DmnError):
        value(item("t", "number", "[0.."), asked("x", "t"), decision("d", of("x"), needs("x", what="Input")), x=1)


SUM = [asked("x", "number"), decision("i", of("1")), decision("d", of("x + i"), needs("x", what="Input"), needs("i"))]


@pytest.mark.parametrize(("type_ref", "found"), [("", 3), ("number", 3), ("string", None), ("tF", 3), ("tMany", [3])])
def test_a_service_gives_what_its_variable_says(type_ref: str, found: object) -> None:
    made = load(definitions(FUNCTION, item("tMany", "number", many=True), *SUM,
                            service("s", "d", "x", "i", type_ref)))
    assert made.evaluate_service("s", {"x": 1, "i": 2}) == found


def test_a_service_called_with_the_wrong_kind_of_value_is_null() -> None:
    calls = decision("z", of('s("a", 2)'), needs("s", what="Knowledge"))
    other = decision("d", of("if x = null then 5 else x"), needs("x", what="Input"))
    made = load(definitions(SUM[0], SUM[1], other, service("s", "d", "x", "i"), calls))
    assert made.evaluate("z", {}) is None and made.evaluate_service("s", {}) == 5


def test_instance_of_looks_at_the_type_and_not_at_its_allowed_values() -> None:
    assert value(item("t", "number", "[0..10]"), decision("d", of("50 instance of t"))) is True
