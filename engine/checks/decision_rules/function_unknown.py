from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, in_filter
from engine.checks.decision_rule import decision_rule
from engine.dmn.document import child, local
from engine.feel import nodes as n
from engine.feel.builtins import FUNCTIONS
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "دوال غير معروفة: لا في FEEL ولا بين ما يتطلبه القرار.",
        "Functions that nobody knows: neither FEEL nor what the decision requires has them.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    for one in model.written:
        known = one.bound | model.allowed(one.part)
        for node in one.nodes:
            if isinstance(node, n.Call) and isinstance(node.function, n.Name) and not node.function.local:
                name = node.function.name
                if name not in known and name not in FUNCTIONS and not in_filter(one):
                    yield _flaw(one.place, name)
        around = one.element.getparent()
        if around is not None and local(around) == "invocation" and child(around, "literalExpression") is one.element:
            called = "" if one.feel is None else one.feel.text
            if one.feel is not None and isinstance(one.feel.tree, n.Name) and called not in known | FUNCTIONS.keys():
                yield _flaw(one.place, called)


def _flaw(place: str, name: str) -> Flaw:
    return Flaw(
        place,
        Text(f"الدالة «{name[:60]}» غير معروفة هنا.", f"There is no function “{name[:60]}” here."),
        Text(
            "صحّح اسمها، أو ارسم متطلب المعرفة إلى نموذجها؛ دوال FEEL في docs/feel.md.",
            "Correct its name, or draw the requirement to its knowledge model; docs/feel.md lists those of FEEL.",
        ),
    )
