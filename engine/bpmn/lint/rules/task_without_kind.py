from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "مهام بلا نوع ومهام يدوية: يمر بها المحرك ولا يُسأل أحد.",
        "Plain and manual tasks: the engine walks through them, nobody is asked.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        if node.tag in {"task", "manualTask"}:
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» مهمة بلا نوع: يمر بها المحرك ولا تظهر لأحد.",
                    f"“{called(node)}” is a {node.tag}: the engine walks through it, nobody sees it.",
                ),
                Text(
                    "اجعلها مهمة مستخدم (user task) إن كان على شخص إنجازها.",
                    "Make it a user task if a person must do it.",
                ),
            )
