from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node, local
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "إعدادات نموذج أو تكليف أو استدعاء على عنصر لا يقرؤها، فتُتجاهل.",
        "Form and assignment settings on elements that show nothing to anybody, which would be ignored.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        for tag in ("formDefinition", "assignmentDefinition", "taskSchedule", "priorityDefinition"):
            if node.tag != "userTask" and node.extension(tag) is not None:
                yield _ignored(node, tag)
        for tag, owner in (
            ("script", "scriptTask"),
            ("calledDecision", "businessRuleTask"),
            ("calledElement", "callActivity"),
        ):
            if node.tag != owner and node.extension(tag) is not None:
                yield _ignored(node, tag)


def _ignored(node: Node, tag: str) -> Flaw:
    return Flaw(
        label(node.element),
        Text(
            f"الإعداد {tag} على «{called(node)}» ({local(node.element)}) سيُتجاهل.",
            f"The setting {tag} of “{called(node)}” ({local(node.element)}) would be ignored.",
        ),
        Text("انقله إلى العنصر المناسب أو احذفه.", "Move it to the element it belongs to, or remove it."),
    )
