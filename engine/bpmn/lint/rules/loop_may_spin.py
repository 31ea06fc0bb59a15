from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.loops import JOBS, PEOPLE_AND_TIME, spinning, waits
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "حلقات لا ينتظر فيها إلا نشاط متعدد: حين تكون قائمته فارغة تدور بلا توقف.",
        "Loops in which only a multi-instance waits: while its list is empty they would run away.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    def surely(node: Node) -> bool:
        return node.multi is None and maybe(node)

    def maybe(node: Node) -> bool:
        return waits(node, known, JOBS | PEOPLE_AND_TIME, frozenset())

    for scope in diagram.scopes:
        many = [node for node in spinning(scope, surely) if node.multi is not None]
        if many and not spinning(scope, maybe):
            yield Flaw(
                label(many[0].element),
                Text(
                    f"لا ينتظر في الحلقة إلا «{called(many[0])}»، وقد تكون قائمته فارغة: ستدور بلا توقف.",
                    f"Only “{called(many[0])}” waits in its loop, and its list may be empty: it would run away.",
                ),
                Text(
                    "ضع في الحلقة مؤقتاً أو مهمة لشخص، أو بوابة تتجاوزها حين تفرغ القائمة.",
                    "Put a timer or a work item into the loop, or a gateway that leaves it when the list is empty.",
                ),
            )
