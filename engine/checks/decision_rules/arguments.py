from collections.abc import Iterator

from engine.bpmn.lint import Flaw
from engine.checks.decision_model import DecisionModel, Element, name_of
from engine.checks.decision_rule import decision_rule
from engine.dmn.document import children
from engine.feel import nodes as n
from engine.feel.builtins import FUNCTIONS
from engine.text import Text


@decision_rule(
    "error",
    Text(
        "استدعاء دالة بعدد أو أسماء من المعاملات لا تأخذها: نتيجته فارغة دائماً.",
        "Functions called with arguments that they do not take, by number or by name: the result is always null.",
    ),
)
def check(model: DecisionModel) -> Iterator[Flaw]:
    own = {name_of(part): logic for part in model.parts for logic in children(part, "encapsulatedLogic")}
    for one in model.written:
        for node in one.nodes:
            if isinstance(node, n.Call) and isinstance(node.function, n.Name) and not node.function.local:
                name = node.function.name
                fits = True
                if name in own and name not in one.bound:
                    fits = _fits(own[name], node)
                elif name in FUNCTIONS:
                    fits = _takes(name, node)
                if not fits:
                    yield _flaw(one.place, name, len(node.arguments) + len(node.named))


def _takes(name: str, call: n.Call) -> bool:
    if call.named:
        named = [argument for argument, _ in call.named]
        return not call.arguments and any(one.order(named) is not None for one in FUNCTIONS[name].overloads)
    return FUNCTIONS[name].overload(len(call.arguments)) is not None


def _fits(logic: Element, call: n.Call) -> bool:
    names = [str(one.get("name")) for one in children(logic, "formalParameter")]
    if (logic.get("kind") or "FEEL").upper() != "FEEL":
        return True
    if call.named:
        return {argument for argument, _ in call.named} <= set(names)
    return len(call.arguments) == len(names)


def _flaw(place: str, name: str, given: int) -> Flaw:
    return Flaw(
        place,
        Text(
            f"لا تأخذ الدالة «{name[:60]}» هذه المعاملات (عددها {given}).",
            f"The function “{name[:60]}” does not take these {given} arguments.",
        ),
        Text("صحّح عدد المعاملات أو أسماءها.", "Correct the number of the arguments, or their names."),
    )
