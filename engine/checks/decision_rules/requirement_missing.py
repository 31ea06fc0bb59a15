from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, in_filter, name_of
from engine.checks.decision_rule import decision_rule
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "تعابير تقرأ مدخلاً أو قراراً من الملف لا يتطلبه قرارها: تكون قيمته فارغة دائماً.",
        "Expressions that read an input or decision of the file without requiring it: it is always null there.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    names = {name_of(part) for part in model.parts}
    for one in model.written:
        if one.feel is None or in_filter(one):
            continue
        for name in sorted((one.feel.names & names) - one.bound - model.allowed(one.part)):
            yield Flaw(
                one.place,
                Text(
                    f"يقرأ التعبير «{name[:60]}» ولا يتطلبه «{name_of(one.part)[:60]}».",
                    f"The expression reads “{name[:60]}”, which “{name_of(one.part)[:60]}” does not require.",
                ),
                Text("ارسم سهم المتطلب إليه.", "Draw the requirement to it."),
            )
