from collections.abc import Iterator

from engine.bpmn.lint.diagram import ACTIVITIES, Diagram, Flow, Node
from engine.bpmn.lint.gateways import DECIDING
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "شروط حيث لا يسأل أحد: على أسهم تخرج من بوابات متوازية أو بوابات أحداث أو من أحداث.",
        "Conditions where nobody asks: on flows out of parallel and event gateways and out of events.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        if node.tag not in DECIDING and node.tag not in ACTIVITIES:
            yield from (_ignored(flow, node) for flow in node.outgoing if flow.condition)
        elif node.tag in DECIDING and len(node.outgoing) == 1 and node.outgoing[0].condition:
            yield _lonely(node.outgoing[0], node)


def _ignored(flow: Flow, node: Node) -> Flaw:
    return Flaw(
        label(flow.element),
        Text(
            f"شرط على سهم يخرج من «{called(node)}»، وهو عنصر لا يسأل عن شروط: سيُتجاهل.",
            f"A condition on a flow out of “{called(node)}”, which asks for none: it would be ignored.",
        ),
        Text(
            "استخدم بوابة حصرية أو شاملة، أو احذف الشرط.",
            "Use an exclusive or inclusive gateway, or remove the condition.",
        ),
    )


def _lonely(flow: Flow, node: Node) -> Flaw:
    return Flaw(
        label(flow.element),
        Text(
            f"السهم الوحيد الخارج من «{called(node)}» مشروط: إن لم يتحقق الشرط توقفت الحالة.",
            f"The only flow out of “{called(node)}” is conditional: if it fails, the case stands still.",
        ),
        Text("أضف طريقاً آخر أو احذف الشرط.", "Add another way, or remove the condition."),
    )
