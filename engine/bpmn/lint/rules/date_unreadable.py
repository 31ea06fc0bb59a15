from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.events import is_duration, static_time
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "مواعيد استحقاق ومتابعة ليست FEEL ولا تاريخاً أو مدة بصيغة ISO 8601.",
        "Due and follow-up dates that are neither FEEL nor an ISO 8601 date or duration.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        for attribute in ("dueDate", "followUpDate"):
            text = node.said("taskSchedule", attribute) or ""
            if text and not text.startswith("=") and not static_time("timeDate", text) and not is_duration(text):
                yield Flaw(
                    label(node.element),
                    Text(
                        f"الموعد «{text[:60]}» لا يُقرأ.",
                        f"The date “{text[:60]}” cannot be read.",
                    ),
                    Text(
                        "اكتب تعبير FEEL مثل ‎=due(opened_at, case.limits.plan, case.limits.basis)‎",
                        "Write FEEL, such as =due(opened_at, case.limits.plan, case.limits.basis)",
                    ),
                )
