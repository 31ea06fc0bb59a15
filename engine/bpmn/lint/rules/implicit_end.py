from collections.abc import Iterator

from engine.bpmn.lint.diagram import ACTIVITIES, Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "أنشطة لا يتبعها شيء: ينتهي المسار عندها، وقد يكون ذلك سهواً.",
        "Activities that nothing follows: the path ends there, which may be a mistake.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        if not node.outgoing and node.tag in ACTIVITIES and not node.is_event_subprocess:
            yield Flaw(
                label(node.element),
                Text(
                    f"ينتهي المسار عند «{called(node)}» بلا حدث نهاية.",
                    f"The path ends at “{called(node)}” without an end event.",
                ),
                Text("أضف حدث نهاية باسم يقول ما النتيجة.", "Add an end event whose name says what came of it."),
            )
