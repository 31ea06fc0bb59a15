from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "أحداث حدّية غير ملتصقة بشيء، أو ملتصقة بما لا يقطعه حدث.",
        "Boundary events attached to nothing, or to something that no event can interrupt.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    hosted = {event for node in diagram.nodes for event in node.boundary}
    for node in diagram.nodes:
        if node.tag == "boundaryEvent" and node not in hosted:
            yield Flaw(
                label(node.element),
                Text("حدث غير ملتصق بأي عنصر.", "A boundary event attached to nothing."),
                Text("ضعه على حدّ مهمة أو إجراء فرعي.", "Put it on the border of a task or a sub-process."),
            )
        if node.boundary and node.is_event_subprocess:
            yield Flaw(
                label(node.element),
                Text("حدث ملتصق بإجراء فرعي حدثي.", "An event attached to an event sub-process."),
                Text("ضعه على حدّ نشاط داخله.", "Put it on the border of an activity inside."),
            )
        if node.boundary and (node.tag.endswith("Event") or node.tag.endswith("Gateway")):
            yield Flaw(
                label(node.element),
                Text("حدث ملتصق بحدث أو ببوابة.", "An event attached to an event or gateway."),
                Text("ضعه على حدّ مهمة أو إجراء فرعي.", "Put it on the border of a task or a sub-process."),
            )
