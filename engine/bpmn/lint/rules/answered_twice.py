from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node
from engine.bpmn.lint.ids import holds_answers
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.loops import in_a_loop
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "مهام يمكن أن تُجاب مرة أخرى، فتحل الإجابة الثانية محل الأولى دون أن يلاحظ أحد.",
        "Work items that can be answered again, so that the second answers would replace the first unnoticed.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for scope in diagram.scopes:
        repeated = in_a_loop(scope)
        for node in scope.nodes:
            collected = node.multi is not None and node.loop.get("outputCollection")
            again = node in repeated or node.multi is not None or _inside_repeated(node)
            if holds_answers(node) and again and not collected and not node.mappings("output"):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"يمكن أن تُجاب «{called(node)}» أكثر من مرة، ولم يُذكر أين تُحفظ الإجابات.",
                        f"“{called(node)}” can be answered again, and nothing says where its answers go.",
                    ),
                    Text(
                        "أضف خريطة مخرجات (zeebe:output)، مثل last_visit من ‎=visit‎",
                        "Add an output mapping (zeebe:output), such as last_visit from =visit",
                    ),
                )


def _inside_repeated(node: Node) -> bool:
    """Whether its container can run again in the same variables (items of a multi-instance are walls)."""
    host = node.scope.parent
    return host is not None and host.multi is None and host in in_a_loop(host.scope)
