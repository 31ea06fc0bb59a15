"""Messages by name: who waits for them, and who publishes them."""

from engine.bpmn.lint.calls import THROWING
from engine.bpmn.lint.diagram import BPMN, Diagram, Node
from engine.bpmn.lint.known import Known
from engine.bpmn.lint.outward import all_processes, root_of

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
    return frozenset(map(published, _everywhere(diagram, known)))


def all_waited_for(diagram: Diagram, known: Known) -> frozenset[str]:
    """The names of all messages that some process waits for."""
    return frozenset(map(awaited, _everywhere(diagram, known)))


def _everywhere(diagram: Diagram, known: Known) -> list[Node]:
    processes = all_processes(diagram, known).values()
    return [node for process in processes for scope in process.walk() for node in scope.nodes]
