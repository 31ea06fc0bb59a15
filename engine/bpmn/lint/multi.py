"""Multi-instance: over which collection, under which name, and where the results go."""

from collections.abc import Iterator

from engine.bpmn.lint.diagram import BPMN, CONTAINERS, Diagram, Node
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.text import Text

REPEATABLE = (
    frozenset(
        {
            "userTask",
            "serviceTask",
            "sendTask",
            "receiveTask",
            "scriptTask",
            "businessRuleTask",
            "callActivity",
        }
    )
    | CONTAINERS
)


def collections(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Multi-instance activities that do not say over which collection they run, in FEEL."""
    del known
    for node in _repeated(diagram):
        if not (node.loop.get("inputCollection") or "").strip().startswith("="):
            yield Flaw(
                label(node.element),
                Text(
                    f"«{called(node)}» متعددة، ولم تُذكر مجموعتها بتعبير FEEL.",
                    f"“{called(node)}” is multi-instance and states no collection in FEEL.",
                ),
                Text(
                    "اذكر inputCollection، مثل ‎=plan.services‎",
                    "State its inputCollection, such as =plan.services",
                ),
            )
        if bool(node.loop.get("outputCollection")) != bool(node.loop.get("outputElement")):
            yield Flaw(
                label(node.element),
                Text(
                    "لنتائج التكرار يلزم الأمران: outputCollection و outputElement.",
                    "Results need both: outputCollection and outputElement.",
                ),
                Text("اذكر الأمرين أو احذفهما.", "State both, or neither."),
            )
        if node.tag not in REPEATABLE or node.is_event_subprocess:
            yield Flaw(
                label(node.element),
                Text("هذا العنصر لا يتعدد.", "This element cannot be multi-instance."),
                Text("ضعه في إجراء فرعي متعدد.", "Put it into a multi-instance sub-process."),
            )


def lost_results(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Multi-instance over mappings that leave the items: an item is a wall, they would be lost (warning)."""
    del known
    for node in _repeated(diagram):
        if node.mappings("output") and not node.loop.get("outputCollection"):
            yield Flaw(
                label(node.element),
                Text(
                    f"مخرجات «{called(node)}» لا تغادر التكرار: كل عنصر منه معزول.",
                    f"The outputs of “{called(node)}” do not leave its items: each item is a wall.",
                ),
                Text(
                    "اجمع النتائج بـ outputCollection و outputElement.",
                    "Collect the results with outputCollection and outputElement.",
                ),
            )


def completion(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Completion conditions that are not FEEL."""
    del known
    for node in _repeated(diagram):
        found = node.multi.find(f"{BPMN}completionCondition") if node.multi is not None else None
        text = (found.text or "").strip() if found is not None else ""
        if text and not text.startswith("="):
            yield Flaw(
                label(node.element),
                Text(
                    "شرط الاكتفاء ليس تعبير FEEL يبدأ بـ =.",
                    "The completion condition is no FEEL expression that begins with =.",
                ),
                Text("اكتبه بعد علامة =.", "Write it after an = sign."),
            )


def _repeated(diagram: Diagram) -> list[Node]:
    return [node for node in diagram.nodes if node.multi is not None]
