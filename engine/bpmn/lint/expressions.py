"""Every FEEL expression of a diagram: present where one is demanded, and readable."""

from collections.abc import Iterator
from typing import NamedTuple

from engine.bpmn.lint.diagram import BPMN, Diagram, Node, extensions, local
from engine.bpmn.lint.known import label
from engine.bpmn.lint.once import once


class Written(NamedTuple):
    """An expression as it was written: on which element, what for, and whether it must be FEEL."""

    element: str
    node: Node | None
    what: str
    text: str
    must: bool

    @property
    def feel(self) -> str | None:
        """The FEEL text without its sign; None if it is static."""
        return self.text[1:] if self.text.startswith("=") else None


@once
def written(diagram: Diagram) -> list[Written]:
    """Every place of a diagram where an expression may stand, if something stands there."""
    return [found for found in _all(diagram) if found.text]


def _all(diagram: Diagram) -> Iterator[Written]:
    for flow in diagram.flows:
        yield Written(label(flow.element), flow.source, "condition", flow.condition or "", True)
    for node in diagram.nodes:
        yield from _of_node(node)
        yield from _of_loop(node)
        yield from _of_event(node, diagram)


def _of_node(node: Node) -> Iterator[Written]:
    own = label(node.element)
    for side in ("input", "output"):
        for target, source in node.mappings(side):
            yield Written(own, node, f"{side} {target[:60]}", source.strip(), False)
    for tag, attribute in (
        ("assignmentDefinition", "assignee"),
        ("assignmentDefinition", "candidateGroups"),
        ("taskSchedule", "dueDate"),
        ("taskSchedule", "followUpDate"),
        ("priorityDefinition", "priority"),
        ("script", "expression"),
    ):
        yield Written(own, node, attribute, node.said(tag, attribute) or "", False)
    for name, value in node.properties.items():
        yield Written(own, node, name[:60], value.strip(), False)


def _of_loop(node: Node) -> Iterator[Written]:
    if node.marker is not None:
        condition = (node.marker.findtext(f"{BPMN}loopCondition") or "").strip()
        yield Written(label(node.element), node, "loopCondition", condition, True)
    if node.multi is None:
        return
    own, enough = label(node.element), node.multi.find(f"{BPMN}completionCondition")
    yield Written(own, node, "inputCollection", (node.loop.get("inputCollection") or "").strip(), True)
    yield Written(own, node, "outputElement", (node.loop.get("outputElement") or "").strip(), True)
    yield Written(own, node, "completionCondition", (enough.text or "").strip() if enough is not None else "", True)


def _of_event(node: Node, diagram: Diagram) -> Iterator[Written]:
    own = label(node.element)
    for definition in node.definitions:
        for child in definition:
            if str(child.tag).startswith(f"{BPMN}time"):
                yield Written(own, node, local(child), (child.text or "").strip(), False)
            elif child.tag == f"{BPMN}condition":
                yield Written(own, node, "condition", (child.text or "").strip(), True)
    for holder in (*node.definitions, node.element):
        message = diagram.referred(holder, "messageRef", "message")
        for subscription in extensions(message) if message is not None else ():
            yield Written(own, node, "correlationKey", (subscription.get("correlationKey") or "").strip(), True)
