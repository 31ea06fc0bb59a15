from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called
from engine.bpmn.lint.outward import nobody_catches
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "تصعيد لا يلتقطه شيء حوله، فلا أثر له.",
        "Escalations that nothing around them catches, which would do nothing.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    yield from nobody_catches(
        diagram,
        known,
        "escalation",
        lambda node: Text(
            f"لا أحد يلتقط التصعيد الذي يرفعه «{called(node)}»: لا أثر له.",
            f"Nothing catches the escalation that “{called(node)}” throws: it does nothing.",
        ),
    )
