from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.work import work_items
from engine.text import Text


@rule(
    "error",
    Text(
        "مهام بلا نموذج: لا شيء يُجاب عنه.",
        "Work items without a form: nothing could be answered.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in work_items(diagram):
        if not node.said("formDefinition", "formId"):
            yield Flaw(
                label(node.element),
                Text(
                    f"المهمة «{called(node)}» بلا نموذج.",
                    f"The work item “{called(node)}” has no form.",
                ),
                Text("اختر نموذجاً (formId) من مجلد النماذج.", "Choose a form (formId) from the forms folder."),
            )
