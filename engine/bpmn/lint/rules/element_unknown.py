from collections.abc import Iterator

from lxml import etree

from engine.bpmn.lint.diagram import CONTAINERS, FLOW_NODES, Diagram, Node, is_bpmn, local
from engine.bpmn.lint.elements import DRAWN_OUTSIDE, UNSUPPORTED, UNSUPPORTED_OUTSIDE
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text

REPLACE_BY_TASKS = Text("استبدله بعناصر مدعومة: مهام وبوابات وأحداث ظاهرة.", "Draw it with tasks, gateways and events.")
_DRAWN_ONLY = frozenset(
    {
        "documentation",
        "extensionElements",
        "incoming",
        "outgoing",
        "laneSet",
        "dataObject",
        "dataObjectReference",
        "dataStoreReference",
        "textAnnotation",
        "association",
        "group",
        "sequenceFlow",
        "auditing",
        "monitoring",
        "category",
        "artifact",
    }
)
_INSIDE_NODES = frozenset(
    {
        "multiInstanceLoopCharacteristics",
        "messageEventDefinition",
        "timerEventDefinition",
        "errorEventDefinition",
        "terminateEventDefinition",
        "signalEventDefinition",
        "escalationEventDefinition",
        "conditionalEventDefinition",
        "linkEventDefinition",
        "standardLoopCharacteristics",
    }
)


@rule(
    "error",
    Text(
        "عناصر في موضع لا تعرف BPMN فيه شيئاً كهذا.",
        "Elements in a place where BPMN knows no such thing.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for child in diagram.root:
        if is_bpmn(child) and local(child) not in DRAWN_OUTSIDE and local(child) not in UNSUPPORTED_OUTSIDE:
            yield _strange(child)
    for scope in diagram.scopes:
        for child in scope.element:
            if is_bpmn(child) and not _belongs(child, scope.parent):
                yield _strange(child)
    for node in diagram.nodes:
        if node.tag not in CONTAINERS:
            yield from (_strange(child) for child in node.element if is_bpmn(child) and not _fits(local(child)))


def _belongs(child: etree._Element, parent: Node | None) -> bool:
    tag = local(child)
    inside_subprocess = parent is not None and _fits(tag)
    return tag in FLOW_NODES or tag in _DRAWN_ONLY or tag in UNSUPPORTED or inside_subprocess


def _fits(tag: str) -> bool:
    return tag in _DRAWN_ONLY or tag in UNSUPPORTED or tag in _INSIDE_NODES or tag == "conditionExpression"


def _strange(element: etree._Element) -> Flaw:
    tag = local(element)[:60]
    return Flaw(
        label(element),
        Text(
            f"عنصر «{tag}» غير معروف في هذا الموضع، وسيُتجاهل.",
            f"The element “{tag}” is not known in this place and would be ignored.",
        ),
        REPLACE_BY_TASKS,
    )
