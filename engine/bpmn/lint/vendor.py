"""What other engines read and ours does not: every such setting would silently do nothing."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.lint.diagram import BPMN, FLOW_NODES, ZEEBE, Diagram, local
from engine.bpmn.lint.known import Flaw, Known, label
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

READ_TAGS = frozenset(
    {
        "userTask",
        "formDefinition",
        "assignmentDefinition",
        "taskSchedule",
        "priorityDefinition",
        "ioMapping",
        "input",
        "output",
        "properties",
        "property",
        "calledDecision",
        "script",
        "taskDefinition",
        "taskHeaders",
        "header",
        "calledElement",
        "loopCharacteristics",
        "subscription",
        "versionTag",
    }
)
READ_ATTRIBUTES = {
    "formDefinition": {"formId", "bindingType"},
    "assignmentDefinition": {"assignee", "candidateGroups"},
    "calledDecision": {"decisionId", "resultVariable", "bindingType"},
    "calledElement": {
        "processId",
        "propagateAllParentVariables",
        "propagateAllChildVariables",
        "bindingType",
    },
    "taskDefinition": {"type", "retries"},
    "script": {"expression", "resultVariable"},
}


def foreign(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Attributes and elements of other engines."""
    del known
    for element in _executable_part(diagram):
        for name in map(str, element.attrib):
            found = _vendor(name)
            if found:
                yield _foreign(element, *found)
        found = _vendor(str(element.tag))
        if found and _vendor(str((_parent(element)).tag)) is None:
            yield _foreign(element, *found)


def unread(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Settings of our own dialect that the engine does not read."""
    del known
    for element in _executable_part(diagram):
        if not str(element.tag).startswith(ZEEBE):
            continue
        tag = local(element)
        if tag not in READ_TAGS:
            yield _unread(element, tag)
        elif tag in READ_ATTRIBUTES:
            names = sorted(str(name) for name, value in element.attrib.items() if value)
            yield from (_unread(element, f"{tag} {n}") for n in names if n not in READ_ATTRIBUTES[tag])


def versions(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Bindings to a version: a case is bound to the whole bundle it began with (they would be ignored)."""
    del known
    for element in diagram.root.iter(f"{ZEEBE}*"):
        if (element.get("bindingType") or "latest") != "latest":
            yield _unread(element, f"{local(element)} bindingType={element.get('bindingType')}")


def juel(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Expressions between ${ } or #{ }, the language of older engines."""
    del known
    for element in _executable_part(diagram):
        texts = [str(value) for value in element.attrib.values()] + [element.text or ""]
        if local(element) not in {"documentation", "text"} and any("${" in text or "#{" in text for text in texts):
            yield Flaw(
                label(_owner(element)),
                Text(
                    "تعبير بصيغة ‎${…}‎، وهي لغة لا يقرؤها المحرك.",
                    "An expression in ${…}, a language that the engine does not read.",
                ),
                Text(
                    'اكتبه بلغة FEEL بعد علامة =، مثل ‎=risk.level = "high"‎؛ ويترجم ‎./run convert‎ البسيط منه.',
                    'Write it in FEEL after an = sign, such as =risk.level = "high"; `./run convert` translates many.',
                ),
            )


def _executable_part(diagram: Diagram) -> Iterator[etree._Element]:
    running = [process.element for process in diagram.processes]
    for child in diagram.root:
        if str(child.tag).startswith(BPMN) and (local(child) != "process" or child in running):
            yield from child.iter("*")


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _owner(element: etree._Element) -> etree._Element:
    """The nearest element around with an id of its own that a modeller can point at."""
    while element.get("id") is None or (
        local(element) not in FLOW_NODES and not str(element.tag).startswith(BPMN)
    ):
        parent = element.getparent()
        if parent is None:
            return element
        element = parent
    return element


def _vendor(name: str) -> tuple[str, str] | None:
    if not name.startswith("{"):
        return None
    namespace, _, short = name[1:].partition("}")
    return (FOREIGN[namespace], short) if namespace in FOREIGN else None


def _foreign(element: etree._Element, vendor: str, name: str) -> Flaw:
    ours = MENDS.get(name, "zeebe:…")
    return Flaw(
        label(_owner(element)),
        Text(
            f"الإعداد {vendor}:{name[:40]} لمحرك آخر، وسيُتجاهل.",
            f"{vendor}:{name[:40]} belongs to another engine and would be ignored.",
        ),
        Text(
            f"استخدم بدلاً منه {ours}؛ ويصلح الأمر ‎./run convert‎ ما يمكن إصلاحه.",
            f"Use {ours} instead; `./run convert` mends what can be mended.",
        ),
    )


def _unread(element: etree._Element, what: str) -> Flaw:
    return Flaw(
        label(_owner(element)),
        Text(
            f"الإعداد zeebe:{what[:60]} لا يقرؤه المحرك، وسيُتجاهل.",
            f"zeebe:{what[:60]} is not read by the engine and would be ignored.",
        ),
        Text("احذفه، أو عبّر عنه بما يقرؤه المحرك.", "Remove it, or say it with what the engine reads."),
    )
