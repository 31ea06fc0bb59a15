from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.gateways import deciding_gateways
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "أسهم من بوابة تقرر، ليس عليها شرط وليست السهم الافتراضي.",
        "Flows out of a deciding gateway that have neither a condition nor are its default.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in deciding_gateways(diagram):
        for flow in node.outgoing:
            if not flow.condition and flow.id != node.default:
                yield Flaw(
                    label(flow.element),
                    Text(
                        f"سهم من البوابة «{called(node)}» بلا شرط وليس هو الافتراضي.",
                        f"A flow out of “{called(node)}” has no condition and is not its default.",
                    ),
                    Text(
                        'اكتب شرطاً مثل ‎=review.decision = "approve"‎ أو اجعله السهم الافتراضي.',
                        'Write a condition such as =review.result = "approve", or make it the default.',
                    ),
                )
