from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.expressions import written
from engine.bpmn.lint.known import Flaw, Known
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "نصوص يجب أن تكون FEEL ولا تبدأ بعلامتها.",
        "Texts that must be FEEL and do not begin with its sign.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for found in written(diagram):
        if found.must and found.feel is None and "${" not in found.text:
            yield Flaw(
                found.element,
                Text(
                    f"«{found.text[:60]}» ({found.what}) ليس تعبير FEEL: لا يبدأ بعلامة =.",
                    f"“{found.text[:60]}” ({found.what}) is no FEEL expression: it does not begin with =.",
                ),
                Text("اكتب = قبل التعبير.", "Write = before the expression."),
            )
