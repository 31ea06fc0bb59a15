from collections.abc import Iterator

from engine.bpmn.bounds import ITEM_LIMIT
from engine.bpmn.lint.diagram import ACTIVITIES, BPMN, Diagram, Node
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.loops import JOBS, PEOPLE_AND_TIME, waits
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "علامات تكرار لا تقول إلى متى ولا كم مرة، أو قد تدور بلا توقف، أو حيث لا يتكرر شيء.",
        "Loop markers that say neither how long nor how often, that could spin, or that stand where nothing repeats.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for node in (node for node in diagram.nodes if node.marker is not None):
        assert node.marker is not None
        most = (node.marker.get("loopMaximum") or "").strip()
        asks = bool((node.marker.findtext(f"{BPMN}loopCondition") or "").strip())
        if most and not (most.isdecimal() and 0 < int(most[:9]) <= ITEM_LIMIT):
            yield _marker(
                node,
                Text(
                    f"أكثر عدد للمرات «{most[:40]}» ليس رقماً بين 1 و{ITEM_LIMIT}.",
                    f"The loopMaximum “{most[:40]}” is no number from 1 to {ITEM_LIMIT}.",
                ),
            )
        elif not most and not asks:
            yield _marker(
                node,
                Text(
                    f"«{called(node)}» يتكرر بلا شرط ولا عدد أقصى.",
                    f"“{called(node)}” repeats without a condition and without a maximum.",
                ),
            )
        elif not most and not waits(node, known, JOBS | PEOPLE_AND_TIME, frozenset()):
            yield _marker(
                node,
                Text(
                    f"«{called(node)}» يتكرر بلا أن ينتظر أحداً أو وقتاً، وليس له عدد أقصى.",
                    f"“{called(node)}” repeats without waiting for anybody or any time, and has no maximum.",
                ),
            )
        if node.multi is not None or node.tag not in ACTIVITIES or node.is_event_subprocess:
            yield _marker(node, Text("لا مكان هنا لعلامة التكرار.", "A loop marker has no place here."))


def _marker(node: Node, what: Text) -> Flaw:
    return Flaw(
        label(node.element),
        what,
        Text(
            "اكتب loopCondition بلغة FEEL، و loopMaximum عدداً حتى 1000.",
            "State a loopCondition in FEEL, and a loopMaximum of up to 1000.",
        ),
    )
