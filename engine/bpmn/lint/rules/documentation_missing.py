from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, EVENTS, Diagram, Node
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "hint",
    Text(
        "عناصر بلا شرح (documentation) في إجراء شُرحت عناصره الأخرى.",
        "Elements without documentation in a process whose other elements have some.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    told = [node for node in diagram.nodes if node.tag not in EVENTS or node.definitions]
    if not any(_documented(node) for node in told):
        return
    for node in (node for node in told if not _documented(node)):
        yield Flaw(
            label(node.element),
            Text(f"«{called(node)}» بلا شرح.", f"“{called(node)}” has no documentation."),
            Text(
                "اكتب في documentation من يقوم بها ولماذا، وبالإنكليزية في documentation_en.",
                "Write who does it and why as its documentation; in English as documentation_en.",
            ),
        )


def _documented(node: Node) -> bool:
    return bool((node.element.findtext(f"{BPMN}documentation") or "").strip())
