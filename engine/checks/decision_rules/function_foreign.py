from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, place_of
from engine.checks.decision_rule import decision_rule
from engine.dmn.document import local
from engine.feel import nodes as n
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "دوال من Java أو PMML: لا تُشغَّل هنا، ونتيجتها فارغة دائماً.",
        "Functions in Java or PMML: they are not run here, and their results would always be null.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    for element in model.root.iter("{*}encapsulatedLogic", "{*}functionDefinition"):
        kind = str(element.get("kind") or "FEEL")
        if kind.upper() != "FEEL":
            yield Flaw(
                place_of(element),
                Text(
                    f"دالة من نوع {kind[:20]} ({local(element)}): لا تُشغَّل هنا.",
                    f"A function of kind {kind[:20]} ({local(element)}): it is not run here.",
                ),
                Text("اكتبها بلغة FEEL.", "Write it in FEEL."),
            )
    for one in model.written:
        if any(isinstance(node, n.FunctionDefinition) and node.body is None for node in one.nodes):
            yield Flaw(
                one.place,
                Text("دالة خارجية (external): لا تُشغَّل هنا.", "An external function: it is not run here."),
                Text("اكتبها بلغة FEEL.", "Write it in FEEL."),
            )
