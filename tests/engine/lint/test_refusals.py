"""What other engines run and ours does not: refused by name, on the element, with what to use instead."""

import pytest

from engine.bpmn.lint.elements import UNSUPPORTED
from tests.engine.lint.drawing import broken_rules, end, extension, findings, node, process, start, user
from tests.engine.lint.shapes import line

CAMUNDA_7 = {
    "formKey": "embedded:app:forms/review.html",
    "assignee": "${initiator}",
    "candidateGroups": "managers",
    "candidateUsers": "demo",
    "dueDate": "${now()}",
    "class": "org.example.Send",
    "delegateExpression": "${bean}",
    "expression": "${bean.run()}",
    "decisionRef": "risk",
    "asyncBefore": "true",
    "topic": "mail",
}


@pytest.mark.parametrize("tag", sorted(UNSUPPORTED))
def test_an_unsupported_element_is_refused_wherever_it_hides(tag: str) -> None:
    if tag.endswith("EventDefinition"):
        drawn = node("intermediateThrowEvent", "odd", inner=f"<bpmn:{tag}/>")
    elif tag in {"adHocSubProcess", "transaction", "complexGateway"}:
        drawn = node(tag, "odd")
    elif tag.startswith("loop"):
        drawn = user(
            "odd", inner=f"<bpmn:multiInstanceLoopCharacteristics><bpmn:{tag}/></bpmn:multiInstanceLoopCharacteristics>"
        )
    else:
        drawn = user("odd", inner=f"<bpmn:{tag}><bpmn:assignment/></bpmn:{tag}>")
    found = [f for f in findings(line(drawn, "odd")) if f.rule == "element-unsupported"]
    assert [f.element for f in found] == ["odd"]


@pytest.mark.parametrize("flag", ["isForCompensation", "instantiate", "parallelMultiple"])
def test_a_flag_that_we_do_not_run_is_refused(flag: str) -> None:
    assert "element-unsupported" in broken_rules(line(user(**{flag: "true"})))


@pytest.mark.parametrize("name", CAMUNDA_7)
def test_an_attribute_of_camunda_7_is_refused(name: str) -> None:
    found = [f for f in findings(line(user(**{f"camunda__{name}": CAMUNDA_7[name]}))) if f.rule == "vendor-setting"]
    assert [f.element for f in found] == ["review"]
    assert name in found[0].message.en


def test_an_element_of_camunda_7_is_refused() -> None:
    listener = extension('<camunda:taskListener event="create" class="org.example.Evil"/>')
    assert "vendor-setting" in broken_rules(line(user(inner=listener)))


def test_settings_of_camunda_8_that_we_do_not_read_are_refused() -> None:
    for zeebe in (
        '<zeebe:formDefinition formKey="camunda-forms:bpmn:f"/>',
        '<zeebe:assignmentDefinition candidateUsers="demo"/>',
        "<zeebe:taskListeners/>",
        '<zeebe:formDefinition externalReference="http://evil.example/form"/>',
    ):
        assert "setting-not-read" in broken_rules(line(user(more=zeebe)))


def test_nothing_that_is_merely_drawn_is_refused() -> None:
    notes = (
        '<bpmn:textAnnotation id="note"><bpmn:text>${not an expression}</bpmn:text></bpmn:textAnnotation>'
        '<bpmn:association id="to_note" sourceRef="review" targetRef="note"/><bpmn:dataObject id="paper"/>'
        '<bpmn:dataObjectReference id="paper_ref" dataObjectRef="paper"/><bpmn:dataStoreReference id="archive"/>'
    )
    arrow = (
        '<bpmn:property id="hole" name="__targetRef_placeholder"/><bpmn:dataInputAssociation id="reads">'
        "<bpmn:sourceRef>paper_ref</bpmn:sourceRef></bpmn:dataInputAssociation>"
    )
    pools = (
        '<bpmn:collaboration id="both"><bpmn:participant id="us" processRef="stage"/>'
        '<bpmn:participant id="them" processRef="family"/><bpmn:messageFlow id="m" sourceRef="them" targetRef="us"/>'
        '</bpmn:collaboration><bpmn:process id="family" isExecutable="false"><bpmn:userTask id="calls"/></bpmn:process>'
    )
    drawn = process(start(), user(inner=arrow), end(), notes, "begins>review", "review>over", outside=pools)
    assert [f for f in findings(drawn) if f.severity == "error"] == []
