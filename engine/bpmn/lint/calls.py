"""Calls: decisions, scripts, jobs and other processes, each fully said and within the powers of a diagram."""

from engine.bpmn.lint.diagram import Diagram, Node, Scope

JOBS = frozenset({"serviceTask", "sendTask"})
THROWING = frozenset({"intermediateThrowEvent", "endEvent"})


def jobs_of(diagram: Diagram) -> list[Node]:
    """Service and send tasks, and events that throw a message: what asks the outside for something."""
    return [node for node in diagram.nodes if node.tag in JOBS or (node.tag in THROWING and node.event == "message")]


def nodes_of(diagram: Diagram, *tags: str) -> list[Node]:
    """The nodes of some tags."""
    return [node for node in diagram.nodes if node.tag in tags]


def calls_of(process: Scope) -> set[str]:
    """The processes that a process calls directly."""
    nodes = [node for scope in process.walk() for node in scope.nodes if node.tag == "callActivity"]
    return {node.said("calledElement", "processId") or "" for node in nodes} - {""}
