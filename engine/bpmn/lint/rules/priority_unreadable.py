from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "أولويات ليست FEEL ولا عدداً من 0 إلى 100.",
        "Priorities that are neither FEEL nor a number from 0 to 100.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        text = node.said("priorityDefinition", "priority") or ""
        if text and not text.startswith("=") and not (text.isascii() and text.isdigit() and int(text[:9]) <= 100):
            yield Flaw(
                label(node.element),
                Text(
                    f"الأولوية «{text[:30]}» ليست عدداً من 0 إلى 100.",
                    f"The priority “{text[:30]}” is no number from 0 to 100.",
                ),
                Text("اكتب عدداً أو تعبير FEEL.", "Write a number, or FEEL."),
            )
