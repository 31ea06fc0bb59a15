"""Decision models: tables with their hit policies, requirements, and why an answer came out."""

from datetime import timedelta
from decimal import Decimal

import pytest

from engine.dmn import DmnError, load
from engine.feel import FeelLimit

NAMESPACES = [
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20230324/MODEL/",
]


def model(body: str, namespace: str = NAMESPACES[2]) -> bytes:
    return f'<definitions xmlns="{namespace}" id="d" name="d" namespace="n">{body}</definitions>'.encode()


def table(policy: str, rules: list[tuple[str, str]], output: str = 'name="out"') -> bytes:
    rows = "".join(
        f"<rule><description>ملاحظة {n}</description><inputEntry><text><![CDATA[{test}]]></text></inputEntry>"
        f"<outputEntry><text>{result}</text></outputEntry></rule>" for n, (test, result) in enumerate(rules, 1))
    ordered = "<outputValues><text>3, 2, 1</text></outputValues>" if "PRIORITY" in policy or "OUTPUT" in policy else ""
    return model(
        f'<decision id="D" name="قرار"><decisionTable {policy}><input><inputExpression><text>x</text>'
        f"</inputExpression></input><output {output}>{ordered}</output>"
        f"{rows}</decisionTable></decision>")


RULES = [("> 10", "1"), ("> 5", "2"), ("> 0", "3")]


@pytest.mark.parametrize(("policy", "value"), [
    ('hitPolicy="FIRST"', 1), ('hitPolicy="UNIQUE"', None), ("", None), ('hitPolicy="ANY"', None),
    ('hitPolicy="PRIORITY"', 3), ('hitPolicy="RULE ORDER"', [1, 2, 3]), ('hitPolicy="OUTPUT ORDER"', [3, 2, 1]),
    ('hitPolicy="COLLECT"', [1, 2, 3]), ('hitPolicy="COLLECT" aggregation="SUM"', 6),
    ('hitPolicy="COLLECT" aggregation="MIN"', 1), ('hitPolicy="COLLECT" aggregation="MAX"', 3),
    ('hitPolicy="COLLECT" aggregation="COUNT"', 3),
])
def test_the_hit_policy_says_what_becomes_of_several_hits(policy: str, value: object) -> None:
    assert load(table(policy, RULES)).evaluate("D", {"x": 20}) == value


def test_one_hit_is_a_bare_value_and_no_hit_is_null() -> None:
    made = load(table("", RULES))
    assert made.evaluate("قرار", {"x": 3}) == 3 and made.evaluate("D", {"x": -1}) is None


def test_an_answer_tells_its_inputs_its_rules_and_their_notes() -> None:
    decided = load(table('hitPolicy="COLLECT"', RULES)).explain("D", {"x": 7})
    assert decided.value == [2, 3] and decided.decision == "D" and decided.inputs == {"x": 7}
    assert decided.rules == (2, 3) and [note.ar for note in decided.notes] == ["ملاحظة 2", "ملاحظة 3"]


GRAPH = """
<inputData id="i" name="Monthly Salary"><variable name="Monthly Salary" typeRef="number"/></inputData>
<businessKnowledgeModel id="b" name="twice"><variable name="twice"/><encapsulatedLogic>
  <formalParameter name="amount" typeRef="number"/><literalExpression><text>amount * 2</text></literalExpression>
</encapsulatedLogic></businessKnowledgeModel>
<decision id="y" name="Yearly"><variable name="Yearly"/>
  <informationRequirement><requiredInput href="#i"/></informationRequirement>
  <literalExpression><text>Monthly Salary * 12</text></literalExpression></decision>
<decision id="r" name="Result"><variable name="Result"/>
  <informationRequirement><requiredDecision href="#y"/></informationRequirement>
  <knowledgeRequirement><requiredKnowledge href="#b"/></knowledgeRequirement>
  <context><contextEntry><variable name="doubled"/><literalExpression><text>twice(Yearly)</text></literalExpression>
  </contextEntry><contextEntry><variable name="half"/><literalExpression><text>doubled / 4</text></literalExpression>
  </contextEntry></context></decision>
<decisionService id="s" name="Pay"><outputDecision href="#r"/><inputDecision href="#y"/></decisionService>
"""


@pytest.mark.parametrize("namespace", NAMESPACES)
def test_a_decision_takes_what_it_requires_in_every_version_of_dmn(namespace: str) -> None:
    made = load(model(GRAPH, namespace))
    assert made.evaluate("Result", {"Monthly Salary": Decimal("100.5")}) == {"doubled": 2412, "half": 603}
    assert made.evaluate_service("Pay", {"Yearly": 10}) == {"doubled": 20, "half": 5}
    assert made.evaluate("Yearly", {"Monthly Salary": "text"}) is None
    assert made.decisions[0].id == "y" and made.decisions[0].inputs == ("Monthly Salary",)


def test_inputs_that_nobody_declared_are_read_as_the_editors_leave_them() -> None:
    made = load(model('<decision id="D" name="D"><literalExpression><text>a + b</text></literalExpression></decision>'))
    assert made.evaluate("D", {"a": 1, "b": 2}) == 3


def test_a_boxed_loop_and_a_relation_work() -> None:
    made = load(model("""<decision id="D" name="D"><for iteratorVariable="row"><in><relation><column name="a"/>
      <row><literalExpression><text>1</text></literalExpression></row>
      <row><literalExpression><text>2</text></literalExpression></row></relation></in>
      <return><literalExpression><text>row.a * 10</text></literalExpression></return></for></decision>"""))
    assert made.evaluate("D", {}) == [10, 20]


def test_an_expression_that_is_no_feel_is_refused_by_its_element() -> None:
    bad = table("", [("> 10", "1 +")])
    with pytest.raises(DmnError) as caught:
        load(bad)
    assert caught.value.element == "D" and caught.value.text.ar and "Line 1" in caught.value.text.en
    assert load(bad, strict=False).problems and load(bad, strict=False).evaluate("D", {"x": 11}) is None


def test_decisions_that_wait_for_each_other_are_refused() -> None:
    one = ('<decision id="{0}" name="{0}"><informationRequirement><requiredDecision href="#{1}"/>'
           "</informationRequirement>")
    end = "<literalExpression><text>1</text></literalExpression></decision>"
    source = model(one.format("a", "b") + end + one.format("b", "a") + end)
    with pytest.raises(DmnError):
        load(source)
    with pytest.raises(DmnError):
        load(source, strict=False).evaluate("a", {})


@pytest.mark.parametrize("source", [
    b"", b"<a/>", b"not xml", b'<definitions xmlns="http://example.org/other"/>', b"\xff\xfe\x00",
    b'<!DOCTYPE d [<!ENTITY x "y">]>' + model("&x;"),
    model("<a>" * 500 + "</a>" * 500), model("<decision/>" * 30_000),
    model("<decision id='a' name='a'><oops/></decision>")[:-5],
])
def test_a_hostile_file_is_refused_with_a_sentence(source: bytes) -> None:
    with pytest.raises(DmnError) as caught:
        load(source)
    assert caught.value.text.ar and caught.value.text.en


def test_a_missing_file_is_refused_with_a_sentence() -> None:
    with pytest.raises(DmnError):
        load("/nowhere/at/all.dmn")


def test_a_type_that_names_itself_does_no_harm() -> None:
    made = load(model('<itemDefinition name="t"><itemComponent name="c"><typeRef>t</typeRef></itemComponent>'
                      "</itemDefinition>"
                      '<decision id="D" name="D"><variable name="D" typeRef="t"/>'
                      "<literalExpression><text>{c: null}</text></literalExpression></decision>"))
    assert made.evaluate("D", {}) == {"c": None}


def test_a_model_shares_one_budget_among_its_decisions() -> None:
    text = "count(for x in 1..90000 return x)"
    parts = "".join(
        f'<decision id="d{n}" name="d{n}"><variable name="d{n}"/>'
        + (f'<informationRequirement><requiredDecision href="#d{n - 1}"/></informationRequirement>' if n else "")
        + f"<literalExpression><text>{text}</text></literalExpression></decision>" for n in range(5))
    with pytest.raises(FeelLimit):
        load(model(parts)).evaluate("d4", {})


def test_durations_come_out_as_durations() -> None:
    assert load(table("", [("-", 'duration("P1D")')])).evaluate("D", {}) == timedelta(days=1)
