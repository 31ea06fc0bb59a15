"""Gateways and the conditions of their flows: every decision says when each way is taken."""

from engine.bpmn.lint.diagram import Diagram, Node

DECIDING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def deciding_gateways(diagram: Diagram) -> list[Node]:
    """Gateways that ask conditions and have a choice."""
    return [node for node in diagram.nodes if node.tag in DECIDING and len(node.outgoing) > 1]
