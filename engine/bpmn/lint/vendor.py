"""What other engines read and ours does not: every such setting would silently do nothing."""

from collections.abc import Iterator

from lxml import etree

from engine.bpmn.lint.diagram import BPMN, FLOW_NODES, Diagram, local
from engine.bpmn.lint.known import Flaw, label
from engine.text import Text

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
"""The elements of our dialect that the engine reads."""


def executable_part(diagram: Diagram) -> Iterator[etree._Element]:
    """Every element of a file that means something when it runs."""
    running = [process.element for process in diagram.processes]
    for child in diagram.root:
        if str(child.tag).startswith(BPMN) and (local(child) != "process" or child in running):
            yield from child.iter("*")


def owner_of(element: etree._Element) -> etree._Element:
    """The nearest element around with an id of its own that a modeller can point at."""
    while element.get("id") is None or (local(element) not in FLOW_NODES and not str(element.tag).startswith(BPMN)):
        parent = element.getparent()
        if parent is None:
            return element
        element = parent
    return element


def not_read(element: etree._Element, what: str) -> Flaw:
    """A setting that would be ignored."""
    return Flaw(
        label(owner_of(element)),
        Text(
            f"الإعداد zeebe:{what[:60]} لا يقرؤه المحرك، وسيُتجاهل.",
            f"zeebe:{what[:60]} is not read by the engine and would be ignored.",
        ),
        Text("احذفه، أو عبّر عنه بما يقرؤه المحرك.", "Remove it, or say it with what the engine reads."),
    )
