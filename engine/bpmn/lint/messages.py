"""Messages by name: who waits for them, and who publishes them."""

from engine.bpmn.lint.calls import THROWING
from engine.bpmn.lint.diagram import BPMN, Diagram, Node
from engine.bpmn.lint.known import Known
from engine.bpmn.lint.once import once
from engine.bpmn.lint.outward import root_of
from engine.bpmn.lint.variables import nodes_in

PUBLISHING = "publish_message"


def awaited(node: Node) -> str:
    """The name of the message that an element waits for, "" if it waits for none."""
    if node.tag in THROWING or (node.tag != "receiveTask" and node.event != "message"):
        return ""
    holder = node.element if node.tag == "receiveTask" else node.definitions[0]
    reference = (holder.get("messageRef") or "").rpartition(":")[2]
    for found in root_of(node.element).iterchildren(f"{BPMN}message"):
        if reference and found.get("id") == reference:
            return (found.get("name") or "").strip()
    return ""


def published(node: Node) -> str:
    """The name of the message that a call publishes, "" if it publishes none."""
    return node.headers.get("message", "") if node.said("taskDefinition", "type") == PUBLISHING else ""


def all_published(diagram: Diagram, known: Known) -> frozenset[str]:
    """The names of all messages that some process publishes."""
    return _published(known) | frozenset(map(published, diagram.nodes))


def all_waited_for(diagram: Diagram, known: Known) -> frozenset[str]:
    """The names of all messages that some process waits for."""
    return _waited_for(known) | frozenset(map(awaited, diagram.nodes))


@once
def _published(known: Known) -> frozenset[str]:
    return frozenset(published(node) for process in (known.processes or {}).values() for node in nodes_in(process))


@once
def _waited_for(known: Known) -> frozenset[str]:
    return frozenset(awaited(node) for process in (known.processes or {}).values() for node in nodes_in(process))
