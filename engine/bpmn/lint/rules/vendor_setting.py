from collections.abc import Iterator

from lxml import etree

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.vendor import executable_part, owner_of
from engine.text import Text

FOREIGN = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://activiti.org/bpmn": "activiti",
    "http://flowable.org/bpmn": "flowable",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
    "http://www.jboss.org/drools": "drools",
    "http://www.bizagi.com/bpmn20": "bizagi",
}
MENDS = {
    "formKey": "zeebe:formDefinition formId",
    "formRef": "zeebe:formDefinition formId",
    "assignee": "zeebe:assignmentDefinition assignee",
    "candidateGroups": "zeebe:assignmentDefinition candidateGroups",
    "candidateUsers": "zeebe:assignmentDefinition candidateGroups",
    "dueDate": "zeebe:taskSchedule dueDate",
    "followUpDate": "zeebe:taskSchedule followUpDate",
    "priority": "zeebe:priorityDefinition priority",
    "decisionRef": "zeebe:calledDecision decisionId",
    "resultVariable": "zeebe:script resultVariable",
    "class": "zeebe:taskDefinition type",
    "delegateExpression": "zeebe:taskDefinition type",
    "expression": "zeebe:script expression",
    "topic": "zeebe:taskDefinition type",
    "type": "zeebe:taskDefinition type",
    "collection": "zeebe:loopCharacteristics inputCollection",
    "properties": "zeebe:properties",
    "elementVariable": "zeebe:loopCharacteristics inputElement",
    "inputOutput": "zeebe:ioMapping",
    "calledElementBinding": "zeebe:calledElement processId",
    "in": "zeebe:ioMapping",
    "out": "zeebe:ioMapping",
}


@rule(
    "error",
    Text(
        "إعدادات وعناصر تخص محركات أخرى.",
        "Attributes and elements of other engines.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for element in executable_part(diagram):
        for name in map(str, element.attrib):
            found = _vendor(name)
            if found:
                yield _foreign(element, *found)
        found = _vendor(str(element.tag))
        if found and _vendor(str((_parent(element)).tag)) is None:
            yield _foreign(element, *found)


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _vendor(name: str) -> tuple[str, str] | None:
    if not name.startswith("{"):
        return None
    namespace, _, short = name[1:].partition("}")
    return (FOREIGN[namespace], short) if namespace in FOREIGN else None


def _foreign(element: etree._Element, vendor: str, name: str) -> Flaw:
    ours = MENDS.get(name, "zeebe:…")
    return Flaw(
        label(owner_of(element)),
        Text(
            f"الإعداد {vendor}:{name[:40]} لمحرك آخر، وسيُتجاهل.",
            f"{vendor}:{name[:40]} belongs to another engine and would be ignored.",
        ),
        Text(
            f"استخدم بدلاً منه {ours}؛ ويصلح الأمر ‎./run convert‎ ما يمكن إصلاحه.",
            f"Use {ours} instead; `./run convert` mends what can be mended.",
        ),
    )
