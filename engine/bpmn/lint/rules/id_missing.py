from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, FLOW_NODES, Diagram, local
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "عناصر وإجراءات بلا معرّف.",
        "Flow nodes and processes without an id.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for element in diagram.root.iter(f"{BPMN}*"):
        if (local(element) in FLOW_NODES or local(element) == "process") and not element.get("id"):
            yield Flaw(
                label(element),
                Text("عنصر بلا معرّف.", "An element without an id."),
                Text("أعطه معرّفاً في لوحة الخصائص.", "Give it an id in the properties panel."),
            )
