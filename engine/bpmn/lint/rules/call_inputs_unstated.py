from collections.abc import Iterator

from engine.bpmn.lint.calls import nodes_of
from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "استدعاءات تسلّم كل المتغيرات بدل أن تذكر مدخلاتها.",
        "Calls that hand over every variable instead of stating their inputs.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in nodes_of(diagram, "callActivity"):
        if node.said("calledElement", "propagateAllParentVariables") != "false":
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» يمرر كل المتغيرات إلى الإجراء المستدعى.",
                    f"“{called(node)}” hands every variable to the process it calls.",
                ),
                Text(
                    "اجعل propagateAllParentVariables=false واذكر المدخلات واحداً واحداً.",
                    "Set propagateAllParentVariables=false and state its inputs one by one.",
                ),
            )
