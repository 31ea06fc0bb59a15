from collections.abc import Iterator

from engine.bpmn.lint.diagram import ZEEBE, Diagram, local
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.vendor import READ_TAGS, executable_part, not_read
from engine.text import Text

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


@rule(
    "error",
    Text(
        "إعدادات من لهجتنا لا يقرؤها المحرك.",
        "Settings of our own dialect that the engine does not read.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for element in executable_part(diagram):
        if not str(element.tag).startswith(ZEEBE):
            continue
        tag = local(element)
        if tag not in READ_TAGS:
            yield not_read(element, tag)
        elif tag in READ_ATTRIBUTES:
            names = sorted(str(name) for name, value in element.attrib.items() if value)
            yield from (not_read(element, f"{tag} {n}") for n in names if n not in READ_ATTRIBUTES[tag])
