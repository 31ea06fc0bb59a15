from collections.abc import Iterator

from engine.bpmn.lint.diagram import GATEWAYS, Diagram, Node
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "بوابات وأحداث لا يتبعها شيء: ما يصل إليها يضيع دون أن يعلم أحد.",
        "Gateways and events that nothing follows: a token that comes there is lost without anybody knowing.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        if not node.outgoing and (node.tag in GATEWAYS or _event_in_flow(node)):
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» لا يقود إلى شيء.",
                    f"“{called(node)}” leads nowhere.",
                ),
                Text("صِله بالعنصر التالي، أو بحدث نهاية.", "Connect it to what comes next, or to an end event."),
            )


def _event_in_flow(node: Node) -> bool:
    """Events that something must follow; a link that leads nowhere has a rule of its own."""
    waits = node.tag in {"startEvent", "intermediateCatchEvent", "boundaryEvent"}
    return waits or (node.tag == "intermediateThrowEvent" and not node.throws_link)
