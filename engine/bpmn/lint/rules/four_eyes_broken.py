from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node
from engine.bpmn.lint.ids import holds_answers
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.work import listed
from engine.text import Text


@rule(
    "error",
    Text(
        "خاصية not_done_by لا تسمي مهمة: لن تسري قاعدة العيون الأربع دون أن يلاحظ أحد.",
        "`not_done_by` that names no work item: the rule of four eyes would silently not hold.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    people = {node.id for node in diagram.nodes if _done_by_people(node)}
    for process in (known.processes or {}).values():
        people |= {node.id for scope in process.walk() for node in scope.nodes if _done_by_people(node)}
    for node in diagram.nodes:
        for other in listed(node.properties.get("not_done_by")):
            if other not in people or other == node.id:
                yield Flaw(
                    label(node.element),
                    Text(
                        f"«لا يقوم بها من أنجز»: العنصر «{other[:60]}» ليس مهمة معروفة، فلن تسري القاعدة.",
                        f"not_done_by: “{other[:60]}” is no known work item, so the rule would not hold.",
                    ),
                    Text("اكتب معرّف مهمة موجودة، أو حدث البدء لمن أبلغ.",
                         "Write the id of an existing work item, or of the start event for who reported."),
                )


def _done_by_people(node: Node) -> bool:
    """Whether somebody does it: work, an answer, or the report with which a process begins."""
    return holds_answers(node) or (node.tag == "startEvent" and node.scope.parent is None)
