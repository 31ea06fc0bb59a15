from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "أحداث خطأ تنتهي بلا رمز، وأحداث خطأ حدّية تزعم أنها لا تقطع.",
        "Error events that end with no code, and error boundaries that claim not to interrupt.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in (node for node in diagram.nodes if node.event == "error"):
        found = diagram.referred(node.definitions[0], "errorRef", "error")
        if found is not None and (found.get("errorCode") or "").strip().startswith("="):
            yield Flaw(
                label(node.element),
                Text("رمز الخطأ تعبير، والرموز تُكتب صريحة.", "The code is an expression; codes are written out."),
                Text(
                    "اكتب الرمز نصاً، وارسم لكل رمز حدثاً بعد بوابة.",
                    "Write the code as text; draw an event for each code behind a gateway.",
                ),
            )
        if node.tag == "endEvent" and (found is None or not found.get("errorCode")):
            yield Flaw(
                label(node.element),
                Text("حدث خطأ بلا رمز.", "An error event without a code."),
                Text("اختر خطأ له رمز (errorCode).", "Choose an error that has a code (errorCode)."),
            )
        if node.definitions[0].get("errorRef") and found is None:
            yield Flaw(
                label(node.element),
                Text("حدث يشير إلى خطأ غير معرّف.", "An event that names an undefined error."),
                Text("اختر خطأ معرّفاً أو أنشئه.", "Choose a defined error, or create it."),
            )
        if node.tag in {"boundaryEvent", "startEvent"} and not node.interrupting:
            yield Flaw(
                label(node.element),
                Text(
                    "حدث خطأ لا يقطع، والخطأ يقطع دائماً.",
                    "An error event that does not interrupt; errors always do.",
                ),
                Text("اجعله قاطعاً.", "Make it interrupting."),
            )
