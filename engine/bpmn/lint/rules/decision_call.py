from collections.abc import Iterator

from engine.bpmn.lint.calls import nodes_of
from engine.bpmn.lint.diagram import Diagram
from engine.bpmn.lint.known import Flaw, Known, called, label, listing
from engine.bpmn.lint.rule import rule
from engine.text import Text


@rule(
    "error",
    Text(
        "مهام قرار بلا قرار أو بلا نتيجة، أو بقرار غير موجود.",
        "Business rule tasks without a decision, without a result, or with a decision that does not exist.",
    ),
)
def check(diagram: Diagram, known: Known) -> Iterator[Flaw]:
    for node in nodes_of(diagram, "businessRuleTask"):
        decision = node.said("calledDecision", "decisionId")
        if decision is None:
            yield Flaw(
                label(node.element),
                Text(f"«{called(node)}» لا يسمي قراراً.", f"“{called(node)}” names no decision."),
                Text("اختر قراراً (decisionId).", "Choose a decision (decisionId)."),
            )
        elif known.decisions is not None and decision not in known.decisions and not decision.startswith("="):
            yield Flaw(
                label(node.element),
                Text(
                    f"القرار «{decision[:60]}» غير موجود.",
                    f"The decision “{decision[:60]}” does not exist.",
                ),
                Text(*(f"{word}: {listing(list(known.decisions), 20)}" for word in ("الموجود", "There are"))),
            )
        elif decision.startswith("="):
            yield Flaw(
                label(node.element),
                Text(
                    "اسم القرار محسوب بتعبير، فلا يُعرف أي قرار سيُستخدم.",
                    "The decision is named by an expression, so nobody can know which one runs.",
                ),
                Text("اكتب معرّف القرار نفسه.", "Write the id of the decision itself."),
            )
        if not node.said("calledDecision", "resultVariable"):
            yield Flaw(
                label(node.element),
                Text(
                    f"نتيجة القرار في «{called(node)}» لا تُحفظ في متغير.",
                    f"“{called(node)}” keeps the result of its decision nowhere.",
                ),
                Text("اذكر متغير النتيجة (resultVariable).", "State the result variable (resultVariable)."),
            )
