from collections.abc import Iterator

from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.gateways import deciding_gateways, ways_of
from engine.bpmn.lint.known import Flaw, Known, called, label
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "warning",
    Text(
        "بوابات تقرر بلا سهم افتراضي، ولا يمكن إثبات أن شرطاً يتحقق دائماً.",
        "Deciding gateways without a default of which nobody can prove that a condition always holds.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    del known
    for node in deciding_gateways(diagram):
        ways = ways_of(node)
        if ways is not None and not ways.proven and ways.stuck is None:
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
