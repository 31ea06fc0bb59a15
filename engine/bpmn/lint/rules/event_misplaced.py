from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram, Node
from engine.bpmn.lint.elements import UNSUPPORTED
from engine.bpmn.lint.events import RUNS
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "أنواع من الأحداث لا يشغّلها المحرك في ذلك الموضع.",
        "Kinds of event that the engine does not run in that place.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in diagram.nodes:
        allowed = RUNS.get(_place(node))
        if allowed is None:
            continue
        if len(node.definitions) > 1:
            yield Flaw(
                label(node.element),
                Text("حدث واحد ينتظر أكثر من شيء.", "One event with several triggers."),
                Text("ارسم حدثاً لكل منها.", "Draw one event for each."),
            )
        elif node.event not in allowed and f"{node.event}EventDefinition" not in UNSUPPORTED:
            yield _misplaced(node, allowed)


def _place(node: Node) -> str:
    if node.tag == "startEvent":
        return "event_start" if node.scope.is_event_subprocess else "start"
    return node.tag


def _misplaced(node: Node, allowed: frozenset[str]) -> Flaw:
    kinds = ", ".join(kind or "none" for kind in sorted(allowed))
    return Flaw(
        label(node.element),
        Text(
            f"الحدث «{called(node)}» من نوع ({node.event or 'none'}) لا يعمل في هذا الموضع.",
            f"The event “{called(node)}” of kind ({node.event or 'none'}) does not run in this place.",
        ),
        Text(f"الأنواع الممكنة هنا: {kinds}.", f"Kinds that run here: {kinds}."),
    )
