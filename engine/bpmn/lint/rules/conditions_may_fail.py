from collections.abc import Iterator

from engine.bpmn.lint.diagram import ACTIVITIES, Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "أنشطة كل أسهمها مشروطة: إن لم يتحقق شرط ضاع المسار.",
        "Activities all of whose flows are conditional: where none holds, the path is lost.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        if (
            node.tag in ACTIVITIES
            and node.outgoing
            and node.default is None
            and all(flow.condition for flow in node.outgoing)
        ):
            yield Flaw(
                label(node.element),
                Text(
                    f"كل الأسهم الخارجة من «{called(node)}» مشروطة: إن لم يتحقق شرط ضاع المسار.",
                    f"Every flow out of “{called(node)}” is conditional: if none holds, the path is lost.",
                ),
                Text(
                    "ضع بعده بوابة حصرية لها سهم افتراضي.",
                    "Put an exclusive gateway with a default flow after it.",
                ),
            )
