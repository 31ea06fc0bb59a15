from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.loops import JOBS, PEOPLE_AND_TIME, spinning, waits
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "حلقات ليس فيها إلا اتصالات بالخارج، بلا شخص ولا وقت بينها.",
        "Loops in which only calls are made, with no person and no time between them.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for scope in diagram.scopes:
        if spinning(scope, lambda node: waits(node, known, JOBS | PEOPLE_AND_TIME, frozenset())):
            continue
        for node in spinning(scope, lambda node: waits(node, known, PEOPLE_AND_TIME, frozenset()))[:1]:
            yield Flaw(
                label(node.element),
                Text(
                    f"حلقة عند «{called(node)}» ليس فيها إلا اتصالات بالخارج: قد ترسل مرات كثيرة متتالية.",
                    f"A loop at “{called(node)}” holds only calls: it may send many times in a row.",
                ),
                Text("ضع في الحلقة مؤقتاً أو مهمة لشخص.", "Put a timer or a work item into the loop."),
            )
