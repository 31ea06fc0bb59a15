from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "مستويات بلا حدث بداية: تبدأ بكل ما لا يصل إليه سهم.",
        "Levels without a start event: they begin with everything that no flow leads to.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for scope in diagram.scopes:
        for node in scope.begins if not scope.starts else ():
            yield Flaw(
                label(node.element),
                Text(
                    f"لا يوجد حدث بداية: يبدأ المسار من «{called(node)}» لأن لا سهم يصل إليه.",
                    f"There is no start event: the path begins at “{called(node)}”, since no flow leads to it.",
                ),
                Text("أضف حدث بداية وصِله به.", "Add a start event and connect it."),
            )
