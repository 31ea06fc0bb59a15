from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.variables import forms_of
from engine.text import Text


@rule(
    "error",
    Text(
        "نماذج غير موجودة.",
        "Forms that do not exist.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    if known.forms is None:
        return
    for node in diagram.nodes:
        for form in forms_of(node):
            if form not in known.forms:
                yield Flaw(
                    label(node.element),
                    Text(
                        f"النموذج «{form[:60]}» غير موجود.",
                        f"The form “{form[:60]}” does not exist.",
                    ),
                    Text(
                        "صحّح المعرّف أو أضف النموذج إلى مجلد النماذج.",
                        "Correct the id, or add the form to the folder.",
                    ),
                )
