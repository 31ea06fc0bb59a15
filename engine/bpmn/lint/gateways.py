"""Gateways and the conditions of their flows: every decision says when each way is taken."""

from engine.bpmn.lint.diagram import Diagram, Node
from engine.bpmn.lint.ways import Ways, ways_out

DECIDING = frozenset({"exclusiveGateway", "inclusiveGateway"})


def deciding_gateways(diagram: Diagram) -> list[Node]:
    """Gateways that ask conditions and have a choice."""
    return [node for node in diagram.nodes if node.tag in DECIDING and len(node.outgoing) > 1]


def ways_of(node: Node) -> Ways | None:
    """Whether the conditions out of a gateway leave a value without a way; None where a default or a flow whose
    condition is missing makes it another rule's matter."""
    texts = [flow.condition or "" for flow in node.outgoing]
    if node.default is not None or not all(text.startswith("=") for text in texts):
        return None
    return ways_out([text[1:] for text in texts])
