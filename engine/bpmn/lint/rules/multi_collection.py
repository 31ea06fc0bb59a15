from collections.abc import Iterator

from engine.bpmn.bounds import ITEM_LIMIT
from engine.bpmn.lint.diagram import CONTAINERS, Diagram, Node
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.multi import multiple
from engine.bpmn.lint.rule import rule
from engine.feel import FeelError, compile
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


@rule(
    "error",
    Text(
        "أنشطة متعددة لا تقول بلغة FEEL على أي مجموعة تجري.",
        "Multi-instance activities that do not say over which collection they run, in FEEL.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in multiple(diagram):
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
        if _constant(node) > ITEM_LIMIT:
            yield Flaw(
                label(node.element),
                Text(
                    f"مجموعة «{called(node)}» أطول من {ITEM_LIMIT}.",
                    f"The collection of “{called(node)}” is longer than {ITEM_LIMIT}.",
                ),
                Text("قسّمها إلى مجموعات أقصر.", "Divide it into shorter collections."),
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


def _constant(node: Node) -> int:
    """How long its collection is, where that is written out; 0 where data decide."""
    text = (node.loop.get("inputCollection") or "").strip()
    try:
        program = compile(text.removeprefix("="))
        found = program({}) if not program.names else None
    except FeelError:
        return 0
    return len(found) if isinstance(found, list) else 0
