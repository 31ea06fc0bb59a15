from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called
from engine.bpmn.lint.outward import nobody_catches
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "أخطاء لا يلتقطها شيء حولها، فتتوقف الحالة.",
        "Errors that nothing around them catches, which would stop the case.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    yield from nobody_catches(
        diagram,
        known,
        "error",
        lambda node: Text(
            f"لا أحد يعالج الخطأ الذي يرميه «{called(node)}»: تتوقف الحالة عنده.",
            f"Nothing catches the error that “{called(node)}” throws: the case stops there.",
        ),
    )
