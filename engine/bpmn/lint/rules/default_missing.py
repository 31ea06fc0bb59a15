from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.gateways import deciding_gateways
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text

ALWAYS = frozenset({"=true", "= true"})


@rule(
    "warning",
    Text(
        "بوابات تقرر بلا سهم افتراضي: حيث لا يتحقق شرط تتوقف الحالة.",
        "Deciding gateways without a default: where no condition holds, the case stands still.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in deciding_gateways(diagram):
        if node.default is None and not any(flow.condition in ALWAYS for flow in node.outgoing):
            yield Flaw(
                label(node.element),
                Text(
                    f"لا يوجد سهم افتراضي للبوابة «{called(node)}»: إن لم يتحقق أي شرط توقفت الحالة.",
                    f"“{called(node)}” has no default flow: if no condition holds, the case stands still.",
                ),
                Text(
                    "اجعل أحد الأسهم افتراضياً، والأفضل الطريق الأسلم.",
                    "Make one flow the default, best the safest one.",
                ),
            )
