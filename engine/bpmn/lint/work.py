"""Work items: who may do them, in which form, until when, and where their answers go."""

from engine.bpmn.lint.diagram import Diagram, Node


def work_items(diagram: Diagram) -> list[Node]:
    """The work items."""
    return [node for node in diagram.nodes if node.tag == "userTask"]


def listed(text: str | None) -> list[str]:
    """The words of a text with commas."""
    return [word.strip() for word in (text or "").split(",") if word.strip()]


def static_groups(node: Node) -> list[str]:
    """The groups that a node names outright, not by an expression."""
    text = node.said("assignmentDefinition", "candidateGroups") or ""
    return [] if text.startswith("=") else listed(text)
