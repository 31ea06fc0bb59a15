from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.loops import JOBS, PEOPLE_AND_TIME, spinning, waits
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "حلقات لا ينتظر فيها عنصرٌ شخصاً أو وقتاً أو رسالة أو اتصالاً: ستدور بلا توقف.",
        "Loops in which no element waits for a person, a time, a message or a call: they would spin.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for scope in diagram.scopes:
        for node in spinning(scope, lambda node: waits(node, known, JOBS | PEOPLE_AND_TIME, frozenset()))[:1]:
            yield Flaw(
                label(node.element),
                Text(
                    f"حلقة عند «{called(node)}» لا تنتظر أحداً ولا وقتاً: ستدور بلا توقف.",
                    f"A loop at “{called(node)}” waits for nobody and no time: it would run away.",
                ),
                Text(
                    "ضع في الحلقة مهمة لشخص أو مؤقتاً أو رسالة.",
                    "Put a work item, a timer or a message into the loop.",
                ),
            )
