"""Multi-instance: over which collection, under which name, and where the results go."""

from engine.bpmn.lint.diagram import Diagram, Node


def multiple(diagram: Diagram) -> list[Node]:
    """The multi-instance activities."""
    return [node for node in diagram.nodes if node.multi is not None]
