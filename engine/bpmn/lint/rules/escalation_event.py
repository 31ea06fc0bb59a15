from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.outward import THROWING, events_of
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "تصعيد بلا رمز، أو يسمي تصعيداً غير معرّف؛ أو حدثان يلتقطان التصعيد نفسه.",
        "Escalations thrown without a code, or that name an escalation which is not defined; two that catch the same.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in events_of(diagram, "escalation"):
        found = diagram.referred(node.definitions[0], "escalationRef", "escalation")
        if found is not None and (found.get("escalationCode") or "").strip().startswith("="):
            yield Flaw(
                label(node.element),
                Text("رمز التصعيد تعبير، والرموز تُكتب صريحة.", "The code is an expression; codes are written out."),
                Text(
                    "اكتب الرمز نصاً، وارسم لكل رمز حدثاً بعد بوابة.",
                    "Write the code as text; draw an event for each code behind a gateway.",
                ),
            )
        referred = bool(node.definitions[0].get("escalationRef"))
        coded = found is not None and bool(found.get("escalationCode"))
        if (node.tag in THROWING and not coded) or (referred and found is None):
            yield Flaw(
                label(node.element),
                Text(f"«{called(node)}» بلا رمز تصعيد معرّف.", f"“{called(node)}” has no escalation with a code."),
                Text("اختر تصعيداً له رمز (escalationCode).", "Choose an escalation that has a code (escalationCode)."),
            )
    for node in diagram.nodes:
        codes = [e.definitions[0].get("escalationRef") for e in node.boundary if e.event == "escalation"]
        if len(codes) != len(set(codes)):
            yield Flaw(
                label(node.element),
                Text("حدثا تصعيد للرمز نفسه على عنصر واحد.", "Two escalation events for the same code on one element."),
                Text("أبقِ واحداً منهما.", "Keep one of them."),
            )
