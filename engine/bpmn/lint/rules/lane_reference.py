from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "مسارات تذكر عنصراً ليس في إجرائها.",
        "Lanes that name an element which is not in their process.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for process in diagram.processes:
        there = {node.id for scope in process.walk() for node in scope.nodes}
        for lane in process.element.iter(f"{BPMN}lane"):
            for reference in lane.findall(f"{BPMN}flowNodeRef"):
                named = (reference.text or "").strip()
                if named.rpartition(":")[2] not in there:
                    yield Flaw(
                        label(lane),
                        Text(
                            f"المسار يذكر «{named[:60]}»، ولا عنصر بهذا المعرّف في الإجراء.",
                            f"The lane names “{named[:60]}”; no element of the process has that id.",
                        ),
                        Text(
                            "ضع العنصر في المسار من جديد في المحرر، أو احذف flowNodeRef.",
                            "Put the element into the lane again in the editor, or remove the flowNodeRef.",
                        ),
                    )
