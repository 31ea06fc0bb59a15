"""Multi-instance: over which collection, under which name, and where the results go."""

from collections.abc import Iterator

from engine.bpmn.dialect import MOST_ROUNDS
from engine.bpmn.lint.diagram import ACTIVITIES, BPMN, CONTAINERS, Diagram, Node
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.loops import JOBS, PEOPLE_AND_TIME, waits
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


def markers(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    """Loop markers that say neither how long nor how often, that could spin, or that stand where nothing repeats."""
    for node in (node for node in diagram.nodes if node.marker is not None):
        assert node.marker is not None
        most = (node.marker.get("loopMaximum") or "").strip()
        asks = bool((node.marker.findtext(f"{BPMN}loopCondition") or "").strip())
        if most and not (most.isdecimal() and 0 < int(most[:9]) <= MOST_ROUNDS):
            yield _marker(node, Text(
                f"أكثر عدد للمرات «{most[:40]}» ليس رقماً بين 1 و{MOST_ROUNDS}.",
                f"The loopMaximum “{most[:40]}” is no number from 1 to {MOST_ROUNDS}."))
        elif not most and not asks:
            yield _marker(node, Text(
                f"«{called(node)}» يتكرر بلا شرط ولا عدد أقصى.",
                f"“{called(node)}” repeats without a condition and without a maximum."))
        elif not most and not waits(node, known, JOBS | PEOPLE_AND_TIME, frozenset()):
            yield _marker(node, Text(
                f"«{called(node)}» يتكرر بلا أن ينتظر أحداً أو وقتاً، وليس له عدد أقصى.",
                f"“{called(node)}” repeats without waiting for anybody or any time, and has no maximum."))
        if node.multi is not None or node.tag not in ACTIVITIES or node.is_event_subprocess:
            yield _marker(node, Text("لا مكان هنا لعلامة التكرار.", "A loop marker has no place here."))


def _marker(node: Node, what: Text) -> Flaw:
    return Flaw(label(node.element), what, Text(
        "اكتب loopCondition بلغة FEEL، و loopMaximum عدداً حتى 1000.",
        "State a loopCondition in FEEL, and a loopMaximum of up to 1000."))


def _repeated(diagram: Diagram) -> list[Node]:
    return [node for node in diagram.nodes if node.multi is not None]
