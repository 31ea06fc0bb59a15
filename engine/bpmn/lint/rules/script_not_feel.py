from collections.abc import Iterator

from engine.bpmn.lint.calls import nodes_of
from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "مهام نصية بلا تعبير FEEL أو بلا متغير لنتيجتها.",
        "Script tasks without a FEEL expression or a variable for its result.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in nodes_of(diagram, "scriptTask"):
        expression = node.said("script", "expression")
        if not (expression or "").startswith("="):
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}»: لا يوجد تعبير FEEL يبدأ بعلامة =.",
                    f"“{called(node)}” has no FEEL expression that begins with =.",
                ),
                Text(
                    "اكتب تعبير FEEL في zeebe:script، مثل ‎=visits + 1‎",
                    "Write FEEL in zeebe:script, such as =visits + 1",
                ),
            )
        if not node.said("script", "resultVariable"):
            yield Flaw(
                label(node.element),
                Text(
                    f"نتيجة «{called(node)}» لا تُحفظ في متغير.",
                    f"“{called(node)}” keeps its result nowhere.",
                ),
                Text("اذكر متغير النتيجة (resultVariable).", "State the result variable (resultVariable)."),
            )
