from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node, local
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.outward import events_of
from engine.bpmn.lint.rule import rule
from engine.feel import FeelError, compile
from engine.text import Text

CLOCK = frozenset({"opened_at"})


@rule(
    "error",
    Text(
        "أحداث شرط بلا شرط، أو بشرط لا تغيره أي خطوة لأنه لا يقرأ متغيراً.",
        "Conditional events without a condition, or with one that no move can change: it reads no variable.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in events_of(diagram, "conditional"):
        text = "".join((child.text or "").strip() for child in node.definitions[0] if local(child) == "condition")
        if not text:
            yield _condition(node, Text(f"«{called(node)}» بلا شرط.", f"“{called(node)}” has no condition."))
            continue
        try:
            read = compile(text.removeprefix("=")).names
        except FeelError:
            continue
        if not read - CLOCK:
            yield _condition(
                node,
                Text(
                    f"شرط «{called(node)}» لا يقرأ متغيراً، وهو يُسأل بعد كل خطوة لا بمرور الوقت.",
                    f"“{called(node)}” reads no variable; a condition is asked after each move, not as time passes.",
                ),
            )


def _condition(node: Node, what: Text) -> Flaw:
    return Flaw(
        label(node.element),
        what,
        Text(
            'اكتب شرطاً مثل ‎=risk_level = "high"‎؛ وللوقت استخدم مؤقتاً.',
            'Write a condition such as =risk_level = "high"; for time use a timer.',
        ),
    )
