from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, Diagram, Node, local
from engine.bpmn.lint.known import Flaw, Known, label
from engine.bpmn.lint.rule import rule
from engine.bpmn.times import is_readable
from engine.text import Text


@rule(
    "error",
    Text(
        "مؤقتات لا تذكر وقتاً، أو تذكر ما ليس ISO 8601 ولا FEEL.",
        "Timers that say no time, or one that is neither ISO 8601 nor FEEL.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in (node for node in diagram.nodes if node.event == "timer"):
        kinds = [child for child in node.definitions[0] if str(child.tag).startswith(f"{BPMN}time")]
        text = (kinds[0].text or "").strip() if kinds else ""
        kind = local(kinds[0]) if kinds else ""
        if len(kinds) != 1 or not text:
            yield _timer(node, Text("مؤقت بلا وقت.", "A timer without a time."))
        elif not text.startswith("=") and not is_readable(kind, text):
            yield _timer(node, Text(f"الوقت «{text[:60]}» لا يُقرأ.", f"The time “{text[:60]}” cannot be read."))
        elif kind == "timeCycle" and node.interrupting and node.tag != "intermediateCatchEvent" and not _once(text):
            yield _timer(
                node,
                Text("مؤقت متكرر على حدث قاطع: لن يتكرر.", "A repeating timer on an interrupting event."),
            )


def _once(text: str) -> bool:
    return text.startswith(("=", "R1/"))


def _timer(node: Node, what: Text) -> Flaw:
    return Flaw(
        label(node.element),
        what,
        Text(
            "اكتب مدة مثل PT48H، أو تكراراً مثل R3/P1D، أو تعبير FEEL مثل ‎=case.limits.plan‎",
            "Write a duration such as PT48H, a cycle such as R3/P1D, or FEEL such as =case.limits.plan",
        ),
    )
