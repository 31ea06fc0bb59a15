from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.lint.work import work_items
from engine.text import Text

CHOOSE_GROUP = Text(
    "اذكر دوراً أو أكثر في candidateGroups، مثل case_manager.",
    "State one or more roles in candidateGroups, such as case_manager.",
)


@rule(
    "error",
    Text(
        "مهام لا تقوم بها أي مجموعة: لن يجدها أحد.",
        "Work items that no group may do: nobody would ever find them.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in work_items(diagram):
        if not node.said("assignmentDefinition", "candidateGroups"):
            yield Flaw(
                label(node.element),
                Text(
                    f"المهمة «{called(node)}» بلا مجموعة: لن تظهر في صندوق أحد.",
                    f"The work item “{called(node)}” has no group: it would be in nobody's worklist.",
                ),
                CHOOSE_GROUP,
            )
